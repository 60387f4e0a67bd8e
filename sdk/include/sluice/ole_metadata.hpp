// SPDX-License-Identifier: Apache-2.0
//
// The metadata of an old Office document: title, author, dates.
#pragma once

#include <cstdint>
#include <sluice/compound_file.hpp>
#include <sluice/plugin.hpp>
#include <string>

namespace sluice {

// Sets the job's metadata from the stream SummaryInformation ([MS-OLEPS] 2.18, 3.1): as
// set_office_metadata does for packages. What is missing or damaged is left out.
void set_ole_metadata(Job& job, CompoundFile& file);

// A FILETIME, in steps of 100 ns from 1601 on ([MS-DTYP] 2.3.3), as ISO 8601 in UTC. Whether it is
// a time that makes sense, up to the year 9999, is for the caller to say.
std::string iso_time_of_filetime(std::uint64_t ticks);

}  // namespace sluice
