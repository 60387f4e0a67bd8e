// Plugin folders as tests lay them out.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include "kit/files.h"
#include "kit/temp_dir.h"
#include "platform/sha256.h"

namespace sluice::plugin {

using test::write_file;

struct PluginText {
  std::string id = "example";
  std::string converter = "example";
  std::string abi = "1.0";
  std::string more = {};  // of the converter
  std::string library_bytes = "not a real library";
  std::string data = {};  // of a further file, words.dat; none if empty

  std::string manifest() const {
    return "[plugin]\nid = \"" + id + "\"\nversion = \"1.2.3\"\nabi = \"" + abi +
           "\"\nlicense = \"Apache-2.0\"\nlibrary = \"example.so\"\nsha256 = \"" +
           platform::to_hex(platform::sha256(library_bytes)) + "\"\n" + files_line() +
           "\n[[converter]]\nid = \"" + converter + "\"\nextensions = [\"exa\"]\n" + more;
  }
  std::string files_line() const {
    return data.empty() ? ""
                        : "files = [{ name = \"words.dat\", sha256 = \"" +
                              platform::to_hex(platform::sha256(data)) + "\" }]\n";
  }
};

// Writes a whole plugin into `folder`.
inline void write_plugin(const std::filesystem::path& folder, const PluginText& plugin = {}) {
  write_file(folder / "plugin.toml", plugin.manifest());
  write_file(folder / "example.so", plugin.library_bytes);
  if (!plugin.data.empty()) write_file(folder / "words.dat", plugin.data);
}

}  // namespace sluice::plugin
