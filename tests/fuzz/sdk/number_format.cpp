// A number format code, and a number for it: the first eight bytes.
#include <cstring>
#include <sluice/number_format.hpp>
#include <sluice/utf8.hpp>

#include "frame/require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  double value = 0;
  if (size < sizeof value) return 0;
  std::memcpy(&value, data, sizeof value);
  const std::string_view code(reinterpret_cast<const char*>(data) + sizeof value,
                              size - sizeof value);
  const sluice::NumberFormat format(code);
  for (const double number : {value, -1.5, 0.0, 45123.75}) {
    const std::string shown = format.number(number);
    // A code is at most 1,024 bytes; names of months and digits are what grows.
    sluice::fuzz::require(shown.size() < 100'000, "a number shows in bounded space");
    if (sluice::is_valid_utf8(code)) {
      sluice::fuzz::require(sluice::is_valid_utf8(shown), "a number shows as UTF-8");
    }
    format.number(number, sluice::Epoch::k1904, sluice::DateStyle::kIso);
  }
  format.text("text");
  return 0;
}
