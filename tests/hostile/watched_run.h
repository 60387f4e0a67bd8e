// A run of the real program, with an eye on what it and its workers take while it lives.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "kit/program.h"

namespace sluice::test {

struct WatchedRun {
  Finished finished;
  std::chrono::milliseconds time{};
  std::uint64_t host_peak = 0;    // resident bytes of the program itself, at most
  std::uint64_t worker_peak = 0;  // resident bytes of the largest of its descendants, at most
  bool was_stopped = false;       // it was not done in time
};

// Runs sluice with these arguments, for at most `patience`.
WatchedRun run_watched(std::vector<std::string> arguments, std::chrono::seconds patience);

// What is anywhere below `root` but in `except`, by relative path: kind, mode, size, time of change
// and where a link leads.
std::map<std::string, std::string> surroundings(const std::filesystem::path& root,
                                                const std::filesystem::path& except);

}  // namespace sluice::test
