// `sluice prepare` as a child process that makes bundles of a few tasks. It dies with us.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "cli/args.h"
#include "platform/files.h"
#include "platform/shell_command.h"
#include "queue/queue.h"
#include "queue/scratch.h"

namespace sluice::queue {

// One entry of its report: a task, and the bundle that it made of it.
struct PreparedTask {
  std::int64_t seq = 0;
  std::string bundle;  // the name of its folder, or empty
  std::string outcome;
  std::string reason;
};

class PrepareChild {
 public:
  // Writes the list of tasks to `scratch`. `args`: of `work`, whose converting options it passes
  // on.
  PrepareChild(platform::Files& files, const Scratch& scratch, const cli::Args& args,
               const std::vector<Task>& tasks);

  // Runs it to its end. `look` is called every 50 ms; true ends it. Throws SystemError if it cannot
  // be started.
  platform::CommandEnd run(const std::function<bool()>& look);
  // What its report has gained since the last call.
  std::vector<PreparedTask> new_entries();
  // Where the bundles are.
  const platform::Dir& out() const { return out_; }

 private:
  std::string command() const;
  void write_list(const std::vector<Task>& tasks);

  platform::Files& files_;
  const Scratch& scratch_;
  const cli::Args& args_;
  platform::Dir out_;
  std::map<std::string, std::int64_t> seqs_;  // by path key, as JSON shows it
  platform::File report_;
  std::uint64_t read_ = 0;
  std::string rest_;  // of a line that is not complete
};

}  // namespace sluice::queue
