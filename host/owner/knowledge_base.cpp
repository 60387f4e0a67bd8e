#include "owner/knowledge_base.h"

#include <filesystem>
#include <span>

#include "model/layout.h"
#include "model/open_dir_below.h"
#include "owner/file_system_trial.h"
#include "owner/plain_file.h"
#include "platform/error.h"
#include "platform/move.h"
#include "platform/process.h"

namespace sluice::owner {
namespace {

namespace layout = layout;

// One that a KB must have.
platform::Dir need_dir(platform::Files& files, const platform::Dir& root, const std::string& path) {
  auto found = open_dir_below(files, root, path);
  if (found) return std::move(*found);
  throw Error("open", path, "this knowledge base does not have it, or it is not a directory",
              "run 'sluice init' on it to make what is missing", ExitCode::kDamaged);
}

void need_layout(layout::Kind found, std::optional<layout::Kind> wanted) {
  if (!wanted || *wanted == found) return;
  throw Error("use", std::string(layout::word(*wanted)) + " layout",
              "this knowledge base was made with " + std::string(layout::word(found)) +
                  " layout, which cannot change",
              "make another one in an empty folder, and add or sync its sources there",
              ExitCode::kUsage);
}

void make_dirs(platform::Files& files, const platform::Dir& root) {
  files.make_dir(root, layout::kRaw, platform::Access::kUmask);
  files.make_dir(root, layout::kWiki, platform::Access::kUmask);
  const platform::Dir wiki = need_dir(files, root, layout::kWiki);
  files.make_dir(wiki, "sources", platform::Access::kUmask);
  files.make_dir(need_dir(files, root, layout::kSources), "images", platform::Access::kUmask);
  files.make_dir(root, layout::kState, platform::Access::kUmask);
}

// The staging directory, for those who only count what is in it: it is its owner's alone.
platform::Dir staging_to_look_at(platform::Files& files, const platform::Dir& state) {
  try {
    if (auto staging = files.open_dir(state, "staging")) return std::move(*staging);
  } catch (const SystemError&) {
    // Another user's.
  }
  return {};
}

void make_config(platform::Files& files, const platform::Dir& state, const std::string& config) {
  if (files.info(state, "config.toml")) return;
  // Written under another name first: a config cut short would be an error ever after.
  const std::string temporary = "config.toml.new";
  files.unlink(state, temporary);
  const platform::File file = files.create(state, temporary, platform::Access::kUmask);
  files.write(file, 0, std::as_bytes(std::span(config)));
  files.sync(file);
  platform::move_to_free_name(files, state, temporary, state, "config.toml");
}

// The registry's path without symbolic links: SQLite, too, is to follow none.
std::string registry_file(const std::string& kb) {
  std::error_code error;
  const auto real = std::filesystem::canonical(kb, error);
  return (error ? kb : real.string()) + "/" + layout::kRegistry;
}

// Opening the registry follows no link, and touches no file that has another name elsewhere.
void need_plain_registry(platform::Files& files, const platform::Dir& state) {
  for (const char* name : {"registry.db", "registry.db-wal", "registry.db-shm"}) {
    need_plain(files, state, name);
  }
}

// What SQLite needs, a file system may lack: memory that processes share, say.
template <class Open>
auto with_file_system_named(const platform::Dir& root, Open open) {
  try {
    return open();
  } catch (const SystemError& error) {
    const bool is_lacking =
        error.is(std::errc::operation_not_permitted) || error.is(std::errc::no_such_device) ||
        error.is(std::errc::invalid_argument) || error.is(std::errc::operation_not_supported) ||
        error.is(std::errc::no_lock_available);
    if (!is_lacking) throw;
    throw Error("use", "the registry", error.cause() + ", on " + described_file_system(root),
                error.next());
  }
}

// Takes back what a failed init has made; what is not empty stays.
void unmake_dirs(platform::Files& files, const platform::Dir& root) {
  try {
    if (const auto state = files.open_dir(root, layout::kState)) {
      for (const char* name : {"registry.db", "registry.db-wal", "registry.db-shm", "kb.lock",
                               "config.toml.new", layout::kFileSystemName}) {
        files.unlink(*state, name);
      }
      platform::remove_tree(files, *state, "staging");
    }
    files.remove_dir(root, layout::kState);
    if (const auto wiki = files.open_dir(root, layout::kWiki)) {
      if (const auto sources = files.open_dir(*wiki, "sources")) {
        files.remove_dir(*sources, "images");
      }
      files.remove_dir(*wiki, "sources");
    }
    files.remove_dir(root, layout::kWiki);
    files.remove_dir(root, layout::kRaw);
  } catch (const SystemError&) {
    // It stays; another init completes it.
  }
}

// A wait for the lock that is shorter is not worth a word.
constexpr std::chrono::milliseconds kWorthAWord{1'000};

}  // namespace

bool init_knowledge_base(platform::Files& files, const std::string& path,
                         const std::function<std::string(layout::Kind)>& config,
                         std::optional<layout::Kind> kind) {
  auto root = files.open_dir(path);
  if (!root)
    throw Error("make a knowledge base in", path, "there is no such directory", "check the path");
  const bool complete = files.resolve_info(*root, layout::kConfig).has_value() &&
                        files.resolve_info(*root, layout::kRegistry).has_value();
  const bool is_new = !files.info(*root, layout::kState);
  try {
    make_dirs(files, *root);
    const platform::Dir state = need_dir(files, *root, layout::kState);
    files.make_dir(state, "staging", platform::Access::kPrivate);
    try_file_system(files, *root, path);
    (void)open_plain(files, state, "kb.lock");
    // The config last but one: whatever is missing is made by the next init.
    need_plain_registry(files, state);
    const layout::Kind found = with_file_system_named(*root, [&] {
      return Registry::create(registry_file(path), kind.value_or(layout::Kind::kFlat));
    });
    need_layout(found, kind);
    make_config(files, state, config(found));
    files.sync(state);
    files.sync(*root);
  } catch (const Error&) {
    if (is_new) unmake_dirs(files, *root);
    throw;
  }
  return !complete;
}

KnowledgeBase KnowledgeBase::open(platform::Files& files, const std::string& path,
                                  Database::Mode mode, bool (*interrupted)()) {
  auto root = files.open_dir(path);
  if (!root || !files.open_dir(*root, layout::kState)) {
    throw Error("find a knowledge base in", path, "there is no .sluice directory",
                "make one with 'sluice init', or name one with -C", ExitCode::kNoKb);
  }
  KnowledgeBase kb;
  kb.files_ = &files;
  kb.path_ = path;
  kb.interrupted_ = interrupted;
  kb.root_ = std::move(*root);
  kb.state_ = need_dir(files, kb.root_, layout::kState);
  if (!files.info(kb.state_, "registry.db")) {
    throw Error(
        "open the knowledge base in", path, "its registry is missing",
        "restore .sluice/registry.db from a backup, or run 'sluice init' if it never had one",
        ExitCode::kDamaged);
  }
  need_plain_registry(files, kb.state_);
  kb.raw_ = need_dir(files, kb.root_, layout::kRaw);
  kb.wiki_ = need_dir(files, kb.root_, layout::kWiki);
  kb.sources_ = need_dir(files, kb.root_, layout::kSources);
  kb.images_ = need_dir(files, kb.root_, layout::kImages);
  if (mode == Database::Mode::kReadWrite) {
    files.make_dir(kb.state_, "staging", platform::Access::kPrivate);
    kb.lock_file_ = open_plain(files, kb.state_, "kb.lock");
    kb.staging_ = need_dir(files, kb.root_, layout::kStaging);
    const std::uint64_t device = files.info(kb.staging_).identity.device;
    for (const platform::Dir* dir : {&kb.raw_, &kb.sources_, &kb.images_}) {
      if (files.info(*dir).identity.device == device) continue;
      throw Error("use the knowledge base in", path, "its folders are on different file systems",
                  "keep raw/, wiki/ and .sluice/ on one: files are moved into place by renaming");
    }
    try_file_system(files, kb.root_, path);
  } else {
    kb.staging_ = staging_to_look_at(files, kb.state_);
  }
  kb.registry_ = with_file_system_named(
      kb.root_, [&] { return std::make_unique<Registry>(kb.registry_path(), mode, interrupted); });
  return kb;
}

std::string KnowledgeBase::registry_path() const {
  return registry_file(path_);
}

const platform::Dir& KnowledgeBase::top(const Target& target) const {
  if (target.shelf == Shelf::kRaw) return raw_;
  if (target.shelf == Shelf::kWiki) return wiki_;
  return target.shelf == Shelf::kImages && target.folder.empty() ? images_ : sources_;
}

std::optional<PublishedFolder> KnowledgeBase::folder(const Target& target) const {
  const platform::Dir& top_folder = top(target);
  if (target.folder.empty()) return PublishedFolder(&top_folder);
  const std::string path = path_from_top(target);
  auto found = open_dir_below(*files_, top_folder, layout::folder_of(path));
  if (!found) return std::nullopt;
  return PublishedFolder(std::move(*found));
}

void KnowledgeBase::note_change(const Target& target) {
  if (target.folder.empty()) return;
  // With all above it: they are new, or go, with it.
  std::string path(layout::folder_of(path_of(target)));
  while (path.find('/') != std::string::npos && changed_.insert(path).second) {
    path = layout::folder_of(path);
  }
}

void KnowledgeBase::sync_changed_folders() {
  for (const std::string& path : changed_) {
    const auto folder = open_dir_below(*files_, root_, path);
    if (folder) files_->sync(*folder);
  }
  forget_changed_folders();
}

std::optional<platform::FileInfo> KnowledgeBase::info(const Target& target) const {
  const auto at = folder(target);
  return at ? files_->info(*at, target.name) : std::nullopt;
}

std::optional<platform::File> KnowledgeBase::open_read(const Target& target) const {
  return files_->open_read(top(target), path_from_top(target));
}

void KnowledgeBase::check_not_locked() {
  if (locked_) {
    throw Error("lock", path_, "this process holds its lock already", "this is a bug: report it");
  }
}

KnowledgeBase::Lock KnowledgeBase::lock(platform::LockMode mode, std::chrono::milliseconds timeout,
                                        const std::string& holder) {
  check_not_locked();
  auto lock = wait_for_lock(mode, timeout);
  if (!lock && interrupted_()) {
    throw Error("lock", path_, "interrupted while waiting for " + read_holder(), "run it again",
                ExitCode::kInterrupted);
  }
  if (!lock) {
    throw Error("lock", path_, "held by " + read_holder(),
                "wait for it to end, or give a longer --lock-timeout", ExitCode::kLockTimeout);
  }
  locked_ = true;
  Lock held(*this, std::move(*lock));
  if (mode == platform::LockMode::kExclusive) write_holder(holder);
  return held;
}

std::optional<platform::FileLock> KnowledgeBase::wait_for_lock(platform::LockMode mode,
                                                               std::chrono::milliseconds timeout) {
  using Clock = std::chrono::steady_clock;
  auto next_look = Clock::now() + kWorthAWord;
  std::string said;
  const auto asked_to_stop = [&] {
    if (waits_ && Clock::now() >= next_look) {
      next_look = Clock::now() + kWorthAWord;
      const std::string holder = read_holder();
      if (holder != said) waits_(said = holder);
    }
    return interrupted_();
  };
  auto lock = platform::FileLock::lock(lock_file_, mode, timeout, asked_to_stop);
  if (!said.empty()) waits_({});
  return lock;
}

std::optional<KnowledgeBase::Lock> KnowledgeBase::try_lock_exclusive(const std::string& holder) {
  check_not_locked();
  auto lock = platform::FileLock::try_lock(lock_file_, platform::LockMode::kExclusive);
  if (!lock) return std::nullopt;
  locked_ = true;
  Lock held(*this, std::move(*lock));
  write_holder(holder);
  return held;
}

// Only for people: a process that waits for the lock shows this text. The lock is two byte ranges,
// 0 and 1, and does not care what the bytes are.
void KnowledgeBase::write_holder(const std::string& holder) {
  std::string text = "process " + std::to_string(platform::process_id()) + ": " + holder + "\n";
  if (read_holder() + "\n" == text) return;
  try {
    files_->write(lock_file_, 0, std::as_bytes(std::span(text)));
    files_->truncate(lock_file_, text.size());
  } catch (const SystemError&) {
    // The lock is held all the same; a full disk only keeps its holder's name from those who wait.
  }
}

std::string KnowledgeBase::read_holder() {
  std::string text(512, '\0');
  const std::size_t size =
      files_->read(lock_file_, 0, std::as_writable_bytes(std::span(text.data(), text.size())));
  text.resize(size);
  const std::size_t end = text.find('\n');
  return end == std::string::npos ? "another process" : text.substr(0, end);
}

}  // namespace sluice::owner
