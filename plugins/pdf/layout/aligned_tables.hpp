// SPDX-License-Identifier: Apache-2.0
//
// Tables without rules: rows whose pieces stand below each other. Tells them from columns of prose
// by how full and how long the pieces are, not by where they stand.
#pragma once

#include <cstdint>
#include <vector>

#include "gutters.hpp"

namespace sluice::pdf {

// How the text between gutters is read.
enum class Reading : std::uint8_t {
  kColumns,  // down each column
  kRows,     // row by row, as lines
  kTable,
};

struct AlignedCell {
  std::vector<std::uint32_t> segments;  // row by row
  std::uint16_t column = 0;
  std::uint16_t column_span = 1;
};

struct AlignedTable {
  std::vector<std::vector<AlignedCell>> rows;
  std::uint32_t columns = 0;
};

struct Band {
  std::uint32_t first = 0;  // rows, both inclusive
  std::uint32_t last = 0;
  std::vector<Gutter> gutters;  // by x
};

// What the band is; it is narrowed to the rows of the table if it is one.
Reading judge_band(const Segments& segments, const std::vector<Row>& rows, Band& band);

AlignedTable make_table(const Segments& segments, const std::vector<Row>& rows, Band band);

}  // namespace sluice::pdf
