// SPDX-License-Identifier: Apache-2.0
#include "legacy/flat_document.hpp"

#include <cstring>
#include <sluice/utf8.hpp>
#include <sluice/xml.hpp>
#include <string_view>

namespace sluice::legacy {

// Without the characters that XML 1.0 does not have (2.2).
void FlatDocument::append(const char* text) {
  const std::string_view bytes(text);
  std::string plain;
  for (std::size_t at = 0; at < bytes.size();) {
    const char32_t c = next_char(bytes, at);
    if (c >= 0x20 || c == '\t' || c == '\n') append_utf8(plain, c);
  }
  append_xml_escaped(xml_, plain);
}

void FlatDocument::startElement(const char* name, const librevenge::RVNGPropertyList& attributes) {
  if (is_full()) return;
  xml_.append("<").append(name);
  librevenge::RVNGPropertyList::Iter at(attributes);
  for (at.rewind(); at.next();) {
    // Meant for the libraries alone; OpenDocument has no such attributes.
    if (at.child() != nullptr || std::strncmp(at.key(), "librevenge:", 11) == 0) continue;
    xml_.append(" ").append(at.key()).append("=\"");
    append(at()->getStr().cstr());
    xml_ += '"';
  }
  xml_ += '>';
}

// Ends are written in any case, so that the document stays well-formed.
void FlatDocument::endElement(const char* name) {
  xml_.append("</").append(name).append(">");
}

void FlatDocument::characters(const librevenge::RVNGString& text) {
  if (!is_full()) append(text.cstr());
}

}  // namespace sluice::legacy
