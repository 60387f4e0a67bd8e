// One run that prepares and commits sources, wherever they come from: the wiring of feed, pool and
// owner, with progress, reports, Ctrl-C and the exit code. add, sync, retry and reconvert differ in
// their sources alone.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cli/args.h"
#include "cli/hooks.h"
#include "cli/io.h"
#include "cli/reporter.h"
#include "cli/workspace.h"
#include "model/bundle_feed.h"
#include "model/source_feed.h"
#include "owner/knowledge_base.h"
#include "owner/owner.h"
#include "platform/files.h"
#include "scan/scanner.h"
#include "staging/staging.h"

namespace sluice::cli {

using OnSkipped = std::function<void(scan::Skipped&&)>;

struct IngestJob {
  std::string command;  // "add": its name in --json, and for those who wait for the lock
  bool fail_fast = false;
  bool strict = false;
  // The sources of the run; what a scan leaves out goes to `on_skipped`. Called once, and once more
  // with an empty function, from another thread, to count them for the progress bar.
  std::function<std::unique_ptr<SourceFeed>(OnSkipped on_skipped)> make_feed;
  // Instead of make_feed: bundles that need no preparing. The staging is that of the run.
  std::function<std::unique_ptr<BundleFeed>(LazyStaging&, Reporter&, Progress&)> make_bundles;
  // Path keys of what the run covers, as scan::Scanner::roots() has them, once the feed was made:
  // failures on record of sources that are there no more are forgotten. Empty: none are.
  std::function<std::vector<std::string>()> roots;
  bool is_whole = true;  // the run takes all that there is below the roots, not a choice by -g
  // Sources that are unchanged, and so not in the feed, once that was made.
  std::function<std::uint64_t()> unchanged;
  // What else is to be done with the owner after the last source, unless the run was cut short.
  std::function<void(owner::Owner&)> afterwards;
  // For a run that is one of many (watch): what stays as it was is not reported, and nothing is if
  // all does.
  bool only_changes = false;
  // Sources that changed less long ago, or are open for writing, go to `on_being_written` instead.
  std::chrono::milliseconds settle{0};
  std::function<void()> on_being_written;
  // Told of every result; may be empty.
  std::function<void(const owner::DocumentResult&)> on_result;
  // Who gets the events; nullptr: the hooks of the configuration, which the run waits for.
  Hooks* hooks = nullptr;
};

// The job of a scan of these paths. `files` outlives it.
IngestJob scan_job(platform::Files& files, std::vector<std::string> paths,
                   const scan::ScanOptions& options);

// Runs it and returns the exit code. Throws Error as the owner does.
int run_ingest(platform::Files& files, const Args& args, Io& io, const Workspace& workspace,
               owner::KnowledgeBase& kb, const IngestJob& job);

// What a scan of directories takes and leaves out, from the command line and the configuration.
// Refers to `workspace`.
scan::ScanOptions scan_options(const ScanArgs& args, const Workspace& workspace);

}  // namespace sluice::cli
