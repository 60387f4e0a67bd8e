// Reports when something changes in folders, as the kernel sees it (inotify), and not what: the
// caller looks. So nothing depends on the order or number of the kernel's messages, and a lost one
// costs one more look.
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
  // every change after the listing is then reported. False if the system has no room for more.
  bool add(const std::string& folder);

  enum class Result { kNothing, kChanged };
  // Waits until something changed, at most `timeout`. A signal ends it, too. That messages were
  // lost is a change.
  Result wait(std::chrono::milliseconds timeout);

 private:
  OsHandle queue_;
};

// Whether the system reports every change on a file system of that name (file_system_name()). Not
// on one of a network, where others write, nor on one of a program (FUSE), nor on one without a
// name.
bool reports_all_changes(const std::string& file_system);

}  // namespace sluice::platform
