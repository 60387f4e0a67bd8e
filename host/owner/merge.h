// Merges two new versions of a text that come from the same one, line by line, as `git merge-file`
// does, to the byte. Of the version that both come from, it needs no more than the lines' prints.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace sluice::owner {

// What stands behind the conflict markers.
struct MergeLabels {
  std::string_view ours;
  std::string_view theirs;
};

struct Merged {
  std::string text;
  // Places where both have changed the same lines in different ways; both stand there, with git's
  // markers around them.
  std::size_t conflicts = 0;
};

// `base`: the prints of its lines (staging/line_prints.h), which end in LF.
Merged merge_texts(std::span<const std::uint64_t> base, std::string_view ours,
                   std::string_view theirs, const MergeLabels& labels);

// How many conflicts a text has that were marked with that label and are still there.
std::size_t marked_conflicts(std::string_view text, std::string_view ours_label);

}  // namespace sluice::owner
