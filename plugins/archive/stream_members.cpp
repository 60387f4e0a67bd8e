// SPDX-License-Identifier: Apache-2.0
#include "archive/stream_members.hpp"

#include <sluice/ascii.hpp>
#include <sluice/utf8.hpp>
#include <string_view>

namespace sluice::archive {
namespace {

MemberKind kind_of(archive_entry* entry) {
  if (archive_entry_hardlink(entry) != nullptr) return MemberKind::kLink;
  switch (archive_entry_filetype(entry)) {
    case AE_IFDIR:
      return MemberKind::kFolder;
    case AE_IFLNK:
      return MemberKind::kLink;
    case AE_IFREG:
    case 0:  // not said: a compressed file, some of RAR
      return MemberKind::kFile;
    default:
      return MemberKind::kDevice;
  }
}

// "notes.md" of "notes.md.gz".
std::string unpacked_name(std::string_view file_name) {
  for (const std::string_view ending : {".gz", ".bz2", ".xz", ".zst"}) {
    if (file_name.size() > ending.size() && ends_with_ignoring_ascii_case(file_name, ending)) {
      return std::string(file_name.substr(0, file_name.size() - ending.size()));
    }
  }
  return std::string(file_name);
}

}  // namespace

StreamMembers::StreamMembers(Job& job, const MemberOptions& options)
    : job_(job),
      names_(options.name_charset),
      reader_(job, {{}, 0, job.source_size()}, Formats::kAll, options.password) {}

std::optional<Member> StreamMembers::next() {
  archive_entry* const entry = reader_.next();
  if (entry == nullptr) return std::nullopt;
  is_encrypted_ = archive_entry_is_encrypted(entry) != 0;
  Member member;
  member.name = name_of(entry);
  member.kind = kind_of(entry);
  if (archive_entry_size_is_set(entry) != 0 && archive_entry_size(entry) >= 0) {
    member.size = static_cast<std::uint64_t>(archive_entry_size(entry));
  }
  if (archive_entry_mtime_is_set(entry) != 0) {
    member.modified = date_of_unix_time(archive_entry_mtime(entry));
  }
  const char* target = archive_entry_hardlink(entry);
  if (target == nullptr) target = archive_entry_symlink(entry);
  if (target != nullptr) member.target = names_.decoded(target);
  return member;
}

std::string StreamMembers::name_of(archive_entry* entry) {
  const char* const raw = archive_entry_pathname(entry);
  if (reader_.is_compressed_file()) {
    // What gzip keeps of the name; "data" is libarchive's.
    const bool has_name = raw != nullptr && *raw != '\0' && std::string_view(raw) != "data";
    return has_name ? names_.decoded(raw) : unpacked_name(job_.file_name());
  }
  if (raw != nullptr) return names_.decoded(raw);
  const char* const utf8 = archive_entry_pathname_utf8(entry);
  return utf8 == nullptr ? std::string() : valid_utf8(utf8);
}

std::size_t StreamMembers::read(std::span<char> buffer) {
  // 7z and RAR: libarchive has no keys for them.
  if (is_encrypted_) throw Failure(Outcome::kEncrypted, "it is protected by a password");
  return reader_.read(buffer);
}

}  // namespace sluice::archive
