// The documents of an OpenKB folder as the owner takes them: those that the knowledge base does not
// have yet, in the order of OpenKB's list.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "model/bundle_feed.h"
#include "openkb/folder.h"
#include "openkb/import.h"
#include "owner/registry.h"

namespace sluice::cli {

// What becomes of a row of OpenKB's list.
enum class ImportVerdict {
  kAdd,
  kUpdate,     // taken over before, and OpenKB has other bytes since
  kUnchanged,  // on record with these bytes
  kNewerHere,  // on record with other bytes, which Sluice itself converted: left as it is
};

// Decides it for every row, once, from the registry as it is then. The owner decides again.
class ImportPlan {
 public:
  struct Item {
    const openkb::Entry* entry = nullptr;
    std::string path_key;
    ImportVerdict verdict = ImportVerdict::kAdd;
  };

  // `folder` outlives it. `kb_path`: of the knowledge base that they go to. Of two rows with one
  // path, the later one counts.
  ImportPlan(const openkb::Folder& folder, const std::string& kb_path,
             const owner::Registry& registry);

  const std::vector<Item>& items() const { return items_; }
  const Item* find(const std::string& path_key) const;
  std::uint64_t count(ImportVerdict verdict) const;

 private:
  std::vector<Item> items_;
  std::map<std::string, std::size_t> by_key_;
};

class OpenKbDocuments : public BundleFeed {
 public:
  OpenKbDocuments(const ImportPlan& plan, openkb::Importer importer)
      : plan_(plan), importer_(importer) {}

  std::vector<Bundle> take(std::size_t max_documents, std::uint64_t max_bytes) override;
  Bundle prepare_again(const Source& source, unsigned attempt) override;
  void cancel() override { stop_.store(true, std::memory_order_relaxed); }

 private:
  const ImportPlan& plan_;
  const openkb::Importer importer_;
  std::size_t next_ = 0;  // of the plan's items
  std::uint64_t sequence_ = 0;
  std::atomic<bool> stop_{false};
};

}  // namespace sluice::cli
