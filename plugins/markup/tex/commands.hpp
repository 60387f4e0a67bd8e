// SPDX-License-Identifier: Apache-2.0
//
// What is known about the commands and environments of LaTeX and its common packages, as tables.
#pragma once

#include <cstdint>
#include <optional>
#include <sluice/markdown_writer.hpp>
#include <string>
#include <string_view>

namespace sluice::markup::tex {

// The arguments of a command or environment, in order: `*` a star, `o` one in brackets, `p` one in
// parentheses, `m` one in braces that a reader does not see, `t` one that a reader sees.
using Signature = std::string_view;

// Commands whose own effect is on the looks alone. Nothing for those that are not in the table.
std::optional<Signature> plain_command(std::string_view name);
// What a command stands for, as text, which may be empty; nothing for others.
std::optional<std::string_view> symbol_of(std::string_view name);
// The style that a command gives its argument.
std::optional<Style> style_of(std::string_view name);
// The style that a declaration gives the rest of its group.
std::optional<Style> declared_style(std::string_view name);
// Whether a command puts an accent on the character behind it, and the character with it.
bool is_accent(std::string_view name);
std::string accented(std::string_view name, std::string_view base);
// The level of a heading below the document's top: \part is -1, \chapter 0, \section 1; nothing for
// others.
std::optional<int> heading_depth(std::string_view name);

enum class EnvironmentKind : std::uint8_t {
  kUnknown,
  kPlain,  // its content alone
  kQuote,
  kBullets,
  kNumbers,
  kTerms,
  kTable,
  kFloat,    // a figure or table with a caption
  kDisplay,  // a formula
  kTheorem,  // text with a heading of its own
  kDrawing,  // a program for a picture
  kSources,  // a list of sources
  kFrame,    // a slide
  kBlock,    // a box with a title
};
struct EnvironmentInfo {
  EnvironmentKind kind = EnvironmentKind::kUnknown;
  Signature signature;
  std::string_view title;  // of a theorem; what holds the rows of a formula
};
EnvironmentInfo environment_info(std::string_view name);

// Whether the tables, or the reader, know what these do to the text: a source's own definition of
// one changes its looks. Not so of characters: many sources have their own \P or \d.
bool is_known_command(std::string_view name);
bool is_known_environment(std::string_view name);

}  // namespace sluice::markup::tex
