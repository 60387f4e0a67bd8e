// SPDX-License-Identifier: Apache-2.0
//
// One slide as Markdown: its title as a heading, its shapes in reading order, its notes.
#pragma once

#include <sluice/markdown_writer.hpp>
#include <sluice/opc.hpp>
#include <sluice/opc_images.hpp>
#include <sluice/xml.hpp>
#include <string>

#include "pptx/deck.hpp"
#include "pptx/shape_order.hpp"

namespace sluice::pptx {

class SlideWriter {
 public:
  // All must outlive it.
  SlideWriter(MarkdownWriter& out, OpcImages& images, const OpcPackage& package, const Deck& deck,
              const Slide& slide)
      : out_(out), images_(images), package_(package), deck_(deck), slide_(slide) {}

  void write_shapes();
  void write_notes();
  void write_comments();

 private:
  void shapes_below(XmlNode parent, int depth);
  void shape(const PlacedShape& placed, int depth);
  void text_shape(XmlNode node);
  // Where a shape leads out of the deck as a whole, or empty.
  std::string address_of(XmlNode properties) const;
  void picture(XmlNode node);
  void frame(XmlNode node);
  void table(XmlNode node);
  void chart(XmlNode data);
  bool diagram(XmlNode data);

  MarkdownWriter& out_;
  OpcImages& images_;
  const OpcPackage& package_;
  const Deck& deck_;
  const Slide& slide_;
  bool titled_ = false;
};

}  // namespace sluice::pptx
