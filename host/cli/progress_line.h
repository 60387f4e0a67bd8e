// The words of the progress display, made to fit the terminal. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "model/activity.h"

namespace sluice::cli {

struct ProgressState {
  std::uint64_t done = 0;
  std::uint64_t failed = 0;
  std::uint64_t skipped = 0;
  std::uint64_t bytes = 0;  // of the sources that are done
  std::uint64_t total = 0;  // 0: not known yet
  double seconds = 0;
  std::vector<Activity::View> in_hand;  // what has been longest first

  double rate() const { return seconds > 0 ? static_cast<double>(done) / seconds : 0; }
  // 0: not known.
  double seconds_left() const {
    return total > done && done > 0 ? static_cast<double>(total - done) / rate() : 0;
  }
};

// One line, at most `columns` wide (0: any width). What says least goes first: the bar, the bytes,
// the rate, the time left; then the name of what has been in hand longest is cut in its middle.
std::string progress_line(const ProgressState& state, std::size_t columns);

// On a wide terminal: a line for each document that has been in hand for a while (its name, its
// converter, its seconds), and a line about the whole below them. One line on a narrow one. At most
// `rows` lines, and at least `least`, so that the display does not jump up and down: empty ones
// come first.
std::vector<std::string> progress_block(const ProgressState& state, std::size_t columns,
                                        std::size_t rows, std::size_t least);

// For a program: a line of JSON.
std::string progress_json(const ProgressState& state);

}  // namespace sluice::cli
