// How alike two files are, by their bytes: for a file that was renamed and edited between two runs.
#pragma once

#include <cstdint>
#include <unordered_map>

#include "platform/files.h"

namespace sluice::cli {

// The content of a file as a bag of pieces: lines, or 64 bytes where there is no line end, each
// with how many bytes of the file it makes up. As git compares files for renames (diffcore-delta).
class ContentSketch {
 public:
  // Reads at most the first 4 MiB. Throws SystemError.
  static ContentSketch of(platform::Files& files, const platform::File& file);

  // From 0 (nothing in common) to 1 (the same pieces): the bytes in common pieces, of the larger.
  double similarity(const ContentSketch& other) const;
  // No NUL in what was read.
  bool is_text() const { return is_text_; }

 private:
  std::unordered_map<std::uint64_t, std::uint64_t> bytes_by_piece_;
  std::uint64_t size_ = 0;
  bool is_text_ = true;
};

}  // namespace sluice::cli
