// SPDX-License-Identifier: Apache-2.0
#include "lines.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "../page/unicode.hpp"

namespace sluice::pdf {
namespace {

// Parts of the font's size.
constexpr float kBlank = 0.15F;
constexpr float kCjkBlank = 0.6F;

bool has_latin_letter(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); });
}
bool has_digit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
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
      return count.main.face == word.face && std::abs(count.main.size - word.size) < 0.1F;
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
  const float gap = next.box.x0 - before.box.x1;
  const bool cjk =
      is_cjk(last_char(page_.text_of(before))) && is_cjk(first_char(page_.text_of(next)));
  if (cjk) return gap > kCjkBlank * size;
  if (gap > kBlank * size) return true;
  return next.blank_before && gap > -0.3F * size;
}

Shift LineMaker::shift_of(const Word& word, const Main& main) const {
  if (word.size > 0.86F * main.size) return Shift::kNone;
  const float up = main.baseline - word.baseline;
  if (up > 0.12F * main.size) return Shift::kSuperscript;
  if (up < -0.06F * main.size) return Shift::kSubscript;
  return Shift::kNone;
}

// From the order on paper to the order in which it is read.
void LineMaker::order(const std::vector<std::uint32_t>& words, bool right_to_left) {
  ordered_ = words;
  const auto reverse = [this](std::size_t from, std::size_t end) {
    std::reverse(ordered_.begin() + static_cast<std::ptrdiff_t>(from),
                 ordered_.begin() + static_cast<std::ptrdiff_t>(end));
  };
  const auto runs_against = [&](std::uint32_t index) {
    const Word& word = page_.words[index];
    if (!right_to_left) return word.right_to_left;
    if (word.right_to_left) return false;
    const std::string_view text = page_.text_of(word);
    return has_latin_letter(text) || has_digit(text);
  };
  if (right_to_left) reverse(0, ordered_.size());
  for (std::size_t i = 0; i < ordered_.size(); ++i) {
    if (!runs_against(ordered_[i])) continue;
    std::size_t end = i + 1;
    while (end < ordered_.size() && runs_against(ordered_[end])) ++end;
    reverse(i, end);
    i = end - 1;
  }
}

void LineMaker::add_span(const Word& word, Shift shift, bool blank, Line& line) {
  if (line.spans > 0) {
    Span& last = story_.spans.back();
    if (last.face == word.face && last.shift == shift && last.link == word.link) {
      if (blank) story_.text += ' ';
      story_.text += page_.text_of(word);
      last.bytes = static_cast<std::uint32_t>(story_.text.size()) - last.text;
      return;
    }
    if (blank) {
      story_.text += ' ';
      ++last.bytes;
    }
  }
  Span span;
  span.text = static_cast<std::uint32_t>(story_.text.size());
  story_.text += page_.text_of(word);
  span.bytes = word.bytes;
  span.face = word.face;
  span.shift = shift;
  span.link = word.link;
  story_.spans.push_back(span);
  ++line.spans;
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
  std::uint32_t to_left = 0, to_right = 0;
  for (const std::uint32_t index : words) {
    const Word& word = page_.words[index];
    line.box.add(word.box);
    (word.right_to_left ? to_left : to_right) += word.chars;
  }
  line.right_to_left = to_left > to_right / 2;
  if (to_left > 0) {
    order(words, line.right_to_left);
  } else {
    ordered_ = words;
  }
  note_looks(words, line);
  const Word* before = nullptr;
  for (const std::uint32_t index : ordered_) {
    const Word& word = page_.words[index];
    bool blank = false;
    if (before != nullptr) {
      const bool turned = word.box.x0 < before->box.x0;
      blank = turned ? is_blank_between(word, *before) || word.blank_before || before->blank_before
                     : is_blank_between(*before, word);
    }
    add_span(word, shift_of(word, main), blank, line);
    before = &word;
  }
  story_.lines.push_back(line);
  return static_cast<std::uint32_t>(story_.lines.size()) - 1;
}

}  // namespace sluice::pdf
