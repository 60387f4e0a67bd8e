// What became of one source, to be shown to the user.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/bundle.h"

namespace sluice::owner {

enum class Result { kAdded, kUpdated, kUnchanged, kDuplicate, kFailed, kRemoved, kRenamed };
// "added", "updated", "unchanged", "duplicate", "failed", "removed", "renamed".
std::string_view word(Result result);

// What to do with a Markdown file that was changed by hand, when there is a new version of it.
enum class OnEdit {
  kKeep,   // publish the new version; the edited one stays beside it
  kOurs,   // leave the edited one as it is
  kMerge,  // put both together, with conflicts marked
};

// What was done with it.
struct HandEdit {
  enum class Fate { kNone, kKept, kLeft, kMerged } fate = Fate::kNone;
  std::string kept_as;        // kKept: relative to the KB
  std::size_t conflicts = 0;  // marked in the file
};

// What was done with all of a run.
struct EditCounts {
  std::uint64_t kept = 0;
  std::uint64_t left = 0;
  std::uint64_t merged = 0;       // with conflicts or without
  std::uint64_t conflicting = 0;  // files with marked conflicts

  void add(const HandEdit& edit) {
    kept += edit.fate == HandEdit::Fate::kKept ? 1 : 0;
    left += edit.fate == HandEdit::Fate::kLeft ? 1 : 0;
    merged += edit.fate == HandEdit::Fate::kMerged ? 1 : 0;
    conflicting += edit.conflicts > 0 ? 1 : 0;
  }
  bool any() const { return kept + left + merged > 0; }
};

struct DocumentResult {
  Result result = Result::kFailed;
  Source source;
  std::string renamed_from;  // kRenamed: the path key that its source had before
  Outcome outcome = Outcome::kOk;
  std::string reason;
  bool known = false;  // kFailed: it had failed the same way when it was last tried
  std::string hint;    // what to do about a failure, where that is more than the outcome's own
  std::vector<Warning> warnings;
  std::vector<Attempt> attempts;  // of other converters than the one that the outcome is of
  std::int64_t id = 0;            // of its document; 0 if it has none
  std::string name;
  platform::Sha256Digest sha256{};
  std::string converter;
  std::string converter_version;
  std::string raw;       // relative to the KB
  std::string markdown;  // relative to the KB
  std::int64_t assets = 0;
  std::uint64_t bytes = 0;  // of the source
  std::int64_t milliseconds = 0;
  std::int64_t seq = 0;  // of its event; 0 if nothing was committed
  HandEdit edit;
};

}  // namespace sluice::owner
