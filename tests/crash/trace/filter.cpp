#include "crash/trace/filter.h"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstddef>
#include <vector>

namespace sluice::crash {
namespace {

constexpr std::uint32_t kNumber = offsetof(seccomp_data, nr);
constexpr std::uint32_t argument(unsigned index) {
  return static_cast<std::uint32_t>(offsetof(seccomp_data, args) + index * sizeof(std::uint64_t));
}

sock_filter load(std::uint32_t offset) {
  return BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offset);
}
sock_filter answer(std::uint32_t action) {
  return BPF_STMT(BPF_RET | BPF_K, action);
}

std::vector<sock_filter> program(Kinds kinds) {
  std::vector<sock_filter> code = {load(kNumber)};
  for (const Syscall& call : all_syscalls()) {
    if (call.kind == Kind::kHide) {
      code.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_prctl, 0, 4));
      code.push_back(load(argument(0)));
      code.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, PR_SET_DUMPABLE, 0, 1));
      code.push_back(answer(SECCOMP_RET_TRACE));
      code.push_back(answer(SECCOMP_RET_ALLOW));
      continue;
    }
    if (!kinds.has(call.kind)) continue;
    if (call.number == SYS_mmap) {
      // Only what is shared and writable can change a file.
      code.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_mmap, 0, 6));
      code.push_back(load(argument(3)));
      code.push_back(BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, MAP_SHARED, 0, 3));
      code.push_back(load(argument(2)));
      code.push_back(BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_WRITE, 0, 1));
      code.push_back(answer(SECCOMP_RET_TRACE));
      code.push_back(answer(SECCOMP_RET_ALLOW));
      continue;
    }
    code.push_back(
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call.number), 0, 1));
    code.push_back(answer(SECCOMP_RET_TRACE));
  }
  code.push_back(answer(SECCOMP_RET_ALLOW));
  return code;
}

}  // namespace

bool install_filter(Kinds kinds) {
  std::vector<sock_filter> code = program(kinds);
  const sock_fprog filter = {static_cast<unsigned short>(code.size()), code.data()};
  return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0) == 0;
}

}  // namespace sluice::crash
