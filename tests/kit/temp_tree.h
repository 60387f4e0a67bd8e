// A folder below the system's temporary one, for a test to fill; it goes with the object.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

namespace sluice::testing_support {

class TempTree {
 public:
  TempTree() {
    std::string path = std::filesystem::temp_directory_path() / "sluice-test-XXXXXX";
    if (::mkdtemp(path.data()) == nullptr) throw std::runtime_error("no temporary folder");
    root_ = std::filesystem::canonical(path);
  }
  ~TempTree() {
    std::error_code error;
    std::filesystem::remove_all(root_, error);
  }
  TempTree(const TempTree&) = delete;
  TempTree& operator=(const TempTree&) = delete;

  // The absolute path, without symlinks, of something in it.
  std::string path(std::string_view relative = {}) const {
    return relative.empty() ? root_.string() : (root_ / relative).string();
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

}  // namespace sluice::testing_support
