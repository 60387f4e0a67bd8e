// A metafile of either kind, drawn. What comes out is bounded and well-formed, and the same each
// time.
#include <sluice/metafile.hpp>
#include <sluice/xml.hpp>

#include "frame/require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto drawn = sluice::draw_metafile(bytes);
  if (!drawn) return 0;
  using sluice::fuzz::require;
  require(drawn->bytes.size() < std::size_t{256} << 20, "a drawing is bounded");
  if (drawn->media_type == "image/svg+xml") {
    require(sluice::parse_xml(drawn->bytes, "svg").defect().empty(), "a drawing is well-formed");
  }
  const auto again = sluice::draw_metafile(bytes);
  require(again && again->bytes == drawn->bytes, "a drawing is the same each time");
  return 0;
}
