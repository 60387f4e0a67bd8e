#include "cli/commands/watch.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <utility>

#include "cli/commands/sync.h"
#include "cli/hooks.h"
#include "cli/text.h"
#include "cli/workspace.h"
#include "model/layout.h"
#include "platform/error.h"
#include "platform/file_system.h"
#include "platform/folder_watch.h"
#include "platform/interrupt.h"
#include "platform/lock.h"
#include "platform/sha256.h"

namespace sluice::cli {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Clock = std::chrono::steady_clock;

// A file and a folder are left in peace for so long after their last change: programs save by
// several renames, and copy trees file by file.
constexpr milliseconds kSettle{2'000};
// Something else always changes: a look is due all the same.
constexpr milliseconds kLongestWait{10'000};
// Signals are noticed within this time. Two wake-ups a second cost nothing that can be measured.
constexpr milliseconds kTick{500};
// A file that is still being written is looked at again after 2, 4, ... seconds.
constexpr milliseconds kLongestPause{60'000};
// A folder that is not there, or a trouble that may pass.
constexpr milliseconds kTroublePause{5'000};

std::string lock_name(const std::string& root_key) {
  return layout::watch_lock_name(platform::to_hex(platform::sha256(root_key)).substr(0, 16));
}

// Another try ends the same, or a person is needed.
bool is_final(ExitCode code) {
  return code == ExitCode::kNoKb || code == ExitCode::kDamaged || code == ExitCode::kNoSandbox;
}

class Watch : public SyncWatcher {
 public:
  Watch(platform::Files& files, const Args& args, const WatchArgs& watch, Io& io)
      : files_(files), args_(args), watch_(watch), io_(io), kb_(need_kb(files, args, io)) {
    sync_.dirs = watch.dirs;
    sync_.scan = watch.scan;
    sync_.max_delete = watch.max_delete;
    sync_.converting = watch.converting;
  }

  int operator()();

  // --- what a look tells and asks ---
  milliseconds settle() const override { return kSettle; }
  void claim(const std::string& root_key) override;
  void entering(const std::string& folder) override;
  bool may_remove(const std::string& path_key) override;
  void leave_out(const std::string& what) override;
  void being_written() override;
  Hooks& hooks(const Settings& settings) override;

 private:
  bool is_ended() const { return io_.interrupted && io_.interrupted(); }
  int look();
  int look_once();
  void plan_next_look();
  void wait();
  bool is_look_due() const;
  void tell(const std::set<std::string>& troubles);

  platform::Files& files_;
  const Args& args_;
  const WatchArgs& watch_;
  Io& io_;
  const std::string kb_;
  SyncArgs sync_;
  std::map<std::string, std::pair<platform::File, platform::FileLock>> claimed_;
  std::unique_ptr<Hooks> hooks_;
  std::pair<std::vector<std::string>, milliseconds> hooks_of_;  // what they were made from
  platform::FolderWatch folders_;
  std::atomic<bool> is_full_ = false;  // the system watches no more folders
  bool has_silent_root_ = false;       // on a file system that does not tell all

  std::optional<Clock::time_point> changed_first_, changed_last_;  // since the last look
  std::optional<Clock::time_point> again_at_;
  milliseconds pause_ = kSettle;
  std::map<std::string, Clock::time_point> gone_since_, still_gone_;
  bool has_waiting_ = false;  // sources that may be gone
  std::size_t being_written_ = 0;
  std::set<std::string> troubles_, told_;
};

// One that watches a folder is enough: two would take turns at every change.
void Watch::claim(const std::string& root_key) {
  if (claimed_.contains(root_key)) return;
  const auto state = files_.open_dir(kb_ + "/" + layout::kState);
  if (!state)
    throw Error("watch", kb_, "it is not there any more",
                "check the path, and that its disk is mounted", ExitCode::kNoKb);
  auto file = files_.open_or_create(*state, lock_name(root_key), platform::Access::kPrivate);
  auto lock = platform::FileLock::try_lock(file, platform::LockMode::kExclusive);
  if (!lock) {
    throw Error("watch", root_key.empty() ? kb_ : root_key, "another 'sluice watch' does that",
                "end it first, or leave this to it", ExitCode::kLockTimeout);
  }
  claimed_.emplace(root_key, std::pair(std::move(file), std::move(*lock)));
  const auto root = files_.open_dir(root_key.starts_with('/') ? root_key : kb_ + "/" + root_key);
  if (!root || !platform::reports_all_changes(platform::file_system_name(*root))) {
    has_silent_root_ = true;
  }
}

void Watch::entering(const std::string& folder) {
  if (is_full_ || watch_.once || folders_.add(folder) || is_full_.exchange(true)) return;
  io_.err << "warning the system watches no more folders, so all are looked at every "
          << watch_.poll.count() / 1000 << " seconds; raise fs.inotify.max_user_watches\n";
}

// A file that is gone is out of the way of nobody: it has time to come back under its name, as it
// does when a program saves.
bool Watch::may_remove(const std::string& path_key) {
  const auto now = Clock::now();
  const auto before = gone_since_.find(path_key);
  const auto since = before == gone_since_.end() ? now : before->second;
  still_gone_.emplace(path_key, since);
  if (now - since >= kSettle) return true;
  has_waiting_ = true;
  return false;
}

void Watch::leave_out(const std::string& what) {
  troubles_.insert(what);
}

void Watch::being_written() {
  ++being_written_;
}

Hooks& Watch::hooks(const Settings& settings) {
  const std::pair wanted(settings.hooks, settings.hook_timeout);
  if (hooks_ == nullptr || hooks_of_ != wanted) {
    hooks_ = std::make_unique<Hooks>(files_, settings, kb_);
    hooks_of_ = wanted;
    hooks_->notify();  // what an earlier run left
  }
  return *hooks_;
}

// Warns of what is new; what the last look warned of is not repeated.
void Watch::tell(const std::set<std::string>& troubles) {
  for (const std::string& trouble : troubles) {
    if (!told_.contains(trouble)) io_.err << "warning " << visible(trouble) << "\n" << std::flush;
  }
  told_ = troubles;
}

// Returns the exit code of the run. Only what a later look cannot mend is thrown.
int Watch::look() {
  const bool is_first = claimed_.empty();
  changed_first_.reset();
  changed_last_.reset();
  again_at_.reset();
  still_gone_.clear();
  troubles_.clear();
  has_waiting_ = false;
  being_written_ = 0;
  int code = 0;
  try {
    code = run_sync_for_watch(files_, args_, sync_, io_, *this);
    gone_since_ = std::move(still_gone_);
  } catch (const Error& error) {
    if (error.exit_code() == ExitCode::kInterrupted) return static_cast<int>(error.exit_code());
    if (is_first || watch_.once || is_final(error.exit_code())) throw;
    troubles_.insert(error.what());
    code = static_cast<int>(error.exit_code());
  }
  tell(troubles_);
  plan_next_look();
  return code;
}

void Watch::plan_next_look() {
  const auto by = [this](milliseconds time) {
    const auto at = Clock::now() + time;
    if (!again_at_ || at < *again_at_) again_at_ = at;
  };
  pause_ = being_written_ > 0 ? std::min(2 * pause_, kLongestPause) : kSettle;
  if (being_written_ > 0) by(pause_);
  if (has_waiting_) by(kSettle);
  if (!troubles_.empty()) by(kTroublePause);
  if (is_full_ || has_silent_root_ || watch_.always_polls) by(watch_.poll);
}

bool Watch::is_look_due() const {
  const auto now = Clock::now();
  if (again_at_ && now >= *again_at_) return true;
  if (!changed_last_) return false;
  return now - *changed_last_ >= kSettle || now - *changed_first_ >= kLongestWait;
}

void Watch::wait() {
  if (folders_.wait(kTick) == platform::FolderWatch::Result::kNothing) return;
  changed_last_ = Clock::now();
  if (!changed_first_) changed_first_ = changed_last_;
  // More comes as a rule: it is all taken in at once.
  std::this_thread::sleep_for(kTick / 5);
}

// What is being written, and what may be gone, gets a second look.
int Watch::look_once() {
  int code = look();
  if (again_at_ && !is_ended() && troubles_.empty()) {
    std::this_thread::sleep_for(kSettle);
    code = std::max(code, look());
  }
  if (hooks_ != nullptr) {
    hooks_->finish(
        [this](const std::string& text) { io_.err << "warning " << visible(text) << "\n"; });
  }
  if (is_ended()) return static_cast<int>(ExitCode::kInterrupted);
  return troubles_.empty() ? code : static_cast<int>(ExitCode::kSomeFailed);
}

int Watch::operator()() {
  if (watch_.once) return look_once();
  platform::catch_reloads();
  look();
  while (!is_ended()) {
    wait();
    if (is_ended()) break;
    if (platform::reload_asked() || is_look_due()) look();
  }
  return static_cast<int>(ExitCode::kOk);
}

}  // namespace

int run_watch(platform::Files& files, const Args& args, const WatchArgs& watch, Io& io) {
  return Watch(files, args, watch, io)();
}

}  // namespace sluice::cli
