// Deleting a tree that may be hostile: odd modes, any depth, symlinks.
#include <utility>

#include "platform/error.h"
#include "platform/files.h"

namespace sluice::platform {
namespace {

// One directory on the way down, with what of it is left to delete. Only the deepest is open: a
// tree may be deeper than the limit on open files.
struct Level {
  std::string name;
  FileIdentity identity;
  std::vector<DirEntry> entries;
};

// Deletes a file, clearing the read-only bits that stand in the way; false if it stays.
bool delete_file(Files& files, const Dir& at, const std::string& name) {
  try {
    files.unlink(at, name);
    return true;
  } catch (const SystemError&) {
  }
  try {
    files.make_writable(at, name);
    files.unlink(at, name);
    return true;
  } catch (const SystemError&) {
    return false;
  }
}

class Removal {
 public:
  Removal(Files& files, const Dir& at) : files_(files), at_(at) {}

  std::vector<std::string> run(const std::string& name) {
    if (!enter(name) && files_.info(at_, name)) left_.push_back(name);
    while (!stack_.empty()) {
      std::vector<DirEntry>& entries = stack_.back().entries;
      if (entries.empty()) {
        if (!leave()) break;
        continue;
      }
      const DirEntry entry = std::move(entries.back());
      entries.pop_back();
      const bool gone = entry.kind == FileKind::kDirectory ? enter(entry.name)
                                                           : delete_file(files_, here_, entry.name);
      // Another process may be deleting the same tree: what it was faster with is no failure.
      if (!gone && files_.info(above(), entry.name)) left_.push_back(path_of(entry.name));
    }
    return std::move(left_);
  }

 private:
  const Dir& above() const { return stack_.empty() ? at_ : here_; }

  // Goes down into `name`.
  bool enter(const std::string& name) {
    try {
      files_.make_writable(above(), name);
      auto dir = files_.open_dir(above(), name);
      if (!dir) return false;
      stack_.push_back({name, files_.info(*dir).identity, files_.list(*dir)});
      here_ = std::move(*dir);
      return true;
    } catch (const SystemError&) {
      return false;
    }
  }

  // Goes up and deletes the directory that is done. False if the way up is not the way that led
  // down: somebody is moving directories about, and nothing more is safe to touch.
  bool leave() {
    const std::string name = std::move(stack_.back().name);
    stack_.pop_back();
    bool is_above = stack_.empty();
    try {
      is_above = is_above || go_up();
      if (is_above) {
        files_.remove_dir(above(), name);
        return true;
      }
    } catch (const SystemError&) {
    }
    if (!is_above || files_.info(above(), name)) {
      left_.push_back(stack_.empty() ? name : path_of(name));
    }
    return is_above;
  }

  bool go_up() {
    auto parent = files_.open_dir(here_, "..");
    if (!parent) return false;
    const FileIdentity found = files_.info(*parent).identity;
    const FileIdentity& expected = stack_.back().identity;
    if (found.device != expected.device || found.inode != expected.inode) return false;
    here_ = std::move(*parent);
    return true;
  }

  std::string path_of(const std::string& name) const {
    std::string path;
    for (const Level& level : stack_) path += (path.empty() ? "" : "/") + level.name;
    return name.empty() ? path : path + "/" + name;
  }

  Files& files_;
  const Dir& at_;
  Dir here_;  // the deepest of the stack
  std::vector<Level> stack_;
  std::vector<std::string> left_;
};

}  // namespace

std::vector<std::string> remove_tree(Files& files, const Dir& at, const std::string& name) {
  const auto top = files.info(at, name);
  if (!top) return {};
  if (top->kind == FileKind::kDirectory) return Removal(files, at).run(name);
  if (delete_file(files, at, name)) return {};
  return {name};
}

}  // namespace sluice::platform
