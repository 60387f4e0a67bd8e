// sluice commit: the owner of add, with bundles that travelled in the place of lanes.
#include "cli/commands/commit.h"

#include "cli/ingest.h"
#include "cli/travelled_bundles.h"
#include "cli/workspace.h"
#include "travel/shelf.h"

namespace sluice::cli {

int run_commit(platform::Files& files, const Args& args, const CommitArgs& commit, Io& io) {
  const Workspace workspace = open_workspace(files, args, io, NeedsKb::kYes);
  std::vector<std::string> paths;
  for (const std::string& path : commit.paths) paths.push_back(absolute_path(io, path));
  const travel::Shelf shelf(files, paths);
  auto kb = owner::KnowledgeBase::open(files, *workspace.kb, owner::Database::Mode::kReadWrite);
  IngestJob job;
  job.command = "commit";
  job.strict = commit.strict;
  job.make_bundles = [&](LazyStaging& staging, Reporter& reporter, Progress& progress) {
    progress.set_total(shelf.entries().size());
    return std::make_unique<TravelledBundles>(files, shelf, workspace, kb.path(), staging,
                                              reporter);
  };
  return run_ingest(files, args, io, workspace, kb, job);
}

}  // namespace sluice::cli
