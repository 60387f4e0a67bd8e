// A converter's turn at a document, and why it ended as it did. What users see of it: the outcome
// and the reason. After which ends the next converter may try: prepare/line_rules.h.
#pragma once

#include <string>

#include "model/outcome.h"

namespace sluice {

enum class AttemptCause {
  kConversion,  // it ran, or said that the document is not its own: the outcome is the converter's
  // Its plugin could not be used at all:
  kUntrusted,         // the library has another hash, or others may write to its files
  kRefused,           // it does not fit its manifest or this version of Sluice
  kNotLoadable,       // no shared library, or it needs a library or symbol that is not there
  kDeclined,          // it loaded, and said that it cannot work here
  kUnfit,             // its own test document did not come out right
  kLoadCrashed,       // it crashed while it loaded
  kLoadViolation,     // it did something that the sandbox forbids while it loaded
  kLoadTimeout,       // it was still loading when its time was up
  kLoadOutOfMemory,   // it needed more memory to load than a document may use
  kNoWorker,          // no worker process could be had
  kNoSandbox,         // the sandbox is required, and the worker did not get all of it
  kQuarantine,        // it crashed too often before, in this run
  kQuarantineUnsafe,  // the same, and at least one of these was a sandbox violation
};

// The code of the warning that a document has for each converter before the one that made it.
inline constexpr const char* kTakeover = "takeover";

struct Attempt {
  std::string converter = {};
  std::string converter_version = {};
  AttemptCause cause = AttemptCause::kConversion;
  Outcome outcome = Outcome::kInternal;
  std::string reason = {};
  std::string hint = {};     // what to do about it, where that is more than the outcome's own
  bool is_crash = false;     // counts for the quarantine
  bool is_reported = false;  // the document's outcome is this one's
};

}  // namespace sluice
