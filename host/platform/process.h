// Starting worker processes and knowing about our own.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "platform/channel.h"
#include "platform/files.h"

namespace sluice::platform {

// How a process ended.
struct ProcessEnd {
  enum class How { kUnknown, kExited, kSignal };
  How how = How::kUnknown;
  int code = 0;  // the exit code, or the signal
};

// A started program. It inherits nothing but its end of the channel (as descriptor 3), a pipe to
// say how a process that it guards ended (as descriptor 4: a status of wait()), its standard
// streams on the null device (standard error too, unless asked for), and a clean environment.
// It leads a process group of its own. Destroying it kills it and waits. It is to die with the
// thread that started it: keep that thread.
class Child {
 public:
  enum class Stderr { kNull, kInherit };
  static Child start(const std::string& program, const std::vector<std::string>& arguments,
                     Stderr standard_error);

  Child(Child&& other) noexcept;
  Child& operator=(Child&&) = delete;
  ~Child();

  Channel& channel() { return channel_; }
  std::int64_t id() const { return id_; }
  // Kills it and every process of its group at once, and waits for it; does nothing the second
  // time. Nothing else is ever signalled: no process is known by what a child says.
  void kill() noexcept;
  // Closes the channel, waits that long for it to end by itself, and kills it if it does not.
  void leave(std::chrono::milliseconds patience) noexcept;
  // How what it guards ended, as far as that is known within `patience`. Kills what is left.
  ProcessEnd end(std::chrono::milliseconds patience) noexcept;

 private:
  Child(std::int64_t id, Channel channel, OsHandle status)
      : id_(id), channel_(std::move(channel)), status_(std::move(status)) {}
  std::int64_t id_;
  Channel channel_;
  OsHandle status_;  // where it says how what it guards ended
};

// Goes on as another program, with our streams, environment and process id. Throws SystemError if
// that program cannot be started.
[[noreturn]] void become(const std::string& program, const std::vector<std::string>& arguments);

// A memory file for both sides of a channel. Its size is fixed for good: no one who is handed it
// can grow it, or cut it off under a reader.
File make_memory_file(const char* name, std::uint64_t size);

// Makes all of it read as zeros again, as if it were new.
void wipe_memory_file(const File& file, std::uint64_t size);

// Waits until something can be received from one of at most 8 `handles`, or its other end is gone.
// Bit i of the result stands for handles[i]; 0 if the time is up. `timeout` negative: for ever.
std::uint32_t wait_readable(std::span<const OsHandle* const> handles,
                            std::chrono::milliseconds timeout);

// What a signal that ended a process says about the cause, where it says anything.
enum class Death {
  kProcessorTime,  // the process had used up its processor time
  kFileSize,       // a file grew beyond the limit
  kForbiddenCall,  // the filter on system calls stopped it
  kKilled,         // by somebody, or by the kernel: no process can hold this one off
  kOther,
};
Death death_by(int signal);

// "SIGSEGV"; "signal 40" where it has no name.
std::string signal_name(int number);

// The running program's own file, without symlinks.
std::string executable_path();
std::int64_t process_id();
unsigned processor_count();

}  // namespace sluice::platform
