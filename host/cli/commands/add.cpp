// sluice add: prepares and commits files and directories. The wiring of scanner, pool and owner.
#include "cli/commands/add.h"

#include <algorithm>
#include <atomic>
#include <fstream>
#include <mutex>
#include <optional>
#include <thread>

#include "cli/commands/add_dry_run.h"
#include "cli/progress.h"
#include "cli/reporter.h"
#include "cli/sandbox.h"
#include "cli/workspace.h"
#include "owner/owner.h"
#include "platform/error.h"
#include "prepare/pool.h"
#include "scan/scanner.h"
#include "staging/staging.h"

namespace sluice::cli {
namespace {

// The paths of the command line and of --files-from, in that order.
std::vector<std::string> all_paths(const AddArgs& add, Io& io) {
  std::vector<std::string> paths = add.paths;
  if (!add.files_from) return paths;
  std::ifstream file;
  if (*add.files_from != "-") {
    file.open(absolute_path(io, *add.files_from), std::ios::binary);
    if (!file) {
      throw Error("read the list", *add.files_from, "it cannot be opened", "check the path",
                  ExitCode::kUsage);
    }
  }
  std::istream& list = *add.files_from == "-" ? io.in : file;
  std::string line;
  while (std::getline(list, line, add.nul_separated ? '\0' : '\n')) {
    if (!line.empty()) paths.push_back(line);
  }
  return paths;
}

scan::ScanOptions scan_options(const AddArgs& add, const Workspace& workspace) {
  const Settings& settings = workspace.config.settings();
  scan::ScanOptions options;
  options.globs = settings.globs;
  options.globs.insert(options.globs.end(), add.globs.begin(), add.globs.end());
  options.ignore_files = settings.ignore_files;
  options.hidden = settings.hidden;
  options.kb_path = workspace.kb;
  options.takes_extension = [&router = workspace.router](const std::string& extension) {
    return router.knows_extension(extension);
  };
  return options;
}

[[noreturn]] void fail_without_documents(const std::vector<std::string>& paths,
                                         std::uint64_t passed_over) {
  const std::string where =
      paths.size() == 1 ? paths.front() : std::to_string(paths.size()) + " paths";
  if (passed_over == 0) {
    throw Error("find a document in", where, "there is no file in it that is not ignored",
                "check the path, .sluiceignore and --glob, or give --hidden");
  }
  throw Error("find a document in", where,
              "no converter takes any of its " + std::to_string(passed_over) + " file(s)",
              "'sluice plugin list' shows what is taken; name a file to have it tried anyway");
}

// Counts what there is to do for the progress bar, ahead of the run.
class Counter {
 public:
  Counter(platform::Files& files, const std::vector<std::string>& paths,
          const scan::ScanOptions& options, Progress& progress)
      : thread_([this, &files, paths, options, &progress] {
          count(files, paths, options, progress);
        }) {}
  ~Counter() {
    stop_ = true;
    thread_.join();
  }
  Counter(const Counter&) = delete;
  Counter& operator=(const Counter&) = delete;

 private:
  void count(platform::Files& files, const std::vector<std::string>& paths,
             const scan::ScanOptions& options, Progress& progress) {
    try {
      scan::Scanner scanner(files, paths, options);
      std::uint64_t total = 0;
      while (!stop_ && scanner.next()) ++total;
      if (!stop_) progress.set_total(total);
    } catch (const std::exception&) {
      // No total, no time left to show; the run itself reports what is wrong.
    }
  }

  std::atomic<bool> stop_{false};
  std::thread thread_;
};

// The pool that Ctrl-C stops, for as long as it may be stopped.
class StoppablePool {
 public:
  void set(prepare::Pool* pool) {
    const std::lock_guard guard(mutex_);
    pool_ = pool;
  }
  void cancel() {
    const std::lock_guard guard(mutex_);
    if (pool_ != nullptr) pool_->cancel();
  }

 private:
  std::mutex mutex_;
  prepare::Pool* pool_ = nullptr;
};

// What comes behind the first failure stays out, however much was ready together with it.
void drop_behind_failure(std::vector<Bundle>& bundles) {
  const auto failed = std::find_if(bundles.begin(), bundles.end(), [](const auto& bundle) {
    return bundle.kind == Bundle::Kind::kFailed;
  });
  if (failed != bundles.end()) bundles.erase(failed + 1, bundles.end());
}

// After an error that has nothing to do with what is committed.
void finish_what_can_be(owner::Owner& owner) {
  try {
    owner.finish();
  } catch (const Error&) {
    // The next command finishes it.
  }
}

// One run over the sources, from the first to the last, or until something ends it early.
class Run {
 public:
  Run(platform::Files& files, const Args& args, const AddArgs& add, Io& io)
      : files_(files),
        args_(args),
        add_(add),
        io_(io),
        workspace_(open_workspace(files, args, io, NeedsKb::kYes)),
        kb_(owner::KnowledgeBase::open(files, *workspace_.kb, owner::Database::Mode::kReadWrite)) {}

  int operator()();

 private:
  void ingest(prepare::Pool& pool, owner::Owner& owner, Reporter& reporter);
  bool is_interrupted() const { return io_.interrupted && io_.interrupted(); }
  bool is_cut_short(const Reporter& reporter) const {
    return is_interrupted() || (add_.fail_fast && reporter.tally().failed > 0);
  }
  int exit_code(const Reporter& reporter, const owner::Owner& owner) const;

  platform::Files& files_;
  const Args& args_;
  const AddArgs& add_;
  Io& io_;
  Workspace workspace_;
  owner::KnowledgeBase kb_;
};

void Run::ingest(prepare::Pool& pool, owner::Owner& owner, Reporter& reporter) {
  const owner::OwnerSettings bounds;
  while (!is_cut_short(reporter)) {
    auto bundles = pool.take(bounds.group_documents, bounds.group_bytes);
    if (bundles.empty()) break;
    if (add_.fail_fast) drop_behind_failure(bundles);
    owner.commit(std::move(bundles));
  }
  pool.cancel();
}

int Run::exit_code(const Reporter& reporter, const owner::Owner& owner) const {
  if (is_interrupted()) return static_cast<int>(ExitCode::kInterrupted);
  if (owner.found_damage()) return static_cast<int>(ExitCode::kDamaged);
  return static_cast<int>(reporter.tally().failed > 0 ? ExitCode::kSomeFailed : ExitCode::kOk);
}

int Run::operator()() {
  const SandboxLayers sandbox = enter_sandbox(workspace_, args_.global, io_);
  const auto paths = all_paths(add_, io_);
  const auto options = scan_options(add_, workspace_);
  scan::Scanner scanner(files_, paths, options);
  LazyStaging staging(files_, kb_.root());
  owner::RegistryViewsOf views(kb_.registry_path());

  StoppablePool running;
  Progress progress(io_.err, progress_style(args_.global, io_), [&] {
    // Ctrl-C must not wait for a document that takes minutes.
    if (is_interrupted()) running.cancel();
  });
  Reporter reporter(io_, args_.global, progress);
  std::optional<Counter> counter;
  if (progress_style(args_.global, io_) == Progress::Style::kBar) {
    counter.emplace(files_, paths, options, progress);
  }

  const prepare::PrepareContext context = workspace_.context(files_, staging, &views);
  reporter.start("add", *workspace_.kb, context.settings.jobs, sandbox.state());
  std::optional<prepare::Pool> pool;
  owner::OwnerSettings owner_settings;
  owner_settings.lock_timeout = workspace_.config.settings().lock_timeout;
  owner_settings.holder = "sluice add";
  owner::Owner owner(
      kb_, staging, owner_settings,
      {[&](const Source& source, unsigned attempt) { return pool->prepare_again(source, attempt); },
       [&](const owner::DocumentResult& result) { reporter.document(result); },
       [&](const std::string& text) { reporter.warn(text); }, [&] { reporter.flush(); }});
  owner.start();
  pool.emplace(context, scanner);
  running.set(&*pool);
  // Its lanes write to the staging, which the owner's end takes away.
  const auto end_pool = [&] {
    running.set(nullptr);
    pool.reset();
    counter.reset();
  };
  try {
    ingest(*pool, owner, reporter);
    end_pool();
    owner.finish();
  } catch (const Error& error) {
    end_pool();
    if (error.exit_code() != ExitCode::kDamaged) finish_what_can_be(owner);
    progress.stop();
    reporter.summary();
    if (error.exit_code() == ExitCode::kFatal && reporter.tally().committed() > 0) {
      throw Error(error, ExitCode::kSomeFailed);
    }
    throw;
  }
  for (const auto& problem : scanner.problems()) reporter.problem(problem.given, problem.reason);
  progress.stop();
  if (reporter.tally().all() == 0 && !is_interrupted()) {
    fail_without_documents(paths, scanner.passed_over());
  }
  reporter.summary();
  return exit_code(reporter, owner);
}

}  // namespace

int run_add(platform::Files& files, const Args& args, const AddArgs& add, Io& io) {
  if (!add.dry_run) return Run(files, args, add, io)();
  const Workspace workspace = open_workspace(files, args, io, NeedsKb::kYes);
  const auto paths = all_paths(add, io);
  scan::Scanner scanner(files, paths, scan_options(add, workspace));
  const auto exit_code = run_add_dry(files, args, workspace, scanner, io);
  if (!exit_code) fail_without_documents(paths, scanner.passed_over());
  return *exit_code;
}

}  // namespace sluice::cli
