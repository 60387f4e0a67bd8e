// SPDX-License-Identifier: Apache-2.0
#include "faces.hpp"

#include <GfxFont.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "tex_encodings.hpp"

namespace sluice::pdf {
namespace {

constexpr int kLettersOfMono = 4;  // "if", "for": code has no fewer

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}
template <std::size_t N>
bool has_any(std::string_view text, const std::array<std::string_view, N>& parts) {
  for (const std::string_view part : parts) {
    if (has(text, part)) return true;
  }
  return false;
}
bool begins(std::string_view text, std::string_view with) {
  return text.substr(0, with.size()) == with;
}

std::string_view without_subset_tag(std::string_view name) {
  if (name.size() < 8 || name[6] != '+') return name;
  for (int i = 0; i < 6; ++i) {
    if (name[static_cast<std::size_t>(i)] < 'A' || name[static_cast<std::size_t>(i)] > 'Z')
      return name;
  }
  return name.substr(7);
}

// A subset of one or two signs is of one width by chance: a fixed width shows in letters.
bool has_letters(const GfxFont& font) {
  if (font.isCIDFont()) return true;
  const auto& simple = static_cast<const Gfx8BitFont&>(font);
  int letters = 0;
  for (int code = 'a'; code <= 'z'; ++code)
    letters += simple.getWidth(static_cast<unsigned char>(code)) > 0 ? 1 : 0;
  return letters >= kLettersOfMono;
}

// The families of TeX have names of their own: Computer Modern, its successors, Nimbus.
void read_tex_name(std::string_view name, Face& face) {
  constexpr std::array<std::string_view, 9> kBold = {
      "CMBX", "CMB1", "SFBX", "SFBI", "SFSSBX", "LMRomanDemi", "CMSSBX", "ECBX", "CMCSB"};
  constexpr std::array<std::string_view, 8> kItalic = {"CMTI",   "SFTI", "SFSL", "CMSL",
                                                       "CMBXTI", "SFBI", "ECTI", "SFSI"};
  constexpr std::array<std::string_view, 5> kMono = {"CMTT", "SFTT", "CMSLTT", "ECTT", "CMVTT"};
  constexpr std::array<std::string_view, 8> kSymbol = {"CMMI", "CMSY", "CMEX", "MSAM",
                                                       "MSBM", "EUFM", "EUSM", "LASY"};
  for (const auto part : kBold) face.bold |= begins(name, part);
  for (const auto part : kItalic) face.italic |= begins(name, part);
  for (const auto part : kMono) face.mono |= begins(name, part);
  for (const auto part : kSymbol) face.symbol |= begins(name, part);
}

// "AdvOT62cab712.B", "AdvOTb92eb7df.I+20", "AdvOT0fefdda9.BI": Advent's fonts, of whole publishers.
void read_style_suffix(std::string_view name, Face& face) {
  name = name.substr(0, name.find('+'));
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return;
  const std::string_view style = name.substr(dot + 1);
  face.bold |= style == "B" || style == "BI";
  face.italic |= style == "I" || style == "BI";
}

}  // namespace

std::uint16_t FaceTable::without_font(Weight weight) {
  // No font has a name with a line end in it.
  const std::string name = weight == Weight::kBold ? "\nbold" : "\nplain";
  const auto found = by_name_.try_emplace(name, static_cast<std::uint16_t>(faces_.size()));
  if (found.second) {
    faces_.emplace_back();
    faces_.back().bold = weight == Weight::kBold;
  }
  return found.first->second;
}

Face face_from_name(std::string_view full_name) {
  const std::string_view name = without_subset_tag(full_name);
  std::string lower;
  for (const char c : name) lower += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  constexpr std::array<std::string_view, 7> kBold = {"bold",  "black", "heavy", "demi",
                                                     "-medi", "fett",  "extrab"};
  constexpr std::array<std::string_view, 4> kItalic = {"italic", "oblique", "kursiv", "-ital"};
  constexpr std::array<std::string_view, 11> kMono = {
      "courier",     "mono",       "consol",    "typewriter", "lettergothic", "menlo",
      "inconsolata", "sourcecode", "nimbusmon", "andalemo",   "beramo"};
  constexpr std::array<std::string_view, 2> kSymbol = {"symbol", "marvosym"};
  Face face;
  face.name = std::string(name);
  face.bold = has_any(lower, kBold) || lower.ends_with("-bd") || lower.ends_with(",bd");
  face.italic = has_any(lower, kItalic) || lower.ends_with("-it") || lower.ends_with("-bdit") ||
                lower.ends_with("-obl");
  face.mono = has_any(lower, kMono) && !has(lower, "monotype");
  read_style_suffix(name, face);
  constexpr std::array<std::string_view, 5> kDingbats = {"dingbat", "wingding", "webding",
                                                         "typographicsymbols", "monotypesorts"};
  face.dingbats = has_any(lower, kDingbats);
  face.symbol = face.dingbats || has_any(lower, kSymbol);
  read_tex_name(name, face);
  return face;
}

std::uint16_t FaceTable::face_of(const GfxFont& font) {
  std::string key = font.getName().value_or("");
  const bool bold = font.isBold() || font.getWeight() >= GfxFont::W600;
  key += '\0';
  key += static_cast<char>('0' + (bold ? 1 : 0) + (font.isItalic() ? 2 : 0) +
                           (font.isFixedWidth() ? 4 : 0) + (font.isCIDFont() ? 8 : 0));
  const auto known = by_name_.find(key);
  if (known != by_name_.end()) return known->second;
  if (faces_.size() >= 4096) return 0;
  Face face = face_from_name(font.getName().value_or(""));
  face.bold = face.bold || bold;
  face.italic = face.italic || font.isItalic();
  // Ideographs are all of one width; that does not make them code.
  // TeX's fonts say what they are by their names.
  face.mono = face.mono ||
              (font.isFixedWidth() && !font.isCIDFont() && !face.symbol &&
               font.getType() != fontType3 && has_letters(font) && !tex_encoding_of(face.name));
  const auto number = static_cast<std::uint16_t>(faces_.size());
  faces_.push_back(std::move(face));
  by_name_.emplace(std::move(key), number);
  return number;
}

}  // namespace sluice::pdf
