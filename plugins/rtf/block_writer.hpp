// SPDX-License-Identifier: Apache-2.0
//
// Writes the blocks of a document as Markdown: which lists, quotes and code they make, and the look
// of their text.
#pragma once

#include <cstdint>
#include <sluice/markdown_writer.hpp>
#include <sluice/plugin.hpp>
#include <string>
#include <vector>

#include "docx/flow.hpp"
#include "docx/settings.hpp"
#include "rtf/header_tables.hpp"
#include "rtf/story.hpp"
#include "rtf/survey.hpp"

namespace sluice::rtf {

class BlockWriter : public BlockSink {
 public:
  BlockWriter(Job& job, MarkdownWriter& out, const docx::Settings& settings, const Survey& survey);
  // `header`: of the reader that hands on the blocks. It must outlive the reading.
  void begin(HeaderReader& header) { header_ = &header; }

  void block(Block&& block) override;
  void write(std::vector<Block>& blocks);
  void write_notes(std::vector<Note>& notes);
  // Ends what is open.
  void close();
  // The first paragraph in a title's style.
  const std::string& title() const { return title_; }

 private:
  docx::Flow& flow() { return flows_.back(); }
  void paragraph(Paragraph& paragraph);
  void table(Table& table);
  bool is_frame(const Table& table) const;
  bool begin_heading(const Paragraph& paragraph, const Shape& shape);
  void begin_item(Paragraph& paragraph, const Shape& shape, docx::Label label, std::int32_t level);
  bool begin_counted_item(Paragraph& paragraph, const Shape& shape);
  void begin_old_item(Paragraph& paragraph, const Shape& shape);
  void begin_labelled_item(Paragraph& paragraph, const Shape& shape);
  void begin_prose(const Paragraph& paragraph, const Shape& shape);
  bool is_code(const Paragraph& paragraph, const Shape& shape) const;
  void write_pieces(const Paragraph& paragraph, const Shape& shape);
  void write_piece(const Piece& piece, std::uint8_t hidden_styles);
  void write_label(const std::string& text);

  Job& job_;
  MarkdownWriter& out_;
  const docx::Settings& settings_;
  const Survey& survey_;
  HeaderReader* header_ = nullptr;
  std::vector<docx::Flow> flows_;
  std::size_t table_depth_ = 0;
  std::vector<bool> links_;  // whether each open link is written
  std::int64_t old_value_[docx::kLevels] = {};
  bool writer_labels_items_ = false;
  std::size_t skip_bytes_ = 0;  // of the next text: it became the mark of a task
  std::string title_;
  std::uint64_t blocks_ = 0;
};

}  // namespace sluice::rtf
