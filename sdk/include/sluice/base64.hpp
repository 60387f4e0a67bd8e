// SPDX-License-Identifier: Apache-2.0
//
// Base64 as documents hold it (RFC 4648 section 4, white space allowed as in MIME).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace sluice {

// Decodes `text`, skipping ASCII white space; padding may be missing. The URL alphabet (`-`, `_`)
// is taken too. Returns nothing if another character stands in it or the length cannot be.
std::optional<std::vector<std::uint8_t>> decode_base64(std::string_view text);

}  // namespace sluice
