// SPDX-License-Identifier: Apache-2.0
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/utf8.hpp>

namespace sluice {

bool is_blank_character(char32_t c) {
  if (c <= 0x20) return true;
  if (c < 0x80) return false;
  return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200B) || c == 0x2028 ||
         c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000 || c == 0xFEFF;
}

bool is_blank(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (!is_blank_character(next_char(text, at))) return false;
  }
  return true;
}

bool has_word(std::string_view text) {
  std::size_t letters = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 && byte < 0xC0) continue;  // within a character
    letters = byte >= 0xC0 || is_ascii_alphanumeric(byte) ? letters + 1 : 0;
    if (letters == 2) return true;
  }
  return false;
}

std::string one_line(std::string_view text, std::size_t max_bytes) {
  std::string line;
  for (const char c : text) {
    const bool blank = static_cast<unsigned char>(c) <= ' ';
    if (!blank) line += c;
    if (blank && !line.empty() && line.back() != ' ') line += ' ';
    // Enough for a cut between characters: what follows cannot matter.
    if (line.size() > max_bytes && line.size() - max_bytes > 4) break;
  }
  line.resize(utf8_cut(line, max_bytes));
  if (line.ends_with(' ')) line.pop_back();
  return line;
}

}  // namespace sluice
