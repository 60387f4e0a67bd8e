// The real file calls, each announced to a test before it is made: to count them, to record them,
// to fail them, or to die instead. Announced one at a time, whatever threads they come from.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "platform/error.h"
#include "platform/files.h"

namespace sluice::test {

enum class Call { kLook, kChange, kSync, kPoint };

// What the file system lacks: NTFS-3G, NFS and many of FUSE know no flags of renameat2; FAT has no
// hard links either.
enum class Renames { kAll, kNoFlags, kNoFlagsNoLinks };

class WatchedFiles : public platform::Files {
 public:
  using Dir = platform::Dir;
  using File = platform::File;
  // `object` is a name or, where there is none, an inode number.
  using Watch = std::function<void(Call, std::string_view call, const std::string& object)>;

  explicit WatchedFiles(Watch watch) : watch_(std::move(watch)) {}
  // False: this platform has no sync of a whole file system.
  bool has_file_system_sync = true;
  Renames renames = Renames::kAll;

  std::optional<Dir> open_dir(const std::string& path) override {
    tell(Call::kLook, "open_dir", path);
    return Files::open_dir(path);
  }
  std::optional<Dir> open_dir(const Dir& at, const std::string& name) override {
    tell(Call::kLook, "open_dir", name);
    return Files::open_dir(at, name);
  }
  std::optional<File> open_read(const Dir& at, const std::string& path,
                                platform::Symlinks symlinks) override {
    tell(Call::kLook, "open_read", path);
    return Files::open_read(at, path, symlinks);
  }
  File create(const Dir& at, const std::string& name, platform::Access access) override {
    tell(Call::kChange, "create", name);
    return Files::create(at, name, access);
  }
  File open_or_create(const Dir& at, const std::string& name, platform::Access access) override {
    tell(Call::kChange, "open_or_create", name);
    return Files::open_or_create(at, name, access);
  }
  bool make_dir(const Dir& at, const std::string& name, platform::Access access) override {
    tell(Call::kChange, "make_dir", name);
    return Files::make_dir(at, name, access);
  }
  std::size_t read(const File& file, std::uint64_t offset, std::span<std::byte> buffer) override {
    tell(Call::kLook, "read", "");
    return Files::read(file, offset, buffer);
  }
  void write(const File& file, std::uint64_t offset, std::span<const std::byte> bytes) override {
    tell(Call::kChange, "write", "");
    Files::write(file, offset, bytes);
  }
  void truncate(const File& file, std::uint64_t size) override {
    tell(Call::kChange, "truncate", "");
    Files::truncate(file, size);
  }
  platform::FileInfo info(const File& file) override {
    tell(Call::kLook, "info", "");
    return Files::info(file);
  }
  platform::FileInfo info(const Dir& dir) override {
    tell(Call::kLook, "info", "");
    return Files::info(dir);
  }
  std::optional<platform::FileInfo> info(const Dir& at, const std::string& name) override {
    tell(Call::kLook, "info", name);
    return Files::info(at, name);
  }
  std::optional<platform::FileInfo> resolve_info(const Dir& at, const std::string& path) override {
    tell(Call::kLook, "resolve_info", path);
    return Files::resolve_info(at, path);
  }
  std::vector<platform::DirEntry> list(const Dir& dir) override {
    tell(Call::kLook, "list", "");
    return Files::list(dir);
  }
  platform::RenameResult rename(const Dir& from, const std::string& name, const Dir& to,
                                const std::string& new_name, platform::RenameMode mode) override {
    if (renames != Renames::kAll && mode != platform::RenameMode::kReplace) {
      throw SystemError("rename", name, std::make_error_code(std::errc::invalid_argument));
    }
    tell(Call::kChange, "rename", name);
    return Files::rename(from, name, to, new_name, mode);
  }
  bool link(const Dir& from, const std::string& name, const Dir& to,
            const std::string& new_name) override {
    if (renames == Renames::kNoFlagsNoLinks) {
      throw SystemError("link", name, std::make_error_code(std::errc::operation_not_permitted));
    }
    tell(Call::kChange, "link", name);
    return Files::link(from, name, to, new_name);
  }
  bool unlink(const Dir& at, const std::string& name) override {
    tell(Call::kChange, "unlink", name);
    return Files::unlink(at, name);
  }
  bool remove_dir(const Dir& at, const std::string& name) override {
    tell(Call::kChange, "remove_dir", name);
    return Files::remove_dir(at, name);
  }
  bool make_writable(const Dir& at, const std::string& name) override {
    tell(Call::kChange, "make_writable", name);
    return Files::make_writable(at, name);
  }
  void sync(const File& file) override {
    tell(Call::kSync, "sync", std::to_string(Files::info(file).identity.inode));
    Files::sync(file);
  }
  void sync(const Dir& dir) override {
    tell(Call::kSync, "sync", std::to_string(Files::info(dir).identity.inode));
    Files::sync(dir);
  }
  bool sync_file_system(const Dir& dir) override {
    tell(Call::kSync, "sync_file_system", "");
    return has_file_system_sync && Files::sync_file_system(dir);
  }
  void at(std::string_view point) override { tell(Call::kPoint, point, ""); }

 private:
  void tell(Call call, std::string_view what, const std::string& object) {
    const std::lock_guard one_at_a_time(mutex_);
    watch_(call, what, object);
  }

  std::mutex mutex_;
  Watch watch_;
};

}  // namespace sluice::test
