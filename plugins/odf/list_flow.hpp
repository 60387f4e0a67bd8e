// SPDX-License-Identifier: Apache-2.0
//
// The lists that are open in a flow of blocks. Items come with their levels; what must end before
// the next item, and what it goes on with, is decided here.
#pragma once

#include <cstdint>
#include <sluice/markdown_writer.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "odf/numbers.hpp"

namespace sluice::odf {

class ListFlow {
 public:
  explicit ListFlow(MarkdownWriter& out) : out_(out) {}

  bool is_empty() const { return lists_.empty(); }
  // Of the innermost open list; -1 if there is none.
  int level() const { return lists_.empty() ? -1 : lists_.back().level; }
  // Begins an item. Numbers that follow each other are one list, whatever lists the document has
  // for them.
  void begin_item(const Label& label, std::string_view style, int level);
  // Ends all lists deeper than `level`; -1 ends all.
  void close_below(int level);

 private:
  // A list whose last item is open.
  struct OpenList {
    int level;
    bool is_ordered;
    std::string style;
    std::int64_t last;  // number
  };

  MarkdownWriter& out_;
  std::vector<OpenList> lists_;
};

}  // namespace sluice::odf
