// SPDX-License-Identifier: Apache-2.0
//
// Whether a text is a YAML block mapping that others can read. The text comes from strangers:
// nothing is expanded, nesting ends the reading, and no exception of the parser leaves this file.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sluice::markdown_plugin {

// Whether `text` is one mapping in block style whose names are scalars, each there once, and which
// nests at most 64 deep. REQUIRES: it has passed abi_rules::front_matter_fault.
bool is_yaml_mapping(std::string_view text);

// The name of an entry that is one line with a plain or simply quoted value, without the parser,
// whose making alone costs more than reading the rest of a small note. Nothing if it is not as
// simple as that.
std::optional<std::string_view> simple_entry_name(std::string_view entry);

}  // namespace sluice::markdown_plugin
