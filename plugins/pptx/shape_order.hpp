// SPDX-License-Identifier: Apache-2.0
//
// The order in which a person reads the shapes of a slide: the title, then bands from top to
// bottom, and in each the columns from left to right.
#pragma once

#include <sluice/xml.hpp>
#include <vector>

#include "pptx/placeholder.hpp"

namespace sluice::pptx {

// Where a shape stands, in the coordinates of what holds it (EMU). A group is one thing here: what
// is in it is read together.
struct Box {
  double left = 0;
  double top = 0;
  double width = 0;
  double height = 0;
};

struct PlacedShape {
  XmlNode node;
  Box box;
};

// The shapes below `parent` (a p:spTree or p:grpSp) in reading order. Of alternative contents the
// chosen one's. Those that say no place, and inherit none, stand where they are written.
std::vector<PlacedShape> shapes_in_order(XmlNode parent, const Slide& slide);

}  // namespace sluice::pptx
