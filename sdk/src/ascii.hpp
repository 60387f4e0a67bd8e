// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace sluice::detail {

// Where the run of ASCII that begins at `at` ends.
std::size_t skip_ascii(std::string_view text, std::size_t at);

}  // namespace sluice::detail
