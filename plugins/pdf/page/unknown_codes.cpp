// SPDX-License-Identifier: Apache-2.0
#include "unknown_codes.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "font_text.hpp"
#include "unicode.hpp"

namespace sluice::pdf {
namespace {

// Of the letters A to Z. Languages written in them have 30 to 50 % of vowels; a text that is
// shifted by 29 has some 10 %, and a table of codes may have none.
constexpr double kLeastVowels = 0.25;
constexpr double kMostVowels = 0.65;
constexpr double kNoLanguage = 0.10;
constexpr std::uint32_t kLeastLetters = 12;
constexpr std::uint32_t kLettersOfPage = 200;
constexpr double kMostLost = 0.2;  // of a page's characters
constexpr std::uint32_t kLeastCharacters = 30;

// The order of glyphs of Macintosh fonts from 98 on (Apple, TrueType Reference, 'post' format 1);
// before it, glyph 3 is the blank, and ASCII follows.
constexpr std::u32string_view kMacintosh(
    U"ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u00A0ÀÃÕŒœ–—“”‘’÷◊"
    U"ÿŸ⁄¤‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\uF8FFÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ");

bool is_unknown(char32_t c) {
  return c >= kUnknownCode && c <= kUnknownCode + kMaxUnknownCode;
}

char32_t as_macintosh(char32_t glyph) {
  if (glyph >= 3 && glyph <= 97) return glyph + 29;
  if (glyph >= 98 && glyph - 98 < kMacintosh.size()) return kMacintosh[glyph - 98];
  return 0xFFFD;
}
char32_t as_unicode(char32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || (code >= 0xD800 && code < 0xE000) ? 0xFFFD
                                                                                           : code;
}

struct Letters {
  std::uint32_t latin = 0;
  std::uint32_t vowels = 0;
  std::uint32_t others = 0;  // of other scripts, or with accents
  std::uint32_t lost = 0;
  std::uint32_t all = 0;

  void count(char32_t c) {
    ++all;
    const char32_t small = c >= 'A' && c <= 'Z' ? c + 32 : c;
    if (small >= 'a' && small <= 'z') {
      ++latin;
      vowels += std::u32string_view(U"aeiouy").find(small) != std::u32string_view::npos ? 1 : 0;
    } else if (c == 0xFFFD) {
      ++lost;
    } else if (is_letter(c)) {
      ++others;
    }
  }
  double vowel_share() const { return latin == 0 ? 0 : static_cast<double>(vowels) / latin; }
  bool is_language() const {
    if (lost * 10 > all) return false;
    if (others > latin) return others >= kLeastLetters;
    return latin >= kLeastLetters && vowel_share() >= kLeastVowels && vowel_share() <= kMostVowels;
  }
};

template <typename Read>
void replace(PageContent& page, const Read& read) {
  std::string text;
  text.reserve(page.text.size());
  for (Word& word : page.words) {
    const std::string_view before = page.text_of(word);
    const auto from = static_cast<std::uint32_t>(text.size());
    for (std::size_t at = 0; at < before.size();) {
      const char32_t c = next_char(before, at);
      append_utf8(text, is_unknown(c) ? read(c - kUnknownCode) : c);
    }
    word.text = from;
    word.bytes = static_cast<std::uint32_t>(text.size()) - from;
  }
  page.text = std::move(text);
  std::erase_if(page.words, [](const Word& word) { return word.bytes == 0; });
}

}  // namespace

void read_unknown_codes(PageContent& page, CodeReading& reading) {
  Letters unicode;
  Letters macintosh;
  for (std::size_t at = 0; at < page.text.size();) {
    const char32_t c = next_char(page.text, at);
    if (!is_unknown(c)) continue;
    unicode.count(as_unicode(c - kUnknownCode));
    macintosh.count(as_macintosh(c - kUnknownCode));
  }
  if (unicode.all == 0) return;
  if (unicode.is_language() != macintosh.is_language()) {
    reading = unicode.is_language() ? CodeReading::kAsUnicode : CodeReading::kAsMacintoshOrder;
  }
  if (reading == CodeReading::kAsMacintoshOrder) {
    replace(page, as_macintosh);
  } else {
    replace(page, as_unicode);
  }
}

bool is_unreadable(const PageContent& page) {
  Letters letters;
  for (std::size_t at = 0; at < page.text.size();) letters.count(next_char(page.text, at));
  if (letters.all < kLeastCharacters) return false;
  if (letters.lost > kMostLost * letters.all) return true;
  return letters.latin >= kLettersOfPage && letters.others < letters.latin / 10 &&
         letters.vowel_share() < kNoLanguage;
}

}  // namespace sluice::pdf
