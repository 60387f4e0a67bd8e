#include "owner/group.h"

#include <algorithm>
#include <map>

#include "model/layout.h"
#include "model/names.h"
#include "owner/naming.h"
#include "owner/publish.h"
#include "owner/retarget.h"
#include "owner/staged_check.h"
#include "platform/clock.h"
#include "platform/error.h"

namespace sluice::owner {
namespace {

namespace layout = layout;

// From this size on the system is to forget a published file's bytes: a run over more than the
// memory would push out everything else that is kept there.
constexpr std::uint64_t kLarge = 1 << 20;

std::string base_name(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

// The digest of a document's directory of assets, from the registry's rows.
std::optional<platform::Sha256Digest> assets_digest(const std::vector<PublishedFile>& files) {
  std::vector<NamedDigest> entries;
  for (const PublishedFile& file : files) {
    if (file.kind == PublishedFile::Kind::kAsset) {
      entries.push_back({base_name(file.path), file.sha256});
    }
  }
  if (entries.empty()) return std::nullopt;
  return directory_digest(std::move(entries));
}

platform::Sha256Digest assets_digest(const Bundle& bundle) {
  std::vector<NamedDigest> entries;
  for (const auto& asset : bundle.assets) entries.push_back({asset.name, asset.sha256});
  return directory_digest(std::move(entries));
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

Document make_document(const Bundle& bundle, const std::string& name,
                       const std::optional<Document>& old) {
  Document next;
  next.id = old ? old->id : 0;
  next.name = name;
  next.path_key = bundle.source.path_key();
  next.sha256 = bundle.sha256;
  next.size = bundle.identity.size;
  next.raw = layout::raw_path(name, extension_of(bundle.source.file_name()));
  next.markdown = layout::markdown_path(name);
  next.markdown_sha256 = bundle.markdown.sha256;
  next.markdown_size = bundle.markdown.size();
  next.assets = static_cast<std::int64_t>(bundle.assets.size());
  next.media_type = bundle.media_type;
  next.converter = bundle.converter;
  next.converter_version = bundle.converter_version;
  next.options_hash = bundle.options_hash;
  next.outcome = bundle.outcome;
  if (bundle.outcome != Outcome::kOk) next.reason = bundle.reason;
  next.updated_at = platform::record_time_s();
  next.added_at = old ? old->added_at : next.updated_at;
  next.state = DocumentState::kOk;
  return next;
}

// Of the converters whose outcome is not the document's.
std::vector<AttemptRow> attempt_rows(const Bundle& bundle) {
  std::vector<AttemptRow> rows;
  for (const Attempt& attempt : bundle.attempts) {
    if (attempt.is_reported) continue;
    rows.push_back({attempt.converter, attempt.converter_version, attempt.outcome, attempt.reason});
  }
  return rows;
}

}  // namespace

bool source_has_changed(platform::Files& files, const Bundle& bundle) {
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
  result->name = sources.name();
  result->sha256 = sources.document_sha256();
  result->converter = sources.converter();
  result->converter_version = sources.converter_version();
  result->raw = sources.raw();
  result->markdown = sources.markdown();
  result->assets = sources.assets();
  return result;
}

bool fails_as_before(const KnowledgeBase& kb, const Bundle& bundle) {
  const auto row = kb.registry().failure(bundle.source.path_key());
  return row && row->identity_settled && row->identity == bundle.identity && !row->setup.empty() &&
         row->setup == bundle.setup && !source_has_changed(kb.files(), bundle);
}

DocumentResult failed_before_result(const Bundle& bundle) {
  DocumentResult result;
  result.result = Result::kFailed;
  result.source = bundle.source;
  result.outcome = bundle.outcome;
  result.reason = bundle.reason;
  result.hint = bundle.hint;
  result.known = true;
  result.sha256 = bundle.sha256;
  result.converter = bundle.converter;
  result.converter_version = bundle.converter_version;
  result.bytes = bundle.identity.size;
  result.milliseconds = bundle.milliseconds;
  return result;
}

Group::Verdict Group::take(Bundle& bundle) {
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
  if (own && own->sha256 == bundle.sha256 && own->state != DocumentState::kDamaged) {
    take_unchanged(bundle, *own, row->identity != bundle.identity || !row->identity_settled);
    return Verdict::kTaken;
  }
  if (const auto same = registry.document_by_content(bundle.sha256)) {
    return take_duplicate(bundle, *same);
  }
  if (bundle.kind == Bundle::Kind::kKnown) return Verdict::kPrepareAgain;
  // A document that was made from another source stays with that one.
  if (own && own->path_key != path_key) own.reset();
  return take_document(bundle, own);
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

void Group::describe(DocumentResult& result, const Document& document) {
  result.name = document.name;
  result.converter = document.converter;
  result.converter_version = document.converter_version;
  result.raw = document.raw;
  result.markdown = document.markdown;
  result.assets = document.assets;
}

void Group::put_source(const Bundle& bundle, std::int64_t document) {
  writer_.put_source({document, bundle.source.path_key(), bundle.identity, bundle.identity_settled,
                      bundle.sha256});
  writes_ = true;
}

bool Group::any_failure() {
  if (!any_failure_) any_failure_ = kb_.registry().has_failures();
  return *any_failure_;
}

void Group::clear_failure(const Bundle& bundle) {
  if (!any_failure()) return;
  const std::string path_key = bundle.source.path_key();
  if (!kb_.registry().has_failure(path_key)) return;
  writer_.clear_failure(path_key);
  writes_ = true;
}

std::int64_t Group::append_event(EventOp op, const std::string& name, const std::string& path_key,
                                 const platform::Sha256Digest& sha256) {
  writes_ = true;
  return writer_.append_event({0, platform::record_time_s(), op, name, path_key, sha256});
}

void Group::append_journal(std::int64_t document, std::vector<Step> steps) {
  last_row_ = writer_.append_journal({0, staging_.batch(), document, format_steps(steps), 0});
  steps_.push_back(std::move(steps));
}

namespace {

// The row of a failure. `setup` stays empty where another try may end differently, be it that only
// one of the converters in line depends on the day.
FailureRow failure_row(const Bundle& bundle, Outcome outcome, const std::string& reason) {
  FailureRow row;
  row.path_key = bundle.source.path_key();
  row.outcome = outcome;
  row.reason = reason;
  row.converter = bundle.converter;
  row.at = platform::record_time_s();
  row.hint = bundle.hint;
  row.converter_version = bundle.converter_version;
  row.identity = bundle.identity;
  row.identity_settled = bundle.identity_settled;
  row.sha256 = bundle.sha256;
  row.attempts = attempt_rows(bundle);
  const bool repeats =
      std::all_of(bundle.attempts.begin(), bundle.attempts.end(), [](const Attempt& attempt) {
        return attempt.cause == AttemptCause::kConversion && ends_the_same_again(attempt.outcome);
      });
  if (ends_the_same_again(outcome) && repeats) row.setup = bundle.setup;
  return row;
}

// Whether it is the failure of last time: the same outcome for the same bytes, or, where nothing
// was read, for the same reason.
bool is_same_failure(const FailureRow& before, const FailureRow& now) {
  if (before.outcome != now.outcome || before.sha256 != now.sha256) return false;
  return now.sha256 != Sha256Digest{} || before.reason == now.reason;
}

}  // namespace

void Group::take_failure(const Bundle& bundle, Outcome outcome, const std::string& reason) {
  DocumentResult& result = add_result(Result::kFailed, bundle);
  result.outcome = outcome;
  result.reason = reason;
  const bool on_record = !bundle.source.problem || bundle.source.problem->on_record;
  if (outcome == Outcome::kCancelled || !on_record) return;
  FailureRow row = failure_row(bundle, outcome, reason);
  const auto before = kb_.registry().failure(row.path_key);
  result.known = before && is_same_failure(*before, row);
  if (result.known) row.at = before->at;
  // The same failure again is nothing new: a run over unchanged sources writes nothing.
  if (before && *before == row) return;
  writer_.put_failure(row);
  any_failure_ = true;
  writes_ = true;
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
  if (leaves_another) release_document(path_key, row->document);
  clear_failure(bundle);
  const std::int64_t seq =
      append_event(EventOp::kDuplicate, document.name, path_key, bundle.sha256);
  DocumentResult& result = add_result(Result::kDuplicate, bundle);
  result.outcome = Outcome::kOk;
  result.seq = seq;
  describe(result, document);
  return Verdict::kTaken;
}

// A source has left its document for another. One that has other sources goes on under one of them;
// one that has none holds what no source says any more, and goes.
void Group::release_document(const std::string& path_key, std::int64_t id) {
  const Registry& registry = kb_.registry();
  auto document = registry.document(id);
  if (!document || document->path_key != path_key) return;
  const auto others = registry.sources_of(id);
  if (!others.empty()) {
    document->path_key = others.front().path_key;
    writer_.put_document(*document, name_key(document->name));
    return;
  }
  delete_document(*document, path_key, RawFile::kRemove);
  touched_.insert(id);
}

// Returns the number of its event.
std::int64_t Group::delete_document(const Document& document, const std::string& path_key,
                                    RawFile raw) {
  (void)staging_.dir();  // there must be a place to move the old files to
  auto steps = removal_steps(document, kb_.registry().files_of(document.id), raw);
  writer_.delete_document(document.id);
  const std::int64_t seq =
      append_event(EventOp::kRemoved, document.name, path_key, document.sha256);
  append_journal(0, std::move(steps));
  closed_ = true;
  return seq;
}

void Group::take_removal(const Document& document, const std::string& given, RawFile raw) {
  DocumentResult& result = results_.emplace_back();
  result.result = Result::kRemoved;
  result.source.given = given;
  result.source.relative = document.path_key;
  result.outcome = Outcome::kOk;
  result.sha256 = document.sha256;
  result.bytes = document.size;
  describe(result, document);
  for (const SourceRow& source : kb_.registry().sources_of(document.id)) {
    writer_.clear_failure(source.path_key);
    if (source.path_key == document.path_key) continue;
    result.warnings.push_back(
        {"source", "its source " + source.path_key + " goes with it; to have it back, add it"});
  }
  result.seq = delete_document(document, document.path_key, raw);
}

Group::Verdict Group::take_document(Bundle& bundle, const std::optional<Document>& old) {
  if (old && touched_.contains(old->id)) return Verdict::kNextGroup;
  platform::Files& files = kb_.files();
  if (const auto wrong = check_staged(files, staging_.dir(), bundle)) {
    take_failure(bundle, Outcome::kSandboxViolation, *wrong);
    return Verdict::kTaken;
  }
  const std::string name = final_name(bundle, old);
  if (name != bundle.placeholder_name && !bundle.name_positions.empty()) {
    const std::string staged = "retargeted-" + std::to_string(name_counter_++) + ".md";
    has_staged_ = true;
    if (!retarget(files, staging_.dir(), bundle, name, staged)) {
      take_failure(bundle, Outcome::kInternal, "its staged Markdown does not match its links");
      return Verdict::kTaken;
    }
  }
  const Document next = make_document(bundle, name, old);
  auto steps = publish_steps(bundle, next, old);
  const std::int64_t id = writer_.put_document(next, name_key(name));
  const auto published = files_of(bundle, name);
  if (old || !published.empty()) writer_.put_files(id, published);
  const auto attempts = attempt_rows(bundle);
  if (old || !attempts.empty()) writer_.put_attempts(id, attempts);
  put_source(bundle, id);
  // A damaged document is made anew with the bytes that all of its sources have.
  if (old && old->sha256 != next.sha256) detach_others(*old, next.path_key);
  clear_failure(bundle);
  const std::int64_t seq =
      append_event(old ? EventOp::kUpdated : EventOp::kAdded, name, next.path_key, bundle.sha256);
  append_journal(id, std::move(steps));
  touched_.insert(id);
  bytes_ += bundle.staged_bytes;
  if (bundle.raw.size() >= kLarge) large_files_.push_back(next.raw);
  if (bundle.markdown.size() >= kLarge) large_files_.push_back(next.markdown);
  DocumentResult& result = add_result(old ? Result::kUpdated : Result::kAdded, bundle);
  result.seq = seq;
  describe(result, next);
  return Verdict::kTaken;
}

std::string Group::final_name(const Bundle& bundle, const std::optional<Document>& old) {
  if (old) return old->name;
  NameWish wish;
  wish.wanted = document_name(stem_of(bundle.source.file_name()));
  wish.path_key = bundle.source.path_key();
  wish.extension = extension_of(bundle.source.file_name());
  for (const auto& sidecar : bundle.sidecars) wish.sidecar_kinds.push_back(sidecar.kind);
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
    replaced[old->raw] = old->sha256;
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
  publish(Step::Op::kPublishFile, bundle.raw.name, next.raw, bundle.raw.sha256);
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

std::vector<Step> Group::removal_steps(const Document& document,
                                       const std::vector<PublishedFile>& files, RawFile raw) {
  std::vector<Step> steps;
  const auto remove = [&](Step::Op op, const std::string& path,
                          const platform::Sha256Digest& sha256) {
    steps.push_back({op, removed_name(), path, {}, sha256});
  };
  remove(Step::Op::kRemoveFile, document.markdown, document.markdown_sha256);
  for (const auto& file : files) {
    if (file.kind == PublishedFile::Kind::kSidecar) {
      remove(Step::Op::kRemoveFile, file.path, file.sha256);
    }
  }
  if (const auto digest = assets_digest(files)) {
    remove(Step::Op::kRemoveDir, layout::images_path(document.name), *digest);
  }
  if (raw == RawFile::kRemove) remove(Step::Op::kRemoveFile, document.raw, document.sha256);
  return steps;
}

std::string Group::removed_name() {
  return "removed-" + std::to_string(name_counter_++);
}

}  // namespace sluice::owner
