// The part of a check that goes from the files to the registry: what stands in raw/, wiki/sources/
// and its images/ that no document has on record.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "owner/check.h"
#include "owner/published_paths.h"

namespace sluice::owner {

class StrangerCheck {
 public:
  // `pending`: published paths that the journal of a dead run is still to take away or to bring.
  // `published`: those on record.
  StrangerCheck(KnowledgeBase& kb, const CheckSettings& settings,
                const std::set<std::string>& pending, const ReportFinding& report,
                PublishedPaths& published)
      : kb_(kb), settings_(settings), pending_(pending), report_(report), published_(published) {}

  void run();

 private:
  void look_below(Shelf shelf);
  std::vector<std::string> look_into(const Target& folder);
  bool holds_documents(Shelf shelf, const std::string& name, const platform::DirEntry& entry) const;
  void judge(const Target& folder, const std::string& path, const platform::DirEntry& entry);
  bool was_kept(const std::string& name, const Target& file);

  KnowledgeBase& kb_;
  const CheckSettings& settings_;
  const std::set<std::string>& pending_;
  const ReportFinding& report_;
  PublishedPaths& published_;
};

}  // namespace sluice::owner
