// SPDX-License-Identifier: Apache-2.0
//
// Lists as people type them.
#pragma once

#include <sluice/markdown_writer.hpp>
#include <vector>

#include "text/layout.hpp"

namespace sluice::text {

struct Item {
  std::size_t indent = 0;
  bool ordered = false;
  std::int64_t number = 1;
  std::string text;
};

// Whether a line begins an item: `-`, `*`, `+`, `•`, or up to three digits with `.` or `)`, then a
// blank.
bool begins_item(std::string_view line);

// The items of a block whose first line begins one and whose other lines do, or go on with the text
// of the item before; empty if it is no such block.
std::vector<Item> read_items(const Block& block);

// Writes items that come block by block as one list, nested by their indentation.
class ListWriter {
 public:
  explicit ListWriter(MarkdownWriter& out) : out_(out) {}
  void add(const std::vector<Item>& items);
  // Ends the list, if one is open.
  void close();

 private:
  struct Level {
    std::size_t indent;
    bool ordered;
  };
  void open(const Item& item);
  void end_level();

  MarkdownWriter& out_;
  std::vector<Level> levels_;
};

}  // namespace sluice::text
