// SPDX-License-Identifier: Apache-2.0
#include "evidence.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "../page/unicode.hpp"

namespace sluice::pdf {
namespace {

constexpr std::size_t kMaxLabelBytes = 40;  // of a number or a date; longer text is neither
constexpr std::size_t kMaxClauseBytes = 14;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// "1.1", "2.4.1.": figures parted by stops, two digits at most, two parts at least.
bool is_outline(std::string_view text) {
  std::size_t parts = 0;
  for (std::size_t at = 0; at < text.size(); ++parts) {
    std::size_t end = at;
    while (end < text.size() && is_digit(text[end])) ++end;
    if (end == at || end - at > 2) return false;
    if (end < text.size() && text[end] != '.') return false;
    at = end + 1;
  }
  return parts >= 2 && parts <= 6;
}

bool is_year(std::string_view text, std::size_t at) {
  return at + 4 <= text.size() &&
         std::all_of(text.begin() + static_cast<std::ptrdiff_t>(at),
                     text.begin() + static_cast<std::ptrdiff_t>(at + 4), is_digit) &&
         (text.compare(at, 2, "19") == 0 || text.compare(at, 2, "20") == 0) &&
         (at == 0 || !is_digit(text[at - 1])) && (at + 4 == text.size() || !is_digit(text[at + 4]));
}

std::string text_of(const PageContent& page, const Segments& segments, const Segment& segment) {
  std::string text;
  for (std::uint32_t w = 0; w < segment.words; ++w) {
    if (w > 0) text += ' ';
    text += page.text_of(page.words[segments.words[segment.first + w]]);
    if (text.size() > kMaxLabelBytes) break;
  }
  return text;
}

bool has_letter_or_digit(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_char(text, at);
    if (is_letter(c) || digit_of(c) >= 0) return true;
  }
  return false;
}

// "12", "1,540.0", "(24.5)", "-23", "18.8%", a dash for nothing: what stands in a column of
// figures.
bool is_figure_text(std::string_view text) {
  if (text == "-" || text == "\u2013" || text == "\u2014") return true;
  bool any_digit = false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_char(text, at);
    if (c < 0x80 && is_digit(static_cast<char>(c))) {
      any_digit = true;
    } else if (c != 0x2212 && c != 0x2013 && c != 0xA0 && c != 0x202F &&
               (c >= 0x80 || std::string_view(" .,'+-()%*").find(static_cast<char>(c)) ==
                                 std::string_view::npos)) {
      return false;
    }
  }
  return any_digit;
}

bool is_currency_sign(std::string_view text) {
  constexpr std::array<std::string_view, 4> kSigns = {"$", "\u20AC", "\u00A3", "\u00A5"};
  return std::find(kSigns.begin(), kSigns.end(), text) != kSigns.end();
}

// The text without a currency sign at either end.
std::string_view without_currency(std::string_view text) {
  for (const std::string_view sign : {"$", "\u20AC", "\u00A3", "\u00A5"}) {
    if (text.starts_with(sign)) text.remove_prefix(sign.size());
    if (text.ends_with(sign)) text.remove_suffix(sign.size());
  }
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

bool is_bullet(std::string_view word) {
  std::size_t at = 0;
  next_char(word, at);
  return at == word.size() && is_list_marker(word);
}

}  // namespace

bool is_clause_number(std::string_view text) {
  if (text.empty() || text.size() > kMaxClauseBytes) return false;
  constexpr std::array<std::string_view, 6> kWords = {"\u00A7 ",  "\u00A7", "Art. ",
                                                      "Article ", "No. ",   "Clause "};
  for (const std::string_view word : kWords) {
    if (!text.starts_with(word)) continue;
    text.remove_prefix(word.size());
    while (!text.empty() && text.back() == '.') text.remove_suffix(1);
    return !text.empty() && is_digit(text[0]);
  }
  if (is_outline(text)) return true;
  const bool numbered = text.back() == '.' || text.back() == ')';
  return numbered && is_list_marker(text);
}

bool is_date(std::string_view text) {
  if (text.size() < 4 || text.size() > kMaxLabelBytes) return false;
  std::size_t letters = 0;
  bool any_year = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    any_year = any_year || is_year(text, at);
    letters += (text[at] >= 'a' && text[at] <= 'z') || (text[at] >= 'A' && text[at] <= 'Z') ? 1 : 0;
  }
  // "September 2019 - present" has as many letters as a date may have.
  return any_year && letters <= 18;
}

bool is_comment(std::string_view text) {
  return text.starts_with("//") || text.starts_with("\u25B7") || text.starts_with("\u25B9") ||
         text.starts_with("\u22B3");
}

namespace {

void note_evidence_of(Segment& segment, const Segments& segments) {
  const PageContent& page = *segments.page;
  const std::vector<Face>& faces = *segments.faces;
  if (segment.kind != SegmentKind::kText || segment.words == 0) return;
  const Word& first = page.words[segments.words[segment.first]];
  const Word& last = page.words[segments.words[segment.first + segment.words - 1]];
  const std::string_view begin = page.text_of(first);
  const char32_t letter = first_char(begin);
  segment.begins_lower = is_letter(letter) && !is_capital(letter);
  segment.begins_cjk = is_cjk(letter);
  segment.begins_item = is_bullet(begin);
  segment.is_comment = is_comment(begin);
  segment.ends_in_colon = last_char(page.text_of(last)) == ':';
  const std::string text = text_of(page, segments, segment);
  segment.is_numbering = is_clause_number(text);
  segment.is_date = is_date(text);
  segment.is_currency = is_currency_sign(text);
  segment.is_figure = is_figure_text(without_currency(text));
  segment.is_year = text.size() == 4 && is_year(text, 0);
  segment.first_word = first.box.width();
  segment.is_sign = !has_letter_or_digit(text);
  segment.is_bold = true;
  for (std::uint32_t w = 0; w < segment.words && segment.is_bold; ++w)
    segment.is_bold = faces[page.words[segments.words[segment.first + w]].face].bold;
}

}  // namespace

void note_evidence(const PageContent& page, const std::vector<Face>& faces, Segments& segments) {
  segments.page = &page;
  segments.faces = &faces;
  for (Segment& segment : segments.all) note_evidence_of(segment, segments);
}

std::string_view word_text(const Segments& segments, std::uint32_t word) {
  return segments.page->text_of(segments.page->words[segments.words[word]]);
}

const Box& word_box(const Segments& segments, std::uint32_t word) {
  return segments.page->words[segments.words[word]].box;
}

std::uint32_t part_segment(Segments& segments, std::uint32_t index, std::uint32_t words) {
  Segment rest = segments.all[index];
  Segment& first = segments.all[index];
  rest.first += words;
  rest.words -= words;
  first.words = words;
  for (Segment* part : {&first, &rest}) {
    part->box = word_box(segments, part->first);
    part->chars = 0;
    part->is_marker = part->is_marker_behind = false;
    for (std::uint32_t w = 0; w < part->words; ++w) {
      part->box.add(word_box(segments, part->first + w));
      part->chars += segments.page->words[segments.words[part->first + w]].chars;
    }
    note_evidence_of(*part, segments);
  }
  segments.all.push_back(rest);
  return static_cast<std::uint32_t>(segments.all.size()) - 1;
}

}  // namespace sluice::pdf
