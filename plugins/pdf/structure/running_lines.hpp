// SPDX-License-Identifier: Apache-2.0
//
// Headers, footers and page numbers. A line is one only where it stands at the paper's edge, with
// nothing but others beyond it, and is the same in place on enough pages, or differs by the page's
// own number alone. What varies in any other way (amounts, names, dates, "Invoice 1001") is text.
#pragma once

#include <string>
#include <vector>

#include "../story.hpp"
#include "profile.hpp"

namespace sluice::pdf {

struct RunningLines {
  std::vector<bool> lines;  // for each line of the story, whether it is one
  struct Row {
    std::uint32_t table;
    std::uint32_t row;
  };
  std::vector<Row> rows;  // rows of tables that are
  std::uint32_t count = 0;
  std::vector<std::string> samples;  // of their texts, the first of each kind, in order of pages
};

RunningLines find_running_lines(const Story& story, const Profile& profile);
// Removes the rows found from their tables. A table may be left without rows.
void remove_running_rows(Story& story, const RunningLines& running);

}  // namespace sluice::pdf
