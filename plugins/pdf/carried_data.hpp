// SPDX-License-Identifier: Apache-2.0
//
// Tables that a library reads at run time, where Sluice brought them along, as its tar file does.
#pragma once

#include <string>
#include <string_view>

namespace sluice::pdf {

// The folder <prefix>/share/<name>; empty if there is none: the tables are the system's.
std::string carried_data(std::string_view name);

}  // namespace sluice::pdf
