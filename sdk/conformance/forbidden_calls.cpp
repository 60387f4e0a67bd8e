#include "conformance/forbidden_calls.h"

#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <initializer_list>
#include <system_error>

#include "conformance/isolation.h"

namespace sluice::conformance {
namespace {

void on_forbidden(int /*signal*/, siginfo_t* info, void* /*context*/) {
  char* name = ::seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, info->si_syscall);
  char reason[128];
  std::snprintf(reason, sizeof reason, "it made the system call %s, which no plugin may make",
                name == nullptr ? "of an unknown name" : name);
  die_of(reason);
}

void trap(scmp_filter_ctx filter, std::initializer_list<int> calls) {
  for (const int call : calls) ::seccomp_rule_add(filter, SCMP_ACT_TRAP, call, 0);
}

// Where these bits of an argument, counted from 0, are those of `value`.
void trap_where(scmp_filter_ctx filter, int call, unsigned argument, scmp_datum_t mask,
                scmp_datum_t value) {
  const scmp_arg_cmp holds = {argument, SCMP_CMP_MASKED_EQ, mask, value};
  ::seccomp_rule_add_array(filter, SCMP_ACT_TRAP, call, 1, &holds);
}

void trap_writing(scmp_filter_ctx filter) {
  for (const scmp_datum_t way : {O_WRONLY, O_RDWR}) {
    trap_where(filter, SCMP_SYS(openat), 2, O_ACCMODE, way);
    trap_where(filter, SCMP_SYS(open), 1, O_ACCMODE, way);
  }
  trap(filter, {SCMP_SYS(creat), SCMP_SYS(mkdir), SCMP_SYS(mkdirat), SCMP_SYS(unlink),
                SCMP_SYS(unlinkat), SCMP_SYS(rename), SCMP_SYS(renameat), SCMP_SYS(renameat2),
                SCMP_SYS(chmod), SCMP_SYS(fchmodat), SCMP_SYS(truncate)});
}

}  // namespace

void forbid(const Forbidden& what) {
  struct sigaction action {};
  action.sa_sigaction = on_forbidden;
  action.sa_flags = SA_SIGINFO;
  ::sigaction(SIGSYS, &action, nullptr);
  scmp_filter_ctx filter = ::seccomp_init(SCMP_ACT_ALLOW);
  if (filter == nullptr) throw std::system_error(ENOMEM, std::generic_category(), "seccomp");
  // Without clone3 the C library falls back to clone, whose flags can be looked at.
  ::seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
  if (what.reaching_out) {
    trap(filter, {SCMP_SYS(socket), SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(fork),
                  SCMP_SYS(vfork), SCMP_SYS(kill), SCMP_SYS(ptrace), SCMP_SYS(clock_settime)});
    trap_where(filter, SCMP_SYS(clone), 0, CLONE_THREAD, 0);
  }
  if (what.threads) {
    trap_where(filter, SCMP_SYS(clone), 0, CLONE_THREAD, CLONE_THREAD);
  }
  if (what.writing) trap_writing(filter);
  const int failed = ::seccomp_load(filter);
  ::seccomp_release(filter);
  if (failed != 0) throw std::system_error(-failed, std::generic_category(), "seccomp");
}

}  // namespace sluice::conformance
