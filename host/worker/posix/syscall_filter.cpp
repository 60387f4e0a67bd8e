#include "worker/syscall_filter.h"

#include <linux/filter.h>

namespace sluice::worker {
namespace {

#include "syscall_filter_table.inc"

template <std::size_t Count>
std::string_view bytes_of(const sock_filter (&program)[Count]) {
  return {reinterpret_cast<const char*>(program), sizeof program};
}

}  // namespace

std::string_view syscall_filter(const SyscallFilterNeeds& needs) {
  return needs.threads ? bytes_of(kWithThreads) : bytes_of(kWithoutThreads);
}

}  // namespace sluice::worker
