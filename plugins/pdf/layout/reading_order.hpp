// SPDX-License-Identifier: Apache-2.0
//
// Segments to reading order. A region is cut at its longest gutter into what is above, the columns,
// and what is below; each part is looked at again. What has no gutter is read row by row.
#pragma once

#include <cstdint>
#include <vector>

#include "aligned_tables.hpp"

namespace sluice::pdf {

struct Reader {
  virtual ~Reader() = default;
  // One row of text: its segments by x. `ground`: what its column covers; `column`: its number.
  virtual void read_line(const std::vector<std::uint32_t>& segments, const Box& ground,
                         std::int32_t column) = 0;
  virtual void read_table(const AlignedTable& table) = 0;
  virtual void read_obstacle(const Segment& obstacle) = 0;
};

// `next_column` is counted up for every column found.
void read_in_order(Segments& segments, const RuleSettings& settings, std::int32_t& next_column,
                   Reader& reader);

}  // namespace sluice::pdf
