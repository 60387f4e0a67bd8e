// SPDX-License-Identifier: Apache-2.0
//
// The parts of a presentation (ECMA-376, part 1, 19): its slides in order, and the layouts and
// masters that they take what they do not say from.
#pragma once

#include <map>
#include <memory>
#include <sluice/opc.hpp>
#include <string>
#include <vector>

namespace sluice::pptx {

// A part of slide kind (slide, layout, master, notes) and what it relates to.
struct SlidePart {
  std::string name;
  XmlPart xml;  // without a root if it cannot be read
  OpcRelationships links;

  XmlNode shapes() const { return xml.root().child("p:cSld").child("p:spTree"); }
};

// A slide with the layout and the master under it; either may be missing.
struct Slide {
  SlidePart part;
  std::shared_ptr<const SlidePart> layout;
  std::shared_ptr<const SlidePart> master;
  bool hidden = false;
};

class Deck {
 public:
  // `package` must outlive it. Throws Failure(kMalformed) if it is no presentation.
  explicit Deck(const OpcPackage& package);

  // Parts of the slides in the order of the presentation, never that of their names; those whose
  // part is missing are empty.
  const std::vector<std::string>& slides() const { return slides_; }
  // Reads one. Throws what OpcPackage::xml throws.
  Slide read(const std::string& part);
  SlidePart read_part(const std::string& part) const;
  XmlNode default_text_style() const { return presentation_.root().child("p:defaultTextStyle"); }

 private:
  std::shared_ptr<const SlidePart> shared(const SlidePart& from, std::string_view type);

  const OpcPackage& package_;
  XmlPart presentation_;
  std::vector<std::string> slides_;
  std::map<std::string, std::shared_ptr<const SlidePart>> shared_;
};

}  // namespace sluice::pptx
