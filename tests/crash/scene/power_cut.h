// Replays what the disk may hold after a power cut, state by state, and recovers from each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "crash/disk/model.h"
#include "crash/scene/scenarios.h"

namespace sluice::crash {

class PowerCuts {
 public:
  PowerCuts(const Stage& stage, const DiskModel& disk) : stage_(stage), disk_(disk) {}

  // Tries about `sample` states, spread over all cuts, or all that differ if it is 0. Stops at the
  // third violation.
  void replay(std::size_t sample);
  // Looks for one violation among the states of the cuts from `first` on, here and there before
  // everywhere.
  void find_one(std::size_t first);

  std::size_t replayed() const { return replayed_; }
  const std::vector<std::string>& violations() const { return violations_; }

 private:
  void replay_cut(std::size_t cut, std::size_t enough, const std::function<bool()>& is_chosen);
  void try_state(std::size_t cut, const std::vector<std::size_t>& pending, const Fates& fates);
  std::string describe(std::size_t cut, const std::vector<std::size_t>& pending,
                       const Fates& fates) const;

  const Stage& stage_;
  const DiskModel& disk_;
  // What was tried. What was reported belongs to it: the same files may be right before a report
  // and wrong after it.
  std::set<std::pair<std::uint64_t, std::size_t>> seen_;
  std::size_t replayed_ = 0;
  std::vector<std::string> violations_;
};

}  // namespace sluice::crash
