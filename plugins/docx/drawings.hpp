// SPDX-License-Identifier: Apache-2.0
//
// What a DrawingML or VML drawing holds: pictures, boxes of text, diagrams, charts, rules.
#pragma once

#include <sluice/xml.hpp>
#include <string>
#include <vector>

namespace sluice::docx {

struct Picture {
  std::string relationship;  // id of the embedded or linked image
  std::string alt;
};

struct Drawing {
  std::vector<Picture> pictures;
  std::vector<XmlNode> boxes;         // w:txbxContent: blocks
  std::vector<std::string> diagrams;  // relationship ids of their data
  std::vector<std::string> charts;    // relationship ids
  std::vector<std::string> objects;   // relationship ids of what other programs keep
  bool is_rule = false;               // a horizontal line
};

// Reads a w:drawing, w:pict or w:object. Of alternatives, one; hidden drawings are empty.
Drawing read_drawing(XmlNode drawing);

// The branch of an mc:AlternateContent that this converter reads.
XmlNode chosen_branch(XmlNode alternate_content);

}  // namespace sluice::docx
