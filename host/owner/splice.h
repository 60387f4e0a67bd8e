// Rewrites parts of a Markdown file at recorded positions, and nothing else.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/bundle.h"
#include "platform/files.h"

namespace sluice::owner {

struct Edit {
  std::uint64_t position = 0;
  std::uint64_t length = 0;             // of what is replaced
  std::optional<std::string> expected;  // what must stand there; nothing: anything of that length
  std::string text;                     // what stands there from then on
};

// Copies `from` in the directory `at` to a new file `to` in staging, with the edits, which are in
// the order of their positions. Nothing if they do not fit the file; then `to` does not exist.
std::optional<StagedFile> splice(platform::Files& files, const platform::Dir& at,
                                 const std::string& from, const std::vector<Edit>& edits,
                                 const platform::Dir& staging, const std::string& to);

}  // namespace sluice::owner
