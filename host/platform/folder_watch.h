// Tells when something changes in folders, as the kernel sees it (inotify). Not what: whoever is
// told looks. So nothing depends on the order or number of its messages, and a lost one is no more
// than a look.
#pragma once

#include <chrono>
#include <string>

#include "platform/os_handle.h"

namespace sluice::platform {

class FolderWatch {
 public:
  FolderWatch();
  FolderWatch(const FolderWatch&) = delete;
  FolderWatch& operator=(const FolderWatch&) = delete;

  // Watches one folder, not those in it; again has no effect. Call it before the folder is listed:
  // then whatever comes after the listing is told. False if the system has no room for more.
  bool add(const std::string& folder);

  enum class Result { kNothing, kChanged };
  // Waits until something changed, at most `timeout`. A signal ends it, too. That messages were
  // lost is a change.
  Result wait(std::chrono::milliseconds timeout);

 private:
  OsHandle queue_;
};

// Whether every change on a file system of that name (file_system_name()) is told. Not on one of a
// network, where others write, nor on one of a program (FUSE), nor where the name is not known.
bool is_told_of_changes(const std::string& file_system);

}  // namespace sluice::platform
