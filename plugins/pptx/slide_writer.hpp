// SPDX-License-Identifier: Apache-2.0
//
// One slide as Markdown: its title as a heading, its shapes in reading order, its notes.
#pragma once

#include <sluice/embedded_objects.hpp>
#include <sluice/left_out.hpp>
#include <sluice/markdown_writer.hpp>
#include <sluice/opc.hpp>
#include <sluice/opc_images.hpp>
#include <sluice/xml.hpp>
#include <string>
#include <string_view>

#include "pptx/deck.hpp"
#include "pptx/jumps.hpp"
#include "pptx/shape_order.hpp"

namespace sluice::pptx {

// The heading over a slide's notes.
inline constexpr std::string_view kNotesHeading = "Notes:";

// What a deck leaves out.
struct DeckLeftOuts {
  LeftOut footers = {"footer or date of slides is", "footers and dates of slides are", "footers"};
  LeftOut masters = {"text of a layout or master is", "texts of layouts and masters are", ""};
  LeftOut comments = {"comment is", "comments are", "comments"};
  LeftOut media = media_left_out();

  void tell(Job& job, std::string_view plugin) const {
    for (const LeftOut* each : {&footers, &masters, &comments, &media}) each->tell(job, plugin);
  }
};

// The text of a slide's heading; empty if it has none.
std::string title_of(const Slide& slide);
// Whether write_notes writes any.
bool has_notes(const Deck& deck, const Slide& slide);
// The comments on a slide, and the texts of a layout or master that are not there to be filled in.
void count_comments(const OpcPackage& package, const Slide& slide, LeftOut& left);
void count_texts(const SlidePart& master, LeftOut& left);

class SlideWriter {
 public:
  // All must outlive it.
  SlideWriter(MarkdownWriter& out, OpcImages& images, const OpcPackage& package, const Deck& deck,
              SlideAnchors& anchors, const Slide& slide, EmbeddedObjects& objects,
              DeckLeftOuts& left_out)
      : out_(out),
        images_(images),
        package_(package),
        deck_(deck),
        anchors_(anchors),
        slide_(slide),
        objects_(objects),
        left_out_(left_out),
        clicks_(slide.part.links, anchors, slide.part.name) {}

  // `footers`: whether with footers, dates and slide numbers.
  void write_shapes(bool footers);
  void write_notes();
  void write_comments();

 private:
  void shapes_below(XmlNode parent, int depth);
  void shape(const PlacedShape& placed, int depth);
  void text_shape(XmlNode node);
  void picture(XmlNode node);
  std::string film_address(XmlNode picture);
  void frame(XmlNode node);
  void table(XmlNode node);
  void chart(XmlNode data);
  bool diagram(XmlNode data);

  MarkdownWriter& out_;
  OpcImages& images_;
  const OpcPackage& package_;
  const Deck& deck_;
  SlideAnchors& anchors_;
  const Slide& slide_;
  EmbeddedObjects& objects_;
  DeckLeftOuts& left_out_;
  const Clicks clicks_;
  bool footers_ = true;
  bool titled_ = false;
};

}  // namespace sluice::pptx
