// What a run over documents tells its user: a line for each failure and warning, a summary at the
// end; or, with --json, an object for each document.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "cli/args.h"
#include "cli/io.h"
#include "cli/progress.h"
#include "cli/result_lines.h"
#include "cli/skip_report.h"
#include "cli/text.h"
#include "model/sandbox.h"
#include "owner/document_result.h"
#include "owner/registry_rows.h"
#include "platform/clock.h"

namespace sluice::cli {

struct Tally {
  std::uint64_t added = 0;
  std::uint64_t updated = 0;
  std::uint64_t unchanged = 0;
  std::uint64_t duplicate = 0;
  std::uint64_t failed = 0;
  std::uint64_t failed_new = 0;  // of them, those that had not failed the same way before
  std::uint64_t removed = 0;
  std::uint64_t renamed = 0;
  std::uint64_t bytes = 0;    // of the sources that were read
  std::uint64_t refused = 0;  // bundles of which nothing is believed
  owner::EditCounts edits;

  std::uint64_t committed() const { return added + updated + duplicate + removed + renamed; }
  std::uint64_t all() const { return committed() + unchanged + failed; }
};

class Reporter {
 public:
  // kChanges: what stays as it was is counted, and not shown; if all does, nothing is.
  enum class Scope { kAll, kChanges };
  Reporter(Io& io, const GlobalArgs& global, Progress& progress, Scope scope = Scope::kAll);

  // `sandbox`: nothing if the run converts nothing.
  void start(const std::string& command, const std::string& kb, unsigned jobs,
             const std::optional<SandboxLayers>& sandbox);
  // Lines of --json may wait for flush().
  void document(const owner::DocumentResult& result);
  void flush();
  // Sources that nothing more is said of.
  void unchanged(std::uint64_t sources) { tally_.unchanged += sources; }
  // What a scan left out; any thread.
  void skipped(scan::Skipped&& skipped) {
    progress_.add_skipped();
    skips_.add(std::move(skipped));
  }
  // A bundle that travelled and is not as it must be. `bundle`: where it is.
  void refused(const std::string& bundle, const std::string& reason);
  // Something that is not about one document.
  void warn(const std::string& text);
  // How many documents were made with other versions or options than are in force.
  void outdated(std::int64_t documents) { outdated_ = documents; }
  // The last line.
  void summary();

  const Tally& tally() const { return tally_; }
  // The run so far, to be recorded.
  owner::RunRow run_row(const std::string& command) const;

 private:
  void count(const owner::DocumentResult& result);
  void name_skipped(const std::string& lines);
  bool is_shown(const owner::DocumentResult& result) const;
  bool is_left_out(const owner::DocumentResult& result) const;
  void text_summary(double seconds);

  Io& io_;
  const GlobalArgs& global_;
  Progress& progress_;
  const Scope scope_;
  double seconds() const;

  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  const std::int64_t started_at_ = platform::record_time_s();
  Tally tally_;
  SkipReport skips_;
  std::map<std::string, std::uint64_t> failures_;    // by converter; "" is for none
  std::map<std::string, std::uint64_t> taken_over_;  // by the converter that was first in line
  WarningLines warnings_;
  std::string lines_;  // of --json, not written yet
  std::int64_t outdated_ = 0;
};

}  // namespace sluice::cli
