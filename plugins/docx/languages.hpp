// SPDX-License-Identifier: Apache-2.0
//
// In which language most of a document's text is, by what its runs say of themselves.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace sluice::docx {

class Languages {
 public:
  // Counts a piece of text. `letters`, `east_asian`: the languages in force for each kind of it, or
  // empty.
  void count(std::string_view text, std::string_view letters, std::string_view east_asian);
  // The language of most text (BCP 47), or empty if none was stated.
  std::string_view most() const;

 private:
  std::map<std::string, std::size_t, std::less<>> bytes_;
};

}  // namespace sluice::docx
