// sluice queue status, retry and cancel.
#include <sluice/counted.hpp>
#include <string>
#include <vector>

#include "cli/json.h"
#include "cli/text.h"
#include "queue/commands.h"

namespace sluice::queue {
namespace {

// More of them say no more.
constexpr const char* kMaxShown = "20";
constexpr std::size_t kSetupShown = 12;

// In the order of the columns of status().
constexpr const char* kCounts[] = {"submitted", "settled",      "waiting",   "in_work",
                                   "done",      "failed",       "committed", "cancelled",
                                   "retried",   "lost_attempts"};
constexpr const char* kWords[] = {"submitted",
                                  "settled",
                                  "waiting",
                                  "in work",
                                  "done, on their way to the knowledge base",
                                  "failed",
                                  "committed",
                                  "cancelled",
                                  "submitted again",
                                  "lost attempts"};

cli::JsonObject worker_object(const Rows& rows, std::size_t row) {
  cli::JsonObject one;
  one.text("worker", rows.text(row, 0))
      .text("role", rows.text(row, 1))
      .text("setup", rows.text(row, 2))
      .number("tasks", rows.number(row, 3))
      .decimal("lease_left", std::stod(rows.text(row, 4)));
  return one;
}

cli::JsonObject setup_object(const Rows& rows, std::size_t row) {
  cli::JsonObject one;
  one.text("setup", rows.text(row, 0)).number("tasks", rows.number(row, 1));
  return one;
}

cli::JsonObject failure_object(const Rows& rows, std::size_t row) {
  cli::JsonObject one;
  one.number("number", rows.number(row, 0))
      .text("path", rows.text(row, 1))
      .number("attempts", rows.number(row, 2))
      .text("reason", rows.text(row, 3));
  return one;
}

cli::JsonObject loss_object(const Rows& rows, std::size_t row) {
  cli::JsonObject one;
  one.number("number", rows.number(row, 0))
      .text("worker", rows.text(row, 1))
      .text("role", rows.text(row, 2))
      .text("reason", rows.text(row, 3));
  return one;
}

std::vector<cli::JsonObject> objects_of(const Rows& rows,
                                        cli::JsonObject (*object_of)(const Rows&, std::size_t)) {
  std::vector<cli::JsonObject> all;
  for (std::size_t row = 0; row < rows.size(); ++row) all.push_back(object_of(rows, row));
  return all;
}

// The beginning of what a worker calls its converters and their options.
std::string short_setup(const Rows& rows, std::size_t row, std::size_t column) {
  return rows.text(row, column).substr(0, kSetupShown);
}

struct Answers {
  Rows counts;
  Rows workers;
  Rows setups;
  Rows failures;
  Rows losses;
};

Answers ask(Link& link) {
  return {
      link.call("select * from sluice_queue.status()"),
      link.call("select worker, role, setup, tasks, seconds_left from sluice_queue.workers()"),
      link.call("select setup, tasks from sluice_queue.setups()"),
      link.call("select seq, path, attempts, reason from sluice_queue.failures($1)", {kMaxShown}),
      link.call("select seq, worker, role, reason from sluice_queue.last_losses($1)", {kMaxShown})};
}

void print_json(const Answers& answers, const QueueSettings& settings, cli::Io& io) {
  cli::JsonObject object("queue_status");
  object.text("queue", settings.id).text("store", settings.store);
  for (std::size_t at = 0; at < std::size(kCounts); ++at) {
    object.number(kCounts[at], answers.counts.number(0, at));
  }
  object.objects("workers", objects_of(answers.workers, worker_object))
      .objects("setups", objects_of(answers.setups, setup_object))
      .objects("failures", objects_of(answers.failures, failure_object))
      .objects("losses", objects_of(answers.losses, loss_object));
  io.out << object.line();
}

void print_text(const Answers& answers, const QueueSettings& settings, const cli::Args& args,
                cli::Io& io) {
  const cli::Paint paint(args.global.color, io.out_is_terminal, io);
  io.out << "queue " << settings.id << ", bundles through " << cli::visible(settings.store) << "\n";
  cli::Table counts;
  for (std::size_t at = 0; at < std::size(kWords); ++at) {
    const std::string number = answers.counts.text(0, at);
    if (number != "0" || at == 0) counts.add({"  " + number, kWords[at]});
  }
  io.out << counts.text(paint);
  cli::Table workers;
  for (std::size_t row = 0; row < answers.workers.size(); ++row) {
    workers.add({"  " + answers.workers.text(row, 0), answers.workers.text(row, 1),
                 counted(answers.workers.number(row, 3), "document"),
                 short_setup(answers.workers, row, 2)});
  }
  io.out << workers.text(paint);
  if (answers.setups.size() > 1) {
    io.out << "made with different converters, versions or options:\n";
    for (std::size_t row = 0; row < answers.setups.size(); ++row) {
      io.out << "  " << cli::visible(short_setup(answers.setups, row, 0)) << "  "
             << counted(answers.setups.number(row, 1), "document") << "\n";
    }
  }
  for (std::size_t row = 0; row < answers.failures.size(); ++row) {
    io.out << paint.red("failed") << " " << answers.failures.number(row, 0) << " "
           << cli::visible(answers.failures.text(row, 1)) << ": "
           << cli::visible(answers.failures.text(row, 3)) << "\n";
  }
  if (answers.failures.size() > 0) io.out << "  try: sluice queue retry\n";
  for (std::size_t row = 0; row < answers.losses.size(); ++row) {
    io.out << paint.yellow("lost") << " " << answers.losses.number(row, 0) << " by "
           << cli::visible(answers.losses.text(row, 1)) << " ("
           << cli::visible(answers.losses.text(row, 2))
           << "): " << cli::visible(answers.losses.text(row, 3)) << "\n";
  }
}

std::vector<std::int64_t> as_seqs(const std::vector<std::uint64_t>& numbers) {
  return {numbers.begin(), numbers.end()};
}

void print_tasks(const std::vector<Numbered>& tasks, const char* result, const cli::Args& args,
                 cli::Io& io) {
  for (const Numbered& task : tasks) {
    if (args.global.json) {
      io.out << cli::JsonObject("queue_task")
                    .number("number", task.seq)
                    .text("path", task.path)
                    .text("result", result)
                    .line();
    } else if (args.global.verbose > 0) {
      io.out << result << " " << task.seq << " " << cli::visible(task.path) << "\n";
    }
  }
  if (args.global.json || args.global.quiet) return;
  io.out << result << " " << counted(tasks.size(), "document") << "\n";
}

}  // namespace

int run_status(const cli::Args& args, const cli::QueueStatusArgs& status, cli::Io& io) {
  Link link(link_settings(url_of(status.url, io), io));
  const QueueSettings settings = read_settings(link);
  const Answers answers = ask(link);
  if (args.global.json) {
    print_json(answers, settings, io);
  } else {
    print_text(answers, settings, args, io);
  }
  return static_cast<int>(ExitCode::kOk);
}

int run_retry(const cli::Args& args, const cli::QueueRetryArgs& given, cli::Io& io) {
  Link link(link_settings(url_of(given.url, io), io));
  read_settings(link);
  print_tasks(retry(link, as_seqs(given.numbers)), "submitted", args, io);
  return static_cast<int>(ExitCode::kOk);
}

int run_cancel(const cli::Args& args, const cli::QueueCancelArgs& given, cli::Io& io) {
  if (given.numbers.empty() && !given.all) {
    throw Error("cancel", "documents", "none is named", "give their numbers, or --all",
                ExitCode::kUsage);
  }
  Link link(link_settings(url_of(given.url, io), io));
  read_settings(link);
  print_tasks(cancel(link, as_seqs(given.numbers)), "cancelled", args, io);
  return static_cast<int>(ExitCode::kOk);
}

}  // namespace sluice::queue
