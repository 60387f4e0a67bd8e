#include "cli/reporter.h"

#include <cstdio>

#include "cli/json.h"
#include "cli/text.h"

namespace sluice::cli {
namespace {

using owner::DocumentResult;

// What to do about a failure.
std::string hint_of(const DocumentResult& result) {
  return result.hint.empty() ? std::string(hint(result.outcome)) : result.hint;
}

constexpr std::size_t kLinesTogether = 64 << 10;

std::string failure_line(const DocumentResult& result, const Paint& paint) {
  const std::string hint = hint_of(result);
  std::string line = paint.red("failed") + "  " + visible(result.source.given) + ": " +
                     std::string(word(result.outcome));
  if (!result.converter.empty()) line += " (" + result.converter + ")";
  if (!result.reason.empty()) line += ": " + visible(result.reason);
  if (!hint.empty()) line += "; " + hint;
  return line + "\n";
}

// "failed by converter: pdf 2, html 1, none 1"; nothing where no converter failed.
std::string failures_line(const std::map<std::string, std::uint64_t>& failures) {
  std::string line;
  for (const auto& [converter, count] : failures) {
    if (converter.empty()) continue;
    line +=
        (line.empty() ? "failed by converter: " : ", ") + converter + " " + std::to_string(count);
  }
  if (line.empty()) return line;
  const auto none = failures.find("");
  if (none != failures.end()) line += ", none " + std::to_string(none->second);
  return line + "\n";
}

std::string warning_lines(const DocumentResult& result, const Paint& paint) {
  std::string lines;
  for (const auto& warning : result.warnings) {
    lines += paint.yellow("warning") + " " + visible(result.source.given) + ": " +
             visible(warning.message) + "\n";
  }
  return lines;
}

}  // namespace

Reporter::Reporter(Io& io, const GlobalArgs& global, Progress& progress)
    : io_(io), global_(global), progress_(progress) {}

void Reporter::start(const std::string& command, const std::string& kb, unsigned jobs,
                     std::string_view sandbox) {
  if (global_.json) progress_.print(io_.out, run_start_json(command, kb, jobs, sandbox));
}

void Reporter::count(owner::Result result) {
  switch (result) {
    case owner::Result::kAdded:
      ++tally_.added;
      break;
    case owner::Result::kUpdated:
      ++tally_.updated;
      break;
    case owner::Result::kUnchanged:
      ++tally_.unchanged;
      break;
    case owner::Result::kDuplicate:
      ++tally_.duplicate;
      break;
    case owner::Result::kFailed:
      ++tally_.failed;
      break;
    case owner::Result::kRemoved:
      ++tally_.removed;
      break;
  }
  progress_.add_done();
  if (result == owner::Result::kFailed) progress_.add_failed();
}

void Reporter::document(const DocumentResult& result) {
  count(result.result);
  if (result.result == owner::Result::kFailed) ++failures_[result.converter];
  if (global_.json) {
    lines_ += doc_json(result);
    if (lines_.size() >= kLinesTogether) flush();
    return;
  }
  const Paint paint(global_.color, io_.err_is_terminal, io_);
  if (result.result == owner::Result::kFailed) {
    progress_.print(io_.err, failure_line(result, paint));
  }
  if (!result.warnings.empty() && !global_.quiet) {
    progress_.print(io_.err, warning_lines(result, paint));
  }
  if (global_.verbose > 0 && result.result != owner::Result::kFailed) {
    const std::string word(owner::word(result.result));
    progress_.print(io_.out, word + "  " + visible(result.source.given) + " -> " +
                                 visible(result.markdown) + "\n");
  }
}

void Reporter::flush() {
  if (lines_.empty()) return;
  progress_.print(io_.out, lines_);
  lines_.clear();
}

void Reporter::problem(const std::string& given, const std::string& reason) {
  DocumentResult result;
  result.source.given = given;
  result.outcome = Outcome::kIo;
  result.reason = reason;
  document(result);
}

void Reporter::warn(const std::string& text) {
  const Paint paint(global_.color, io_.err_is_terminal, io_);
  progress_.print(io_.err, paint.yellow("warning") + " " + visible(text) + "\n");
}

void Reporter::summary() {
  flush();
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  if (global_.json) {
    io_.out << summary_json({tally_.added, tally_.updated, tally_.unchanged, tally_.duplicate,
                             tally_.failed, tally_.removed, failures_},
                            seconds);
    io_.out.flush();
    return;
  }
  if (global_.quiet) return;
  const std::string failures = failures_line(failures_);
  if (!failures.empty()) io_.out << failures;
  char rate[64];
  const double per_second = seconds > 0 ? static_cast<double>(tally_.all()) / seconds : 0;
  std::snprintf(rate, sizeof rate, "%.1f s, %.0f documents/s", seconds, per_second);
  io_.out << "added " << tally_.added << ", updated " << tally_.updated << ", unchanged "
          << tally_.unchanged << ", duplicate " << tally_.duplicate << ", failed " << tally_.failed
          << ", " << rate << "\n";
  io_.out.flush();
}

}  // namespace sluice::cli
