// SPDX-License-Identifier: Apache-2.0
//
// The strings that a workbook's cells share (ECMA-376, part 1, 18.4), kept as one run of bytes.
#pragma once

#include <cstdint>
#include <sluice/opc.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::xlsx {

class SharedStrings {
 public:
  SharedStrings() = default;
  // Reads the part piece by piece. A part that breaks off keeps what came before; see defect().
  // Throws Failure(kLimit) beyond 512 MiB of text or 64 Mi strings; what Zip::stream throws.
  SharedStrings(const OpcPackage& package, const std::string& part);

  // Adds a string behind the others. Throws Failure(kLimit) beyond what is said above.
  void add(std::string_view text);

  // Empty if there is none of that number. Valid as long as the strings.
  std::string_view at(std::uint64_t index) const {
    if (index >= ends_.size()) return {};
    const std::uint32_t begin = index == 0 ? 0 : ends_[index - 1];
    return std::string_view(text_).substr(begin, ends_[index] - begin);
  }
  std::size_t size() const { return ends_.size(); }
  const std::string& defect() const { return defect_; }

 private:
  class Reader;
  void check_room(std::size_t more) const;
  void end_string();

  std::string text_;
  std::vector<std::uint32_t> ends_;
  std::string defect_;
};

// Appends `text`, with `_x000D_` and the like resolved (22.9.2.19, ST_Xstring).
void append_xstring(std::string& out, std::string_view text);

}  // namespace sluice::xlsx
