// SPDX-License-Identifier: Apache-2.0
//
// Where a click on text or a shape leads: out of the deck, or to one of its slides, whose title is
// a heading of the Markdown.
#pragma once

#include <map>
#include <optional>
#include <sluice/opc.hpp>
#include <string>
#include <string_view>

#include "pptx/deck.hpp"

namespace sluice::pptx {

// The anchors of a deck's slides. Reads all slides for them when it is first asked: most decks have
// no jumps.
class SlideAnchors {
 public:
  struct Shown {
    bool hidden_slides = false;
    bool notes = false;
  };
  // `deck` must outlive it.
  SlideAnchors(Deck& deck, const Shown& shown) : deck_(deck), shown_(shown) {}

  // `#anchor` of the slide of this part; empty if it is not in the Markdown, or has no title.
  std::string of_slide(std::string_view part);
  // The same of the slide that a jump of PowerPoint's own names ("nextslide", "lastslide"), seen
  // from a slide.
  std::string of_jump(std::string_view jump, std::string_view from);

 private:
  void read();

  Deck& deck_;
  const Shown shown_;
  std::optional<std::map<std::string, std::string, std::less<>>> by_part_;
};

// The clicks of one part: of a slide, or of its notes.
class Clicks {
 public:
  // All must outlive it. `links`: of the part that the click is in. `slide`: the part of its slide.
  Clicks(const OpcRelationships& links, SlideAnchors& anchors, std::string_view slide)
      : links_(links), anchors_(anchors), slide_(slide) {}

  // Where the properties of a run or a shape lead; empty if nowhere.
  std::string address_of(XmlNode properties) const;

 private:
  const OpcRelationships& links_;
  SlideAnchors& anchors_;
  const std::string_view slide_;
};

}  // namespace sluice::pptx
