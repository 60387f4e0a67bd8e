#include "hostile/watched_run.h"

#include <signal.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <thread>

namespace sluice::test {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

// proc(5): a line "VmHWM:   123 kB" of /proc/<pid>/status; 0 for a process that is gone.
std::uint64_t status_bytes(int process, const std::string& field) {
  std::ifstream status("/proc/" + std::to_string(process) + "/status");
  std::string word;
  while (status >> word) {
    if (word != field + ":") continue;
    std::uint64_t kibibytes = 0;
    status >> kibibytes;
    return kibibytes * 1024;
  }
  return 0;
}

}  // namespace

WatchedRun run_watched(std::vector<std::string> arguments, std::chrono::seconds patience) {
  arguments.insert(arguments.begin(), sluice_program());
  Running program(std::move(arguments),
                  {{"XDG_CONFIG_HOME", "/nonexistent"}, {"XDG_DATA_HOME", "/nonexistent"}});
  WatchedRun run;
  const Clock::time_point begin = Clock::now();
  while (program.is_running()) {
    if (Clock::now() - begin > patience) {
      run.was_stopped = true;
      program.signal(SIGKILL);
      break;
    }
    run.host_peak = std::max(run.host_peak, status_bytes(program.pid(), "VmHWM"));
    for (const int worker : program.descendants()) {
      run.worker_peak = std::max(run.worker_peak, status_bytes(worker, "VmHWM"));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  run.finished = program.wait();
  run.time = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin);
  return run;
}

std::map<std::string, std::string> surroundings(const fs::path& root, const fs::path& except) {
  std::map<std::string, std::string> all;
  for (auto entry = fs::recursive_directory_iterator(root); entry != fs::end(entry); ++entry) {
    if (entry->path() == except) {
      entry.disable_recursion_pending();
      continue;
    }
    struct stat status {};
    ::lstat(entry->path().c_str(), &status);
    std::string what =
        std::to_string(status.st_mode) + " " + std::to_string(status.st_ctim.tv_sec) + "." +
        std::to_string(status.st_ctim.tv_nsec) + " " + std::to_string(status.st_size);
    if (entry->is_symlink()) what += " -> " + fs::read_symlink(entry->path()).string();
    all[entry->path().lexically_relative(root).string()] = what;
  }
  return all;
}

}  // namespace sluice::test
