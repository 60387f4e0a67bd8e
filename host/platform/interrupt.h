// Ctrl-C, and being asked to end: the first time a flag that work in hand looks at, the second time
// the end at once.
#pragma once

namespace sluice::platform {

// From here on SIGINT and SIGTERM are counted instead of ending the program; the second one ends it
// with exit code 130. A closed pipe is an error of the write, not a signal.
void catch_interrupts();

// True once the program was asked to stop.
bool interrupted();

}  // namespace sluice::platform
