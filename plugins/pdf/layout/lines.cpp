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

// The bracket that looks like this one in a mirror.
char32_t in_mirror(char32_t c) {
  switch (c) {
    case '(':
      return ')';
    case ')':
      return '(';
    case '[':
      return ']';
    case ']':
      return '[';
    case '{':
      return '}';
    case '}':
      return '{';
    case 0xAB:
      return 0xBB;
    case 0xBB:
      return 0xAB;
    default:
      return c;
  }
}

std::string in_mirror(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    const char32_t c = next_char(text, at);
    if (const char32_t other = in_mirror(c); other != c) {
      append_utf8(out, other);
    } else {
      out += text.substr(from, at - from);
    }
  }
  return out;
}

// What keeps its place beside a number or a Latin word within right-to-left text. All else there is
// punctuation, which runs as the line does.
bool stays_beside(char32_t c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '%' ||
         c == '$' || c == '#' || c == '&' || c == '@' || c == '+' || (c >= 0xA2 && c <= 0xA5) ||
         (c >= 0xB0 && c <= 0xB5) || (c >= 0xBC && c <= 0x1FFF) || (c >= 0x20A0 && c <= 0x20CF) ||
         c >= 0x2100;
}

std::string backwards(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    next_char(text, at);
    out.insert(0, text.substr(from, at - from));
  }
  return out;
}

// How many brackets of a text have no partner.
std::size_t lone_brackets(std::string_view text, std::string& open) {
  constexpr std::string_view kOpen = "([{";
  constexpr std::string_view kClose = ")]}";
  std::size_t lone = 0;
  for (const char c : text) {
    if (kOpen.find(c) != std::string_view::npos) open += c;
    const auto close = kClose.find(c);
    if (close == std::string_view::npos) continue;
    if (!open.empty() && open.back() == kOpen[close]) {
      open.pop_back();
    } else {
      ++lone;
    }
  }
  return lone;
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
void LineMaker::order(const std::vector<std::uint32_t>& words) {
  for (const std::uint32_t index : words) {
    const Word& word = page_.words[index];
    parts_.push_back({&word, std::string(page_.text_of(word)), word.right_to_left});
  }
  for (auto part = parts_.begin(); part != parts_.end(); ++part) {
    if (!part->turned) continue;
    const auto end = std::find_if(part, parts_.end(), [](const Part& it) { return !it.turned; });
    std::reverse(part, end);
    part = end - 1;
  }
}

void LineMaker::order_right_to_left(const std::vector<std::uint32_t>& words) {
  const auto runs_against = [&](std::uint32_t index) {
    const Word& word = page_.words[index];
    const std::string_view text = page_.text_of(word);
    return !word.right_to_left && (has_latin_letter(text) || has_digit(text));
  };
  for (std::size_t end = words.size(); end > 0;) {
    std::size_t from = end;
    while (from > 0 && runs_against(words[from - 1])) --from;
    if (from < end) {
      add_run(words, from, end);
      end = from;
      continue;
    }
    const Word& word = page_.words[words[--end]];
    const std::string_view text = page_.text_of(word);
    parts_.push_back({&word, word.right_to_left ? std::string(text) : backwards(text), true});
  }
}

// Words that run from left to right in a line that does not. The punctuation at both ends runs as
// the line does: what is drawn on the left comes last.
void LineMaker::add_run(const std::vector<std::uint32_t>& words, std::size_t from,
                        std::size_t end) {
  const std::size_t first = parts_.size();
  for (std::size_t i = from; i < end; ++i) {
    const Word& word = page_.words[words[i]];
    parts_.push_back({&word, std::string(page_.text_of(word))});
  }
  std::string& left = parts_[first].text;
  std::size_t before = 0;
  for (std::size_t at = 0; at < left.size() && !stays_beside(next_char(left, at));) before = at;
  // A sign belongs to its number.
  if (before > 0 && left[before - 1] == '-') --before;
  Part last{parts_[first].word, backwards(std::string_view(left).substr(0, before)), true, true};
  left.erase(0, before);
  std::string& right = parts_.back().text;
  std::size_t kept = 0;
  for (std::size_t at = 0; at < right.size();) {
    if (stays_beside(next_char(right, at))) kept = at;
  }
  Part start{parts_.back().word, backwards(std::string_view(right).substr(kept)), true};
  right.erase(kept);
  if (!start.text.empty()) {
    parts_[first].joined = true;
    parts_.insert(parts_.begin() + static_cast<std::ptrdiff_t>(first), std::move(start));
  }
  if (!last.text.empty()) parts_.push_back(std::move(last));
}

// Brackets look mirrored where text runs from right to left. Some writers say what is meant, others
// what is drawn: brackets that pair tell; where none do, those of the line before.
void LineMaker::mirror_brackets() {
  std::size_t as_said = 0, as_drawn = 0;
  std::string open_said, open_drawn;
  for (const Part& part : parts_) {
    as_said += lone_brackets(part.text, open_said);
    as_drawn += lone_brackets(part.turned ? in_mirror(part.text) : part.text, open_drawn);
  }
  as_said += open_said.size();
  as_drawn += open_drawn.size();
  if (as_said != as_drawn) mirrored_ = as_drawn < as_said;
  if (!mirrored_) return;
  for (Part& part : parts_) {
    if (part.turned) part.text = in_mirror(part.text);
  }
}

bool LineMaker::is_blank_before(const Part& part, const Part& before) const {
  const Word& word = *part.word;
  const Word& other = *before.word;
  if (part.joined) return false;
  if (word.box.x0 >= other.box.x0) return is_blank_between(other, word);
  // Which side of a word the blank before it is on depends on how the text was drawn.
  constexpr float kSomeGap = 0.05F;
  const float gap = (other.box.x0 - word.box.x1) / std::max(word.size, other.size);
  return gap > kBlank || (gap > kSomeGap && (word.blank_before || other.blank_before));
}

void LineMaker::add_span(const Word& word, std::string_view text, Shift shift, bool blank,
                         Line& line) {
  if (line.spans > 0) {
    Span& last = story_.spans.back();
    if (last.face == word.face && last.shift == shift && last.link == word.link) {
      if (blank) story_.text += ' ';
      story_.text += text;
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
  story_.text += text;
  span.bytes = static_cast<std::uint32_t>(text.size());
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
  std::uint32_t to_left = 0, to_right = 0;
  for (const std::uint32_t index : words) {
    const Word& word = page_.words[index];
    line.box.add(word.box);
    (word.right_to_left ? to_left : to_right) += word.chars;
  }
  line.right_to_left = to_left > to_right / 2;
  line.first_word = page_.words[line.right_to_left ? words.back() : words.front()].box.width();
  note_looks(words, line);
  if (to_left == 0) {
    const Word* before = nullptr;
    for (const std::uint32_t index : words) {
      const Word& word = page_.words[index];
      const bool blank = before != nullptr && is_blank_between(*before, word);
      add_span(word, page_.text_of(word), shift_of(word, main), blank, line);
      before = &word;
    }
  } else {
    parts_.clear();
    if (line.right_to_left) {
      order_right_to_left(words);
    } else {
      order(words);
    }
    mirror_brackets();
    const Part* before = nullptr;
    for (const Part& part : parts_) {
      const bool blank = before != nullptr && is_blank_before(part, *before);
      add_span(*part.word, part.text, shift_of(*part.word, main), blank, line);
      before = &part;
    }
  }
  story_.lines.push_back(line);
  return static_cast<std::uint32_t>(story_.lines.size()) - 1;
}

}  // namespace sluice::pdf
