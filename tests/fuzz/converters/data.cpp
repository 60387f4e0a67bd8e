#include "data/converter.hpp"
#include "fuzz_converter.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sluice;
  static const fuzz::ConverterCase kXml{"feed.xml", "application/xml", {"{}"}};
  static const fuzz::ConverterCase kJson{"data.json", "application/json", {"{}"}};
  fuzz::fuzz_converter<data::XmlConverter>(data, size, kXml);
  return fuzz::fuzz_converter<data::JsonConverter>(data, size, kJson);
}
