// The proof that a plugin works in this worker: its converters' built-in documents, converted
// before any document of a user.
#pragma once

#include <optional>
#include <string>

#include "worker/program/confine.h"
#include "worker/program/plugin_library.h"
#include "worker/wire.h"

namespace sluice::program {

// Why the plugin must not be used; nothing if every canary came out as it must. Converts in this
// process, so that what forks from it inherits the caches that this filled; a converter that starts
// threads gets a fork of its own, since they would be missing from every later one.
// `key`: what a fork takes, see wire::Confined.
std::optional<std::string> canary_fault(const PluginLibrary& library, const wire::Load& facts,
                                        std::uint64_t key);

}  // namespace sluice::program
