// SPDX-License-Identifier: Apache-2.0
#include "edge_lines.hpp"

#include <algorithm>
#include <array>
#include <sluice/ascii.hpp>

#include "../page/unicode.hpp"
#include "../shared_measures.hpp"

namespace sluice::pdf {
namespace {

// Of the paper's height, at its head and at its foot. LaTeX's classes set the head of a letter page
// 13 % down; a header there would stay in the text with less.
constexpr float kMargin = 0.15F;
constexpr std::size_t kMaxEdgeText = 240;  // bytes; no header is a paragraph
constexpr std::size_t kMaxEdgeLinesOfPage = 40;
constexpr std::size_t kMaxDigits = 6;
constexpr std::int32_t kLeastYear = 1000;  // beside another number: no page's number

// Words for pages, and those that stand between a page's number and the number of pages.
constexpr std::array<std::string_view, 22> kPageWords = {
    "page",   "pages",    "p",     "pg",     "pp",     "seite", "seiten", "s",
    "pagina", "página",   "pág",   "pag",    "strana", "str",   "sida",   "side",
    "стр",    "страница", "sayfa", "strona", "blad",   "folio"};
constexpr std::array<std::string_view, 11> kBetween = {"of", "de",  "von", "sur", "di", "da",
                                                       "av", "van", "z",   "из",  "out"};
constexpr std::array<std::string_view, 7> kCjkPageWords = {"第",     "页",     "頁", "共",
                                                           "ページ", "페이지", "쪽"};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// 0 where the word is no Roman number below 400 as it is written.
std::int32_t roman_value(std::string_view word) {
  constexpr std::array<std::pair<std::string_view, int>, 9> kSigns = {{{"c", 100},
                                                                       {"xc", 90},
                                                                       {"l", 50},
                                                                       {"xl", 40},
                                                                       {"x", 10},
                                                                       {"ix", 9},
                                                                       {"v", 5},
                                                                       {"iv", 4},
                                                                       {"i", 1}}};
  if (word.empty() || word.size() > 12) return 0;
  const std::string small = ascii_lower(word);
  if (small != word && std::any_of(word.begin(), word.end(), [](char c) { return c >= 'a'; }))
    return 0;
  std::string_view rest = small;
  std::int32_t value = 0;
  for (const auto& [sign, worth] : kSigns) {
    const int most = sign.size() == 2 || worth == 50 || worth == 5 ? 1 : 3;
    for (int i = 0; i < most && rest.starts_with(sign); ++i) {
      value += worth;
      rest.remove_prefix(sign.size());
    }
  }
  return rest.empty() ? value : 0;
}

// The word that begins behind any blanks at `at`, and where it ends.
struct WordPlace {
  std::size_t begin;
  std::size_t end;
};
WordPlace word_from(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] == ' ') ++at;
  std::size_t end = at;
  while (end < text.size() && text[end] != ' ') ++end;
  return {at, end};
}

std::string_view without_signs(std::string_view word) {
  constexpr std::string_view kSigns = ".,:;-()[]|/";
  while (!word.empty() && kSigns.find(word.front()) != std::string_view::npos)
    word.remove_prefix(1);
  while (!word.empty() && kSigns.find(word.back()) != std::string_view::npos) word.remove_suffix(1);
  return word;
}

bool is_page_word(std::string_view word) {
  return is_one_of(ascii_lower(without_signs(word)), kPageWords);
}

void find_digits(EdgeLine& line) {
  const std::string& text = line.text;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_digit(text[at])) {
      ++at;
      continue;
    }
    EdgeNumber number;
    number.begin = at;
    while (at < text.size() && is_digit(text[at])) {
      if (at - number.begin < kMaxDigits) number.value = number.value * 10 + (text[at] - '0');
      ++at;
    }
    number.end = at;
    if (number.end - number.begin <= kMaxDigits) line.numbers.push_back(number);
  }
}

// Letters are a number only where a page's number stands: alone, behind a word for pages or "of",
// or set apart at an end of the line.
void find_roman_numbers(EdgeLine& line) {
  const std::string_view text = line.text;
  bool page_before = false;
  bool first = true;
  for (WordPlace word = word_from(text, 0); word.begin < word.end;
       word = word_from(text, word.end)) {
    const std::string_view whole = text.substr(word.begin, word.end - word.begin);
    const std::string_view letters = without_signs(whole);
    const bool last = word_from(text, word.end).begin == text.size();
    const bool apart = (first && last) || (first && line.first_gap > kSetApart) ||
                       (last && line.last_gap > kSetApart);
    const std::int32_t value = page_before || apart ? roman_value(letters) : 0;
    if (value > 0) {
      const std::size_t begin = static_cast<std::size_t>(letters.data() - text.data());
      line.numbers.push_back({begin, begin + letters.size(), value});
    }
    const bool between = ascii_lower(letters) == "of" && page_before;
    page_before = is_page_word(whole) || value > 0 || between;
    first = false;
  }
  std::sort(line.numbers.begin(), line.numbers.end(),
            [](const EdgeNumber& a, const EdgeNumber& b) { return a.begin < b.begin; });
}

void place(const Line& line, EdgeLine& edge) {
  edge.page = line.page;
  edge.turned = line.turned;
  edge.at_foot = line.below < line.above;
  edge.offset = edge.at_foot ? line.below : line.above;
  edge.size = line.size;
  edge.bold = line.bold;
  edge.first_gap = line.first_gap;
  edge.last_gap = line.last_gap;
}

bool is_in_margin(const Line& line) {
  return std::min(line.above, line.below) < kMargin * line.paper;
}

void find_numbers(EdgeLine& edge) {
  find_digits(edge);
  find_roman_numbers(edge);
}

void add_line(const Story& story, std::uint32_t index, std::vector<EdgeLine>& out) {
  const Line& line = story.lines[index];
  if (!is_in_margin(line)) return;
  EdgeLine edge;
  place(line, edge);
  edge.text = story.text_of(line);
  if (edge.text.empty() || edge.text.size() > kMaxEdgeText) return;
  edge.lines.push_back(index);
  find_numbers(edge);
  out.push_back(std::move(edge));
}

// The row of a table as one line, its cells far from each other.
void add_row(const Story& story, std::uint32_t table, std::uint32_t row,
             std::vector<EdgeLine>& out) {
  EdgeLine edge;
  edge.table = static_cast<std::int32_t>(table);
  edge.row = row;
  for (const Cell& cell : story.tables[table].rows[row].cells) {
    for (std::uint32_t i = 0; i < cell.lines; ++i) {
      const std::uint32_t index = cell.first_line + i;
      if (edge.lines.empty()) place(story.lines[index], edge);
      if (!is_in_margin(story.lines[index])) return;
      if (!edge.text.empty()) edge.text += ' ';
      edge.text += story.text_of(story.lines[index]);
      edge.lines.push_back(index);
    }
  }
  if (edge.text.empty() || edge.text.size() > kMaxEdgeText) return;
  edge.first_gap = edge.last_gap = 2 * kSetApart;
  find_numbers(edge);
  out.push_back(std::move(edge));
}

void add_page(const Story& story, std::size_t page, std::vector<EdgeLine>& out) {
  const std::size_t first = story.pages[page].first_piece;
  const std::size_t end =
      page + 1 < story.pages.size() ? story.pages[page + 1].first_piece : story.pieces.size();
  std::vector<EdgeLine> found;
  for (std::size_t i = first; i < end; ++i) {
    const Piece& piece = story.pieces[i];
    if (piece.kind == PieceKind::kLine) add_line(story, piece.index, found);
    if (piece.kind != PieceKind::kTable) continue;
    const auto rows = static_cast<std::uint32_t>(story.tables[piece.index].rows.size());
    for (std::uint32_t row = 0; row < rows; ++row) add_row(story, piece.index, row, found);
  }
  std::stable_sort(found.begin(), found.end(), [](const EdgeLine& a, const EdgeLine& b) {
    return a.at_foot != b.at_foot ? b.at_foot : a.offset < b.offset;
  });
  std::size_t taken = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (i > 0 && found[i].at_foot != found[i - 1].at_foot) taken = 0;
    if (++taken <= kMaxEdgeLinesOfPage) out.push_back(std::move(found[i]));
  }
}

// "01.03.2024", "2026-01": a date, not the page and the number of pages.
bool is_like_date(const EdgeLine& line) {
  if (line.numbers.size() > 2) return true;
  if (line.numbers.size() < 2) return false;
  const std::size_t end = line.numbers[0].end;
  const bool dot = line.text.compare(end, line.numbers[1].begin - end, ".") == 0;
  return dot || line.numbers[0].value >= kLeastYear || line.numbers[1].value >= kLeastYear;
}

}  // namespace

std::vector<EdgeLine> find_edge_lines(const Story& story) {
  std::vector<EdgeLine> lines;
  for (std::size_t page = 0; page < story.pages.size(); ++page) add_page(story, page, lines);
  return lines;
}

bool is_only_page_number(const EdgeLine& line) {
  if (line.numbers.empty() || is_like_date(line)) return false;
  std::string rest;
  std::size_t at = 0;
  for (const EdgeNumber& number : line.numbers) {
    rest += line.text.substr(at, number.begin - at) + ' ';
    at = number.end;
  }
  rest += line.text.substr(at);
  for (const std::string_view word : kCjkPageWords) {
    for (std::size_t found = rest.find(word); found != std::string::npos; found = rest.find(word))
      rest.replace(found, word.size(), " ");
  }
  std::size_t single_letters = 0;
  std::string word;
  const auto is_known = [&] {
    // "A-6", "S12": the letter of a part of the document.
    const bool letter = word.size() == 1 && ++single_letters == 1;
    return word.empty() || letter || is_one_of(word, kPageWords) || is_one_of(word, kBetween);
  };
  for (std::size_t i = 0; i < rest.size();) {
    const char32_t c = next_char(rest, i);
    if (is_letter(c)) {
      append_utf8(word, c < 0x80 && c <= 'Z' ? c + 32 : c);
      continue;
    }
    if (!is_known()) return false;
    word.clear();
    // Anything but the usual signs around a page's number says something else.
    const bool sign = is_blank(c) || c == '-' || c == '/' || c == '|' || c == '.' || c == ':' ||
                      c == '[' || c == ']' || c == '(' || c == ')' || c == 0xB7 ||
                      (c >= 0x2010 && c <= 0x2015) || c == 0x2022;
    if (!sign) return false;
  }
  return is_known();
}

bool is_page_number(const Story& story, std::uint32_t index) {
  std::vector<EdgeLine> edge;
  add_line(story, index, edge);
  return !edge.empty() && is_only_page_number(edge.front());
}

bool has_page_word(const EdgeLine& line, const EdgeNumber& number) {
  const std::string_view text = line.text;
  std::size_t end = number.begin;
  while (end > 0 && text[end - 1] == ' ') --end;
  std::size_t begin = end;
  while (begin > 0 && text[begin - 1] != ' ') --begin;
  const std::string_view before = text.substr(begin, end - begin);
  // "p" and "s" alone also stand for other things.
  if (is_page_word(before) && without_signs(before).size() > 1) return true;
  return before == "第";
}

}  // namespace sluice::pdf
