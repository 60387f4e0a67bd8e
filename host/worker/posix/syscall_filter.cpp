#include "worker/syscall_filter.h"

#include <linux/filter.h>
#include <linux/seccomp.h>

#include <cstring>
#include <iterator>

#include "worker/wire.h"

namespace sluice::worker {
namespace {

#include "syscall_filter_table.inc"

template <std::size_t Count>
std::string_view bytes_of(const sock_filter (&program)[Count]) {
  return {reinterpret_cast<const char*>(program), sizeof program};
}

}  // namespace

std::string_view syscall_filter(const SyscallFilterNeeds& needs) {
  switch (needs.role) {
    case SandboxRole::kFetching:
      return bytes_of(kFetching);
    case SandboxRole::kResolving:
      return bytes_of(kResolving);
    case SandboxRole::kConverting:
      break;
  }
  return needs.threads ? bytes_of(kWithThreads) : bytes_of(kWithoutThreads);
}

std::string with_traps(std::string_view filter) {
  std::string trapping(filter);
  for (std::size_t at = 0; at + sizeof(sock_filter) <= trapping.size(); at += sizeof(sock_filter)) {
    sock_filter one{};
    std::memcpy(&one, trapping.data() + at, sizeof one);
    if (one.code != (BPF_RET | BPF_K) || one.k != SECCOMP_RET_KILL_PROCESS) continue;
    one.k = SECCOMP_RET_TRAP;
    std::memcpy(trapping.data() + at, &one, sizeof one);
  }
  return trapping;
}

std::string system_call_name(std::uint32_t number) {
  if (number == wire::kForeignCall) return "a system call of another architecture";
  if (number < std::size(kCallNames) && kCallNames[number] != nullptr) return kCallNames[number];
  return "system call " + std::to_string(number);
}

}  // namespace sluice::worker
