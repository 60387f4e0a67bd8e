#include "platform/ownership.h"

#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <vector>

#include "platform/error.h"
#include "platform/posix/descriptor.h"

namespace sluice::platform {
namespace {

constexpr std::size_t kMaxEntry = 64 << 10;  // of the user and group databases

std::string name_of_user(uid_t user) {
  std::vector<char> room(kMaxEntry);
  passwd entry{};
  passwd* found = nullptr;
  ::getpwuid_r(user, &entry, room.data(), room.size(), &found);
  return found == nullptr ? std::string() : found->pw_name;
}

// A group that carries its owner's name and has nobody else in it.
bool is_private_group(gid_t group, uid_t owner) {
  const std::string user = name_of_user(owner);
  std::vector<char> room(kMaxEntry);
  struct group entry {};
  struct group* found = nullptr;
  ::getgrgid_r(group, &entry, room.data(), room.size(), &found);
  if (found == nullptr || user.empty() || user != found->gr_name) return false;
  for (char** member = found->gr_mem; *member != nullptr; ++member) {
    if (user != *member) return false;
  }
  return true;
}

// With one, the group's bits are the most that any entry of the list has.
bool has_access_list(int file) {
  return ::fgetxattr(file, "system.posix_acl_access", nullptr, 0) > 0;
}

}  // namespace

Stranger who_else_may_change(const OsHandle& file) {
  const int descriptor = descriptor_of(file);
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) {
    throw SystemError("look up the owner of", "a file",
                      std::error_code(errno, std::generic_category()));
  }
  if (status.st_uid != 0 && status.st_uid != ::geteuid()) return Stranger::kOwner;
  if (S_ISDIR(status.st_mode) && (status.st_mode & S_ISVTX) != 0) return Stranger::kNone;
  if ((status.st_mode & S_IWOTH) != 0) return Stranger::kAll;
  if ((status.st_mode & S_IWGRP) == 0) return Stranger::kNone;
  const bool is_private =
      is_private_group(status.st_gid, status.st_uid) && !has_access_list(descriptor);
  return is_private ? Stranger::kNone : Stranger::kGroup;
}

}  // namespace sluice::platform
