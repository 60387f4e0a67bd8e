// sluice queue commit: takes bundles from the queue into the knowledge base, in order, round after
// round.
#include <algorithm>
#include <string>

#include "cli/ingest.h"
#include "cli/json.h"
#include "cli/workspace.h"
#include "owner/knowledge_base.h"
#include "queue/commands.h"
#include "queue/delivery.h"
#include "queue/queued_bundles.h"
#include "queue/scratch.h"
#include "queue/store.h"

namespace sluice::queue {
namespace {

constexpr std::chrono::milliseconds kCommitterLook{5'000};
constexpr std::chrono::milliseconds kCommitterLookAtEnd{200};
constexpr std::chrono::milliseconds kCommitterLookForLate{500};
// Rounds between two looks for bundles that nobody will ask for.
constexpr int kRoundsBetweenSweeps = 50;

class Committer {
 public:
  Committer(platform::Files& files, const cli::Args& args, const cli::QueueCommitArgs& commit,
            cli::Io& io)
      : files_(files),
        args_(args),
        commit_(commit),
        io_(io),
        link_(lasting_link_settings(url_of(commit.url, io), io, "sluice_queue_done")) {
    cli::need_kb(files_, args_, io_);
    settings_ = read_settings(link_);
    store_ = open_store(files_, settings_.store, settings_.id, io_.env);
    scratch_.emplace(files_, scratch_parent(commit.scratch, io_));
    be_the_only_one();
  }

  int operator()() {
    int code = static_cast<int>(ExitCode::kOk);
    while (!is_stopped()) {
      agree_on_marks();
      if (next_over(link_, 1).empty()) {
        if (commit_.once && is_all_settled_for_good()) break;
        link_.wait(commit_.once ? kCommitterLookAtEnd : kCommitterLook);
        continue;
      }
      if (is_still_late()) {
        link_.wait(kCommitterLookForLate);
        continue;
      }
      const int round = run_round();
      if (round != static_cast<int>(ExitCode::kOk)) code = round;
      if (round != static_cast<int>(ExitCode::kOk) &&
          round != static_cast<int>(ExitCode::kSomeFailed)) {
        return round;
      }
      if (++rounds_ % kRoundsBetweenSweeps == 0) sweep();
    }
    agree_on_marks();
    sweep();
    report();
    return is_stopped() ? static_cast<int>(ExitCode::kInterrupted) : code;
  }

 private:
  bool is_stopped() const { return io_.interrupted && io_.interrupted(); }

  // Two of them would do everything twice; the marks in the registry keep it right all the same, as
  // they must when a connection is lost and with it this lock.
  void be_the_only_one() {
    if (link_.call("select pg_try_advisory_lock(hashtext('sluice_queue commit'))").flag(0, 0)) {
      return;
    }
    throw Error("commit", "the queue " + settings_.id, "another 'sluice queue commit' does this",
                "stop that one, or let it go on", ExitCode::kLockTimeout);
  }

  bool is_all_settled() {
    const Rows marks = link_.call("select submitted, settled from sluice_queue.progress()");
    return marks.number(0, 0) == marks.number(0, 1);
  }

  // Looks again after what was seen cannot be forgotten: a server that dies later changes nothing.
  bool is_all_settled_for_good() {
    if (!is_all_settled()) return false;
    link_.make_durable();
    return is_all_settled();
  }

  // After a crash between the two COMMITs, the registry knows more than the queue.
  void agree_on_marks() {
    const auto kb = owner::KnowledgeBase::open(files_, cli::need_kb(files_, args_, io_),
                                               owner::Database::Mode::kReadOnly);
    const CommitMark mark = read_mark(kb, settings_);
    const Rows answer =
        link_.call("select sluice_queue.agree($1, $2)",
                   {std::to_string(mark.number), mark.number == 0 ? Value() : Value(mark.text)});
    const std::string verdict = answer.text(0, 0);
    tally_.settled = std::max(
        mark.number, link_.call("select settled from sluice_queue.progress()").number(0, 0));
    if (verdict == "behind") {
      throw Error("commit", "the queue " + settings_.id,
                  "this knowledge base lacks documents that the queue says are committed: it is "
                  "another one, or a copy from before",
                  "commit into the knowledge base of before, or make a new queue and submit again");
    }
    if (verdict == "other") {
      throw Error("commit", "the queue " + settings_.id,
                  "the knowledge base has documents of this queue that the queue does not know: "
                  "the database is a copy from before",
                  "make a new queue and submit again");
    }
  }

  // The next bundle is awaited, and is neither there now nor known to be a lie.
  bool is_still_late() {
    if (late_.token.empty() || std::chrono::steady_clock::now() - late_.since >= settings_.lease) {
      return false;
    }
    const std::string name = name_in_store(late_.seq, late_.token);
    const std::vector<std::string> names = store_->list();
    return std::find(names.begin(), names.end(), name) == names.end();
  }

  int run_round() {
    const cli::Workspace workspace = cli::open_workspace(files_, args_, io_, cli::NeedsKb::kYes);
    auto kb = owner::KnowledgeBase::open(files_, *workspace.kb, owner::Database::Mode::kReadWrite);
    cli::IngestJob job;
    job.command = "queue commit";
    const QueueSide side{files_, link_, *store_, *scratch_, settings_, tally_, late_};
    job.make_bundles = [&](LazyStaging& staging, cli::Reporter& reporter, cli::Progress&) {
      return std::make_unique<QueuedBundles>(side, workspace, kb.path(), staging, reporter);
    };
    return cli::run_ingest(files_, args_, io_, workspace, kb, job);
  }

  // Bundles of attempts that came too late, and of tasks that were cancelled. Those of the tasks
  // ahead may be wanted.
  void sweep() {
    const std::int64_t settled =
        link_.call("select settled from sluice_queue.progress()").number(0, 0);
    for (const std::string& name : store_->list()) {
      const std::int64_t seq = seq_of_name(name);
      if (seq >= 0 && seq <= settled) store_->remove(name);
    }
  }

  void report() {
    if (args_.global.json) {
      io_.out << cli::JsonObject("queue_commit")
                     .number("settled", tally_.settled)
                     .number("committed", static_cast<std::int64_t>(tally_.committed))
                     .number("refused", static_cast<std::int64_t>(tally_.refused))
                     .line();
    }
  }

  platform::Files& files_;
  const cli::Args& args_;
  const cli::QueueCommitArgs& commit_;
  cli::Io& io_;
  Link link_;
  QueueSettings settings_;
  std::unique_ptr<Store> store_;
  std::optional<Scratch> scratch_;
  CommitTally tally_;
  LateBundle late_;
  int rounds_ = 0;
};

}  // namespace

int run_commit(platform::Files& files, const cli::Args& args, const cli::QueueCommitArgs& commit,
               cli::Io& io) {
  return Committer(files, args, commit, io)();
}

}  // namespace sluice::queue
