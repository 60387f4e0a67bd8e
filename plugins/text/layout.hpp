// SPDX-License-Identifier: Apache-2.0
//
// What the lines of a plain text are: running text, a list, a table, code. Pure functions of a
// block and of how wide the text was wrapped.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::text {

// The lines between two blank ones.
using Block = std::vector<std::string>;

enum class Kind {
  kProse,  // wrapped by a program: its line ends mean nothing
  kLines,  // its line ends mean something
  kList,
  kQuote,     // each line begins with >
  kHeading1,  // underlined with =
  kHeading2,  // underlined with -
  kRule,
  kVerbatim,
};

// How wide a text was wrapped, from the lengths of its lines.
class WrapWidth {
 public:
  // A line that another line of its block follows.
  void add(std::string_view line);
  // The width that nine in ten such lines keep; 0 if there are too few of them to tell.
  std::size_t get() const;

 private:
  static constexpr std::size_t kMaxLength = 200;
  std::array<std::uint64_t, kMaxLength> lengths_{};
};

// Whether a line may have cells that stand below others: a tab or three blanks inside of it.
bool has_columns(std::string_view line);

Kind classify(const Block& block, std::size_t wrap_width);

// The lines of a quote without the > before them.
Block unquoted(const Block& block);

// The lines of running text as one: joined by a blank, or by nothing after a hyphen and between
// characters of scripts that are written without blanks.
std::string join(const Block& block);
// Joins one more line to running text.
void append_line(std::string& text, std::string_view line);

// Columns of white space before the text of a line; a tab leads to the next multiple of 8.
std::size_t indent_of(std::string_view line);

}  // namespace sluice::text
