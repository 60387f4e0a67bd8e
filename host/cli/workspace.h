// What a command works with: the KB it is about, the configuration, the plugins, and who takes
// what.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "cli/args.h"
#include "cli/config.h"
#include "cli/io.h"
#include "cli/progress.h"
#include "plugin/catalog.h"
#include "plugin/router.h"
#include "prepare/pool.h"
#include "worker/client.h"

namespace sluice::cli {

struct Workspace {
  std::optional<std::string> kb;
  Config config;
  plugin::Catalog catalog;
  plugin::Router router;
  std::string converter_id;
  std::optional<plugin::Pins> pins;  // of the user's lock file, if there is one
  bool worker_stderr = false;
  unsigned max_lanes = 0;  // as many as there may be open files for
  Log* log = nullptr;

  // How pages of the web are fetched. Throws Error (kUsage) if [fetch] is wrong.
  std::shared_ptr<fetch::Fetcher> fetcher() const;
  fetch::FetchProgram fetch_program() const;
  // How its workers are started.
  worker::WorkerSettings worker() const;
  // For a pool that stages into `staging`; refers to this workspace.
  prepare::PrepareContext context(platform::Files& files, StagingProvider& staging,
                                  RegistryViews* registry) const;
};

enum class NeedsKb { kYes, kNo };
// Throws Error: kNoKb if there is none and one is needed, kUsage if the configuration is wrong.
Workspace open_workspace(platform::Files& files, const Args& args, const Io& io, NeedsKb needs_kb);

// The KB's path. Throws Error (kNoKb) if there is none.
std::string need_kb(platform::Files& files, const Args& args, const Io& io);

// The user's lock file of plugins, and its path; nothing where the user has no folder for it.
std::optional<std::string> lock_file_path(const Io& io);

// How progress is shown, from the flags and what standard error is.
Progress::Style progress_style(const GlobalArgs& global, const Io& io);

// The folder that bin/, lib/, libexec/ and share/ of this installation (or build) are in.
std::string installation_prefix();
// The program of worker processes, and the one that fetches.
std::string worker_program();
std::string fetch_program_path();

}  // namespace sluice::cli
