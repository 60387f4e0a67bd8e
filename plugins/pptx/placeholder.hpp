// SPDX-License-Identifier: Apache-2.0
//
// Placeholders, and what a shape inherits through them: slide, layout, master (ECMA-376, part 1,
// 19.3.1.36; which one stands for which as PowerPoint does it).
#pragma once

#include <array>
#include <cstdint>
#include <sluice/xml.hpp>
#include <string_view>

#include "pptx/deck.hpp"

namespace sluice::pptx {

enum class Role : std::uint8_t {
  kNone,  // no placeholder
  kTitle,
  kBody,    // text: body, subtitle, content
  kFooter,  // footer, header, date, slide number: not part of what a slide says
  kOther,   // pictures, charts, tables
};

Role role_of(XmlNode shape);

// The shapes that `shape` inherits from, nearest first: on the layout and on the master. Null nodes
// where there is none.
std::array<XmlNode, 2> ancestors_of(XmlNode shape, const Slide& slide);

// The level style (a:lvl1pPr to a:lvl9pPr) places to look in for paragraph properties at a level,
// nearest first.
class LevelStyles {
 public:
  // `default_style`: of the presentation.
  LevelStyles(XmlNode shape, const Slide& slide, XmlNode default_style);

  // The first element that one of `names` gives at `level` (0 to 8), from the paragraph's own
  // properties outwards.
  XmlNode find(XmlNode paragraph_properties, int level,
               const std::array<const char*, 4>& names) const;

 private:
  std::array<XmlNode, 6> styles_;
};

}  // namespace sluice::pptx
