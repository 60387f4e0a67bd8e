#include "cli/result_lines.h"

namespace sluice::cli {
namespace {

// What to do about a failure.
std::string hint_of_result(const owner::DocumentResult& result) {
  return result.hint.empty() ? std::string(hint(result.outcome)) : result.hint;
}

}  // namespace

std::string failure_line(const owner::DocumentResult& result, const Paint& paint) {
  const std::string hint = hint_of_result(result);
  std::string line = paint.red("failed") + "  " + visible(result.source.given) + ": " +
                     std::string(word(result.outcome));
  if (!result.converter.empty()) line += " (" + visible(result.converter) + ")";
  if (!result.reason.empty()) line += ": " + visible(result.reason);
  if (!hint.empty()) line += "; " + visible(hint);
  for (const Attempt& attempt : result.attempts) {
    line +=
        "; " + visible(attempt.converter) + " did no better: " + std::string(word(attempt.outcome));
    if (!attempt.reason.empty()) line += ": " + visible(attempt.reason);
  }
  return line + "\n";
}

std::string refused_line(const std::string& bundle, const std::string& reason, const Paint& paint) {
  return paint.red("refused") + "  " + visible(bundle) + ": " + visible(reason) + "\n";
}

std::string WarningLines::lines_of(const owner::DocumentResult& result, unsigned verbose,
                                   const Paint& paint) {
  std::string lines;
  if (result.result != owner::Result::kFailed && result.outcome == Outcome::kPartial) {
    lines += paint.yellow("partial") + " " + visible(result.source.given) + ": " +
             visible(result.reason.empty() ? "no reason given" : result.reason) + "\n";
  }
  const bool has_reason =
      result.result == owner::Result::kFailed || result.outcome == Outcome::kPartial;
  for (const auto& warning : result.warnings) {
    if (has_reason && warning.text() == result.reason) continue;  // it stands there already
    const bool again = warning.code == kTakeover && !takeovers_.insert(warning.message).second;
    if (again && verbose == 0) continue;
    if (warning.is_note && verbose == 0) {
      ++notes_[warning.code];
      continue;
    }
    lines += paint.yellow(warning.severity()) + " " + visible(result.source.given) + ": " +
             visible(warning.text()) + "\n";
  }
  return lines;
}

std::string WarningLines::notes_line() const {
  std::uint64_t all = 0;
  std::string kinds;
  for (const auto& [code, count] : notes_) {
    all += count;
    kinds += (kinds.empty() ? "" : ", ") + code + " " + std::to_string(count);
  }
  return all == 0 ? "" : "notes " + std::to_string(all) + ": " + kinds + " (-v shows them)\n";
}

}  // namespace sluice::cli
