// sluice queue submit: lists sources as `add` does, and appends them to the queue in one
// transaction.
#include <optional>
#include <sluice/counted.hpp>
#include <string>
#include <vector>

#include "cli/ingest.h"
#include "cli/json.h"
#include "cli/path_list.h"
#include "cli/prepare_list.h"
#include "cli/skip_report.h"
#include "cli/text.h"
#include "cli/workspace.h"
#include "model/path_text.h"
#include "queue/commands.h"
#include "scan/scanner.h"

namespace sluice::queue {
namespace {

// Few enough for a short statement, and so many that the way to the server does not count.
constexpr std::size_t kMaxInOneCall = 5'000;

// Gathers sources and sends them.
class Sender {
 public:
  explicit Sender(Connection& connection) : connection_(connection) {}

  void add(const Source& source) {
    roots_.push_back(path_text(source.root->path));
    prefixes_.push_back(path_text(source.root->key_prefix));
    paths_.push_back(path_text(source.relative));
    if (paths_.size() == kMaxInOneCall) send();
  }
  void send() {
    if (paths_.empty()) return;
    const Rows rows =
        connection_.call("select first_seq, last_seq from sluice_queue.submit($1, $2, $3)",
                         {array_of(roots_), array_of(prefixes_), array_of(paths_)});
    if (first_ == 0) first_ = rows.number(0, 0);
    last_ = rows.number(0, 1);
    roots_.clear();
    prefixes_.clear();
    paths_.clear();
  }
  std::int64_t first() const { return first_; }
  std::int64_t last() const { return last_; }
  std::int64_t count() const { return first_ == 0 ? 0 : last_ - first_ + 1; }

 private:
  Connection& connection_;
  std::vector<std::string> roots_;
  std::vector<std::string> prefixes_;
  std::vector<std::string> paths_;
  std::int64_t first_ = 0;
  std::int64_t last_ = 0;
};

// What cannot be read here is no task: it is said at once.
class Listing {
 public:
  Listing(platform::Files& files, const cli::Args& args, const cli::QueueSubmitArgs& submit,
          cli::Io& io)
      : workspace_(cli::open_workspace(files, args, io, cli::NeedsKb::kNo)),
        skips_(args.global, [&io](const std::string& lines) { io.err << lines; }),
        io_(io) {
    scan::ScanOptions options = cli::scan_options(submit.scan, workspace_);
    options.on_skipped = [this](scan::Skipped&& skipped) { skips_.add(std::move(skipped)); };
    scanner_.emplace(files,
                     cli::all_paths(submit.paths, submit.files_from, submit.nul_separated, io),
                     std::move(options));
  }
  void send_all(Sender& sender) {
    while (auto source = scanner_->next()) {
      if (io_.interrupted && io_.interrupted()) {
        throw Stopped("submit", "the list", "it was interrupted", "", ExitCode::kInterrupted);
      }
      cli::refuse_web_page(*source);
      if (source->problem != nullptr) {
        report(*source);
      } else {
        sender.add(*source);
      }
    }
    sender.send();
  }
  std::int64_t unreadable() const { return unreadable_; }
  cli::SkipReport& skips() { return skips_; }

 private:
  void report(const Source& source) {
    ++unreadable_;
    io_.err << "failed " << cli::visible(source.given) << ": "
            << cli::visible(source.problem->reason) << "\n";
  }

  cli::Workspace workspace_;
  cli::SkipReport skips_;
  cli::Io& io_;
  std::optional<scan::Scanner> scanner_;
  std::int64_t unreadable_ = 0;
};

void print_result(const cli::Args& args, const Sender& sender, Listing& listing, cli::Io& io) {
  const std::string names = listing.skips().all_lines();
  if (args.global.json) {
    io.out << names
           << cli::JsonObject("submitted")
                  .number("count", sender.count())
                  .number("first", sender.first())
                  .number("last", sender.last())
                  .number("failed", listing.unreadable())
                  .number("skipped", static_cast<std::int64_t>(listing.skips().count()))
                  .objects("skipped_by", listing.skips().counts_json())
                  .line();
    return;
  }
  if (args.global.quiet) return;
  io.err << names << listing.skips().summary_line();
  if (sender.count() == 0) {
    io.out << "submitted nothing\n";
  } else {
    io.out << "submitted " << counted(sender.count(), "document") << " as " << sender.first()
           << " to " << sender.last() << "\n";
  }
}

}  // namespace

int run_submit(platform::Files& files, const cli::Args& args, const cli::QueueSubmitArgs& submit,
               cli::Io& io) {
  Link link(link_settings(url_of(submit.url, io), io));
  read_settings(link);
  Listing listing(files, args, submit, io);
  std::optional<Sender> sender;
  try {
    link.in_transaction([&](Connection& connection) {
      sender.emplace(connection);
      listing.send_all(*sender);
    });
  } catch (const ConnectionLost& error) {
    throw Error("submit", "the list", error.cause(),
                "see with 'sluice queue status' whether it is there, before you submit it again");
  }
  print_result(args, *sender, listing, io);
  return static_cast<int>(listing.unreadable() > 0 ? ExitCode::kSomeFailed : ExitCode::kOk);
}

}  // namespace sluice::queue
