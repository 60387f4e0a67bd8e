// Which function carries out which command, and what they share.
#include "cli/queue_program.h"
#include "cli/text.h"
#include "queue/commands.h"

namespace sluice::queue {
namespace {

struct QueueDispatch {
  platform::Files& files;
  const cli::Args& args;
  cli::Io& io;

  int operator()(const cli::QueueInitArgs& init) const { return run_init(args, init, io); }
  int operator()(const cli::QueueSubmitArgs& submit) const {
    return run_submit(files, args, submit, io);
  }
  int operator()(const cli::QueueStatusArgs& status) const { return run_status(args, status, io); }
  int operator()(const cli::QueueRetryArgs& retry) const { return run_retry(args, retry, io); }
  int operator()(const cli::QueueCancelArgs& cancel) const { return run_cancel(args, cancel, io); }
  int operator()(const cli::WorkArgs& work) const { return run_work(files, args, work, io); }
  int operator()(const cli::QueueCommitArgs& commit) const {
    return run_commit(files, args, commit, io);
  }
  template <typename OtherArgs>
  int operator()(const OtherArgs&) const {
    static_assert(!cli::is_of_queue(OtherArgs::kName), "this command has no function");
    throw Error("carry out", std::string(OtherArgs::kName), "it is a command of sluice",
                "run sluice " + std::string(OtherArgs::kName), ExitCode::kUsage);
  }
};

}  // namespace

int run_queue_command(platform::Files& files, const cli::Args& args, cli::Io& io) {
  return std::visit(QueueDispatch{files, args, io}, args.command);
}

std::string url_of(const std::string& given, const cli::Io& io) {
  if (!given.empty()) return given;
  if (const auto url = io.env("SLUICE_QUEUE"); url && !url->empty()) return *url;
  throw Error("find", "the queue", "no URL was given, and SLUICE_QUEUE is not set",
              "give one, as in postgresql://user@host/database", ExitCode::kUsage);
}

LinkSettings link_settings(const std::string& url, cli::Io& io) {
  return {.url = url,
          .stopped = [&io] { return io.interrupted && io.interrupted(); },
          .warn =
              [&io](const std::string& text) {
                io.err << "warning " << cli::visible(text) << "\n" << std::flush;
              }};
}

LinkSettings lasting_link_settings(const std::string& url, cli::Io& io,
                                   const std::string& channel) {
  LinkSettings settings = link_settings(url, io);
  settings.waits_for_disk = false;
  settings.patience = std::chrono::milliseconds(-1);
  settings.listens_to = channel;
  return settings;
}

std::string scratch_parent(const std::string& given, const cli::Io& io) {
  return given.empty() ? io.env("TMPDIR").value_or("/tmp") : given;
}

}  // namespace sluice::queue
