#include "cli/openkb_documents.h"

#include <algorithm>

#include "model/names.h"

namespace sluice::cli {
namespace {

using openkb::Entry;

ImportVerdict verdict_on(const Entry& entry, const std::string& path_key,
                         const owner::Registry& registry) {
  const auto row = registry.source(path_key);
  const auto document = row ? registry.document(row->document) : std::nullopt;
  if (!document || document->state == owner::DocumentState::kDamaged) return ImportVerdict::kAdd;
  if (row->sha256 == entry.sha256) return ImportVerdict::kUnchanged;
  // Nobody but OpenKB has read that source since it was taken over.
  const bool is_ours = document->path_key == path_key && document->converter == openkb::kConverter;
  return is_ours ? ImportVerdict::kUpdate : ImportVerdict::kNewerHere;
}

// Its document keeps the name that it has in OpenKB: pages there link to it by that.
Source source_of(const ImportPlan::Item& item, std::uint64_t sequence) {
  Source source = source_elsewhere(item.path_key, item.path_key);
  source.sequence = sequence;
  const std::string extension = extension_of(item.path_key.substr(item.path_key.rfind('/') + 1));
  source.called = item.entry->document() + (extension.empty() ? "" : "." + extension);
  return source;
}

}  // namespace

ImportPlan::ImportPlan(const openkb::Folder& folder, const std::string& kb_path,
                       const owner::Registry& registry) {
  const std::string own = kb_path + "/";
  for (const Entry& entry : folder.entries()) {
    std::string path_key = folder.source_of(entry);
    // Of sources in the knowledge base's own folder, it is relative.
    if (path_key.starts_with(own)) path_key.erase(0, own.size());
    const Item item{&entry, path_key, verdict_on(entry, path_key, registry)};
    const auto [known, is_new] = by_key_.emplace(path_key, items_.size());
    if (is_new) {
      items_.push_back(item);
    } else {
      items_[known->second] = item;
    }
  }
}

const ImportPlan::Item* ImportPlan::find(const std::string& path_key) const {
  const auto found = by_key_.find(path_key);
  return found == by_key_.end() ? nullptr : &items_[found->second];
}

std::uint64_t ImportPlan::count(ImportVerdict verdict) const {
  return static_cast<std::uint64_t>(
      std::count_if(items_.begin(), items_.end(),
                    [verdict](const Item& item) { return item.verdict == verdict; }));
}

std::vector<Bundle> OpenKbDocuments::take(std::size_t max_documents, std::uint64_t max_bytes) {
  std::vector<Bundle> taken;
  std::uint64_t bytes = 0;
  while (taken.size() < max_documents && bytes < max_bytes && next_ < plan_.items().size() &&
         !stop_.load(std::memory_order_relaxed)) {
    const ImportPlan::Item& item = plan_.items()[next_++];
    if (item.verdict != ImportVerdict::kAdd && item.verdict != ImportVerdict::kUpdate) continue;
    taken.push_back(importer_.bundle_of(*item.entry, source_of(item, sequence_++), 0));
    bytes += taken.back().staged_bytes;
  }
  return taken;
}

Bundle OpenKbDocuments::prepare_again(const Source& source, unsigned attempt) {
  if (const ImportPlan::Item* item = plan_.find(source.path_key())) {
    return importer_.bundle_of(*item->entry, source_of(*item, source.sequence), attempt);
  }
  Bundle failed;
  failed.source = source;
  failed.outcome = Outcome::kIo;
  failed.reason = "OpenKB has no document of it";
  return failed;
}

}  // namespace sluice::cli
