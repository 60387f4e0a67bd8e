// SPDX-License-Identifier: Apache-2.0
//
// libarchive over the bytes of a job. Only formats and filters that it reads by itself are turned
// on: for others it would start programs.
#pragma once

#include <archive.h>
#include <archive_entry.h>

#include <cstdint>
#include <memory>
#include <sluice/plugin.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::archive {

enum class Formats : std::uint8_t {
  kAll,       // all that are no ZIP, and compressed files
  kZipEntry,  // one entry of a ZIP, by its own header
};

// Bytes of a job's source, behind bytes that stand in for what the source has there.
struct Range {
  std::string head;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

class ArchiveReader {
 public:
  // Throws Failure if libarchive knows no format of these bytes. `job` must outlive it.
  ArchiveReader(Job& job, Range range, Formats formats, const std::string& password);
  ArchiveReader(const ArchiveReader&) = delete;
  ArchiveReader& operator=(const ArchiveReader&) = delete;

  // The next entry, valid until the next call; nullptr at the end. Throws Failure.
  archive_entry* next();
  // Throws Failure.
  std::size_t read(std::span<char> buffer);
  // Why members were passed over, or empty.
  const std::string& damage() const { return damage_; }
  // Whether the source is one compressed file and no archive.
  bool is_compressed_file() const;

 private:
  struct Close {
    void operator()(::archive* reader) const { archive_read_free(reader); }
  };
  static la_ssize_t read_block(::archive*, void* self, const void** block);
  static la_int64_t skip_bytes(::archive*, void* self, la_int64_t count);
  static la_int64_t seek_to(::archive*, void* self, la_int64_t offset, int whence);
  std::uint64_t size() const { return range_.head.size() + (range_.end - range_.begin); }
  la_ssize_t fill(const void** block);
  void support(Formats formats);
  void check_filters() const;
  [[noreturn]] void fail(const char* what) const;

  Job& job_;
  Range range_;
  std::uint64_t at_ = 0;
  std::vector<std::uint8_t> block_;
  std::string damage_;
  std::exception_ptr trouble_;  // of the job, on its way through libarchive
  std::unique_ptr<::archive, Close> reader_;
};

}  // namespace sluice::archive
