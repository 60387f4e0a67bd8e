// Replaces malloc of the whole program by glibc's own with a counter in front. A plugin's library
// finds it first, so its allocations and those of the libraries it loads are counted, too.
#include "conformance/allocation.h"

#include <malloc.h>

#include <atomic>
#include <cerrno>
#include <cstddef>

namespace sluice::conformance {
namespace {

std::atomic<std::uint64_t> count{0};
std::atomic<std::uint64_t> failing{0};
std::atomic<int> host_depth{1};  // the tool itself, until a conversion begins

}  // namespace

std::uint64_t allocations() {
  return count.load();
}
void reset_allocations(std::uint64_t fail_at) {
  count.store(0);
  failing.store(fail_at);
}
std::uint64_t allocated_bytes() {
  const struct mallinfo2 info = ::mallinfo2();
  return info.uordblks + info.hblkhd;
}

HostCall::HostCall() {
  host_depth.fetch_add(1);
}
HostCall::~HostCall() {
  host_depth.fetch_sub(1);
}

#ifdef SLUICE_SANITIZED
bool counts_allocations() {
  return false;
}
#else
bool counts_allocations() {
  return true;
}

namespace {
bool is_failing() {
  if (host_depth.load(std::memory_order_relaxed) > 1) return false;
  if (count.fetch_add(1) + 1 != failing.load(std::memory_order_relaxed)) return false;
  errno = ENOMEM;
  return true;
}
}  // namespace
#endif

}  // namespace sluice::conformance

#ifndef SLUICE_SANITIZED
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* old, std::size_t size);

__attribute__((visibility("default"))) void* malloc(std::size_t size) {
  return sluice::conformance::is_failing() ? nullptr : __libc_malloc(size);
}
__attribute__((visibility("default"))) void* calloc(std::size_t count, std::size_t size) {
  return sluice::conformance::is_failing() ? nullptr : __libc_calloc(count, size);
}
__attribute__((visibility("default"))) void* realloc(void* old, std::size_t size) {
  return sluice::conformance::is_failing() ? nullptr : __libc_realloc(old, size);
}
}
#endif
