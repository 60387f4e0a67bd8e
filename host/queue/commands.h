// One function for each command of sluice-queue. They throw Error; results go to io.out.
#pragma once

#include <string>

#include "cli/args.h"
#include "cli/io.h"
#include "platform/files.h"
#include "queue/queue.h"

namespace sluice::queue {

// Carries out the command of `args`, whichever it is.
int run_queue_command(platform::Files& files, const cli::Args& args, cli::Io& io);

int run_init(const cli::Args& args, const cli::QueueInitArgs& init, cli::Io& io);
int run_submit(platform::Files& files, const cli::Args& args, const cli::QueueSubmitArgs& submit,
               cli::Io& io);
int run_status(const cli::Args& args, const cli::QueueStatusArgs& status, cli::Io& io);
int run_retry(const cli::Args& args, const cli::QueueRetryArgs& retry, cli::Io& io);
int run_cancel(const cli::Args& args, const cli::QueueCancelArgs& cancel, cli::Io& io);

int run_work(platform::Files& files, const cli::Args& args, const cli::WorkArgs& work, cli::Io& io);
int run_commit(platform::Files& files, const cli::Args& args, const cli::QueueCommitArgs& commit,
               cli::Io& io);

// Where the queue is: what was given, or SLUICE_QUEUE. Throws Error (kUsage) if neither is.
std::string url_of(const std::string& given, const cli::Io& io);
// A link with the warnings and the Ctrl-C of `io`.
LinkSettings link_settings(const std::string& url, cli::Io& io);
// Of a command that runs for days: it waits for a lost server until Ctrl-C, but not for its disk,
// and is woken by the notifications of `channel`.
LinkSettings lasting_link_settings(const std::string& url, cli::Io& io, const std::string& channel);
// Where the scratch folder is made: what was given, or TMPDIR, or /tmp.
std::string scratch_parent(const std::string& given, const cli::Io& io);

}  // namespace sluice::queue
