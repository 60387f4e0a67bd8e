// Linux: the same layers as a worker's, put on by the same code (worker/program/posix). What
// differs is the filter on system calls, which the host sends, and the files.
#include "fetch/program/confine.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <vector>

#include "platform/os_handle.h"
#include "worker/program/posix/landlock.h"
#include "worker/program/posix/run_filter.h"
#include "worker/wire.h"

namespace sluice::fetch_program {
namespace {

constexpr std::uint16_t kDnsPort = 53;
constexpr rlim_t kOpenFiles = 64;  // libraries of name services, and sockets to name servers

bool limit(__rlimit_resource resource, rlim_t most) {
  const rlimit value{most, most};
  return ::setrlimit(resource, &value) == 0;
}

// No file is written, not even one byte.
bool set_limits(const fetch::Start& start) {
#if !defined(SLUICE_SANITIZED)
  if (!limit(RLIMIT_AS, start.memory_bytes)) return false;
#endif
  return limit(RLIMIT_CORE, 0) && limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_MEMLOCK, 0) &&
         limit(RLIMIT_NOFILE, kOpenFiles) && limit(RLIMIT_CPU, start.cpu_seconds);
}

bool drop_capabilities() {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  std::array<__user_cap_data_struct, 2> none{};
  return ::syscall(SYS_capset, &header, none.data()) == 0;
}

// What the C library reads to find name servers, and the libraries that it loads for that
// (nsswitch.conf(5)). Name services beyond DNS and the hosts file are other processes, which this
// one cannot reach.
std::vector<std::string> resolving_paths() {
  return {"/etc/resolv.conf",
          "/run/systemd/resolve",
          "/run/NetworkManager",
          "/run/resolvconf",
          "/etc/hosts",
          "/etc/nsswitch.conf",
          "/etc/host.conf",
          "/etc/gai.conf",
          "/etc/services",
          "/etc/protocols",
          "/etc/ld.so.cache",
          "/lib",
          "/lib64",
          "/usr/lib",
          "/usr/lib64"};
}

// It tries what a broken layer would let it do.
std::map<Promise, std::string> broken_promises(const SandboxLayers& layers, SandboxRole role) {
  std::map<Promise, std::string> broken;
  if (layers.landlock_abi > 0 &&
      platform::OsHandle(::open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC))) {
    broken.emplace(Promise::kReading, "to read a folder");
  }
  if (role != SandboxRole::kFetching || !layers.system_calls) return broken;
  if (platform::OsHandle(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))) {
    broken.emplace(Promise::kNetwork, "to make a socket");
  }
  return broken;
}

[[noreturn]] void give_up() {
  ::_exit(wire::kExitProtocol);
}

}  // namespace

SandboxLayers confine(const fetch::Start& start) {
  SandboxLayers layers;
#if defined(SLUICE_SANITIZED)
  layers.sanitized = true;
#endif
  layers.wanted = start.sandbox != SandboxLevel::kOff;
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 ||
      !set_limits(start)) {
    give_up();
  }
  if (!layers.wanted) return layers;
  if (!drop_capabilities()) give_up();
  const bool resolves = start.role == SandboxRole::kResolving;
  const std::vector<std::string> readable =
      resolves ? resolving_paths() : std::vector<std::string>();
  layers.landlock_abi = program::landlock_abi(layers.landlock_why);
  if (layers.landlock_abi > 0 &&
      !program::restrict_files(layers.landlock_abi, readable, resolves ? kDnsPort : 0)) {
    layers.landlock_abi = 0;
    layers.landlock_why = std::strerror(errno);
  }
  layers.system_calls = program::load_filter(start.syscall_filter, layers.system_calls_why);
  if (layers.system_calls && !program::load_run_filter(false)) give_up();
  layers.broken = broken_promises(layers, start.role);
  return layers;
}

}  // namespace sluice::fetch_program
