// Where `sluice-fetch` gives up its rights, before it receives anything from outside.
#pragma once

#include "fetch/messages.h"
#include "model/sandbox.h"

namespace sluice::fetch_program {

// Never returns if a limit cannot be set. See the layers for what it got of the rest.
SandboxLayers confine(const fetch::Start& start);

}  // namespace sluice::fetch_program
