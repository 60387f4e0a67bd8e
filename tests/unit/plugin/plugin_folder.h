// A temporary directory in which tests lay out plugin folders; gone when the test ends.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include "platform/sha256.h"

namespace sluice::plugin {

class TempDir {
 public:
  TempDir() {
    std::string name = (std::filesystem::temp_directory_path() / "sluice-plugin-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
    path_ = name;
  }
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;
  ~TempDir() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline void write_file(const std::filesystem::path& path, const std::string& text) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

struct PluginText {
  std::string id = "example";
  std::string converter = "example";
  std::string abi = "1.0";
  std::string more = {};  // of the converter
  std::string library_bytes = "not a real library";

  std::string manifest() const {
    return "[plugin]\nid = \"" + id + "\"\nversion = \"1.2.3\"\nabi = \"" + abi +
           "\"\nlicense = \"Apache-2.0\"\nlibrary = \"example.so\"\nsha256 = \"" +
           platform::to_hex(platform::sha256(library_bytes)) + "\"\n\n[[converter]]\nid = \"" +
           converter + "\"\nextensions = [\"exa\"]\n" + more;
  }
};

// Writes a whole plugin into `folder`.
inline void write_plugin(const std::filesystem::path& folder, const PluginText& plugin = {}) {
  write_file(folder / "plugin.toml", plugin.manifest());
  write_file(folder / "example.so", plugin.library_bytes);
}

}  // namespace sluice::plugin
