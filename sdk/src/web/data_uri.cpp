// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <sluice/ascii.hpp>
#include <sluice/base64.hpp>
#include <sluice/blanks.hpp>
#include <sluice/data_uri.hpp>
#include <sluice/url.hpp>

namespace sluice {
namespace {

constexpr std::string_view kPrefix = "data:";
// RFC 6838 section 4.2: a type and a subtype of at most 127 characters each.
constexpr std::size_t kMaxMediaType = 255;

bool is_media_type_character(char c) {
  return is_ascii_lower(c) || is_ascii_digit(c) ||
         std::string_view("!#$&-^_.+").find(c) != std::string_view::npos;
}

// `text` in lower case if it is a media type, "text/plain" if not.
std::string media_type_of(std::string_view text) {
  std::string type = ascii_lower(trimmed(text));
  const auto slash = type.find('/');
  const bool good = slash != std::string::npos && slash > 0 && slash + 1 < type.size() &&
                    type.size() <= kMaxMediaType &&
                    std::all_of(type.begin(), type.end(), [&](const char& c) {
                      return is_media_type_character(c) || &c == &type[slash];
                    });
  return good ? type : "text/plain";
}

}  // namespace

bool is_data_uri(std::string_view uri) {
  return starts_with_ignoring_ascii_case(uri, kPrefix);
}

std::optional<DataUri> parse_data_uri(std::string_view uri, std::uint64_t max_bytes) {
  uri = trimmed(uri);
  if (!is_data_uri(uri)) return std::nullopt;
  const auto comma = uri.find(',');
  if (comma == std::string_view::npos) return std::nullopt;
  std::string_view head = uri.substr(kPrefix.size(), comma - kPrefix.size());
  const std::string_view payload = uri.substr(comma + 1);
  // Even percent-encoded base64 does not take more than 4 characters a byte, and white space in it
  // is rare: what is far longer than that is refused before it is decoded.
  if (payload.size() / 6 > max_bytes) return std::nullopt;

  bool base64 = false;
  const auto last = head.rfind(';');
  if (last != std::string_view::npos &&
      equal_ignoring_ascii_case(trimmed(head.substr(last + 1)), "base64")) {
    base64 = true;
    head = head.substr(0, last);
  }
  DataUri out;
  out.media_type = media_type_of(head.substr(0, head.find(';')));
  const bool encoded = payload.find('%') != std::string_view::npos;
  const std::string decoded = encoded ? percent_decode(payload) : std::string();
  const std::string_view plain = encoded ? std::string_view(decoded) : payload;
  if (base64) {
    auto bytes = decode_base64(plain);
    if (!bytes) return std::nullopt;
    out.bytes = std::move(*bytes);
  } else {
    out.bytes.assign(plain.begin(), plain.end());
  }
  if (out.bytes.size() > max_bytes) return std::nullopt;
  return out;
}

}  // namespace sluice
