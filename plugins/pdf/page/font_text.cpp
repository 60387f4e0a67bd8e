// SPDX-License-Identifier: Apache-2.0
#include "font_text.hpp"

#include <GfxFont.h>
#include <goo/GooString.h>

#include <algorithm>
#include <charconv>
#include <string_view>

#include "tex_encodings.hpp"
#include "unicode.hpp"

namespace sluice::pdf {
namespace {

constexpr std::size_t kMaxFonts = 4096;
constexpr int kCodes = 256;
constexpr int kLettersOfWords = 6;  // a title in a font of its own has no more
constexpr char32_t kReplacement = 0xFFFD;

// What Windows-1252 has at 0x80 to 0x9F: fonts name these codes, and Unicode has controls there.
constexpr std::array<char32_t, 32> kWindows = {
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};

const Gfx8BitFont* simple_font(const GfxFont& font) {
  return font.isCIDFont() ? nullptr : static_cast<const Gfx8BitFont*>(&font);
}

std::string_view name_of(const Gfx8BitFont& font, int code) {
  const char* name = font.getCharName(code);
  return name == nullptr ? std::string_view() : std::string_view(name);
}

// What poppler has for a code: 0 for nothing or for several characters.
char32_t poppler_character(const GfxFont& font, int code) {
  const char byte = static_cast<char>(code);
  CharCode out = 0;
  const Unicode* characters = nullptr;
  int length = 0;
  double dx = 0, dy = 0, ox = 0, oy = 0;
  font.getNextChar(&byte, 1, &out, &characters, &length, &dx, &dy, &ox, &oy);
  return length == 1 && characters != nullptr ? characters[0] : 0;
}

bool is_blank_name(std::string_view name) {
  return name == "space" || name == "nbspace" || name == ".notdef" || name == "nonbreakingspace" ||
         name == "uni00A0" || name == ".null" || name == "nonmarkingreturn" || name == "CR";
}

// "a27", "27": dvips and pdfTeX name the glyphs of bitmap fonts by their codes.
bool is_named_by_code(std::string_view name, int code) {
  if (!name.empty() && (name[0] < '0' || name[0] > '9')) name.remove_prefix(1);
  int number = -1;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  return error == std::errc() && end == name.data() + name.size() && number == code;
}

}  // namespace

FontText::FontText(const GfxFont& font)
    : is_simple_(!font.isCIDFont()),
      has_map_(font.hasToUnicodeCMap()),
      is_windows_(has_map_ || font.getEncodingName() == "WinAnsi") {
  if (is_simple_) {
    read_names(font);
    if (!has_map_) {
      read_tex_codes(font);
      if (font.getType() == fontType3) read_bitmap_codes(font);
    }
    return;
  }
  const GooString* collection = static_cast<const GfxCIDFont&>(font).getCollection();
  is_unknown_ = !has_map_ && (collection == nullptr || collection->toStr() == "Adobe-Identity");
}

void FontText::read_names(const GfxFont& font) {
  const Gfx8BitFont& simple = *simple_font(font);
  for (int code = 0; code < kCodes; ++code) {
    const std::string_view name = name_of(simple, code);
    const auto at = static_cast<std::size_t>(code);
    if (name.empty()) continue;
    blank_[at] = is_blank_name(name);
    if (!has_map_) own_[at] = tex_glyph(name);
  }
}

// A font of TeX holds the glyphs of its encoding only. Where poppler took a code for the character
// of that number, and the encoding has none such, the code is TeX's; in TrueType copies all are.
void FontText::read_tex_codes(const GfxFont& font) {
  const auto encoding = tex_encoding_of(font.getName().value_or(""));
  if (!encoding) return;
  const bool true_type = font.getType() == fontTrueType || font.getType() == fontTrueTypeOT;
  for (int code = 0; code < kCodes; ++code) {
    const auto at = static_cast<std::size_t>(code);
    if (own_[at] != 0) continue;
    const char32_t given = poppler_character(font, code);
    const bool is_guess = given == 0 || given == static_cast<char32_t>(code);
    if (!true_type && (!is_guess || has_tex_character(*encoding, given))) continue;
    own_[at] = tex_character(*encoding, static_cast<unsigned>(code));
  }
}

// Bitmap fonts have no name. Those of text hold a stop, a comma or the letters of words, and their
// ligatures tell the encoding: 11 to 15 in OT1, 27 to 31 in T1.
void FontText::read_bitmap_codes(const GfxFont& font) {
  const Gfx8BitFont& simple = *simple_font(font);
  std::array<bool, kCodes> used{};
  int letters = 0;
  for (int code = 0; code < kCodes; ++code) {
    const std::string_view name = name_of(simple, code);
    if (name.empty() || name == ".notdef") continue;
    if (!is_named_by_code(name, code)) continue;
    used[static_cast<std::size_t>(code)] = true;
    letters += code >= 'a' && code <= 'z' ? 1 : 0;
  }
  const auto any = [&](int from, int to) {
    return std::any_of(used.begin() + from, used.begin() + to + 1, [](bool is) { return is; });
  };
  const bool has_stop = used['.'] || used[','];
  const bool has_words = letters >= kLettersOfWords && used['e'];
  if (letters < 3 || !(has_stop || has_words)) return;
  const bool old = any(11, 15);
  const bool european = any(27, 31) || any(128, 255);
  // Fonts of formulas have letters, too, and Greek ones at all these codes.
  const bool formulas = any(0, 10) || any(18, 20) || any(23, 26);
  if (old == european || (formulas && !has_stop)) return;
  for (int code = 0; code < kCodes; ++code) {
    if (!used[static_cast<std::size_t>(code)]) continue;
    own_[static_cast<std::size_t>(code)] =
        tex_character(old ? TexEncoding::kOt1 : TexEncoding::kT1, static_cast<unsigned>(code));
  }
}

std::span<const unsigned> FontText::characters(unsigned code, std::span<const unsigned> given,
                                               unsigned& room) const {
  const auto only = [&](char32_t character) {
    room = character;
    return std::span<const unsigned>(&room, 1);
  };
  if (is_unknown_) {
    // The blank is glyph 3 of nearly all TrueType fonts, and 3 is no character.
    return only(code == 3 ? U' ' : kUnknownCode + std::min<char32_t>(code, kMaxUnknownCode));
  }
  if (is_simple_ && code < own_.size() && own_[code] != 0 && (!has_map_ || given.empty()))
    return only(own_[code]);
  if (given.empty() || (given.size() == 1 && given[0] == 0)) {
    if (is_simple_ && code < blank_.size() && blank_[code]) return {};
    return only(is_simple_ && is_blank(code) ? U' ' : kReplacement);
  }
  if (given.size() > 1) return given;
  const char32_t character = given[0];
  if (character >= 0x80 && character < 0xA0)
    return only(is_windows_ ? kWindows[character - 0x80] : kReplacement);
  const bool is_control = character < 0x20 && !(character >= 9 && character <= 13);
  if (!is_control) return given;
  if (is_simple_ && code < blank_.size() && blank_[code]) return {};
  return only(kReplacement);
}

const FontText& FontTexts::of(const GfxFont& font) {
  const std::pair key(font.getID()->num, font.getID()->gen);
  const auto known = by_reference_.find(key);
  if (known != by_reference_.end()) return *known->second;
  auto made = std::make_unique<FontText>(font);
  if (by_reference_.size() >= kMaxFonts) {
    last_ = std::move(made);
    return *last_;
  }
  return *by_reference_.emplace(key, std::move(made)).first->second;
}

}  // namespace sluice::pdf
