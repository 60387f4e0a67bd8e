#include "cli/commands/sync.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <sluice/counted.hpp>
#include <utility>

#include "cli/commands/add_dry_run.h"
#include "cli/ingest.h"
#include "cli/json.h"
#include "cli/sync_plan.h"
#include "cli/text.h"
#include "cli/web_sync.h"
#include "cli/workspace.h"
#include "model/path_text.h"
#include "owner/source_of_key.h"
#include "platform/error.h"
#include "platform/file_system.h"

namespace sluice::cli {
namespace {

// Without --max-delete a run takes out at most a tenth of the documents, but ten in any case: in a
// small knowledge base a tenth is nothing.
constexpr std::uint64_t kDefaultPercent = 10;
constexpr std::uint64_t kAlwaysAllowed = 10;

// Of files that are left out; those of further kinds are counted together.
constexpr std::size_t kMaxKinds = 1000;

// Under which name the registry keeps what file system a folder was on.
std::string meta_key(const std::string& root_key) {
  return "sync_file_system:" + root_key;
}

// The same for which folder it was.
std::string folder_meta_key(const std::string& root_key) {
  return "sync_folder:" + root_key;
}

// A folder to mirror.
struct Root {
  std::string given;
  std::string key;          // its path key, with a `/` at its end, or "" for the KB's own folder
  std::string file_system;  // platform::file_system_identity()
  std::string folder;       // its inode
};

class Sync {
 public:
  // `watcher`: nullptr for a run by itself.
  Sync(platform::Files& files, const Args& args, const SyncArgs& sync, Io& io, SyncWatcher* watcher)
      : files_(files),
        args_(args),
        sync_(sync),
        io_(io),
        watcher_(watcher),
        workspace_(open_workspace(files, args, io, NeedsKb::kYes)),
        kb_(owner::KnowledgeBase::open(
            files, *workspace_.kb,
            sync.dry_run ? owner::Database::Mode::kReadOnly : owner::Database::Mode::kReadWrite)),
        options_(scan_options(sync.scan, workspace_)),
        web_(kb_) {
    if (watcher_ == nullptr) return;
    options_.on_directory = [watcher](const std::string& path) { watcher->entering(path); };
  }

  int operator()();

 private:
  void find_roots();
  bool find_urls();
  void add_root(const std::string& given);
  void claim_roots();
  std::vector<std::string> root_paths() const;
  void check_places();
  std::optional<Error> wrong_place(const Root& root) const;
  void hold_back();
  std::uint64_t most_to_remove(std::uint64_t documents) const;
  bool is_held() const { return plan_.documents_to_remove() > most_to_remove(plan_.documents); }
  std::string held_text() const;
  void print_plan();
  int dry_run();
  int run();
  void make_plan();
  void refuse_if_held();
  bool walks_once() const;
  std::unique_ptr<SourceFeed> make_feed(const IngestJob& scan, const OnSkipped& on_skipped);
  void remove_gone(owner::Owner& owner);
  void check_gone_urls() const;

  platform::Files& files_;
  const Args& args_;
  const SyncArgs& sync_;
  Io& io_;
  SyncWatcher* const watcher_;
  Workspace workspace_;
  owner::KnowledgeBase kb_;
  scan::ScanOptions options_;
  std::vector<Root> roots_;
  WebSync web_;
  SyncPlan plan_;
  std::map<std::pair<scan::SkipReason, std::string>, std::uint64_t> skipped_;  // by kind
  std::set<std::string> left_out_;  // path keys of plan_.gone that a rule leaves out
};

// What the plan has kept of a walk.
class WorkFeed : public SourceFeed {
 public:
  explicit WorkFeed(const SyncPlan& plan) : plan_(plan) {}
  std::optional<Source> next() override {
    if (next_ == plan_.work.size()) return std::nullopt;
    return plan_.work[next_++];
  }

 private:
  const SyncPlan& plan_;
  std::size_t next_ = 0;
};

// A feed, with what the plan knows of renames.
class PlannedFeed : public SourceFeed {
 public:
  PlannedFeed(std::unique_ptr<SourceFeed> feed, const SyncPlan& plan)
      : feed_(std::move(feed)), plan_(plan) {}

  std::optional<Source> next() override {
    auto source = feed_->next();
    if (!source || plan_.renames.empty()) return source;
    const auto found = plan_.renames.find(source->path_key());
    if (found != plan_.renames.end()) source->follows = found->second;
    return source;
  }

 private:
  std::unique_ptr<SourceFeed> feed_;
  const SyncPlan& plan_;
};

// True if there is something to do for them. A watch is for files: it never asks a server.
bool Sync::find_urls() {
  if (watcher_ != nullptr) return false;
  const Settings& settings = workspace_.config.settings();
  for (const std::string& one : sync_.dirs) {
    if (is_url(one)) web_.add_root(one);
  }
  if (sync_.dirs.empty() && settings.sync_urls) web_.add_all();
  return !web_.urls().empty();
}

void Sync::find_roots() {
  const std::vector<std::string>& given =
      sync_.dirs.empty() ? workspace_.config.settings().sync_roots : sync_.dirs;
  const bool has_urls = find_urls();
  if (given.empty() && !has_urls) {
    throw Error("sync", "", "no directory is given, and none is configured",
                "name one, as in 'sluice sync ~/Documents', or set roots in [sync] of the "
                "configuration",
                ExitCode::kUsage);
  }
  for (const std::string& one : given) {
    if (is_url(one) && watcher_ == nullptr) continue;
    try {
      add_root(one);
    } catch (const Error& error) {
      if (watcher_ == nullptr) throw;
      watcher_->leave_out(error.what());
    }
  }
  // What lies below another of them is mirrored with that.
  std::erase_if(roots_, [this](const Root& root) {
    return std::any_of(roots_.begin(), roots_.end(), [&](const Root& other) {
      const bool is_of_kb = other.key.empty() && !root.key.starts_with('/');
      return root.key.size() > other.key.size() &&
             (other.key.empty() ? is_of_kb : root.key.starts_with(other.key));
    });
  });
}

// Each must be there: a folder that is not mounted today has nothing in it, and is not to empty the
// knowledge base.
void Sync::add_root(const std::string& given) {
  const std::string path = absolute_path(io_, given);
  std::optional<platform::Dir> dir;
  std::string cause = "it does not exist";
  try {
    dir = files_.open_dir(path);
  } catch (const SystemError& error) {
    cause = error.cause();
  }
  const scan::Scanner scanner(files_, {given}, options_);
  const std::vector<std::string> keys = scanner.roots();
  if (!dir || keys.empty()) {
    throw Error("sync", given, cause, "give a directory that can be read; nothing was changed",
                ExitCode::kUsage);
  }
  const bool is_known = std::any_of(roots_.begin(), roots_.end(),
                                    [&](const Root& root) { return root.key == keys.front(); });
  if (!is_known) {
    roots_.push_back({given, keys.front(), platform::file_system_identity(*dir),
                      std::to_string(files_.info(*dir).identity.inode)});
  }
}

// Of URLs, when their servers have been asked: the same guard as for files.
void Sync::check_gone_urls() const {
  const std::uint64_t removed = web_.documents_to_remove();
  const std::uint64_t most = most_to_remove(web_.urls().size());
  if (removed <= most) return;
  throw Error("sync", "",
              "servers say that " + std::to_string(removed) + " of " +
                  std::to_string(web_.urls().size()) +
                  " URLs are gone, and --max-delete allows to remove " + std::to_string(most),
              "if they are gone for good, run it again with --max-delete " +
                  std::to_string(removed) + "; no document was removed",
              ExitCode::kSomeFailed);
}

std::vector<std::string> Sync::root_paths() const {
  std::vector<std::string> paths;
  for (const Root& root : roots_) paths.push_back(root.given);
  return paths;
}

void Sync::claim_roots() {
  if (watcher_ == nullptr) return;
  for (const Root& root : roots_) watcher_->claim(root.key);
}

// What is mounted there today may be another thing than last time, or nothing.
std::optional<Error> Sync::wrong_place(const Root& root) const {
  const std::string before = kb_.registry().meta(meta_key(root.key));
  if (!before.empty() && before != root.file_system) {
    return Error("sync", root.given,
                 "it is on another file system than last time (" + root.file_system + ", before " +
                     before + ")",
                 "mount what belongs there; or, if it was moved for good, run it again with "
                 "--force; nothing was changed",
                 ExitCode::kSomeFailed);
  }
  const std::string folder = kb_.registry().meta(folder_meta_key(root.key));
  if (watcher_ == nullptr || folder.empty() || folder == root.folder) return std::nullopt;
  return Error("watch", root.given, "it is another folder than last time",
               "mount what belongs there; or, if it was made anew, run 'sluice sync' once",
               ExitCode::kSomeFailed);
}

void Sync::check_places() {
  if (sync_.force) return;
  std::erase_if(roots_, [this](const Root& root) {
    const auto wrong = wrong_place(root);
    if (!wrong) return false;
    if (watcher_ == nullptr) throw Error(*wrong);
    watcher_->leave_out(wrong->what());
    return true;
  });
}

// Of what is gone, what may not be taken out in this run.
void Sync::hold_back() {
  if (watcher_ == nullptr) return;
  if (is_held()) {
    watcher_->leave_out("nothing is removed: " + held_text() +
                        "; if these files are gone for good, run 'sluice sync --max-delete " +
                        std::to_string(plan_.documents_to_remove()) + "'");
    plan_.gone.clear();
  }
  std::erase_if(plan_.gone, [this](const owner::SourceBelow& source) {
    return !watcher_->may_remove(source.path_key);
  });
}

// Of so many documents.
std::uint64_t Sync::most_to_remove(std::uint64_t documents) const {
  if (!sync_.max_delete) return std::max(kAlwaysAllowed, documents * kDefaultPercent / 100);
  if (!sync_.max_delete->is_percent) return sync_.max_delete->number;
  return documents * sync_.max_delete->number / 100;
}

std::string Sync::held_text() const {
  return "it would remove " + std::to_string(plan_.documents_to_remove()) + " of the " +
         counted(plan_.documents, "document") + " from there, and --max-delete allows " +
         std::to_string(most_to_remove(plan_.documents));
}

void Sync::print_plan() {
  const auto line = [this](std::string_view would, const std::string& path,
                           const std::string& detail) {
    if (args_.global.json) {
      io_.out << plan_json(path, path, would, path_text(detail));
    } else {
      io_.out << "would " << would << "  " << visible(path) << "  (" << visible(detail) << ")\n";
    }
  };
  for (const auto& [now, before] : plan_.renames) line("rename", now, "from " + before);
  for (const auto& source : plan_.gone) {
    const bool takes_document = source.is_primary && source.is_alone;
    line("remove", source.path_key,
         takes_document ? source.name : source.name + ", which has other sources");
  }
}

int Sync::dry_run() {
  print_plan();
  const bool held = is_held();
  DryRunExtras extras;
  for (const auto& [now, before] : plan_.renames) extras.told.insert(now);
  extras.renamed = plan_.renames.size();
  extras.removed = plan_.documents_to_remove();
  std::vector<std::string> paths = root_paths();
  paths.insert(paths.end(), web_.urls().begin(), web_.urls().end());
  const int code = run_add_dry(files_, args_, workspace_, paths, options_, io_, extras);
  if (!held) return code;
  throw Error("sync", "", held_text(), "it would stop here; see 'sluice sync --help'",
              ExitCode::kSomeFailed);
}

void Sync::remove_gone(owner::Owner& owner) {
  check_gone_urls();
  std::vector<std::string> keys(web_.gone().begin(), web_.gone().end());
  for (const auto& source : plan_.gone) keys.push_back(source.path_key);
  // What came back since the plan was made stays. What was there all the time is left out by a
  // rule.
  owner.remove_gone(keys, owner::RawFile::kRemove, [this](const std::string& path_key) {
    return left_out_.contains(path_key) || web_.is_gone(path_key) ||
           !owner::is_there(kb_, path_key);
  });
  for (const Root& root : roots_) {
    if (!root.file_system.empty()) owner.set_meta(meta_key(root.key), root.file_system);
    owner.set_meta(folder_meta_key(root.key), root.folder);
  }
}

// The one walk of a run, unless each source is to be named: then the run walks, too.
void Sync::make_plan() {
  scan::ScanOptions options = options_;
  options.on_skipped = [this](const scan::Skipped& skipped) {
    const bool is_known = skipped_.contains({skipped.why, skipped.kind});
    const bool has_room = is_known || skipped_.size() < kMaxKinds;
    ++skipped_[{skipped.why, has_room ? skipped.kind : "other"}];
  };
  plan_ = SyncPlanner(files_, kb_, options).plan(root_paths());
  for (const auto& source : plan_.gone) {
    if (owner::is_there(kb_, source.path_key)) left_out_.insert(source.path_key);
  }
  hold_back();
}

void Sync::refuse_if_held() {
  if (!is_held()) return;
  print_plan();
  throw Error("sync", "", held_text(),
              "if these files are gone for good, run it again with --max-delete " +
                  std::to_string(plan_.documents_to_remove()) +
                  "; else look why the folder is empty; nothing was changed",
              ExitCode::kSomeFailed);
}

// Whether the run's feed is what the plan has kept.
bool Sync::walks_once() const {
  const bool names_all = args_.global.json || args_.global.verbose > 0;
  return plan_.has_work && (watcher_ != nullptr || !names_all);
}

// `on_skipped` is empty where the sources are only counted.
std::unique_ptr<SourceFeed> Sync::make_feed(const IngestJob& scan, const OnSkipped& on_skipped) {
  if (!walks_once()) return std::make_unique<PlannedFeed>(scan.make_feed(on_skipped), plan_);
  if (on_skipped) {
    for (const auto& [kind, count] : skipped_) {
      scan::Skipped skipped;
      skipped.why = kind.first;
      skipped.kind = kind.second;
      for (std::uint64_t i = 0; i < count; ++i) on_skipped(scan::Skipped(skipped));
    }
  }
  return std::make_unique<PlannedFeed>(std::make_unique<WorkFeed>(plan_), plan_);
}

int Sync::run() {
  refuse_if_held();
  const IngestJob scan = scan_job(files_, root_paths(), options_);
  IngestJob job;
  job.command = "sync";
  job.fail_fast = sync_.fail_fast;
  job.strict = sync_.strict;
  job.is_whole = scan.is_whole;
  job.make_feed = [&](const OnSkipped& on_skipped) {
    return web_.feed_behind(make_feed(scan, on_skipped));
  };
  job.roots = [this] { return plan_.root_keys; };
  job.unchanged = [this] { return walks_once() ? plan_.unchanged : 0; };
  job.on_result = [this](const owner::DocumentResult& result) { web_.note(result); };
  job.afterwards = [this](owner::Owner& owner) { remove_gone(owner); };
  if (watcher_ != nullptr) {
    job.only_changes = true;
    job.settle = watcher_->settle();
    job.on_being_written = [this] { watcher_->being_written(); };
    job.hooks = &watcher_->hooks(workspace_.config.settings());
  }
  return run_ingest(files_, args_, io_, workspace_, kb_, job);
}

int Sync::operator()() {
  find_roots();
  claim_roots();
  check_places();
  // Each was left out.
  if (roots_.empty() && web_.urls().empty()) return static_cast<int>(ExitCode::kOk);
  make_plan();
  return sync_.dry_run ? dry_run() : run();
}

}  // namespace

int run_sync(platform::Files& files, const Args& args, const SyncArgs& sync, Io& io) {
  return Sync(files, args, sync, io, nullptr)();
}

int run_sync_for_watch(platform::Files& files, const Args& args, const SyncArgs& sync, Io& io,
                       SyncWatcher& watcher) {
  return Sync(files, args, sync, io, &watcher)();
}

}  // namespace sluice::cli
