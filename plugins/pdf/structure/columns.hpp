// SPDX-License-Identifier: Apache-2.0
//
// Where the text of columns begins and ends, and how far apart its lines are: what tells whether a
// line is full, or was broken on purpose.
#pragma once

#include <cstdint>
#include <vector>

#include "../story.hpp"

namespace sluice::pdf {

// Where a line begins and ends, as it runs: larger is farther on.
inline float start_of(const Line& line) {
  return line.backwards ? -line.box.x1 : line.box.x0;
}
inline float end_of(const Line& line) {
  return line.backwards ? -line.box.x0 : line.box.x1;
}

constexpr std::uint32_t kCharsOfFullLine = 30;

struct ColumnEdges {
  float left = 1e9F;
  float right = -1e9F;
  float set_to = 1e9F;  // where its long lines end, if many end at one place
  std::uint32_t lines = 0;
  bool wraps = false;  // a line goes on in small letters
  float leading = 0;   // usual distance of its lines, in sizes; 0: not known
  float within = 0;    // the same of lines within sentences
};

class Columns {
 public:
  // Running lines count for nothing. `story` must outlive it.
  Columns(const Story& story, const std::vector<bool>& running);

  const ColumnEdges& edges_of(const Line& line) const {
    return edges_[static_cast<std::size_t>(line.column)];
  }
  // The edge where lines begin, as start_of tells it.
  float left_of(std::int32_t column, bool backwards) const;
  // Between the end of a line, as it runs, and the edge of its column.
  float room_after(const Line& line) const;

  // The next line's first word would have had room on this one: the break is meant.
  bool is_short(const Line& line, const Line& next) const;
  bool is_nearly_full(const Line& line) const;
  bool is_centered(const Line& line) const;
  // Of a few lines that are all short: none says how wide the column is.
  bool is_address(const Line& line) const;
  // Paragraphs of one line each fill a column, too.
  bool may_end_paragraph(const Line& line, const Line& next) const;

 private:
  void measure_edges(const std::vector<bool>& running);
  void measure_distances(const std::vector<bool>& running);
  bool is_set_full(const Line& line, const Line& next) const;

  const Story& story_;
  std::vector<ColumnEdges> edges_;
};

}  // namespace sluice::pdf
