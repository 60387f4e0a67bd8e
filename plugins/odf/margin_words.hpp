// SPDX-License-Identifier: Apache-2.0
//
// What the headers and footers that a sheet has on paper say (ODF 1.3, part 3, 16.10), element by
// element.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sluice::odf {

class MarginWords {
 public:
  // The beginning of an element; `is_displayed`: whether its style:display says so. Text and ends
  // follow.
  void start(std::string_view name, bool is_displayed);
  void text(std::string_view piece);
  void end(std::string_view name);

  // Each header and footer that has ended, without its fields (the sheet, the date), and without
  // lines that count pages. At most some thousand.
  const std::vector<std::string>& all() const { return all_; }

 private:
  std::vector<std::string> all_;
  std::string words_;          // of the one that is open
  std::string line_;           // of its paragraph
  unsigned open_ = 0;          // elements of it
  unsigned skipped_ = 0;       // elements of a field
  bool counts_pages_ = false;  // whether the line does
};

}  // namespace sluice::odf
