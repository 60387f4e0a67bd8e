#include "worker/program/posix/rlimits.h"

#include <sys/resource.h>

#include <algorithm>

#include "worker/program/posix/zygote_filter.h"

namespace sluice::program {
namespace {

constexpr std::uint64_t kOpenFiles = 256;
constexpr std::uint64_t kStackBytes = 8 << 20;

// The hard limits that this worker was started with: none may be set above them. Asked for once,
// so that a run needs a single call for each of its limits.
struct Inherited {
  rlim_t processor_time = RLIM_INFINITY;
  rlim_t file_size = RLIM_INFINITY;
  rlim_t memory = RLIM_INFINITY;
};
Inherited inherited;

rlim_t hard_limit(int resource) {
  rlimit old{};
  return ::getrlimit(static_cast<__rlimit_resource>(resource), &old) == 0 ? old.rlim_max
                                                                          : RLIM_INFINITY;
}

bool limit(int resource, std::uint64_t soft, std::uint64_t hard) {
  const rlim_t most = hard_limit(resource);
  const rlimit wanted{std::min<rlim_t>(soft, most), std::min<rlim_t>(hard, most)};
  return ::setrlimit(static_cast<__rlimit_resource>(resource), &wanted) == 0;
}

// Results are written into the memory file, which this limit counts as any other. One byte more
// than a temporary file or a document within this one may have, so that the host sees it go over
// its limit.
std::uint64_t largest_file(const wire::RunInput& input) {
  std::uint64_t largest = std::max(input.output_bytes, wire::kRunMemory);
  if (input.scratch_files > 0) largest = std::max(largest, input.scratch_bytes + 1);
  for (const wire::JobInput& job : input.jobs) {
    if (job.children > 0) largest = std::max(largest, job.child_bytes + 1);
  }
  return largest;
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
  // What is mapped of files takes address space, but no memory that counts: the kernel can drop
  // pages of the source, and the memory file is the host's.
  std::uint64_t largest = 0;
  for (const wire::JobInput& job : input.jobs) {
    if (!job.is_inline) largest = std::max(largest, job.source_bytes);
  }
  return input.memory_bytes + wire::kRunMemory + largest;
}

bool limit_loading(const wire::Load& load) {
  inherited = {hard_limit(RLIMIT_CPU), hard_limit(RLIMIT_FSIZE), hard_limit(RLIMIT_AS)};
  bool done = limit(RLIMIT_CORE, 0, 0) && limit(RLIMIT_STACK, kStackBytes, kStackBytes) &&
              limit(RLIMIT_NOFILE, kOpenFiles, kOpenFiles) && limit(RLIMIT_MEMLOCK, 0, 0);
  if (load.library.empty()) return done;
  // The hard limits stay above, for a run with a large source and for its output; only who has the
  // key can raise a limit.
  done = done && limit(RLIMIT_FSIZE, 0, std::max(load.file_bytes, wire::kRunMemory)) &&
         limit(RLIMIT_CPU, load.cpu_seconds, RLIM_INFINITY);
  return done && (!limits_memory() || limit(RLIMIT_AS, load.memory_bytes, RLIM_INFINITY));
}

bool end_loading(std::uint64_t key) {
  return set_limit_with(key, RLIMIT_CPU, inherited.processor_time, inherited.processor_time);
}

bool limit_run(const wire::RunInput& input, std::uint64_t key) {
  const std::uint64_t file_bytes = largest_file(input);
  const auto set = [key](int resource, rlim_t most, std::uint64_t soft, std::uint64_t hard) {
    return set_limit_with(key, resource, std::min<rlim_t>(soft, most),
                          std::min<rlim_t>(hard, most));
  };
  const std::uint64_t memory = address_space_limit(input);
  return set(RLIMIT_CPU, inherited.processor_time, input.cpu_seconds, input.cpu_seconds + 1) &&
         set(RLIMIT_FSIZE, inherited.file_size, file_bytes, file_bytes) &&
         (!limits_memory() || set(RLIMIT_AS, inherited.memory, memory, memory));
}

bool are_limits_set(const wire::RunInput& input) {
  const auto is_set = [](int resource, std::uint64_t most) {
    rlimit now{};
    return ::getrlimit(static_cast<__rlimit_resource>(resource), &now) == 0 &&
           now.rlim_cur <= most && now.rlim_max <= most + 1;
  };
  return is_set(RLIMIT_CPU, input.cpu_seconds) &&
         is_set(RLIMIT_FSIZE, largest_file(input)) &&
         (!limits_memory() || is_set(RLIMIT_AS, address_space_limit(input)));
}

bool limit_processes(std::uint64_t key) {
  return set_limit_with(key, RLIMIT_NPROC, 0, 0);
}

}  // namespace sluice::program
