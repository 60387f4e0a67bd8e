// Finding out what a source is: in the host, over a file that nobody has looked at.
#include "frame/require.h"
#include "plugin/router.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sluice;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::string_view start = bytes.substr(0, 64 << 10);
  for (const char* name : {"document", "document.docx", "document.html", "document.txt"}) {
    const plugin::SourceType type = plugin::sniff(start, plugin::directory_of(bytes), name);
    fuzz::require(!type.media_type.empty() && type.media_type.find('/') != std::string::npos,
                  "there is always a media type");
    fuzz::require(!type.why.empty(), "it says why");
  }
  // The host sniffs a start and a directory that need not meet.
  plugin::sniff(bytes.substr(0, size / 3), bytes.substr(size - size / 3), "document.zip");
  return 0;
}
