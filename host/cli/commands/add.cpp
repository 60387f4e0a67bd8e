// sluice add: prepares and commits files and directories.
#include "cli/commands/add.h"

#include <fstream>
#include <memory>
#include <utility>

#include "cli/commands/add_dry_run.h"
#include "cli/ingest.h"
#include "cli/workspace.h"
#include "platform/error.h"

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

}  // namespace

int run_add(platform::Files& files, const Args& args, const AddArgs& add, Io& io) {
  const Workspace workspace = open_workspace(files, args, io, NeedsKb::kYes);
  const std::vector<std::string> paths = all_paths(add, io);
  const scan::ScanOptions options = scan_options(add.scan, workspace);
  if (add.dry_run) return run_add_dry(files, args, workspace, paths, options, io);
  auto kb = owner::KnowledgeBase::open(files, *workspace.kb, owner::Database::Mode::kReadWrite);
  std::vector<std::string> roots;
  IngestJob job;
  job.command = "add";
  job.fail_fast = add.fail_fast;
  job.strict = add.strict;
  job.is_whole = options.globs.empty();
  job.make_feed = [&](OnSkipped on_skipped) {
    scan::ScanOptions own = options;
    // Without it the sources are only counted.
    const bool is_run = on_skipped != nullptr;
    own.on_skipped = std::move(on_skipped);
    auto scanner = std::make_unique<scan::Scanner>(files, paths, std::move(own));
    if (is_run) roots = scanner->roots();
    return scanner;
  };
  job.roots = [&] { return roots; };
  return run_ingest(files, args, io, workspace, kb, job);
}

}  // namespace sluice::cli
