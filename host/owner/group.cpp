#include "owner/group.h"

#include <algorithm>
#include <map>

#include "model/layout.h"
#include "model/names.h"
#include "owner/group_rows.h"
#include "owner/hand_edit.h"
#include "owner/naming.h"
#include "owner/parts_file.h"
#include "owner/publish.h"
#include "owner/retarget.h"
#include "owner/sections_file.h"
#include "owner/staged_check.h"
#include "owner/tree.h"
#include "platform/clock.h"
#include "platform/error.h"

namespace sluice::owner {
namespace {

namespace layout = layout;

// From this size on the system is to forget a published file's bytes: a run over more than the
// memory would push out everything else that is kept there.
constexpr std::uint64_t kLarge = 1 << 20;

platform::Sha256Digest assets_digest(const Bundle& bundle) {
  std::vector<NamedDigest> entries;
  for (const auto& asset : bundle.assets) entries.push_back({asset.name, asset.sha256});
  return directory_digest(std::move(entries));
}

Document make_document(const Bundle& bundle, const std::string& name,
                       const std::optional<Document>& old) {
  Document next;
  next.id = old ? old->id : 0;
  next.name = name;
  next.path_key = bundle.source.path_key();
  next.sha256 = bundle.sha256;
  next.size = bundle.identity.size;
  if (bundle.keeps_raw) {
    next.raw = layout::raw_path(name, extension_of(bundle.source.file_name()));
  }
  next.markdown = layout::markdown_path(name);
  next.markdown_sha256 = bundle.markdown.sha256;
  next.markdown_size = bundle.markdown.size();
  next.assets = static_cast<std::int64_t>(bundle.assets.size());
  next.media_type = bundle.media_type;
  next.converter = bundle.converter;
  next.converter_version = bundle.converter_version;
  next.options_hash = bundle.options_hash;
  next.milliseconds = bundle.milliseconds;
  next.memory = bundle.memory;
  next.title = bundle.title;
  next.pages = bundle.pages;
  next.outcome = bundle.outcome;
  if (bundle.outcome != Outcome::kOk) next.reason = bundle.reason;
  next.updated_at = platform::record_time_s();
  next.added_at = old ? old->added_at : next.updated_at;
  next.state = DocumentState::kOk;
  return next;
}

EventOp what_happens(const std::optional<Document>& old, const Document& next) {
  if (!old) return EventOp::kAdded;
  if (old->path_key != next.path_key) return EventOp::kRenamed;
  return old->sha256 == next.sha256 ? EventOp::kReconverted : EventOp::kUpdated;
}

}  // namespace

void describe(DocumentResult& result, const Document& document) {
  result.id = document.id;
  result.name = document.name;
  result.converter = document.converter;
  result.converter_version = document.converter_version;
  result.raw = document.raw;
  result.markdown = document.markdown;
  result.assets = document.assets;
}

std::vector<PublishedFile> files_of(const Bundle& bundle, const std::string& name) {
  std::vector<PublishedFile> files;
  for (const auto& asset : bundle.assets) {
    files.push_back({PublishedFile::Kind::kAsset, layout::images_path(name) + "/" + asset.name,
                     asset.sha256, asset.size()});
  }
  for (const auto& sidecar : bundle.sidecars) {
    files.push_back({PublishedFile::Kind::kSidecar, layout::sidecar_path(name, sidecar.kind),
                     sidecar.file.sha256, sidecar.file.size()});
  }
  return files;
}

bool source_has_changed(platform::Files& files, const Bundle& bundle) {
  // A document within another is what its container was, and that has been examined.
  if (bundle.source.is_child() || bundle.source.root->is_elsewhere) return false;
  // Its server would have to be asked, and could answer anything: what came is what counts.
  if (bundle.source.is_web) return false;
  const auto now = files.resolve_info(bundle.source.root->dir, bundle.source.relative);
  return !now || now->identity != bundle.identity;
}

std::optional<DocumentResult> unchanged_result(SourceCursor& sources, const Bundle& bundle) {
  const bool is_unchanged = sources.find(bundle.source.path_key()) && sources.is_settled() &&
                            sources.identity() == bundle.identity && !sources.is_damaged();
  if (!is_unchanged) return std::nullopt;
  std::optional<DocumentResult> result(std::in_place);
  result->result = Result::kUnchanged;
  result->source = bundle.source;
  result->bytes = bundle.identity.size;
  result->milliseconds = bundle.milliseconds;
  result->id = sources.document();
  result->name = sources.name();
  result->sha256 = sources.document_sha256();
  result->converter = sources.converter();
  result->converter_version = sources.converter_version();
  result->raw = sources.raw();
  result->markdown = sources.markdown();
  result->assets = sources.assets();
  return result;
}

namespace {

// Somebody else has committed the same feed further than this.
bool is_committed(const Registry& registry, const CommitMark& mark) {
  return mark.number <= parse_mark(mark.key, registry.meta(mark.key)).number;
}

}  // namespace

void Group::keep_mark(const Bundle& bundle) {
  if (!bundle.mark || is_committed(kb_.registry(), *bundle.mark)) return;
  writer_.set_meta(bundle.mark->key, format_mark(*bundle.mark));
  writes_ = true;
}

Group::Verdict Group::take(Bundle& bundle) {
  if (bundle.mark && is_committed(kb_.registry(), *bundle.mark)) {
    add_result(Result::kUnchanged, bundle);
    return Verdict::kTaken;
  }
  if (bundle.children.empty() && !any_children()) return take_one(bundle);
  TreeTaker tree(*this, bundle);
  if (const auto obstacle = tree.obstacle()) return *obstacle;
  const Verdict verdict = take_one(bundle);
  if (verdict == Verdict::kTaken) tree.take_children();
  return verdict;
}

Group::Verdict Group::take_one(Bundle& bundle) {
  if (bundle.kind == Bundle::Kind::kFailedBefore) {
    if (!fails_as_before(kb_, bundle)) return Verdict::kPrepareAgain;
    results_.push_back(failed_before_result(bundle));
    return Verdict::kTaken;
  }
  if (bundle.kind == Bundle::Kind::kFailed) {
    take_failure(bundle, bundle.outcome, bundle.reason);
    return Verdict::kTaken;
  }
  if (source_has_changed(kb_.files(), bundle)) return Verdict::kPrepareAgain;
  if (bundle.kind == Bundle::Kind::kUnchanged) {
    if (!sources_) sources_.emplace(kb_.registry());
    auto result = unchanged_result(*sources_, bundle);
    // The next bundle may change the row it stands on.
    sources_->reset();
    if (!result) return Verdict::kPrepareAgain;
    results_.push_back(std::move(*result));
    return Verdict::kTaken;
  }
  return decide_content(bundle);
}

// The bytes of the source are known: are they, or is its path, on record?
Group::Verdict Group::decide_content(Bundle& bundle) {
  const Registry& registry = kb_.registry();
  const std::string path_key = bundle.source.path_key();
  const auto row = registry.source(path_key);
  auto own = row ? registry.document(row->document) : std::nullopt;
  if (const auto conflict = key_conflict(bundle.source)) {
    take_failure(bundle, Outcome::kIo, *conflict);
    return Verdict::kTaken;
  }
  const auto same = registry.document_by_content(bundle.sha256);
  if (bundle.source.is_copy()) return take_copy(bundle, own);
  if (const auto carried = carried_document(bundle);
      carried && (!same || same->id == carried->id)) {
    return bundle.kind == Bundle::Kind::kKnown ? Verdict::kPrepareAgain
                                               : take_document(bundle, carried);
  }
  const bool remakes = bundle.source.always && own && own->path_key == path_key &&
                       bundle.kind == Bundle::Kind::kPrepared && (!same || same->id == own->id);
  if (remakes) return take_document(bundle, own);
  if (own && own->sha256 == bundle.sha256 && own->state != DocumentState::kDamaged &&
      !(own->path_key == path_key && gains_link_target(bundle))) {
    const bool refresh = row->identity != bundle.identity || !row->identity_settled ||
                         (bundle.source.is_web && has_new_facts(bundle));
    take_unchanged(bundle, *own, refresh);
    return Verdict::kTaken;
  }
  if (same && !(own && same->id == own->id)) {
    if (!own && has_moved(*same, bundle.source)) {
      bundle.source.follows = same->path_key;
      return Verdict::kPrepareAgain;
    }
    return take_duplicate(bundle, *same);
  }
  if (bundle.kind == Bundle::Kind::kKnown) return Verdict::kPrepareAgain;
  // A document that was made from another source stays with that one.
  if (own && own->path_key != path_key) own.reset();
  return take_document(bundle, own);
}

// Its server says something else than last time about the same bytes.
bool Group::has_new_facts(const Bundle& bundle) const {
  auto before = kb_.registry().fetch_facts(bundle.source.path_key());
  if (!before) return true;
  before->at = bundle.fetched.at;
  return *before != bundle.fetched;
}

bool Group::any_children() {
  if (!any_children_) any_children_ = kb_.registry().has_children();
  return *any_children_;
}

// It was converted again for the sake of a document within it, which it can link to from now on.
bool Group::gains_link_target(const Bundle& bundle) const {
  return bundle.kind == Bundle::Kind::kPrepared &&
         std::any_of(bundle.links.begin(), bundle.links.end(),
                     [this](const StagedLink& link) { return gained_.contains(link.path_key); });
}

// A file "x" in a folder "mail.eml!" and an attachment "x" of the mail beside it have one path key.
// Whichever came first keeps it.
std::optional<std::string> Group::key_conflict(const Source& source) {
  if (!source.is_child() && !any_children()) return std::nullopt;
  const std::string path_key = source.path_key();
  const auto child = kb_.registry().child(path_key);
  if (!source.is_child()) {
    if (!child) return std::nullopt;
    return "a document within " + child->container + " has this path, too";
  }
  if (child || !kb_.registry().source(path_key)) return std::nullopt;
  return "a file beside its container has this path, too";
}

DocumentResult& Group::add_result(Result result, const Bundle& bundle) {
  DocumentResult& added = results_.emplace_back();
  added.result = result;
  added.source = bundle.source;
  added.outcome = bundle.outcome;
  added.reason = bundle.reason;
  added.hint = bundle.hint;
  added.warnings = bundle.warnings;
  std::copy_if(bundle.attempts.begin(), bundle.attempts.end(), std::back_inserter(added.attempts),
               [](const Attempt& attempt) { return !attempt.is_reported; });
  added.sha256 = bundle.sha256;
  added.converter = bundle.converter;
  added.converter_version = bundle.converter_version;
  added.bytes = bundle.identity.size;
  added.milliseconds = bundle.milliseconds;
  return added;
}

void Group::put_source(const Bundle& bundle, std::int64_t document) {
  // The identity of a copy says nothing about the source.
  if (bundle.source.is_copy()) return;
  writer_.put_source({document, bundle.source.path_key(), bundle.identity, bundle.identity_settled,
                      bundle.sha256});
  if (bundle.source.is_web) writer_.put_fetch({bundle.source.path_key(), bundle.fetched});
  writes_ = true;
}

std::int64_t Group::append_event(EventOp op, const Document& document, const std::string& path_key,
                                 const std::string& path_before) {
  writes_ = true;
  return writer_.append_event({0, platform::record_time_s(), op, document.name, path_key,
                               document.sha256, document.id, path_before});
}

void Group::append_journal(std::int64_t document, std::vector<Step> steps) {
  last_row_ = writer_.append_journal({0, staging_.batch(), document, format_steps(steps), 0});
  steps_.push_back(std::move(steps));
}

void Group::take_unchanged(const Bundle& bundle, const Document& document, bool refresh) {
  if (refresh) put_source(bundle, document.id);
  clear_failure(bundle);
  DocumentResult& result = add_result(Result::kUnchanged, bundle);
  result.outcome = Outcome::kOk;
  describe(result, document);
}

Group::Verdict Group::take_duplicate(const Bundle& bundle, const Document& document) {
  const std::string path_key = bundle.source.path_key();
  const auto row = kb_.registry().source(path_key);
  if (row && touched_.contains(row->document)) return Verdict::kNextGroup;
  const bool leaves_another = row && row->document != document.id;
  // There must be a place to move old files to.
  if (leaves_another) (void)staging_.dir();
  put_source(bundle, document.id);
  if (leaves_another) release_document(path_key, row->document, RawFile::kRemove);
  clear_failure(bundle);
  const std::int64_t seq = append_event(EventOp::kDuplicate, document, path_key);
  DocumentResult& result = add_result(Result::kDuplicate, bundle);
  result.outcome = Outcome::kOk;
  result.seq = seq;
  describe(result, document);
  return Verdict::kTaken;
}

Group::Verdict Group::take_document(Bundle& bundle, const std::optional<Document>& old) {
  if (old && touched_.contains(old->id)) return Verdict::kNextGroup;
  platform::Files& files = kb_.files();
  if (const auto wrong = check_staged(files, staging_.dir(), bundle)) {
    take_failure(bundle, Outcome::kSandboxViolation, *wrong);
    return Verdict::kTaken;
  }
  const std::string name = final_name(bundle, old);
  const std::string leaf(layout::leaf_of(name));
  if (leaf != bundle.placeholder_name && !bundle.name_positions.empty()) {
    const std::string staged = "retargeted-" + std::to_string(name_counter_++) + ".md";
    has_staged_ = true;
    if (!retarget(files, staging_.dir(), bundle, leaf, staged)) {
      take_failure(bundle, Outcome::kInternal, "its staged Markdown does not match its links");
      return Verdict::kTaken;
    }
  }
  if (!bundle.parts.empty()) {
    has_staged_ = true;
    stage_parts(files, staging_.dir(), bundle,
                "parts-" + std::to_string(name_counter_++) + ".json");
  }
  if (bundle.has_sections) {
    has_staged_ = true;
    stage_sections(files, staging_.dir(), bundle,
                   "sections-" + std::to_string(name_counter_++) + ".json");
  }
  Document next = make_document(bundle, name, old);
  auto steps = publish_steps(bundle, next, old);
  const std::int64_t id = next.id = writer_.put_document(next, name_key(name));
  const auto published = files_of(bundle, name);
  if (old || !published.empty()) writer_.put_files(id, published);
  const auto attempts = attempt_rows(bundle);
  if (old || !attempts.empty()) writer_.put_attempts(id, attempts);
  put_source(bundle, id);
  put_links(bundle, id, !old);
  const bool renamed = old && old->path_key != next.path_key;
  if (renamed) {
    drop_source(old->path_key);
    writer_.put_former_path(old->path_key, id);
  }
  // A damaged document is made anew with the bytes that all of its sources have.
  if (old && old->sha256 != next.sha256) detach_others(*old, next.path_key);
  clear_failure(bundle);
  const std::int64_t seq =
      append_event(what_happens(old, next), next, next.path_key, renamed ? old->path_key : "");
  touched_.insert(id);
  if (bundle.source.is_child()) std::erase(detached_, next.path_key);
  // Of a source: with all within it.
  if (!bundle.source.is_child()) bytes_ += bundle.staged_bytes;
  if (bundle.raw.size() >= kLarge && bundle.keeps_raw) large_files_.push_back(next.raw);
  if (bundle.markdown.size() >= kLarge) large_files_.push_back(next.markdown);
  DocumentResult& result = add_result(renamed ? Result::kRenamed
                                      : old   ? Result::kUpdated
                                              : Result::kAdded,
                                      bundle);
  result.seq = seq;
  if (renamed) result.renamed_from = old->path_key;
  describe(result, next);
  Linked document{&bundle, id, name, std::move(steps), old, results_.size() - 1};
  if (bundle.links.empty()) {
    end_document(document);
  } else {
    linked_.push_back(std::move(document));
  }
  return Verdict::kTaken;
}

// Its Markdown is final now.
void Group::end_document(Linked& document) {
  const StagedFile& markdown = document.bundle->markdown;
  std::string base;
  if (document.old && on_edit_ == OnEdit::kMerge) {
    base = kb_.registry().line_prints_of(document.document);
  }
  if (document.old || !markdown.line_prints.empty()) {
    writer_.put_line_prints(document.document, markdown.line_prints);
  }
  if (document.old && on_edit_ != OnEdit::kKeep) {
    EditSettler(*this, *document.old, base)
        .settle(markdown, document.steps, results_[document.result]);
  }
  append_journal(document.document, std::move(document.steps));
}

std::string Group::final_name(const Bundle& bundle, const std::optional<Document>& old) {
  const bool is_mirror = kb_.layout() == layout::Kind::kMirror;
  NameWish wish;
  wish.path_key = bundle.source.path_key();
  if (old && (!is_mirror || old->path_key == wish.path_key)) return old->name;
  wish.wanted = document_name(stem_of(bundle.source.file_name()));
  if (bundle.source.is_child()) {
    wish.folder = layout::folder_of(tree_name_);
    wish.wanted = document_name(std::string(layout::leaf_of(tree_name_)) + "-" + wish.wanted);
  } else if (is_mirror) {
    wish.folder = mirror_folder(kb_.path(), wish.path_key);
  }
  if (old && old->name == layout::name_in(wish.folder, wish.wanted)) return old->name;
  wish.extension = extension_of(bundle.source.file_name());
  for (const auto& sidecar : bundle.sidecars) wish.sidecar_kinds.push_back(sidecar.kind);
  if (!bundle.parts.empty()) wish.sidecar_kinds.emplace_back("parts");
  if (bundle.has_sections) wish.sidecar_kinds.emplace_back(kSectionsKind);
  return resolve_name(kb_, wish);
}

void Group::detach_others(const Document& document, const std::string& path_key) {
  for (const SourceRow& other : kb_.registry().sources_of(document.id)) {
    if (other.path_key == path_key) continue;
    writer_.delete_source(other.path_key);
    // Until it is a document again, whatever comes between, it is on record as something to retry.
    FailureRow row;
    row.path_key = other.path_key;
    row.outcome = Outcome::kCancelled;
    row.reason = "the document it shared got new content";
    row.at = platform::record_time_s();
    writer_.put_failure(row);
    any_failure_ = true;
    detached_.push_back(other.path_key);
    // They come next in order, wherever the group would have ended.
    closed_ = true;
  }
}

std::vector<Step> Group::publish_steps(const Bundle& bundle, const Document& next,
                                       const std::optional<Document>& old) {
  const auto old_files = old ? kb_.registry().files_of(old->id) : std::vector<PublishedFile>{};
  std::map<std::string, platform::Sha256Digest> replaced;
  if (old) {
    if (!old->raw.empty()) replaced[old->raw] = old->sha256;
    replaced[old->markdown] = old->markdown_sha256;
    for (const auto& file : old_files) {
      if (file.kind == PublishedFile::Kind::kSidecar) replaced[file.path] = file.sha256;
    }
    if (const auto digest = assets_digest(old_files)) {
      replaced[layout::images_path(old->name)] = *digest;
    }
  }
  std::vector<Step> steps;
  const auto publish = [&](Step::Op op, const std::string& staged, const std::string& target,
                           const platform::Sha256Digest& sha256) {
    Step step{op, staged, target, sha256, std::nullopt};
    if (const auto found = replaced.extract(target)) step.replaces = found.mapped();
    steps.push_back(std::move(step));
  };
  // The Markdown last: who sees it finds all that it links to.
  if (!next.raw.empty()) {
    publish(Step::Op::kPublishFile, bundle.raw.name, next.raw, bundle.raw.sha256);
  }
  if (!bundle.assets_dir.empty()) {
    publish(Step::Op::kPublishDir, bundle.assets_dir, layout::images_path(next.name),
            assets_digest(bundle));
  }
  for (const auto& sidecar : bundle.sidecars) {
    publish(Step::Op::kPublishFile, sidecar.file.name,
            layout::sidecar_path(next.name, sidecar.kind), sidecar.file.sha256);
  }
  publish(Step::Op::kPublishFile, bundle.markdown.name, next.markdown, bundle.markdown.sha256);
  // What the old version had and the new one has not.
  for (const auto& [path, sha256] : replaced) {
    const auto target = parse_target(path);
    const bool directory = target && target->shelf == Shelf::kImages;
    steps.push_back({directory ? Step::Op::kRemoveDir : Step::Op::kRemoveFile,
                     removed_name(),
                     path,
                     {},
                     sha256});
    closed_ = true;
  }
  return steps;
}

std::string Group::removed_name() {
  return "removed-" + std::to_string(name_counter_++);
}

}  // namespace sluice::owner
