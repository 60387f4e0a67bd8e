#include "worker/program/mapping.h"

#include <sys/mman.h>

namespace sluice::program {

std::optional<Mapping> Mapping::of(const platform::File& file, std::uint64_t size) {
  if (size == 0) return Mapping(std::string_view("", 0));
  void* memory = ::mmap(nullptr, static_cast<std::size_t>(size), PROT_READ, MAP_PRIVATE,
                        static_cast<int>(file.handle.value()), 0);
  if (memory == MAP_FAILED) return std::nullopt;
  return Mapping({static_cast<const char*>(memory), static_cast<std::size_t>(size)});
}

Mapping::~Mapping() {
  if (!bytes_.empty()) ::munmap(const_cast<char*>(bytes_.data()), bytes_.size());
}

}  // namespace sluice::program
