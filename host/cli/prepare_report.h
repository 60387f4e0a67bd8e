// What `sluice prepare` tells its user: a line for each failure and warning and a summary; or, with
// --json, an object for each bundle.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "cli/args.h"
#include "cli/io.h"
#include "cli/progress.h"
#include "cli/result_lines.h"
#include "cli/skip_report.h"
#include "model/bundle.h"
#include "model/sandbox.h"

namespace sluice::cli {

class PrepareReport {
 public:
  PrepareReport(Io& io, const GlobalArgs& global, Progress& progress);

  void start(unsigned jobs, const SandboxLayers& sandbox);
  // `name`: of its bundle; empty if it has none. `known`: it was there and is right as it is.
  void bundle(const Bundle& bundle, const std::string& name, bool known);
  // Any thread.
  void skipped(scan::Skipped&& skipped) { skips_.add(std::move(skipped)); }
  void flush();
  void summary();

  std::uint64_t failed() const { return failed_; }
  std::uint64_t failed_new() const { return failed_new_; }

 private:
  void print_lines(const Bundle& bundle, bool known);

  Io& io_;
  const GlobalArgs& global_;
  Progress& progress_;
  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  SkipReport skips_;
  WarningLines warnings_;
  std::string lines_;  // of --json, not written yet
  std::uint64_t prepared_ = 0;
  std::uint64_t unchanged_ = 0;
  std::uint64_t failed_ = 0;
  std::uint64_t failed_new_ = 0;
};

}  // namespace sluice::cli
