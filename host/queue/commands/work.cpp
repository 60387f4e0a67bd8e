// sluice work: claims tasks, lets `sluice prepare` make their bundles, and delivers these.
#include <algorithm>
#include <fstream>
#include <optional>
#include <sluice/counted.hpp>
#include <string>
#include <thread>

#include "cli/conversion_setup.h"
#include "cli/json.h"
#include "cli/text.h"
#include "cli/workspace.h"
#include "platform/process.h"
#include "queue/commands.h"
#include "queue/delivery.h"
#include "queue/prepare_child.h"
#include "queue/scratch.h"
#include "queue/store.h"

namespace sluice::queue {
namespace {

using Clock = std::chrono::steady_clock;

// Enough for a prepare to be worth its start; few enough that its end loses little work.
constexpr std::size_t kTasksForEachJob = 16;
// An idle worker looks this often by itself; a notification wakes it at once.
constexpr std::chrono::milliseconds kIdleLook{10'000};
// With --once, when others have the rest.
constexpr std::chrono::milliseconds kLookForTheEnd{200};
constexpr std::chrono::milliseconds kFirstTrouble{1'000};
constexpr std::chrono::milliseconds kLongestTrouble{60'000};
// Of a lease, between two signs of life: two of them may be lost.
constexpr int kBeatsInALease = 4;

std::string worker_name() {
  std::string host;
  std::getline(std::ifstream("/proc/sys/kernel/hostname") >> std::ws, host);
  return (host.empty() ? "worker" : host) + ":" + std::to_string(platform::process_id());
}

// The claim went to somebody else while we had it.
struct ClaimLost {};

// This computer cannot work at all: no fault of the tasks.
class CannotPrepare : public Error {
 public:
  using Error::Error;
};

class Worker {
 public:
  Worker(platform::Files& files, const cli::Args& args, const cli::WorkArgs& work, cli::Io& io)
      : files_(files),
        args_(args),
        work_(work),
        io_(io),
        link_(lasting_link_settings(url_of(work.url, io), io, "sluice_queue_tasks")) {
    settings_ = read_settings(link_);
    store_ = open_store(files_, settings_.store, settings_.id, io_.env);
    const cli::Workspace workspace = cli::open_workspace(files_, args_, io_, cli::NeedsKb::kNo);
    setup_ = cli::conversion_setup(workspace.config, workspace.catalog, workspace.converter_id);
    const unsigned jobs = workspace.config.settings().jobs;
    batch_ =
        work.batch ? static_cast<std::size_t>(*work.batch) : kTasksForEachJob * std::max(1U, jobs);
    scratch_.emplace(files_, scratch_parent(work.scratch, io_));
  }

  int operator()() {
    while (!is_stopped()) {
      const std::string token = new_token();
      const std::vector<Task> tasks = claim(link_, token, name_, setup_, batch_);
      if (tasks.empty()) {
        if (work_.once && is_idle_for_good()) break;
        link_.wait(work_.once ? kLookForTheEnd : kIdleLook);
        continue;
      }
      work_on(token, tasks);
    }
    print_summary();
    return static_cast<int>(is_stopped()  ? ExitCode::kInterrupted
                            : failed_ > 0 ? ExitCode::kSomeFailed
                                          : ExitCode::kOk);
  }

 private:
  bool is_stopped() const { return io_.interrupted && io_.interrupted(); }

  // Looks again after what was seen cannot be forgotten: a server that dies later leaves no work.
  bool is_idle_for_good() {
    if (!is_idle(link_)) return false;
    link_.make_durable();
    return is_idle(link_);
  }

  // A sign of life, if it is time for one. Throws ClaimLost.
  void beat(const std::string& token) {
    if (Clock::now() < next_beat_) return;
    next_beat_ = Clock::now() + settings_.lease / kBeatsInALease;
    if (heartbeat(link_, token) == false) throw ClaimLost();
  }

  void work_on(const std::string& token, const std::vector<Task>& tasks) {
    next_beat_ = Clock::now() + settings_.lease / kBeatsInALease;
    try {
      prepare_and_deliver(token, tasks);
      trouble_ = std::chrono::milliseconds(0);
    } catch (const ClaimLost&) {
      warn("lost " + counted(tasks.size(), "document") +
           " to other workers: this one was silent for longer than its lease");
    } catch (const CannotPrepare&) {
      give_back(link_, token);
      throw;
    } catch (const Stopped&) {
      give_back(link_, token);
    } catch (const Error& error) {
      give_back(link_, token);
      if (work_.once) throw;
      wait_after(error);
    }
  }

  // The store or the disk is in trouble: others may fare better, and this worker later.
  void wait_after(const Error& error) {
    trouble_ = std::clamp(2 * trouble_, kFirstTrouble, kLongestTrouble);
    warn(error.what());
    const auto until = Clock::now() + trouble_;
    while (Clock::now() < until && !is_stopped()) std::this_thread::sleep_for(kLookForTheEnd);
  }

  void prepare_and_deliver(const std::string& token, const std::vector<Task>& tasks) {
    scratch_->clear();
    PrepareChild child(files_, *scratch_, args_, tasks);
    Deliverer deliverer(files_, link_, *store_, *scratch_, token, tasks,
                        [this](const Worked& worked) { report(worked); });
    const BetweenPieces between = [&] { beat(token); };
    const auto deliver_new = [&] {
      for (const PreparedTask& one : child.new_entries()) {
        deliverer.deliver(one, child.out(), between);
        beat(token);
        deliverer.tell_if_due();
      }
    };
    const platform::CommandEnd end = child.run([&] {
      beat(token);
      deliver_new();
      deliverer.tell_if_due();
      return is_stopped();
    });
    deliver_new();
    deliverer.tell();
    if (is_stopped()) {
      give_back(link_, token);
      return;
    }
    fail_the_rest(end, deliverer);
  }

  // What a prepare that has ended said nothing of.
  void fail_the_rest(const platform::CommandEnd& end, Deliverer& deliverer) {
    using How = platform::CommandEnd::How;
    const bool is_sound =
        end.how == How::kExited && (end.code == static_cast<int>(ExitCode::kOk) ||
                                    end.code == static_cast<int>(ExitCode::kSomeFailed));
    if (!is_sound && end.how == How::kExited) {
      throw CannotPrepare("prepare", "documents on this computer",
                          "sluice prepare ended with exit code " + std::to_string(end.code) +
                              (end.last_line.empty() ? "" : ": " + end.last_line),
                          "see what 'sluice doctor' says");
    }
    const std::string why = is_sound
                                ? "sluice prepare made no bundle of it"
                                : "sluice prepare was ended by " + platform::signal_name(end.code);
    for (const std::int64_t seq : deliverer.open_tasks()) {
      deliverer.report_failed(seq, "crashed", why);
    }
  }

  void warn(const std::string& text) {
    io_.err << "warning " << cli::visible(text) << "\n" << std::flush;
  }

  void report(const Worked& worked) {
    if (worked.result == "delivered") {
      ++delivered_;
    } else {
      ++failed_;
    }
    if (args_.global.json) {
      io_.out << cli::JsonObject("worked")
                     .number("number", worked.task->seq)
                     .path("path", worked.task->path_key)
                     .text("result", worked.result)
                     .text("outcome", worked.outcome)
                     .text_or_null("reason", worked.reason)
                     .number("bytes", static_cast<std::int64_t>(worked.bytes))
                     .number("attempts", worked.task->attempts)
                     .line()
              << std::flush;
      return;
    }
    const bool is_good = worked.result == "delivered";
    if (is_good ? args_.global.verbose == 0 : args_.global.quiet) return;
    (is_good ? io_.out : io_.err) << worked.result << " " << worked.task->seq << " "
                                  << cli::visible(worked.task->path_key)
                                  << (worked.reason.empty() ? ""
                                                            : ": " + cli::visible(worked.reason))
                                  << "\n"
                                  << std::flush;
  }

  void print_summary() {
    if (args_.global.json || args_.global.quiet) return;
    io_.out << "delivered " << counted(delivered_, "bundle") << ", lost " << failed_ << "\n";
  }

  platform::Files& files_;
  const cli::Args& args_;
  const cli::WorkArgs& work_;
  cli::Io& io_;
  Link link_;
  QueueSettings settings_;
  std::unique_ptr<Store> store_;
  std::string setup_;
  const std::string name_ = worker_name();
  std::size_t batch_ = 1;
  std::optional<Scratch> scratch_;
  Clock::time_point next_beat_{};
  std::chrono::milliseconds trouble_{0};
  std::uint64_t delivered_ = 0;
  std::uint64_t failed_ = 0;
};

}  // namespace

int run_work(platform::Files& files, const cli::Args& args, const cli::WorkArgs& work,
             cli::Io& io) {
  return Worker(files, args, work, io)();
}

}  // namespace sluice::queue
