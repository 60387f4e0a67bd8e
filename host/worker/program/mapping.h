// Read-only bytes of a file in memory. The file must not shrink while mapped: it is the host's own
// copy, or a memory file of fixed size.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "platform/os_handle.h"

namespace sluice::program {

class Mapping {
 public:
  // Nothing if the system refuses. `size` may be 0.
  static std::optional<Mapping> of(const platform::File& file, std::uint64_t size);
  // The same, where what others write into the file is to be seen.
  static std::optional<Mapping> shared(const platform::File& file, std::uint64_t size);

  Mapping(Mapping&& other) noexcept : bytes_(std::exchange(other.bytes_, std::string_view())) {}
  Mapping& operator=(Mapping&&) = delete;
  ~Mapping();

  std::string_view bytes() const { return bytes_; }

 private:
  explicit Mapping(std::string_view bytes) : bytes_(bytes) {}
  std::string_view bytes_;
};

}  // namespace sluice::program
