#include "kit/program.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "kit/paths.h"

namespace sluice::test {

namespace fs = std::filesystem;

namespace {

int parent_of(int pid) {
  std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
  std::string text;
  std::getline(stat, text);  // which, unlike an iterator, takes a process that ends meanwhile
  const std::size_t end = text.rfind(')');
  if (end == std::string::npos) return 0;
  std::istringstream rest(text.substr(end + 1));
  std::string state;
  int parent = 0;
  rest >> state >> parent;
  return parent;
}

int redirect(const fs::path& file, int to) {
  const int opened = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  return opened < 0 ? -1 : ::dup2(opened, to);
}

}  // namespace

Running::Running(std::vector<std::string> command, std::map<std::string, std::string> environment,
                 const fs::path& working_directory)
    : output_(new TempDir) {
  std::vector<char*> arguments;
  for (std::string& argument : command) arguments.push_back(argument.data());
  arguments.push_back(nullptr);
  const fs::path out = *output_ / "out";
  const fs::path err = *output_ / "err";
  pid_ = ::fork();
  if (pid_ == 0) {
    redirect(out, 1);
    redirect(err, 2);
    ::close(0);
    ::open("/dev/null", O_RDONLY);
    if (!working_directory.empty() && ::chdir(working_directory.c_str()) != 0) ::_exit(126);
    for (const auto& [name, value] : environment) ::setenv(name.c_str(), value.c_str(), 1);
    ::execv(arguments[0], arguments.data());
    ::_exit(127);
  }
}

Running::Running(Running&& other) noexcept
    : output_(std::exchange(other.output_, nullptr)),
      pid_(std::exchange(other.pid_, 0)),
      status_(other.status_) {}

Running::~Running() {
  if (pid_ != 0 && !status_) {
    signal(SIGKILL);
    wait();
  }
  delete output_;
}

std::vector<int> Running::descendants() const {
  std::vector<int> found;
  std::map<int, int> parents;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator("/proc", ignored)) {
    const std::string name = entry.path().filename().string();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    const int pid = std::stoi(name);
    parents[pid] = parent_of(pid);
  }
  for (const auto& [pid, parent] : parents) {
    int above = parent;
    while (above > 1 && above != pid_) above = parents.contains(above) ? parents[above] : 0;
    if (above == pid_) found.push_back(pid);
  }
  return found;
}

bool Running::is_running() {
  if (status_) return false;
  int status = 0;
  if (::waitpid(pid_, &status, WNOHANG) != pid_) return true;
  status_ = status;
  return false;
}

void Running::signal(int number) const {
  ::kill(pid_, number);
}

Finished Running::wait() {
  if (!status_) {
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    status_ = status;
  }
  Finished finished;
  finished.exit_code = WIFSIGNALED(*status_) ? 128 + WTERMSIG(*status_) : WEXITSTATUS(*status_);
  finished.out = read_file(*output_ / "out");
  finished.err = read_file(*output_ / "err");
  return finished;
}

std::string sluice_program() {
  return build_folder() + "/bin/sluice";
}

std::map<std::string, std::string> test_environment() {
  return {{"XDG_CONFIG_HOME", "/nonexistent"},
          {"XDG_DATA_HOME", "/nonexistent"},
          {"HOME", "/nonexistent"},
          {"SLUICE_PLUGINS_DENY", "ocr"}};
}

Finished sluice(std::vector<std::string> arguments, std::map<std::string, std::string> environment,
                const fs::path& working_directory) {
  arguments.insert(arguments.begin(), sluice_program());
  environment.merge(test_environment());
  const auto deny = environment.find("SLUICE_PLUGINS_DENY");
  if (deny->second.empty()) environment.erase(deny);
  return Running(std::move(arguments), std::move(environment), working_directory).wait();
}

}  // namespace sluice::test
