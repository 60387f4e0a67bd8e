// SPDX-License-Identifier: Apache-2.0
//
// Writes what drawings hold: pictures where they stand, and all else behind the paragraph that they
// stand in.
#pragma once

#include <sluice/xml.hpp>
#include <string>
#include <utility>
#include <vector>

#include "docx/drawings.hpp"
#include "docx/run_writer.hpp"
#include "docx/story_context.hpp"

namespace sluice::docx {

class DrawingWriter {
 public:
  DrawingWriter(StoryContext& context, RunWriter& runs) : context_(context), runs_(runs) {}

  // A w:drawing, w:pict or w:object within a run.
  void drawing(XmlNode node);
  // A horizontal line follows the paragraph.
  void add_rule() { rule_ = true; }

  // Writes what follows the paragraph, text boxes aside: those are for the story to walk.
  void write_deferred();
  std::vector<XmlNode> release_boxes() { return std::exchange(boxes_, {}); }

 private:
  void picture(const Picture& picture);
  void missing_image(const std::string& message);
  void write_diagram(const std::string& relationship);
  void write_chart_of(const std::string& relationship);

  StoryContext& context_;
  RunWriter& runs_;
  bool rule_ = false;
  std::vector<std::string> diagrams_;
  std::vector<std::string> charts_;
  std::vector<XmlNode> boxes_;
};

}  // namespace sluice::docx
