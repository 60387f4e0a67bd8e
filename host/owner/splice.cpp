#include "owner/splice.h"

#include <algorithm>

#include "staging/line_prints.h"

namespace sluice::owner {
namespace {

using platform::Dir;
using platform::File;
using platform::Files;

// A note of 10 KiB can have dozens of links. Read and written piece by piece, it would cost two
// calls for each.
constexpr std::size_t kBlockBytes = std::size_t{64} << 10;

// A file, read by blocks.
class BlockReader {
 public:
  BlockReader(Files& files, const File& file, std::uint64_t size)
      : files_(files),
        file_(file),
        size_(size),
        block_(static_cast<std::size_t>(std::min<std::uint64_t>(size, kBlockBytes))) {}

  std::uint64_t size() const { return size_; }
  // At most `size` bytes at `position`, at least one; empty where the file has ended.
  std::span<const std::byte> at(std::uint64_t position, std::uint64_t size) {
    if (position < begin_ || position >= begin_ + filled_) {
      begin_ = position;
      filled_ = files_.read(file_, position, block_);
    }
    const auto offset = static_cast<std::size_t>(position - begin_);
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(size, filled_ - offset));
    return std::span(block_).subspan(offset, count);
  }

 private:
  Files& files_;
  const File& file_;
  std::uint64_t size_;
  std::vector<std::byte> block_;
  std::uint64_t begin_ = 0;
  std::size_t filled_ = 0;
};

// Copies ranges of one file to the end of another, hashing what it writes.
class Copier {
 public:
  Copier(Files& files, BlockReader& from, const File& to, bool hashes_source)
      : files_(files), from_(from), to_(to), hashes_source_(hashes_source) {
    // Links grow and shrink by some bytes.
    pending_.reserve(
        static_cast<std::size_t>(std::min<std::uint64_t>(from.size() + 512, kBlockBytes)));
  }

  // False if the source ends before `end`.
  bool copy(std::uint64_t begin, std::uint64_t end) {
    while (begin < end) {
      const std::span<const std::byte> bytes = from_.at(begin, end - begin);
      if (bytes.empty()) return false;
      put(bytes);
      if (hashes_source_) source_hash_.update(bytes);
      begin += bytes.size();
    }
    return true;
  }
  void put(std::span<const std::byte> bytes) {
    if (pending_.size() + bytes.size() > kBlockBytes) flush();
    pending_.insert(pending_.end(), bytes.begin(), bytes.end());
  }
  // The source holds this where the next copy() does not reach.
  void replaced(std::string_view text) {
    if (hashes_source_) source_hash_.update(text);
  }
  void flush() {
    if (pending_.empty()) return;
    files_.write(to_, written_, pending_);
    hash_.update(pending_);
    prints_.update({reinterpret_cast<const char*>(pending_.data()), pending_.size()});
    written_ += pending_.size();
    pending_.clear();
  }
  // REQUIRES: flush().
  platform::Sha256Digest finish() { return hash_.finish(); }
  std::string finish_prints() { return prints_.finish().value_or(""); }
  platform::Sha256Digest finish_source() { return source_hash_.finish(); }

 private:
  Files& files_;
  BlockReader& from_;
  const File& to_;
  bool hashes_source_;
  std::vector<std::byte> pending_;
  platform::Sha256 hash_;
  platform::Sha256 source_hash_;
  LinePrints prints_;
  std::uint64_t written_ = 0;
};

bool stands_at(BlockReader& source, std::uint64_t position, std::string_view text) {
  while (!text.empty()) {
    const std::span<const std::byte> bytes = source.at(position, text.size());
    if (bytes.empty()) return false;
    const std::string_view found(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    if (!text.starts_with(found)) return false;
    text.remove_prefix(found.size());
    position += found.size();
  }
  return true;
}

bool copy_with(BlockReader& source, const std::vector<Edit>& edits, Copier& copier) {
  std::uint64_t done = 0;
  const std::uint64_t size = source.size();
  for (const Edit& edit : edits) {
    if (edit.position < done || edit.position > size || edit.length > size - edit.position) {
      return false;
    }
    if (!copier.copy(done, edit.position)) return false;
    if (edit.expected && !stands_at(source, edit.position, *edit.expected)) return false;
    if (edit.expected) copier.replaced(*edit.expected);
    copier.put(std::as_bytes(std::span(edit.text)));
    done = edit.position + edit.length;
  }
  return copier.copy(done, size);
}

}  // namespace

std::optional<StagedFile> splice(Files& files, const Dir& at, const std::string& from,
                                 const std::vector<Edit>& edits, const Dir& staging,
                                 const std::string& to, platform::Sha256Digest* read) {
  const auto file = files.open_read(at, from);
  if (!file) return std::nullopt;
  const File target = files.create(staging, to);
  BlockReader source(files, *file, files.info(*file).identity.size);
  Copier copier(files, source, target, read != nullptr);
  if (!copy_with(source, edits, copier)) {
    files.unlink(staging, to);
    return std::nullopt;
  }
  copier.flush();
  if (read != nullptr) *read = copier.finish_source();
  return StagedFile{to, files.info(target).identity, copier.finish(), copier.finish_prints()};
}

std::uint64_t Moved::operator()(std::uint64_t position) {
  for (; next_ < edits_.size() && edits_[next_].position < position; ++next_) {
    shift_ += static_cast<std::int64_t>(edits_[next_].text.size()) -
              static_cast<std::int64_t>(edits_[next_].length);
  }
  return static_cast<std::uint64_t>(static_cast<std::int64_t>(position) + shift_);
}

}  // namespace sluice::owner
