// Usage: sandbox_without LAYER... -- PROGRAM ARGUMENT...
//
// Runs a program as on a kernel that does not have a layer of the sandbox: a filter answers its
// calls with "no such call". LAYER: landlock (as before Linux 5.13), landlock-off (switched off at
// boot), seccomp, or landlock=N: its calls are there, and say that their version is N. What is
// missing stays missing for all that the program starts.
#include <errno.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <vector>

namespace {

using Program = std::vector<sock_filter>;

void refuse(Program& program, unsigned call, unsigned error) {
  program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1));
  program.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | error));
}

// Asks the listener whenever a program asks for Landlock's version.
void ask_for_version(Program& program) {
  constexpr unsigned kFlags = offsetof(seccomp_data, args) + 2 * sizeof(__u64);
  program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_landlock_create_ruleset, 0, 4));
  program.push_back(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, kFlags));
  program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, LANDLOCK_CREATE_RULESET_VERSION, 0, 1));
  program.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF));
  program.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
}

// Answers with that version until the program has ended. Returns its exit code.
int answer_until_end(int listener, pid_t program, int version) {
  while (true) {
    int status = 0;
    if (::waitpid(program, &status, WNOHANG) == program) {
      return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
    pollfd waiting{listener, POLLIN, 0};
    if (::poll(&waiting, 1, 50) <= 0 || (waiting.revents & POLLIN) == 0) continue;
    seccomp_notif question{};
    if (::ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &question) != 0) continue;
    seccomp_notif_resp answer{};
    answer.id = question.id;
    answer.val = version;
    if (version == 0) answer.error = -ENOSYS;
    (void)::ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &answer);
  }
}

bool add_layer(Program& program, const char* layer, int& version) {
  if (::strncmp(layer, "landlock=", 9) == 0) {
    version = ::atoi(layer + 9);
    ask_for_version(program);
    return true;
  }
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
  int version = -1;
  while (at < count && ::strcmp(arguments[at], "--") != 0) {
    if (!add_layer(program, arguments[at++], version)) return 2;
  }
  if (at + 1 >= count) return 2;
  program.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
  sock_fprog whole{static_cast<unsigned short>(program.size()), program.data()};
  const unsigned flags = version >= 0 ? SECCOMP_FILTER_FLAG_NEW_LISTENER : 0;
  const long listener = ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0
                            ? -1
                            : ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &whole);
  if (listener < 0) {
    ::perror("seccomp");
    return 2;
  }
  if (version >= 0) {
    const pid_t child = ::fork();
    if (child != 0) return answer_until_end(static_cast<int>(listener), child, version);
    ::close(static_cast<int>(listener));
  }
  ::execv(arguments[at + 1], arguments + at + 1);
  ::perror(arguments[at + 1]);
  return 2;
}
