// Usage: sandbox_without LAYER... -- PROGRAM ARGUMENT...
//
// Runs a program as on a kernel that does not have a layer of the sandbox: a filter answers its
// calls with "no such call". LAYER: landlock (as before Linux 5.13), landlock-off (switched off at
// boot), seccomp. What is missing stays missing for all that the program starts.
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <vector>

namespace {

using Program = std::vector<sock_filter>;

void refuse(Program& program, unsigned call, unsigned error) {
  program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1));
  program.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | error));
}

bool add_layer(Program& program, const char* layer) {
  if (::strcmp(layer, "landlock") == 0 || ::strcmp(layer, "landlock-off") == 0) {
    const unsigned error = layer[8] == '\0' ? ENOSYS : EOPNOTSUPP;
    for (const unsigned call :
         {SYS_landlock_create_ruleset, SYS_landlock_add_rule, SYS_landlock_restrict_self}) {
      refuse(program, call, error);
    }
    return true;
  }
  if (::strcmp(layer, "seccomp") != 0) return false;
  refuse(program, SYS_seccomp, ENOSYS);
  return true;
}

}  // namespace

int main(int count, char** arguments) {
  Program program = {BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr))};
  int at = 1;
  while (at < count && ::strcmp(arguments[at], "--") != 0) {
    if (!add_layer(program, arguments[at++])) return 2;
  }
  if (at + 1 >= count) return 2;
  program.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
  sock_fprog whole{static_cast<unsigned short>(program.size()), program.data()};
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
      ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &whole) != 0) {
    ::perror("seccomp");
    return 2;
  }
  ::execv(arguments[at + 1], arguments + at + 1);
  ::perror(arguments[at + 1]);
  return 2;
}
