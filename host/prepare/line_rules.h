// After which ends of a converter's turn the next converter may try. The rule behind the table:
// another may try if the end says something only about the first converter, not about the document.
// What it found out about the document is final. The machine's load must not change which converter
// makes a document. After signs of tampering or an attack, no other converter may try.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "model/attempt.h"

namespace sluice::prepare {

struct LineRule {
  AttemptCause cause;
  Outcome outcome;
  bool next_tries;
  std::string_view why;
};

// Every pair that can occur, once.
std::span<const LineRule> line_rules();

bool next_tries(AttemptCause cause, Outcome outcome);

// The outcome of a document whose only converter could not be used for that cause. REQUIRES: not
// kConversion.
Outcome outcome_of(AttemptCause cause);

// What a user can do about a plugin that could not be used; empty where the outcome's own hint
// says it.
std::string hint_of(AttemptCause cause, std::string_view plugin);

// "the converter m could not be used (internal: ...); text took over".
std::string takeover_message(const Attempt& attempt, std::string_view successor);

}  // namespace sluice::prepare
