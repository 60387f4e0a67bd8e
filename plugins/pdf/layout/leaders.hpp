// SPDX-License-Identifier: Apache-2.0
//
// Entries of a table of contents: a title, dots that lead the eye, the number of a page. However
// wide its gaps, an entry is one segment.
#pragma once

#include <string_view>

#include "segments.hpp"

namespace sluice::pdf {

// Joins the segments of each entry, of those without dots in line with others, too.
void join_entries(const PageContent& page, Segments& segments);

// "12", "iv": what stands at the end of an entry.
bool is_page_label(std::string_view text);

// Where the run of dots that begins at or behind `from` begins, and its end: at least five dots,
// with or without blanks between. Both are the text's size if there is none.
struct DotRun {
  std::size_t begin;
  std::size_t end;
};
DotRun find_dots(std::string_view text, std::size_t from);

}  // namespace sluice::pdf
