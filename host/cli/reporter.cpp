#include "cli/reporter.h"

#include <cstdio>
#include <sluice/counted.hpp>

#include "cli/json.h"
#include "cli/text.h"
#include "model/picture_without_text.h"

namespace sluice::cli {
namespace {

using owner::DocumentResult;

constexpr std::size_t kLinesTogether = 64 << 10;

bool was_read(const DocumentResult& result) {
  switch (result.result) {
    case owner::Result::kAdded:
    case owner::Result::kUpdated:
    case owner::Result::kDuplicate:
      return true;
    case owner::Result::kFailed:
      return !result.known;
    default:
      return false;
  }
}

// "added  docs/a.pdf -> wiki/sources/a.md".
std::string result_line(const DocumentResult& result) {
  const std::string begin =
      std::string(owner::word(result.result)) + "  " + visible(result.source.given);
  if (result.result == owner::Result::kRemoved) {
    return begin + "  (" + visible(result.reason.empty() ? result.name : result.reason) + ")\n";
  }
  const std::string from =
      result.renamed_from.empty() ? "" : ", before " + visible(result.renamed_from);
  return begin + from + " -> " + visible(result.markdown) + "\n";
}

// "failed by converter: pdf 2, html 1, no converter 1"; nothing where no converter failed.
std::string failures_line(const std::map<std::string, std::uint64_t>& failures) {
  std::string line;
  for (const auto& [converter, count] : failures) {
    if (converter.empty()) continue;
    line +=
        (line.empty() ? "failed by converter: " : ", ") + converter + " " + std::to_string(count);
  }
  if (line.empty()) return line;
  const auto none = failures.find("");
  if (none != failures.end()) line += ", no converter " + std::to_string(none->second);
  return line + "\n";
}

// "taken over from the first converter in line: m 10"; nothing where that made each.
std::string takeovers_line(const std::map<std::string, std::uint64_t>& taken_over) {
  std::string line;
  for (const auto& [converter, count] : taken_over) {
    line += (line.empty() ? "taken over from the first converter in line: " : ", ") + converter +
            " " + std::to_string(count);
  }
  return line.empty() ? line : line + "\n";
}

// "changed by hand: 2 kept beside the new version, 1 merged"; nothing where nobody changed
// anything.
std::string edits_line(const owner::EditCounts& edits) {
  if (!edits.any()) return {};
  std::string line;
  const auto put = [&line](std::uint64_t count, std::string_view what) {
    if (count == 0) return;
    line += (line.empty() ? "changed by hand: " : ", ") + std::to_string(count) + " ";
    line += what;
  };
  put(edits.kept, "kept beside the new version");
  put(edits.merged, "merged with it");
  put(edits.left, "left as it is");
  if (edits.conflicting > 0) {
    line += "; " + counted(edits.conflicting, "file has", "files have") +
            " conflicts ('sluice list --edited' names them)";
  }
  return line + "\n";
}

}  // namespace

Reporter::Reporter(Io& io, const GlobalArgs& global, Progress& progress, Scope scope)
    : io_(io),
      global_(global),
      progress_(progress),
      scope_(scope),
      skips_(global, [this](const std::string& lines) {
        if (scope_ == Scope::kAll) progress_.print(io_.out, lines);
      }) {}

void Reporter::start(const std::string& command, const std::string& kb, unsigned jobs,
                     const std::optional<SandboxLayers>& sandbox) {
  if (global_.json && scope_ == Scope::kAll) {
    progress_.print(io_.out, run_start_json(command, kb, jobs, sandbox));
  }
}

void Reporter::count(const DocumentResult& result) {
  switch (result.result) {
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
      if (!result.known) ++tally_.failed_new;
      ++failures_[result.converter];
      break;
    case owner::Result::kRemoved:
      ++tally_.removed;
      break;
    case owner::Result::kRenamed:
      ++tally_.renamed;
      break;
  }
  if (was_read(result) && !result.source.is_child()) {
    tally_.bytes += result.bytes;
    progress_.add_bytes(result.bytes);
  }
  tally_.edits.add(result.edit);
  // The progress counts sources.
  if (!result.source.is_child()) progress_.add_done();
  if (result.result == owner::Result::kFailed) progress_.add_failed();
}

// Lines of the scan, in front of the document that came behind them.
void Reporter::name_skipped(const std::string& lines) {
  if (lines.empty() || scope_ == Scope::kChanges) return;
  if (global_.json) {
    lines_ += lines;
  } else {
    progress_.print(io_.out, lines);
  }
}

// A failure of last time is only counted, unless all is to be named.
bool Reporter::is_shown(const DocumentResult& result) const {
  return result.result == owner::Result::kFailed && (!result.known || global_.verbose > 0);
}

bool Reporter::is_left_out(const DocumentResult& result) const {
  return scope_ == Scope::kChanges && (result.result == owner::Result::kUnchanged || result.known);
}

void Reporter::document(const DocumentResult& result) {
  if (result.result == owner::Result::kFailed &&
      is_picture_without_text(result.source, result.outcome)) {
    skips_.add_picture(result.source);
    progress_.add_done();
    return;
  }
  count(result);
  if (is_left_out(result)) return;
  if (result.source.root) name_skipped(skips_.lines_before(result.source.sequence));
  if (result.result != owner::Result::kFailed && !result.attempts.empty()) {
    ++taken_over_[result.attempts.front().converter];
  }
  if (global_.json) {
    lines_ += doc_json(result);
    if (lines_.size() >= kLinesTogether) flush();
    return;
  }
  const Paint paint(global_.color, io_.err_is_terminal, io_);
  if (is_shown(result)) progress_.print(io_.err, failure_line(result, paint));
  if (const std::string lines =
          global_.quiet ? "" : warnings_.lines_of(result, global_.verbose, paint);
      !lines.empty()) {
    progress_.print(io_.err, lines);
  }
  const bool is_named = global_.verbose > 0 || (scope_ == Scope::kChanges && !global_.quiet);
  if (is_named && result.result != owner::Result::kFailed) {
    progress_.print(io_.out, result_line(result));
  }
}

void Reporter::flush() {
  if (lines_.empty()) return;
  progress_.print(io_.out, lines_);
  lines_.clear();
}

void Reporter::refused(const std::string& bundle, const std::string& reason) {
  ++tally_.refused;
  progress_.add_done();
  progress_.add_failed();
  if (global_.json) {
    lines_ += refused_json(bundle, reason);
    return;
  }
  const Paint paint(global_.color, io_.err_is_terminal, io_);
  progress_.print(io_.err, refused_line(bundle, reason, paint));
}

void Reporter::warn(const std::string& text) {
  const Paint paint(global_.color, io_.err_is_terminal, io_);
  progress_.print(io_.err, paint.yellow("warning") + " " + visible(text) + "\n");
}

double Reporter::seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
}

owner::RunRow Reporter::run_row(const std::string& command) const {
  const auto number = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
  owner::RunRow run;
  run.command = command;
  run.started_at = started_at_;
  run.milliseconds = static_cast<std::int64_t>(seconds() * 1000);
  run.added = number(tally_.added);
  run.updated = number(tally_.updated);
  run.unchanged = number(tally_.unchanged);
  run.duplicate = number(tally_.duplicate);
  run.failed = number(tally_.failed);
  run.failed_new = number(tally_.failed_new);
  run.removed = number(tally_.removed);
  run.renamed = number(tally_.renamed);
  run.bytes = number(tally_.bytes);
  run.skips = skips_.counts();
  return run;
}

void Reporter::summary() {
  if (scope_ == Scope::kChanges && tally_.committed() == 0 && tally_.failed_new == 0) return;
  name_skipped(skips_.all_lines());
  flush();
  const double seconds = this->seconds();
  if (global_.json) {
    SummaryCounts counts;
    counts.added = tally_.added;
    counts.updated = tally_.updated;
    counts.unchanged = tally_.unchanged;
    counts.duplicate = tally_.duplicate;
    counts.failed = tally_.failed;
    counts.failed_new = tally_.failed_new;
    counts.removed = tally_.removed;
    counts.renamed = tally_.renamed;
    counts.refused = tally_.refused;
    counts.edits = tally_.edits;
    counts.skipped = skips_.count();
    counts.skipped_by = skips_.counts_json();
    counts.bytes = tally_.bytes;
    counts.outdated = outdated_;
    counts.failures = failures_;
    io_.out << summary_json(counts, seconds);
  } else if (!global_.quiet) {
    text_summary(seconds);
  }
  io_.out.flush();
}

void Reporter::text_summary(double seconds) {
  io_.out << failures_line(failures_) << skips_.summary_line() << warnings_.notes_line();
  const std::uint64_t known = tally_.failed - tally_.failed_new;
  if (known > 0 && global_.verbose == 0) {
    io_.out << "failed as before " << known << " ('sluice list --failed' names them)\n";
  }
  io_.out << takeovers_line(taken_over_) << edits_line(tally_.edits);
  if (outdated_ > 0) {
    io_.out << "outdated " << outdated_
            << " (made by another version of their converter, or with other options)\n";
  }
  if (tally_.failed_new > 0) {
    io_.out << "'sluice list --failed' shows what helps, and 'sluice retry' tries again what "
               "failed\n";
  }
  char rate[64];
  const double per_second = seconds > 0 ? static_cast<double>(tally_.all()) / seconds : 0;
  std::snprintf(rate, sizeof rate, "%.1f s, %.0f documents/s", seconds, per_second);
  io_.out << "added " << tally_.added << ", updated " << tally_.updated << ", unchanged "
          << tally_.unchanged << ", duplicate " << tally_.duplicate << ", failed " << tally_.failed;
  if (known > 0) io_.out << " (" << tally_.failed_new << " new)";
  if (tally_.renamed > 0) io_.out << ", renamed " << tally_.renamed;
  if (tally_.removed > 0) io_.out << ", removed " << tally_.removed;
  if (tally_.refused > 0) io_.out << ", refused " << tally_.refused;
  io_.out << ", skipped " << skips_.count();
  if (tally_.bytes > 0) io_.out << ", " << human_size(tally_.bytes);
  io_.out << ", " << rate << "\n";
}

}  // namespace sluice::cli
