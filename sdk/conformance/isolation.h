// Runs a function in a process of its own and says how that ended.
#pragma once

#include <chrono>
#include <functional>
#include <string>

namespace sluice::conformance {

struct Ending {
  enum class Kind {
    kReturned,  // text: what the function returned
    kThrew,     // text: what() of what left it
    kDied,      // text: the signal, exit code or refused system call
    kTimeout,
  };
  Kind kind = Kind::kReturned;
  std::string text;
  std::string doing;  // the last note()
  int signal = 0;
};

enum class Streams { kSilent, kShown };

// The process has a plugin's environment: locale C.UTF-8, TZ=UTC, "/" as its working directory,
// empty standard input, standard output and error discarded unless shown.
Ending in_process(const std::function<std::string()>& run, std::chrono::seconds patience,
                  Streams streams);

// In such a process: what it is about to do, for the report if it dies.
void note(const std::string& doing);

// Ends such a process as if it had died, with this reason. Safe in a signal handler.
[[noreturn]] void die_of(const char* reason);

}  // namespace sluice::conformance
