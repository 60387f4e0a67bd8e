#include "worker/program/posix/rlimits.h"

#include <sys/resource.h>

#include <algorithm>

namespace sluice::program {
namespace {

constexpr std::uint64_t kOpenFiles = 256;
constexpr std::uint64_t kStackBytes = 8 << 20;

bool limit(int resource, std::uint64_t soft, std::uint64_t hard) {
  rlimit old{};
  if (::getrlimit(static_cast<__rlimit_resource>(resource), &old) != 0) return false;
  // Never above what the host itself was given.
  const rlimit wanted{std::min<rlim_t>(soft, old.rlim_max), std::min<rlim_t>(hard, old.rlim_max)};
  return ::setrlimit(static_cast<__rlimit_resource>(resource), &wanted) == 0;
}

}  // namespace

bool limits_memory() {
#if defined(SLUICE_SANITIZED)
  return false;
#else
  return true;
#endif
}

std::uint64_t address_space_limit(const wire::RunInput& input) {
  // A mapped source takes address space, but no memory that counts: the kernel can drop its pages.
  std::uint64_t largest = 0;
  for (const wire::JobInput& job : input.jobs) {
    if (!job.is_inline) largest = std::max(largest, job.source_bytes);
  }
  return input.memory_bytes + largest;
}

bool limit_zygote() {
  return limit(RLIMIT_CORE, 0, 0) && limit(RLIMIT_STACK, kStackBytes, kStackBytes);
}

bool limit_run(const wire::RunInput& input, std::uint64_t memory_file_bytes) {
  // Results are written into the memory file, which this limit counts as any other.
  // One byte more than a temporary file may have, so that the host sees it go over its limit.
  const std::uint64_t scratch_bytes = input.scratch_files == 0 ? 0 : input.scratch_bytes + 1;
  const std::uint64_t file_bytes = std::max({input.output_bytes, memory_file_bytes, scratch_bytes});
  bool done = limit(RLIMIT_CPU, input.cpu_seconds, input.cpu_seconds + 1) &&
              limit(RLIMIT_FSIZE, file_bytes, file_bytes) &&
              limit(RLIMIT_NOFILE, kOpenFiles, kOpenFiles) && limit(RLIMIT_MEMLOCK, 0, 0);
  // Counted per user, and not at all for root: the filter on system calls is what holds.
  if (!input.threads) done = done && limit(RLIMIT_NPROC, 0, 0);
  const std::uint64_t memory = address_space_limit(input);
  return done && (!limits_memory() || limit(RLIMIT_AS, memory, memory));
}

}  // namespace sluice::program
