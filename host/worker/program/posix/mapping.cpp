#include "worker/program/mapping.h"

#include <sys/mman.h>

namespace sluice::program {

namespace {

std::optional<std::string_view> map(const platform::File& file, std::uint64_t size, int how) {
  if (size == 0) return std::string_view("", 0);
  void* memory = ::mmap(nullptr, static_cast<std::size_t>(size), PROT_READ, how,
                        static_cast<int>(file.handle.value()), 0);
  if (memory == MAP_FAILED) return std::nullopt;
  return std::string_view(static_cast<const char*>(memory), static_cast<std::size_t>(size));
}

}  // namespace

std::optional<Mapping> Mapping::of(const platform::File& file, std::uint64_t size) {
  const std::optional<std::string_view> bytes = map(file, size, MAP_PRIVATE);
  return bytes ? std::optional(Mapping(*bytes)) : std::nullopt;
}

std::optional<Mapping> Mapping::shared(const platform::File& file, std::uint64_t size) {
  const std::optional<std::string_view> bytes = map(file, size, MAP_SHARED);
  return bytes ? std::optional(Mapping(*bytes)) : std::nullopt;
}

Mapping::~Mapping() {
  if (!bytes_.empty()) ::munmap(const_cast<char*>(bytes_.data()), bytes_.size());
}

}  // namespace sluice::program
