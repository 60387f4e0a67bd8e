#include "owner/reaper.h"

#include "model/layout.h"
#include "owner/publish.h"
#include "platform/error.h"
#include "platform/move.h"
#include "staging/staging.h"

namespace sluice::owner {
namespace {

namespace layout = layout;
using platform::Dir;
using platform::Files;

// Moves one entry of the staging directory to the trash, under a name that is free there.
bool trash(Files& files, const Dir& staging, const Dir& trash_dir, const std::string& name) {
  for (int attempt = 0; attempt < 1000; ++attempt) {
    const std::string free_name = attempt == 0 ? name : name + "." + std::to_string(attempt);
    files.make_writable(staging, name);  // a folder that is not cannot be moved to another
    files.at("reaper/rename");
    const auto moved = platform::move_to_free_name(files, staging, name, trash_dir, free_name);
    if (moved != platform::RenameResult::kTargetExists) {
      return moved == platform::RenameResult::kDone;
    }
  }
  return false;
}

// The lease goes last, so that a crash in between leaves a lease without a directory, which is
// reaped.
bool reap_batch(KnowledgeBase& kb, const Dir& trash_dir, const std::string& batch) {
  Files& files = kb.files();
  const std::string name = layout::lease_name(batch);
  files.make_writable(kb.staging(), name);
  const platform::File lease = files.open_or_create(kb.staging(), name, platform::Access::kPrivate);
  const auto lock = platform::FileLock::try_lock(lease, platform::LockMode::kExclusive);
  if (!lock) return false;
  const auto named = files.info(kb.staging(), name);
  if (!named || named->identity.inode != files.info(lease).identity.inode) return false;
  if (files.info(kb.staging(), batch)) trash(files, kb.staging(), trash_dir, batch);
  files.at("reaper/unlink-lease");
  files.unlink(kb.staging(), name);
  return true;
}

std::optional<Dir> open_trash(KnowledgeBase& kb, bool make) {
  const auto state = kb.files().open_dir(kb.root(), layout::kState);
  if (!state) return std::nullopt;
  if (make) kb.files().make_dir(*state, "trash", platform::Access::kPrivate);
  return kb.files().open_dir(*state, "trash");
}

}  // namespace

bool has_leftovers(KnowledgeBase& kb, const std::string& own_batch) {
  for (const auto& entry : kb.files().list(kb.staging())) {
    if (own_batch.empty() || entry.name.rfind(own_batch, 0) != 0) return true;
  }
  const auto trash_dir = open_trash(kb, false);
  return trash_dir && !kb.files().list(*trash_dir).empty();
}

int move_to_trash(KnowledgeBase& kb, const std::string& own_batch) {
  Files& files = kb.files();
  int reaped = 0;
  try {
    if (has_leftovers(kb, own_batch)) remove_empty_folders(kb);
    const auto trash_dir = open_trash(kb, true);
    if (!trash_dir) return 0;
    for (const auto& entry : files.list(kb.staging())) {
      const auto leased = layout::batch_of_lease(entry.name);
      const std::string batch = leased.value_or(entry.name);
      if (batch == own_batch) continue;
      try {
        if (leased && entry.kind == platform::FileKind::kRegular) {
          reaped += reap_batch(kb, *trash_dir, *leased) ? 1 : 0;
        } else if (leased || !files.info(kb.staging(), layout::lease_name(entry.name))) {
          // No batch without a lease, which is a file, comes before the directory and goes after
          // it.
          reaped += trash(files, kb.staging(), *trash_dir, entry.name) ? 1 : 0;
        }
      } catch (const SystemError&) {
        // Left for the next time: one stubborn entry does not keep the others.
      }
    }
  } catch (const SystemError&) {
    // No trash, no reaping; the command goes on.
  }
  return reaped;
}

std::vector<std::string> empty_trash(KnowledgeBase& kb) {
  std::vector<std::string> left;
  try {
    const auto trash_dir = open_trash(kb, false);
    if (!trash_dir) return left;
    for (const auto& entry : kb.files().list(*trash_dir)) {
      for (const auto& path : platform::remove_tree(kb.files(), *trash_dir, entry.name)) {
        left.push_back(std::string(layout::kTrash) + "/" + path);
      }
    }
  } catch (const SystemError&) {
    left.emplace_back(layout::kTrash);
  }
  return left;
}

}  // namespace sluice::owner
