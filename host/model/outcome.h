// What became of a prepare, in the words that users and scripts see.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace sluice {

enum class Outcome {
  kOk,
  kEmpty,
  kPartial,
  kUnsupported,
  kMalformed,
  kEncrypted,
  kLimit,
  kCancelled,
  kMissingDependency,
  kIo,
  kInternal,
  // Seen only by the host:
  kCrashed,
  kTimeout,
  kOutOfMemory,
  kSandboxViolation,
  // Decided by the owner:
  kSourceUnstable,
  // Of URLs:
  kRefused,  // a rule forbids to fetch it
  kGone,     // its server says that it is no more
};

// "ok", "missing-dependency", ...
std::string_view word(Outcome outcome);
// In the order above.
std::vector<Outcome> all_outcomes();
std::optional<Outcome> outcome_from_word(std::string_view word);
// ok and partial are committed; everything else fails the document.
bool is_committable(Outcome outcome);
// The same bytes and the same converters end the same way again: it depends on nothing else. All
// other failures depend on the day: on the disk, the load, the memory that others leave.
bool ends_the_same_again(Outcome outcome);
// What it means, the same way.
std::string_view meaning(Outcome outcome);
// What a user can do about it, a sentence without a full stop; empty for ok.
std::string_view hint(Outcome outcome);

}  // namespace sluice
