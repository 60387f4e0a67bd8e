// SPDX-License-Identifier: Apache-2.0
//
// The encodings of TeX's fonts, which most of its PDFs name by nothing but the font: what a code
// stands for. Source: LaTeX's encoding guide (encguide), The TeXbook appendix F, amsfonts.
#pragma once

#include <optional>
#include <string_view>

namespace sluice::pdf {

enum class TexEncoding {
  kOt1,         // CMR: Greek capitals, ligatures, quotes
  kTypewriter,  // CMTT: the same without ligatures
  kT1,          // EC, DC: European letters
  kOml,         // CMMI: letters of formulas
  kOms,         // CMSY: signs of formulas
  kOmx,         // CMEX: large operators, pieces of brackets
  kMsam,        // signs of the American Mathematical Society
  kMsbm,
};

// By the name of a font, with or without a subset's tag: "ABCDEF+CMSY10", "Cmmi12".
std::optional<TexEncoding> tex_encoding_of(std::string_view font_name);
// 0 where the encoding has no character.
char32_t tex_character(TexEncoding encoding, unsigned code);
// Whether the encoding has the character at any code.
bool has_tex_character(TexEncoding encoding, char32_t character);
// By the name of a glyph that only TeX's fonts have: "angbracketleft"; 0 if it is no such.
char32_t tex_glyph(std::string_view name);

}  // namespace sluice::pdf
