// SPDX-License-Identifier: Apache-2.0
#include "mail/mime/parameters.hpp"

#include <algorithm>
#include <optional>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/url.hpp>
#include <vector>

#include "mail/mime/fields.hpp"
#include "mail/mime/words.hpp"

namespace sluice::mail {
namespace {

// No program writes more than some 20 of them, long names cut into pieces among them.
constexpr std::size_t kMaxParameters = 200;
constexpr std::size_t kMaxValueBytes = std::size_t{64} << 10;
// Longer ones are none: so a row of open brackets is not read again and again.
constexpr std::size_t kMaxCommentBytes = 1000;

// Skips blanks and comments (RFC 5322, 3.2.2).
void skip_blanks(std::string_view& text) {
  while (!text.empty()) {
    if (kAsciiBlanks.find(text[0]) != std::string_view::npos) {
      text.remove_prefix(1);
    } else if (text[0] == '(') {
      int depth = 0;
      std::size_t at = 0;
      const std::size_t most = std::min(text.size(), kMaxCommentBytes);
      for (; at < most; ++at) {
        if (text[at] == '\\') {
          ++at;
        } else if (text[at] == '(') {
          ++depth;
        } else if (text[at] == ')' && --depth == 0) {
          break;
        }
      }
      // One that never ends is none.
      if (at >= most) return;
      text.remove_prefix(at + 1);
    } else {
      return;
    }
  }
}

// A quoted text. A backslash escapes only what must be escaped: programs write "C:\a.txt".
std::string read_quoted(std::string_view& text) {
  std::string value;
  std::size_t at = 1;
  for (; at < text.size() && text[at] != '"'; ++at) {
    const bool escapes =
        text[at] == '\\' && at + 1 < text.size() && (text[at + 1] == '"' || text[at + 1] == '\\');
    if (escapes) ++at;
    value += text[at];
  }
  text.remove_prefix(std::min(at + 1, text.size()));
  return value;
}

std::string read_value(std::string_view& text) {
  skip_blanks(text);
  if (text.starts_with('"')) return read_quoted(text);
  const std::size_t end = std::min(text.find(';'), text.size());
  std::string_view value = text.substr(0, end);
  text.remove_prefix(end);
  // A comment behind it; names may have parentheses of their own.
  const std::size_t comment = value.find(" (");
  if (comment != std::string_view::npos && trimmed(value).ends_with(')')) {
    value = value.substr(0, comment);
  }
  return std::string(trimmed(value));
}

// `name*1*=value`
struct Piece {
  std::string name;
  unsigned number = 0;
  bool is_numbered = false;
  bool is_encoded = false;
  std::string value;
};

std::optional<Piece> piece_of(std::string_view key, std::string value) {
  Piece piece;
  piece.value = std::move(value);
  if (key.ends_with('*')) {
    piece.is_encoded = true;
    key.remove_suffix(1);
  }
  const std::size_t star = key.find('*');
  if (star != std::string_view::npos) {
    const std::string_view digits = key.substr(star + 1);
    if (!is_ascii_number(digits) || digits.size() > 3) return std::nullopt;
    for (const char c : digits) piece.number = piece.number * 10 + static_cast<unsigned>(c - '0');
    piece.is_numbered = true;
    key = key.substr(0, star);
  }
  piece.name = ascii_lower(trimmed(key));
  return piece;
}

std::vector<Piece> read_pieces(std::string_view text) {
  std::vector<Piece> pieces;
  while (!text.empty() && pieces.size() < kMaxParameters) {
    skip_blanks(text);
    if (text.starts_with(';')) {
      text.remove_prefix(1);
      continue;
    }
    const std::size_t mark = text.find_first_of("=;");
    if (mark == std::string_view::npos) break;
    const std::string_view key = text.substr(0, mark);
    text.remove_prefix(mark);
    if (text[0] == ';') continue;
    text.remove_prefix(1);
    std::string value = read_value(text);
    if (auto piece = piece_of(key, std::move(value))) pieces.push_back(std::move(*piece));
  }
  return pieces;
}

// RFC 2231, section 4: charset'language'text with %XX.
std::string joined(std::vector<Piece> pieces) {
  std::stable_sort(pieces.begin(), pieces.end(),
                   [](const Piece& a, const Piece& b) { return a.number < b.number; });
  std::string bytes;
  std::string charset;
  bool is_first = true;
  for (const Piece& piece : pieces) {
    std::string_view value = piece.value;
    if (piece.is_encoded && is_first) {
      const std::size_t one = value.find('\'');
      const std::size_t two = one == value.npos ? one : value.find('\'', one + 1);
      if (two != value.npos) {
        charset = std::string(value.substr(0, one));
        value.remove_prefix(two + 1);
      }
    }
    bytes += piece.is_encoded ? percent_decode(value) : std::string(value);
    is_first = false;
  }
  const bool is_encoded =
      std::any_of(pieces.begin(), pieces.end(), [](const Piece& p) { return p.is_encoded; });
  // Not by any standard, but what most programs write: encoded words in quotes.
  return is_encoded ? one_line(to_utf8(bytes, charset)) : decode_words(bytes);
}

}  // namespace

Parameterized parse_parameters(std::string_view value) {
  const std::string line = unfolded(value.substr(0, kMaxValueBytes));
  std::string_view text = line;
  Parameterized result;
  skip_blanks(text);
  const std::size_t end = std::min(text.find_first_of("; \t("), text.size());
  // Nothing but parameters: `name=value`.
  if (text.substr(0, end).find('=') == std::string_view::npos) {
    std::string_view word = text.substr(0, end);
    if (word.size() >= 2 && word.starts_with('"') && word.ends_with('"')) {
      word = word.substr(1, word.size() - 2);
    }
    result.value = ascii_lower(word);
    text.remove_prefix(end);
  }
  std::map<std::string, std::vector<Piece>> pieces;
  for (Piece& piece : read_pieces(text)) pieces[piece.name].push_back(std::move(piece));
  for (auto& [name, parts] : pieces) {
    // Programs write a plain form for old readers beside the encoded one.
    const bool has_encoded = std::any_of(
        parts.begin(), parts.end(), [](const Piece& p) { return p.is_encoded || p.is_numbered; });
    std::erase_if(parts,
                  [&](const Piece& p) { return has_encoded && !p.is_encoded && !p.is_numbered; });
    if (!has_encoded) parts.resize(1);
    result.parameters[name] = joined(std::move(parts));
  }
  return result;
}

}  // namespace sluice::mail
