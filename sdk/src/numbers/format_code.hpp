// SPDX-License-Identifier: Apache-2.0
//
// The code of a number format, parsed (ECMA-376, part 1, 18.8.31): what its sections ask for, not
// yet how a number looks under them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

enum class FormatTokenKind : std::uint8_t {
  kLiteral,  // `text`
  kDigit,    // `symbol`: '0' always, '#' only if it counts, '?' a blank if it does not
  kPoint,
  kPercent,
  kExponent,  // `symbol`: '+' shows every sign, '-' only a minus
  kSlash,     // of a fraction, or of a date
  kGeneral,
  kText,  // @
  kYear,  // `symbol`: 'e' for the year of an era, where the language counts in eras
  kEra,
  kMonth,
  kDay,
  kHour,
  kMinute,
  kSecond,
  kFraction,        // of a second: `count` digits, with the point
  kElapsedHours,    // [h]
  kElapsedMinutes,  // [m]
  kElapsedSeconds,  // [s]
  kHalfOfDay,       // `symbol`: 'A' for AM/PM, 'a' for A/P
};

struct FormatToken {
  FormatTokenKind kind = FormatTokenKind::kLiteral;
  char symbol = 0;
  unsigned count = 1;  // how often a letter is repeated
  std::string text;
};

enum class FormatSectionKind : std::uint8_t { kNumber, kDate, kText };

enum class Comparison : std::uint8_t {
  kLess,
  kLessEqual,
  kEqual,
  kNotEqual,
  kGreaterEqual,
  kGreater
};

struct FormatCondition {
  Comparison comparison = Comparison::kEqual;
  double value = 0;
  bool holds(double number) const;
};

struct FormatSection {
  FormatSectionKind kind = FormatSectionKind::kNumber;
  std::optional<FormatCondition> condition;
  std::vector<FormatToken> tokens;
  unsigned percents = 0;
  unsigned thousands = 0;  // commas after the digits: each divides by a thousand
  bool grouped = false;    // a comma between digits
  std::uint32_t lcid = 0;  // language of names; 0: not said

  bool has(FormatTokenKind wanted) const;
};

// The sections of a code, at least one, at most four. Never fails: what makes no sense is a
// literal.
std::vector<FormatSection> parse_format_code(std::string_view code);

}  // namespace sluice
