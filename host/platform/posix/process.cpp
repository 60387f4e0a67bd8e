#include "platform/process.h"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <thread>

#include "platform/error.h"
#include "platform/posix/descriptor.h"

namespace sluice::platform {
namespace {

// Frees what posix_spawn was told to do.
struct FileActions {
  posix_spawn_file_actions_t value{};
  FileActions() { posix_spawn_file_actions_init(&value); }
  ~FileActions() { posix_spawn_file_actions_destroy(&value); }
  FileActions(const FileActions&) = delete;
  FileActions& operator=(const FileActions&) = delete;
};

struct SpawnAttributes {
  posix_spawnattr_t value{};
  SpawnAttributes() { posix_spawnattr_init(&value); }
  ~SpawnAttributes() { posix_spawnattr_destroy(&value); }
  SpawnAttributes(const SpawnAttributes&) = delete;
  SpawnAttributes& operator=(const SpawnAttributes&) = delete;
};

// A locale that every system has, and the options of sanitizers; nothing of the user's own.
std::vector<std::string> clean_environment() {
  std::vector<std::string> environment = {"LC_ALL=C.UTF-8", "TZ=UTC", "PATH=/usr/bin:/bin"};
  for (const char* name : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LSAN_OPTIONS"}) {
    if (const char* value = std::getenv(name)) {
      environment.push_back(std::string(name) + "=" + value);
    }
  }
  return environment;
}

std::vector<char*> pointers(std::vector<std::string>& strings) {
  std::vector<char*> out;
  out.reserve(strings.size() + 1);
  for (std::string& s : strings) out.push_back(s.data());
  out.push_back(nullptr);
  return out;
}

constexpr int kChannelDescriptor = 3;
constexpr int kStatusDescriptor = 4;

}  // namespace

Child Child::start(const std::string& program, const std::vector<std::string>& arguments,
                   Stderr standard_error) {
  auto [ours, theirs] = Channel::make_pair();
  FileActions actions;
  const int null_in = STDIN_FILENO;
  posix_spawn_file_actions_addopen(&actions.value, null_in, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions.value, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  if (standard_error == Stderr::kNull) {
    posix_spawn_file_actions_addopen(&actions.value, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  }
  // Not the user's folder, which could then not be unmounted, and tells a plugin nothing.
  posix_spawn_file_actions_addchdir_np(&actions.value, "/");
  // Moved away first: were the channel's own number 3, dup2 onto itself would keep close-on-exec.
  const int high = ::fcntl(descriptor_of(theirs.handle()), F_DUPFD_CLOEXEC, 16);
  const OsHandle moved(high);
  posix_spawn_file_actions_adddup2(&actions.value, high, kChannelDescriptor);
  int status[2] = {-1, -1};
  if (::pipe2(status, O_CLOEXEC) != 0) {
    throw SystemError("start", program, std::error_code(errno, std::generic_category()));
  }
  OsHandle status_ours(status[0]);
  const OsHandle status_theirs(status[1]);
  const int status_high = ::fcntl(status[1], F_DUPFD_CLOEXEC, 16);
  const OsHandle status_moved(status_high);
  posix_spawn_file_actions_adddup2(&actions.value, status_high, kStatusDescriptor);
  posix_spawn_file_actions_addclosefrom_np(&actions.value, kStatusDescriptor + 1);

  SpawnAttributes attributes;
  sigset_t none;
  sigset_t all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&attributes.value, &none);
  posix_spawnattr_setsigdefault(&attributes.value, &all);
  // A session of its own: Ctrl-C on the terminal is for the host, which then tells its workers.
  posix_spawnattr_setflags(&attributes.value,
                           POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSID);

  std::vector<std::string> argument_strings = {program};
  argument_strings.insert(argument_strings.end(), arguments.begin(), arguments.end());
  std::vector<std::string> environment = clean_environment();
  pid_t pid = 0;
  const int error = ::posix_spawn(&pid, program.c_str(), &actions.value, &attributes.value,
                                  pointers(argument_strings).data(), pointers(environment).data());
  if (error != 0) {
    throw SystemError("start", program, std::error_code(error, std::generic_category()));
  }
  return Child(pid, std::move(ours), std::move(status_ours));
}

Child::Child(Child&& other) noexcept
    : id_(std::exchange(other.id_, 0)),
      channel_(std::move(other.channel_)),
      status_(std::move(other.status_)) {}

Child::~Child() {
  kill();
}

void Child::kill() noexcept {
  if (id_ == 0) return;
  const auto pid = static_cast<pid_t>(std::exchange(id_, 0));
  // It leads a session and so a process group, whose number stays its own until we have waited for
  // it. The kernel lets no fork slip out of the group's signal.
  ::kill(-pid, SIGKILL);
  while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
  }
}

void Child::leave(std::chrono::milliseconds patience) noexcept {
  if (id_ == 0) return;
  channel_.close();
  const auto pid = static_cast<pid_t>(id_);
  const OsHandle ended(static_cast<OsHandle::Value>(::syscall(SYS_pidfd_open, pid, 0)));
  pollfd waiting{descriptor_of(ended), POLLIN, 0};
  if (ended) (void)::poll(&waiting, 1, static_cast<int>(patience.count()));
  kill();
}

void wipe_memory_file(const File& file, std::uint64_t size) {
  if (::fallocate(descriptor_of(file.handle), FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0,
                  static_cast<off_t>(size)) != 0) {
    throw SystemError("wipe", "a memory file", std::error_code(errno, std::generic_category()));
  }
}

ProcessEnd Child::end(std::chrono::milliseconds patience) noexcept {
  int status = 0;
  pollfd waiting{descriptor_of(status_), POLLIN, 0};
  const bool is_known = status_ && ::poll(&waiting, 1, static_cast<int>(patience.count())) == 1 &&
                        ::read(waiting.fd, &status, sizeof status) == sizeof status;
  kill();
  if (!is_known) return {};
  if (WIFSIGNALED(status)) return {ProcessEnd::How::kSignal, WTERMSIG(status)};
  return {ProcessEnd::How::kExited, WEXITSTATUS(status)};
}

Death death_by(int signal) {
  switch (signal) {
    case SIGXCPU:
      return Death::kProcessorTime;
    case SIGXFSZ:
      return Death::kFileSize;
    case SIGSYS:
      return Death::kForbiddenCall;
    case SIGKILL:
      return Death::kKilled;
    default:
      return Death::kOther;
  }
}

std::string signal_name(int number) {
  const char* name = ::sigabbrev_np(number);
  return name == nullptr ? "signal " + std::to_string(number) : "SIG" + std::string(name);
}

File make_memory_file(const char* name, std::uint64_t size) {
  File made{OsHandle(::memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING))};
  const int memory = descriptor_of(made.handle);
  if (memory < 0 || ::ftruncate(memory, static_cast<off_t>(size)) != 0 ||
      ::fcntl(memory, F_ADD_SEALS, F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) != 0) {
    throw SystemError("make", "a memory file", std::error_code(errno, std::generic_category()));
  }
  return made;
}

std::uint32_t wait_readable(std::span<const OsHandle* const> handles,
                            std::chrono::milliseconds timeout) {
  std::array<pollfd, 8> waiting{};
  const std::size_t count = std::min(handles.size(), waiting.size());
  for (std::size_t i = 0; i < count; ++i) {
    waiting[i] = {static_cast<int>(handles[i]->value()), POLLIN, 0};
  }
  const int ready = ::poll(waiting.data(), static_cast<nfds_t>(count),
                           timeout.count() < 0 ? -1 : static_cast<int>(timeout.count()));
  if (ready < 0 && errno != EINTR) {
    throw SystemError("wait for", "a worker", std::error_code(errno, std::generic_category()));
  }
  std::uint32_t out = 0;
  for (std::size_t i = 0; ready > 0 && i < count; ++i) {
    if (waiting[i].revents != 0) out |= 1U << i;
  }
  return out;
}

void become(const std::string& program, const std::vector<std::string>& arguments) {
  std::vector<std::string> words = {program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  const std::vector<char*> argv = pointers(words);
  ::execv(program.c_str(), argv.data());
  throw SystemError("start", program, std::error_code(errno, std::generic_category()));
}

std::string executable_path() {
  static constexpr const char* kLink = "/proc/self/exe";
  std::error_code error;
  const std::filesystem::path path = std::filesystem::read_symlink(kLink, error);
  if (error) {
    throw Error("find the files of the installation", "",
                std::string(kLink) + ": " + error.message(),
                "mount /proc (mount -t proc proc /proc)");
  }
  return path.string();
}

std::int64_t process_id() {
  return ::getpid();
}

unsigned processor_count() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (::sched_getaffinity(0, sizeof set, &set) == 0) {
    return static_cast<unsigned>(std::max(1, CPU_COUNT(&set)));
  }
  return std::max(1U, std::thread::hardware_concurrency());
}

}  // namespace sluice::platform
