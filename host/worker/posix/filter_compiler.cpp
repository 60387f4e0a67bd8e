// A program of the build: compiles the filter on system calls of workers with libseccomp, as a
// binary tree, and writes it down as a table for syscall_filter.cpp. So the host needs no compiler,
// and no memory for one, while it runs; and what was built is what is in force, on every kernel.
//
// An allow-list. Three answers to what is not on it:
//
//  - the process is killed (its document is a `sandbox-violation`) for what no library does on the
//    way to converting a document: starting programs and processes, the network, tracing, mounting,
//    other kernels' doors such as io_uring and bpf;
//  - "not permitted" for the rest: libraries try many things and do without;
//  - "no such call" where C libraries then fall back on an older call that is allowed.
//
// No process id stands in it, so that every worker and every fork can have it. What depends on the
// process is in worker/program/posix/zygote_filter.cpp and run_filter.cpp.
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/prctl.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <initializer_list>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

namespace sluice::worker {
namespace {

// Allowed whatever the arguments: none of them reaches another process, opens a file for writing or
// the network, or makes memory that the limits do not count.
constexpr const char* kAllowed[] = {
    // descriptors that are open
    "read", "write", "readv", "writev", "pread64", "pwrite64", "preadv", "pwritev", "lseek",
    "close", "close_range", "fstat", "fstatfs", "ftruncate", "getdents64", "dup", "dup2", "dup3",
    "pipe", "pipe2", "poll", "ppoll", "select", "pselect6", "recvmsg", "fadvise64", "readahead",
    // looking at names
    "stat", "lstat", "newfstatat", "statx", "access", "faccessat", "faccessat2", "readlink",
    "readlinkat", "getcwd", "statfs", "umask",
    // memory
    "munmap", "mremap", "mprotect", "brk", "madvise", "mincore", "msync", "membarrier",
    // signals of the process's own; tgkill is for abort(), see zygote_filter.cpp and run_filter.cpp
    "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "rt_sigsuspend", "rt_sigpending",
    "rt_sigtimedwait", "sigaltstack", "kill", "tgkill", "tkill", "alarm", "setitimer", "getitimer",
    "pause",
    // time
    "clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday", "time",
    "times",
    // itself
    "exit", "exit_group", "getpid", "gettid", "getppid", "getpgid", "getpgrp", "getsid", "getuid",
    "geteuid", "getgid", "getegid", "getgroups", "getresuid", "getresgid", "getrusage", "getrlimit",
    "getpriority", "capget", "capset", "uname", "sysinfo", "getrandom", "getcpu", "sched_yield",
    "sched_getaffinity", "sched_getparam", "sched_getscheduler", "sched_get_priority_max",
    "sched_get_priority_min", "futex", "set_robust_list", "rseq", "set_tid_address", "arch_prctl",
    "restart_syscall", "wait4", "waitid",
    // for narrowing further
    "landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self"};

constexpr const char* kDeadly[] = {"execve",
                                   "execveat",
                                   "fork",
                                   "vfork",
                                   "ptrace",
                                   "process_vm_readv",
                                   "process_vm_writev",
                                   "process_madvise",
                                   "pidfd_getfd",
                                   "pidfd_send_signal",
                                   "kcmp",
                                   "rt_sigqueueinfo",
                                   "rt_tgsigqueueinfo",
                                   "setns",
                                   "unshare",
                                   "mount",
                                   "umount2",
                                   "pivot_root",
                                   "chroot",
                                   "open_tree",
                                   "move_mount",
                                   "fsopen",
                                   "fsconfig",
                                   "fsmount",
                                   "fspick",
                                   "mount_setattr",
                                   "swapon",
                                   "swapoff",
                                   "reboot",
                                   "kexec_load",
                                   "kexec_file_load",
                                   "init_module",
                                   "finit_module",
                                   "delete_module",
                                   "bpf",
                                   "perf_event_open",
                                   "userfaultfd",
                                   "io_uring_setup",
                                   "io_uring_enter",
                                   "io_uring_register",
                                   "add_key",
                                   "request_key",
                                   "keyctl",
                                   "open_by_handle_at",
                                   "clock_settime",
                                   "settimeofday",
                                   "clock_adjtime",
                                   "acct",
                                   "quotactl",
                                   "quotactl_fd",
                                   "iopl",
                                   "ioperm",
                                   "modify_ldt",
                                   "listen",
                                   "accept",
                                   "accept4",
                                   "bind",
                                   "connect",
                                   "sendto",
                                   "sendmmsg",
                                   "mknod",
                                   "mknodat",
                                   "sethostname",
                                   "setdomainname"};

constexpr const char* kUnknown[] = {"clone3", "openat2"};

// Conditions on a call's arguments, which count from 0.
scmp_arg_cmp equals(unsigned at, std::uint64_t value) {
  return {at, SCMP_CMP_EQ, value, 0};
}
scmp_arg_cmp above(unsigned at, std::uint64_t value) {
  return {at, SCMP_CMP_GT, value, 0};
}
scmp_arg_cmp masked(unsigned at, std::uint64_t mask, std::uint64_t value) {
  return {at, SCMP_CMP_MASKED_EQ, mask, value};
}

class Rules {
 public:
  Rules() : context_(seccomp_init(SCMP_ACT_ERRNO(EPERM)), &seccomp_release) {
    check(context_ ? 0 : -ENOMEM);
    // Compile it whatever this kernel has: the worker finds out, and says, whether it takes it.
    check(seccomp_api_set(3));
    check(seccomp_attr_set(get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS));
    check(seccomp_attr_set(get(), SCMP_FLTATR_CTL_OPTIMIZE, 2));  // a tree, not a list
  }

  // Names that this architecture does not have are left out.
  void add(std::uint32_t action, const char* name,
           const std::vector<scmp_arg_cmp>& arguments = {}) {
    const int number = seccomp_syscall_resolve_name(name);
    if (number < 0) return;
    check(seccomp_rule_add_array(get(), action, number, static_cast<unsigned>(arguments.size()),
                                 arguments.data()));
  }
  template <class Names>
  void add_all(std::uint32_t action, const Names& names) {
    for (const char* name : names) add(action, name);
  }

  std::string compiled() {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> memory(std::tmpfile(), &std::fclose);
    if (!memory) check(-errno);
    const int file = ::fileno(memory.get());
    check(seccomp_export_bpf(get(), file));
    const off_t size = ::lseek(file, 0, SEEK_END);
    std::string program(static_cast<std::size_t>(size), '\0');
    if (::pread(file, program.data(), program.size(), 0) != size) check(-EIO);
    return program;
  }

 private:
  scmp_filter_ctx get() { return context_.get(); }
  static void check(int result) {
    if (result < 0) throw std::system_error(-result, std::generic_category());
  }

  std::unique_ptr<void, void (*)(scmp_filter_ctx)> context_;
};

constexpr std::uint64_t kForkFlags = CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID | SIGCHLD;
constexpr std::uint64_t kThreadFlags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND |
                                       CLONE_THREAD | CLONE_SYSVSEM | CLONE_SETTLS |
                                       CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID;
// Any of these is a new name space, or a process that runs in the memory of its parent.
constexpr std::uint64_t kDeadlyCloneFlags[] = {CLONE_VFORK,     CLONE_PTRACE, CLONE_NEWNS,
                                               CLONE_NEWCGROUP, CLONE_NEWUTS, CLONE_NEWIPC,
                                               CLONE_NEWUSER,   CLONE_NEWPID, CLONE_NEWNET};

void add_clone(Rules& rules, bool threads) {
  rules.add(SCMP_ACT_ALLOW, "clone", {equals(0, kForkFlags)});
  if (threads) rules.add(SCMP_ACT_ALLOW, "clone", {equals(0, kThreadFlags)});
  for (const std::uint64_t flag : kDeadlyCloneFlags) {
    rules.add(SCMP_ACT_KILL_PROCESS, "clone", {masked(0, flag, flag)});
  }
}

// For reading only, and without emptying: below Landlock 3, O_TRUNC would do that by itself.
void add_open(Rules& rules) {
  constexpr std::uint64_t kWriting = O_ACCMODE | O_CREAT | O_TRUNC | (O_TMPFILE & ~O_DIRECTORY);
  rules.add(SCMP_ACT_ALLOW, "open", {masked(1, kWriting, O_RDONLY)});
  rules.add(SCMP_ACT_ALLOW, "openat", {masked(2, kWriting, O_RDONLY)});
}

// Not memory that forks would share: nothing of one document is to reach another.
void add_mmap(Rules& rules) {
  rules.add(SCMP_ACT_ALLOW, "mmap", {masked(3, MAP_SHARED, 0)});
  rules.add(SCMP_ACT_ALLOW, "mmap", {masked(3, MAP_SHARED | MAP_ANONYMOUS, MAP_SHARED)});
}

// TCP's fast open connects with the first bytes, past Landlock's rule of where to
// (tcp(7), MSG_FASTOPEN). `at`: where the call has its flags.
void add_sending(Rules& rules, const char* name, unsigned at) {
  rules.add(SCMP_ACT_ALLOW, name, {masked(at, MSG_FASTOPEN, 0)});
}

void add_with_arguments(Rules& rules) {
  const auto allow = [&rules](const char* name, int at, std::initializer_list<int> values) {
    for (const int value : values) {
      rules.add(SCMP_ACT_ALLOW, name,
                {equals(static_cast<unsigned>(at),
                        static_cast<std::uint64_t>(static_cast<unsigned>(value)))});
    }
  };
  add_sending(rules, "sendmsg", 2);
  // Not F_SETFL and locks: the host shares what is open here.
  allow("fcntl", 1, {F_GETFD, F_SETFD, F_GETFL, F_DUPFD, F_DUPFD_CLOEXEC});
  allow("ioctl", 1, {static_cast<int>(TCGETS), static_cast<int>(FIONREAD)});
  allow("prctl", 0, {PR_SET_NAME, PR_GET_NAME, PR_GET_PDEATHSIG, PR_GET_DUMPABLE, PR_SET_VMA});
  rules.add(SCMP_ACT_ALLOW, "prctl", {equals(0, PR_SET_PDEATHSIG), equals(1, SIGKILL)});
  allow("prlimit64", 0, {0});  // of itself
  allow("seccomp", 0, {1});    // SECCOMP_SET_MODE_FILTER: narrowing further
}

// A C library that looks for a name service goes on without; anything else is the network.
void add_no_sockets(Rules& rules) {
  for (const int family : {AF_UNIX, AF_NETLINK}) {
    rules.add(SCMP_ACT_ERRNO(EACCES), "socket", {equals(0, static_cast<std::uint64_t>(family))});
  }
  for (std::uint64_t family = AF_UNIX + 1; family < AF_NETLINK; ++family) {
    rules.add(SCMP_ACT_KILL_PROCESS, "socket", {equals(0, family)});
  }
  rules.add(SCMP_ACT_KILL_PROCESS, "socket", {above(0, static_cast<std::uint64_t>(AF_NETLINK))});
}

void add_for_all(Rules& rules) {
  rules.add_all(SCMP_ACT_ALLOW, kAllowed);
  rules.add_all(SCMP_ACT_ERRNO(ENOSYS), kUnknown);
  // The host flushes what is published; waiting for it here would only be slow.
  for (const char* name : {"fsync", "fdatasync"}) rules.add(SCMP_ACT_ERRNO(0), name);
  add_open(rules);
  add_mmap(rules);
  add_with_arguments(rules);
}

// What is deadly to a converter, but for calls that the process is allowed below.
void add_deadly(Rules& rules, std::initializer_list<const char*> but = {}) {
  for (const char* name : kDeadly) {
    const bool is_allowed = std::any_of(
        but.begin(), but.end(), [name](const char* one) { return std::strcmp(one, name) == 0; });
    if (!is_allowed) rules.add(SCMP_ACT_KILL_PROCESS, name);
  }
}

std::string for_converting(bool threads) {
  Rules rules;
  add_for_all(rules);
  add_deadly(rules);
  add_clone(rules, threads);
  add_no_sockets(rules);
  return rules.compiled();
}

// For the process that speaks HTTP (host/fetch): it uses the connected socket that it was handed.
// It cannot make a socket, or connect one. A library that looks what the system offers is refused.
std::string for_fetching() {
  Rules rules;
  add_for_all(rules);
  add_deadly(rules, {"sendto"});
  rules.add(SCMP_ACT_ALLOW, "sendto", {equals(4, 0)});  // send(): to nobody else
  for (const char* name : {"recvfrom", "getsockopt", "getpeername", "getsockname", "shutdown"}) {
    rules.add(SCMP_ACT_ALLOW, name);
  }
  return rules.compiled();
}

// For the process that asks for addresses: IP sockets, which it cannot listen with.
std::string for_resolving() {
  Rules rules;
  add_for_all(rules);
  add_deadly(rules, {"connect", "sendto", "sendmmsg"});
  for (const int family : {AF_INET, AF_INET6}) {
    for (const int kind : {SOCK_DGRAM, SOCK_STREAM}) {
      // The flags of socket(2) stand in the same argument.
      rules.add(SCMP_ACT_ALLOW, "socket",
                {equals(0, static_cast<std::uint64_t>(family)),
                 masked(1, ~static_cast<std::uint64_t>(SOCK_NONBLOCK | SOCK_CLOEXEC),
                        static_cast<std::uint64_t>(kind))});
    }
  }
  add_sending(rules, "sendto", 3);
  add_sending(rules, "sendmmsg", 3);
  for (const char* name : {"connect", "recvfrom", "recvmmsg", "getsockopt", "setsockopt",
                           "getpeername", "getsockname"}) {
    rules.add(SCMP_ACT_ALLOW, name);
  }
  return rules.compiled();
}

void print(const char* name, const std::string& program) {
  std::printf("constexpr sock_filter %s[] = {\n", name);
  for (std::size_t at = 0; at < program.size(); at += sizeof(sock_filter)) {
    sock_filter one{};
    std::memcpy(&one, program.data() + at, sizeof one);
    std::printf("    {0x%x, %u, %u, 0x%x},\n", one.code, one.jt, one.jf, one.k);
  }
  std::printf("};\n");
}

// By their numbers, for messages.
void print_names() {
  constexpr int kMaxNumber = 1024;  // Linux 6.18 has fewer than 480
  std::puts("constexpr const char* kCallNames[] = {");
  int last = kMaxNumber;
  const auto name_of = [](int number) {
    return std::unique_ptr<char, void (*)(void*)>(
        seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, number), &std::free);
  };
  while (last > 0 && !name_of(last)) --last;
  for (int number = 0; number <= last; ++number) {
    const auto name = name_of(number);
    if (name) {
      std::printf("    \"%s\",\n", name.get());
    } else {
      std::puts("    nullptr,");
    }
  }
  std::puts("};");
}

}  // namespace
}  // namespace sluice::worker

int main() {
  try {
    std::puts("// Made by filter_compiler.cpp.");
    sluice::worker::print("kWithoutThreads", sluice::worker::for_converting(false));
    sluice::worker::print("kWithThreads", sluice::worker::for_converting(true));
    sluice::worker::print("kFetching", sluice::worker::for_fetching());
    sluice::worker::print("kResolving", sluice::worker::for_resolving());
    sluice::worker::print_names();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "filter_compiler: %s\n", error.what());
    return 1;
  }
  return std::fflush(stdout) == 0 ? 0 : 1;
}
