// Replays what the disk may hold after a power cut, state by state, and recovers from each.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "crash/disk/model.h"
#include "crash/scene/scenarios.h"

namespace sluice::crash {

class PowerCuts {
 public:
  PowerCuts(const Stage& stage, const DiskModel& disk) : stage_(stage), disk_(disk) {}

  // Tries about `sample` states that differ, spread over all cuts, or all of them if it is 0.
  // Stops at the first `enough` violations.
  void replay(std::size_t sample, std::size_t enough = 3);

  std::size_t replayed() const { return replayed_; }
  const std::vector<std::string>& violations() const { return violations_; }

 private:
  void try_state(std::size_t cut, const std::vector<std::size_t>& pending, const Fates& fates);
  std::string describe(std::size_t cut, const std::vector<std::size_t>& pending,
                       const Fates& fates) const;

  const Stage& stage_;
  const DiskModel& disk_;
  std::size_t replayed_ = 0;
  std::vector<std::string> violations_;
};

}  // namespace sluice::crash
