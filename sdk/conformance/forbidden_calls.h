// Lets this process die, with the name of the call, when it asks the system for what no plugin may
// do.
#pragma once

namespace sluice::conformance {

struct Forbidden {
  bool reaching_out = false;  // other processes, signals to others, network sockets
  bool threads = false;       // starting any
  bool writing = false;       // opening a file for writing, and changing names
};

// For the rest of this process.
void forbid(const Forbidden& what);

}  // namespace sluice::conformance
