#include "prepare/verdict.h"

#include <sluice/abi.h>

#include <array>
#include <sluice/counted.hpp>
#include <utility>

#include "platform/process.h"
#include "prepare/line_rules.h"

namespace sluice::prepare {
namespace {

std::string seconds_text(std::chrono::milliseconds time) {
  const auto milliseconds = time.count();
  if (milliseconds % 1000 != 0) return std::to_string(milliseconds) + " milliseconds";
  return milliseconds == 1000 ? "1 second" : std::to_string(milliseconds / 1000) + " seconds";
}

std::string size_text(std::uint64_t bytes) {
  if (bytes % (1 << 20) == 0 && bytes != 0) return std::to_string(bytes >> 20) + " MiB";
  if (bytes % (1 << 10) == 0 && bytes != 0) return std::to_string(bytes >> 10) + " KiB";
  return std::to_string(bytes) + " bytes";
}

std::string reason_of(LimitKind limit, const Limits& limits) {
  switch (limit) {
    case LimitKind::kOutput:
      return "it comes to more than " + size_text(limits.output_bytes) + " of output";
    case LimitKind::kAssets:
      return "it has more than " + counted(limits.assets, "asset");
    case LimitKind::kDetails:
      return "it has more metadata, links or sidecars than one document may have";
    case LimitKind::kScratch:
      return "it needs more than " + size_text(limits.scratch_bytes) + " for temporary files";
    case LimitKind::kWallTime:
      return "it took longer than " + seconds_text(limits.wall_time);
    case LimitKind::kCpuTime:
      return "it used more than " + seconds_text(limits.cpu_time) + " of processor time";
    case LimitKind::kMemory:
      return "it needs more than " + size_text(limits.memory) + " of memory";
    case LimitKind::kTree:
      return "the documents within it come to more than a source may hold";
    case LimitKind::kNone:
      break;
  }
  return {};
}

Outcome outcome_of(LimitKind limit) {
  switch (limit) {
    case LimitKind::kWallTime:
    case LimitKind::kCpuTime:
      return Outcome::kTimeout;
    case LimitKind::kMemory:
      return Outcome::kOutOfMemory;
    default:
      return Outcome::kLimit;
  }
}

Verdict over(LimitKind limit, const Limits& limits, const std::string& converter) {
  return {.outcome = outcome_of(limit),
          .reason = reason_of(limit, limits),
          .hint = hint_of(limit, converter)};
}

Outcome outcome_of(std::int32_t abi) {
  constexpr std::array kOutcomes = {
      Outcome::kOk,          Outcome::kEmpty,     Outcome::kPartial,
      Outcome::kUnsupported, Outcome::kMalformed, Outcome::kEncrypted,
      Outcome::kLimit,       Outcome::kCancelled, Outcome::kMissingDependency,
      Outcome::kIo,          Outcome::kInternal};
  return kOutcomes.at(static_cast<std::size_t>(abi));
}

// The cause of a run that ended by a signal.
platform::Death death_of(const worker::RunEnd& end) {
  return end.how == worker::RunEnd::How::kSignal ? platform::death_by(end.code)
                                                 : platform::Death::kOther;
}

// The kernel also kills a converter that ignores that its processor time is up.
bool is_out_of_cpu(const worker::RunEnd& end, const Limits& limits) {
  const platform::Death death = death_of(end);
  return death == platform::Death::kProcessorTime ||
         (death == platform::Death::kKilled && end.cpu_time >= limits.cpu_time);
}

Verdict failed(Outcome outcome, std::string reason) {
  return {.outcome = outcome, .reason = std::move(reason)};
}
Verdict crashed(Outcome outcome, std::string reason) {
  return {.outcome = outcome, .reason = std::move(reason), .is_crash = true};
}

Verdict verdict_of_exit(int code, const Limits& limits, const std::string& converter) {
  switch (code) {
    case wire::kExitOutOfMemory:
      return over(LimitKind::kMemory, limits, converter);
    case wire::kExitProtocol:
      return failed(Outcome::kInternal, "the process of the converter could not begin");
    case wire::kExitDone:
      return failed(Outcome::kInternal, "the converter " + converter + " left no sound result");
    default:
      return failed(Outcome::kInternal, "the converter " + converter +
                                            " ended its process with code " + std::to_string(code));
  }
}

Verdict verdict_of_signal(const worker::RunEnd& end, const Limits& limits,
                          const std::string& converter) {
  if (was_violation(end)) {
    return crashed(Outcome::kSandboxViolation,
                   "the converter " + converter + " made a system call that the sandbox forbids" +
                       (end.forbidden_call.empty() ? "" : ": " + end.forbidden_call));
  }
  // It undid our way of telling it that a file grew too large.
  if (death_of(end) == platform::Death::kFileSize) {
    return over(LimitKind::kOutput, limits, converter);
  }
  if (death_of(end) == platform::Death::kKilled) {
    return failed(Outcome::kOutOfMemory,
                  "its process was killed by the system, most likely for want of memory");
  }
  // Many libraries answer a refused allocation with an abort, or do not look at all.
  if (end.refused_memory != 0) return over(LimitKind::kMemory, limits, converter);
  return crashed(Outcome::kCrashed, "the converter " + converter + " crashed (" +
                                        platform::signal_name(end.code) + ")");
}

AttemptCause cause_of(plugin::Refused::Why why) {
  switch (why) {
    case plugin::Refused::Why::kUnsafe:
      return AttemptCause::kUntrusted;
    case plugin::Refused::Why::kNoLibrary:
      return AttemptCause::kNotLoadable;
    default:
      return AttemptCause::kRefused;
  }
}

}  // namespace

Verdict verdict_of_refusal(const plugin::Refused& refused) {
  Verdict verdict = verdict_of_unusable(cause_of(refused.why), refused.cause, refused.id);
  if (!refused.next.empty()) verdict.hint = refused.next;
  return verdict;
}

Verdict verdict_of_unusable(AttemptCause cause, std::string reason, const std::string& plugin) {
  return {.cause = cause,
          .outcome = outcome_of(cause),
          .reason = "plugin " + plugin + ": " + std::move(reason),
          .hint = hint_of(cause, plugin)};
}

std::string hint_of(LimitKind limit, const std::string& converter) {
  const auto raise = [&converter](const char* key) {
    return "raise " + std::string(key) + " in [limits." + converter + "] of the configuration";
  };
  switch (limit) {
    case LimitKind::kOutput:
      return "split the document, or " + raise("output");
    case LimitKind::kAssets:
      return "split the document, or " + raise("assets");
    case LimitKind::kDetails:
      return "split the document";
    case LimitKind::kScratch:
      return "split the document, or " + raise("scratch");
    case LimitKind::kWallTime:
      return "give it more time with --timeout, or " + raise("timeout");
    case LimitKind::kCpuTime:
      return "give it more: " + raise("cpu_time");
    case LimitKind::kMemory:
      return "give it more memory with --memory-limit, or " + raise("memory");
    case LimitKind::kTree:
      return "split the document, or raise tree_documents, tree_bytes or tree_ratio in [limits] of "
             "the configuration";
    case LimitKind::kNone:
      break;
  }
  return {};
}

bool killed_by_another(const worker::RunEnd& end, const Limits& limits) {
  return end.how == worker::RunEnd::How::kLost ||
         (death_of(end) == platform::Death::kKilled && !is_out_of_cpu(end, limits));
}

bool was_violation(const worker::RunEnd& end) {
  return death_of(end) == platform::Death::kForbiddenCall;
}

Verdict verdict_of(wire::Result&& result, const Limits& limits, const std::string& converter) {
  const Outcome outcome = outcome_of(result.outcome);
  if (result.memory_short) {
    if (!is_committable(outcome)) return over(LimitKind::kMemory, limits, converter);
    result.warnings.push_back(
        {"memory", "memory ran short while it was converted: something may be missing"});
  }
  if (outcome == Outcome::kLimit && result.limit != LimitKind::kNone) {
    return over(result.limit, limits, converter);
  }
  std::string reason = result.reason;
  return {.outcome = outcome, .reason = std::move(reason), .result = std::move(result)};
}

Verdict verdict_of(worker::RunEnd& end, const Limits& limits, const std::string& converter) {
  std::optional<wire::Result>& result = end.results[0];
  if (end.how == worker::RunEnd::How::kCancelled) return failed(Outcome::kCancelled, "stopped");
  // What stands on the disk is too much, whatever the result says.
  if (end.how == worker::RunEnd::How::kOverLimit) return over(end.limit, limits, converter);
  if (end.how == worker::RunEnd::How::kTimedOut &&
      (!result || result->outcome == SLUICE_OUTCOME_CANCELLED)) {
    Verdict verdict = over(LimitKind::kWallTime, limits, converter);
    if (end.total != 0 && end.done <= end.total) {
      verdict.reason +=
          " (it had done " + std::to_string(end.done) + " of " + std::to_string(end.total) + ")";
    }
    return verdict;
  }
  if (result) return verdict_of(std::move(*result), limits, converter);
  if (is_out_of_cpu(end, limits)) return over(LimitKind::kCpuTime, limits, converter);
  if (end.how == worker::RunEnd::How::kExited) return verdict_of_exit(end.code, limits, converter);
  if (end.how == worker::RunEnd::How::kSignal) return verdict_of_signal(end, limits, converter);
  return crashed(Outcome::kInternal, "the converter " + converter + ": " + end.reason);
}

}  // namespace sluice::prepare
