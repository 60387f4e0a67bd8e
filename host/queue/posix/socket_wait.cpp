#include "queue/posix/socket_wait.h"

#include <poll.h>

#include <algorithm>

namespace sluice::queue {

bool wait_for_socket(int socket, Ready ready, std::chrono::milliseconds patience) {
  pollfd looked{socket, static_cast<short>(ready == Ready::kRead ? POLLIN : POLLOUT), 0};
  // An interrupted wait ends early, so that the caller can look why.
  const auto time = std::clamp<std::chrono::milliseconds::rep>(patience.count(), 0, 3'600'000);
  return ::poll(&looked, 1, static_cast<int>(time)) > 0;
}

}  // namespace sluice::queue
