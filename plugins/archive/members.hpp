// SPDX-License-Identifier: Apache-2.0
//
// The members of an archive one after another, whatever its format. Nothing here trusts what an
// archive says: names are only ever labels, sizes are claims.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <sluice/plugin.hpp>
#include <span>
#include <string>

namespace sluice::archive {

enum class MemberKind : std::uint8_t { kFile, kFolder, kLink, kDevice };

struct Member {
  std::string name;  // UTF-8, as the archive has it
  MemberKind kind = MemberKind::kFile;
  std::optional<std::uint64_t> size;  // as the archive says
  std::string modified;               // "2024-03-01 10:00", or empty
  std::string target;                 // of a link, or empty
};

class Members {
 public:
  virtual ~Members() = default;
  // The next member, in the order of the archive, or nothing at the end. Throws Failure where the
  // archive cannot be read any further.
  virtual std::optional<Member> next() = 0;
  // Continues the content of the member that next() returned last: how many bytes it put into
  // `buffer`, 0 at the end. Throws Failure: kMalformed, kEncrypted, kUnsupported, kLimit for this
  // member alone, if next() still returns others.
  virtual std::size_t read(std::span<char> buffer) = 0;
  // Whether next() costs as much as reading what it skips.
  virtual bool is_stream() const = 0;
  // Why the archive cannot be whole, though next() came to its end. Empty if it is.
  virtual std::string damage() const { return {}; }
};

struct MemberOptions {
  std::string name_charset;  // "auto": by the names themselves
  std::string password;
};

// Throws Failure if `job` has no archive of a known format.
std::unique_ptr<Members> open_members(Job& job, const MemberOptions& options);

// "2024-03-01 10:00" of seconds since 1970, in UTC; empty for what is no date of a file.
std::string date_of_unix_time(std::int64_t seconds);
// The same of MS-DOS's form (APPNOTE 4.4.6), in the local time of who made it.
std::string date_of_dos_time(std::uint32_t dos_time);

}  // namespace sluice::archive
