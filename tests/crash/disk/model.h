// What a disk may hold after a power cut. A weaker disk than ext4: until they are synced, bytes may
// be lost, torn or zero, and changes of names may be lost one by one, in any order but for those of
// the very same name. A file's sync makes its bytes durable, not its name; a directory's sync, the
// names in it. One rename is atomic; it is durable when both of its directories are synced.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "crash/disk/op.h"

namespace sluice::crash {

// What became of an operation that was not durable yet.
enum class Fate : std::uint8_t {
  kKept,
  kLost,
  kFirstHalf,  // of the bytes
  kSecondHalf,
  kZeros  // the size, but not the bytes
};
using Fates = std::vector<Fate>;

class DiskModel {
 public:
  explicit DiskModel(Recording recording) : recording_(std::move(recording)) {}

  // The power may go before each operation and after the last.
  std::size_t cuts() const { return recording_.ops.size() + 1; }
  // The operations before a cut that are not durable.
  std::vector<std::size_t> pending(std::size_t cut) const;
  // What was reported before a cut, word for word.
  std::string reported(std::size_t cut) const;
  // What stands on the disk; `fates` is of the pending ones, in order.
  Image image(std::size_t cut, const std::vector<std::size_t>& pending, const Fates& fates) const;
  const Recording& recording() const { return recording_; }

 private:
  Recording recording_;
};

// Calls `visit` with each way to lose some of what is pending: all, none, each alone, each but one,
// all after each, halves and zeros, and some at random.
void each_loss(const DiskModel& model, const std::vector<std::size_t>& pending, std::uint64_t seed,
               const std::function<void(const Fates&)>& visit);

// The same for images with the same paths and bytes.
std::uint64_t fingerprint(const Image& image);
// Makes the tree at an empty or missing directory.
void materialize(const Image& image, const std::string& path);

}  // namespace sluice::crash
