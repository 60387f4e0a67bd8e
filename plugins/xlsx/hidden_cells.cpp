// SPDX-License-Identifier: Apache-2.0
#include "xlsx/hidden_cells.hpp"

#include <sluice/counted.hpp>
#include <sluice/left_out.hpp>
#include <string>

namespace sluice::xlsx {

void HiddenCells::tell(Job& job, std::string_view plugin) const {
  if (rows + columns == 0) return;
  std::string message;
  if (rows > 0) message += counted(rows, "hidden row");
  if (rows > 0 && columns > 0) message += " and ";
  if (columns > 0) message += counted(columns, "hidden column");
  message += rows + columns == 1 ? " is left out" : " are left out";
  message += how_to_convert(rows + columns, setting_of(plugin, "hidden_cells"));
  job.warn("hidden-cells", message);
}

}  // namespace sluice::xlsx
