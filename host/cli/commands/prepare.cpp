// sluice prepare: the lanes of add, with a folder of bundles in the place of the owner.
#include "cli/commands/prepare.h"

#include <filesystem>

#include "cli/conversion_setup.h"
#include "cli/ingest.h"
#include "cli/named_plugins.h"
#include "cli/path_list.h"
#include "cli/prepare_list.h"
#include "cli/prepare_report.h"
#include "cli/sandbox.h"
#include "cli/stoppable_feed.h"
#include "cli/workspace.h"
#include "platform/error.h"
#include "prepare/pool.h"
#include "travel/bundle_folder.h"
#include "travel/resume.h"

namespace sluice::cli {
namespace {

namespace fs = std::filesystem;

// Bundles that are taken off the pool together.
constexpr std::size_t kTakenDocuments = 256;
constexpr std::uint64_t kTakenBytes = 64ULL << 20;

// A scan would meet the bundles that it makes.
void check_out_is_apart(const std::string& out, const std::vector<std::string>& paths,
                        const Io& io) {
  std::error_code error;
  const fs::path folder = fs::weakly_canonical(out, error);
  if (error) return;  // whoever makes it tells what is wrong
  for (const std::string& path : paths) {
    const fs::path given = fs::weakly_canonical(absolute_path(io, path), error);
    if (error) continue;
    const fs::path below = folder.lexically_relative(given);
    if (!below.empty() && *below.begin() != "..") {
      throw Error("write bundles to", out, "it is in a folder that is to be prepared: " + path,
                  "give --out a folder elsewhere", ExitCode::kUsage);
    }
  }
}

class PrepareRun {
 public:
  PrepareRun(platform::Files& files, const Args& args, const PrepareArgs& prepare,
             const Workspace& workspace, Io& io)
      : files_(files),
        args_(args),
        prepare_(prepare),
        workspace_(workspace),
        io_(io),
        paths_(all_paths(prepare.paths, prepare.files_from, prepare.nul_separated, io)) {}

  int operator()();

 private:
  bool is_interrupted() const { return io_.interrupted && io_.interrupted(); }
  std::unique_ptr<PrepareList> make_list(travel::BundleFolder& folder, PrepareReport& report);
  void write_all(prepare::Pool& pool, PrepareList& list, travel::BundleFolder& folder,
                 PrepareReport& report);
  std::string write(Bundle& bundle, std::uint64_t place, travel::BundleFolder& folder) const;

  platform::Files& files_;
  const Args& args_;
  const PrepareArgs& prepare_;
  const Workspace& workspace_;
  Io& io_;
  const std::vector<std::string> paths_;
};

std::unique_ptr<PrepareList> PrepareRun::make_list(travel::BundleFolder& folder,
                                                   PrepareReport& report) {
  if (prepare_.list) {
    return std::make_unique<PrepareList>(
        files_, *prepare_.list, scan_options(prepare_.scan, workspace_), prepare_.shard, io_);
  }
  return std::make_unique<PrepareList>(
      files_, paths_, scan_options(prepare_.scan, workspace_), prepare_.shard,
      [&](scan::Skipped&& skipped, std::uint64_t place) {
        travel::Facts facts;
        facts.skipped = travel::SkippedFile{skipped.path, skipped.given, skipped.kind,
                                            std::string(word(skipped.why)), skipped.rule};
        folder.write(facts, place);
        report.skipped(std::move(skipped));
      });
}

// Returns the bundle's name; empty if the entry has none.
std::string PrepareRun::write(Bundle& bundle, std::uint64_t place,
                              travel::BundleFolder& folder) const {
  const bool is_kept =
      bundle.kind == Bundle::Kind::kUnchanged || bundle.kind == Bundle::Kind::kFailedBefore;
  if (is_kept) return folder.keep(bundle.source.path_key(), place);
  if (bundle.source.problem && !bundle.source.problem->on_record) return {};
  travel::Facts facts;
  facts.has_front_matter = workspace_.config.settings().front_matter;
  facts.bundle = std::move(bundle);
  std::string name = folder.write(facts, place);
  bundle = std::move(facts.bundle);
  return name;
}

void PrepareRun::write_all(prepare::Pool& pool, PrepareList& list, travel::BundleFolder& folder,
                           PrepareReport& report) {
  while (!is_interrupted()) {
    std::vector<Bundle> bundles = pool.take(kTakenDocuments, kTakenBytes);
    if (bundles.empty()) break;
    for (Bundle& bundle : bundles) {
      const std::uint64_t place = list.take_place();
      if (bundle.storage_full) {
        throw SystemError("write the bundle of", bundle.source.given,
                          std::make_error_code(std::errc::no_space_on_device));
      }
      const std::string name = write(bundle, place, folder);
      report.bundle(bundle, name,
                    bundle.kind != Bundle::Kind::kPrepared && bundle.kind != Bundle::Kind::kFailed);
    }
    report.flush();
  }
  pool.cancel();
}

int PrepareRun::operator()() {
  const std::string out = absolute_path(io_, prepare_.out);
  check_out_is_apart(out, paths_, io_);
  const SandboxLayers sandbox = enter_sandbox(workspace_, args_.global, io_);
  prove_named_plugins(files_, workspace_, args_, io_);
  travel::BundleFolder folder(files_, out);
  travel::BundleViews views(
      files_, folder,
      conversion_setup(workspace_.config, workspace_.catalog, workspace_.converter_id),
      workspace_.config.settings().front_matter);
  prepare::PrepareContext context = workspace_.context(files_, folder.staging(), &views);
  context.settings.keeps_metadata = true;
  // Which converter crashes in a row depends on the shard: what a document becomes must not.
  context.settings.limits.quarantine_after = 0;
  for (auto& [converter, limits] : context.settings.converter_limits) limits.quarantine_after = 0;

  StoppableFeed running;
  Progress progress(
      io_.err, progress_style(args_.global, io_),
      [&] {
        if (is_interrupted()) running.cancel();
      },
      {io_.err_columns, io_.err_rows});
  PrepareReport report(io_, args_.global, progress);
  context.activity = &progress.activity();
  report.start(context.settings.jobs, sandbox);
  const std::unique_ptr<PrepareList> list = make_list(folder, report);
  {
    prepare::Pool pool(context, *list);
    running.set(&pool);
    try {
      write_all(pool, *list, folder, report);
    } catch (...) {
      running.set(nullptr);
      throw;
    }
    running.set(nullptr);
  }
  folder.sync();
  folder.close();
  progress.stop();
  report.summary();
  if (is_interrupted()) return static_cast<int>(ExitCode::kInterrupted);
  const std::uint64_t failed = prepare_.strict ? report.failed() : report.failed_new();
  return static_cast<int>(failed > 0 ? ExitCode::kSomeFailed : ExitCode::kOk);
}

}  // namespace

int run_prepare(platform::Files& files, const Args& args, const PrepareArgs& prepare, Io& io) {
  const auto refuse = [](const char* cause, const char* next) {
    throw Error("understand", "the command line", cause, next, ExitCode::kUsage);
  };
  if (prepare.out.empty()) refuse("--out is missing", "give a folder for the bundles: --out DIR");
  if (prepare.list && (prepare.files_from || !prepare.paths.empty())) {
    refuse("--list and other paths exclude each other", "put them on the list");
  }
  const Workspace workspace = open_workspace(files, args, io, NeedsKb::kNo);
  return PrepareRun(files, args, prepare, workspace, io)();
}

}  // namespace sluice::cli
