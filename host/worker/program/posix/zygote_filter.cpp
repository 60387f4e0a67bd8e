#include "worker/program/posix/zygote_filter.h"

#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "worker/program/posix/bpf.h"
#include "worker/wire.h"

namespace sluice::program {

using namespace bpf;

namespace {

// The arguments that carry the key: clone(2) looks at its third only with CLONE_PARENT_SETTID, and
// prlimit(2) has four.
constexpr unsigned kKeyOfClone = 2;
constexpr unsigned kKeyOfLimit = 4;
constexpr std::size_t kStackToWipe = 64 << 10;

std::uint32_t low(std::uint64_t value) {
  return static_cast<std::uint32_t>(value);
}
std::uint32_t high(std::uint64_t value) {
  return static_cast<std::uint32_t>(value >> 32);
}

// Where the kernel writes the thread's number for the C library, which must know its own.
int* thread_number() {
  static int nowhere = 0;  // on kernels that do not say where
  static int* const kPlace = [] {
    int* place = nullptr;
    return ::prctl(PR_GET_TID_ADDRESS, &place, 0, 0, 0) == 0 ? place : &nowhere;
  }();
  return kPlace;
}

}  // namespace

bool load_zygote_filter(std::uint64_t key, bool signals_are_scoped) {
  // Asked for now, while the system call is allowed.
  (void)thread_number();
  const auto self = static_cast<std::uint32_t>(::getpid());
  enum : std::uint8_t {
    kClone = 6,
    kSignal = 12,
    kAbort = 14,
    kLimits = 18,
    kAllow = 26,
    kRefuse = 27,
    kTrap = 28
  };
  const std::uint8_t signal = signals_are_scoped ? kAllow : kSignal;
  const std::uint8_t abort = signals_are_scoped ? kAllow : kAbort;
  std::array<sock_filter, 29> program = {{
      word(offsetof(seccomp_data, nr)),     // 0
      when_equal(1, SYS_clone, kClone, 2),  //
      when_equal(2, SYS_kill, signal, 3),   //
      when_equal(3, SYS_tgkill, abort, 4),  //
      when_equal(4, SYS_tkill, signal, 5),  //
      when_equal(5, SYS_prlimit64, kLimits, kAllow),
      word(low_word(0)),                           // 6 kClone: threads are for the
      when_set(7, CLONE_THREAD, kAllow, 8),        //   other filter to judge
      word(low_word(kKeyOfClone)),                 //
      when_equal(9, low(key), 10, kRefuse),        //
      word(high_word(kKeyOfClone)),                //
      when_equal(11, high(key), kAllow, kRefuse),  //
      word(low_word(0)),                           // 12 kSignal
      when_equal(13, self, kAllow, kRefuse),       //
      word(low_word(0)),                           // 14 kAbort: a fork's own abort() is
      when_equal(15, self, kAllow, 16),            //   refused, too, but trapped
      word(low_word(2)),                           //
      when_equal(17, SIGABRT, kTrap, kRefuse),     //
      word(low_word(2)),                           // 18 kLimits: reading is free
      when_equal(19, 0, 20, 22),                   //
      word(high_word(2)),                          //
      when_equal(21, 0, kAllow, 22),               //
      word(low_word(kKeyOfLimit)),                 // 22
      when_equal(23, low(key), 24, kRefuse),       //
      word(high_word(kKeyOfLimit)),                //
      when_equal(25, high(key), kAllow, kRefuse),  //
      answer(SECCOMP_RET_ALLOW),                   // 26
      answer(SECCOMP_RET_ERRNO | EPERM),           // 27
      answer(SECCOMP_RET_TRAP),                    // 28
  }};
#if defined(SLUICE_SANITIZED)
  // A sanitizer must see forks, so they go through the C library.
  program[1] = when_equal(1, SYS_clone, kAllow, 2);
#endif
  const bool done = load(program.data(), program.size());
  const int error = errno;
  ::explicit_bzero(program.data(), sizeof program);
  errno = error;
  return done;
}

void note_abort() {
  struct sigaction action {};
  action.sa_handler = [](int /*signal*/) { ::_exit(wire::kExitAborted); };
  ::sigaction(SIGSYS, &action, nullptr);
}

pid_t fork_with([[maybe_unused]] std::uint64_t key) {
#if defined(SLUICE_SANITIZED)
  return ::fork();
#else
  // As fork() of the C library does it, but for the key.
  int* const number = thread_number();
  constexpr unsigned long flags = SIGCHLD | CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID;
#if defined(__x86_64__)
  return static_cast<pid_t>(::syscall(SYS_clone, flags, 0, key, number, 0));
#else  // the last two arguments stand the other way round (clone(2))
  return static_cast<pid_t>(::syscall(SYS_clone, flags, 0, key, 0, number));
#endif
#endif
}

bool set_limit_with(std::uint64_t key, int resource, std::uint64_t soft, std::uint64_t hard) {
  const rlimit64 wanted{soft, hard};
  return ::syscall(SYS_prlimit64, 0, resource, &wanted, nullptr, key) == 0;
}

__attribute__((noinline)) void wipe_stack() {
  std::array<char, kStackToWipe> below;
  ::explicit_bzero(below.data(), below.size());
}

}  // namespace sluice::program
