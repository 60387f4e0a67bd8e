// A target that a mutation of its seed must trip, which proves that the frame notices and keeps the
// input.
#include <cstdint>
#include <string_view>

#include "frame/require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  sluice::fuzz::require(input.empty() || input[0] == 's', "the first byte is never changed");
  return 0;
}
