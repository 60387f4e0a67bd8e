// SPDX-License-Identifier: Apache-2.0
//
// Gutters: upright strips of paper that no text crosses, over as many rows as possible. They part
// columns of prose and columns of tables alike. Found in one sweep down the rows, as maximal empty
// rectangles (after Breuel, "Two Geometric Algorithms for Layout Analysis", 2002).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "segments.hpp"

namespace sluice::pdf {

// Segments of one row of cells, by x: on one baseline, unless cells stand in the middle of the row.
struct Row {
  std::vector<std::uint32_t> segments;  // indices into Segments::all
  float y0 = 0;
  float y1 = 0;
  float baseline = 0;
};

struct Gutter {
  float x0 = 0;
  float x1 = 0;
  std::uint32_t first = 0;  // rows, both inclusive
  std::uint32_t last = 0;
  std::uint32_t left = 0;  // rows with text on that side
  std::uint32_t right = 0;
  std::uint32_t both = 0;
  std::uint32_t placed = 0;  // rows of both where an operator jumped over it
  std::uint32_t apart = 0;   // rows of both where it did, or where the gap is wide
  std::uint32_t texts = 0;  // rows of both that are an item of a list or have a long text behind it
  std::uint32_t markers = 0;  // rows of both where all that is left of it is a list marker
  std::uint32_t numbers = 0;  // rows in which only the number of a section is left of it

  float width() const { return x1 - x0; }
  std::uint32_t rows() const { return last - first + 1; }
};

// The segments `chosen`, which are in reading order by row, as rows.
std::vector<Row> rows_of(const Segments& segments, std::span<const std::uint32_t> chosen);

// All gutters at least `least` points wide with text on both sides, in no order. `wide`: from here
// on, a gap in a row is no blank.
std::vector<Gutter> find_gutters(const Segments& segments, const std::vector<Row>& rows,
                                 float least, float wide);

}  // namespace sluice::pdf
