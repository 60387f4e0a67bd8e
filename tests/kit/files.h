// Files of a test, and what a folder holds.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>

namespace sluice::test {

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}
// Makes the folders above it, too.
inline void write_file(const std::filesystem::path& path, std::string_view content) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
}

// What is below a folder, by relative path: files with their bytes, symlinks with "-> target";
// directories end in "/", all else is "special".
using Tree = std::map<std::string, std::string>;
inline Tree tree_of(const std::filesystem::path& root) {
  namespace fs = std::filesystem;
  Tree tree;
  if (!fs::exists(root)) return tree;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    const std::string name = entry.path().lexically_relative(root).string();
    if (entry.is_symlink()) {
      tree[name] = "-> " + fs::read_symlink(entry.path()).string();
    } else if (entry.is_directory()) {
      tree[name + "/"] = "";
    } else {
      tree[name] = entry.is_regular_file() ? read_file(entry.path()) : "special";
    }
  }
  return tree;
}

// raw/ and wiki/ of a KB.
inline Tree published_tree(const std::filesystem::path& kb) {
  Tree tree;
  for (const std::string part : {"raw", "wiki"}) {
    for (auto& [name, content] : tree_of(kb / part)) tree[part + "/" + name] = std::move(content);
  }
  return tree;
}
// Without the log, whose times differ.
inline Tree without_log(Tree tree) {
  tree.erase("wiki/log.md");
  return tree;
}

}  // namespace sluice::test
