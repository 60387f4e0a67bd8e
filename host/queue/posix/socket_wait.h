// Waiting for a socket that a library owns.
#pragma once

#include <chrono>

namespace sluice::queue {

enum class Ready { kRead, kWrite };
// False if the time is up.
bool wait_for_socket(int socket, Ready ready, std::chrono::milliseconds patience);

}  // namespace sluice::queue
