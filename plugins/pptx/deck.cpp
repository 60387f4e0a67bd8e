// SPDX-License-Identifier: Apache-2.0
#include "pptx/deck.hpp"

#include <string_view>

namespace sluice::pptx {

Deck::Deck(const OpcPackage& package)
    : package_(package), presentation_(package.xml(package.main_part())) {
  const XmlNode root = presentation_.root();
  if (!named(root, "p:presentation")) {
    throw Failure(Outcome::kMalformed,
                  package.main_part() + " is no presentation: its element is " + root.name());
  }
  const OpcRelationships links = package.relationships(package.main_part());
  for (const XmlNode id : root.child("p:sldIdLst").children("p:sldId")) {
    const OpcRelationship* link = links.find(id.attribute("r:id").value());
    const bool there = link != nullptr && package.has(link->target);
    slides_.push_back(there ? link->target : std::string());
  }
}

SlidePart Deck::read_part(const std::string& part) const {
  return {part, package_.readable_xml(part), package_.relationships(part)};
}

std::shared_ptr<const SlidePart> Deck::shared(const SlidePart& from, std::string_view type) {
  const OpcRelationship* link = from.links.first_of(type);
  if (link == nullptr || !package_.has(link->target)) return nullptr;
  auto& known = shared_[link->target];
  if (!known) known = std::make_shared<const SlidePart>(read_part(link->target));
  return known;
}

Slide Deck::read(const std::string& part) {
  Slide slide;
  slide.part = {part, package_.xml(part), package_.relationships(part)};
  const std::string_view show = slide.part.xml.root().attribute("show").value();
  slide.hidden = show == "0" || show == "false";
  slide.layout = shared(slide.part, "slideLayout");
  if (slide.layout) slide.master = shared(*slide.layout, "slideMaster");
  return slide;
}

}  // namespace sluice::pptx
