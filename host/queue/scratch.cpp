#include "queue/scratch.h"

#include "platform/error.h"
#include "queue/queue.h"

namespace sluice::queue {
namespace {

constexpr std::string_view kScratchPrefix = "sluice-queue-";
constexpr const char* kLockName = "lock";
constexpr const char* kNewLockName = "lock.new";

}  // namespace

Scratch::Scratch(platform::Files& files, const std::string& parent) : files_(files) {
  auto above = files_.open_dir(parent);
  if (!above)
    throw Error("use", "the scratch folder " + parent, "there is no such folder", "make it");
  parent_ = std::move(*above);
  delete_dead();
  name_ = std::string(kScratchPrefix) + new_token();
  path_ = parent + "/" + name_;
  if (!files_.make_dir(parent_, name_, platform::Access::kPrivate)) {
    throw Error("make", path_, "it is there already", "delete it");
  }
  auto made = files_.open_dir(parent_, name_);
  if (!made) throw Error("open", path_, "it is gone", "run it again");
  dir_ = std::move(*made);
  // It has its name only once it is locked: another run, which starts at this moment, would take it
  // for that of a dead one.
  lock_file_ = files_.create(dir_, kNewLockName, platform::Access::kPrivate);
  if (auto lock = platform::FileLock::try_lock(lock_file_, platform::LockMode::kExclusive)) {
    lock_.emplace(std::move(*lock));
  }
  files_.rename(dir_, kNewLockName, dir_, kLockName, platform::RenameMode::kReplace);
}

Scratch::~Scratch() {
  try {
    platform::remove_tree(files_, parent_, name_);
  } catch (const std::exception&) {
    // The next run deletes it.
  }
}

void Scratch::clear() {
  for (const platform::DirEntry& entry : files_.list(dir_)) {
    if (entry.name != kLockName) platform::remove_tree(files_, dir_, entry.name);
  }
}

// A folder without a lock file is one that is being made at this moment, or of another user.
void Scratch::delete_dead() {
  for (const platform::DirEntry& entry : files_.list(parent_)) {
    if (!entry.name.starts_with(kScratchPrefix)) continue;
    try {
      const auto dir = files_.open_dir(parent_, entry.name);
      if (!dir || !files_.info(*dir, kLockName)) continue;
      const platform::File lock =
          files_.open_or_create(*dir, kLockName, platform::Access::kPrivate);
      if (!platform::FileLock::try_lock(lock, platform::LockMode::kExclusive)) continue;
      platform::remove_tree(files_, parent_, entry.name);
    } catch (const SystemError&) {
      // Another user's.
    }
  }
}

}  // namespace sluice::queue
