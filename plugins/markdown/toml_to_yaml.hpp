// SPDX-License-Identifier: Apache-2.0
//
// A TOML document as a YAML block mapping with the same names, types and order.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sluice::markdown_plugin {

// Nothing if `toml` is not TOML 1.0. Comments have no place in the result.
std::optional<std::string> toml_to_yaml(std::string_view toml);

}  // namespace sluice::markdown_plugin
