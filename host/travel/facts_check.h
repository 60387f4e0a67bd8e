// Whether the facts of a bundle fit together and keep the limits: names, keys, positions, sizes.
// What its files hold is checked when they are read (unpack.h).
#pragma once

#include "prepare/context.h"
#include "travel/facts.h"

namespace sluice::travel {

// Throws Refused. `settings`: the limits in force where the bundle is read.
void check_facts(const Facts& facts, const prepare::PrepareSettings& settings);

}  // namespace sluice::travel
