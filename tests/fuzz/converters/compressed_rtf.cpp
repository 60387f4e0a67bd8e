// RTF as Outlook compresses it: whatever comes out is bounded by what went in.
#include <cstddef>
#include <cstdint>
#include <sluice/plugin.hpp>

#include "frame/require.h"
#include "rtf/compressed.hpp"
#include "rtf/encapsulated.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const auto done = sluice::rtf::decompressed({data, size});
    sluice::fuzz::require(done.rtf.size() <= size * 9, "a byte becomes 8.5 at most");
    const std::string inner = sluice::rtf::de_encapsulated(done.rtf);
    sluice::fuzz::require(inner.size() <= done.rtf.size() * 8, "what is taken out is bounded");
  } catch (const sluice::Failure&) {
  }
  return 0;
}
