// Whose code crashed: the plugin's, or that of a library it uses.
#pragma once

#include <string>

namespace sluice::conformance {

// For a process of its own. From here on SIGSEGV and SIGBUS in code of a library that the plugin
// links end the process with exit code 0; in code of the library at `path`, or in the C library
// called from there, they end it as ever. Nobody can mend a library from outside, and the host
// reports such an end as out-of-memory, since it saw the request that it refused. Where the
// instruction cannot be found (not x86-64, not AArch64), each counts as the plugin's.
void forgive_crashes_of_libraries(const std::string& path);

}  // namespace sluice::conformance
