// SPDX-License-Identifier: Apache-2.0
//
// Numbers of sections are those of APPNOTE 6.3.9.
#include "archive/zip_members.hpp"

#include <algorithm>
#include <array>
#include <sluice/utf8.hpp>

namespace sluice::archive {
namespace {

constexpr std::size_t kLocalHeader = 30;  // 4.3.7
constexpr std::uint16_t kEncrypted = 1;
constexpr std::uint16_t kSizesComeLater = 1U << 3U;
constexpr std::uint32_t kTypeMask = 0170000;  // of a mode, as of stat(2)
constexpr std::uint32_t kLinkType = 0120000;
constexpr std::uint32_t kFolderType = 0040000;
constexpr std::uint32_t kFileType = 0100000;
constexpr std::uint64_t kMaxTarget = 4'096;  // PATH_MAX

MemberKind kind_of(const ZipEntry& entry) {
  const std::uint32_t type = entry.unix_mode & kTypeMask;
  if (type == kLinkType) return MemberKind::kLink;
  if (entry.is_directory() || type == kFolderType) return MemberKind::kFolder;
  return type == 0 || type == kFileType ? MemberKind::kFile : MemberKind::kDevice;
}

void put(std::string& bytes, std::size_t at, std::uint64_t value, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) bytes[at + i] = static_cast<char>(value >> 8 * i);
}

ZipLimits zip_limits() {
  ZipLimits limits;
  // The host's limits of a tree decide what an archive may come to; these are for what it lacks.
  limits.ratio = 2'000;  // beyond what deflate can do: never
  limits.total_bytes = std::uint64_t{1} << 40;
  return limits;
}

}  // namespace

ZipMembers::ZipMembers(Job& job, const MemberOptions& options)
    : job_(job),
      password_(options.password),
      names_(options.name_charset),
      zip_(job, zip_limits()) {
  for (const ZipEntry& entry : zip_.entries()) {
    if (!entry.name_is_utf8 && entry.unicode_name.empty()) names_.learn(entry.name);
  }
}

std::optional<Member> ZipMembers::next() {
  plain_.reset();
  other_.reset();
  if (next_ == zip_.entries().size()) return std::nullopt;
  const ZipEntry& entry = zip_.entries()[next_++];
  entry_ = &entry;
  Member member;
  member.name = name_of(entry);
  member.kind = kind_of(entry);
  if (!entry.cut_off) member.size = entry.size;
  member.modified = date_of_dos_time(entry.dos_time);
  if (member.kind == MemberKind::kLink) member.target = link_target(entry);
  return member;
}

std::string ZipMembers::name_of(const ZipEntry& entry) const {
  if (!entry.unicode_name.empty()) return valid_utf8(entry.unicode_name);
  // Some writers set the bit for names that are not UTF-8.
  if (entry.name_is_utf8 && is_valid_utf8(entry.name)) return entry.name;
  return names_.decoded(entry.name);
}

// The content of a symbolic link is the path that it leads to.
std::string ZipMembers::link_target(const ZipEntry& entry) const {
  if (entry.encrypted || entry.size > kMaxTarget) return {};
  try {
    return names_.decoded(zip_.read(entry));
  } catch (const Failure&) {
    return {};  // shown without one: a link is never followed
  }
}

std::string ZipMembers::damage() const {
  return zip_.is_recovered() ? "the archive's directory is missing; the archive may be cut off"
                             : "";
}

std::size_t ZipMembers::read(std::span<char> buffer) {
  if (!plain_ && !other_) {
    if (entry_ == nullptr) return 0;
    open(*entry_);
  }
  return plain_ ? plain_->read(buffer) : other_->read(buffer);
}

void ZipMembers::open(const ZipEntry& entry) {
  const bool is_plain = !entry.encrypted && (entry.method == 0 || entry.method == 8);
  if (is_plain || entry.cut_off) {
    plain_.emplace(zip_.stream(entry));
    return;
  }
  if (entry.encrypted && password_.empty()) {
    throw Failure(Outcome::kEncrypted, "it is protected by a password");
  }
  open_with_libarchive(entry);
}

// libarchive reads from front to back, so it gets the entry alone, with the sizes in its header.
void ZipMembers::open_with_libarchive(const ZipEntry& entry) {
  std::array<std::uint8_t, kLocalHeader> bytes{};
  const bool is_there = job_.read(entry.header_offset, bytes) == bytes.size();
  Range range;
  range.head.assign(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (!is_there || !range.head.starts_with("PK\3\4")) {
    throw Failure(Outcome::kMalformed, "it is not where the directory says");
  }
  const auto flags = static_cast<std::uint16_t>(bytes[6] | bytes[7] << 8U);
  // The bit decides which check byte the old encryption has (6.1.6): it stays for that.
  const bool fits = entry.size < 0xffffffff && entry.compressed_size < 0xffffffff;
  if (fits) {
    if ((flags & kEncrypted) == 0) put(range.head, 6, flags & ~kSizesComeLater, 2);
    put(range.head, 14, entry.crc32, 4);
    put(range.head, 18, entry.compressed_size, 4);
    put(range.head, 22, entry.size, 4);
  }
  const std::uint64_t names = (bytes[26] | bytes[27] << 8U) + (bytes[28] | bytes[29] << 8U);
  range.begin = entry.header_offset + kLocalHeader;
  range.end = range.begin + names + entry.compressed_size;
  if (range.end > job_.source_size()) {
    throw Failure(Outcome::kMalformed, "it is not where the directory says");
  }
  // Where the sizes come later, they come right behind the data (4.3.9).
  constexpr std::uint64_t kDescriptor = 24;
  range.end = std::min(range.end + kDescriptor, job_.source_size());
  other_ = std::make_unique<ArchiveReader>(job_, std::move(range), Formats::kZipEntry, password_);
  if (other_->next() == nullptr) throw Failure(Outcome::kMalformed, "it has no header");
}

}  // namespace sluice::archive
