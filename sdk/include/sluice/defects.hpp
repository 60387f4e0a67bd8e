// SPDX-License-Identifier: Apache-2.0
//
// What of a document could not be read, gathered while it is converted, and how its job ends.
#pragma once

#include <cstddef>
#include <cstdint>
#include <sluice/markdown_writer.hpp>
#include <sluice/plugin.hpp>
#include <string>
#include <string_view>

namespace sluice {

// The places that were lost. The first one is the reason that people read; the others are counted.
class Defects {
 public:
  void add(std::string reason);
  bool empty() const { return count_ == 0; }

  // Ends a job whose document was read to its end: finishes the body, and the job is `ok`;
  // `partial`, if places were lost; `empty` with `nothing_shown` as its reason, if `has_content` is
  // false. Throws Failure(kMalformed) if there is no content because places were lost.
  void conclude(Job& job, MarkdownWriter& out, bool has_content,
                std::string_view nothing_shown) const;

 private:
  std::string first_;
  std::size_t count_ = 0;
};

// Warns that `count` of something hidden ("slide", "sheet") were left out, and names the setting
// that converts them: the line of the configuration, "[plugin.xlsx] hidden_sheets = true"; empty
// where nobody can set it. No warning for none.
void warn_of_hidden(Job& job, std::string_view thing, std::size_t count, std::string_view setting);

// Warns that `places` of a text held bytes that are not `charset`, and were replaced by U+FFFD. No
// warning for none.
void warn_of_undecodable(Job& job, std::uint64_t places, std::string_view charset);

}  // namespace sluice
