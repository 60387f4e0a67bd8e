// SPDX-License-Identifier: Apache-2.0
//
// Messages in Transport Neutral Encapsulation Format ([MS-OXTNEF]): the winmail.dat that Outlook
// attaches for other Outlooks.
#pragma once

#include <string_view>

#include "msg/properties.hpp"

namespace sluice::msg {

inline constexpr std::string_view kTnefMark("\x78\x9F\x3E\x22", 4);

// `bytes` must outlive the item. Throws Failure(kMalformed) for what has no such mark.
Item read_tnef(std::string_view bytes);

}  // namespace sluice::msg
