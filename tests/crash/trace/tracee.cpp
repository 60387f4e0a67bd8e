// x86-64: which register holds what is the only thing here that depends on the machine.
#include "crash/trace/tracee.h"

#include <fcntl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>

namespace sluice::crash {
namespace {

user_regs_struct read_registers(pid_t thread) {
  user_regs_struct registers{};
  ::ptrace(PTRACE_GETREGS, thread, nullptr, &registers);
  return registers;
}

std::size_t read_memory(pid_t thread, std::uint64_t address, void* into, std::size_t size) {
  iovec local{into, size};
  iovec remote{reinterpret_cast<void*>(address), size};
  const ssize_t got = ::process_vm_readv(thread, &local, 1, &remote, 1, 0);
  return got < 0 ? 0 : static_cast<std::size_t>(got);
}

std::string read_string(pid_t thread, std::uint64_t address) {
  constexpr std::uint64_t kPage = 4096;
  std::string text;
  while (text.size() < 2 * kPage) {
    // Never across the end of a page: the next one may not be there.
    char piece[kPage];
    const std::size_t got = read_memory(thread, address, piece, kPage - address % kPage);
    if (got == 0) break;
    const std::size_t length = ::strnlen(piece, got);
    text.append(piece, length);
    if (length < got) break;
    address += got;
  }
  return text;
}

std::string link_target(const std::string& link) {
  std::string target(4096, '\0');
  const ssize_t size = ::readlink(link.c_str(), target.data(), target.size());
  target.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
  return target;
}

std::string resolve(pid_t thread, const Call& call, int fd, int path) {
  const auto descriptor =
      fd == kNone ? AT_FDCWD : static_cast<std::int32_t>(call.arguments[static_cast<unsigned>(fd)]);
  if (path == kNone) return path_of_descriptor(thread, descriptor);
  const std::string name = read_string(thread, call.arguments[static_cast<unsigned>(path)]);
  if (!name.empty() && name.front() == '/') {
    return std::filesystem::path(name).lexically_normal().string();
  }
  const std::filesystem::path base = path_of_descriptor(thread, descriptor);
  return (name.empty() ? base : base / name).lexically_normal().string();
}

std::uint64_t flags_of(pid_t thread, const Call& call) {
  const auto& arguments = call.arguments;
  switch (call.syscall->number) {
    case SYS_open:
      return arguments[1];
    case SYS_creat:
      return O_CREAT | O_TRUNC | O_WRONLY;
    case SYS_openat:
    case SYS_unlinkat:
      return arguments[2];
    case SYS_openat2: {
      std::uint64_t flags = 0;
      read_memory(thread, arguments[2], &flags, sizeof flags);
      return flags;
    }
    case SYS_renameat2:
      return arguments[4];
    default:
      return 0;
  }
}

unsigned long long& argument_register(user_regs_struct& registers, int index) {
  switch (index) {
    case 0:
      return registers.rdi;
    case 1:
      return registers.rsi;
    case 2:
      return registers.rdx;
    case 3:
      return registers.r10;
    case 4:
      return registers.r8;
    default:
      return registers.r9;
  }
}

}  // namespace

Call read_call(pid_t thread) {
  user_regs_struct registers = read_registers(thread);
  Call call;
  call.thread = thread;
  call.syscall = find_syscall(static_cast<long>(registers.orig_rax));
  if (call.syscall == nullptr) return call;
  for (int i = 0; i < 6; ++i) {
    call.arguments[static_cast<unsigned>(i)] = argument_register(registers, i);
  }
  const Syscall& row = *call.syscall;
  if (row.fd != kNone || row.path != kNone) call.path = resolve(thread, call, row.fd, row.path);
  if (row.to_path != kNone) call.to = resolve(thread, call, row.to_fd, row.to_path);
  call.flags = flags_of(thread, call);
  return call;
}

std::string path_of_descriptor(pid_t thread, std::int64_t descriptor) {
  const std::string process = "/proc/" + std::to_string(thread);
  return link_target(descriptor == AT_FDCWD ? process + "/cwd"
                                            : process + "/fd/" + std::to_string(descriptor));
}

void skip_call(pid_t thread, std::int64_t result) {
  user_regs_struct registers = read_registers(thread);
  registers.orig_rax = ~0ULL;  // no such call: the kernel skips it and leaves the result alone
  registers.rax = static_cast<unsigned long long>(result);
  ::ptrace(PTRACE_SETREGS, thread, nullptr, &registers);
}

void set_argument(pid_t thread, int index, std::uint64_t value) {
  user_regs_struct registers = read_registers(thread);
  argument_register(registers, index) = value;
  ::ptrace(PTRACE_SETREGS, thread, nullptr, &registers);
}

std::int64_t read_result(pid_t thread) {
  return static_cast<std::int64_t>(read_registers(thread).rax);
}

Family family_of(pid_t thread) {
  Family family;
  std::ifstream status("/proc/" + std::to_string(thread) + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.rfind("Tgid:", 0) == 0) family.process = static_cast<pid_t>(std::stol(line.substr(5)));
    if (line.rfind("PPid:", 0) == 0) family.parent = static_cast<pid_t>(std::stol(line.substr(5)));
  }
  return family;
}

}  // namespace sluice::crash
