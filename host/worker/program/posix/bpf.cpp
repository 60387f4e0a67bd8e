#include "worker/program/posix/bpf.h"

#include <sys/syscall.h>
#include <unistd.h>

namespace sluice::program::bpf {

bool load(const sock_filter* program, std::size_t count) {
  sock_fprog whole{static_cast<unsigned short>(count), const_cast<sock_filter*>(program)};
  return ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &whole) == 0;
}

}  // namespace sluice::program::bpf
