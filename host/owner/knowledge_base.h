// An open knowledge base: its directories, its lock, its registry. Opening it changes nothing.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "model/layout.h"
#include "owner/journal.h"
#include "owner/registry.h"
#include "platform/files.h"
#include "platform/interrupt.h"
#include "platform/lock.h"

namespace sluice::owner {

// Makes a knowledge base in the directory `path`, or completes one that was not finished.
// `config` makes the text of .sluice/config.toml, unless there is one. Returns false if it was
// complete already. `kind` (none: flat) holds for the life of the knowledge base: throws Error if
// it was made with another.
bool init_knowledge_base(platform::Files& files, const std::string& path,
                         const std::function<std::string(layout::Kind)>& config,
                         std::optional<layout::Kind> kind = std::nullopt);

// An open folder of published files: one that the knowledge base has open, or one below it.
class PublishedFolder {
 public:
  explicit PublishedFolder(const platform::Dir* shared) : shared_(shared) {}
  explicit PublishedFolder(platform::Dir own) : own_(std::move(own)) {}
  operator const platform::Dir&() const { return shared_ != nullptr ? *shared_ : own_; }

 private:
  const platform::Dir* shared_ = nullptr;
  platform::Dir own_;
};

class KnowledgeBase {
 public:
  // `path`: the directory that holds .sluice/. Throws Error with kNoKb if it is none.
  // `interrupted`: whether to give up waiting for the lock, recovery and long statements.
  static KnowledgeBase open(platform::Files& files, const std::string& path, Database::Mode mode,
                            bool (*interrupted)() = platform::interrupted);

  const std::string& path() const { return path_; }
  platform::Files& files() const { return *files_; }
  const platform::Dir& root() const { return root_; }
  const platform::Dir& staging() const { return staging_; }
  // Where documents are published, as it was decided when the knowledge base was made.
  layout::Kind layout() const { return registry_->layout(); }
  // The folder in which a target stands; nothing if it is not there. No link is followed.
  std::optional<PublishedFolder> folder(const Target& target) const;
  // The folder that path_from_top() begins at.
  const platform::Dir& top(const Target& target) const;
  // A published file or folder itself; nothing if it is not there.
  std::optional<platform::FileInfo> info(const Target& target) const;
  std::optional<platform::File> open_read(const Target& target) const;
  // Folders below raw/ and wiki/sources/ in which names changed since they were synced: they must
  // be known where no call syncs a whole file system. In flat layout there are none.
  void note_change(const Target& target);
  void sync_changed_folders();
  void forget_changed_folders() { changed_.clear(); }
  Registry& registry() { return *registry_; }
  const Registry& registry() const { return *registry_; }
  bool interrupted() const { return interrupted_(); }
  std::string registry_path() const;

  // The KB lock. Waits up to `timeout` (negative: for ever); throws Error, naming the holder, with
  // kLockTimeout when the time is up and with kInterrupted when it is interrupted. `holder`
  // (exclusive only) is what to tell those who wait.
  // Not to be asked for twice: a second lock in the same process is refused with an Error.
  class Lock {
   public:
    Lock(KnowledgeBase& kb, platform::FileLock lock) : kb_(&kb), lock_(std::move(lock)) {}
    Lock(Lock&& other) noexcept
        : kb_(std::exchange(other.kb_, nullptr)), lock_(std::move(other.lock_)) {}
    Lock& operator=(Lock&&) = delete;
    ~Lock() {
      if (kb_ != nullptr) kb_->locked_ = false;
    }

   private:
    KnowledgeBase* kb_;
    platform::FileLock lock_;
  };
  Lock lock(platform::LockMode mode, std::chrono::milliseconds timeout, const std::string& holder);
  // Calls `waits` when a wait for the lock has lasted a second, with who holds it, each time when
  // that is another, and with an empty text when it is over.
  void on_wait(std::function<void(const std::string& holder)> waits) { waits_ = std::move(waits); }
  // Nothing if another process holds it.
  std::optional<Lock> try_lock_exclusive(const std::string& holder);

 private:
  KnowledgeBase() = default;
  void check_not_locked();
  std::optional<platform::FileLock> wait_for_lock(platform::LockMode mode,
                                                  std::chrono::milliseconds timeout);
  void write_holder(const std::string& holder);
  std::string read_holder();

  platform::Files* files_ = nullptr;
  std::string path_;
  platform::Dir root_, state_, staging_, raw_, wiki_, sources_, images_;
  std::set<std::string> changed_;  // relative to the KB
  platform::File lock_file_;
  bool (*interrupted_)() = nullptr;
  std::function<void(const std::string&)> waits_;
  bool locked_ = false;
  std::unique_ptr<Registry> registry_;
};

}  // namespace sluice::owner
