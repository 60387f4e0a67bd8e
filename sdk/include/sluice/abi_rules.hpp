// SPDX-License-Identifier: Apache-2.0
//
// What abi.h says about texts, as functions: the host and RecordingJob check by the same ones. Each
// `..._fault` is empty if the text is as it must be, and otherwise says what is wrong with it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <sluice/counted.hpp>
#include <string>
#include <string_view>

namespace sluice::abi_rules {

inline constexpr std::size_t kMaxKeyBytes = 32;
inline constexpr std::size_t kMaxCodeBytes = 64;

inline bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
inline bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
inline bool is_letter(char c) {
  return is_lower(c) || (c >= 'A' && c <= 'Z');
}

// The warning for assets that were opened and never finished.
inline std::string unfinished_assets(std::ptrdiff_t count) {
  return counted(count, "asset was never finished and is left out",
                 "assets were never finished and are left out");
}

// The same for documents within it.
inline std::string unfinished_children(std::ptrdiff_t count) {
  return counted(static_cast<std::uint64_t>(count), "document within it was never finished and is",
                 "documents within it were never finished and are") +
         " left out";
}

// The warning for a body that is not UTF-8.
inline std::string replaced_characters(std::uint64_t count) {
  return counted(count, "broken character was replaced by U+FFFD",
                 "broken characters were replaced by U+FFFD");
}

// 1 to `most` of [a-z0-9-].
inline bool is_word(std::string_view text, std::size_t most) {
  return !text.empty() && text.size() <= most && std::all_of(text.begin(), text.end(), [](char c) {
    return is_lower(c) || is_digit(c) || c == '-';
  });
}

inline bool is_sidecar_kind(std::string_view kind) {
  return is_word(kind, kMaxKeyBytes);
}

inline bool is_metadata_key(std::string_view key) {
  if (key.empty() || key.size() > kMaxKeyBytes || !is_lower(key[0])) return false;
  for (const std::string_view host_key : {"source", "sha256", "media_type", "converter"}) {
    if (key == host_key) return false;
  }
  return std::all_of(key.begin(), key.end(),
                     [](char c) { return is_lower(c) || is_digit(c) || c == '_'; });
}

// "2024", "2024-05", "2024-05-31", and behind a full date "T12:00", "T12:00:00.5", "Z", "+02:00"
// (ISO 8601, extended format). Numbers within their ranges.
inline bool is_iso_date(std::string_view text) {
  const auto number = [&text](std::size_t digits, int low, int high) {
    if (text.size() < digits) return false;
    int value = 0;
    for (const char c : text.substr(0, digits)) {
      if (!is_digit(c)) return false;
      value = value * 10 + (c - '0');
    }
    text.remove_prefix(digits);
    return value >= low && value <= high;
  };
  const auto next_is = [&text](char c) {
    if (text.empty() || text[0] != c) return false;
    text.remove_prefix(1);
    return true;
  };
  if (!number(4, 0, 9999)) return false;
  if (text.empty()) return true;
  if (!next_is('-') || !number(2, 1, 12)) return false;
  if (text.empty()) return true;
  if (!next_is('-') || !number(2, 1, 31)) return false;
  if (text.empty()) return true;
  if (!next_is('T') || !number(2, 0, 24) || !next_is(':') || !number(2, 0, 59)) return false;
  if (next_is(':')) {
    if (!number(2, 0, 60)) return false;
    if (next_is('.')) {
      if (!number(1, 0, 9)) return false;
      while (!text.empty() && is_digit(text[0])) text.remove_prefix(1);
    }
  }
  if (text.empty() || text == "Z") return true;
  return (next_is('+') || next_is('-')) && number(2, 0, 23) &&
         (text.empty() || ((next_is(':'), number(2, 0, 59)) && text.empty()));
}

// Subtags of letters and digits with `-` between them, the first of letters (BCP 47, section 2.1).
inline bool is_language_tag(std::string_view text) {
  bool first = true;
  while (true) {
    const std::string_view part = text.substr(0, text.find('-'));
    if (part.empty() || part.size() > 8) return false;
    for (const char c : part) {
      if (!is_letter(c) && (first || !is_digit(c))) return false;
    }
    if (part.size() == text.size()) return true;
    text.remove_prefix(part.size() + 1);
    first = false;
  }
}

// The value of a metadata key that has a form of its own. REQUIRES: not empty.
inline std::string metadata_fault(std::string_view key, std::string_view value) {
  const auto fault = [&](const char* form) {
    return std::string(key) + " \"" + std::string(value.substr(0, 100)) + "\" is not " + form;
  };
  if ((key == "created" || key == "modified") && !is_iso_date(value)) {
    return fault("a date of ISO 8601, as in 2024-05-31");
  }
  if (key == "language" && !is_language_tag(value)) {
    return fault("a language tag of BCP 47, as in en-GB");
  }
  if (key == "pages" && (value.size() > 18 || !std::all_of(value.begin(), value.end(), is_digit))) {
    return fault("a decimal number");
  }
  return {};
}

}  // namespace sluice::abi_rules
