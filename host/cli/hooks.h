// The user's programs that get every event: each has a thread, which runs it once a group, or once
// for several groups if it is slow. At least once, in order, whoever dies: its position is in the
// registry, and a kernel lock keeps two processes from running it at a time.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cli/settings.h"
#include "platform/files.h"

namespace sluice::cli {

// After so many failures in a row, the pause before the next try.
std::chrono::seconds hook_pause(std::int64_t failures);

class Hooks {
 public:
  using Warn = std::function<void(const std::string&)>;
  enum class Patience {
    kBackOff,  // one that failed waits until its time
    kNow,      // each is tried at once
  };

  // Starts nothing if there are no hooks. `files` outlives it. `kb`: its path.
  Hooks(platform::Files& files, const Settings& settings, const std::string& kb,
        Patience patience = Patience::kBackOff);
  // Stops what runs; those events come again.
  ~Hooks();
  Hooks(const Hooks&) = delete;
  Hooks& operator=(const Hooks&) = delete;

  // Events may have been committed.
  void notify();
  // Waits until each hook has taken all events, or has failed, or had its time. Then tells which
  // have not taken all.
  void finish(const Warn& warn);

 private:
  class Hook;
  std::vector<std::unique_ptr<Hook>> hooks_;
};

}  // namespace sluice::cli
