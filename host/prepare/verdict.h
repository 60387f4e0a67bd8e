// From the way in which a run ended to its document's outcome, in words for the user. Pure.
#pragma once

#include <optional>
#include <string>

#include "model/attempt.h"
#include "model/limits.h"
#include "model/outcome.h"
#include "plugin/catalog.h"
#include "worker/client.h"
#include "worker/wire.h"

namespace sluice::prepare {

struct Verdict {
  AttemptCause cause = AttemptCause::kConversion;
  Outcome outcome = Outcome::kInternal;
  std::string reason = {};
  std::string hint = {};  // what to do about it, where that is more than the outcome's own
  std::optional<wire::Result> result = {};  // of a process that came to its end with this document
  // The converter's process went down, or did what it must not: that is the converter's fault,
  // whatever the document is like.
  bool is_crash = false;
};

// Of a document whose converter's plugin could not be used. `plugin`: its id.
Verdict verdict_of_unusable(AttemptCause cause, std::string reason, const std::string& plugin);
// The same of a plugin that was refused as it was found.
Verdict verdict_of_refusal(const plugin::Refused& refused);
// Of a document that was converted alone. `converter`: its id.
Verdict verdict_of(worker::RunEnd& end, const Limits& limits, const std::string& converter);
// Of a sound result.
Verdict verdict_of(wire::Result&& result, const Limits& limits, const std::string& converter);

// Whether somebody killed the process who was neither the host nor the kernel for its limits: that
// says nothing about the document.
bool killed_by_another(const worker::RunEnd& end, const Limits& limits);
// Whether the sandbox killed the process for a forbidden system call.
bool was_violation(const worker::RunEnd& end);

// Names the key to raise: "split the document, or raise [limits.pdf] output in the configuration".
std::string hint_of(LimitKind limit, const std::string& converter);

}  // namespace sluice::prepare
