// Any bytes as an archive: it opens or is refused, and read() and stream() give the same.
#include <sluice/zip.hpp>

#include "frame/require.h"

namespace {

// The bytes, or nothing if they are refused.
template <class Code>
std::string given(Code code, bool& refused) {
  try {
    return code();
  } catch (const sluice::Failure&) {
    refused = true;
    return {};
  }
}

std::string streamed(const sluice::Zip& zip, const sluice::ZipEntry& entry) {
  sluice::ZipStream stream = zip.stream(entry);
  std::string out;
  std::string buffer(1000, '\0');
  while (const std::size_t got = stream.read(buffer)) out.append(buffer, 0, got);
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  sluice::ZipLimits limits;
  limits.read_bytes = 1 << 22;
  limits.total_bytes = 1 << 24;
  limits.ratio_grace = 1 << 20;
  try {
    const sluice::Zip zip({reinterpret_cast<const char*>(data), size}, limits);
    std::uint64_t total = 0;
    for (const sluice::ZipEntry& entry : zip.entries()) {
      bool read_refused = false;
      bool stream_refused = false;
      const std::string whole = given([&] { return zip.read(entry); }, read_refused);
      const std::string pieces = given([&] { return streamed(zip, entry); }, stream_refused);
      if (!read_refused && !stream_refused) {
        sluice::fuzz::require(whole == pieces, "an entry reads as it streams");
      }
      total += whole.size() + pieces.size();
      sluice::fuzz::require(zip.find(entry.name) != nullptr, "an entry is found by its name");
    }
    sluice::fuzz::require(total <= limits.total_bytes, "no more is given than the limit allows");
  } catch (const sluice::Failure&) {
  }
  return 0;
}
