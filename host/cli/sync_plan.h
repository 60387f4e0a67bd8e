// What `sync` finds before it changes anything, in one walk over its folders and the registry side
// by side: sources that are new or have changed; sources on record whose files are gone; and for
// those that were only renamed or moved, where they are now. Memory grows with what changed, up to
// a bound, not with what there is.
#pragma once

#include <cstdint>
#include <functional>
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
  std::vector<std::string> root_keys;    // path keys of the folders, as scan::Scanner::roots()

  // What there is to do, in the order of the walk: all sources but those that are unchanged for
  // certain, by their identity. Not known (has_work is false) if it is too much to keep.
  bool has_work = true;
  std::vector<Source> work;
  std::uint64_t unchanged = 0;  // the others

  // Those whose last source is gone.
  std::uint64_t documents_to_remove() const;
};

class SyncPlanner {
 public:
  // `options`: on_skipped is called for the whole walk. All outlive it.
  SyncPlanner(platform::Files& files, const owner::KnowledgeBase& kb,
              const scan::ScanOptions& options)
      : files_(files), kb_(kb), options_(options) {}

  // `roots`: directories, none below another. What cannot be read counts as being there: nothing of
  // it is gone. Nor is what exists and is left out only because no converter takes it, or by -g.
  // Throws Error and SystemError.
  SyncPlan plan(const std::vector<std::string>& roots);

 private:
  void walk(const std::string& root);
  void look_again(const std::string& root);
  void keep(const scan::Skipped& skipped);
  void add_work(Source&& source, bool is_new);
  bool is_unchanged(const Source& source, const owner::SourceBelow& row);
  void find_renames_of(const std::vector<std::string>& roots);
  void find_heirs();
  bool is_below_roots(std::string_view path_key) const;

  platform::Files& files_;
  const owner::KnowledgeBase& kb_;
  const scan::ScanOptions& options_;
  SyncPlan plan_;
  bool any_children_ = false;
  std::set<std::string> new_keys_;     // of plan_.work: those that are not on record
  std::vector<Source> arrivals_;       // the same, where plan_.work is not known
  std::set<std::string> still_there_;  // path keys: left out of the scan, but not gone
};

}  // namespace sluice::cli
