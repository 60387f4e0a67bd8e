#include "cli/hooks.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <sluice/counted.hpp>
#include <span>
#include <thread>

#include "cli/json.h"
#include "model/layout.h"
#include "owner/hook_feed.h"
#include "owner/knowledge_base.h"
#include "platform/clock.h"
#include "platform/error.h"
#include "platform/interrupt.h"
#include "platform/lock.h"
#include "platform/process.h"
#include "platform/sha256.h"
#include "platform/shell_command.h"

namespace sluice::cli {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Clock = std::chrono::steady_clock;

// As many as a group has at most: a hook that is new gets the whole history in pieces.
constexpr int kMaxEvents = 1024;
constexpr seconds kLongestPause{3600};
// While another process runs the hook, or the lock was not to be had.
constexpr seconds kBusyPause{1};

std::int64_t now_s() {
  return platform::file_clock_ns() / 1'000'000'000;
}

std::string reason_of(const platform::CommandEnd& end, milliseconds timeout) {
  using How = platform::CommandEnd::How;
  std::string reason;
  switch (end.how) {
    case How::kExited:
      reason = "exit code " + std::to_string(end.code);
      break;
    case How::kSignal:
      reason = "it was killed by " + platform::signal_name(end.code);
      break;
    case How::kTimeout:
      reason = "it ran for more than " + std::to_string(timeout.count() / 1000) +
               " seconds ([hooks] timeout)";
      break;
    case How::kCancelled:
      reason = "it was stopped";
      break;
  }
  return end.last_line.empty() ? reason : reason + ": " + end.last_line;
}

// One lock for each hook: one that hangs keeps no other waiting.
std::string lock_name(const std::string& command) {
  return layout::hook_lock_name(platform::to_hex(platform::sha256(command)).substr(0, 16));
}

platform::File input_of(platform::Files& files, const std::vector<owner::Event>& events) {
  std::string text;
  for (const owner::Event& event : events) text += event_json(event);
  platform::File input = platform::make_memory_file("sluice-events", text.size());
  files.write(input, 0, std::as_bytes(std::span(text)));
  return input;
}

}  // namespace

seconds hook_pause(std::int64_t failures) {
  const std::int64_t doublings = std::clamp<std::int64_t>(failures - 1, 0, 12);
  return std::min(kLongestPause, seconds(std::int64_t{1} << doublings));
}

// The thread of one hook.
class Hooks::Hook {
 public:
  Hook(platform::Files& files, const Settings& settings, const std::string& kb,
       const std::string& command, Patience patience)
      : files_(files),
        kb_path_(kb),
        command_(command),
        timeout_(settings.hook_timeout),
        lock_timeout_(settings.lock_timeout),
        patience_(patience),
        thread_([this] { run(); }) {}
  ~Hook() {
    cancel();
    if (thread_.joinable()) thread_.join();
  }

  void notify() {
    const std::lock_guard guard(mutex_);
    ++wanted_;
    problem_.clear();
    changed_.notify_all();
  }
  void cancel() {
    const std::lock_guard guard(mutex_);
    stopped_ = true;
    changed_.notify_all();
  }
  // It takes what there is once more, and then ends.
  void begin_finish() {
    const std::lock_guard guard(mutex_);
    finishing_ = true;
    changed_.notify_all();
  }
  // REQUIRES: begin_finish() was called. Waits for the end, and returns the warnings.
  std::vector<std::string> finish() {
    thread_.join();
    if (!problem_.empty()) {
      told_.push_back("hook '" + command_ + "' has not taken the last events: " + problem_ +
                      "; they wait for the next run, or 'sluice hooks --run'");
    }
    return std::move(told_);
  }

 private:
  enum class Turn { kEnd, kNext, kLast };

  // Waits until there may be events, or it is time to try again.
  Turn next_turn() {
    std::unique_lock guard(mutex_);
    const auto is_due = [this] { return stopped_ || finishing_ || wanted_ > served_; };
    if (retry_at_) {
      changed_.wait_until(guard, *retry_at_, is_due);
    } else {
      changed_.wait(guard, is_due);
    }
    if (stopped_) return Turn::kEnd;
    served_ = wanted_;
    retry_at_.reset();
    return finishing_ ? Turn::kLast : Turn::kNext;
  }

  void run() {
    Turn turn = Turn::kNext;
    while (turn == Turn::kNext) {
      turn = next_turn();
      if (turn == Turn::kEnd) return;
      try {
        deliver(turn == Turn::kLast);
      } catch (const std::exception& error) {
        note_problem(error.what(), Clock::now() + kBusyPause);
      }
    }
  }

  void note_problem(const std::string& problem, Clock::time_point retry_at) {
    const std::lock_guard guard(mutex_);
    problem_ = problem;
    retry_at_ = retry_at;
  }
  bool is_stopped() const {
    const std::lock_guard guard(mutex_);
    return stopped_ || platform::interrupted();
  }

  void deliver(bool finishing) {
    if (!kb_) {
      kb_.emplace(owner::KnowledgeBase::open(files_, kb_path_, owner::Database::Mode::kReadWrite));
      const auto state = files_.open_dir(kb_->root(), layout::kState);
      lock_file_ = files_.open_or_create(*state, lock_name(command_), platform::Access::kPrivate);
    }
    owner::HookFeed feed(*kb_, command_, lock_timeout_);
    if (feed.behind() <= 0) return;
    const auto turn = platform::FileLock::lock(lock_file_, platform::LockMode::kExclusive,
                                               finishing ? timeout_ : milliseconds(0),
                                               [this] { return is_stopped(); });
    if (!turn) return note_problem("it runs in another process", Clock::now() + kBusyPause);
    while (!is_stopped() && is_due(feed) && deliver_some(feed)) {
    }
  }

  // A failure of the past counts only as long as its pause would last: clocks are set back, too.
  bool is_due(const owner::HookFeed& feed) {
    const owner::HookRow row = feed.row();
    const std::int64_t left = row.not_before - now_s();
    if (patience_ == Patience::kNow || left <= 0 || left > hook_pause(row.failures).count()) {
      return true;
    }
    note_problem(row.reason, Clock::now() + seconds(left));
    return false;
  }

  // False if that was all, or it failed.
  bool deliver_some(owner::HookFeed& feed) {
    const std::vector<owner::Event> events = feed.next(kMaxEvents);
    for (const std::string& damage : feed.damages()) told_.push_back("damaged: " + damage);
    if (events.empty()) return false;
    const platform::ShellCommand command{
        command_, kb_path_, {{"SLUICE_KB", kb_path_}}, &lock_file_};
    const platform::CommandEnd end = platform::run_shell_command(
        command, input_of(files_, events), timeout_, [this] { return is_stopped(); });
    if (end.is_success()) {
      feed.take(events.back().seq);
      return true;
    }
    const std::string reason = reason_of(end, timeout_);
    // What was stopped by us has not failed.
    if (end.how == platform::CommandEnd::How::kCancelled) {
      note_problem(reason, Clock::now() + kBusyPause);
      return false;
    }
    const seconds pause = hook_pause(feed.row().failures + 1);
    feed.fail(reason, now_s() + pause.count());
    note_problem(reason, Clock::now() + pause);
    return false;
  }

  platform::Files& files_;
  const std::string kb_path_;
  const std::string command_;
  const milliseconds timeout_;
  const milliseconds lock_timeout_;
  const Patience patience_;
  // Of its thread alone.
  std::optional<owner::KnowledgeBase> kb_;
  platform::File lock_file_;
  std::vector<std::string> told_;  // the caller's once the thread has ended

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t wanted_ = 0;
  std::uint64_t served_ = 0;
  bool finishing_ = false;
  bool stopped_ = false;
  std::string problem_;
  std::optional<Clock::time_point> retry_at_;
  std::thread thread_;  // the last: it uses the others
};

Hooks::Hooks(platform::Files& files, const Settings& settings, const std::string& kb,
             Patience patience) {
  for (const std::string& command : settings.hooks) {
    hooks_.push_back(std::make_unique<Hook>(files, settings, kb, command, patience));
  }
}

// All at once: each has a moment to end.
Hooks::~Hooks() {
  for (const auto& hook : hooks_) hook->cancel();
}

void Hooks::notify() {
  for (const auto& hook : hooks_) hook->notify();
}

void Hooks::finish(const Warn& warn) {
  for (const auto& hook : hooks_) hook->begin_finish();  // no hook waits for another
  for (const auto& hook : hooks_) {
    for (const std::string& text : hook->finish()) warn(text);
  }
  hooks_.clear();
}

}  // namespace sluice::cli
