// Small and without libseccomp, since each run loads it: its one variable part is the process's own
// id. The architecture is the zygote's filter's to check, which stays in force: of several filters
// the strictest answer counts (seccomp(2)).
#include "worker/program/posix/run_filter.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace sluice::program {
namespace {

constexpr std::uint32_t low_word(unsigned argument) {
  const auto at = static_cast<std::uint32_t>(offsetof(seccomp_data, args) + argument * 8);
  return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? at : at + 4;
}
constexpr std::uint32_t high_word(unsigned argument) {
  return low_word(argument) ^ 4U;
}

// Instructions of the kernel's classic BPF (Documentation/networking/filter.rst). Jumps are written
// from a place to a place.
constexpr sock_filter word(std::uint32_t at) {
  return BPF_STMT(BPF_LD | BPF_W | BPF_ABS, at);
}
constexpr sock_filter answer(std::uint32_t what) {
  return BPF_STMT(BPF_RET | BPF_K, what);
}
constexpr sock_filter jump(std::uint16_t code, std::uint8_t here, std::uint32_t value,
                           std::uint8_t yes, std::uint8_t no) {
  return {static_cast<std::uint16_t>(BPF_JMP | BPF_K | code),
          static_cast<std::uint8_t>(yes - here - 1), static_cast<std::uint8_t>(no - here - 1),
          value};
}
constexpr sock_filter when_equal(std::uint8_t here, std::uint32_t value, std::uint8_t yes,
                                 std::uint8_t no) {
  return jump(BPF_JEQ, here, value, yes, no);
}
constexpr sock_filter when_set(std::uint8_t here, std::uint32_t bits, std::uint8_t yes,
                               std::uint8_t no) {
  return jump(BPF_JSET, here, bits, yes, no);
}

bool load(const sock_filter* program, std::size_t count) {
  sock_fprog whole{static_cast<unsigned short>(count), const_cast<sock_filter*>(program)};
  return ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &whole) == 0;
}

}  // namespace

bool load_filter(std::string_view program, std::string& why_not) {
  std::vector<sock_filter> instructions(program.size() / sizeof(sock_filter));
  std::memcpy(instructions.data(), program.data(), instructions.size() * sizeof(sock_filter));
  if (load(instructions.data(), instructions.size())) return true;
  why_not =
      errno == ENOSYS || errno == EINVAL ? "this kernel does not have it" : std::strerror(errno);
  return false;
}

bool load_run_filter() {
  const auto self = static_cast<std::uint32_t>(::getpid());
  // Where the parts of the program stand.
  enum : std::uint8_t {
    kClone = 8,
    kSignal = 10,
    kLimits = 12,
    kAllow = 16,
    kRefuse = 17,
    kKill = 18
  };
  const std::array<sock_filter, 19> program = {{
      word(offsetof(seccomp_data, nr)),                // 0
      when_equal(1, SYS_clone, kClone, 2),             //
      when_equal(2, SYS_kill, kSignal, 3),             //
      when_equal(3, SYS_tgkill, kSignal, 4),           //
      when_equal(4, SYS_tkill, kSignal, 5),            //
      when_equal(5, SYS_prlimit64, kLimits, 6),        //
      when_equal(6, SYS_seccomp, kRefuse, 7),          //
      when_equal(7, SYS_pidfd_open, kRefuse, kAllow),  //
      word(low_word(0)),                               // 8 kClone: a thread goes on to the
      when_set(9, CLONE_THREAD, kAllow, kKill),        //   zygote's filter
      word(low_word(0)),                               // 10 kSignal: only to itself
      when_equal(11, self, kAllow, kKill),             //
      word(low_word(2)),                               // 12 kLimits: read, not set
      when_equal(13, 0, 14, kRefuse),                  //
      word(high_word(2)),                              //
      when_equal(15, 0, kAllow, kRefuse),              //
      answer(SECCOMP_RET_ALLOW),                       // 16
      answer(SECCOMP_RET_ERRNO | EPERM),               // 17
      answer(SECCOMP_RET_KILL_PROCESS),                // 18
  }};
  return load(program.data(), program.size());
}

}  // namespace sluice::program
