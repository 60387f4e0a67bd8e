// SPDX-License-Identifier: Apache-2.0
//
// A ZIP archive in memory, whose entries are stored as they are (APPNOTE 4.3): to hand a document
// on to a converter, which takes it apart at once.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sluice::office_xml {

class StoredZip {
 public:
  // Entries beyond what the format can count, of which no document has a hundredth.
  static constexpr std::size_t kMaxEntries = 0xFFFF;

  // `name` in UTF-8. Call it for no more than kMaxEntries, of less than 4 GiB together.
  void add(std::string_view name, std::string_view bytes);
  // The archive. Call it once.
  std::string finish();

 private:
  std::string bytes_;
  std::string directory_;
  std::uint16_t count_ = 0;
};

}  // namespace sluice::office_xml
