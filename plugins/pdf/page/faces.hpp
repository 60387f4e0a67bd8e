// SPDX-License-Identifier: Apache-2.0
//
// The typefaces of a document. Fonts of poppler become small numbers; what their names and
// descriptors say about weight, slant and pitch is worked out once for each.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "content.hpp"

class GfxFont;

namespace sluice::pdf {

enum class Weight : std::uint8_t { kPlain, kBold };

class FaceTable {
 public:
  // The number of a font's face. `font` is only looked at.
  std::uint16_t face_of(const GfxFont& font);
  // The number of a face that no font of the document has.
  std::uint16_t without_font(Weight weight);
  const std::vector<Face>& faces() const { return faces_; }

 private:
  // The first is that of text without a font (a field's, a note's), also where no page has one.
  std::vector<Face> faces_ = std::vector<Face>(1);
  std::unordered_map<std::string, std::uint16_t> by_name_;
};

// Exposed for its tests: what a font's name alone says ("ABCDEF+SFBX1000").
Face face_from_name(std::string_view name);

}  // namespace sluice::pdf
