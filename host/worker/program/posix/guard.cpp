#include "worker/program/posix/guard.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

namespace sluice::program {
namespace {

constexpr int kOpenFiles = 1024;  // on kernels before 5.9
constexpr int kStatusDescriptor = 4;

extern "C" void end_group(int /*signal*/) {
  ::kill(0, SIGKILL);  // the guard, too
}

[[noreturn]] void guard(pid_t zygote) {
  // The host must see the zygote's channel close.
  if (::close_range(0, kStatusDescriptor - 1, 0) != 0 ||
      ::close_range(kStatusDescriptor + 1, ~0U, 0) != 0) {
    for (int file = 0; file < kOpenFiles; ++file) {
      if (file != kStatusDescriptor) ::close(file);
    }
  }
  int status = 0;
  while (::waitpid(zygote, &status, 0) < 0 && errno == EINTR) {
  }
  // For the host, which cannot wait for a grandchild.
  (void)!::write(kStatusDescriptor, &status, sizeof status);
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
  ::close(kStatusDescriptor);  // the guard's own
  ::signal(SIGTERM, SIG_DFL);
  return follow(self);
}

}  // namespace sluice::program
