// Values as people write them, on the command line, in the environment and in configuration files.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sluice::cli {

// "512MiB", "2GiB", "1.5GiB", "4096B": a number and one of B, KiB, MiB, GiB, TiB in any case.
// Nothing if it is not that, or more than 2^62.
std::optional<std::uint64_t> parse_size(std::string_view text);
// The shortest form that parse_size gives back unchanged: "2GiB", "1000B".
std::string format_size(std::uint64_t bytes);

// Decimal digits alone.
std::optional<std::uint64_t> parse_count(std::string_view text);
// Seconds as a decimal number, "0.5" or "30", to milliseconds and back.
std::optional<std::uint64_t> parse_seconds(std::string_view text);
std::string format_seconds(std::uint64_t milliseconds);
// true, false, 1, 0, yes, no.
std::optional<bool> parse_boolean(std::string_view text);

}  // namespace sluice::cli
