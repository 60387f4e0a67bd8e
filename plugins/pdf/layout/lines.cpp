// SPDX-License-Identifier: Apache-2.0
#include "lines.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "../page/unicode.hpp"
#include "../shared_measures.hpp"
#include "segments.hpp"

namespace sluice::pdf {
namespace {

// Parts of the font's size.
constexpr float kBlank = 0.15F;
// Between words in a line that is set tight; as much may stand in a formula before a sign.
constexpr float kTightBlank = 0.1F;
constexpr float kSomeGap = 0.05F;
constexpr float kCjkBlank = 0.6F;
// How far text as large as its line is raised or lowered at least; a line that is a little askew
// reaches a tenth.
constexpr float kShift = 0.2F;
// The same of smaller text; TeX lowers an index that has an exponent above it by less.
constexpr float kRaised = 0.12F;
constexpr float kLowered = 0.06F;
constexpr float kOverlap = 0.3F;     // of words that the document parts by a blank
constexpr float kSamePoints = 0.1F;  // points

constexpr float kPartedText = 3;  // a gap in a line; justified titles have less

constexpr std::size_t kBytesOfWord = 3;  // "kinds (two)"; a function's name is shorter: "f(x)"

// "groups,we": letters behind letters or behind the end of a clause, not the parts of a formula, of
// code or of a number.
bool may_be_words(std::string_view before, std::string_view next) {
  const char32_t end = last_char(before);
  const char32_t start = first_char(next);
  if (is_letter(start)) {
    return is_letter(end) || digit_of(end) >= 0 || end == ',' || end == '.' || end == ')';
  }
  if (start == '(') return is_letter(end) && before.size() >= kBytesOfWord;
  return digit_of(start) >= 0 && (is_letter(end) || end == ',');
}

// What may stand far before the text that it belongs to: "1.2", "A", "(iv)", a bullet.
bool is_label(std::string_view word) {
  return word.find_first_of("0123456789") != std::string_view::npos || word.size() < 2 ||
         is_list_marker(word);
}

}  // namespace

LineMaker::Main LineMaker::main_of(const std::vector<std::uint32_t>& words) const {
  // Most glyphs decide; few looks occur in one line.
  struct Count {
    Main main;
    std::uint32_t chars;
  };
  std::vector<Count> counts;
  for (const std::uint32_t index : words) {
    const Word& word = page_.words[index];
    const auto same = std::find_if(counts.begin(), counts.end(), [&](const Count& count) {
      return count.main.face == word.face && std::abs(count.main.size - word.size) < kSamePoints;
    });
    if (same != counts.end()) {
      same->chars += word.chars;
    } else if (counts.size() < 16) {
      counts.push_back({{word.size, word.baseline, word.face}, word.chars});
    }
  }
  const auto most =
      std::max_element(counts.begin(), counts.end(),
                       [](const Count& a, const Count& b) { return a.chars < b.chars; });
  return most->main;
}

bool LineMaker::is_blank_between(const Word& before, const Word& next) const {
  const float size = std::max(before.size, next.size);
  const float gap = std::max(before.box.x0, next.box.x0) - std::min(before.box.x1, next.box.x1);
  const bool cjk =
      is_cjk(last_char(page_.text_of(before))) && is_cjk(first_char(page_.text_of(next)));
  if (cjk) return gap > kCjkBlank * size;
  if (gap > kBlank * size) return true;
  // A variable of a formula is slanted, and its slant needs room.
  const Face& face = faces_[before.face];
  const bool is_variable = before.chars == 1 && (face.italic || face.symbol);
  if (gap > kTightBlank * size && !is_variable &&
      may_be_words(page_.text_of(before), page_.text_of(next))) {
    return true;
  }
  return next.blank_before && gap > -kOverlap * size;
}

// In a line with right-to-left text, where the blank before a word may be on either side of it.
bool LineMaker::is_blank_beside(const Word& left, const Word& right) const {
  if (!is_blank_between(left, right)) return false;
  const float gap = std::max(left.box.x0, right.box.x0) - std::min(left.box.x1, right.box.x1);
  return gap > kSomeGap * std::max(left.size, right.size);
}

Shift LineMaker::shift_of(const Word& word, const Main& main) const {
  const bool is_small = word.size <= kSmallText * main.size;
  if (!is_small && !is_exponent_or_index(page_.text_of(word))) return Shift::kNone;
  // A prime is raised by itself: the smaller font alone shows in TeX's.
  if (first_char(page_.text_of(word)) == 0x2032) return Shift::kNone;
  const float up = main.baseline - word.baseline;
  if (up > (is_small ? kRaised : kShift) * main.size) return Shift::kSuperscript;
  if (up < -(is_small ? kLowered : kShift) * main.size) return Shift::kSubscript;
  return Shift::kNone;
}

void LineMaker::add_text(std::string_view text, const Word& word, Shift shift, Line& line) {
  if (line.spans > 0) {
    Span& last = story_.spans.back();
    if (last.face == word.face && last.shift == shift && last.link == word.link) {
      story_.text += text;
      last.bytes += static_cast<std::uint32_t>(text.size());
      return;
    }
  }
  Span span;
  span.text = static_cast<std::uint32_t>(story_.text.size());
  span.bytes = static_cast<std::uint32_t>(text.size());
  span.face = word.face;
  span.shift = shift;
  span.link = word.link;
  story_.text += text;
  story_.spans.push_back(span);
  ++line.spans;
}

void LineMaker::add_blank(const Line& line) {
  if (line.spans == 0) return;
  story_.text += ' ';
  ++story_.spans.back().bytes;
}

// How many glyphs of code would fill the gap.
std::size_t LineMaker::blanks_of_code(const Word& before, const Word& next,
                                      const Line& line) const {
  if (!line.mono || page_.mostly_mono) return 1;
  const float glyphs = (next.box.x0 - before.box.x1) / (kGlyphOfCode * next.size);
  return static_cast<std::size_t>(std::lround(std::clamp(glyphs, 1.0F, 80.0F)));
}

void LineMaker::add_words(const Main& main, Line& line) {
  const Word* before = nullptr;
  for (const std::uint32_t index : seen_) {
    const Word& word = page_.words[index];
    if (before != nullptr && is_blank_between(*before, word)) {
      for (std::size_t blanks = blanks_of_code(*before, word, line); blanks > 1; --blanks)
        add_blank(line);
      add_blank(line);
    }
    add_text(page_.text_of(word), word, shift_of(word, main), line);
    before = &word;
  }
}

void LineMaker::add_words_in_logical_order(const Main& main, bool right_to_left, Line& line) {
  constexpr std::uint32_t kBlankPiece = UINT32_MAX;
  logical_.clear();
  const Word* before = nullptr;
  for (const std::uint32_t index : seen_) {
    const Word& word = page_.words[index];
    if (before != nullptr && is_blank_beside(*before, word)) logical_.add(" ", kBlankPiece);
    logical_.add(page_.text_of(word), index);
    before = &word;
  }
  for (const LogicalOrder::Piece& piece : logical_.order(right_to_left)) {
    if (piece.owner == kBlankPiece) {
      add_blank(line);
    } else {
      const Word& word = page_.words[piece.owner];
      add_text(logical_.text_of(piece), word, shift_of(word, main), line);
    }
  }
}

void LineMaker::note_looks(const std::vector<std::uint32_t>& words, Line& line) const {
  std::uint32_t bold = 0, italic = 0, mono = 0, all = 0;
  std::map<std::int32_t, std::uint32_t> marks;
  for (const std::uint32_t index : words) {
    const Word& word = page_.words[index];
    const Face& face = faces_[word.face];
    line.chars += word.chars;
    marks[word.mark] += word.chars;
    if (face.symbol) continue;
    all += word.chars;
    if (face.bold) bold += word.chars;
    if (face.italic) italic += word.chars;
    if (face.mono) mono += word.chars;
  }
  line.bold = all > 0 && bold * 100 >= all * 97;
  line.italic = all > 0 && italic * 10 >= all * 9;
  line.mono = all > 0 && mono * 10 >= all * 9;
  const auto most = std::max_element(
      marks.begin(), marks.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  if (most->first < 0) return;
  const Mark& mark = page_.marks[static_cast<std::size_t>(most->first)];
  line.role = mark.role;
  line.level = mark.level;
  line.element = mark.element;
}

// Where the line stands on its paper, and how far its outer words stand from the others: page
// numbers do.
void LineMaker::note_place(const std::vector<std::uint32_t>& words, Line& line) const {
  const Direction& frame = page_.directions[page_.words[words.front()].direction];
  const Box paper = frame.from_page({0, 0, page_.width, page_.height});
  line.above = line.box.y0 - paper.y0;
  line.below = paper.y1 - line.box.y1;
  line.paper = paper.height();
  if (words.size() < 2 || line.size <= 0) return;
  const auto gap = [&](std::size_t before) {
    return (page_.words[words[before + 1]].box.x0 - page_.words[words[before]].box.x1) / line.size;
  };
  line.first_gap = gap(0);
  line.last_gap = gap(words.size() - 2);
  for (std::size_t i = 0; i + 1 < words.size() && !line.is_parted; ++i)
    line.is_parted = gap(i) > kPartedText && !is_label(page_.text_of(page_.words[words[i]]));
}

std::uint32_t LineMaker::make(const std::vector<std::uint32_t>& words) {
  const Main main = main_of(words);
  Line line;
  line.first_span = static_cast<std::uint32_t>(story_.spans.size());
  line.size = main.size;
  line.baseline = main.baseline;
  line.face = main.face;
  line.page = static_cast<std::uint16_t>(story_.pages.size() - 1);
  line.box = page_.words[words.front()].box;
  line.first_word = line.box.width();
  bool any_to_left = page_.right_to_left;
  for (const std::uint32_t index : words) {
    const Word& word = page_.words[index];
    line.box.add(word.box);
    any_to_left = any_to_left || word.right_to_left;
  }
  note_place(words, line);
  note_looks(words, line);
  seen_ = words;
  if (page_.right_to_left) std::reverse(seen_.begin(), seen_.end());
  StrongLetters letters;
  if (any_to_left) {
    for (const std::uint32_t index : words) letters.count(page_.text_of(page_.words[index]));
  }
  // Numbers and signs alone run as their page does.
  const bool right_to_left = letters.to_left + letters.to_right == 0
                                 ? page_.right_to_left
                                 : letters.to_left > letters.to_right / 2;
  line.backwards = right_to_left != page_.right_to_left;
  if (right_to_left || letters.to_left > 0) {
    add_words_in_logical_order(main, right_to_left, line);
  } else {
    add_words(main, line);
  }
  story_.lines.push_back(line);
  return static_cast<std::uint32_t>(story_.lines.size()) - 1;
}

}  // namespace sluice::pdf
