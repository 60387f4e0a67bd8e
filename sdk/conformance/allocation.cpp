// Replaces malloc of the whole program by glibc's own with a counter in front. A plugin's library
// finds it first, so its allocations and those of the libraries it loads are counted, too.
//
// Bytes are counted block by block: mallinfo2 also counts free blocks that glibc keeps for the
// thread, and their number changes with each conversion.
#include "conformance/allocation.h"

#include <malloc.h>

#include <atomic>
#include <bit>
#include <cerrno>
#include <cstddef>

namespace sluice::conformance {
namespace {

std::atomic<std::uint64_t> count{0};
std::atomic<std::uint64_t> failing{0};
std::atomic<std::uint64_t> in_use{0};  // bytes
std::atomic<int> host_depth{1};        // the tool itself, until a conversion begins

}  // namespace

std::uint64_t allocations() {
  return count.load();
}
void reset_allocations(std::uint64_t fail_at) {
  count.store(0);
  failing.store(fail_at);
}
std::uint64_t allocated_bytes() {
  return in_use.load();
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

void* added(void* block) {
  in_use.fetch_add(::malloc_usable_size(block), std::memory_order_relaxed);
  return block;
}
void removed(std::size_t bytes) {
  in_use.fetch_sub(bytes, std::memory_order_relaxed);
}
}  // namespace
#endif

}  // namespace sluice::conformance

#ifndef SLUICE_SANITIZED
#define SLUICE_REPLACES __attribute__((visibility("default")))
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* old, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
void __libc_free(void* block);

SLUICE_REPLACES void* malloc(std::size_t size) {
  using namespace sluice::conformance;
  return is_failing() ? nullptr : added(__libc_malloc(size));
}
SLUICE_REPLACES void* calloc(std::size_t count, std::size_t size) {
  using namespace sluice::conformance;
  return is_failing() ? nullptr : added(__libc_calloc(count, size));
}
SLUICE_REPLACES void* realloc(void* old, std::size_t size) {
  using namespace sluice::conformance;
  if (is_failing()) return nullptr;
  const std::size_t before = ::malloc_usable_size(old);
  void* const block = __libc_realloc(old, size);
  if (block != nullptr || size == 0) removed(before);  // else the old block stays
  return added(block);
}
SLUICE_REPLACES void free(void* block) {
  sluice::conformance::removed(::malloc_usable_size(block));
  __libc_free(block);
}
SLUICE_REPLACES void* memalign(std::size_t alignment, std::size_t size) {
  return sluice::conformance::added(__libc_memalign(alignment, size));
}
SLUICE_REPLACES void* aligned_alloc(std::size_t alignment, std::size_t size) {
  return memalign(alignment, size);
}
SLUICE_REPLACES int posix_memalign(void** out, std::size_t alignment, std::size_t size) {
  if (alignment % sizeof(void*) != 0 || !std::has_single_bit(alignment)) return EINVAL;
  void* const block = memalign(alignment, size);
  if (block == nullptr) return ENOMEM;
  *out = block;
  return 0;
}
}
#endif
