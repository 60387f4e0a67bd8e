// A temporary directory and what a test puts into it; gone when the test ends.
#pragma once

#include <stdlib.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>

namespace sluice::test {

class TempDir {
 public:
  // kMemory: in memory where there is such a place, for tests of which calls are made rather than
  // of the disk.
  enum class Where { kDisk, kMemory };

  explicit TempDir(Where where = Where::kDisk) {
    namespace fs = std::filesystem;
    const bool in_memory =
        where == Where::kMemory && fs::is_directory("/dev/shm") && ::access("/dev/shm", W_OK) == 0;
    const fs::path parent = in_memory ? fs::path("/dev/shm") : fs::temp_directory_path();
    std::string path = (parent / "sluice-test-XXXXXX").string();
    if (::mkdtemp(path.data()) == nullptr) throw std::runtime_error("no temporary directory");
    root_ = fs::canonical(path);
  }
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;
  ~TempDir() {
    namespace fs = std::filesystem;
    std::error_code ignored;
    for (const auto& entry : fs::recursive_directory_iterator(
             root_, fs::directory_options::skip_permission_denied, ignored)) {
      if (entry.is_directory(ignored) && !entry.is_symlink(ignored)) {
        fs::permissions(entry.path(), fs::perms::owner_all, fs::perm_options::add, ignored);
      }
    }
    fs::remove_all(root_, ignored);
  }

  // The absolute path, without symlinks, of something in it.
  std::string path(std::string_view relative = {}) const {
    return relative.empty() ? root_.string() : (root_ / relative).string();
  }
  std::filesystem::path operator/(const std::filesystem::path& relative) const {
    return root_ / relative;
  }

  // Makes a file and the folders above it.
  void file(std::string_view relative, std::string_view text = "text") const {
    const std::filesystem::path target = root_ / relative;
    std::filesystem::create_directories(target.parent_path());
    std::ofstream(target, std::ios::binary) << text;
    if (!std::filesystem::exists(target)) throw std::runtime_error("cannot make a test file");
  }
  void folder(std::string_view relative) const {
    std::filesystem::create_directories(root_ / relative);
  }
  void symlink(std::string_view relative, std::string_view target) const {
    std::filesystem::create_symlink(target, root_ / relative);
  }
  std::string read(std::string_view relative) const {
    std::ifstream in(root_ / relative, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }

 private:
  std::filesystem::path root_;
};

}  // namespace sluice::test
