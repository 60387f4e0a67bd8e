// SPDX-License-Identifier: Apache-2.0
//
// Files that old programs put into the text of a mail: `begin 644 name`, lines of uuencode, `end`.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

namespace sluice::mail {

struct UuencodedFile {
  std::string_view name;
  std::string_view lines;  // between `begin` and `end`
  std::size_t begin = 0;   // of all of it in the text
  std::size_t end = 0;
};

// The first such file from `from` on. Only what is one to its last line counts: text may well have
// a line that begins with "begin".
std::optional<UuencodedFile> next_uuencoded(std::string_view text, std::size_t from);

void decode_uuencoded(std::string_view lines, const std::function<void(std::string_view)>& sink);

}  // namespace sluice::mail
