// SPDX-License-Identifier: Apache-2.0
//
// What a first reading of the text finds out, where the second needs it: which headings bookmarks
// stand under, and whether a font for code is the font of all text.
#pragma once

#include <cstdint>
#include <sluice/heading_anchor.hpp>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "rtf/header_tables.hpp"
#include "rtf/story.hpp"

namespace sluice::rtf {

class Survey : public BlockSink {
 public:
  // `header`: of the reader that hands on the blocks. It must outlive the reading.
  void begin(HeaderReader& header) { header_ = &header; }
  void block(Block&& block) override;

  // Where a link to `bookmark` leads: the heading before it, or empty.
  std::string_view fragment_of(std::string_view bookmark) const;
  // Whether most text is set in a typewriter's font, so that the font does not mean code.
  bool is_typewritten() const { return code_bytes_ * 2 > text_bytes_; }

 private:
  void read(const Paragraph& paragraph);

  HeaderReader* header_ = nullptr;
  HeadingAnchors anchors_;
  std::vector<std::string> fragments_;
  std::unordered_map<std::string, std::size_t> bookmarks_;  // into fragments_
  std::uint64_t text_bytes_ = 0;
  std::uint64_t code_bytes_ = 0;
};

// What a paragraph is: by its own outline level, or by its style.
struct Shape {
  docx::Role role = docx::Role::kNone;
  int level = 0;
  std::int32_t list = 0;
  std::uint8_t looks = 0;  // what its style adds to the look of all its text
};
Shape shape_of(const Paragraph& paragraph, const HeaderReader& header);

// The words of a paragraph, as a heading's anchor is made of them.
std::string words_of(const Paragraph& paragraph);

}  // namespace sluice::rtf
