#include "conformance/guarded.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

namespace sluice::conformance {

Guarded::Guarded(std::string_view bytes, std::size_t size, Access access) {
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  const std::size_t room = (size + page - 1) / page * page;
  mapped_ = room + page;
  mapping_ = ::mmap(nullptr, mapped_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapping_ == MAP_FAILED) throw std::system_error(errno, std::generic_category(), "mmap");
  char* begin = static_cast<char*>(mapping_);
  data_ = begin + room - size;
  if (!bytes.empty()) std::memcpy(data_, bytes.data(), bytes.size());
  ::mprotect(begin + room, page, PROT_NONE);
  if (access == Access::kRead && room > 0) ::mprotect(begin, room, PROT_READ);
}

Guarded::~Guarded() {
  ::munmap(mapping_, mapped_);
}

}  // namespace sluice::conformance
