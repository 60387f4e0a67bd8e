// Small and without libseccomp, since each run loads it: its one variable part is the process's own
// id. The architecture is the zygote's filter's to check, which stays in force: of several filters
// the strictest answer counts (seccomp(2)).
#include "worker/program/posix/run_filter.h"

#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

#include "worker/program/posix/bpf.h"

namespace sluice::program {

using namespace bpf;

bool load_filter(std::string_view program, std::string& why_not) {
  std::vector<sock_filter> instructions(program.size() / sizeof(sock_filter));
  std::memcpy(instructions.data(), program.data(), instructions.size() * sizeof(sock_filter));
  if (load(instructions.data(), instructions.size())) return true;
  why_not =
      errno == ENOSYS || errno == EINVAL ? "this kernel does not have it" : std::strerror(errno);
  return false;
}

bool load_run_filter(bool traps) {
  const auto self = static_cast<std::uint32_t>(::getpid());
  // Where the parts of the program stand.
  enum : std::uint8_t {
    kClone = 7,
    kSignal = 9,
    kLimits = 11,
    kAllow = 15,
    kRefuse = 16,
    kKill = 17
  };
  const std::array<sock_filter, 18> program = {{
      word(offsetof(seccomp_data, nr)),             // 0
      when_equal(1, SYS_clone, kClone, 2),          //
      when_equal(2, SYS_kill, kSignal, 3),          //
      when_equal(3, SYS_tgkill, kSignal, 4),        //
      when_equal(4, SYS_tkill, kSignal, 5),         //
      when_equal(5, SYS_prlimit64, kLimits, 6),     //
      when_equal(6, SYS_seccomp, kRefuse, kAllow),  //
      word(low_word(0)),                            // 7 kClone: a thread goes on to the
      when_set(8, CLONE_THREAD, kAllow, kKill),     //   zygote's filters
      word(low_word(0)),                            // 9 kSignal: only to itself
      when_equal(10, self, kAllow, kKill),          //
      word(low_word(2)),                            // 11 kLimits: read, not set
      when_equal(12, 0, 13, kRefuse),               //
      word(high_word(2)),                           //
      when_equal(14, 0, kAllow, kRefuse),           //
      answer(SECCOMP_RET_ALLOW),                    // 15
      answer(SECCOMP_RET_ERRNO | EPERM),            // 16
      answer(traps ? SECCOMP_RET_TRAP : SECCOMP_RET_KILL_PROCESS),
  }};
  return load(program.data(), program.size());
}

}  // namespace sluice::program
