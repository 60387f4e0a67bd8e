// SPDX-License-Identifier: Apache-2.0
#include "archive/reader.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>
#include <utility>

namespace sluice::archive {
namespace {

constexpr std::size_t kBlock = std::size_t{256} << 10;
// libarchive unwraps a stream as often as it is compressed (up to 25 times), and each layer can
// multiply by 1,000. Real files have one.
constexpr int kMaxLayers = 3;
// Entries that cannot be read and do not end the archive either.
constexpr int kMaxRetries = 1'000;

bool says(std::string_view text, std::string_view word) {
  return text.find(word) != std::string_view::npos;
}

// libarchive has one error number for nearly all of its refusals: its texts say more.
Outcome outcome_of(int error, std::string_view text) {
  if (says(text, "ncrypt") || says(text, "assphrase")) return Outcome::kEncrypted;
  if (error == ENOMEM || says(text, "too much memory") || says(text, "emory limit")) {
    return Outcome::kLimit;
  }
  for (const std::string_view word : {"nsupported", "not supported", "codec"}) {
    if (says(text, word)) return Outcome::kUnsupported;
  }
  return Outcome::kMalformed;
}

}  // namespace

ArchiveReader::ArchiveReader(Job& job, Range range, Formats formats, const std::string& password)
    : job_(job), range_(std::move(range)), block_(kBlock), reader_(archive_read_new()) {
  if (!reader_) throw std::bad_alloc();
  ::archive* const raw = reader_.get();
  support(formats);
  if (!password.empty()) archive_read_add_passphrase(raw, password.c_str());
  archive_read_set_callback_data(raw, this);
  archive_read_set_read_callback(raw, &read_block);
  archive_read_set_skip_callback(raw, &skip_bytes);
  archive_read_set_seek_callback(raw, &seek_to);
  if (archive_read_open1(raw) != ARCHIVE_OK) fail("is no archive of a known format");
  check_filters();
}

void ArchiveReader::support(Formats formats) {
  ::archive* const raw = reader_.get();
  if (formats == Formats::kZipEntry) {
    archive_read_support_format_zip_streamable(raw);
    return;
  }
  archive_read_support_filter_gzip(raw);
  archive_read_support_filter_bzip2(raw);
  archive_read_support_filter_xz(raw);
  archive_read_support_filter_zstd(raw);
  archive_read_support_format_tar(raw);
  archive_read_support_format_7zip(raw);
  archive_read_support_format_rar(raw);
  archive_read_support_format_rar5(raw);
  archive_read_support_format_raw(raw);
  archive_read_support_format_empty(raw);
}

void ArchiveReader::check_filters() const {
  if (archive_filter_count(reader_.get()) - 1 > kMaxLayers) {
    throw Failure(Outcome::kLimit,
                  "the file is compressed more than " + std::to_string(kMaxLayers) + " times over");
  }
}

archive_entry* ArchiveReader::next() {
  for (int i = 0; i < kMaxRetries; ++i) {
    archive_entry* entry = nullptr;
    const int status = archive_read_next_header(reader_.get(), &entry);
    if (status == ARCHIVE_EOF) return nullptr;
    if (status == ARCHIVE_RETRY) {
      // A member whose header is damaged; the next one may be sound.
      const char* const said = archive_error_string(reader_.get());
      damage_ = said == nullptr ? "the archive is damaged" : said;
      continue;
    }
    if (status != ARCHIVE_OK && status != ARCHIVE_WARN) fail("is damaged");
    // Without this, any bytes at all would be one file.
    if (is_compressed_file() && archive_filter_count(reader_.get()) < 2) {
      throw Failure(Outcome::kMalformed, "the file is no archive of a known format");
    }
    return entry;
  }
  throw Failure(Outcome::kMalformed, "the archive has too many places that cannot be read");
}

std::size_t ArchiveReader::read(std::span<char> buffer) {
  for (int i = 0; i < kMaxRetries; ++i) {
    const la_ssize_t got = archive_read_data(reader_.get(), buffer.data(), buffer.size());
    if (got >= 0) return static_cast<std::size_t>(got);
    // The bytes are there, and something beside them is odd.
    if (got == ARCHIVE_RETRY || got == ARCHIVE_WARN) continue;
    break;
  }
  fail("is damaged");
}

bool ArchiveReader::is_compressed_file() const {
  return archive_format(reader_.get()) == ARCHIVE_FORMAT_RAW;
}

void ArchiveReader::fail(const char* what) const {
  if (trouble_) std::rethrow_exception(trouble_);
  const char* const said = archive_error_string(reader_.get());
  const std::string text = said == nullptr ? "" : said;
  const Outcome outcome = outcome_of(archive_errno(reader_.get()), text);
  if (outcome == Outcome::kEncrypted) throw Failure(outcome, "it is protected by a password");
  throw Failure(outcome, "the archive " + std::string(what) + (text.empty() ? "" : ": " + text));
}

la_ssize_t ArchiveReader::fill(const void** block) {
  const std::uint64_t head = range_.head.size();
  *block = block_.data();
  if (at_ < head) {
    const std::size_t count = std::min<std::size_t>(block_.size(), head - at_);
    std::memcpy(block_.data(), range_.head.data() + at_, count);
    at_ += count;
    return static_cast<la_ssize_t>(count);
  }
  const std::uint64_t from = range_.begin + (at_ - head);
  if (from >= range_.end) return 0;
  const auto count =
      static_cast<std::size_t>(std::min<std::uint64_t>(block_.size(), range_.end - from));
  job_.check_cancelled();
  const std::size_t got = job_.read(from, std::span(block_).first(count));
  at_ += got;
  return static_cast<la_ssize_t>(got);
}

// No exception may pass through libarchive, which is written in C.
la_ssize_t ArchiveReader::read_block(::archive* raw, void* self, const void** block) {
  auto& reader = *static_cast<ArchiveReader*>(self);
  try {
    return reader.fill(block);
  } catch (...) {
    reader.trouble_ = std::current_exception();
    archive_set_error(raw, EIO, "the source cannot be read");
    return ARCHIVE_FATAL;
  }
}

la_int64_t ArchiveReader::skip_bytes(::archive* /*raw*/, void* self, la_int64_t count) {
  auto& reader = *static_cast<ArchiveReader*>(self);
  if (count <= 0 || reader.at_ >= reader.size()) return 0;
  const std::uint64_t most =
      std::min(static_cast<std::uint64_t>(count), reader.size() - reader.at_);
  reader.at_ += most;
  return static_cast<la_int64_t>(most);
}

la_int64_t ArchiveReader::seek_to(::archive* /*raw*/, void* self, la_int64_t offset, int whence) {
  auto& reader = *static_cast<ArchiveReader*>(self);
  const auto size = static_cast<la_int64_t>(reader.size());
  la_int64_t base = 0;
  if (whence == SEEK_CUR) base = static_cast<la_int64_t>(reader.at_);
  if (whence == SEEK_END) base = size;
  la_int64_t to = 0;
  if (__builtin_add_overflow(base, offset, &to) || to < 0 || to > size) return ARCHIVE_FATAL;
  reader.at_ = static_cast<std::uint64_t>(to);
  return to;
}

}  // namespace sluice::archive
