// Which ends of a converter's turn let the next converter in line have one. The rule behind the
// table: another may try where the first says nothing about the document, only about itself. What
// it found out about the document stands, what depends on the machine's load must not change who
// converts, and what speaks of tampering or an attack ends the line.
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
