// SPDX-License-Identifier: Apache-2.0
//
// What a DrawingML or VML drawing holds: pictures, boxes of text, diagrams, charts, rules.
#pragma once

#include <pugixml.hpp>
#include <string>
#include <vector>

namespace sluice::docx {

struct Picture {
  std::string relationship;  // id of the embedded or linked image
  std::string alt;
};

struct Drawing {
  std::vector<Picture> pictures;
  std::vector<pugi::xml_node> boxes;  // w:txbxContent: blocks
  std::vector<std::string> diagrams;  // relationship ids of their data
  std::vector<std::string> charts;    // relationship ids
  bool is_rule = false;               // a horizontal line
};

// Reads a w:drawing, w:pict or w:object. Of alternatives, one; hidden drawings are empty.
Drawing read_drawing(pugi::xml_node drawing);

// The branch of an mc:AlternateContent that this converter reads.
pugi::xml_node chosen_branch(pugi::xml_node alternate_content);

}  // namespace sluice::docx
