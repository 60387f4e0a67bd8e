#include "cli/similar.h"

#include <algorithm>
#include <span>
#include <string>

namespace sluice::cli {
namespace {

constexpr std::size_t kMaxPiece = 64;
constexpr std::uint64_t kMaxSketched = 4 << 20;
constexpr std::size_t kChunk = 64 << 10;

// FNV-1a, 64 bits: nobody gains anything from two pieces that collide.
constexpr std::uint64_t kHashStart = 14695981039346656037ULL;
constexpr std::uint64_t hash_step(std::uint64_t hash, char byte) {
  return (hash ^ static_cast<unsigned char>(byte)) * 1099511628211ULL;
}

}  // namespace

ContentSketch ContentSketch::of(platform::Files& files, const platform::File& file) {
  ContentSketch sketch;
  std::string chunk(kChunk, '\0');
  std::uint64_t hash = kHashStart;
  std::size_t piece = 0;
  const auto end_piece = [&] {
    if (piece > 0) sketch.bytes_by_piece_[hash] += piece;
    hash = kHashStart;
    piece = 0;
  };
  while (sketch.size_ < kMaxSketched) {
    const std::size_t got =
        files.read(file, sketch.size_, std::as_writable_bytes(std::span(chunk)));
    if (got == 0) break;
    for (std::size_t i = 0; i < got; ++i) {
      if (chunk[i] == '\0') sketch.is_text_ = false;
      hash = hash_step(hash, chunk[i]);
      ++piece;
      if (chunk[i] == '\n' || piece == kMaxPiece) end_piece();
    }
    sketch.size_ += got;
  }
  end_piece();
  return sketch;
}

double ContentSketch::similarity(const ContentSketch& other) const {
  const std::uint64_t larger = std::max(size_, other.size_);
  if (larger == 0) return 0;
  std::uint64_t common = 0;
  for (const auto& [piece, bytes] : bytes_by_piece_) {
    const auto found = other.bytes_by_piece_.find(piece);
    if (found != other.bytes_by_piece_.end()) common += std::min(bytes, found->second);
  }
  return static_cast<double>(common) / static_cast<double>(larger);
}

}  // namespace sluice::cli
