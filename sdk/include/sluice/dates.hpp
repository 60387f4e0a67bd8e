// SPDX-License-Identifier: Apache-2.0
//
// Dates as front matter has them: ISO 8601 in the profile of W3CDTF, "2024-03-01" or
// "2024-03-01T10:00:00Z".
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sluice {

// The parts of a date that must be there.
enum class DatePrecision : std::uint8_t { kYear, kMonth, kDay };

// How many bytes `text` begins with that are a date: 10 for a day ("2024-03-01"), 7 for a month, 4
// for a year, 0 for none. Shape alone: it may be the 99th of month 77.
std::size_t iso_date_size(std::string_view text);

// The date that `text` (blanks at its ends aside) is or begins with: with all that follows it if
// that is a time ("2024-03-01T..."), otherwise alone. Empty if there is none, or a less precise one
// than `least`. Other spellings ("1 March 2024", "03/01/24") are not guessed at.
std::string iso_date(std::string_view text, DatePrecision least = DatePrecision::kDay);

}  // namespace sluice
