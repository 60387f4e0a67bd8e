#include "prepare/line_rules.h"

#include <algorithm>
#include <array>

namespace sluice::prepare {
namespace {

using Cause = AttemptCause;

constexpr bool kNext = true;
constexpr bool kEnd = false;

constexpr auto kRules = std::to_array<LineRule>({
    // What the converter found out.
    {Cause::kConversion, Outcome::kOk, kEnd, "it is converted"},
    {Cause::kConversion, Outcome::kPartial, kEnd,
     "it is converted as far as it can be, and the reason says what is missing"},
    {Cause::kConversion, Outcome::kEmpty, kEnd,
     "the converter read all of it: another converter's text would not be its content"},
    {Cause::kConversion, Outcome::kUnsupported, kNext,
     "the converter says that the document has another format"},
    {Cause::kConversion, Outcome::kMalformed, kEnd,
     "the document is damaged: another converter might hide the damage"},
    {Cause::kConversion, Outcome::kEncrypted, kEnd,
     "the document is encrypted: another converter would show the encrypted bytes"},
    {Cause::kConversion, Outcome::kLimit, kEnd, "the document exceeds a limit that the user set"},
    {Cause::kConversion, Outcome::kCancelled, kEnd, "the user wants no result"},
    {Cause::kConversion, Outcome::kMissingDependency, kNext,
     "the converter lacks something on this system: that says nothing about the document"},
    {Cause::kConversion, Outcome::kIo, kEnd,
     "the source or the disk failed: another converter would read the same"},
    {Cause::kConversion, Outcome::kInternal, kNext, "the converter has a fault"},
    // What the host saw of it.
    {Cause::kConversion, Outcome::kCrashed, kNext, "the converter has a fault"},
    {Cause::kConversion, Outcome::kTimeout, kEnd,
     "time depends on the machine's load: the choice of a converter must not"},
    {Cause::kConversion, Outcome::kOutOfMemory, kEnd,
     "memory depends on the user's limit: raising it must not change the converter"},
    {Cause::kConversion, Outcome::kSandboxViolation, kEnd,
     "the document may be an attack: no other converter opens it"},
    // The plugin could not be used.
    {Cause::kUntrusted, Outcome::kInternal, kEnd,
     "somebody changed the plugin: the change must not decide which converter runs"},
    {Cause::kRefused, Outcome::kInternal, kNext, "the plugin does not fit this Sluice"},
    {Cause::kNotLoadable, Outcome::kMissingDependency, kNext,
     "the library cannot be loaded on this system"},
    {Cause::kDeclined, Outcome::kMissingDependency, kNext,
     "the plugin says that it cannot work on this system"},
    {Cause::kUnfit, Outcome::kMissingDependency, kNext,
     "the plugin does not work right on this system"},
    {Cause::kLoadCrashed, Outcome::kCrashed, kNext,
     "the plugin has a fault; no document was involved"},
    {Cause::kLoadViolation, Outcome::kSandboxViolation, kEnd,
     "the plugin broke the sandbox while it was loaded: the user decides what to do"},
    {Cause::kLoadTimeout, Outcome::kTimeout, kEnd,
     "time depends on the machine's load: the choice of a converter must not"},
    {Cause::kLoadOutOfMemory, Outcome::kOutOfMemory, kEnd,
     "memory depends on the user's limit: raising it must not change the converter"},
    {Cause::kNoWorker, Outcome::kIo, kEnd, "no converter can be run"},
    {Cause::kNoSandbox, Outcome::kInternal, kEnd, "no converter may be run"},
    {Cause::kQuarantine, Outcome::kCrashed, kNext,
     "the plugin crashed too often: the rule is that of a crash"},
    {Cause::kQuarantineUnsafe, Outcome::kSandboxViolation, kEnd,
     "the plugin broke the sandbox before: the rule is that of a violation"},
});

const LineRule* rule_of(AttemptCause cause, Outcome outcome) {
  const auto found = std::find_if(kRules.begin(), kRules.end(), [&](const LineRule& rule) {
    return rule.cause == cause && rule.outcome == outcome;
  });
  return found == kRules.end() ? nullptr : &*found;
}

}  // namespace

std::span<const LineRule> line_rules() {
  return kRules;
}

bool next_tries(AttemptCause cause, Outcome outcome) {
  const LineRule* rule = rule_of(cause, outcome);
  return rule != nullptr && rule->next_tries;
}

Outcome outcome_of(AttemptCause cause) {
  const auto found = std::find_if(kRules.begin(), kRules.end(),
                                  [&](const LineRule& rule) { return rule.cause == cause; });
  return found == kRules.end() ? Outcome::kInternal : found->outcome;
}

std::string hint_of(AttemptCause cause, std::string_view plugin) {
  const std::string id(plugin);
  switch (cause) {
    case Cause::kUntrusted:
      return "install the plugin " + id + " again from a source that you trust";
    case Cause::kRefused:
      return "install the plugin " + id + " again, or build it anew against this Sluice's SDK";
    case Cause::kNotLoadable:
      return "install what it needs, or the plugin " + id + " again";
    case Cause::kDeclined:
    case Cause::kUnfit:
      return "correct that, then run 'sluice plugin info " + id + "'";
    case Cause::kLoadCrashed:
      return "install the plugin " + id + " again, or report it to its author";
    case Cause::kLoadViolation:
      return "do not trust the plugin " + id + "; report it to its author";
    case Cause::kLoadTimeout:
      return "run the command again when the machine has less to do, or report it to the author "
             "of the plugin " +
             id;
    case Cause::kLoadOutOfMemory:
      return "give it more memory with --memory-limit";
    case Cause::kNoWorker:
      return "run 'sluice doctor'";
    case Cause::kNoSandbox:
      return "run 'sluice doctor' to see what is missing";
    case Cause::kConversion:
    case Cause::kQuarantine:
    case Cause::kQuarantineUnsafe:
      break;
  }
  return {};
}

std::string takeover_message(const Attempt& attempt, std::string_view successor) {
  std::string text = "the converter " + attempt.converter;
  if (attempt.cause != AttemptCause::kConversion) {
    text += " could not be used";
  } else if (attempt.outcome == Outcome::kUnsupported) {
    text += " did not take it";
  } else {
    text += " failed";
  }
  text += " (" + std::string(word(attempt.outcome));
  if (!attempt.reason.empty()) text += ": " + attempt.reason;
  text += "); " + std::string(successor) + " took over";
  const std::string_view step = attempt.hint.empty() ? hint(attempt.outcome) : attempt.hint;
  // A converter that leaves a document to the next one needs no step.
  const bool is_fault = attempt.outcome != Outcome::kUnsupported;
  return is_fault && !step.empty() ? text + "; " + std::string(step) : text;
}

}  // namespace sluice::prepare
