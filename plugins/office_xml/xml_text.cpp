// SPDX-License-Identifier: Apache-2.0
#include "office_xml/xml_text.hpp"

#include <sluice/xml.hpp>

namespace sluice::office_xml {

void append_escaped(std::string& out, std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    // U+FFFE and U+FFFF are no characters of XML either.
    if (text.substr(at, 2) == "\xEF\xBF" && at + 2 < text.size() &&
        static_cast<unsigned char>(text[at + 2]) >= 0xBE) {
      at += 2;
    } else if (static_cast<unsigned char>(c) >= ' ' || c == '\t' || c == '\n') {
      append_xml_escaped(out, text.substr(at, 1));
    }
  }
}

void append_attribute(std::string& out, std::string_view name, std::string_view value) {
  out += ' ';
  out += name;
  out += "=\"";
  append_escaped(out, value);
  out += '"';
}

}  // namespace sluice::office_xml
