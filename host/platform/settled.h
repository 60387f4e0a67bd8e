// Whether a file from a worker is settled: no process can still write to it, and it has no
// unwritten parts.
#pragma once

#include "platform/os_handle.h"

namespace sluice::platform {

// True if a process keeps the file open for writing, keeps it mapped so, or has such a descriptor
// under way in a socket. `file` is open for reading alone. False also where the file system cannot
// tell. Waits for up to two seconds before it says so: a process that another thread starts holds
// all of this one's descriptors until its program begins.
bool is_open_for_writing(const File& file);

// The same at this moment, without waiting.
bool has_writer(const File& file);

// True if parts of the file take no space. False also where the file system cannot tell.
bool has_holes(const File& file);

}  // namespace sluice::platform
