// SPDX-License-Identifier: Apache-2.0
//
// What poppler keeps for the whole process: its global parameters, made once when the plugin is
// loaded, and its messages, which are counted and not printed.
#pragma once

#include <cstdint>

namespace sluice::pdf {

// Makes poppler ready, once. Throws Failure(missing-dependency) if the library that was loaded is
// not the version this plugin was built for: its private interface changes with every version.
void set_up_poppler();

// Errors that poppler reported since the last reset: a sign of a damaged file.
void reset_reported_errors();
std::uint64_t reported_errors();

}  // namespace sluice::pdf
