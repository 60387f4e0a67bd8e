// The differences between two sequences of lines, as git finds them: Myers' algorithm (An O(ND)
// Difference Algorithm and Its Variations, 1986) in linear space, with git's rules for lines that
// occur often, for texts that have little in common, and for where a change is shown that could
// stand in several places. The same lines give the same changes as git's, to the line.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace sluice::owner {

// Lines [old_at, old_at + old_lines) were replaced by [new_at, new_at + new_lines).
struct LineChange {
  std::size_t old_at = 0;
  std::size_t old_lines = 0;
  std::size_t new_at = 0;
  std::size_t new_lines = 0;

  std::size_t old_end() const { return old_at + old_lines; }
  std::size_t new_end() const { return new_at + new_lines; }
};

// Lines are the same if their prints are (staging/line_prints.h). In rising order; between two
// changes there is at least one line that is the same.
std::vector<LineChange> line_changes(std::span<const std::uint64_t> before,
                                     std::span<const std::uint64_t> after);

}  // namespace sluice::owner
