#include "platform/file_system.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/sysmacros.h>

#include <cstdint>
#include <cstring>
#include <fstream>
#include <sstream>

#include "platform/posix/descriptor.h"

namespace sluice::platform {
namespace {

struct Mount {
  std::string id;      // first column
  std::string device;  // third: "8:1"
  std::string type;    // behind the separator "-"
};

// One line of proc_pid_mountinfo(5).
Mount parse_mount(const std::string& line) {
  std::istringstream words(line);
  Mount mount;
  std::string word;
  words >> mount.id >> word >> mount.device;
  while (words >> word && word != "-") {
  }
  words >> mount.type;
  return mount;
}

std::string hex(std::uint64_t number) {
  std::ostringstream text;
  text << std::hex << number;
  return text.str();
}

}  // namespace

std::string file_system_name(const Dir& dir) {
  struct statx info {};
  const int fd = descriptor_of(dir.handle);
  if (::statx(fd, "", AT_EMPTY_PATH, STATX_MNT_ID, &info) != 0) return {};
  const bool has_id = (info.stx_mask & STATX_MNT_ID) != 0;
  const std::string id = std::to_string(info.stx_mnt_id);
  const std::string device =
      std::to_string(info.stx_dev_major) + ":" + std::to_string(info.stx_dev_minor);
  std::ifstream mounts("/proc/self/mountinfo");
  std::string found;
  for (std::string line; std::getline(mounts, line);) {
    const Mount mount = parse_mount(line);
    // The last that was mounted on a place is the one that is seen.
    if (has_id ? mount.id == id : mount.device == device) found = mount.type;
  }
  return found;
}

std::string file_system_identity(const Dir& dir) {
  struct statfs info {};
  if (::fstatfs(descriptor_of(dir.handle), &info) != 0) return {};
  std::uint64_t id = 0;
  static_assert(sizeof info.f_fsid == sizeof id);
  std::memcpy(&id, &info.f_fsid, sizeof id);
  // Some have no id of their own (NFS, many of FUSE): then its kind must do.
  return file_system_name(dir) + (id == 0 ? "" : " " + hex(id));
}

}  // namespace sluice::platform
