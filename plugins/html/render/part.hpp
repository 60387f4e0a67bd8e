// SPDX-License-Identifier: Apache-2.0
//
// What the parts of the walk behind write_markdown share: the page, what is written, and what must
// be undone when an element ends.
#pragma once

#include <algorithm>
#include <cstdint>
#include <sluice/markdown_writer.hpp>
#include <string_view>
#include <vector>

#include "../dom.hpp"
#include "../layout.hpp"
#include "../to_markdown.hpp"

namespace sluice::html {

// Looks ahead stop here: elements of one kind nest up to 512 deep, and each would look through all.
inline constexpr NodeId kLookAhead = 32;

// What must be undone when an element ends.
enum class Undo : std::uint8_t {
  kNothing,
  kBlock,
  kHeading,
  kQuote,
  kList,
  kItem,
  kTable,
  kRow,
  kCell,
  kLink,
  kStyle,
  kCode,
  kQuotation,
  kBlank,
  kBold,
  kRuby,
  kPlainHeading,
  kAbbreviation,
  kNote,
};

// How the walk goes on at an element: past it, or into it.
struct Step {
  bool into = false;
  Undo undo = Undo::kNothing;
};
inline constexpr Step kPast{};
inline constexpr Step kInto{true, Undo::kNothing};
constexpr Step into_and(Undo undo) {
  return {true, undo};
}

struct Written {
  const Dom& dom;
  const std::vector<std::uint8_t>& marks;
  const Rendering& rendering;
  Job& job;
  MarkdownWriter& out;
  int breaks = 0;  // `<br>`s since the last text
};

class Part {
 protected:
  explicit Part(Written& written)
      : written_(written),
        dom_(written.dom),
        marks_(written.marks),
        rendering_(written.rendering),
        out_(written.out) {}

  std::string_view attribute(NodeId i, Attr name) const { return dom_.attribute(i, name); }
  NodeId ahead_of(NodeId i) const { return std::min(dom_[i].end, i + kLookAhead); }
  bool has_content(NodeId i) const { return (marks_[i] & kHasContent) != 0; }
  bool has_block(NodeId i) const { return (marks_[i] & kHasBlock) != 0; }
  std::string note_label(NodeId i) const {
    return rendering_.note_label ? rendering_.note_label(i) : std::string();
  }
  // Text has come, or a block: the next `<br>` is the first.
  void reset_breaks() { written_.breaks = 0; }

  Written& written_;
  const Dom& dom_;
  const std::vector<std::uint8_t>& marks_;
  const Rendering& rendering_;
  MarkdownWriter& out_;
};

}  // namespace sluice::html
