// SPDX-License-Identifier: Apache-2.0
//
// What an old Office document says of itself: its title, its author, its dates.
#pragma once

#include <sluice/compound_file.hpp>
#include <sluice/plugin.hpp>

namespace sluice {

// Sets the job's metadata from the stream SummaryInformation ([MS-OLEPS] 2.18, 3.1): as
// set_office_metadata does for packages. What is missing or damaged is left out.
void set_ole_metadata(Job& job, CompoundFile& file);

}  // namespace sluice
