// SPDX-License-Identifier: Apache-2.0
//
// Where things end in a TeX source: control words, groups, what is read byte for byte. All searches
// are bounded, or found once for a whole text.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sluice::markup::tex {

inline constexpr std::size_t kNowhere = std::string_view::npos;

// The name of the control sequence at `at` (a backslash): letters, or one other character, which
// may be of several bytes. Empty at the end of the text.
std::string_view control_name(std::string_view text, std::size_t at);
// How long the token at `at` is: a control sequence, or a whole character. REQUIRES: at <
// text.size().
std::size_t token_size(std::string_view text, std::size_t at);
// Whether a control sequence of this name swallows the blanks behind it.
bool is_control_word(std::string_view name);
std::size_t skip_blanks(std::string_view text, std::size_t at);
// Past blanks, but not past a blank line.
std::size_t skip_line_blanks(std::string_view text, std::size_t at);

// The brace that closes the one at `open`, within `reach` bytes; kNowhere if there is none.
std::size_t find_group_end(std::string_view text, std::size_t open, std::size_t reach);
// The `]` that closes the `[` at `open`, outside of braces, within a few thousand bytes.
std::size_t find_option_end(std::string_view text, std::size_t open);
// The name in "\begin{name}" or "\end{name}", whose backslash is at `at`; empty if there is none.
std::string_view environment_name(std::string_view text, std::size_t at);

// Searches for the same few words again and again, each forward: what was found stays known, so
// that a file full of beginnings without ends takes time of its size alone.
class WordFinder {
 public:
  explicit WordFinder(std::string_view text) : text_(text) {}
  std::size_t find(std::string_view word, std::size_t from);

 private:
  struct Known {
    std::size_t from = 0;
    std::size_t found = 0;
    bool is_set = false;
  };
  std::string_view text_;
  std::map<std::string, Known, std::less<>> known_;
};

// What TeX reads byte for byte: \verb|...|, and environments of program text and remarks.
struct RawPart {
  std::size_t begin = 0;  // of what it holds
  std::size_t end = 0;
  std::size_t after = 0;
  std::string_view name;  // "verb", "lstlisting"
  bool is_environment = false;
  std::string_view language;  // that an argument names
};
// The part at `at` (a backslash); false if there stands anything else.
bool read_raw_part(std::string_view text, std::size_t at, WordFinder& words, RawPart& part);
// The value of a key in options: "language" in "language=C, numbers=left". May be empty.
std::string_view option_value(std::string_view options, std::string_view key);

// A text in which the ends of all groups are known.
class GroupedText {
 public:
  explicit GroupedText(std::string text);
  GroupedText(const GroupedText&) = delete;
  GroupedText& operator=(const GroupedText&) = delete;

  std::string_view text() const { return text_; }
  // The brace that closes the one at `open`, or kNowhere.
  std::size_t group_end(std::size_t open) const;
  WordFinder& words() { return words_; }

 private:
  std::string text_;
  std::vector<std::pair<std::size_t, std::size_t>> groups_;  // by where they begin
  WordFinder words_;
};

}  // namespace sluice::markup::tex
