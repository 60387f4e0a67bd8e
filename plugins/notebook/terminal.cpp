// SPDX-License-Identifier: Apache-2.0
#include "notebook/terminal.hpp"

#include <algorithm>

namespace sluice::notebook {
namespace {

constexpr char kEscape = '\x1b';
constexpr char kBell = '\a';

// The end of the control sequence that begins at `at` with an escape.
std::size_t end_of_sequence(std::string_view text, std::size_t at) {
  ++at;
  if (at >= text.size()) return at;
  const char kind = text[at];
  if (static_cast<unsigned char>(kind) >= 0x80) return at;  // no sequence, but text
  ++at;
  if (kind == '[') {  // CSI: parameters and intermediates, then one final byte
    while (at < text.size() && text[at] >= 0x20 && text[at] < 0x40) ++at;
    const bool has_final = at < text.size() && text[at] >= 0x40;
    return has_final ? at + 1 : at;
  }
  if (kind != ']' && kind != 'P' && kind != '^' && kind != '_') return at;
  // A string ends with BEL or ESC \. One without an end takes its line and no more.
  while (at < text.size() && text[at] != kBell && text[at] != '\n') {
    if (text[at] == kEscape) return text.substr(at + 1).starts_with('\\') ? at + 2 : at;
    ++at;
  }
  return at < text.size() && text[at] == kBell ? at + 1 : at;
}

// The bytes of the last character of a line.
std::size_t last_size(std::string_view line) {
  std::size_t size = 0;
  while (size < line.size() && size < 4) {
    ++size;
    if ((static_cast<unsigned char>(line[line.size() - size]) & 0xC0) != 0x80) break;
  }
  return size;
}

}  // namespace

std::string shown_on_terminal(std::string_view text) {
  std::string out;
  std::size_t line = 0;      // where the line begins in `out`
  bool is_returned = false;  // what follows is written over the line
  std::size_t at = 0;
  while (at < text.size()) {
    const char c = text[at];
    if (c == kEscape) {
      at = end_of_sequence(text, at);
      continue;
    }
    ++at;
    if (c == '\n') {
      out += c;
      line = out.size();
      is_returned = false;
    } else if (c == '\r') {
      is_returned = true;
    } else if (c == '\b') {
      out.resize(out.size() - last_size(std::string_view(out).substr(line)));
    } else if (static_cast<unsigned char>(c) >= 0x20 || c == '\t') {
      if (is_returned) out.resize(line);
      is_returned = false;
      out += c;
    }
  }
  return out;
}

}  // namespace sluice::notebook
