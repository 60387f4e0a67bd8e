// SPDX-License-Identifier: Apache-2.0
//
// Heads that share one ruled cell: names of years, each centred over its columns, with no rule
// between them.
#pragma once

#include "grid_rules.hpp"
#include "ruled_tables.hpp"
#include "trace.hpp"

namespace sluice::pdf {

inline constexpr std::string_view kSpreadHeads = "spread-heads";

// Parts each such cell of the grid into one for each name. `text`: of its cells.
void part_spread_heads(const PageContent& page, const std::vector<Face>& faces,
                       const RuleSettings& settings, Grid& grid, GridText& text);

}  // namespace sluice::pdf
