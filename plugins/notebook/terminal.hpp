// SPDX-License-Identifier: Apache-2.0
//
// What a program printed, as it would stand on a terminal.
#pragma once

#include <string>
#include <string_view>

namespace sluice::notebook {

// `text` without control sequences (ECMA-48: colours, cursor movements, titles), with the effect of
// carriage returns and backspaces: of a progress bar, its last state stays. Linear.
std::string shown_on_terminal(std::string_view text);

}  // namespace sluice::notebook
