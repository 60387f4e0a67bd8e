// sluice add: prepares and commits files and directories.
#include "cli/commands/add.h"

#include <fstream>

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
  IngestJob job = scan_job(files, paths, options);
  job.command = "add";
  job.fail_fast = add.fail_fast;
  job.strict = add.strict;
  return run_ingest(files, args, io, workspace, kb, job);
}

}  // namespace sluice::cli
