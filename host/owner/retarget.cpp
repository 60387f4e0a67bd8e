#include "owner/retarget.h"

#include <vector>

namespace sluice::owner {
namespace {

using platform::Dir;
using platform::File;
using platform::Files;

// Copies ranges of one file to the end of another, hashing what it writes.
class Splicer {
 public:
  Splicer(Files& files, const File& from, const File& to)
      : files_(files), from_(from), to_(to), buffer_(256 << 10) {}

  // False if the source ends before `end`.
  bool copy(std::uint64_t begin, std::uint64_t end) {
    while (begin < end) {
      const std::size_t want =
          static_cast<std::size_t>(std::min<std::uint64_t>(end - begin, buffer_.size()));
      const std::size_t got = files_.read(from_, begin, std::span(buffer_).first(want));
      if (got != want) return false;
      put(std::span(buffer_).first(got));
      begin += got;
    }
    return true;
  }
  void put(std::span<const std::byte> bytes) {
    files_.write(to_, written_, bytes);
    hash_.update(bytes);
    written_ += bytes.size();
  }
  platform::Sha256Digest finish() { return hash_.finish(); }

 private:
  Files& files_;
  const File& from_;
  const File& to_;
  std::vector<std::byte> buffer_;
  platform::Sha256 hash_;
  std::uint64_t written_ = 0;
};

bool stands_at(Files& files, const File& file, std::uint64_t position, const std::string& text) {
  std::string found(text.size(), '\0');
  const std::size_t got =
      files.read(file, position, std::as_writable_bytes(std::span(found.data(), found.size())));
  return got == text.size() && found == text;
}

}  // namespace

bool retarget(Files& files, const Dir& staging, Bundle& bundle, const std::string& name,
              const std::string& new_name) {
  const auto from = files.open_read(staging, bundle.markdown.name);
  if (!from) return false;
  const File to = files.create(staging, new_name);
  Splicer splicer(files, *from, to);
  std::uint64_t done = 0;
  for (std::uint64_t& position : bundle.name_positions) {
    if (position < done || !stands_at(files, *from, position, bundle.placeholder_name) ||
        !splicer.copy(done, position)) {
      files.unlink(staging, new_name);
      return false;
    }
    splicer.put(std::as_bytes(std::span(name)));
    done = position + bundle.placeholder_name.size();
  }
  if (!splicer.copy(done, bundle.markdown.size())) {
    files.unlink(staging, new_name);
    return false;
  }
  bundle.markdown = {new_name, files.info(to).identity, splicer.finish()};
  bundle.placeholder_name = name;
  return true;
}

}  // namespace sluice::owner
