// Repairs findings of a check where nothing can be lost. It deletes nothing but what a crash has
// left in staging: files that are in the way go to .sluice/set-aside.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "owner/check.h"

namespace sluice::owner {

struct RepairCalls {
  // Each finding, as a check reports it.
  ReportFinding found;
  // What was done about a finding, in words; `where` as in the finding.
  std::function<void(std::string_view kind, const std::string& where, const std::string& done)>
      mended;
};

struct RepairResult {
  CheckCounts counts;
  std::int64_t left = 0;  // damages that are for the user to mend, but for marked documents
  // Documents that are marked as damaged now: adding their sources again repairs them.
  std::vector<Document> marked;
};

// Finishes the journal and reaps staging; checks; mends. May be interrupted anywhere, by a crash as
// well, and run again. REQUIRES: the exclusive KB lock. Throws Error; what was done until then
// stays done. Empty the trash (reaper.h) behind it, without the lock.
RepairResult repair(KnowledgeBase& kb, const CheckSettings& settings, const RepairCalls& calls);

}  // namespace sluice::owner
