// SPDX-License-Identifier: Apache-2.0
//
// data: URIs (RFC 2397), which documents use to carry their images.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

struct DataUri {
  // Lower case, without parameters; "text/plain" where the URI names none or one that is not a
  // media type (RFC 6838 section 4.2). So it never holds anything but letters, digits and !#$&-^_.+
  // around one slash, and still must not be made part of a file name: see extension_for in
  // images.hpp.
  std::string media_type;
  std::vector<std::uint8_t> bytes;
};

// Whether `uri` begins with "data:", in any case.
bool is_data_uri(std::string_view uri);

// The default for the maximum size of a payload, in bytes.
inline constexpr std::uint64_t kMaxDataUriBytes = std::uint64_t{64} << 20;

// Parses a data: URI; its payload may be base64 (percent-encoded in addition, or with white space,
// or without padding) or percent-encoded text. Returns nothing if it is not a data: URI, has no
// comma, is not base64 although it claims it, or would have more than `max_bytes` bytes.
std::optional<DataUri> parse_data_uri(std::string_view uri,
                                      std::uint64_t max_bytes = kMaxDataUriBytes);

}  // namespace sluice
