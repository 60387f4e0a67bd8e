// sluice sync: makes the knowledge base mirror directories.
#pragma once

#include <chrono>
#include <string>

#include "cli/args.h"
#include "cli/hooks.h"
#include "cli/io.h"
#include "cli/settings.h"
#include "platform/files.h"

namespace sluice::cli {

// Who lets sync run again and again as files change. Its functions are called by the thread that
// runs sync, but entering(), which is called by whichever scans.
class SyncWatcher {
 public:
  virtual ~SyncWatcher() = default;
  // A source that changed less long ago, or is open for writing, waits for a later run.
  virtual std::chrono::milliseconds settle() const = 0;
  // Before a directory is mirrored; throws Error if another process does that.
  virtual void claim(const std::string& root_key) = 0;
  // Before a directory is listed.
  virtual void entering(const std::string& folder) = 0;
  // Whether a source that is gone may be taken out in this run already.
  virtual bool may_remove(const std::string& path_key) = 0;
  // A directory, or all removals, are left out of this run, and why.
  virtual void leave_out(const std::string& what) = 0;
  virtual void being_written() = 0;
  virtual Hooks& hooks(const Settings& settings) = 0;
};

// As run_sync, but what one directory cannot be mirrored for, or a guard holds for, is left out,
// and the rest goes on. A directory must be the very one of last time, not only on the same file
// system.
int run_sync_for_watch(platform::Files& files, const Args& args, const SyncArgs& sync, Io& io,
                       SyncWatcher& watcher);

// Returns the exit code; kSomeFailed, and nothing is changed, where a guard holds. Throws Error.
int run_sync(platform::Files& files, const Args& args, const SyncArgs& sync, Io& io);

}  // namespace sluice::cli
