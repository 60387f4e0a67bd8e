// Folders to scan, and what a scan of them hands out.
#pragma once

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <map>

#include "kit/temp_dir.h"
#include "platform/error.h"
#include "scan/scanner.h"

namespace sluice::scan {

class ScannerTest : public ::testing::Test {
 protected:
  ScannerTest() {
    options.takes_extension = [](const std::string& extension) {
      return extension == "md" || extension == "txt";
    };
    options.on_skipped = [this](Skipped&& one) {
      EXPECT_TRUE(skipped.emplace(one.given, word(one.why)).second) << one.given;
      rules[one.given] = one.rule;
    };
  }

  // Sources below `relative` paths of the tree, as path keys, without the tree's own path.
  std::vector<std::string> scan(const std::vector<std::string>& relative) {
    std::vector<std::string> paths;
    for (const std::string& path : relative) paths.push_back(tree.path(path));
    return scan_paths(paths);
  }
  std::vector<std::string> scan_paths(const std::vector<std::string>& paths) {
    Scanner scanner(files, paths, options);
    std::vector<std::string> found;
    shown.clear();
    problems.clear();
    skipped.clear();
    while (auto source = scanner.next()) {
      if (source->problem) {
        problems.push_back({source->given, source->problem->reason});
        continue;
      }
      std::string key = source->path_key();
      if (key.starts_with(tree.path() + "/")) key.erase(0, tree.path().size() + 1);
      found.push_back(key);
      shown.push_back(source->given);
      EXPECT_TRUE(files.open_read(source->root->dir, source->relative, platform::Symlinks::kInside))
          << key;
    }
    EXPECT_FALSE(scanner.next());
    return found;
  }
  // Why something below the tree was left out; empty if it was not.
  std::string reason(const std::string& relative) const {
    const auto found = skipped.find(tree.path(relative));
    return found == skipped.end() ? "" : found->second;
  }
  void make_kb(const std::string& relative) {
    for (const char* own : {"/.sluice", "/wiki/sources", "/raw"}) tree.folder(relative + own);
    tree.file(relative + "/wiki/index.md");
    tree.file(relative + "/wiki/sources/a.md");
    tree.file(relative + "/raw/a.md");
    options.kb_path = tree.path(relative);
  }
  test::TempDir tree;
  platform::Files files;
  ScanOptions options;
  struct Problem {
    std::string given;
    std::string reason;
  };
  std::vector<Problem> problems;
  std::map<std::string, std::string> skipped;  // what was left out, and why
  std::map<std::string, std::string> rules;
  std::vector<std::string> shown;
};

}  // namespace sluice::scan
