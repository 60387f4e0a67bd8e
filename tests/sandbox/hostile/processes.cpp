// SPDX-License-Identifier: Apache-2.0
//
// Starting processes and programs, and reaching into those of others.
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

#include "attacks.hpp"

namespace hostile {
namespace {

pid_t victim(const World& world) {
  return std::atoi(world.at("victim").c_str());
}

int forks() {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(0);
  if (child < 0) return errno;
  ::waitpid(child, nullptr, 0);
  return 0;
}

int spawns() {
  char* const arguments[] = {const_cast<char*>("true"), nullptr};
  pid_t child = 0;
  const int error = ::posix_spawn(&child, "/bin/true", nullptr, nullptr, arguments, nullptr);
  int status = 0;
  if (error != 0 || ::waitpid(child, &status, 0) < 0) return error != 0 ? error : errno;
  return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : EACCES;
}

// Of 64 children at once; each ends by itself.
int fork_bomb() {
  int made = 0;
  int error = 0;
  for (int i = 0; i < 64; ++i) {
    const pid_t child = ::fork();
    if (child == 0) {
      ::usleep(100'000);
      ::_exit(0);
    }
    child > 0 ? ++made : error = errno;
  }
  while (::waitpid(-1, nullptr, 0) > 0) {
  }
  return made > 0 ? 0 : error;
}

int starts_thread() {
  pthread_t thread{};
  const int error = ::pthread_create(
      &thread, nullptr, [](void*) -> void* { return nullptr; }, nullptr);
  if (error == 0) ::pthread_join(thread, nullptr);
  return error;
}

int executes_memory() {
  const int memory = static_cast<int>(::syscall(SYS_memfd_create, "x", 0));
  if (memory < 0) return errno;
  char* const arguments[] = {const_cast<char*>("x"), nullptr};
  return error_of(::syscall(SYS_execveat, memory, "", arguments, arguments + 1, AT_EMPTY_PATH));
}

void add_starting(Attacks& out) {
  out["fork"] = [](const World&, sluice::Job&) { return forks(); };
  out["fork-bomb"] = [](const World&, sluice::Job&) { return fork_bomb(); };
  out["spawn"] = [](const World&, sluice::Job&) { return spawns(); };
  out["system"] = [](const World&, sluice::Job&) { return std::system("true") == 0 ? 0 : EACCES; };
  out["thread"] = [](const World&, sluice::Job&) { return starts_thread(); };
  out["execute"] = [](const World& world, sluice::Job&) {
    const std::string script = "echo planted > " + world.at("outside") + "/planted";
    char* const arguments[] = {const_cast<char*>("sh"), const_cast<char*>("-c"),
                               const_cast<char*>(script.c_str()), nullptr};
    return error_of(::execve("/bin/sh", arguments, arguments + 3));
  };
  out["execute-memory"] = [](const World&, sluice::Job&) { return executes_memory(); };
}

void add_signals(Attacks& out) {
  // No attack: how a library ends that has found a fault in itself.
  out["abort"] = [](const World&, sluice::Job&) -> int { std::abort(); };
  out["kill"] = [](const World& world, sluice::Job&) {
    return error_of(::kill(victim(world), SIGKILL));
  };
  out["kill-probe"] = [](const World& world, sluice::Job&) {
    return error_of(::kill(victim(world), 0));
  };
  out["kill-parent"] = [](const World&, sluice::Job&) {
    return error_of(::kill(::getppid(), SIGCONT));
  };
  out["kill-everybody"] = [](const World&, sluice::Job&) { return error_of(::kill(-1, SIGKILL)); };
  out["kill-thread"] = [](const World& world, sluice::Job&) {
    return error_of(::syscall(SYS_tgkill, victim(world), victim(world), SIGKILL));
  };
  out["kill-queued"] = [](const World& world, sluice::Job&) {
    siginfo_t info{};
    info.si_code = SI_QUEUE;
    return error_of(::syscall(SYS_rt_sigqueueinfo, victim(world), SIGKILL, &info));
  };
  out["kill-by-handle"] = [](const World& world, sluice::Job&) {
    const long handle = ::syscall(SYS_pidfd_open, victim(world), 0);
    if (handle < 0) return errno;
    return error_of(::syscall(SYS_pidfd_send_signal, handle, SIGKILL, nullptr, 0));
  };
}

void add_reaching(Attacks& out) {
  out["trace"] = [](const World& world, sluice::Job&) {
    return error_of(::ptrace(PTRACE_SEIZE, victim(world), nullptr, nullptr));
  };
  out["read-memory"] = [](const World& world, sluice::Job&) {
    char byte = 0;
    iovec here{&byte, 1};
    iovec there{reinterpret_cast<void*>(0x400000), 1};
    const long got = ::syscall(SYS_process_vm_readv, victim(world), &here, 1, &there, 1, 0);
    // An address that is not mapped is no denial.
    return got < 0 && errno != EFAULT ? errno : 0;
  };
  out["limit-victim"] = [](const World& world, sluice::Job&) {
    const rlimit limit{0, 0};
    return error_of(::syscall(SYS_prlimit64, victim(world), RLIMIT_CORE, &limit, nullptr));
  };
  out["slow-victim"] = [](const World& world, sluice::Job&) {
    return error_of(::setpriority(PRIO_PROCESS, static_cast<id_t>(victim(world)), 10));
  };
  out["pin-victim"] = [](const World& world, sluice::Job&) {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(0, &set);
    return error_of(::sched_setaffinity(victim(world), sizeof set, &set));
  };
}

void add_loosening(Attacks& out) {
  out["raise-memory"] = [](const World&, sluice::Job&) {
    const rlimit all{RLIM_INFINITY, RLIM_INFINITY};
    return error_of(::setrlimit(RLIMIT_AS, &all));
  };
  out["raise-files"] = [](const World&, sluice::Job&) {
    const rlimit more{1024, 1024};
    return error_of(::setrlimit(RLIMIT_NOFILE, &more));
  };
  out["outlive-host"] = [](const World&, sluice::Job&) {
    return error_of(::prctl(PR_SET_PDEATHSIG, 0, 0, 0, 0));
  };
  out["dumpable"] = [](const World&, sluice::Job&) {
    return error_of(::prctl(PR_SET_DUMPABLE, 1, 0, 0, 0));
  };
  out["become-other"] = [](const World&, sluice::Job&) {
    return error_of(::setresuid(65534, 65534, 65534));
  };
  out["own-session"] = [](const World&, sluice::Job&) { return error_of(::setpgid(0, 0)); };
}

}  // namespace

void add_attacks_on_processes(Attacks& out) {
  add_starting(out);
  add_signals(out);
  add_reaching(out);
  add_loosening(out);
}

}  // namespace hostile
