// Every file call of the program goes through Files, so that a test can fault, count or cut off any
// of them. Names are UTF-8. Functions that take a Dir and a name look at that one name below that
// directory and never follow a symlink there, unless they say so. Failures throw SystemError;
// "is not there" is a value where callers expect it.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/os_handle.h"

namespace sluice::platform {

enum class FileKind { kRegular, kDirectory, kSymlink, kOther };

// Tells whether a file is still the one that was read: any write changes ctime.
struct FileIdentity {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::uint64_t size = 0;
  std::int64_t mtime_ns = 0;
  std::int64_t ctime_ns = 0;
  auto operator<=>(const FileIdentity&) const = default;
};

struct FileInfo {
  FileKind kind = FileKind::kOther;
  FileIdentity identity;
  std::uint64_t links = 0;
  std::uint64_t allocated = 0;  // bytes on disk: far below identity.size for a sparse file
};

struct DirEntry {
  std::string name;
  FileKind kind = FileKind::kOther;
};

enum class Access { kPrivate, kUmask };  // 0600/0700, or what a new file of the user gets
enum class RenameMode {
  kNoReplace,  // an existing target is left alone
  kExchange,   // both exist and swap places
  kReplace,    // an existing file gives way
};
enum class RenameResult { kDone, kTargetExists, kMissing };
enum class Symlinks { kRefuse, kInside };  // kInside: followed while they stay below the directory

// Each of its functions is one kind of system call, so that a test can fault or watch any of them.
class Files {
 public:
  Files() = default;
  Files(const Files&) = delete;
  Files& operator=(const Files&) = delete;
  virtual ~Files() = default;

  // --- opening ---
  // A directory by path, following symlinks; nothing if there is none.
  virtual std::optional<Dir> open_dir(const std::string& path);
  virtual std::optional<Dir> open_dir(const Dir& at, const std::string& name);
  // A file for reading by a relative path of any depth, which may not lead out of `at`. Opening
  // never blocks (a FIFO) and never has effects (a device): look at info() before reading.
  virtual std::optional<File> open_read(const Dir& at, const std::string& path,
                                        Symlinks symlinks = Symlinks::kRefuse);
  // Makes a new file for reading and writing; throws if the name is taken.
  virtual File create(const Dir& at, const std::string& name, Access access = Access::kUmask);
  // Makes a file without a name, for reading and writing by us alone, which never gets one.
  // `name` is used for an instant where the file system cannot do that.
  virtual File create_unnamed(const Dir& at, const std::string& name);
  // Opens for reading and writing, making it if need be (lock files, logs).
  virtual File open_or_create(const Dir& at, const std::string& name, Access access);
  // False if something of that name is there already.
  virtual bool make_dir(const Dir& at, const std::string& name, Access access);

  // --- reading and writing ---
  // Reads at `offset` until `buffer` is full or the file ends; returns how much it read.
  virtual std::size_t read(const File& file, std::uint64_t offset, std::span<std::byte> buffer);
  // Writes all of `bytes` at `offset`, or throws.
  virtual void write(const File& file, std::uint64_t offset, std::span<const std::byte> bytes);
  virtual void truncate(const File& file, std::uint64_t size);
  virtual FileInfo info(const File& file);
  virtual FileInfo info(const Dir& dir);
  virtual std::optional<FileInfo> info(const Dir& at, const std::string& name);
  // What a path leads to, following symlinks; a relative one begins at `at`.
  virtual std::optional<FileInfo> resolve_info(const Dir& at, const std::string& path);
  virtual std::vector<DirEntry> list(const Dir& dir);
  // Starts writing a range to the disk, without waiting; a hint.
  virtual void start_writeback(const File& file, std::uint64_t offset, std::uint64_t size);

  // --- changing names ---
  // Not every file system supports the first two modes: see move.h.
  virtual RenameResult rename(const Dir& from, const std::string& name, const Dir& to,
                              const std::string& new_name, RenameMode mode);
  // Gives a file a second name; false if that is taken.
  virtual bool link(const Dir& from, const std::string& name, const Dir& to,
                    const std::string& new_name);
  // False if there was nothing of that name.
  virtual bool unlink(const Dir& at, const std::string& name);
  virtual bool remove_dir(const Dir& at, const std::string& name);
  // Clears the read-only bit of a file or directory; false if it may not.
  virtual bool make_writable(const Dir& at, const std::string& name);

  // --- durability ---
  virtual void sync(const File& file);
  virtual void sync(const Dir& dir);
  // The whole file system of `dir`. False, and nothing is durable, if the platform lacks the call
  // or the file system does not pass it on (FUSE).
  virtual bool sync_file_system(const Dir& dir);
  // Lets the system forget what it keeps of the file in memory, as far as that is on the disk.
  virtual void uncache(const File& file);
  virtual std::uint64_t free_bytes(const Dir& dir);

  // A named crash point: called before each change of official state. Does nothing here; a test's
  // Files dies or throws at the point that the test chose.
  virtual void at(std::string_view point);
};

// Deletes `name` below `at` and all that is in it, clearing read-only bits, never following
// symlinks. Iterative, so depth is no danger. Returns the paths that could not be deleted.
std::vector<std::string> remove_tree(Files& files, const Dir& at, const std::string& name);

// A second handle to the same open directory or file.
Dir duplicate(const Dir& dir);
File duplicate(const File& file);

}  // namespace sluice::platform
