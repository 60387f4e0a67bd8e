// SPDX-License-Identifier: Apache-2.0
//
// How plain text is spelled in Markdown: which characters need a backslash at which place. Knows no
// structure; sluice/markdown_writer.hpp is the public face.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sluice::markdown {

// What a character is to the rules of emphasis (CommonMark 6.2). kSymbol is punctuation to
// CommonMark 0.31 and a letter to 0.30, so nothing may depend on it.
enum class CharClass : std::uint8_t { kWord, kBlank, kPunctuation, kSymbol };
CharClass char_class(char32_t c);

// Whether a run of delimiters between two characters may open or close emphasis, whichever version
// of the specification the reader follows.
bool surely_opens(char32_t before, char32_t after);
bool surely_closes(char32_t before, char32_t after);

// The delimiters that pair up across a paragraph.
inline constexpr std::string_view kPairing = "*_~$`";
constexpr std::size_t pairing_index(char c) {
  for (std::size_t i = 0; i < kPairing.size(); ++i) {
    if (kPairing[i] == c) return i;
  }
  return std::string_view::npos;
}
// Where the first of them stands at or after `at`; the text's size if there is none.
std::size_t find_pairing(std::string_view text, std::size_t at = 0);

// Where in a paragraph, counted in any monotonic unit, each pairing delimiter could first open and
// last close: one that cannot find a partner needs no escape.
struct Pairs {
  std::array<std::uint64_t, 5> first_open;
  std::array<std::uint64_t, 5> last_close;
  Pairs() {
    first_open.fill(UINT64_MAX);
    last_close.fill(0);
  }
  void open(char c, std::uint64_t at) {
    auto& first = first_open[pairing_index(c)];
    if (at < first) first = at;
  }
  void close(char c, std::uint64_t at) {
    auto& last = last_close[pairing_index(c)];
    if (at > last) last = at;
  }
};

enum class Line : std::uint8_t {
  kNone,
  kFirst,
  kLater
};  // does the text begin a line of a paragraph

// What stands around a piece of text.
struct TextContext {
  char32_t before = U' ';
  char32_t after = U' ';
  char delimiter_before = 0;  // the writer's own delimiter that touches the text, of kPairing
  char delimiter_after = 0;
  bool link_after = false;  // `[` of a link follows
  bool ends_line = true;
  bool in_link = false;
  bool in_cell = false;
  bool task_could_begin = false;
  Line line = Line::kNone;
  std::uint64_t position = 1;  // of the text's first byte, in the unit of Pairs
};

// Whether `text`, within a line and by itself, needs no escape whatever stands in it: the most
// common case by far in tables.
bool is_plain(std::string_view text);
// Whether in addition nothing of it is dropped or joined: no blanks but single ones between words,
// no control characters. Such a text is its own Markdown.
bool is_as_written(std::string_view text);
// Notes the delimiters of `text` in `pairs`.
void note_pairs(std::string_view text, const TextContext& context, Pairs& pairs);
// Appends `text` to `out`, with the escapes that it needs there.
void append_text(std::string& out, std::string_view text, const TextContext& context,
                 const Pairs& pairs);
// Appends a code span. `code` must not be empty. CommonMark 6.1.
void append_code(std::string& out, std::string_view code, bool in_cell);
// Appends a URL as a link destination. CommonMark 6.3.
void append_destination(std::string& out, std::string_view url);
// Appends ` "title"`, or nothing.
void append_title(std::string& out, std::string_view title, bool in_cell);
// Whether `<url>` would be an autolink to `url` (CommonMark 6.5).
bool is_autolink(std::string_view url);

}  // namespace sluice::markdown
