// SPDX-License-Identifier: Apache-2.0
#include "text/layout.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/utf8.hpp>

#include "text/list.hpp"

namespace sluice::text {
namespace {

// More lines than this that end where their author ended them are no verse, but a log or a table.
constexpr std::size_t kMaxHardLines = 40;
// Nobody wraps running text narrower.
constexpr std::size_t kNarrowest = 40;
constexpr std::string_view kBlanks = " \t\f\v";

bool is_blank(char c) {
  return kBlanks.find(c) != std::string_view::npos;
}

// Characters, not bytes; not more exact than wrapping needs.
std::size_t width_of(std::string_view line) {
  return static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

std::string_view first_word(std::string_view line) {
  line = trimmed(line);
  return line.substr(0, line.find_first_of(kBlanks));
}

// Whether next to every line is as full as it could be: the next line's first word did not fit.
bool is_wrapped_at(const Block& block, std::size_t width) {
  constexpr std::size_t kSlack = 2;
  if (width < kNarrowest) return false;
  std::size_t early = 0;
  for (std::size_t i = 0; i + 1 < block.size(); ++i) {
    early += width_of(block[i]) + 1 + width_of(first_word(block[i + 1])) + kSlack <= width ? 1 : 0;
  }
  return early * 5 <= block.size() - 1;
}

// Whether most lines go on in the middle of a sentence.
bool goes_on(const Block& block) {
  const auto lower = std::count_if(block.begin() + 1, block.end(), [](const std::string& line) {
    const char first = trimmed(line)[0];
    return is_ascii_lower(first);
  });
  return static_cast<std::size_t>(lower) * 2 >= block.size() - 1;
}

bool is_wrapped(const Block& block, std::size_t wrap_width) {
  std::size_t widest = 0;
  for (const std::string& line : block) widest = std::max(widest, width_of(line));
  if (widest >= kNarrowest && goes_on(block)) return true;
  constexpr std::size_t kEnoughLines = 4;
  return is_wrapped_at(block, std::max(widest, wrap_width)) ||
         (block.size() >= kEnoughLines && is_wrapped_at(block, widest));
}

// A line of one repeated character, which it returns.
std::optional<char> underline_of(std::string_view line) {
  line = trimmed(line);
  constexpr std::size_t kShortest = 3;
  if (line.size() < kShortest ||
      std::string_view("=-*_~#").find(line[0]) == std::string_view::npos) {
    return std::nullopt;
  }
  const bool same =
      std::all_of(line.begin(), line.end(), [line](char c) { return c == line[0] || c == ' '; });
  return same ? std::optional(line[0]) : std::nullopt;
}

std::optional<Kind> heading(const Block& block) {
  if (block.size() != 2) return std::nullopt;
  const auto mark = underline_of(block[1]);
  if (!mark || (*mark != '=' && *mark != '-') || underline_of(block[0])) return std::nullopt;
  const auto text = width_of(trimmed(block[0]));
  const auto line = width_of(trimmed(block[1]));
  constexpr std::size_t kSlack = 3;
  if (text > line + kSlack || line > text + kSlack) return std::nullopt;
  return *mark == '=' ? Kind::kHeading1 : Kind::kHeading2;
}

bool ends_like_code(std::string_view line) {
  line = trimmed(line);
  return !line.empty() && std::string_view(";{}").find(line.back()) != std::string_view::npos;
}

// "Name: value", as in the head of a letter or a mail.
bool is_field(std::string_view line) {
  line = trimmed(line);
  constexpr std::size_t kMaxNameLength = 24;
  const auto colon = line.substr(0, kMaxNameLength).find(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  const auto name = line.substr(0, colon);
  return std::count(name.begin(), name.end(), ' ') < 3 &&
         (colon + 1 == line.size() || line[colon + 1] == ' ' || line[colon + 1] == '\t');
}

bool is_quoted(std::string_view line) {
  return trimmed(line).front() == '>';
}

bool is_markup(std::string_view line) {
  line = trimmed(line);
  return line.size() >= 3 && line.front() == '<' && line.back() == '>' && line[1] != '<';
}

// Box drawing and block elements, U+2500 to U+259F.
bool has_drawing(std::string_view line) {
  for (std::size_t at = 0; at + 2 < line.size(); ++at) {
    if (line[at] != '\xE2') continue;
    const auto second = static_cast<unsigned char>(line[at + 1]);
    if (second == 0x94 || second == 0x95 || second == 0x96) return true;
  }
  return false;
}

// The share of punctuation in all that is not blank, in percent.
std::size_t punctuation_share(const Block& block) {
  std::size_t all = 0;
  std::size_t marks = 0;
  for (const std::string& line : block) {
    for (const char c : line) {
      if (is_blank(c)) continue;
      ++all;
      marks += is_ascii_punctuation(c) ? 1 : 0;
    }
  }
  return all == 0 ? 0 : marks * 100 / all;
}

// Lines below the first that begin at different places.
bool has_steps(const Block& block) {
  constexpr std::size_t kFewest = 3;
  if (block.size() < kFewest) return false;
  std::size_t least = SIZE_MAX;
  std::size_t most = 0;
  for (auto line = block.begin() + 1; line != block.end(); ++line) {
    least = std::min(least, indent_of(*line));
    most = std::max(most, indent_of(*line));
  }
  return most >= least + 2;
}

bool is_command(const Block& block) {
  constexpr std::size_t kCodeIndent = 4;
  return std::all_of(block.begin(), block.end(),
                     [](const std::string& line) { return indent_of(line) >= kCodeIndent; }) &&
         std::any_of(block.begin(), block.end(), [](const std::string& line) {
           return line.find_first_of("$<>{}[]=;|\\/_") != std::string::npos;
         });
}

bool is_verbatim(const Block& block) {
  const auto half = [&block](bool (*test)(std::string_view)) {
    const auto found = std::count_if(block.begin(), block.end(), test);
    return static_cast<std::size_t>(found) * 2 >= block.size();
  };
  // Running text has some 3 to 10 in a hundred, a drawing nearly nothing else.
  const std::size_t most_marks = block.size() == 1 ? 60 : 40;
  const bool lines = block.size() >= 2 && (half(has_columns) || half(ends_like_code));
  return lines || half(has_drawing) || half(is_markup) || has_steps(block) ||
         (block.front().size() > 10 && punctuation_share(block) > most_marks);
}

// Scripts that are written without blanks between words: Han, Kana and their punctuation.
bool is_unspaced(char32_t code) {
  return (code >= 0x2E80 && code <= 0xA4CF) || (code >= 0xF900 && code <= 0xFAFF) ||
         (code >= 0xFF00 && code <= 0xFF9F) || (code >= 0x20000 && code <= 0x3FFFF);
}

bool joins_tightly(std::string_view before, std::string_view after) {
  const char32_t last = last_char(before);
  if (is_unspaced(last) && is_unspaced(first_char(after))) return true;
  if (last != '-' || before.size() < 2) return false;
  const char ahead = before[before.size() - 2];
  const bool word = is_ascii_lower(ahead) || static_cast<unsigned char>(ahead) >= 0x80;
  return word && is_ascii_lower(after[0]);
}

}  // namespace

void WrapWidth::add(std::string_view line) {
  const std::size_t width = width_of(trimmed(line)) + indent_of(line);
  if (width < kMaxLength) ++lengths_[width];
}

std::size_t WrapWidth::get() const {
  constexpr std::uint64_t kEnough = 10;
  const auto total = std::accumulate(lengths_.begin(), lengths_.end(), std::uint64_t{0});
  if (total < kEnough) return 0;
  std::uint64_t seen = 0;
  std::size_t width = 0;
  while (seen * 10 < total * 9) seen += lengths_[width++];
  return width - 1;
}

bool has_columns(std::string_view line) {
  line = trimmed(line);
  return line.find('\t') != std::string_view::npos || line.find("   ") != std::string_view::npos;
}

Kind classify(const Block& block, std::size_t wrap_width) {
  if (block.size() == 1 && underline_of(block[0])) return Kind::kRule;
  if (const auto found = heading(block)) return *found;
  if (begins_item(block[0]) && !read_items(block).empty()) return Kind::kList;
  if (std::all_of(block.begin(), block.end(), is_quoted)) return Kind::kQuote;
  if (is_verbatim(block)) return Kind::kVerbatim;
  const auto fields = static_cast<std::size_t>(std::count_if(block.begin(), block.end(), is_field));
  constexpr std::size_t kFewestFields = 2;
  if (fields >= kFewestFields && fields * 2 > block.size() && block.size() <= kMaxHardLines) {
    return Kind::kLines;
  }
  if (block.size() > 1 && is_wrapped(block, wrap_width)) return Kind::kProse;
  if (is_command(block) || block.size() > kMaxHardLines) return Kind::kVerbatim;
  return block.size() == 1 ? Kind::kProse : Kind::kLines;
}

Block unquoted(const Block& block) {
  Block lines;
  for (const std::string& line : block) {
    const std::string_view text = trimmed(trimmed(line).substr(1));
    if (!text.empty()) lines.emplace_back(text);
  }
  return lines;
}

void append_line(std::string& text, std::string_view line) {
  line = trimmed(line);
  if (line.empty()) return;
  if (!text.empty() && !joins_tightly(text, line)) text.push_back(' ');
  text.append(line);
}

std::string join(const Block& block) {
  std::string out;
  for (const std::string& line : block) append_line(out, line);
  return out;
}

std::size_t indent_of(std::string_view line) {
  constexpr std::size_t kTab = 8;
  std::size_t column = 0;
  for (const char c : line) {
    if (c == '\t') {
      column += kTab - column % kTab;
    } else if (c == ' ') {
      ++column;
    } else {
      break;
    }
  }
  return column;
}

}  // namespace sluice::text
