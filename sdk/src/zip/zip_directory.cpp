// SPDX-License-Identifier: Apache-2.0
//
// Numbers of sections are those of APPNOTE 6.3.9. Every field is read through Fields, which knows
// where its bytes end.
#include "zip/zip_directory.hpp"

#include <zlib.h>

#include <algorithm>
#include <limits>
#include <optional>

#include "zip/zip_recovery.hpp"

namespace sluice {
namespace {

constexpr std::uint64_t kEndSize = 22;         // 4.3.16, without its comment
constexpr std::uint64_t kMaxComment = 65'535;  // 4.4.12
constexpr std::uint64_t kLocatorSize = 20;     // 4.3.15
constexpr std::uint64_t kEnd64Size = 56;       // 4.3.14
constexpr std::uint64_t kMaxDirectory = std::uint64_t{256} << 20;

struct End {
  std::uint64_t at = 0;  // where the end record (of ZIP64, if there is one) begins
  std::uint64_t entries = 0;
  std::uint64_t size = 0;
  std::uint64_t offset = 0;
};

// 4.3.14 and 4.3.15: the ZIP64 record that a locator right before the end record leads to.
std::optional<End> zip64_end(const ZipSource& source, std::uint64_t end_at) {
  if (end_at < kLocatorSize) return std::nullopt;
  std::string scratch;
  ZipFields locator(source.at(end_at - kLocatorSize, kLocatorSize, scratch));
  if (locator.u32() != 0x07064b50) return std::nullopt;
  locator.skip(4);
  End end;
  end.at = locator.u64();
  std::string record_scratch;
  ZipFields record(source.at(end.at, kEnd64Size, record_scratch));
  if (record.u32() != 0x06064b50) {
    // The archive may stand behind other bytes; the record then lies right before its locator.
    if (end_at < kLocatorSize + kEnd64Size) return std::nullopt;
    end.at = end_at - kLocatorSize - kEnd64Size;
    record = ZipFields(source.at(end.at, kEnd64Size, record_scratch));
    if (record.u32() != 0x06064b50) return std::nullopt;
  }
  record.skip(8 + 2 + 2 + 4 + 4 + 8);
  end.entries = record.u64();
  end.size = record.u64();
  end.offset = record.u64();
  if (!record.ok()) return std::nullopt;
  return end;
}

// 4.3.16: the last place that looks like an end record.
std::optional<End> find_end(const ZipSource& source) {
  const std::uint64_t tail_size = std::min(source.size(), kEndSize + kMaxComment);
  const std::uint64_t tail_at = source.size() - tail_size;
  std::string scratch;
  const std::string_view tail = source.at(tail_at, tail_size, scratch);
  for (auto at = tail.rfind("PK\5\6"); at != std::string_view::npos;
       at = at == 0 ? std::string_view::npos : tail.rfind("PK\5\6", at - 1)) {
    ZipFields record(tail.substr(at));
    record.skip(4 + 2 + 2 + 2);
    End end;
    end.at = tail_at + at;
    end.entries = record.u16();
    end.size = record.u32();
    end.offset = record.u32();
    record.skip(2);
    if (!record.ok()) continue;
    if (end.entries == 0xffff || end.size == 0xffffffff || end.offset == 0xffffffff) {
      if (const auto end64 = zip64_end(source, end.at)) return end64;
    }
    return end;
  }
  return std::nullopt;
}

// 4.5.3: the values that did not fit into 32 bits, in this order, each only if it did not fit.
void read_zip64_extra(std::string_view extra, ZipEntry& entry) {
  ZipFields fields(extra);
  while (fields.ok() && fields.left() >= 4) {
    const std::uint16_t id = fields.u16();
    ZipFields value(fields.bytes(fields.u16()));
    if (id != 0x0001) continue;
    for (std::uint64_t* number : {&entry.size, &entry.compressed_size, &entry.header_offset}) {
      if (*number == 0xffffffff && value.left() >= 8) *number = value.u64();
    }
    return;
  }
}

// 4.4.2: where the entry was made, which tells what its attributes mean (4.4.15).
std::uint32_t unix_mode_of(std::uint16_t made_by, std::uint32_t attributes) {
  constexpr unsigned kUnix = 3;
  constexpr unsigned kDarwin = 19;
  const unsigned system = made_by >> 8U;
  return system == kUnix || system == kDarwin ? attributes >> 16U : 0;
}

// 4.3.12. Nothing if there is no header here.
std::optional<ZipEntry> read_header(ZipFields& fields) {
  if (fields.u32() != 0x02014b50) return std::nullopt;
  ZipEntry entry;
  const std::uint16_t made_by = fields.u16();
  fields.skip(2);
  const std::uint16_t flags = fields.u16();
  entry.encrypted = (flags & 1U) != 0;
  entry.name_is_utf8 = (flags & kZipNameIsUtf8) != 0;
  entry.method = fields.u16();
  entry.dos_time = fields.u32();
  entry.crc32 = fields.u32();
  entry.compressed_size = fields.u32();
  entry.size = fields.u32();
  const std::uint16_t name_size = fields.u16();
  const std::uint16_t extra_size = fields.u16();
  const std::uint16_t comment_size = fields.u16();
  fields.skip(2 + 2);
  entry.unix_mode = unix_mode_of(made_by, fields.u32());
  entry.header_offset = fields.u32();
  entry.name = fields.bytes(name_size);
  const std::string_view extra = fields.bytes(extra_size);
  read_zip64_extra(extra, entry);
  entry.unicode_name = unicode_zip_name(entry.name, extra);
  fields.skip(comment_size);
  if (!fields.ok()) return std::nullopt;
  return entry;
}

void check_count(std::uint64_t count, const ZipLimits& limits) {
  if (count > limits.entries) {
    throw Failure(Outcome::kLimit,
                  "the archive has more than " + std::to_string(limits.entries) + " entries");
  }
}

// The entries by the directory, or nothing if that is broken.
std::optional<std::vector<ZipEntry>> by_directory(const ZipSource& source, const End& end,
                                                  const ZipLimits& limits) {
  check_count(end.entries, limits);
  if (end.size > end.at || end.size > kMaxDirectory) return std::nullopt;
  // Bytes before the archive (a program that unpacks it) move everything by as much.
  const std::uint64_t begin = end.at - end.size;
  if (end.offset > begin) return std::nullopt;
  std::uint64_t moved = begin - end.offset;
  std::string scratch;
  std::string_view directory = source.at(begin, end.size, scratch);
  if (moved != 0 && !directory.starts_with("PK\1\2")) {
    // Or there are bytes between the directory and its end (a signature).
    moved = 0;
    directory = source.at(end.offset, end.size, scratch);
  }
  ZipFields fields(directory);
  std::vector<ZipEntry> entries;
  while (fields.left() > 0 && entries.size() < limits.entries) {
    auto entry = read_header(fields);
    if (!entry) break;
    entry->header_offset += moved;
    entries.push_back(std::move(*entry));
  }
  // 4.4.22: the count is modulo 65,536 in archives without ZIP64.
  if ((entries.size() & 0xffffU) != (end.entries & 0xffffU)) return std::nullopt;
  return entries;
}

// No two entries may share bytes: that is how a small archive holds a petabyte (D. Fifield, A
// better zip bomb, 2019). An entry's extent is taken at the least it can be, without reading its
// header.
void check_overlaps(const std::vector<ZipEntry>& entries, std::uint64_t source_size) {
  constexpr std::uint64_t kLocalHeader = 30;
  struct Extent {
    std::uint64_t begin;
    std::uint64_t end;
  };
  std::vector<Extent> extents;
  extents.reserve(entries.size());
  for (const ZipEntry& entry : entries) {
    if (entry.cut_off) continue;
    if (entry.header_offset > source_size || entry.compressed_size > source_size) {
      throw Failure(Outcome::kMalformed, "the archive's entry " + quoted_zip_name(entry.name) +
                                             " would lie outside of the file");
    }
    extents.push_back(
        {entry.header_offset, entry.header_offset + kLocalHeader + entry.compressed_size});
  }
  std::sort(extents.begin(), extents.end(),
            [](const Extent& a, const Extent& b) { return a.begin < b.begin; });
  for (std::size_t i = 1; i < extents.size(); ++i) {
    if (extents[i].begin < extents[i - 1].end) {
      throw Failure(Outcome::kMalformed, "entries of the archive share the same bytes");
    }
  }
}

// MS-CFB 2.2: a compound file, which holds the old binary formats and encrypted packages.
[[noreturn]] void refuse_compound_file(const ZipSource& source) {
  // The name of the stream, UTF-16, in the directory; MS-OFFCRYPTO 2.3.4.4.
  constexpr std::string_view kName("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", 32);
  if (source.all().find(kName) != std::string_view::npos) {
    throw Failure(Outcome::kEncrypted, "the document is protected by a password");
  }
  throw Failure(
      Outcome::kUnsupported,
      "it is a compound file (an Office format before 2007, or damaged), not a ZIP archive");
}

}  // namespace

std::string unicode_zip_name(std::string_view name, std::string_view extra) {
  ZipFields fields(extra);
  while (fields.ok() && fields.left() >= 4) {
    const std::uint16_t id = fields.u16();
    ZipFields value(fields.bytes(fields.u16()));
    if (id != 0x7075 || value.left() < 5) continue;
    value.skip(1);
    // Of another name if a tool that does not know this field has changed the name.
    const auto crc = crc32_z(0, reinterpret_cast<const Bytef*>(name.data()), name.size());
    return value.u32() == crc ? std::string(value.bytes(value.left())) : std::string();
  }
  return {};
}

std::string quoted_zip_name(std::string_view name) {
  constexpr std::size_t kMaxCount = 100;
  std::string out = "'";
  for (const char c : name.substr(0, kMaxCount)) {
    out.push_back(c >= ' ' && c <= '~' ? c : '?');
  }
  return out + (name.size() > kMaxCount ? "...'" : "'");
}

ZipDirectory read_zip_directory(const ZipSource& source, const ZipLimits& limits) {
  std::string scratch;
  const std::string_view start = source.at(0, 8, scratch);
  if (start.empty()) throw Failure(Outcome::kMalformed, "the file is empty");
  if (start == "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") refuse_compound_file(source);

  ZipDirectory directory;
  if (const auto end = find_end(source)) {
    if (auto entries = by_directory(source, *end, limits)) {
      directory.entries = std::move(*entries);
      check_overlaps(directory.entries, source.size());
      return directory;
    }
  }
  directory.entries = recover_zip_entries(source.all(), limits);
  directory.recovered = true;
  if (directory.entries.empty()) {
    throw Failure(Outcome::kMalformed, "the file is not a ZIP archive");
  }
  return directory;
}

std::uint64_t zip_data_offset(const ZipSource& source, const ZipEntry& entry) {
  constexpr std::uint64_t kLocalHeader = 30;  // 4.3.7
  std::string scratch;
  ZipFields header(source.at(entry.header_offset, kLocalHeader, scratch));
  const bool signature = header.u32() == 0x04034b50;
  header.skip(22);
  const std::uint64_t name_size = header.u16();
  const std::uint64_t extra_size = header.u16();
  const std::uint64_t begin = entry.header_offset + kLocalHeader + name_size + extra_size;
  if (!header.ok() || !signature || begin > source.size() ||
      entry.compressed_size > source.size() - begin) {
    throw Failure(Outcome::kMalformed, "the archive's entry " + quoted_zip_name(entry.name) +
                                           " is not where the directory says");
  }
  return begin;
}

}  // namespace sluice
