// Ctrl-C and termination signals: the first one sets a flag that the current work checks, the
// second one ends the program at once.
#pragma once

namespace sluice::platform {

// From here on SIGINT and SIGTERM are counted instead of ending the program; the second one ends it
// with exit code 130. A closed pipe is an error of the write, not a signal.
void catch_interrupts();

// True once the program was asked to stop.
bool interrupted();

// From here on SIGHUP asks for a reload instead of ending the program.
void catch_reloads();
// True once after each time that it was asked for.
bool reload_asked();

}  // namespace sluice::platform
