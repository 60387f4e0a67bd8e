// The POSIX half of files.h. openat2 where the kernel has it; every descriptor is close-on-exec.
#include "platform/files.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <memory>

#include "platform/error.h"
#include "platform/posix/descriptor.h"

namespace sluice::platform {
namespace {

[[noreturn]] void fail(std::string_view action, std::string_view object, int error = errno) {
  throw SystemError(action, object, std::error_code(error, std::generic_category()));
}

FileKind kind_of(mode_t mode) {
  if (S_ISREG(mode)) return FileKind::kRegular;
  if (S_ISDIR(mode)) return FileKind::kDirectory;
  if (S_ISLNK(mode)) return FileKind::kSymlink;
  return FileKind::kOther;
}

std::int64_t nanoseconds(const timespec& time) {
  return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

FileInfo to_info(const struct stat& st) {
  FileInfo info;
  info.kind = kind_of(st.st_mode);
  info.identity = {st.st_dev, st.st_ino, static_cast<std::uint64_t>(st.st_size),
                   nanoseconds(st.st_mtim), nanoseconds(st.st_ctim)};
  info.links = st.st_nlink;
  info.allocated = static_cast<std::uint64_t>(st.st_blocks) * 512;
  return info;
}

// A FUSE file system's numbers may be a second old, and a file that was moved by a link and an
// unlink then still seems to have two names.
void ask_anew_for_links(FileInfo& info, int at, const char* path, int flags) {
  if (info.kind != FileKind::kRegular || info.links < 2) return;
  struct statx now {};
  if (::statx(at, path, flags | AT_STATX_FORCE_SYNC, STATX_NLINK, &now) == 0) {
    info.links = now.stx_nlink;
  }
}

// Opens a relative path of several parts one by one, refusing every symlink: for kernels whose
// openat2 is missing or forbidden.
int open_by_parts(int at, const std::string& path, int flags) {
  OsHandle current;
  int base = at;
  std::size_t begin = 0;
  while (true) {
    const std::size_t end = path.find('/', begin);
    const std::string part = path.substr(begin, end - begin);
    if (part == ".." || part.empty()) {
      errno = EXDEV;
      return -1;
    }
    const bool last = end == std::string::npos;
    const int opened =
        ::openat(base, part.c_str(),
                 last ? flags | O_NOFOLLOW : O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (opened < 0 || last) return opened;
    current = OsHandle(opened);
    base = opened;
    begin = end + 1;
  }
}

int open_beneath(int at, const std::string& path, int flags, Symlinks symlinks) {
  open_how how{};
  how.flags = static_cast<std::uint64_t>(flags);
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
  if (symlinks == Symlinks::kRefuse) how.resolve |= RESOLVE_NO_SYMLINKS;
  while (true) {
    const long opened = ::syscall(SYS_openat2, at, path.c_str(), &how, sizeof how);
    if (opened >= 0) return static_cast<int>(opened);
    if (errno == EINTR || errno == EAGAIN) continue;
    if (errno == ENOSYS || errno == EPERM) return open_by_parts(at, path, flags);
    return -1;
  }
}

bool is_absent(int error) {
  return error == ENOENT || error == ENOTDIR;
}

}  // namespace

void OsHandle::close() noexcept {
  if (value_ != kNone) ::close(static_cast<int>(std::exchange(value_, kNone)));
}

std::optional<Dir> Files::open_dir(const std::string& path) {
  const int opened = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (opened >= 0) return Dir{OsHandle(opened)};
  if (is_absent(errno)) return std::nullopt;
  fail("open the directory", path);
}

std::optional<Dir> Files::open_dir(const Dir& at, const std::string& name) {
  const int opened = ::openat(descriptor_of(at.handle), name.c_str(),
                              O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (opened >= 0) return Dir{OsHandle(opened)};
  if (is_absent(errno) || errno == ELOOP) return std::nullopt;
  fail("open the directory", name);
}

std::optional<File> Files::open_read(const Dir& at, const std::string& path, Symlinks symlinks) {
  const int opened = open_beneath(descriptor_of(at.handle), path,
                                  O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, symlinks);
  if (opened >= 0) return File{OsHandle(opened)};
  if (is_absent(errno)) return std::nullopt;
  fail("open", path);
}

File Files::create(const Dir& at, const std::string& name, Access access) {
  const int opened = ::openat(descriptor_of(at.handle), name.c_str(),
                              O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                              access == Access::kPrivate ? 0600 : 0666);
  if (opened < 0) fail("create", name);
  return File{OsHandle(opened)};
}

File Files::create_unnamed(const Dir& at, const std::string& name) {
  // O_EXCL: nobody who holds a handle can link it into a directory.
  const int opened =
      ::openat(descriptor_of(at.handle), ".", O_RDWR | O_TMPFILE | O_EXCL | O_CLOEXEC, 0600);
  if (opened >= 0) return File{OsHandle(opened)};
  if (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL) fail("create", name);
  File file = create(at, name, Access::kPrivate);
  unlink(at, name);
  return file;
}

File Files::open_or_create(const Dir& at, const std::string& name, Access access) {
  const int opened = ::openat(descriptor_of(at.handle), name.c_str(),
                              O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK,
                              access == Access::kPrivate ? 0600 : 0666);
  if (opened < 0) fail("open", name);
  return File{OsHandle(opened)};
}

bool Files::make_dir(const Dir& at, const std::string& name, Access access) {
  if (::mkdirat(descriptor_of(at.handle), name.c_str(), access == Access::kPrivate ? 0700 : 0777) ==
      0) {
    return true;
  }
  if (errno == EEXIST) return false;
  fail("create the directory", name);
}

std::size_t Files::read(const File& file, std::uint64_t offset, std::span<std::byte> buffer) {
  std::size_t done = 0;
  while (done < buffer.size()) {
    const ssize_t got = ::pread(descriptor_of(file.handle), buffer.data() + done,
                                buffer.size() - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail("read", "a file");
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  return done;
}

void Files::write(const File& file, std::uint64_t offset, std::span<const std::byte> bytes) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t put = ::pwrite(descriptor_of(file.handle), bytes.data() + done,
                                 bytes.size() - done, static_cast<off_t>(offset + done));
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) fail("write", "a file");
    done += static_cast<std::size_t>(put);
  }
}

void Files::truncate(const File& file, std::uint64_t size) {
  if (::ftruncate(descriptor_of(file.handle), static_cast<off_t>(size)) != 0)
    fail("truncate", "a file");
}

FileInfo Files::info(const File& file) {
  struct stat st {};
  if (::fstat(descriptor_of(file.handle), &st) != 0) fail("look at", "an open file");
  FileInfo info = to_info(st);
  ask_anew_for_links(info, descriptor_of(file.handle), "", AT_EMPTY_PATH);
  return info;
}

FileInfo Files::info(const Dir& dir) {
  struct stat st {};
  if (::fstat(descriptor_of(dir.handle), &st) != 0) fail("look at", "an open directory");
  return to_info(st);
}

std::optional<FileInfo> Files::info(const Dir& at, const std::string& name) {
  struct stat st {};
  if (::fstatat(descriptor_of(at.handle), name.c_str(), &st, AT_SYMLINK_NOFOLLOW) == 0) {
    FileInfo info = to_info(st);
    ask_anew_for_links(info, descriptor_of(at.handle), name.c_str(), AT_SYMLINK_NOFOLLOW);
    return info;
  }
  if (is_absent(errno)) return std::nullopt;
  fail("look at", name);
}

std::optional<FileInfo> Files::resolve_info(const Dir& at, const std::string& path) {
  struct stat st {};
  if (::fstatat(descriptor_of(at.handle), path.c_str(), &st, 0) == 0) return to_info(st);
  if (is_absent(errno) || errno == ELOOP) return std::nullopt;
  fail("look at", path);
}

std::vector<DirEntry> Files::list(const Dir& dir) {
  // A descriptor of its own: reading a directory moves the position that all duplicates share.
  const int own = ::openat(descriptor_of(dir.handle), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (own < 0) fail("read", "a directory");
  const std::unique_ptr<DIR, int (*)(DIR*)> stream(::fdopendir(own), &::closedir);
  if (!stream) {
    const int error = errno;
    ::close(own);
    fail("read", "a directory", error);
  }
  std::vector<DirEntry> entries;
  while (true) {
    errno = 0;
    const dirent* entry = ::readdir(stream.get());
    if (entry == nullptr) break;
    const std::string_view name = entry->d_name;
    if (name == "." || name == "..") continue;
    FileKind kind = FileKind::kOther;
    switch (entry->d_type) {
      case DT_REG:
        kind = FileKind::kRegular;
        break;
      case DT_DIR:
        kind = FileKind::kDirectory;
        break;
      case DT_LNK:
        kind = FileKind::kSymlink;
        break;
      case DT_UNKNOWN:
        if (const auto found = info(dir, std::string(name))) kind = found->kind;
        break;
      default:
        break;
    }
    entries.push_back({std::string(name), kind});
  }
  if (errno != 0) fail("read", "a directory");
  return entries;
}

void Files::start_writeback(const File& file, std::uint64_t offset, std::uint64_t size) {
  // A hint: where it fails, the sync that follows does the work and reports the error.
  (void)::sync_file_range(descriptor_of(file.handle), static_cast<off_t>(offset),
                          static_cast<off_t>(size), SYNC_FILE_RANGE_WRITE);
}

void Files::uncache(const File& file) {
  // A hint, too.
  (void)::posix_fadvise(descriptor_of(file.handle), 0, 0, POSIX_FADV_DONTNEED);
}

RenameResult Files::rename(const Dir& from, const std::string& name, const Dir& to,
                           const std::string& new_name, RenameMode mode) {
  const unsigned flags = mode == RenameMode::kExchange    ? RENAME_EXCHANGE
                         : mode == RenameMode::kNoReplace ? RENAME_NOREPLACE
                                                          : 0;
  if (::renameat2(descriptor_of(from.handle), name.c_str(), descriptor_of(to.handle),
                  new_name.c_str(), flags) == 0) {
    return RenameResult::kDone;
  }
  if (errno == EEXIST || errno == ENOTEMPTY) return RenameResult::kTargetExists;
  if (errno == ENOENT) return RenameResult::kMissing;
  fail("rename", name + " to " + new_name);
}

bool Files::link(const Dir& from, const std::string& name, const Dir& to,
                 const std::string& new_name) {
  if (::linkat(descriptor_of(from.handle), name.c_str(), descriptor_of(to.handle), new_name.c_str(),
               0) == 0) {
    return true;
  }
  if (errno == EEXIST) return false;
  fail("link", name + " to " + new_name);
}

bool Files::unlink(const Dir& at, const std::string& name) {
  if (::unlinkat(descriptor_of(at.handle), name.c_str(), 0) == 0) return true;
  if (is_absent(errno)) return false;
  fail("delete", name);
}

bool Files::remove_dir(const Dir& at, const std::string& name) {
  if (::unlinkat(descriptor_of(at.handle), name.c_str(), AT_REMOVEDIR) == 0) return true;
  if (is_absent(errno)) return false;
  fail("delete the directory", name);
}

bool Files::make_writable(const Dir& at, const std::string& name) {
  struct stat st {};
  if (::fstatat(descriptor_of(at.handle), name.c_str(), &st, AT_SYMLINK_NOFOLLOW) != 0)
    return false;
  if (S_ISLNK(st.st_mode)) return false;
  const mode_t wanted = (st.st_mode & 07777) | (S_ISDIR(st.st_mode) ? 0700 : 0600);
  return ::fchmodat(descriptor_of(at.handle), name.c_str(), wanted, 0) == 0;
}

void Files::sync(const File& file) {
  if (::fdatasync(descriptor_of(file.handle)) != 0) fail("flush", "a file");
}

void Files::sync(const Dir& dir) {
  if (::fsync(descriptor_of(dir.handle)) != 0) fail("flush", "a directory");
}

bool Files::sync_file_system(const Dir& dir) {
  struct statfs st {};
  if (::fstatfs(descriptor_of(dir.handle), &st) != 0) fail("look at", "the file system");
  // The kernel flushes its own pages alone; the program behind it gets to know of fsync only.
  if (st.f_type == FUSE_SUPER_MAGIC) return false;
  if (::syncfs(descriptor_of(dir.handle)) == 0) return true;
  if (errno == ENOSYS) return false;
  fail("flush", "the file system");
}

std::uint64_t Files::free_bytes(const Dir& dir) {
  struct statvfs st {};
  if (::fstatvfs(descriptor_of(dir.handle), &st) != 0) fail("look at", "the file system");
  return static_cast<std::uint64_t>(st.f_bavail) * st.f_frsize;
}

void Files::at(std::string_view /*point*/) {}

Dir duplicate(const Dir& dir) {
  const int copy = ::fcntl(descriptor_of(dir.handle), F_DUPFD_CLOEXEC, 3);
  if (copy < 0) fail("duplicate", "a directory handle");
  return Dir{OsHandle(copy)};
}

File duplicate(const File& file) {
  const int copy = ::fcntl(descriptor_of(file.handle), F_DUPFD_CLOEXEC, 3);
  if (copy < 0) fail("duplicate", "a file handle");
  return File{OsHandle(copy)};
}

}  // namespace sluice::platform
