// SPDX-License-Identifier: Apache-2.0
//
// What the codes of a font stand for, where poppler does not know or guesses: TeX's fonts, Type 3
// fonts of bitmaps, glyph names of mathematics, control characters. Nothing is dropped: a glyph
// that means nothing known becomes U+FFFD.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <utility>

class GfxFont;

namespace sluice::pdf {

// A code of a font that says nothing of Unicode, until the whole page is known: see unknown_codes.
inline constexpr char32_t kUnknownCode = 0xF0000;
inline constexpr char32_t kMaxUnknownCode = 0xFFFD;

class FontText {
 public:
  explicit FontText(const GfxFont& font);

  // The characters of `code`, for which poppler has `given`. `room` holds the one that is not
  // poppler's. Empty: the glyph is blank and has no place in text.
  std::span<const unsigned> characters(unsigned code, std::span<const unsigned> given,
                                       unsigned& room) const;

 private:
  void read_tex_codes(const GfxFont& font);
  void read_bitmap_codes(const GfxFont& font);
  void read_names(const GfxFont& font);

  std::array<char32_t, 256> own_{};  // instead of poppler's; 0: poppler's
  std::array<bool, 256> blank_{};    // glyphs named as blanks
  bool is_simple_ = false;           // one byte a code
  bool has_map_ = false;             // the document maps codes to Unicode
  bool is_windows_ = false;          // where Unicode has controls, Windows' characters are meant
  bool is_unknown_ = false;          // codes are numbers of glyphs, nothing else
};

class FontTexts {
 public:
  const FontText& of(const GfxFont& font);

 private:
  std::map<std::pair<int, int>, std::unique_ptr<FontText>> by_reference_;
  std::unique_ptr<FontText> last_;  // beyond the bound
};

}  // namespace sluice::pdf
