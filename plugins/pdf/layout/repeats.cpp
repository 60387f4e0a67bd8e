// SPDX-License-Identifier: Apache-2.0
#include "repeats.hpp"

#include <algorithm>
#include <cmath>
#include <sluice/ascii.hpp>
#include <sluice/utf8.hpp>
#include <string_view>

#include "../page/unicode.hpp"
#include "../same_size.hpp"
#include "../shared_measures.hpp"

namespace sluice::pdf {
namespace {

constexpr float kSamePlace = 0.15F;  // of the font's size
constexpr float kCovered = 0.6F;     // of a word's width: the rest is blanks between other words
constexpr float kNear = 0.5F;        // of the font's size: glyphs of one word differ in width
constexpr float kHalfGlyph = 0.5F;   // of the width: a glyph drawn twice is there with all of it
constexpr std::size_t kMostBeside = 80;  // words: a bound for the time

class Repeats {
 public:
  Repeats(const PageContent& page, std::vector<std::uint32_t>& words)
      : page_(page), words_(words) {}

  // Text drawn a second time, a little aside, to look bold, or once without its thin signs: the
  // one that says less goes. Moves the rest up; returns its end.
  std::size_t without_repeats(std::size_t from, std::size_t end) {
    std::size_t kept = from;
    for (std::size_t i = from; i < end; ++i) {
      const Word& next = word(words_[i]);
      bool repeated = false;
      for (std::size_t k = kept; k-- > from && !repeated && kept - k < kMostBeside;) {
        const Word& before = word(words_[k]);
        if (before.box.x1 < next.box.x0) continue;
        if (says_all_of(before, next)) {
          repeated = true;
        } else if (says_all_of(next, before)) {
          const auto at = words_.begin() + static_cast<std::ptrdiff_t>(k);
          std::copy(at + 1, words_.begin() + static_cast<std::ptrdiff_t>(kept), at);
          --kept;
        }
      }
      if (!repeated) words_[kept++] = words_[i];
    }
    return kept;
  }

  // The same where the two are parted into words in other ways: "Ot3" below "Oct 3".
  std::size_t without_covered(std::size_t from, std::size_t end) {
    std::size_t kept = from;
    for (std::size_t i = from; i < end; ++i) {
      if (!is_covered(i, from, kept, end)) words_[kept++] = words_[i];
    }
    return kept;
  }

 private:
  const Word& word(std::uint32_t index) const { return page_.words[index]; }

  // Whether words beside the one at `at` stand where it does, and have its characters in their
  // order. Those between `kept` and `at` are gone.
  bool is_covered(std::size_t at, std::size_t from, std::size_t kept, std::size_t end) const {
    const Word& part = word(words_[at]);
    const float slack = kSamePlace * part.size;
    if (!has_letter_or_figure(page_.text_of(part))) return false;  // accents, long arrows
    std::vector<Glyph> said;
    float covered = 0;
    const auto cover = [&](std::size_t i) {
      const Word& other = word(words_[i]);
      const float shared = other.box.overlap_x(part.box);
      if (shared <= 0 || std::abs(other.baseline - part.baseline) > slack) return;
      if (!is_same_size(other.size, part.size)) return;
      covered += shared;
      add_glyphs(other, said);
    };
    for (std::size_t i = kept - std::min(kept - from, kMostBeside); i < kept; ++i) cover(i);
    for (std::size_t i = at + 1; i < std::min(end, at + kMostBeside); ++i) {
      if (word(words_[i]).box.x0 > part.box.x1) break;
      cover(i);
    }
    // Blanks between the others cover nothing.
    if (covered < kCovered * part.box.width()) return false;
    std::vector<Glyph> own;
    add_glyphs(part, own);
    return said.size() > own.size() && stand_among(own, said, kNear * part.size);
  }

  // A character, and about where its middle is.
  struct Glyph {
    char32_t character;
    float x;
  };

  void add_glyphs(const Word& word, std::vector<Glyph>& glyphs) const {
    const std::string_view text = page_.text_of(word);
    const float width = word.box.width() / static_cast<float>(std::max<int>(1, word.chars));
    float x = word.box.x0 + width / 2;
    for (std::size_t at = 0; at < text.size(); x += width)
      glyphs.push_back({next_char(text, at), x});
  }

  static bool stand_among(const std::vector<Glyph>& part, const std::vector<Glyph>& whole,
                          float near) {
    auto at = whole.begin();
    for (const Glyph& glyph : part) {
      at = std::find_if(at, whole.end(), [&](const Glyph& other) {
        return other.character == glyph.character && std::abs(other.x - glyph.x) <= near;
      });
      if (at == whole.end()) return false;
      ++at;
    }
    return true;
  }

  static bool has_letter_or_figure(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
      const char32_t c = next_char(text, at);
      if (is_letter(c) || is_ascii_digit(c)) return true;
    }
    return false;
  }

  // Where a word ends that begins where `part` does: its cell may have cut it off, and left room.
  static float end_beside(const Word& part, const Word& word) {
    const bool begins_there = std::abs(part.box.x0 - word.box.x0) < kSamePlace * part.size;
    return word.box.x1 + (word.clip != 0 && begins_there ? kGutter * word.size : 0);
  }

  // Whether `part` stands within `whole` and has its characters in their order, where they stand.
  bool says_all_of(const Word& whole, const Word& part) const {
    const float slack = kSamePlace * part.size;
    if (std::abs(whole.baseline - part.baseline) > slack || part.chars > whole.chars) return false;
    if (part.box.x0 < whole.box.x0 - slack || part.box.x1 > end_beside(part, whole) + slack)
      return false;
    const std::string_view text = page_.text_of(part);
    if (page_.text_of(whole) == text) {
      const bool is_cut = whole.clip != 0 || part.clip != 0;
      return std::abs(whole.box.x0 - part.box.x0) < slack &&
             (is_cut || std::abs(whole.box.x1 - part.box.x1) < slack);
    }
    const float glyph = whole.box.width() / static_cast<float>(std::max<int>(1, whole.chars));
    return is_subsequence(text, page_.text_of(whole)) &&
           part.box.width() > kHalfGlyph * glyph * static_cast<float>(part.chars);
  }

  static bool is_subsequence(std::string_view part, std::string_view whole) {
    std::size_t at = 0;
    for (const char c : part) {
      at = whole.find(c, at);
      if (at == std::string_view::npos) return false;
      ++at;
    }
    return true;
  }

  const PageContent& page_;
  std::vector<std::uint32_t>& words_;
};

}  // namespace

std::size_t drop_repeats(const PageContent& page, std::vector<std::uint32_t>& words,
                         std::size_t from, std::size_t end) {
  Repeats repeats(page, words);
  return repeats.without_repeats(from, repeats.without_covered(from, end));
}

}  // namespace sluice::pdf
