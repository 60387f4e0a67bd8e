// Any bytes as a compound file: it opens or is refused, and gives no more than it has.
#include <sluice/compound_file.hpp>
#include <sluice/plugin.hpp>

#include "frame/require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using sluice::CompoundFile;
  try {
    CompoundFile file({reinterpret_cast<const char*>(data), size});
    std::vector<const CompoundFile::Entry*> waiting = {&file.root()};
    std::size_t total = 0;
    std::size_t entries = 0;
    while (!waiting.empty()) {
      const CompoundFile::Entry* entry = waiting.back();
      waiting.pop_back();
      ++entries;
      const CompoundFile::Content content = file.read(*entry);
      sluice::fuzz::require(content.bytes == file.read(*entry).bytes, "a stream reads twice alike");
      total += content.bytes.size();
      for (const CompoundFile::Entry* child : file.children(*entry)) waiting.push_back(child);
    }
    sluice::fuzz::require(total <= 2 * size, "no more is given than the file has");
    sluice::fuzz::require(entries <= size / 128 + 1, "each entry stands in one place");
  } catch (const sluice::Failure&) {
  }
  return 0;
}
