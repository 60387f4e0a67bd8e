// SPDX-License-Identifier: Apache-2.0
//
// Where an archive's bytes come from: memory, or a job's source that is read piece by piece.
#pragma once

#include <cstdint>
#include <sluice/plugin.hpp>
#include <string>
#include <string_view>

namespace sluice {

class ZipSource {
 public:
  explicit ZipSource(std::string_view bytes) : bytes_(bytes), size_(bytes.size()) {}
  // Maps small sources, reads large ones.
  explicit ZipSource(Job& job);

  std::uint64_t size() const { return size_; }

  // Bytes [offset, offset + size), as much of it as there is. Valid as long as the source and
  // `scratch`, which holds them if they must be read.
  std::string_view at(std::uint64_t offset, std::uint64_t size, std::string& scratch) const;

  // All of it in memory, mapped if need be.
  std::string_view all() const { return job_ == nullptr ? bytes_ : job_->source_text(); }

 private:
  Job* job_ = nullptr;  // set: read through it
  std::string_view bytes_;
  std::uint64_t size_ = 0;
};

}  // namespace sluice
