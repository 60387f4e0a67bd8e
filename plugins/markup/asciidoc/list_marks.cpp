// SPDX-License-Identifier: Apache-2.0
#include "markup/asciidoc/list_marks.hpp"

#include <algorithm>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>

namespace sluice::markup::asciidoc {
namespace {

// "term::", "term:: text": the first of its marks that a blank or the line's end follows.
bool read_term(std::string_view line, std::size_t begin, ListMark& mark) {
  constexpr std::size_t kMaxTerm = 500;
  for (std::size_t at = begin + 1; at < line.size() && at < kMaxTerm; ++at) {
    if (line[at] != ':' && line[at] != ';') continue;
    const std::size_t end = std::min(line.find_first_not_of(line[at], at), line.size());
    const std::size_t signs = end - at;
    const bool is_mark = line[at] == ':' ? signs >= 2 && signs <= 4 : signs == 2;
    if (is_mark && (end == line.size() || line[end] == ' ')) {
      mark.kind = MarkKind::kTerm;
      mark.sign = line.substr(at, signs);
      mark.term = trimmed(line.substr(begin, at - begin));
      mark.content = std::min(line.find_first_not_of(' ', end), line.size());
      return !mark.term.empty();
    }
    at = end - 1;
  }
  return false;
}

bool is_roman(std::string_view text) {
  return text.find_first_not_of("ivxIVX") == std::string_view::npos;
}

// "1.", "a.", "ii)": what is written as a number.
bool read_written_number(std::string_view rest, ListMark& mark, std::size_t& size) {
  std::size_t end = 0;
  while (end < rest.size() && end < 8 &&
         is_ascii_alphanumeric(static_cast<unsigned char>(rest[end])))
    ++end;
  if (end == 0 || end >= rest.size()) return false;
  const std::string_view value = rest.substr(0, end);
  const bool is_number = is_ascii_number(value) && rest[end] == '.';
  const bool is_letter = value.size() == 1 &&
                         is_ascii_letter(static_cast<unsigned char>(value[0])) && rest[end] == '.';
  const bool is_roman_number = rest[end] == ')' && is_roman(value);
  if (!is_number && !is_letter && !is_roman_number) return false;
  mark.kind = MarkKind::kNumber;
  size = end + 1;
  if (is_number) {
    mark.number = std::stoll(std::string(value));
    mark.sign = "1";
  } else {
    mark.sign = is_roman_number                                        ? "i"
                : is_ascii_lower(static_cast<unsigned char>(value[0])) ? "a"
                                                                       : "A";
    mark.label = rest.substr(0, size);
  }
  return true;
}

}  // namespace

bool is_continuation(std::string_view line) {
  return trimmed(line) == "+";
}

ListMark read_list_mark(std::string_view line) {
  ListMark mark;
  const std::size_t begin = std::min(line.find_first_not_of(' '), line.size());
  const std::string_view rest = line.substr(begin);
  if (rest.empty() || rest.starts_with("//")) return mark;
  std::size_t size = 0;
  const std::size_t same = std::min(rest.find_first_not_of(rest[0]), rest.size());
  if ((rest[0] == '*' && same <= 6) || (rest[0] == '-' && same == 1)) {
    mark.kind = MarkKind::kBullet;
    size = same;
  } else if (rest.starts_with("•")) {
    mark.kind = MarkKind::kBullet;
    size = std::string_view("•").size();
  } else if (rest[0] == '.' && same <= 6) {
    mark.kind = MarkKind::kNumber;
    size = same;
  } else if (rest[0] == '<') {
    const std::size_t close = rest.substr(0, 6).find('>');
    const std::string_view number =
        close == std::string_view::npos ? "" : rest.substr(1, close - 1);
    if (number == "." || is_ascii_number(number)) {
      mark.kind = MarkKind::kCallout;
      mark.sign = "<";
      mark.number = number == "." ? 0 : std::stoll(std::string(number));
      size = close + 1;
    }
  } else {
    read_written_number(rest, mark, size);
  }
  const bool is_mark = mark.kind != MarkKind::kNone && size < rest.size() && rest[size] == ' ';
  if (is_mark) {
    if (mark.sign.empty()) mark.sign = rest.substr(0, size);
    mark.content = std::min(line.find_first_not_of(' ', begin + size), line.size());
    return mark;
  }
  mark = {};
  if (!read_term(line, begin, mark)) mark = {};
  return mark;
}

}  // namespace sluice::markup::asciidoc
