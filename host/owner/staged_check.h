// Whether what stands in staging is still what the lane left there. Staging is hostile: a worker
// that was taken over may have had its hands on it.
#pragma once

#include <optional>
#include <string>

#include "model/bundle.h"
#include "platform/files.h"

namespace sluice::owner {

// Checks every staged file of the bundle: a regular file with one link, of
// the recorded size and, unless its identity is untouched since the lane hashed it, the recorded
// hash. Returns what is wrong, or nothing.
std::optional<std::string> check_staged(platform::Files& files, const platform::Dir& staging,
                                        const Bundle& bundle);

}  // namespace sluice::owner
