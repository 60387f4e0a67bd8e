// The search of a line diff (line_diff.h): the shortest way from one sequence of lines to the
// other, from both ends at once, or one that is good enough where the shortest would cost too much.
#pragma once

#include <cstddef>
#include <vector>

namespace sluice::owner::diff {

using Index = std::ptrdiff_t;

// A power of two near the square root.
Index rough_root(Index number);

// One of the two texts. `changed` has a place in front and one behind, which never are.
struct Side {
  std::vector<Index> lines;  // each by its class: equal lines have equal ones
  std::vector<char> changed_;
  std::vector<Index> kept;  // the lines that are compared, by number...
  std::vector<Index> kept_classes;

  Index size() const { return static_cast<Index>(lines.size()); }
  Index at(Index i) const { return lines[static_cast<std::size_t>(i)]; }
  char& changed(Index i) { return changed_[static_cast<std::size_t>(i + 1)]; }
  void keep(Index i) {
    kept.push_back(i);
    kept_classes.push_back(at(i));
  }
};

// Marks all kept lines of either side that the other has not, at least on the way that it finds.
void mark_changes(Side& before, Side& after);

}  // namespace sluice::owner::diff
