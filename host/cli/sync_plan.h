// What `sync` finds before it changes anything: sources on record whose files are gone, and for
// those that were only renamed or moved, where they are now. Memory grows with what changed, not
// with what there is.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "owner/knowledge_base.h"
#include "platform/files.h"
#include "scan/scanner.h"

namespace sluice::cli {

struct SyncPlan {
  // Path keys, new to old: the document of the old one goes on under the new one.
  std::map<std::string, std::string> renames;
  std::vector<owner::SourceBelow> gone;  // those that were not renamed, by path key
  std::uint64_t documents = 0;           // that came from these folders

  // Those whose last source is gone.
  std::uint64_t documents_to_remove() const;
};

class SyncPlanner {
 public:
  // `options` without on_skipped. Both outlive it.
  SyncPlanner(platform::Files& files, const owner::KnowledgeBase& kb,
              const scan::ScanOptions& options)
      : files_(files), kb_(kb), options_(options) {}

  // `roots`: directories, none below another. What cannot be read counts as being there: nothing of
  // it is gone. Nor is what exists and is left out only because no converter takes it, or by -g.
  // Throws Error and SystemError.
  SyncPlan plan(const std::vector<std::string>& roots);

 private:
  void find_gone(const std::string& root);
  void look_again(const std::string& root);
  void keep(const scan::Skipped& skipped);
  void find_heirs();
  bool is_below_roots(std::string_view path_key) const;

  platform::Files& files_;
  const owner::KnowledgeBase& kb_;
  const scan::ScanOptions& options_;
  SyncPlan plan_;
  std::vector<std::string> root_keys_;
  std::vector<Source> arrivals_;       // sources that are not on record
  std::set<std::string> still_there_;  // path keys: left out of the scan, but not gone
};

}  // namespace sluice::cli
