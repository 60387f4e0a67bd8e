#include "worker/filter_audit.h"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/fs.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace sluice::worker {
namespace {

// Newer than the headers of Debian 12.
constexpr int kFchmodat2 = 452;
constexpr int kSetxattrat = 463;
constexpr int kFileSetattr = 469;

#if defined(__x86_64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_AARCH64;
#elif defined(__riscv)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_RISCV64;
#else
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_PPC64LE;
#endif

struct Call {
  Promise promise;
  const char* name;
  int number;
  std::array<std::uint64_t, 6> arguments = {};
};

constexpr std::uint64_t kSomeProcess = 1;
constexpr std::uint64_t kSomeAddress = 4096;

const Call kBreaking[] = {
    {Promise::kMaking, "openat(O_CREAT)", SYS_openat, {0, 0, O_WRONLY | O_CREAT}},
    {Promise::kMaking, "openat(O_TMPFILE)", SYS_openat, {0, 0, O_RDWR | O_TMPFILE}},
    {Promise::kMaking, "mkdirat", SYS_mkdirat},
    {Promise::kMaking, "mknodat", SYS_mknodat},
    {Promise::kMaking, "symlinkat", SYS_symlinkat},
    {Promise::kChanging, "openat(O_WRONLY)", SYS_openat, {0, 0, O_WRONLY}},
    {Promise::kChanging, "openat(O_RDWR)", SYS_openat, {0, 0, O_RDWR | O_CLOEXEC}},
    {Promise::kChanging, "openat2", SYS_openat2},
    {Promise::kChanging, "open_by_handle_at", SYS_open_by_handle_at},
    {Promise::kChanging, "io_uring_setup", SYS_io_uring_setup},
    {Promise::kTruncating, "truncate", SYS_truncate},
    {Promise::kTruncating, "openat(O_TRUNC)", SYS_openat, {0, 0, O_RDONLY | O_TRUNC}},
    {Promise::kRenaming, "renameat", SYS_renameat},
    {Promise::kRenaming, "renameat2", SYS_renameat2},
    {Promise::kRenaming, "linkat", SYS_linkat},
    {Promise::kRenaming, "unlinkat", SYS_unlinkat},
    {Promise::kAttributes, "fchmod", SYS_fchmod},
    {Promise::kAttributes, "fchmodat", SYS_fchmodat},
    {Promise::kAttributes, "fchmodat2", kFchmodat2},
    {Promise::kAttributes, "fchown", SYS_fchown},
    {Promise::kAttributes, "fchownat", SYS_fchownat},
    {Promise::kAttributes, "utimensat", SYS_utimensat},
    {Promise::kAttributes, "setxattr", SYS_setxattr},
    {Promise::kAttributes, "fsetxattr", SYS_fsetxattr},
    {Promise::kAttributes, "fremovexattr", SYS_fremovexattr},
    {Promise::kAttributes, "setxattrat", kSetxattrat},
    {Promise::kAttributes, "file_setattr", kFileSetattr},
    {Promise::kAttributes, "flock", SYS_flock},
    {Promise::kAttributes, "fcntl(F_SETLK)", SYS_fcntl, {0, F_SETLK}},
    {Promise::kAttributes, "fcntl(F_OFD_SETLK)", SYS_fcntl, {0, F_OFD_SETLK}},
    {Promise::kAttributes, "ioctl(FS_IOC_SETFLAGS)", SYS_ioctl, {0, FS_IOC_SETFLAGS}},
    {Promise::kSignals, "pidfd_send_signal", SYS_pidfd_send_signal},
    {Promise::kSignals, "rt_sigqueueinfo", SYS_rt_sigqueueinfo},
    {Promise::kSignals, "rt_tgsigqueueinfo", SYS_rt_tgsigqueueinfo},
    {Promise::kSignals, "fcntl(F_SETOWN)", SYS_fcntl, {0, F_SETOWN, kSomeProcess}},
    {Promise::kProcesses, "execve", SYS_execve},
    {Promise::kProcesses, "execveat", SYS_execveat},
    {Promise::kProcesses, "clone3", SYS_clone3},
    {Promise::kProcesses, "clone(CLONE_VFORK)", SYS_clone, {CLONE_VM | CLONE_VFORK | SIGCHLD}},
    {Promise::kProcesses, "clone(CLONE_NEWUSER)", SYS_clone, {CLONE_NEWUSER | SIGCHLD}},
    {Promise::kProcesses, "clone(CLONE_PARENT)", SYS_clone, {CLONE_PARENT | SIGCHLD}},
    {Promise::kProcesses, "setsid", SYS_setsid},
    {Promise::kProcesses, "setpgid", SYS_setpgid},
    {Promise::kProcesses, "unshare", SYS_unshare},
    {Promise::kProcesses, "setns", SYS_setns},
    {Promise::kReaching, "ptrace", SYS_ptrace},
    {Promise::kReaching, "process_vm_readv", SYS_process_vm_readv},
    {Promise::kReaching, "process_vm_writev", SYS_process_vm_writev},
    {Promise::kReaching, "pidfd_open", SYS_pidfd_open, {kSomeProcess}},
    {Promise::kReaching, "pidfd_getfd", SYS_pidfd_getfd},
    {Promise::kReaching, "prlimit64", SYS_prlimit64, {kSomeProcess}},
    {Promise::kReaching, "kcmp", SYS_kcmp},
    {Promise::kReaching, "setpriority", SYS_setpriority},
    {Promise::kReaching, "sched_setaffinity", SYS_sched_setaffinity},
    {Promise::kReaching, "sched_setscheduler", SYS_sched_setscheduler},
    {Promise::kReaching, "ioprio_set", SYS_ioprio_set},
    {Promise::kReaching, "move_pages", SYS_move_pages},
    {Promise::kReaching, "perf_event_open", SYS_perf_event_open},
    {Promise::kReaching, "bpf", SYS_bpf},
    {Promise::kNetwork, "socket(AF_UNIX)", SYS_socket, {AF_UNIX, SOCK_STREAM}},
    {Promise::kNetwork, "socket(AF_INET)", SYS_socket, {AF_INET, SOCK_DGRAM}},
    {Promise::kNetwork, "socket(AF_INET6)", SYS_socket, {AF_INET6, SOCK_DGRAM}},
    {Promise::kNetwork, "socket(AF_NETLINK)", SYS_socket, {AF_NETLINK, SOCK_RAW}},
    {Promise::kNetwork, "socket(AF_PACKET)", SYS_socket, {AF_PACKET, SOCK_RAW}},
    {Promise::kNetwork, "socket(AF_VSOCK)", SYS_socket, {AF_VSOCK, SOCK_STREAM}},
    {Promise::kNetwork, "socketpair", SYS_socketpair, {AF_UNIX, SOCK_STREAM}},
    {Promise::kNetwork, "connect", SYS_connect},
    {Promise::kNetwork, "bind", SYS_bind},
    {Promise::kNetwork, "send", SYS_sendto},
    {Promise::kNetwork, "sendto", SYS_sendto, {0, 0, 0, 0, kSomeAddress, 16}},
    {Promise::kNetwork,
     "sendto(MSG_FASTOPEN)",
     SYS_sendto,
     {0, 0, 0, MSG_FASTOPEN, kSomeAddress, 16}},
    {Promise::kNetwork, "sendmsg(MSG_FASTOPEN)", SYS_sendmsg, {0, 0, MSG_FASTOPEN}},
    {Promise::kNetwork, "sendmmsg(MSG_FASTOPEN)", SYS_sendmmsg, {0, 0, 0, MSG_FASTOPEN}},
    {Promise::kNetwork, "listen", SYS_listen},
    {Promise::kNetwork, "accept4", SYS_accept4},
    {Promise::kNetwork, "io_uring_setup", SYS_io_uring_setup},
    {Promise::kDocuments,
     "mmap(MAP_SHARED)",
     SYS_mmap,
     {0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS}},
    {Promise::kDocuments, "shmget", SYS_shmget},
    {Promise::kDocuments, "msgget", SYS_msgget},
    {Promise::kDocuments, "semget", SYS_semget},
    {Promise::kDocuments, "mq_open", SYS_mq_open},
    {Promise::kDocuments, "memfd_create", SYS_memfd_create},
    {Promise::kLimits, "setrlimit", SYS_setrlimit},
    {Promise::kLimits, "mlockall", SYS_mlockall},
};

// The answer of a classic BPF program as the kernel runs it, for the instructions that filters of
// libseccomp consist of; "allow" for anything else, since the audit then proves nothing.
class Machine {
 public:
  explicit Machine(std::string_view filter) : program_(filter.size() / sizeof(sock_filter)) {
    if (program_.empty()) return;  // no filter: memcpy takes no null pointer
    std::memcpy(program_.data(), filter.data(), program_.size() * sizeof(sock_filter));
  }

  bool allows(const Call& call) const {
    seccomp_data data{};
    data.nr = call.number;
    data.arch = kArchitecture;
    for (std::size_t i = 0; i < call.arguments.size(); ++i) data.args[i] = call.arguments[i];
    return answer(data) == SECCOMP_RET_ALLOW;
  }

 private:
  std::uint32_t answer(const seccomp_data& data) const {
    std::uint32_t value = 0;
    for (std::size_t at = 0; at < program_.size(); ++at) {
      const sock_filter& one = program_[at];
      switch (one.code) {
        case BPF_LD | BPF_W | BPF_ABS:
          if (one.k > sizeof data - sizeof value) return SECCOMP_RET_ALLOW;
          std::memcpy(&value, reinterpret_cast<const char*>(&data) + one.k, sizeof value);
          break;
        case BPF_ALU | BPF_AND | BPF_K:
          value &= one.k;
          break;
        case BPF_JMP | BPF_JA:
          at += one.k;
          break;
        case BPF_JMP | BPF_JEQ | BPF_K:
          at += value == one.k ? one.jt : one.jf;
          break;
        case BPF_JMP | BPF_JGT | BPF_K:
          at += value > one.k ? one.jt : one.jf;
          break;
        case BPF_JMP | BPF_JGE | BPF_K:
          at += value >= one.k ? one.jt : one.jf;
          break;
        case BPF_JMP | BPF_JSET | BPF_K:
          at += (value & one.k) != 0 ? one.jt : one.jf;
          break;
        case BPF_RET | BPF_K:
          return one.k;
        default:
          return SECCOMP_RET_ALLOW;
      }
    }
    return SECCOMP_RET_ALLOW;
  }

  std::vector<sock_filter> program_;
};

// What the role is there for.
bool is_for(SandboxRole role, const Call& call) {
  constexpr std::array<std::string_view, 1> kFetching = {"send"};
  constexpr std::array<std::string_view, 5> kResolving = {"send", "sendto", "connect",
                                                          "socket(AF_INET)", "socket(AF_INET6)"};
  const auto holds = [&call](const auto& names) {
    return std::find(names.begin(), names.end(), call.name) != names.end();
  };
  return (role == SandboxRole::kFetching && holds(kFetching)) ||
         (role == SandboxRole::kResolving && holds(kResolving));
}

}  // namespace

std::map<Promise, std::string> filter_gaps(std::string_view filter, SandboxRole role) {
  const Machine machine(filter);
  std::map<Promise, std::string> gaps;
  for (const Call& call : kBreaking) {
    if (is_for(role, call)) continue;
    if (machine.allows(call)) gaps.emplace(call.promise, call.name);
  }
  return gaps;
}

}  // namespace sluice::worker
