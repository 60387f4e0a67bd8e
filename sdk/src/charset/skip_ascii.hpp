// SPDX-License-Identifier: Apache-2.0
//
// The fast path over ASCII that the UTF-8 steps and the charset detector share.
#pragma once

#include <cstddef>
#include <string_view>

namespace sluice::detail {

// Where the run of ASCII that begins at `at` ends.
std::size_t skip_ascii(std::string_view text, std::size_t at);

}  // namespace sluice::detail
