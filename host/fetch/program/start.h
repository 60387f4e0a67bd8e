// How `sluice-fetch` begins: with the channel to the host, its start message, and a guard.
#pragma once

#include <optional>

#include "fetch/messages.h"
#include "platform/channel.h"

namespace sluice::fetch_program {

platform::Channel open_channel();

// What the host wants. This process has a guard then (worker/program/posix/guard.h). Nothing if
// there is no message that can be read, or no guard.
std::optional<fetch::Start> receive_start(platform::Channel& host);

}  // namespace sluice::fetch_program
