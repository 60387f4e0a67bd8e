// The words of the progress line, made to fit the width of the terminal. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "model/activity.h"

namespace sluice::cli {

struct ProgressState {
  std::uint64_t done = 0;
  std::uint64_t failed = 0;
  std::uint64_t total = 0;  // 0: not known yet
  double seconds = 0;
  std::optional<Activity::View> slowest;
};

// At most `columns` wide (0: any width). What says least goes first: the bar, the time left, the
// rate, then the name in hand is cut in its middle.
std::string progress_line(const ProgressState& state, std::size_t columns);

}  // namespace sluice::cli
