// SPDX-License-Identifier: Apache-2.0
#include "mail/mime/uuencode.hpp"

#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <string>

#include "mail/mime/fields.hpp"

namespace sluice::mail {
namespace {

// A line holds its length in bytes and four signs for every three of them.
constexpr std::size_t kMaxBytesOfLine = 45;

unsigned value_of(char sign) {
  return (static_cast<unsigned char>(sign) - 32U) & 63U;
}

// Whether a line can be one of uuencode; programs cut blanks at its end, and add a checksum.
bool is_data(std::string_view line) {
  if (line.empty() || line[0] < ' ' || line[0] > '`') return false;
  const std::size_t bytes = value_of(line[0]);
  const std::size_t signs = (bytes + 2) / 3 * 4;
  if (bytes > kMaxBytesOfLine || line.size() > signs + 2) return false;
  return line.find_first_of("abcdefghijklmnopqrstuvwxyz{|}~\x7f") == std::string_view::npos;
}

// The name behind `begin` and three or four octal digits; empty if the line is no such one.
std::string_view name_of(std::string_view line) {
  if (!line.starts_with("begin ")) return {};
  line.remove_prefix(6);
  const std::size_t digits = std::min(line.find_first_not_of("01234567"), line.size());
  if (digits < 3 || digits > 4 || digits == line.size() || line[digits] != ' ') return {};
  return trimmed(line.substr(digits));
}

}  // namespace

std::optional<UuencodedFile> next_uuencoded(std::string_view text, std::size_t from) {
  for (std::size_t at = text.find("begin ", from); at != std::string_view::npos;
       at = text.find("begin ", at + 1)) {
    if (at > 0 && text[at - 1] != '\n' && text[at - 1] != '\r') continue;
    const std::size_t first = end_of_line(text, at);
    const std::string_view name = name_of(without_line_end(text.substr(at, first - at)));
    if (name.empty()) continue;
    std::size_t next = first;
    while (next < text.size()) {
      const std::size_t end = end_of_line(text, next);
      const std::string_view line = without_line_end(text.substr(next, end - next));
      if (line == "end" && next > first) {
        return UuencodedFile{name, text.substr(first, next - first), at, end};
      }
      if (!is_data(line)) break;
      next = end;
    }
  }
  return std::nullopt;
}

void decode_uuencoded(std::string_view lines, const std::function<void(std::string_view)>& sink) {
  for (std::size_t at = 0; at < lines.size();) {
    const std::size_t end = end_of_line(lines, at);
    const std::string_view line = without_line_end(lines.substr(at, end - at));
    at = end;
    if (line.empty()) continue;
    const std::size_t size = value_of(line[0]);
    std::string bytes;
    const auto sign = [&](std::size_t i) { return i < line.size() ? value_of(line[i]) : 0U; };
    for (std::size_t i = 1; bytes.size() < size; i += 4) {
      const unsigned group = sign(i) << 18 | sign(i + 1) << 12 | sign(i + 2) << 6 | sign(i + 3);
      bytes += static_cast<char>(group >> 16);
      bytes += static_cast<char>(group >> 8);
      bytes += static_cast<char>(group);
    }
    bytes.resize(size);
    sink(bytes);
  }
}

}  // namespace sluice::mail
