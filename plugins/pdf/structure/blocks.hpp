// SPDX-License-Identifier: Apache-2.0
//
// The document as a reader sees it: headings, paragraphs, items, tables, in order.
#pragma once

#include <cstdint>
#include <sluice/markdown_writer.hpp>
#include <string>
#include <vector>

#include "../story.hpp"

namespace sluice::pdf {

enum class BlockKind : std::uint8_t {
  kParagraph,
  kHeading,
  kItem,
  kCode,
  kFootnote,
  kTable,
  kImage,
};

// What divides a line from the one before it in the same block.
enum class Joint : std::uint8_t { kBlank, kBreak, kNone };

struct BlockLine {
  std::uint32_t line = 0;  // index into Story::lines
  Joint joint = Joint::kBlank;
};

struct Block {
  BlockKind kind = BlockKind::kParagraph;
  std::uint16_t page = 0;  // where it begins; index into Story::pages
  std::uint8_t level = 0;  // of a heading, from 1; nesting of an item, from 0
  bool ordered = false;    // an item with a number
  Task task = Task::kNone;
  std::int64_t number = 0;
  std::uint32_t marker_bytes = 0;  // of the item's or footnote's first line: not part of its text
  std::uint32_t index = 0;         // of a table or an image
  std::string label;               // of a footnote
  std::vector<BlockLine> lines;
};

}  // namespace sluice::pdf
