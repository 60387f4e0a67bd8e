#include "crash/trace/syscalls.h"

#include <sys/syscall.h>

#include <algorithm>

namespace sluice::crash {
namespace {

constexpr long kFchmodat2 = 452;  // not in every system's headers

constexpr Syscall kTable[] = {
    {SYS_open, "open", Kind::kOpen, kNone, 0},
    {SYS_creat, "creat", Kind::kOpen, kNone, 0},
    {SYS_openat, "openat", Kind::kOpen, 0, 1},
    {SYS_openat2, "openat2", Kind::kOpen, 0, 1},
    {SYS_write, "write", Kind::kWrite, 0, kNone},
    {SYS_pwrite64, "pwrite64", Kind::kWrite, 0, kNone},
    {SYS_writev, "writev", Kind::kWrite, 0, kNone},
    {SYS_pwritev, "pwritev", Kind::kWrite, 0, kNone},
    {SYS_pwritev2, "pwritev2", Kind::kWrite, 0, kNone},
    {SYS_sendfile, "sendfile", Kind::kWrite, 0, kNone},
    {SYS_copy_file_range, "copy_file_range", Kind::kWrite, 2, kNone},
    {SYS_truncate, "truncate", Kind::kTruncate, kNone, 0},
    {SYS_ftruncate, "ftruncate", Kind::kTruncate, 0, kNone},
    {SYS_mkdir, "mkdir", Kind::kMakeDir, kNone, 0},
    {SYS_mkdirat, "mkdirat", Kind::kMakeDir, 0, 1},
    {SYS_rename, "rename", Kind::kRename, kNone, 0, kNone, 1},
    {SYS_renameat, "renameat", Kind::kRename, 0, 1, 2, 3},
    {SYS_renameat2, "renameat2", Kind::kRename, 0, 1, 2, 3},
    {SYS_link, "link", Kind::kLink, kNone, 0, kNone, 1},
    {SYS_linkat, "linkat", Kind::kLink, 0, 1, 2, 3},
    {SYS_unlink, "unlink", Kind::kUnlink, kNone, 0},
    {SYS_unlinkat, "unlinkat", Kind::kUnlink, 0, 1},
    {SYS_rmdir, "rmdir", Kind::kRemoveDir, kNone, 0},
    {SYS_fsync, "fsync", Kind::kSync, 0, kNone},
    {SYS_fdatasync, "fdatasync", Kind::kSync, 0, kNone},
    {SYS_syncfs, "syncfs", Kind::kSyncAll, 0, kNone},
    {SYS_sync, "sync", Kind::kSyncAll, kNone, kNone},
    {SYS_sync_file_range, "sync_file_range", Kind::kHint, 0, kNone},
    {SYS_chmod, "chmod", Kind::kMode, kNone, 0},
    {SYS_fchmod, "fchmod", Kind::kMode, 0, kNone},
    {SYS_fchmodat, "fchmodat", Kind::kMode, 0, 1},
    {kFchmodat2, "fchmodat2", Kind::kMode, 0, 1},
    {SYS_chown, "chown", Kind::kMode, kNone, 0},
    {SYS_fchown, "fchown", Kind::kMode, 0, kNone},
    {SYS_fchownat, "fchownat", Kind::kMode, 0, 1},
    {SYS_utimensat, "utimensat", Kind::kMode, 0, 1},
    {SYS_fallocate, "fallocate", Kind::kForeign, 0, kNone},
    {SYS_symlink, "symlink", Kind::kForeign, kNone, 1},
    {SYS_symlinkat, "symlinkat", Kind::kForeign, 1, 2},
    {SYS_mknod, "mknod", Kind::kForeign, kNone, 0},
    {SYS_mknodat, "mknodat", Kind::kForeign, 0, 1},
    {SYS_splice, "splice", Kind::kForeign, 2, kNone},
    {SYS_setxattr, "setxattr", Kind::kForeign, kNone, 0},
    {SYS_fsetxattr, "fsetxattr", Kind::kForeign, 0, kNone},
    {SYS_io_uring_setup, "io_uring_setup", Kind::kForeign, kNone, kNone},
    {SYS_mmap, "mmap", Kind::kForeign, 4, kNone},  // of a shared file, writable; see the filter
    {SYS_read, "read", Kind::kRead, 0, kNone},
    {SYS_pread64, "pread64", Kind::kRead, 0, kNone},
    {SYS_getdents64, "getdents64", Kind::kLook, 0, kNone},
    {SYS_stat, "stat", Kind::kLook, kNone, 0},
    {SYS_lstat, "lstat", Kind::kLook, kNone, 0},
    {SYS_fstat, "fstat", Kind::kLook, 0, kNone},
    {SYS_newfstatat, "newfstatat", Kind::kLook, 0, 1},
    {SYS_statx, "statx", Kind::kLook, 0, 1},
    {SYS_access, "access", Kind::kLook, kNone, 0},
    {SYS_faccessat2, "faccessat2", Kind::kLook, 0, 1},
    {SYS_prctl, "prctl", Kind::kHide, kNone, kNone},  // of PR_SET_DUMPABLE; see the filter
};

}  // namespace

std::span<const Syscall> all_syscalls() {
  return kTable;
}

const Syscall* find_syscall(long number) {
  const auto* const found =
      std::find_if(std::begin(kTable), std::end(kTable),
                   [number](const Syscall& row) { return row.number == number; });
  return found == std::end(kTable) ? nullptr : found;
}

}  // namespace sluice::crash
