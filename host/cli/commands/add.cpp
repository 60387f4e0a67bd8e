// sluice add: prepares and commits files and directories.
#include "cli/commands/add.h"

#include "cli/commands/add_dry_run.h"
#include "cli/ingest.h"
#include "cli/path_list.h"
#include "cli/workspace.h"

namespace sluice::cli {

int run_add(platform::Files& files, const Args& args, const AddArgs& add, Io& io) {
  const Workspace workspace = open_workspace(files, args, io, NeedsKb::kYes);
  const std::vector<std::string> paths =
      all_paths(add.paths, add.files_from, add.nul_separated, io);
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
