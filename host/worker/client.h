// A worker as the host sees it: a zygote with one plugin loaded, and the runs it forks. The host
// trusts nothing that it sends; whatever it does or fails to do, a run ends within its time.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "model/limits.h"
#include "model/sandbox.h"
#include "platform/files.h"
#include "platform/process.h"
#include "plugin/manifest.h"
#include "worker/broker.h"
#include "worker/syscall_filter.h"
#include "worker/wire.h"

namespace sluice::worker {

// The worker refuses the plugin: it does not fit its manifest or this host.
class WorkerRefused : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};
// The plugin is sound, but its built-in documents do not come out as they must on this system.
class PluginUnfit : public WorkerRefused {
 public:
  using WorkerRefused::WorkerRefused;
};
// The system cannot load the library: it needs a library or a symbol that is not there.
class NotLoadable : public WorkerRefused {
 public:
  using WorkerRefused::WorkerRefused;
};
// The plugin says that it cannot work on this system.
class PluginDeclined : public WorkerRefused {
 public:
  using WorkerRefused::WorkerRefused;
};
// Loading needs more memory than a document may have.
class LoadOutOfMemory : public WorkerRefused {
 public:
  using WorkerRefused::WorkerRefused;
};
// It did not finish loading in its time.
class LoadTooSlow : public WorkerRefused {
 public:
  using WorkerRefused::WorkerRefused;
};
// The worker did not get as far as to say so.
class WorkerDied : public std::runtime_error {
 public:
  // `end`: what is known of its end while it loaded the plugin's library.
  explicit WorkerDied(const std::string& what, platform::ProcessEnd end = {})
      : std::runtime_error(what), end_(end) {}
  bool is_violation() const;  // a signal for a forbidden system call
  // The library's own doing, which the next worker would see again.
  bool is_its_own() const;

 private:
  platform::ProcessEnd end_;
};

// The library made a forbidden system call while it was loaded, as the worker says: what() names
// the call.
class ForbiddenCall : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The sandbox is required, and the worker did not get all of it.
class SandboxMissing : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// How a worker is started.
struct WorkerSettings {
  std::string program;  // absolute path of sluice-worker
  platform::Child::Stderr standard_error = platform::Child::Stderr::kNull;
  SandboxLevel sandbox = SandboxLevel::kBestEffort;
  // Of the documents that it will convert: what one may have, loading may have, too. Loading has a
  // time of its own, and never more than a document.
  Limits limits;
  // Told what each worker got of the sandbox, before it loads its plugin; may be empty.
  std::function<void(const SandboxLayers&)> on_confined = nullptr;
  // A worker that says which system calls are forbidden to it (wire::Load::names_forbidden).
  bool names_forbidden = false;
};

// What a worker gets of the sandbox on this system: starts one that loads no plugin. Throws
// WorkerDied, SystemError.
SandboxLayers probe_sandbox(const WorkerSettings& settings);

// How a run's process ended, and what it left.
struct RunEnd {
  enum class How {
    kExited,     // code is its exit code
    kSignal,     // code is the signal, which was not ours
    kTimedOut,   // stopped by us when its time was up
    kCancelled,  // stopped by us, since nobody wants the result any more
    kOverLimit,  // it left more on the disk than `limit` allows; stopped by us if it still ran
    kLost,       // the zygote is gone and the run with it; `reason` says what is known
  };
  How how = How::kLost;
  int code = 0;
  std::string reason;
  LimitKind limit = LimitKind::kNone;
  // How far the document in hand was, in units of its converter's; 0 of 0: it did not say.
  std::uint64_t done = 0;
  std::uint64_t total = 0;
  std::string forbidden_call;        // its name, if it is known
  std::uint64_t refused_memory = 0;  // the largest request, bytes; 0: it got all that it asked for
  std::chrono::microseconds cpu_time{};
  std::uint64_t memory = 0;  // the most that it had resident, as the worker says; bytes
  std::vector<std::optional<wire::Result>> results;  // one a document, where there is a sound one
  MemoryBody body;                                   // of the documents whose body_place is memory
  bool worker_ended = false;                         // another worker must take over
};

class Worker {
 public:
  // Starts it and waits until the plugin is loaded, or `stop` says not to. Throws WorkerRefused,
  // WorkerDied, SandboxMissing, SystemError. To be used by the thread that made it, with which it
  // dies.
  Worker(platform::Files& files, const WorkerSettings& settings, const plugin::Manifest& plugin,
         const std::atomic<bool>& stop);

  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  // Lets it end by itself, and ends it if it does not.
  ~Worker();

  // Runs `input` in a process of its own. `sources`: descriptors of the jobs that are not inline.
  // A run that does not end by itself ends with the whole worker: the host knows no process but its
  // own child and those in that child's group.
  RunEnd run(const wire::RunInput& input, std::span<const platform::OsHandle* const> sources,
             Broker& broker, std::chrono::milliseconds patience, const std::atomic<bool>& stop);

 private:
  class Watch;

  platform::Message next_answer(const std::atomic<bool>& stop);
  platform::Message loaded(const std::atomic<bool>& stop);
  void expect_confined(const WorkerSettings& settings, const SyscallFilterNeeds& needs,
                       const std::atomic<bool>& stop);

  bool prepare_room(const std::string& input);
  void end_now();
  void read_results(const wire::RunInput& input, RunEnd& end);

  platform::Files& files_;
  platform::Child child_;
  std::uint64_t key_ = 0;  // see wire::Confined
  std::chrono::milliseconds load_time_;
  std::chrono::steady_clock::time_point load_deadline_;
  // What runs use one after another, each as if it were new.
  std::shared_ptr<const platform::File> memory_;
  platform::Channel channel_;  // to a run
  platform::Channel theirs_;   // its other end, until it has been handed over
  bool was_used_ = false;      // by the last run, which asked for something
  std::string area_;           // results of the last run
};

}  // namespace sluice::worker
