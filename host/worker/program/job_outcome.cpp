// What becomes of a converter's answer, from what it wrote and what it was refused.
#include "worker/program/job.h"
#include "worker/program/memory.h"

namespace sluice::program {

void Job::settle(sluice_outcome outcome) {
  output_.finish();
  if (outcome < SLUICE_OUTCOME_OK || outcome > SLUICE_OUTCOME_INTERNAL) {
    result_.reason = "the converter returned the unknown outcome " + std::to_string(outcome);
    outcome = SLUICE_OUTCOME_INTERNAL;
  }
  // The host reports documents that had no room. They are no failure of what holds them.
  if (outcome == SLUICE_OUTCOME_LIMIT && result_.refused_children > 0 &&
      output_.refusal() == SLUICE_STATUS_OK) {
    outcome = SLUICE_OUTCOME_PARTIAL;
  }
  // Output that was refused is missing, even if the converter returned OK.
  const bool claims_success = outcome == SLUICE_OUTCOME_OK || outcome == SLUICE_OUTCOME_EMPTY;
  switch (output_.refusal()) {
    case SLUICE_STATUS_LIMIT:
      if (claims_success) outcome = SLUICE_OUTCOME_LIMIT;
      if (outcome == SLUICE_OUTCOME_LIMIT) result_.limit = output_.limit();
      break;
    case SLUICE_STATUS_CANCELLED:
      outcome = SLUICE_OUTCOME_CANCELLED;
      break;
    case SLUICE_STATUS_OK:
      break;
    default:
      if (claims_success || outcome == SLUICE_OUTCOME_PARTIAL) outcome = SLUICE_OUTCOME_IO;
      if (result_.reason.empty()) result_.reason = "the output could not be written";
      break;
  }
  result_.outcome = outcome;
  settle_memory(take_refusal());
}

// A converter, or a library in it, that was refused memory may call that by any name. A request
// beyond the whole limit is a number in the document that the converter rightly did not believe.
void Job::settle_memory(std::uint64_t refused) {
  if (refused == 0) return;
  switch (result_.outcome) {
    case SLUICE_OUTCOME_OK:
    case SLUICE_OUTCOME_PARTIAL:
      result_.memory_short = true;
      return;
    case SLUICE_OUTCOME_EMPTY:
    case SLUICE_OUTCOME_LIMIT:
    case SLUICE_OUTCOME_IO:
    case SLUICE_OUTCOME_INTERNAL:
    case SLUICE_OUTCOME_MALFORMED:
      result_.memory_short = refused <= run_.input.memory_bytes;
      return;
    default:
      return;
  }
}

}  // namespace sluice::program
