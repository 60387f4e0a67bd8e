// SPDX-License-Identifier: Apache-2.0
//
// Tables that go on over pages: one table, with its head once.
#pragma once

#include <vector>

#include "../story.hpp"

namespace sluice::pdf {

// Moves the rows of a table that goes on from the page before to the table there. `running`: for
// each line, whether it is a header or a footer, which parts no table.
void join_tables_over_pages(Story& story, const std::vector<bool>& running);

}  // namespace sluice::pdf
