// SPDX-License-Identifier: Apache-2.0
//
// One entry of a YAML mapping, read by yaml-cpp. The text comes from strangers: it is bounded
// before the parser sees it, nothing is expanded, and no exception of the parser leaves this file.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sluice::markdown_plugin {

struct YamlEntry {
  enum class Kind : std::uint8_t {
    kText,   // a value, or a flat list of values as "a, b"
    kNull,   // nothing: `~`, `null`, or no value
    kOther,  // nested, of several lines, with an alias or a tag, or no YAML at all
  };
  Kind kind = Kind::kOther;
  std::string name;
  std::string value;
};

// Reads `text`, which is `name: value` and the lines that belong to it. Not more than a few times
// as long as the text takes: nesting ends the reading, and there is no alias to follow.
YamlEntry read_yaml_entry(std::string_view text);

// The same for what most fields are, one line with a plain or simply quoted value, without the
// parser, whose making alone costs more than reading the rest of a small note. Nothing if the text
// is not as simple as that.
std::optional<YamlEntry> read_simple_entry(std::string_view text);

}  // namespace sluice::markdown_plugin
