// SPDX-License-Identifier: Apache-2.0
//
// Dates, times and durations of calendars (RFC 5545, section 3.3) as people read them.
#pragma once

#include <string>
#include <string_view>

#include "calendar/content_lines.hpp"

namespace sluice::calendar {

// "2024-03-01", "2024-03-01 10:00 UTC", "2024-03-01 10:00 Europe/Berlin"; what is no date as it is.
std::string time_text(std::string_view value, std::string_view zone);
std::string time_text(const Property& property);

// The same in ISO 8601, for front matter; empty for what is no date.
std::string iso_time(std::string_view value);

// "1 hour 30 minutes" for "PT1H30M"; as it is for what is no duration.
std::string duration_text(std::string_view value);

// From a start to an end, without repeating the day and the zone. Whole days end the day before.
std::string span_text(const Property& start, const Property* end);

}  // namespace sluice::calendar
