// SPDX-License-Identifier: Apache-2.0
//
// How a run of text looks, as far as Markdown can say it: what its properties state, and what
// follows from styles and direct formatting together.
#pragma once

#include <cstdint>
#include <optional>
#include <sluice/symbol_font.hpp>
#include <sluice/xml.hpp>
#include <string_view>

namespace sluice::docx {

enum class Toggle : std::uint8_t { kUnset, kOff, kOn };
enum class VerticalAlign : std::uint8_t { kUnset, kBaseline, kSubscript, kSuperscript };

// What one w:rPr states; the rest is unset.
struct RunLook {
  Toggle bold = Toggle::kUnset;
  Toggle italic = Toggle::kUnset;
  Toggle strike = Toggle::kUnset;
  Toggle hidden = Toggle::kUnset;
  Toggle underline = Toggle::kUnset;
  Toggle highlight = Toggle::kUnset;
  Toggle monospaced = Toggle::kUnset;
  VerticalAlign vertical = VerticalAlign::kUnset;
  int raise = 0;  // above the line, in half points (17.3.2.24); 0 states nothing
  int size = 0;   // in half points; 0 states nothing
  std::optional<SymbolFont> symbols;
  // BCP 47; of letters and of East Asian characters. They point into the part.
  std::string_view language;
  std::string_view east_asian_language;
};

// Reads a w:rPr (ECMA-376, part 1, 17.3.2); a null node states nothing.
RunLook read_look(XmlNode properties);

// `base` with what `over` states in place of it: a style over the one it is based on.
RunLook over(const RunLook& base, const RunLook& over);

// The look under a paragraph's style, a run's style and direct formatting. The first five are
// toggles: on in two styles is off, and direct formatting decides (17.7.3).
RunLook combine(const RunLook& paragraph_style, const RunLook& run_style, const RunLook& direct);

// Whether a font of this name is one that code is set in.
bool is_monospaced(std::string_view font);

inline bool is_on(Toggle toggle) {
  return toggle == Toggle::kOn;
}

}  // namespace sluice::docx
