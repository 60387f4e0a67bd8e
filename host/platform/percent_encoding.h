#pragma once

#include <string>
#include <string_view>

namespace sluice::platform {

// `text` with %XX for each byte that is a control character, a blank or one of `reserved` (RFC
// 3986, section 2.1).
std::string percent_encoded(std::string_view text, std::string_view reserved);

}  // namespace sluice::platform
