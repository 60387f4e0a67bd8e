#include "owner/splice.h"

#include "staging/line_prints.h"

namespace sluice::owner {
namespace {

using platform::Dir;
using platform::File;
using platform::Files;

// Copies ranges of one file to the end of another, hashing what it writes.
class Copier {
 public:
  Copier(Files& files, const File& from, const File& to, bool hashes_source)
      : files_(files), from_(from), to_(to), hashes_source_(hashes_source), buffer_(64 << 10) {}

  // False if the source ends before `end`.
  bool copy(std::uint64_t begin, std::uint64_t end) {
    while (begin < end) {
      const std::size_t want =
          static_cast<std::size_t>(std::min<std::uint64_t>(end - begin, buffer_.size()));
      const std::size_t got = files_.read(from_, begin, std::span(buffer_).first(want));
      if (got != want) return false;
      put(std::span(buffer_).first(got));
      if (hashes_source_) source_hash_.update(std::span(buffer_).first(got));
      begin += got;
    }
    return true;
  }
  void put(std::span<const std::byte> bytes) {
    files_.write(to_, written_, bytes);
    hash_.update(bytes);
    prints_.update({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    written_ += bytes.size();
  }
  // The source holds this where the next copy() does not reach.
  void replaced(std::string_view text) {
    if (hashes_source_) source_hash_.update(text);
  }
  platform::Sha256Digest finish() { return hash_.finish(); }
  std::string finish_prints() { return prints_.finish().value_or(""); }
  platform::Sha256Digest finish_source() { return source_hash_.finish(); }

 private:
  Files& files_;
  const File& from_;
  const File& to_;
  bool hashes_source_;
  std::vector<std::byte> buffer_;
  platform::Sha256 hash_;
  platform::Sha256 source_hash_;
  LinePrints prints_;
  std::uint64_t written_ = 0;
};

bool stands_at(Files& files, const File& file, std::uint64_t position, const std::string& text) {
  std::string found(text.size(), '\0');
  const std::size_t got =
      files.read(file, position, std::as_writable_bytes(std::span(found.data(), found.size())));
  return got == text.size() && found == text;
}

bool copy_with(Files& files, const File& from, std::uint64_t size, const std::vector<Edit>& edits,
               Copier& copier) {
  std::uint64_t done = 0;
  for (const Edit& edit : edits) {
    if (edit.position < done || edit.position > size || edit.length > size - edit.position) {
      return false;
    }
    if (edit.expected && !stands_at(files, from, edit.position, *edit.expected)) return false;
    if (!copier.copy(done, edit.position)) return false;
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
  const auto source = files.open_read(at, from);
  if (!source) return std::nullopt;
  const File target = files.create(staging, to);
  Copier copier(files, *source, target, read != nullptr);
  if (!copy_with(files, *source, files.info(*source).identity.size, edits, copier)) {
    files.unlink(staging, to);
    return std::nullopt;
  }
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
