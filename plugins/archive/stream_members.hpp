// SPDX-License-Identifier: Apache-2.0
//
// Members of the formats that libarchive reads from front to back: TAR, 7z, RAR, and single
// compressed files.
#pragma once

#include "archive/member_names.hpp"
#include "archive/members.hpp"
#include "archive/reader.hpp"

namespace sluice::archive {

class StreamMembers : public Members {
 public:
  StreamMembers(Job& job, const MemberOptions& options);

  std::optional<Member> next() override;
  std::size_t read(std::span<char> buffer) override;
  bool is_stream() const override { return true; }
  std::string damage() const override { return reader_.damage(); }

 private:
  std::string name_of(archive_entry* entry);

  Job& job_;
  MemberNames names_;
  ArchiveReader reader_;
  bool is_encrypted_ = false;  // the member that next() returned last
};

}  // namespace sluice::archive
