// SPDX-License-Identifier: Apache-2.0
#include "pptx/jumps.hpp"

#include <algorithm>
#include <sluice/heading_anchor.hpp>

#include "pptx/slide_writer.hpp"

namespace sluice::pptx {

void SlideAnchors::read() {
  by_part_.emplace();
  HeadingAnchors headings;
  for (const std::string& part : deck_.slides()) {
    if (part.empty()) continue;
    try {
      const Slide slide = deck_.read(part);
      if (slide.hidden && !shown_.hidden_slides) continue;
      const std::string title = title_of(slide);
      if (!title.empty()) by_part_->emplace(part, "#" + headings.add(title));
      if (shown_.notes && has_notes(deck_, slide)) headings.add(kNotesHeading);
    } catch (const Failure& failure) {
      // The slide is missing from the Markdown, too.
      if (failure.outcome() != Outcome::kMalformed) throw;
    }
  }
}

std::string SlideAnchors::of_slide(std::string_view part) {
  if (!by_part_) read();
  const auto found = by_part_->find(part);
  return found == by_part_->end() ? std::string() : found->second;
}

std::string SlideAnchors::of_jump(std::string_view jump, std::string_view from) {
  const std::vector<std::string>& slides = deck_.slides();
  const auto here = std::find(slides.begin(), slides.end(), from);
  if (here == slides.end()) return {};
  if (jump == "firstslide") return of_slide(slides.front());
  if (jump == "lastslide") return of_slide(slides.back());
  if (jump == "previousslide" && here != slides.begin()) return of_slide(*(here - 1));
  if (jump == "nextslide" && here + 1 != slides.end()) return of_slide(*(here + 1));
  return {};
}

// 19.3.1: an action begins with `ppaction://`, and says which slide unless a relationship does.
std::string Clicks::address_of(XmlNode properties) const {
  const XmlNode click = properties.child("a:hlinkClick");
  if (!click) return {};
  const OpcRelationship* const link = links_.find(click.attribute("r:id").value());
  if (link != nullptr && link->mode == OpcTarget::kExternal) return link->target;
  if (link != nullptr && link->type == "slide") return anchors_.of_slide(link->target);
  constexpr std::string_view kJump = "ppaction://hlinkshowjump?jump=";
  const std::string_view action = click.attribute("action").value();
  if (!action.starts_with(kJump)) return {};
  return anchors_.of_jump(action.substr(kJump.size()), slide_);
}

}  // namespace sluice::pptx
