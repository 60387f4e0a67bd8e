// Connections are made here, in the host: the address that was checked is the one that the kernel
// gets, and no other process can make one.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "fetch/address.h"
#include "platform/os_handle.h"

namespace sluice::fetch {

// A connected socket that does not block; nothing and a reason if that cannot be, or `stop` says
// so.
std::optional<platform::OsHandle> connect_to(const Address& address, std::uint16_t port,
                                             std::chrono::milliseconds patience,
                                             const std::atomic<bool>& stop, std::string& why_not);

}  // namespace sluice::fetch
