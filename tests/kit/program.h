// Running the real program as a user's shell does, and looking at what it left.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sluice::test {

// A directory that goes with the object.
class TempDir {
 public:
  TempDir();
  ~TempDir();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;
  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

void write_file(const std::filesystem::path& path, const std::string& content);
std::string read_file(const std::filesystem::path& path);

// Every regular file below `root` with its content, by relative path; directories end in "/".
using Tree = std::map<std::string, std::string>;
Tree tree_of(const std::filesystem::path& root);
// raw/ and wiki/ of a KB, without the log, whose times differ.
Tree published_tree(const std::filesystem::path& kb);

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
// Runs sluice with these arguments to its end.
Finished sluice(std::vector<std::string> arguments,
                std::map<std::string, std::string> environment = {},
                const std::filesystem::path& working_directory = {});

}  // namespace sluice::test
