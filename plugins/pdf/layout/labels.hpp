// SPDX-License-Identifier: Apache-2.0
//
// Labels with a hanging indent: numbers of clauses, dates, names of fields that stand to the left
// of their text. They look like a column of their own, and are read with their text, row by row.
#pragma once

#include <vector>

#include "band.hpp"

namespace sluice::pdf {

// What stands left and right of a band's first gutter, row by row. Counted once; the rules of
// reading_rules.hpp read it.
struct LabelFacts {
  std::uint32_t rows = 0;
  std::uint32_t labels = 0;         // rows with text on the left; headings alone are none
  std::uint32_t shared = 0;         // of these, with text on the right as well
  std::uint32_t text_alone = 0;     // rows with text on the right only
  std::uint32_t numberings = 0;     // labels that number clauses
  std::uint32_t dates = 0;          // labels that are dates
  std::uint32_t colons = 0;         // labels that end in a colon
  std::uint32_t chars = 0;          // of all labels
  std::uint32_t longest = 0;        // characters of a label
  std::uint32_t text_lower = 0;     // shared rows whose text begins with a small letter
  std::uint32_t goes_on_lower = 0;  // rows of text alone that do
  std::uint32_t many_cells = 0;     // shared rows with text in several columns on the right
};

LabelFacts label_facts_of(const Segments& segments, const std::vector<Row>& rows, const Band& band);

}  // namespace sluice::pdf
