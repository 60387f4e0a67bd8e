// SPDX-License-Identifier: Apache-2.0
#include "zip/zip_source.hpp"

#include <algorithm>

namespace sluice {
namespace {

constexpr std::uint64_t kMaxMapped = std::uint64_t{16} << 20;

}  // namespace

ZipSource::ZipSource(Job& job) : size_(job.source_size()) {
  if (size_ <= kMaxMapped) {
    bytes_ = job.source_text();
  } else {
    job_ = &job;
  }
}

std::string_view ZipSource::at(std::uint64_t offset, std::uint64_t size,
                               std::string& scratch) const {
  if (offset >= size_) return {};
  size = std::min(size, size_ - offset);
  if (job_ == nullptr) {
    return bytes_.substr(static_cast<std::size_t>(offset), static_cast<std::size_t>(size));
  }
  scratch.resize(static_cast<std::size_t>(size));
  std::size_t have = 0;
  while (have < scratch.size()) {
    const std::size_t got =
        job_->read(offset + have,
                   {reinterpret_cast<std::uint8_t*>(scratch.data()) + have, scratch.size() - have});
    if (got == 0) break;
    have += got;
  }
  return std::string_view(scratch).substr(0, have);
}

}  // namespace sluice
