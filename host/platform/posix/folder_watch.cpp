#include "platform/folder_watch.h"

#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>

#include "platform/error.h"
#include "platform/posix/descriptor.h"

namespace sluice::platform {
namespace {

// Not IN_MODIFY: a file is looked at once its writer has closed it. IN_ATTRIB: it may be readable
// now.
constexpr std::uint32_t kChanges = IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO |
                                   IN_CLOSE_WRITE | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF |
                                   IN_UNMOUNT;

// By their names in /proc/mounts. What is written on another machine is not seen by this kernel,
// and FUSE does not pass it on.
constexpr std::array<std::string_view, 14> kSilent = {
    "nfs",  "nfs4", "cifs", "smb3",  "smbfs",  "9p",       "afs",
    "ceph", "coda", "fuse", "ncpfs", "lustre", "virtiofs", "vboxsf"};

}  // namespace

FolderWatch::FolderWatch() : queue_(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK)) {
  if (!queue_) {
    throw SystemError("watch", "folders", std::error_code(errno, std::generic_category()));
  }
}

bool FolderWatch::add(const std::string& folder) {
  const int watch = ::inotify_add_watch(descriptor_of(queue_), folder.c_str(),
                                        kChanges | IN_ONLYDIR | IN_EXCL_UNLINK);
  // One that is gone since is no folder to watch any more: its parent tells.
  return watch >= 0 || (errno != ENOSPC && errno != ENOMEM);
}

FolderWatch::Result FolderWatch::wait(std::chrono::milliseconds timeout) {
  pollfd one{descriptor_of(queue_), POLLIN, 0};
  if (::poll(&one, 1, static_cast<int>(timeout.count())) <= 0) return Result::kNothing;
  alignas(inotify_event) std::array<char, 16'384> messages;
  Result result = Result::kNothing;
  ssize_t got = 0;
  while ((got = ::read(one.fd, messages.data(), messages.size())) > 0) {
    for (std::size_t at = 0; at + sizeof(inotify_event) <= static_cast<std::size_t>(got);) {
      const auto* event = reinterpret_cast<const inotify_event*>(messages.data() + at);
      // That a watch has ended says nothing by itself.
      if ((event->mask & ~std::uint32_t{IN_IGNORED | IN_ISDIR}) != 0) result = Result::kChanged;
      at += sizeof(inotify_event) + event->len;
    }
  }
  return result;
}

bool reports_all_changes(const std::string& file_system) {
  const std::string_view kind =
      std::string_view(file_system).substr(0, std::min(file_system.find('.'), file_system.size()));
  if (kind.empty() || kind == "fuseblk") return false;
  return std::find(kSilent.begin(), kSilent.end(), kind) == kSilent.end();
}

}  // namespace sluice::platform
