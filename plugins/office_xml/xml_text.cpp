// SPDX-License-Identifier: Apache-2.0
#include "office_xml/xml_text.hpp"

#include <algorithm>
#include <sluice/xml.hpp>

namespace sluice::office_xml {

namespace {

// How many bytes at the start of `text` are no character of XML: a control character, U+FFFE or
// U+FFFF.
std::size_t bytes_to_drop(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  if (first < ' ') return first == '\t' || first == '\n' ? 0 : 1;
  const bool is_noncharacter = first == 0xEF && text.size() > 2 && text[1] == '\xBF' &&
                               static_cast<unsigned char>(text[2]) >= 0xBE;
  return is_noncharacter ? 3 : 0;
}

}  // namespace

void append_escaped(std::string& out, std::string_view text) {
  std::size_t from = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t dropped = bytes_to_drop(text.substr(at));
    if (dropped > 0) {
      append_xml_escaped(out, text.substr(from, at - from));
      from = at + dropped;
    }
    at += std::max<std::size_t>(dropped, 1);
  }
  append_xml_escaped(out, text.substr(from));
}

void append_attribute(std::string& out, std::string_view name, std::string_view value) {
  out += ' ';
  out += name;
  out += "=\"";
  append_escaped(out, value);
  out += '"';
}

}  // namespace sluice::office_xml
