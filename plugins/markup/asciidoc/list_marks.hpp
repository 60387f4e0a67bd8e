// SPDX-License-Identifier: Apache-2.0
//
// The marks of AsciiDoc's lists: "*", "-", "1.", "..", "term::", "<1>".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sluice::markup::asciidoc {

enum class MarkKind : std::uint8_t { kNone, kBullet, kNumber, kTerm, kCallout };

struct ListMark {
  MarkKind kind = MarkKind::kNone;
  std::string_view sign;    // what tells one level from another: "**", ".", "1", "a", "::"
  std::string_view term;    // of a list of terms
  std::string_view label;   // that Markdown has no number for: "a."
  std::int64_t number = 0;  // that is written; 0: none
  std::size_t content = 0;  // where the text begins
};
// The mark that a line begins with.
ListMark read_list_mark(std::string_view line);
// A line "+", which attaches the block below it to an item. Asciidoctor wants it at the line's
// beginning; pandoc writes it indented within a definition.
bool is_continuation(std::string_view line);

}  // namespace sluice::markup::asciidoc
