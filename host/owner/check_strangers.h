// The part of a check that goes from the files to the registry: what stands in raw/, wiki/sources/
// and its images/ that no document has on record.
#pragma once

#include <set>
#include <string>

#include "owner/check.h"

namespace sluice::owner {

class StrangerCheck {
 public:
  // `pending`: published paths that the journal of a dead run is still to take away or to bring.
  StrangerCheck(KnowledgeBase& kb, const CheckSettings& settings,
                const std::set<std::string>& pending, const ReportFinding& report)
      : kb_(kb), settings_(settings), pending_(pending), report_(report) {}

  void run();

 private:
  void look_into(Shelf shelf, const std::string& folder);
  void judge(Shelf shelf, const std::string& path, const platform::DirEntry& entry);
  bool was_kept(const std::string& name, Shelf shelf, const std::string& file_name);

  KnowledgeBase& kb_;
  const CheckSettings& settings_;
  const std::set<std::string>& pending_;
  const ReportFinding& report_;
};

}  // namespace sluice::owner
