#include "owner/tree.h"

#include <algorithm>
#include <utility>

#include "model/layout.h"
#include "owner/group_rows.h"
#include "owner/parts_file.h"
#include "owner/sections_file.h"
#include "owner/splice.h"
#include "platform/error.h"

namespace sluice::owner {
namespace {

// The source behind a row: in the same root as the source that holds it.
Source source_of(const ChildRow& row, const Source& root) {
  Source source = root;
  source.container = row.container;
  const std::string key = root.path_key();
  const std::string suffix = row.path_key.substr(std::min(key.size(), row.path_key.size()));
  source.relative += suffix;
  source.given += suffix;
  return source;
}

DocumentResult kept_failure(const FailureRow& failure, Source source) {
  DocumentResult result;
  result.result = Result::kFailed;
  result.source = std::move(source);
  result.outcome = failure.outcome;
  result.reason = failure.reason;
  result.hint = failure.hint;
  result.known = true;
  result.sha256 = failure.sha256;
  result.converter = failure.converter;
  result.converter_version = failure.converter_version;
  return result;
}

DocumentResult kept_document(const Document& document, Source source) {
  DocumentResult result;
  result.result = Result::kUnchanged;
  result.source = std::move(source);
  result.sha256 = document.sha256;
  result.bytes = document.size;
  describe(result, document);
  return result;
}

}  // namespace

std::vector<DocumentResult> kept_children(const KnowledgeBase& kb, const Bundle& root,
                                          const std::vector<ChildRow>& rows) {
  std::vector<DocumentResult> results;
  for (const ChildRow& row : rows) {
    Source source = source_of(row, root.source);
    if (const auto failure = kb.registry().failure(row.path_key)) {
      results.push_back(kept_failure(*failure, std::move(source)));
      continue;
    }
    const auto known = kb.registry().source(row.path_key);
    const auto document = known ? kb.registry().document(known->document) : std::nullopt;
    if (!document) continue;  // somebody has taken it out
    results.push_back(kept_document(*document, std::move(source)));
  }
  return results;
}

TreeTaker::TreeTaker(Group& group, Bundle& root)
    : group_(group),
      root_(root),
      root_key_(root.source.path_key()),
      on_record_(registry().children_of(root_key_)) {
  std::erase_if(on_record_, [this](const ChildRow& row) { return row.root != root_key_; });
  group_.gained_.clear();
  for (const Bundle& child : root_.children) {
    const bool is_failed = child.kind == Bundle::Kind::kFailed;
    const std::string key = child.source.path_key();
    if (!is_failed && !registry().source(key)) group_.gained_.insert(key);
  }
}

// What a lane skipped must be on record still, and stay there whatever the tree changes.
bool TreeTaker::is_still_known(const Bundle& child) const {
  const auto same = registry().document_by_content(child.sha256);
  if (!same) return false;
  if (same->path_key == child.source.path_key()) return true;
  return same->path_key != root_key_ && !is_within(same->path_key, root_key_);
}

// A duplicate of another source holds nothing of its own: what is within it is on record there.
bool TreeTaker::is_own_document(const std::string& path_key) const {
  const auto source = registry().source(path_key);
  const auto document = source ? registry().document(source->document) : std::nullopt;
  return document && document->path_key == path_key;
}

std::optional<Group::Verdict> TreeTaker::obstacle() const {
  const auto is_lost = [this](const Bundle& child) {
    return child.kind == Bundle::Kind::kKnown && !is_still_known(child);
  };
  if (std::any_of(root_.children.begin(), root_.children.end(), is_lost)) {
    return Group::Verdict::kPrepareAgain;
  }
  if (group_.touched_.empty()) return std::nullopt;
  const auto is_touched = [this](const std::string& path_key) {
    const auto row = registry().source(path_key);
    return row && group_.touched_.contains(row->document);
  };
  const bool conflicts = std::any_of(on_record_.begin(), on_record_.end(),
                                     [&](const ChildRow& row) { return is_touched(row.path_key); });
  return conflicts ? std::optional(Group::Verdict::kNextGroup) : std::nullopt;
}

void TreeTaker::take_children() {
  // The list of results may move.
  const Result result = group_.results_.back().result;
  group_.tree_name_ = group_.results_.back().name;
  if (result == Result::kFailed) return;
  const bool is_prepared = root_.kind == Bundle::Kind::kPrepared;
  if (result == Result::kUnchanged && !is_prepared) {
    keep_within(root_key_, /*report=*/true);
    return;
  }
  if (is_own_document(root_key_)) {
    for (Bundle& child : root_.children) take_child(child);
  }
  drop_gone();
  // What was carried on has left its old path already.
  if (result == Result::kRenamed) remove_within(group_, root_.source.follows, RawFile::kRemove);
  settle_links();
}

void TreeTaker::take_child(Bundle& child) {
  const std::string key = child.source.path_key();
  if (!closed_container_.empty() && is_within(key, closed_container_)) return;
  if (group_.take_one(child) != Group::Verdict::kTaken) {
    throw Error("commit", child.source.given, "the registry changed while its source was taken",
                "run it again");
  }
  group_.writer_.put_child({key, root_key_, child.source.container});
  group_.any_children_ = true;
  group_.writes_ = true;
  seen_.insert(key);
  const Result result = group_.results_.back().result;
  const bool was_opened =
      child.kind == Bundle::Kind::kPrepared && result != Result::kFailed && is_own_document(key);
  if (!was_opened) closed_container_ = key;
  // One that failed keeps its last good version, and one that is known was not opened.
  if (result == Result::kFailed) keep_within(key, /*report=*/false);
  if (child.kind == Bundle::Kind::kKnown && is_own_document(key)) keep_within(key, /*report=*/true);
}

void TreeTaker::keep_within(const std::string& path_key, bool report) {
  std::vector<ChildRow> rows;
  for (const ChildRow& row : on_record_) {
    if (is_within(row.path_key, path_key) && seen_.insert(row.path_key).second) {
      rows.push_back(row);
    }
  }
  if (!report) return;
  for (DocumentResult& kept : kept_children(group_.kb_, root_, rows)) {
    group_.results_.push_back(std::move(kept));
  }
}

void TreeTaker::drop_gone() {
  for (const ChildRow& row : on_record_) {
    if (!seen_.contains(row.path_key)) drop(row, RawFile::kRemove);
  }
}

void TreeTaker::drop(const ChildRow& row, RawFile raw) {
  RegistryWriter& writer = group_.writer_;
  const auto source = registry().source(row.path_key);
  const auto document = source ? registry().document(source->document) : std::nullopt;
  writer.clear_failure(row.path_key);
  if (document) {
    writer.delete_source(row.path_key);
    group_.release_document(row.path_key, document->id, raw);
  }
  writer.delete_child(row.path_key);
  group_.writes_ = true;
  // One that others hold, too, stays.
  if (!document || registry().document(document->id)) return;
  DocumentResult& result = group_.results_.emplace_back();
  result.result = Result::kRemoved;
  result.source.given = result.source.relative = row.path_key;
  result.source.container = row.container;
  result.sha256 = document->sha256;
  result.bytes = document->size;
  result.seq = registry().last_event();
  describe(result, *document);
}

std::vector<Edit> TreeTaker::link_edits(const Group::Linked& from) const {
  std::vector<Edit> edits;
  for (const StagedLink& link : from.bundle->links) {
    const auto source = registry().source(link.path_key);
    const auto document = source ? registry().document(source->document) : std::nullopt;
    if (!document) continue;
    edits.push_back({link.position, link.length, std::nullopt,
                     layout::document_link(from.name, document->name)});
  }
  return edits;
}

// Only now is it known which document each became. The rows of the Markdown are written anew before
// anybody can see them.
void TreeTaker::settle_links() {
  for (Group::Linked& linked : group_.linked_) {
    Bundle& bundle = *linked.bundle;
    const std::vector<Edit> edits = link_edits(linked);
    if (!edits.empty()) {
      const platform::Dir& staging = group_.staging_.dir();
      const std::string to = "linked-" + std::to_string(group_.name_counter_++) + ".md";
      const std::string from = bundle.markdown.name;
      const auto written = splice(group_.kb_.files(), staging, from, edits, staging, to);
      if (!written) {
        throw Error("commit", bundle.source.given, "its staged Markdown does not match its links",
                    "report this, with the document");
      }
      group_.has_staged_ = true;
      for (Step& step : linked.steps) {
        if (step.op != Step::Op::kPublishFile || step.staged != from) continue;
        step.staged = to;
        step.sha256 = written->sha256;
      }
      bundle.markdown = *written;
      if (!bundle.parts.empty() || bundle.has_sections) move_sidecars(linked, edits);
      Moved moved(edits);
      for (SourceLink& link : bundle.source_links) link.position = moved(link.position);
      group_.put_links(bundle, linked.document, bundle.source_links.empty());
      group_.writer_.set_markdown(linked.document, written->sha256, written->size());
    }
    group_.end_document(linked);
  }
  group_.linked_.clear();
}

// Sidecars with positions have been staged with the old ones.
void TreeTaker::move_sidecars(Group::Linked& linked, const std::vector<Edit>& edits) {
  Bundle& bundle = *linked.bundle;
  const platform::Dir& staging = group_.staging_.dir();
  Moved moved(edits);
  for (StagedPart& part : bundle.parts) part.position = moved(part.position);
  if (!bundle.parts.empty()) {
    stage_parts(group_.kb_.files(), staging, bundle,
                "parts-" + std::to_string(group_.name_counter_++) + ".json");
  }
  if (bundle.has_sections) {
    stage_sections(group_.kb_.files(), staging, bundle,
                   "sections-" + std::to_string(group_.name_counter_++) + ".json");
  }
  for (const StagedSidecar& sidecar : bundle.sidecars) {
    const std::string target = layout::sidecar_path(linked.name, sidecar.kind);
    for (Step& step : linked.steps) {
      if (step.op != Step::Op::kPublishFile || step.target != target) continue;
      step.staged = sidecar.file.name;
      step.sha256 = sidecar.file.sha256;
    }
  }
  group_.writer_.put_files(linked.document, files_of(bundle, linked.name));
}

void TreeTaker::remove_within(Group& group, const std::string& path_key, RawFile raw) {
  group.writer_.delete_child(path_key);
  if (!group.any_children()) return;
  Bundle root;
  root.source.root = std::make_shared<SourceRoot>();
  root.source.relative = path_key;
  TreeTaker tree(group, root);
  for (const ChildRow& row : group.kb_.registry().children_of(path_key)) tree.drop(row, raw);
}

}  // namespace sluice::owner
