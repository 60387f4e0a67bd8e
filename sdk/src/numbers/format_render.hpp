// SPDX-License-Identifier: Apache-2.0
//
// One section of a number format at work.
#pragma once

#include <sluice/number_format.hpp>
#include <string>

#include "numbers/format_code.hpp"

namespace sluice {

// `value`: as it is, sign included.
std::string render_number(const FormatSection& section, double value, bool keep_sign);
std::string render_date(const FormatSection& section, double serial, Epoch epoch, DateStyle style);

}  // namespace sluice
