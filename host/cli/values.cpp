#include "cli/values.h"

#include <array>
#include <utility>

namespace sluice::cli {
namespace {

constexpr auto kUnits = std::to_array<std::pair<std::string_view, unsigned>>(
    {{"tib", 40}, {"gib", 30}, {"mib", 20}, {"kib", 10}, {"b", 0}});
constexpr auto kUnitNames = std::to_array<std::string_view>({"TiB", "GiB", "MiB", "KiB", "B"});
constexpr std::uint64_t kMaxSize = 1ULL << 62;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

// A decimal number in thousandths; up to three digits behind the point, and not over 2^40.
std::optional<std::uint64_t> parse_thousandths(std::string_view text) {
  const std::size_t point = text.find('.');
  const auto whole = parse_count(text.substr(0, point));
  if (!whole || *whole > (1ULL << 40)) return std::nullopt;
  std::uint64_t value = *whole * 1000;
  if (point == std::string_view::npos) return value;
  const std::string_view digits = text.substr(point + 1);
  const auto part = parse_count(digits);
  if (!part || digits.size() > 3) return std::nullopt;
  return value + *part * (digits.size() == 1 ? 100 : digits.size() == 2 ? 10 : 1);
}

}  // namespace

std::optional<std::uint64_t> parse_size(std::string_view text) {
  const std::string wanted = lower(text);
  for (const auto& [unit, shift] : kUnits) {
    if (!wanted.ends_with(unit)) continue;
    const std::string_view number = std::string_view(wanted).substr(0, wanted.size() - unit.size());
    if (const auto whole = parse_count(number)) {
      if (*whole > kMaxSize >> shift) return std::nullopt;
      return *whole << shift;
    }
    const auto thousandths = parse_thousandths(number);
    if (!thousandths || shift == 0 || *thousandths > (kMaxSize >> shift)) return std::nullopt;
    return (*thousandths << shift) / 1000;
  }
  return std::nullopt;
}

std::string format_size(std::uint64_t bytes) {
  for (std::size_t i = 0; i < kUnits.size(); ++i) {
    const unsigned shift = kUnits[i].second;
    const bool whole = bytes >> shift << shift == bytes;
    if (whole && (bytes >> shift) > 0) {
      return std::to_string(bytes >> shift) + std::string(kUnitNames[i]);
    }
  }
  return "0B";
}

std::optional<std::uint64_t> parse_count(std::string_view text) {
  if (text.empty() || text.size() > 19) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return value;
}

std::optional<std::uint64_t> parse_seconds(std::string_view text) {
  return parse_thousandths(text);
}

std::string format_seconds(std::uint64_t milliseconds) {
  std::string out = std::to_string(milliseconds / 1000);
  if (milliseconds % 1000 == 0) return out;
  std::string digits = std::to_string(1000 + milliseconds % 1000).substr(1);
  while (digits.back() == '0') digits.pop_back();
  return out + "." + digits;
}

std::optional<bool> parse_boolean(std::string_view text) {
  const std::string word = lower(text);
  if (word == "true" || word == "1" || word == "yes") return true;
  if (word == "false" || word == "0" || word == "no") return false;
  return std::nullopt;
}

}  // namespace sluice::cli
