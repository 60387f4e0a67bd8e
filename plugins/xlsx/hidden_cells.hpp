// SPDX-License-Identifier: Apache-2.0
//
// Rows and columns of sheets that are hidden, or filtered away, and are left out for it.
#pragma once

#include <cstdint>
#include <sluice/plugin.hpp>
#include <string_view>

namespace sluice::xlsx {

// Of those that have content.
struct HiddenCells {
  std::uint64_t rows = 0;
  std::uint64_t columns = 0;

  void add(const HiddenCells& other) {
    rows += other.rows;
    columns += other.columns;
  }
  // Warns of them, if there are any. `plugin`: the id that options are set by; empty where nobody
  // can set them.
  void tell(Job& job, std::string_view plugin) const;
};

}  // namespace sluice::xlsx
