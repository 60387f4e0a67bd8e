#pragma once

#include <string>
#include <string_view>

namespace sluice::platform {

// `text` with %XX for each byte that is a control character, a blank or one of `reserved` (RFC
// 3986, section 2.1).
std::string percent_encoded(std::string_view text, std::string_view reserved);

// Every byte as %XX.
std::string percent_escaped(std::string_view bytes);
// Whether `text` begins with a % and two hexadecimal digits.
bool is_percent_escape(std::string_view text);
// With each %XX as its byte again; any other % stays.
std::string percent_decoded(std::string_view text);

}  // namespace sluice::platform
