// The time of day, and where it is allowed to come from.
#pragma once

#include <cstdint>
#include <string>

namespace sluice::platform {

// Nanoseconds since 1970, on the clock that stamps files.
std::int64_t file_clock_ns();

// Seconds since 1970 for what is recorded in a knowledge base. SOURCE_DATE_EPOCH, where set, takes
// the clock's place, so that a run can be repeated to the byte.
std::int64_t record_time_s();

// "2026-01-31T12:00:00Z" and "2026-01-31 12:00:00", both UTC.
std::string iso_time(std::int64_t seconds);
std::string log_time(std::int64_t seconds);

}  // namespace sluice::platform
