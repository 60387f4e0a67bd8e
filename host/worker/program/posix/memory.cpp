// Linux, glibc: this program's malloc and mmap stand before those of the C library for everything
// that is loaded into it, plugins included. They do nothing but look at the answer.
#include "worker/program/memory.h"

#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdlib>

namespace sluice::program {
namespace {

constinit std::atomic<std::uint64_t> largest{0};
constinit std::atomic<std::uint64_t> largest_ever{0};
constinit std::atomic<int> notes{-1};
constinit std::atomic<std::uint64_t> notes_at{0};

}  // namespace

void note_refusals_in(int descriptor, std::uint64_t offset) {
  notes_at.store(offset, std::memory_order_relaxed);
  notes.store(descriptor, std::memory_order_relaxed);
}

std::uint64_t take_refusal() {
  return largest.exchange(0, std::memory_order_relaxed);
}

#if defined(__GLIBC__) && defined(__LP64__) && !defined(SLUICE_SANITIZED)

namespace {

void raise_to(std::atomic<std::uint64_t>& value, std::uint64_t size) {
  std::uint64_t known = value.load(std::memory_order_relaxed);
  while (known < size && !value.compare_exchange_weak(known, size, std::memory_order_relaxed)) {
  }
}

// Called inside malloc: allocates nothing, keeps errno.
void note(std::uint64_t size) {
  const int descriptor = notes.load(std::memory_order_relaxed);
  if (descriptor < 0) return;
  const int error = errno;
  raise_to(largest, size);
  raise_to(largest_ever, size);
  const std::uint64_t value = largest_ever.load(std::memory_order_relaxed);
  unsigned char bytes[8];
  for (unsigned i = 0; i < 8; ++i) bytes[i] = static_cast<unsigned char>(value >> (8 * i));
  (void)!::pwrite(descriptor, bytes, sizeof bytes,
                  static_cast<off_t>(notes_at.load(std::memory_order_relaxed)));
  errno = error;
}

}  // namespace
#endif

}  // namespace sluice::program

#if defined(__GLIBC__) && defined(__LP64__) && !defined(SLUICE_SANITIZED)

#define SLUICE_INTERPOSED __attribute__((visibility("default")))

extern "C" {

void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* memory, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);

SLUICE_INTERPOSED void* malloc(std::size_t size) noexcept {
  void* memory = __libc_malloc(size);
  if (memory == nullptr) [[unlikely]]
    sluice::program::note(size);
  return memory;
}

SLUICE_INTERPOSED void* calloc(std::size_t count, std::size_t size) noexcept {
  void* memory = __libc_calloc(count, size);
  if (memory == nullptr) [[unlikely]] {
    std::size_t all = 0;
    if (__builtin_mul_overflow(count, size, &all)) all = ~std::size_t{0};
    sluice::program::note(all);
  }
  return memory;
}

SLUICE_INTERPOSED void* realloc(void* old, std::size_t size) noexcept {
  void* memory = __libc_realloc(old, size);
  if (memory == nullptr && size != 0) [[unlikely]]
    sluice::program::note(size);
  return memory;
}

SLUICE_INTERPOSED void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
  void* memory = __libc_memalign(alignment, size);
  if (memory == nullptr) [[unlikely]]
    sluice::program::note(size);
  return memory;
}

SLUICE_INTERPOSED int posix_memalign(void** out, std::size_t alignment, std::size_t size) noexcept {
  const bool is_power = alignment != 0 && (alignment & (alignment - 1)) == 0;
  if (!is_power || alignment % sizeof(void*) != 0) return EINVAL;
  void* memory = __libc_memalign(alignment, size);
  if (memory == nullptr) {
    sluice::program::note(size);
    return ENOMEM;
  }
  *out = memory;
  return 0;
}

SLUICE_INTERPOSED void* mmap(void* at, std::size_t size, int protection, int flags, int descriptor,
                             off_t offset) noexcept {
  const long got = ::syscall(SYS_mmap, at, size, protection, flags, descriptor, offset);
  if (got == -1 && errno == ENOMEM) sluice::program::note(size);
  return got == -1 ? MAP_FAILED : reinterpret_cast<void*>(got);
}

SLUICE_INTERPOSED void* mmap64(void* at, std::size_t size, int protection, int flags,
                               int descriptor, off64_t offset) noexcept {
  return mmap(at, size, protection, flags, descriptor, offset);
}

}  // extern "C"

#endif
