// SPDX-License-Identifier: Apache-2.0
//
// Rules of recurrence (RFC 5545, section 3.3.10) in words.
#pragma once

#include <string>
#include <string_view>

namespace sluice::calendar {

// "every 2 weeks on Monday and Wednesday, until 2024-12-31". A rule that is none is shown as it is.
std::string recurrence_text(std::string_view rule);

}  // namespace sluice::calendar
