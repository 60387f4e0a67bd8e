// Memory that ends where it ends: the byte behind it cannot be touched.
#pragma once

#include <cstddef>
#include <string_view>

namespace sluice::conformance {

class Guarded {
 public:
  enum class Access { kRead, kReadWrite };

  // `size` bytes, `bytes` at their beginning and zeros behind, in front of a page that faults.
  Guarded(std::string_view bytes, std::size_t size, Access access);
  ~Guarded();
  Guarded(const Guarded&) = delete;
  Guarded& operator=(const Guarded&) = delete;

  void* data() const { return data_; }

 private:
  void* mapping_ = nullptr;
  std::size_t mapped_ = 0;
  char* data_ = nullptr;
};

}  // namespace sluice::conformance
