// SPDX-License-Identifier: Apache-2.0
//
// Writes the blocks of an AsciiDoc file as Markdown (https://docs.asciidoctor.org/asciidoc/latest).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "markup/asciidoc/document.hpp"
#include "markup/asciidoc/list_marks.hpp"
#include "markup/asciidoc/table.hpp"
#include "markup/asciidoc/text.hpp"

namespace sluice::markup::asciidoc {

// It has functions for each kind of block, and some for what they share.
class Reader {
 public:
  Reader(Output& to, std::string_view source);
  void read();
  const Places& places() const { return places_; }

 private:
  struct Block {
    const Lines& lines;
    const std::vector<std::size_t>& ends;
    int depth = 0;
  };

  std::size_t header(std::size_t at);
  void author_lines(std::string_view line);
  void blocks(const Lines& lines, int depth);
  std::size_t metadata(const Block& in, std::size_t at, BlockAttributes& block);
  std::size_t block(const Block& in, std::size_t at, BlockAttributes& block);
  std::size_t section(const Block& in, std::size_t at);
  std::size_t block_macro(const Block& in, std::size_t at, const BlockAttributes& block);
  std::size_t delimited(const Block& in, std::size_t at, BlockAttributes& block);
  void compound(const Lines& inner, char kind, int depth, const BlockAttributes& block);
  void styled(const Lines& inner, int depth, const BlockAttributes& block);
  void code(const Lines& inner, std::string_view language);
  void formula(const Lines& inner, const BlockAttributes& block);
  void quote(const Lines& inner, int depth, const BlockAttributes& block);
  void verse(const Lines& inner);
  void admonition(std::string_view kind, const Lines& inner, int depth,
                  const BlockAttributes& block);
  void title_of(const BlockAttributes& block);
  void image(std::string_view target, std::string_view content);
  void table(const Lines& inner, std::string_view delimiter, int depth,
             const BlockAttributes& block);
  void cell(const Cell& cell, const Column& column, bool is_head, int depth);

  // reader_lists.cpp
  std::size_t list(const Block& in, std::size_t at, const BlockAttributes& block);
  std::size_t item(const Block& in, std::size_t at, const ListMark& mark,
                   const BlockAttributes& block, std::int64_t& number);
  std::size_t terms(const Block& in, std::size_t at, const ListMark& mark, std::string& text);
  std::size_t item_text(const Block& in, std::size_t at, std::string& text) const;
  std::size_t attached(const Block& in, std::size_t at);
  bool is_of_outer_list(std::string_view sign) const;

  std::size_t literal(const Block& in, std::size_t at);
  std::size_t paragraph(const Block& in, std::size_t at, const BlockAttributes& block);
  bool ends_paragraph(const Lines& lines, std::size_t at) const;
  bool keeps_lines() const;

  Output& to_;
  MarkdownWriter& out_;
  Lines lines_;
  Attributes attributes_;
  Places places_;
  Text text_;
  int open_items_ = 0;
  std::vector<std::string_view> open_lists_;  // the marks of the lists around
};

}  // namespace sluice::markup::asciidoc
