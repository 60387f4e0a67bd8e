#include "prepare/quarantine.h"

#include <algorithm>

namespace sluice::prepare {

std::optional<std::string> Quarantine::reason(std::string_view converter,
                                              std::uint64_t sequence) const {
  if (!any_.load(std::memory_order_acquire)) return std::nullopt;
  const std::lock_guard lock(mutex_);
  const auto found = states_.find(converter);
  if (found == states_.end() || !found->second.behind || *found->second.behind >= sequence) {
    return std::nullopt;
  }
  return "the converter " + std::string(converter) + " is in quarantine for this run: it crashed " +
         std::to_string(found->second.crashes) + " time(s) in a row";
}

bool Quarantine::is_stale(const Bundle& bundle) const {
  return std::any_of(bundle.attempts.begin(), bundle.attempts.end(), [&](const Attempt& attempt) {
    return reason(attempt.converter, bundle.source.sequence).has_value();
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
    if (state.behind || most == 0 || ++state.crashes < most) continue;
    state.behind = bundle.source.sequence;
    any_.store(true, std::memory_order_release);
    bundle.warnings.push_back({"quarantine", "the converter " + attempt.converter +
                                                 " is left out from here on: it crashed " +
                                                 std::to_string(state.crashes) +
                                                 " time(s) in a row, here with \"" + attempt.what +
                                                 "\"; " + hint(attempt.converter)});
  }
}

std::string Quarantine::hint(std::string_view converter) {
  return "report it to the plugin's author; to use it all the same, set quarantine_after = 0 in "
         "[limits." +
         std::string(converter) + "] of the configuration and run the command again";
}

}  // namespace sluice::prepare
