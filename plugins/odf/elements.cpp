// SPDX-License-Identifier: Apache-2.0
#include "odf/elements.hpp"

#include <array>
#include <charconv>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>

namespace sluice::odf {

std::span<const XmlNamespace> odf_namespaces() {
  static constexpr std::array<XmlNamespace, 17> kNames = {{
      {"office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"},
      {"text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"},
      {"table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"},
      {"draw", "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"},
      {"dr3d", "urn:oasis:names:tc:opendocument:xmlns:dr3d:1.0"},
      {"style", "urn:oasis:names:tc:opendocument:xmlns:style:1.0"},
      {"fo", "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"},
      {"svg", "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"},
      {"meta", "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"},
      {"presentation", "urn:oasis:names:tc:opendocument:xmlns:presentation:1.0"},
      {"chart", "urn:oasis:names:tc:opendocument:xmlns:chart:1.0"},
      {"form", "urn:oasis:names:tc:opendocument:xmlns:form:1.0"},
      {"manifest", "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"},
      {"xlink", "http://www.w3.org/1999/xlink"},
      {"dc", "http://purl.org/dc/elements/1.1/"},
      {"math", "http://www.w3.org/1998/Math/MathML"},
      {"loext", "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"},
  }};
  return kNames;
}

std::optional<double> points_of(std::string_view length) {
  struct Unit {
    std::string_view name;
    double points;
  };
  constexpr std::array<Unit, 6> kUnits = {
      {{"cm", 28.3465}, {"mm", 2.83465}, {"in", 72}, {"pt", 1}, {"pc", 12}, {"px", 0.75}}};
  double value = 0;
  const auto result = std::from_chars(length.data(), length.data() + length.size(), value);
  if (result.ec != std::errc()) return std::nullopt;
  const std::string_view unit(result.ptr, length.data() + length.size());
  for (const Unit& known : kUnits) {
    if (known.name == unit) return value * known.points;
  }
  return std::nullopt;
}

std::string decoded_name(std::string_view name) {
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (name[i] == '_' && i + 3 < name.size() && name[i + 3] == '_' &&
        hex_value(name[i + 1]) >= 0 && hex_value(name[i + 2]) >= 0) {
      out += static_cast<char>(hex_value(name[i + 1]) * 16 + hex_value(name[i + 2]));
      i += 3;
    } else {
      out += name[i];
    }
  }
  return out;
}

std::string plain_text(XmlNode top) {
  std::string text;
  walk_xml(
      top,
      [&](XmlNode node) {
        if (!node.is_element()) {
          text += node.value();
          return Walk::kOver;
        }
        if (named(node, "text:s") || named(node, "text:tab") || named(node, "text:line-break")) {
          text += ' ';
        }
        const bool is_aside = named(node, "text:note") || named(node, "office:annotation") ||
                              named(node, "text:ruby-text") || named(node, "draw:frame");
        return is_aside ? Walk::kOver : Walk::kInto;
      },
      [](XmlNode) {});
  return one_line(text, std::size_t{64} << 10);
}

std::string comment_text(XmlNode annotation) {
  std::string said;
  for (const XmlNode part : annotation.children()) {
    const bool is_text = named(part, "text:p") || named(part, "text:list");
    const std::string line = is_text ? plain_text(part) : std::string();
    if (!line.empty()) said.append(said.empty() ? "" : " ").append(line);
  }
  return said;
}

bool has_content(XmlNode top) {
  bool found = false;
  walk_xml(
      top,
      [&](XmlNode node) {
        if (node.is_element()) {
          found = found || std::string_view(node.name()).starts_with("draw:") ||
                  named(node, "text:note") || named(node, "table:table");
        } else {
          found = found || !is_blank(node.value());
        }
        return found ? Walk::kStop : Walk::kInto;
      },
      [](XmlNode) {});
  return found;
}

}  // namespace sluice::odf
