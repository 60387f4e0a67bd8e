// A worker's folder for temporary files, in staging: the one place where converters that need it
// may make files. Hostile; emptied after each run, and deleted with the object.
#pragma once

#include <string>

#include "platform/files.h"

namespace sluice::worker {

class Scratch {
 public:
  Scratch(platform::Files& files, const platform::Dir& staging, const std::string& plugin);
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  // REQUIRES: its worker is gone.
  ~Scratch();

  const platform::Dir& dir() const { return dir_; }
  // Deletes what a run has left.
  void clear();

 private:
  platform::Files& files_;
  const platform::Dir& staging_;
  std::string name_;
  platform::Dir dir_;
};

}  // namespace sluice::worker
