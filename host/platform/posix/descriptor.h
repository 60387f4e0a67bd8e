// A handle as the descriptor that POSIX calls take. It still belongs to the handle.
#pragma once

#include "platform/os_handle.h"

namespace sluice::platform {

inline int descriptor_of(const OsHandle& handle) { return static_cast<int>(handle.value()); }

}  // namespace sluice::platform
