// SPDX-License-Identifier: Apache-2.0
#include "xml/xml_text.hpp"

#include <algorithm>
#include <cstdint>
#include <sluice/charset.hpp>
#include <sluice/url.hpp>
#include <sluice/utf8.hpp>

namespace sluice::xml {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";

// The encoding that the XML declaration names (XML 1.0, 4.3.3), or empty.
std::string_view declared_encoding(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos || !text.substr(begin).starts_with("<?xml")) return {};
  std::string_view declaration = text.substr(begin, 200);
  declaration = declaration.substr(0, declaration.find("?>"));
  std::size_t at = declaration.find("encoding");
  if (at == std::string_view::npos) return {};
  at = declaration.find_first_of("\"'", at);
  if (at == std::string_view::npos) return {};
  const std::size_t end = declaration.find(declaration[at], at + 1);
  if (end == std::string_view::npos) return {};
  return declaration.substr(at + 1, end - at - 1);
}

bool is_utf8_name(std::string_view encoding) {
  for (const char* name : {"", "utf-8", "utf8", "us-ascii", "ascii"}) {
    if (equal_ignoring_ascii_case(encoding, name)) return true;
  }
  return false;
}

// A declaration in UTF-8 that says UTF-16 was copied from a file that was once in it.
bool contradicts_itself(std::string_view encoding) {
  return encoding.size() >= 6 && (equal_ignoring_ascii_case(encoding.substr(0, 6), "utf-16") ||
                                  equal_ignoring_ascii_case(encoding.substr(0, 6), "utf-32"));
}

bool looks_wide(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 4);
  return head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF") ||
         head.find('\0') != std::string_view::npos;
}

// The value of the numeric reference whose text after `&#` is `digits`; above U+10FFFF if it is
// larger than any character.
std::uint32_t reference_value(std::string_view digits) {
  const bool hexadecimal = digits.starts_with('x');
  if (hexadecimal) digits.remove_prefix(1);
  std::uint32_t value = 0;
  for (const char c : digits) {
    const std::uint32_t digit = c <= '9'   ? static_cast<std::uint32_t>(c - '0')
                                : c <= 'F' ? static_cast<std::uint32_t>(c - 'A' + 10)
                                           : static_cast<std::uint32_t>(c - 'a' + 10);
    value = std::min<std::uint32_t>(value * (hexadecimal ? 16 : 10) + digit, 0x110000);
  }
  return value;
}

bool is_character(std::uint32_t value) {
  const bool control = value < 0x20 && value != '\t' && value != '\n' && value != '\r';
  return !control && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
}

// Where the document type that begins at `at` ends, beyond its `>`.
std::size_t end_of_doctype(std::string_view text, std::size_t at) {
  int brackets = 0;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"' || c == '\'') {
      at = std::min(text.find(c, at + 1), text.size() - 1);
    } else if (c == '[') {
      ++brackets;
    } else if (c == ']') {
      --brackets;
    } else if (c == '>' && brackets <= 0) {
      return at + 1;
    }
  }
  return text.size();
}

}  // namespace

std::string to_utf8(std::string bytes) {
  if (bytes.starts_with(kUtf8Mark)) bytes.erase(0, kUtf8Mark.size());
  const std::string_view encoding = declared_encoding(bytes);
  const bool wide = looks_wide(bytes);
  if (!wide && (is_utf8_name(encoding) || contradicts_itself(encoding)) && is_valid_utf8(bytes)) {
    return bytes;
  }
  const std::string_view declared = is_utf8_name(encoding) ? std::string_view() : encoding;
  return decode_text({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}, declared,
                     SingleNul::kDropped)
      .utf8;
}

void mend_references(std::string& text) {
  constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
  std::size_t from = text.find("&#");
  if (from == std::string::npos) return;
  std::size_t to = from;
  while (from < text.size()) {
    if (text.compare(from, 2, "&#") != 0) {
      const std::size_t next = std::min(text.find("&#", from), text.size());
      if (to != from) std::copy_n(text.begin() + from, next - from, text.begin() + to);
      to += next - from;
      from = next;
      continue;
    }
    const bool hexadecimal = from + 2 < text.size() && text[from + 2] == 'x';
    const std::size_t digits = from + (hexadecimal ? 3 : 2);
    const std::size_t end = std::min(
        text.find_first_not_of(hexadecimal ? "0123456789abcdefABCDEF" : "0123456789", digits),
        text.size());
    const bool bad =
        end > digits && end < text.size() && text[end] == ';' &&
        !is_character(reference_value(std::string_view(text).substr(from + 2, end - from - 2)));
    const std::string_view kept =
        bad ? kReplacement : std::string_view(text).substr(from, digits - from);
    std::copy(kept.begin(), kept.end(), text.begin() + to);
    to += kept.size();
    from = bad ? end + 1 : digits;
  }
  text.resize(to);
}

bool declares_entities(std::string_view text) {
  std::size_t at = text.find_first_not_of(kBlanks);
  while (at < text.size() && text[at] == '<') {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with("<!DOCTYPE")) {
      const std::size_t end = end_of_doctype(text, at);
      return text.substr(at, end - at).find("<!ENTITY") != std::string_view::npos;
    }
    const std::string_view close = rest.starts_with("<?")     ? "?>"
                                   : rest.starts_with("<!--") ? "-->"
                                                              : std::string_view();
    if (close.empty()) return false;
    at = text.find(close, at);
    if (at != std::string_view::npos) at = text.find_first_not_of(kBlanks, at + close.size());
  }
  return false;
}

}  // namespace sluice::xml
