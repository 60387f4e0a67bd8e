// Which system call the filters refuse to a library, for a worker that is only there to find out
// (wire::Load::names_forbidden). A library that is hostile can prevent it or say another number.
#pragma once

namespace sluice::program {

// While the library is loaded: a message over `channel`, and the end of the process.
void report_forbidden_calls(int channel);
// In a run's process: a number in its memory file, and the end of the process.
void note_forbidden_calls(int memory_file);

}  // namespace sluice::program
