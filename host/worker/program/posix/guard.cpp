#include "worker/program/posix/guard.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

namespace sluice::program {
namespace {

constexpr int kOpenFiles = 1024;  // on kernels before 5.9

extern "C" void end_group(int /*signal*/) {
  ::kill(0, SIGKILL);  // the guard, too
}

[[noreturn]] void guard(pid_t zygote) {
  // The host must see the zygote's channel close.
  if (::close_range(0, ~0U, 0) != 0) {
    for (int file = 0; file < kOpenFiles; ++file) ::close(file);
  }
  while (::waitpid(zygote, nullptr, 0) < 0 && errno == EINTR) {
  }
  ::kill(0, SIGKILL);
  ::_exit(1);
}

}  // namespace

bool follow(pid_t parent) {
  return ::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0 && ::getppid() == parent;
}

bool put_guard_before(pid_t host) {
  // Not to be read or traced by others of this user, nor by what it guards.
  if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) return false;
  struct sigaction end {};
  end.sa_handler = end_group;
  if (::sigaction(SIGTERM, &end, nullptr) != 0) return false;
  if (::prctl(PR_SET_PDEATHSIG, SIGTERM, 0, 0, 0) != 0 || ::getppid() != host) return false;
  const pid_t self = ::getpid();
  const pid_t zygote = ::fork();
  if (zygote < 0) return false;
  if (zygote > 0) guard(zygote);
  ::signal(SIGTERM, SIG_DFL);
  return follow(self);
}

}  // namespace sluice::program
