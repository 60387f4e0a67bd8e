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
};

}  // namespace sluice::owner
