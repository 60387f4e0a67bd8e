// Running the real program as a user's shell does, and looking at what it left.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "kit/files.h"
#include "kit/temp_dir.h"

namespace sluice::test {

struct Finished {
  int exit_code = -1;  // 128 + signal if it was killed
  std::string out;
  std::string err;
};

// A started program, its output going to files. Killed if it is still there at the end.
class Running {
 public:
  explicit Running(std::vector<std::string> command,
                   std::map<std::string, std::string> environment = {},
                   const std::filesystem::path& working_directory = {});
  ~Running();
  Running(Running&& other) noexcept;
  Running& operator=(Running&&) = delete;

  int pid() const { return pid_; }
  // Processes below it, at this moment.
  std::vector<int> descendants() const;
  bool is_running();
  void signal(int number) const;
  Finished wait();

 private:
  TempDir* output_ = nullptr;
  int pid_ = 0;
  std::optional<int> status_;
};

// build/bin/sluice.
std::string sluice_program();
// What tests give the program: nothing of the machine's own configuration, and no converter of
// pictures, since those that tests write beside documents have no pixels.
std::map<std::string, std::string> test_environment();
// Runs sluice with these arguments to its end. `environment` comes before test_environment(); an
// empty SLUICE_PLUGINS_DENY in it denies no converter.
Finished sluice(std::vector<std::string> arguments,
                std::map<std::string, std::string> environment = {},
                const std::filesystem::path& working_directory = {});

}  // namespace sluice::test
