// SPDX-License-Identifier: Apache-2.0
//
// Members of a ZIP archive, by its directory. The SDK reads what is stored or deflated; libarchive
// reads single entries that are compressed in another way, or encrypted.
#pragma once

#include <sluice/zip.hpp>
#include <variant>

#include "archive/member_names.hpp"
#include "archive/members.hpp"
#include "archive/reader.hpp"

namespace sluice::archive {

class ZipMembers : public Members {
 public:
  ZipMembers(Job& job, const MemberOptions& options);

  std::optional<Member> next() override;
  std::size_t read(std::span<char> buffer) override;
  bool is_stream() const override { return false; }
  std::string damage() const override;

 private:
  std::string name_of(const ZipEntry& entry) const;
  void open(const ZipEntry& entry);
  void open_with_libarchive(const ZipEntry& entry);
  std::string link_target(const ZipEntry& entry) const;

  Job& job_;
  std::string password_;
  MemberNames names_;
  Zip zip_;
  std::size_t next_ = 0;
  const ZipEntry* entry_ = nullptr;  // whose content is not open yet
  std::optional<ZipStream> plain_;
  std::unique_ptr<ArchiveReader> other_;
};

}  // namespace sluice::archive
