// SPDX-License-Identifier: Apache-2.0
//
// Apart from the parser, so that what reads XML alone needs no library for archives.
#include <array>
#include <sluice/xml_stream.hpp>

namespace sluice {

void stream_xml(ZipStream& bytes, std::string_view name, std::span<const XmlNamespace> namespaces,
                XmlHandler& handler, const XmlStreamLimits& limits) {
  XmlStream stream(name, namespaces, handler, limits);
  std::array<char, std::size_t{64} << 10> buffer;
  while (const std::size_t got = bytes.read(buffer)) stream.feed({buffer.data(), got});
  stream.finish();
}

}  // namespace sluice
