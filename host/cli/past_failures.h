// Which failures on record a run has outlived: their sources are gone, or are no sources any more.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "owner/document_result.h"
#include "owner/knowledge_base.h"

namespace sluice::cli {

class PastFailures {
 public:
  // Call it with every result of the run.
  void note(const owner::DocumentResult& result);

  // What is to be forgotten after a run to its end. `roots`: see scan::Scanner::roots(). Failures
  // of other places are not this run's business: their disk may not be mounted today.
  // `is_whole`: the run took all that it takes of these roots, not a choice by -g.
  std::vector<std::string> outlived(const owner::KnowledgeBase& kb,
                                    const std::vector<std::string>& roots, bool is_whole) const;

 private:
  bool fails_still(const std::string& path_key) const;

  std::set<std::string> failed_;  // path keys, in this run
};

}  // namespace sluice::cli
