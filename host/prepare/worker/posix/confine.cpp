// Linux: what a worker may do. Resource limits and privileges; the kernel's access control goes
// here.
#include "prepare/worker/confine.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>

namespace sluice::prepare::worker {
namespace {

constexpr std::uint64_t kOpenFiles = 256;
constexpr std::uint64_t kStackBytes = 8 << 20;
#if defined(SLUICE_SANITIZED)
constexpr bool kLimitsMemory = false;  // a sanitizer's shadow alone is terabytes of address space
#else
constexpr bool kLimitsMemory = true;
#endif

// A mapped source takes address space, but no memory that counts: the kernel can drop its pages.
std::uint64_t address_space(const wire::RunInput& input) {
  std::uint64_t largest = 0;
  for (const wire::JobInput& job : input.jobs) {
    if (!job.is_inline) largest = std::max(largest, job.source_bytes);
  }
  return input.memory_bytes + largest;
}

bool limit(int resource, std::uint64_t soft, std::uint64_t hard) {
  rlimit old{};
  if (::getrlimit(static_cast<__rlimit_resource>(resource), &old) != 0) return false;
  // Never above what the host itself was given.
  const rlimit wanted{std::min<rlim_t>(soft, old.rlim_max), std::min<rlim_t>(hard, old.rlim_max)};
  return ::setrlimit(static_cast<__rlimit_resource>(resource), &wanted) == 0;
}

}  // namespace

void confine_zygote() {
  const bool done = ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
                    ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 && limit(RLIMIT_CORE, 0, 0) &&
                    limit(RLIMIT_STACK, kStackBytes, kStackBytes);
  if (!done) ::_exit(wire::kExitProtocol);
}

void confine_run(const wire::RunInput& input, std::uint64_t memory_file_bytes) {
  // Results are written into the memory file, which this limit counts as any other.
  const std::uint64_t file_bytes = std::max(input.output_bytes, memory_file_bytes);
  bool done = limit(RLIMIT_CPU, input.cpu_seconds, input.cpu_seconds + 1) &&
              limit(RLIMIT_FSIZE, file_bytes, file_bytes) &&
              limit(RLIMIT_NOFILE, kOpenFiles, kOpenFiles);
  // Counted per user, and not at all for root; it stops a fork bomb of anybody else.
  if (!input.threads) done = done && limit(RLIMIT_NPROC, 0, 0);
  if (kLimitsMemory) done = done && limit(RLIMIT_AS, address_space(input), address_space(input));
  if (!done) ::_exit(wire::kExitProtocol);
}

bool memory_was_short(const wire::RunInput& input) {
  if (!kLimitsMemory) return false;
  const int status = ::open("/proc/self/status", O_RDONLY | O_CLOEXEC);
  if (status < 0) return false;
  std::array<char, 4096> text{};
  const ssize_t size = ::read(status, text.data(), text.size() - 1);
  ::close(status);
  if (size <= 0) return false;
  const char* peak = std::strstr(text.data(), "VmPeak:");
  if (peak == nullptr) return false;
  const std::uint64_t kibibytes = std::strtoull(peak + std::strlen("VmPeak:"), nullptr, 10);
  return kibibytes * 1024 >= address_space(input) - input.memory_bytes / 8;
}

}  // namespace sluice::prepare::worker
