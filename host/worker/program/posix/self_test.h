// What a worker of this build could still do after it has confined itself: it tries. So a layer
// that the kernel took, but that holds nothing, is a broken promise in `doctor` and `required`.
// The host tests the filter that it hands out by itself (worker/filter_audit.h); this is for what
// only the worker puts on.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "model/promises.h"
#include "worker/program/confine.h"

namespace sluice::program {

// For each promise that was not kept, what worked although it must not. For a confined worker that
// loads no library and still has the key. Narrows it.
std::map<Promise, std::string> broken_promises(Confinement& confinement, std::uint64_t key);

}  // namespace sluice::program
