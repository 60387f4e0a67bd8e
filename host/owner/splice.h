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
// the order of their positions. Nothing if they do not fit the file, or it is not there; then `to`
// does not exist. `read`, if given, becomes the hash of all that `from` holds; all edits say then
// what they expect.
std::optional<StagedFile> splice(platform::Files& files, const platform::Dir& at,
                                 const std::string& from, const std::vector<Edit>& edits,
                                 const platform::Dir& staging, const std::string& to,
                                 platform::Sha256Digest* read = nullptr);

// Where positions of the old file are in the new one. Asked with rising positions.
class Moved {
 public:
  explicit Moved(const std::vector<Edit>& edits) : edits_(edits) {}
  // A position where an edit begins stays in front of it.
  std::uint64_t operator()(std::uint64_t position);

 private:
  const std::vector<Edit>& edits_;
  std::size_t next_ = 0;
  std::int64_t shift_ = 0;
};

}  // namespace sluice::owner
