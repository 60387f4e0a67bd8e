// SPDX-License-Identifier: Apache-2.0
//
// Tables without rules: the text between gutters to columns and cells.
#pragma once

#include <cstdint>
#include <vector>

#include "band.hpp"
#include "trace.hpp"

namespace sluice::pdf {

struct AlignedCell {
  std::vector<std::uint32_t> segments;  // row by row
  std::uint16_t column = 0;
  std::uint16_t column_span = 1;
};

struct AlignedTable {
  std::vector<std::vector<AlignedCell>> rows;
  std::uint32_t columns = 0;
};

AlignedTable make_table(const Segments& segments, const std::vector<Row>& rows, Band band,
                        const RuleSettings& settings);

}  // namespace sluice::pdf
