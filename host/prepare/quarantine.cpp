#include "prepare/quarantine.h"

#include <algorithm>

#include "prepare/line_rules.h"

namespace sluice::prepare {
namespace {

std::string in_a_row(std::uint32_t crashes) {
  return crashes == 1 ? "it crashed once"
                      : "it crashed " + std::to_string(crashes) + " times in a row";
}

}  // namespace

std::optional<Attempt> Quarantine::lost_turn(std::string_view converter,
                                             std::uint64_t sequence) const {
  if (!any_.load(std::memory_order_acquire)) return std::nullopt;
  const std::lock_guard lock(mutex_);
  const auto found = states_.find(converter);
  if (found == states_.end() || !found->second.behind || *found->second.behind >= sequence) {
    return std::nullopt;
  }
  Attempt turn;
  turn.converter = converter;
  turn.cause = found->second.violated ? AttemptCause::kQuarantineUnsafe : AttemptCause::kQuarantine;
  turn.outcome = outcome_of(turn.cause);
  turn.reason = "the converter " + turn.converter +
                " is in quarantine for this run: " + in_a_row(found->second.crashes);
  return turn;
}

bool Quarantine::is_stale(const Bundle& bundle) const {
  if (!any_.load(std::memory_order_acquire)) return false;
  const auto is_stale_child = [this](const Bundle& child) { return is_stale(child); };
  if (std::any_of(bundle.children.begin(), bundle.children.end(), is_stale_child)) return true;
  return std::any_of(bundle.attempts.begin(), bundle.attempts.end(), [&](const Attempt& attempt) {
    const bool had_its_turn = attempt.cause != AttemptCause::kQuarantine &&
                              attempt.cause != AttemptCause::kQuarantineUnsafe;
    return had_its_turn && lost_turn(attempt.converter, bundle.source.sequence).has_value();
  });
}

void Quarantine::note(Bundle& bundle) {
  for (const Attempt& attempt : bundle.attempts) {
    const std::lock_guard lock(mutex_);
    if (!attempt.is_crash) {
      const auto found = states_.find(attempt.converter);
      if (found != states_.end() && !found->second.behind) states_.erase(found);
      continue;
    }
    const std::uint32_t most = crashes_of_(attempt.converter);
    State& state = states_[attempt.converter];
    if (state.behind) continue;
    state.violated |= attempt.outcome == Outcome::kSandboxViolation;
    if (most == 0 || ++state.crashes < most) continue;
    state.behind = bundle.source.sequence;
    any_.store(true, std::memory_order_release);
    bundle.warnings.push_back(
        {"quarantine", "the converter " + attempt.converter +
                           " is not used from here on: " + in_a_row(state.crashes) +
                           ", here with \"" + attempt.reason + "\"; " + hint(attempt.converter)});
  }
  for (Bundle& child : bundle.children) note(child);
}

std::string Quarantine::hint(std::string_view converter) {
  return "report it to the plugin's author; to use it all the same, set quarantine_after = 0 in "
         "[limits." +
         std::string(converter) + "] of the configuration and run the command again";
}

}  // namespace sluice::prepare
