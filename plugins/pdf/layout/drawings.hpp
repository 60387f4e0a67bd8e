// SPDX-License-Identifier: Apache-2.0
//
// Drawings: diagrams, plots, maps. Their words are labels of what is drawn; where they stand in
// rows, they are no table, and none of them is a heading. A drawing has slanted lines or the heads
// of arrows, which tables and forms have not, and no line of prose.
#pragma once

#include <cstdint>
#include <vector>

#include "segments.hpp"

namespace sluice::pdf {

// Slanted lines and heads of arrows are a drawing, and not a ruled table or a form.
constexpr std::string_view kDrawings = "drawings";

// Where the page may have drawings, in its own frame: lines that hang together, some of them
// slanted, and the frame around them. None of the boxes holds another.
std::vector<Box> find_drawings(const PageContent& page);

// Whether text is that of a drawing: labels, no lines of prose.
bool are_labels(const Segments& segments);

// A piece of text in a drawing: lines below each other that touch.
struct DrawnLabel {
  std::vector<std::uint32_t> segments;  // by rows
  bool begins_row = false;              // the label before stands in another row
};
// From the top to the bottom, and in each row from the left to the right.
std::vector<DrawnLabel> labels_of(const Segments& segments);

}  // namespace sluice::pdf
