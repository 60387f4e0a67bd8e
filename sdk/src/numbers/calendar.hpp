// SPDX-License-Identifier: Apache-2.0
//
// Serial numbers of days as spreadsheets count them (ECMA-376, part 1, 18.17.4), and the names of
// months and days.
#pragma once

#include <cstdint>
#include <optional>
#include <sluice/number_format.hpp>
#include <string>

namespace sluice {

struct Moment {
  int year = 0;
  int month = 0;    // 1 to 12
  int day = 0;      // 1 to 31; 0 for serial number 0 of 1900, as spreadsheets show it
  int weekday = 0;  // 0: Sunday
  int hour = 0;
  int minute = 0;
  int second = 0;
  int millisecond = 0;
};

// Nothing for what no spreadsheet shows as a date: before the epoch, or after the year 9999.
std::optional<Moment> moment_of(double serial, Epoch epoch);

enum class NameWidth : std::uint8_t { kShort, kWide, kLetter };

// Names in the language of a Windows LCID (MS-LCID), English if it is not known. `month` from 1,
// `weekday` from 0, Sunday.
std::string month_name(int month, NameWidth width, std::uint32_t lcid);
std::string weekday_name(int weekday, NameWidth width, std::uint32_t lcid);

}  // namespace sluice
