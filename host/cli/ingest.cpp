#include "cli/ingest.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "cli/conversion_setup.h"
#include "cli/named_plugins.h"
#include "cli/past_failures.h"
#include "cli/progress.h"
#include "cli/sandbox.h"
#include "cli/stoppable_feed.h"
#include "platform/error.h"
#include "prepare/pool.h"
#include "staging/staging.h"

namespace sluice::cli {
namespace {

// Counts what there is to do for the progress bar, ahead of the run.
class Counter {
 public:
  Counter(const IngestJob& job, Progress& progress)
      : thread_([this, &job, &progress] { count(job, progress); }) {}
  ~Counter() {
    stop_ = true;
    thread_.join();
  }
  Counter(const Counter&) = delete;
  Counter& operator=(const Counter&) = delete;

 private:
  void count(const IngestJob& job, Progress& progress) {
    try {
      const std::unique_ptr<SourceFeed> feed = job.make_feed({});
      std::uint64_t total = 0;
      while (!stop_ && feed->next()) ++total;
      if (!stop_) progress.set_total(total);
    } catch (const std::exception&) {
      // No total, no time left to show; the run itself reports what is wrong.
    }
  }

  std::atomic<bool> stop_{false};
  std::thread thread_;
};

// Takes the bundles up to the first failure off the front.
std::vector<Bundle> up_to_failure(std::vector<Bundle>& bundles) {
  auto end = std::find_if(bundles.begin(), bundles.end(), [](const auto& bundle) {
    return bundle.kind == Bundle::Kind::kFailed || bundle.kind == Bundle::Kind::kFailedBefore;
  });
  if (end != bundles.end()) ++end;
  std::vector<Bundle> front(std::make_move_iterator(bundles.begin()), std::make_move_iterator(end));
  bundles.erase(bundles.begin(), end);
  return front;
}

// One run over the sources, from the first to the last, or until something ends it early.
class Run {
 public:
  Run(platform::Files& files, const Args& args, Io& io, const Workspace& workspace,
      owner::KnowledgeBase& kb, const IngestJob& job)
      : files_(files), args_(args), io_(io), workspace_(workspace), kb_(kb), job_(job) {}

  int operator()();

 private:
  void ingest(BundleFeed& feed, owner::Owner& owner, Reporter& reporter);
  std::optional<SandboxLayers> proven_sandbox();
  void check_layout() const;
  void end_whole_run(owner::Owner& owner, const PastFailures& past);
  bool is_interrupted() const { return io_.interrupted && io_.interrupted(); }
  bool is_cut_short(const Reporter& reporter) const {
    return is_interrupted() || (job_.fail_fast && has_failed(reporter.tally()));
  }
  // Whether anything failed that counts: with --strict, what failed before counts, too.
  bool has_failed(const Tally& tally) const {
    return (job_.strict ? tally.failed : tally.failed_new) > 0;
  }
  void finish(owner::Owner& owner, const Reporter& reporter, bool is_whole);
  void finish_what_can_be(owner::Owner& owner, const Reporter& reporter);
  int exit_code(const Reporter& reporter, const owner::Owner& owner) const;
  Hooks* hooks_of(std::optional<Hooks>& own) const {
    return job_.hooks != nullptr ? job_.hooks : own ? &*own : nullptr;
  }

  platform::Files& files_;
  const Args& args_;
  Io& io_;
  const Workspace& workspace_;
  owner::KnowledgeBase& kb_;
  const IngestJob& job_;
  std::int64_t events_before_ = 0;  // number of the last event before the run
};

void Run::ingest(BundleFeed& feed, owner::Owner& owner, Reporter& reporter) {
  const owner::OwnerSettings bounds;
  while (!is_cut_short(reporter)) {
    auto bundles = feed.take(bounds.group_documents, bounds.group_bytes);
    if (bundles.empty()) break;
    // What comes behind the first failure stays out, however much was ready together with it.
    while (!bundles.empty() && !is_cut_short(reporter)) {
      owner.commit(job_.fail_fast ? up_to_failure(bundles) : std::exchange(bundles, {}));
    }
  }
  if (job_.afterwards && !is_cut_short(reporter)) job_.afterwards(owner);
  feed.cancel();
}

// Nothing ended the run early.
void Run::end_whole_run(owner::Owner& owner, const PastFailures& past) {
  const std::vector<std::string> roots = job_.roots ? job_.roots() : std::vector<std::string>();
  if (!roots.empty()) owner.forget_failures(past.outlived(kb_, roots, job_.is_whole));
}

void Run::finish(owner::Owner& owner, const Reporter& reporter, bool is_whole) {
  owner::RunRow row = reporter.run_row(job_.command);
  row.events_before = events_before_;
  row.is_whole = is_whole;
  owner.record_run(std::move(row));
  owner.finish();
}

// After an error that has nothing to do with what is committed.
void Run::finish_what_can_be(owner::Owner& owner, const Reporter& reporter) {
  try {
    finish(owner, reporter, false);
  } catch (const Error&) {
    // The next command finishes it.
  }
}

int Run::exit_code(const Reporter& reporter, const owner::Owner& owner) const {
  if (is_interrupted()) return static_cast<int>(ExitCode::kInterrupted);
  if (owner.found_damage()) return static_cast<int>(ExitCode::kDamaged);
  return static_cast<int>(has_failed(reporter.tally()) || reporter.tally().refused > 0
                              ? ExitCode::kSomeFailed
                              : ExitCode::kOk);
}

// Nothing for a run that converts nothing.
std::optional<SandboxLayers> Run::proven_sandbox() {
  if (job_.make_bundles) return std::nullopt;
  const SandboxLayers sandbox = enter_sandbox(workspace_, args_.global, io_);
  prove_named_plugins(files_, workspace_, args_, io_);
  return sandbox;
}

// The line in the KB's configuration shows what it was made with, and cannot change it.
void Run::check_layout() const {
  for (const Setting& setting : workspace_.config.values()) {
    if (setting.key->path() != "output.layout" || !setting.of_kb) continue;
    const std::string_view made = word(kb_.layout());
    if (std::get<std::string>(setting.value) == made) continue;
    throw Error(
        "use", setting.origin + ": output.layout",
        "the knowledge base was made with layout \"" + std::string(made) +
            "\", which cannot change",
        "write that there; for another layout make another knowledge base with 'sluice init "
        "--layout', and sync the same sources there",
        ExitCode::kUsage);
  }
}

int Run::operator()() {
  check_layout();
  const std::optional<SandboxLayers> sandbox = proven_sandbox();
  LazyStaging staging(files_, kb_.root());
  owner::RegistryViewsOf views(kb_.registry_path());

  StoppableFeed running;
  Progress progress(io_.err, progress_style(args_.global, io_),
                    [&] {
                      // Ctrl-C must not wait for a document that takes minutes.
                      if (is_interrupted()) running.cancel();
                    },
                    {io_.err_columns, io_.err_rows});
  // While the lock is waited for, nothing else comes to its end.
  std::optional<Activity::Turn> lock_wait;
  kb_.on_wait([&](const std::string& holder) {
    lock_wait.reset();
    if (!holder.empty()) {
      lock_wait.emplace(
          progress.activity().begin(Activity::Stage::kLockWait, "the lock, held by " + holder));
    }
  });
  Reporter reporter(io_, args_.global, progress,
                    job_.only_changes ? Reporter::Scope::kChanges : Reporter::Scope::kAll);
  std::optional<Counter> counter;
  const Progress::Style style = progress_style(args_.global, io_);
  if (job_.make_feed && (style == Progress::Style::kBar || style == Progress::Style::kJson)) {
    counter.emplace(job_, progress);
  }
  std::unique_ptr<SourceFeed> sources;
  if (job_.make_feed) {
    sources =
        job_.make_feed([&](scan::Skipped&& skipped) { reporter.skipped(std::move(skipped)); });
  }

  if (job_.unchanged) reporter.unchanged(job_.unchanged());
  PastFailures past;
  prepare::PrepareContext context = workspace_.context(files_, staging, &views);
  context.activity = &progress.activity();
  context.settings.settle = job_.settle;
  reporter.start(job_.command, *workspace_.kb, context.settings.jobs, sandbox);
  std::unique_ptr<BundleFeed> bundles;
  std::optional<Hooks> own_hooks;
  owner::OwnerSettings owner_settings;
  owner_settings.lock_timeout = workspace_.config.settings().lock_timeout;
  owner_settings.holder = "sluice " + job_.command;
  owner_settings.index = workspace_.config.settings().index;
  owner_settings.on_edit = workspace_.config.settings().on_edit;
  owner_settings.log = workspace_.log;
  owner::Owner owner(kb_, staging, owner_settings,
                     {[&](const Source& source, unsigned attempt) {
                        return bundles->prepare_again(source, attempt);
                      },
                      [&](const owner::DocumentResult& result) {
                        past.note(result);
                        if (job_.on_result) job_.on_result(result);
                        if (job_.on_being_written && result.reason == kBeingWritten) {
                          job_.on_being_written();
                        } else {
                          reporter.document(result);
                        }
                      },
                      [&](const std::string& text) { reporter.warn(text); },
                      [&] {
                        reporter.flush();
                        if (Hooks* const hooks = hooks_of(own_hooks)) hooks->notify();
                      }});
  owner.start();
  events_before_ = kb_.registry().last_event();
  if (job_.hooks == nullptr) own_hooks.emplace(files_, workspace_.config.settings(), kb_.path());
  if (job_.make_bundles) {
    bundles = job_.make_bundles(staging, reporter, progress);
  } else {
    bundles = std::make_unique<prepare::Pool>(context, *sources);
  }
  running.set(bundles.get());
  // Its lanes write to the staging, which the owner's end takes away.
  const auto end_feed = [&] {
    running.set(nullptr);
    bundles.reset();
    counter.reset();
  };
  try {
    ingest(*bundles, owner, reporter);
    end_feed();
    if (!is_cut_short(reporter)) end_whole_run(owner, past);
    owner.settle_links([this] { return is_interrupted(); });
    finish(owner, reporter, !is_cut_short(reporter));
    if (own_hooks) own_hooks->finish([&](const std::string& text) { reporter.warn(text); });
  } catch (const Error& error) {
    end_feed();
    if (error.exit_code() != ExitCode::kDamaged) finish_what_can_be(owner, reporter);
    progress.stop();
    reporter.summary();
    if (error.exit_code() == ExitCode::kFatal && reporter.tally().committed() > 0) {
      throw Error(error, ExitCode::kSomeFailed);
    }
    throw;
  }
  progress.stop();
  reporter.outdated(outdated_documents(kb_.registry(), workspace_.config, workspace_.catalog));
  reporter.summary();
  // `watch` is meant to be stopped.
  const bool is_watch = std::holds_alternative<WatchArgs>(args_.command);
  if (is_interrupted() && !is_watch && !args_.global.quiet) {
    io_.err << "stopped; run the same command to go on\n" << std::flush;
  }
  return exit_code(reporter, owner);
}

}  // namespace

IngestJob scan_job(platform::Files& files, std::vector<std::string> paths,
                   const scan::ScanOptions& options) {
  const auto roots = std::make_shared<std::vector<std::string>>();
  IngestJob job;
  job.is_whole = options.globs.empty();
  job.make_feed = [&files, paths = std::move(paths), options, roots](OnSkipped on_skipped) {
    scan::ScanOptions own = options;
    // Without it the sources are only counted.
    const bool is_run = on_skipped != nullptr;
    own.on_skipped = std::move(on_skipped);
    auto scanner = std::make_unique<scan::Scanner>(files, paths, std::move(own));
    if (is_run) *roots = scanner->roots();
    return scanner;
  };
  job.roots = [roots] { return *roots; };
  return job;
}

int run_ingest(platform::Files& files, const Args& args, Io& io, const Workspace& workspace,
               owner::KnowledgeBase& kb, const IngestJob& job) {
  return Run(files, args, io, workspace, kb, job)();
}

scan::ScanOptions scan_options(const ScanArgs& args, const Workspace& workspace) {
  const Settings& settings = workspace.config.settings();
  scan::ScanOptions options;
  options.globs = settings.globs;
  options.globs.insert(options.globs.end(), args.globs.begin(), args.globs.end());
  options.ignore_files = settings.ignore_files;
  if (!args.no_ignore) options.ignore = settings.ignore;
  options.hidden = settings.hidden;
  options.kb_path = workspace.kb;
  options.takes_extension = [&router = workspace.router](const std::string& extension) {
    return router.knows_extension(extension);
  };
  return options;
}

}  // namespace sluice::cli
