// SPDX-License-Identifier: Apache-2.0
//
// One story (the text, a note, a text box, a header) while it is read: the paragraph that is open,
// and the tables around it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rtf/model.hpp"
#include "rtf/table_grid.hpp"

namespace sluice::rtf {

// Gets the blocks of the document's text, in order.
class BlockSink {
 public:
  virtual ~BlockSink() = default;
  virtual void block(Block&& block) = 0;
};

class Story {
 public:
  // Blocks go to `sink`, or are kept for blocks() if it is null. `held` counts what all stories of
  // a document keep in memory; over the limit, Failure(kLimit) is thrown. Both must outlive it.
  Story(BlockSink* sink, std::uint64_t& held) : sink_(sink), held_(held) {}

  void add_text(std::string_view text, std::uint8_t styles, bool code);
  void add(Piece piece);
  // The last piece, if there is one in the open paragraph.
  Piece* last_piece() { return open_.pieces.empty() ? nullptr : &open_.pieces.back(); }
  void drop_last_piece() { open_.pieces.pop_back(); }
  bool has_open_paragraph() const { return !open_.pieces.empty(); }
  void set_label(std::string label) { open_.label = std::move(label); }
  // Blocks that follow the open paragraph: a text box that is anchored in it.
  void add_behind(std::vector<Block> blocks);

  void end_paragraph(const ParagraphFormat& format, const std::optional<OldNumber>& old_number,
                     bool ends_in_code);
  void end_cell(std::int32_t itap);
  void end_row(std::int32_t itap, const RowShape& shape);
  // Ends all that is open.
  void close(const ParagraphFormat& format);
  std::vector<Block> take_blocks() { return std::move(blocks_); }

 private:
  struct OpenTable {
    std::int32_t itap = 1;
    std::vector<RawRow> rows;
    std::vector<std::vector<Block>> cells;
    std::vector<Block> blocks;  // of the cell that is open
  };

  void put(Block block);
  void enter_depth(std::int32_t itap);
  void close_table();
  void count_held(std::uint64_t blocks);

  BlockSink* sink_;
  std::uint64_t& held_;
  std::uint64_t own_held_ = 0;  // this story's part of it
  Paragraph open_;
  std::vector<Block> behind_;
  std::vector<OpenTable> tables_;
  std::vector<Block> blocks_;
};

}  // namespace sluice::rtf
