// Linux: what a worker may do. Privileges and limits for every level, then Landlock for files and
// the filters for system calls, each of which closes holes of the other.
#include "worker/program/confine.h"

#include <linux/capability.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "worker/program/posix/landlock.h"
#include "worker/program/posix/rlimits.h"
#include "worker/program/posix/run_filter.h"
#include "worker/program/posix/self_test.h"
#include "worker/program/posix/system_data.h"
#include "worker/program/posix/zygote_filter.h"

namespace sluice::program {
namespace {

// The first version of Landlock that keeps signals in.
constexpr std::uint32_t kScopesSignals = 6;

[[noreturn]] void give_up() {
  ::_exit(wire::kExitProtocol);
}

// Root's worker keeps its user id, but none of the rights that go with it.
bool drop_capabilities() {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  std::array<__user_cap_data_struct, 2> none{};
  return ::syscall(SYS_capset, &header, none.data()) == 0;
}

std::uint64_t new_key() {
  std::uint64_t key = 0;
  if (::getrandom(&key, sizeof key, 0) != static_cast<ssize_t>(sizeof key)) give_up();
  return key;
}

}  // namespace

Confinement::Confinement(const wire::Load& load)
    : names_forbidden_(load.names_forbidden), is_probe_(load.library.empty()), files_(load.files) {
#if defined(SLUICE_SANITIZED)
  layers_.sanitized = true;
#endif
  layers_.wanted = load.sandbox != SandboxLevel::kOff;
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 ||
      !limit_loading(load)) {
    give_up();
  }
  if (!layers_.wanted) return;
  const Carried carried = carried_folders();
  files_.insert(files_.end(), carried.data.begin(), carried.data.end());
  std::vector<std::string> readable = loading_paths(load.library, files_);
  readable.insert(readable.end(), carried.libraries.begin(), carried.libraries.end());
  layers_.landlock_abi = landlock_abi(layers_.landlock_why);
  if (layers_.landlock_abi > 0 && !restrict_files(layers_.landlock_abi, readable)) {
    layers_.landlock_abi = 0;
    layers_.landlock_why = std::strerror(errno);
  }
  layers_.system_calls = load_filter(load.syscall_filter, layers_.system_calls_why);
}

bool Confinement::report(platform::Channel& host) {
  std::uint64_t key = new_key();
  if (layers_.system_calls && !load_zygote_filter(key, layers_.landlock_abi >= kScopesSignals)) {
    give_up();  // the first filter went in: the kernel has what the second needs
  }
  if (is_probe_ && layers_.wanted) layers_.broken = broken_promises(*this, key);
  std::string message = wire::encode(wire::Confined{layers_, key});
  const bool sent = host.send(message);
  ::explicit_bzero(message.data(), message.size());
  ::explicit_bzero(&key, sizeof key);
  wipe_stack();
  return sent;
}

void Confinement::narrow() {
  if (layers_.wanted && !drop_capabilities()) give_up();
  if (layers_.landlock_abi > 0 && !restrict_files(layers_.landlock_abi, converting_paths(files_))) {
    give_up();
  }
}

void Confinement::confine_run(const wire::RunInput& input, std::uint64_t key) const {
  if (!limit_run(input, key)) give_up();
  if (!layers_.system_calls) {
    if (!input.threads && !limit_processes(key)) give_up();
  } else if (!load_run_filter(names_forbidden_)) {
    give_up();
  }
  if (layers_.system_calls && layers_.landlock_abi < kScopesSignals && !names_forbidden_) {
    note_abort();
  }
}

}  // namespace sluice::program
