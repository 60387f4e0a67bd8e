// How a group takes documents out, with their files.
#include "model/layout.h"
#include "model/names.h"
#include "owner/group.h"
#include "owner/group_rows.h"
#include "owner/publish.h"
#include "owner/tree.h"

namespace sluice::owner {
namespace {

std::string base_name(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

}  // namespace

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

// A source has left its document. One that has other sources goes on under one of them; one that
// has none holds what no source says any more, and goes. So does one that holds documents: they are
// on record under this source's path, and the others are prepared again with theirs. And so does
// one in mirror layout: it stands in this source's folder.
void Group::release_document(const std::string& path_key, std::int64_t id, RawFile raw) {
  const Registry& registry = kb_.registry();
  auto document = registry.document(id);
  if (!document || document->path_key != path_key) return;
  const auto others = registry.sources_of(id);
  const bool holds_documents = any_children() && !registry.children_of(path_key).empty();
  const bool has_place = kb_.layout() == layout::Kind::kMirror;
  if (!others.empty() && (holds_documents || has_place)) {
    detach_others(*document, path_key);
  } else if (!others.empty()) {
    document->path_key = others.front().path_key;
    writer_.put_document(*document, name_key(document->name));
    relink(*document);
    append_event(EventOp::kRenamed, *document, document->path_key, path_key);
    return;
  }
  delete_document(*document, path_key, raw);
  touched_.insert(id);
}

// Returns the number of its event.
std::int64_t Group::delete_document(const Document& document, const std::string& path_key,
                                    RawFile raw) {
  (void)staging_.dir();  // there must be a place to move the old files to
  auto steps = removal_steps(document, kb_.registry().files_of(document.id), raw);
  writer_.delete_document(document.id);
  const std::int64_t seq = append_event(EventOp::kRemoved, document, path_key);
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
    result.warnings.push_back({"source", "its source " + source.path_key +
                                             " is removed with it; to have it back, add it"});
  }
  const auto sources = kb_.registry().sources_of(document.id);
  result.seq = delete_document(document, document.path_key, raw);
  for (const SourceRow& source : sources) TreeTaker::remove_within(*this, source.path_key, raw);
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
  if (raw == RawFile::kRemove && !document.raw.empty())
    remove(Step::Op::kRemoveFile, document.raw, document.sha256);
  return steps;
}

}  // namespace sluice::owner
