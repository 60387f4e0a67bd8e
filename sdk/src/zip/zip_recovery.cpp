// SPDX-License-Identifier: Apache-2.0
#include "zip/zip_recovery.hpp"

#include <algorithm>
#include <optional>

namespace sluice {
namespace {

// Each entry whose end is searched for in vain costs a walk through the rest.
constexpr unsigned kMaxVainSearches = 16;

// 4.3.9: sizes and checksum after the data, for writers that did not know them before. Whether the
// bytes before `end` are such a record for data that begins at `begin`; with or without signature,
// with sizes of 4 or 8 bytes.
bool read_descriptor(std::string_view archive, std::size_t begin, std::size_t end,
                     ZipEntry& entry) {
  struct Form {
    std::size_t signature;
    std::size_t number;
  };
  for (const Form form : {Form{4, 4}, Form{4, 8}, Form{0, 4}, Form{0, 8}}) {
    const std::size_t size = form.signature + 4 + 2 * form.number;
    if (end - begin < size) continue;
    ZipFields fields(archive.substr(end - size, size));
    if (form.signature != 0 && fields.u32() != 0x08074b50) continue;
    const std::uint32_t crc = fields.u32();
    const std::uint64_t compressed = form.number == 4 ? fields.u32() : fields.u64();
    const std::uint64_t plain = form.number == 4 ? fields.u32() : fields.u64();
    if (compressed != end - size - begin) continue;
    entry.crc32 = crc;
    entry.compressed_size = compressed;
    entry.size = plain;
    return true;
  }
  return false;
}

// The end of an entry that does not say its size: before the next header.
std::optional<std::size_t> find_data_end(std::string_view archive, std::size_t begin,
                                         ZipEntry& entry) {
  for (auto at = archive.find("PK", begin); at != std::string_view::npos;
       at = archive.find("PK", at + 2)) {
    const std::string_view signature = archive.substr(at, 4);
    if (signature != "PK\3\4" && signature != "PK\1\2" && signature != "PK\5\6") continue;
    if (read_descriptor(archive, begin, at, entry)) return at;
  }
  return std::nullopt;
}

}  // namespace

std::vector<ZipEntry> recover_zip_entries(std::string_view archive, const ZipLimits& limits) {
  std::vector<ZipEntry> entries;
  unsigned vain_searches = 0;
  std::size_t at = archive.find("PK\3\4");
  while (at != std::string_view::npos) {
    ZipFields header(archive.substr(at));
    ZipEntry entry;
    entry.header_offset = at;
    header.skip(4 + 2);
    const std::uint16_t flags = header.u16();
    entry.encrypted = (flags & 1U) != 0;
    entry.name_is_utf8 = (flags & kZipNameIsUtf8) != 0;
    entry.method = header.u16();
    entry.dos_time = header.u32();
    entry.crc32 = header.u32();
    entry.compressed_size = header.u32();
    entry.size = header.u32();
    const std::uint16_t name_size = header.u16();
    const std::uint16_t extra_size = header.u16();
    entry.name = header.bytes(name_size);
    entry.unicode_name = unicode_zip_name(entry.name, header.bytes(extra_size));
    if (!header.ok()) break;  // cut off before its data: not even a whole name
    if (entries.size() >= limits.entries) {
      throw Failure(Outcome::kLimit,
                    "the archive has more than " + std::to_string(limits.entries) + " entries");
    }
    const std::size_t begin = archive.size() - header.left();
    std::size_t next = begin;
    const bool says_size = (flags & 8U) == 0 || entry.compressed_size != 0;
    if (says_size) {
      entry.cut_off = entry.compressed_size > header.left();
      if (!entry.cut_off) next = begin + static_cast<std::size_t>(entry.compressed_size);
    } else if (vain_searches < kMaxVainSearches) {
      const auto end = find_data_end(archive, begin, entry);
      entry.cut_off = !end;
      if (end) next = *end;
      vain_searches += end ? 0U : 1U;
    } else {
      entry.cut_off = true;
    }
    if (entry.cut_off) entry.compressed_size = 0;
    entries.push_back(std::move(entry));
    at = archive.find("PK\3\4", next);
  }
  return entries;
}

}  // namespace sluice
