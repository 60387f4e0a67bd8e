// A private folder of one run for what is on its way: gone when the run ends, and deleted by the
// next run where it was killed.
#pragma once

#include <optional>
#include <string>

#include "platform/files.h"
#include "platform/lock.h"

namespace sluice::queue {

class Scratch {
 public:
  // Makes one below `parent`, and deletes those there whose runs have died. Throws Error.
  Scratch(platform::Files& files, const std::string& parent);
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  const std::string& path() const { return path_; }
  const platform::Dir& dir() const { return dir_; }
  // Deletes what is in it.
  void clear();

 private:
  void delete_dead();

  platform::Files& files_;
  platform::Dir parent_;
  std::string name_;
  std::string path_;
  platform::Dir dir_;
  platform::File lock_file_;
  std::optional<platform::FileLock> lock_;
};

}  // namespace sluice::queue
