// Nothing is passed over in silence: of generated trees, each entry is a source, skipped with a
// reason, a directory that was entered, or below one that was skipped or could not be read; and
// each is reported once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <map>
#include <random>
#include <set>

#include "kit/temp_dir.h"
#include "scan/scanner.h"

namespace sluice::scan {
namespace {

namespace fs = std::filesystem;

// A tree of everything that a home folder may hold, from a seed.
class TreeMaker {
 public:
  TreeMaker(const fs::path& root, unsigned seed) : random_(seed) {
    fill(root, 0);
    if (!fs::exists(fs::symlink_status(root / "y"))) fill(root / "y", 1);
  }

 private:
  template <typename Item>
  const Item& one_of(const std::vector<Item>& items) {
    return items[random_() % items.size()];
  }

  void fill(const fs::path& folder, int depth) {
    fs::create_directories(folder);
    const auto entries = random_() % 9;
    for (std::size_t i = 0; i < entries; ++i) make(folder, depth);
  }

  void make(const fs::path& folder, int depth) {
    static const std::vector<std::string> kStems = {"a", "b", "c", ".h", "~$d", "e\xFF", "f g"};
    static const std::vector<std::string> kExtensions = {".md", ".txt", ".js", ".MD", "", ".log"};
    static const std::vector<std::string> kFolders = {"x",   "y",     "node_modules", ".git",
                                                      "out", ".hide", "z.md"};
    static const std::vector<std::string> kTargets = {"a.md", "nowhere",     "..",     "../a.md",
                                                      ".",    "/etc/passwd", "x/a.md", "pipe"};
    static const std::vector<std::string> kRules = {
        "*.log", "!a.log", "out/", "/b.*", "x/a.md", "# no rule", "", "!*.txt", "c*", "**/y"};
    const fs::path file = folder / (one_of(kStems) + one_of(kExtensions));
    const fs::path sub = folder / one_of(kFolders);
    std::error_code taken;
    switch (random_() % 9) {
      case 0:
      case 1:
        if (depth < 4 && !fs::exists(fs::symlink_status(sub))) fill(sub, depth + 1);
        break;
      case 2:
        fs::create_symlink(one_of(kTargets), file, taken);
        break;
      case 3:
        ::mkfifo((folder / "pipe").c_str(), 0600);
        break;
      case 4:
        write(folder / (random_() % 2 == 0 ? ".gitignore" : ".sluiceignore"),
              one_of(kRules) + "\n" + one_of(kRules) + "\n");
        break;
      default:
        write(file, "text");
    }
  }

  static void write(const fs::path& file, const std::string& text) {
    if (fs::exists(fs::symlink_status(file))) return;
    std::ofstream(file, std::ios::binary) << text;
  }

  std::mt19937 random_;
};

struct Account {
  std::map<std::string, int> sources;
  std::map<std::string, int> skipped;
};

class Accounting : public ::testing::TestWithParam<unsigned> {
 protected:
  Account scan(const std::vector<std::string>& paths, ScanOptions options) {
    Account account;
    options.takes_extension = [](const std::string& extension) {
      return extension == "md" || extension == "txt";
    };
    options.ignore = {"node_modules/", "~$*", ".git"};
    options.on_skipped = [&account](Skipped&& one) {
      ++account.skipped[one.given];
      EXPECT_EQ(one.rule.empty(), one.why != SkipReason::kIgnored) << one.given;
    };
    Scanner scanner(files_, paths, options);
    while (const auto source = scanner.next()) ++account.sources[source->given];
    return account;
  }

  // What `find` sees below `root` must be what the account has.
  static void expect_complete(const fs::path& root, const Account& account) {
    std::set<std::string> found;
    const auto options = fs::directory_options::none;
    for (auto it = fs::recursive_directory_iterator(root, options);
         it != fs::recursive_directory_iterator(); ++it) {
      const std::string path = it->path().string();
      found.insert(path);
      const bool is_source = account.sources.contains(path);
      const bool is_skipped = account.skipped.contains(path);
      const bool is_folder = fs::is_directory(it->symlink_status());
      EXPECT_FALSE(is_source && is_skipped) << path;
      EXPECT_TRUE(is_source || is_skipped || is_folder) << path << " is not accounted for";
      if (is_folder && is_skipped) it.disable_recursion_pending();
    }
    for (const auto& list : {account.sources, account.skipped}) {
      for (const auto& [path, times] : list) {
        EXPECT_EQ(times, 1) << path;
        EXPECT_TRUE(found.contains(path)) << path << " stands below a folder that was skipped";
      }
    }
  }

  static std::vector<std::string> folders_below(const fs::path& root) {
    std::vector<std::string> folders;
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
      if (fs::is_directory(entry.symlink_status())) folders.push_back(entry.path().string());
    }
    std::sort(folders.begin(), folders.end());
    return folders;
  }

  test::TempDir tree_;
  platform::Files files_;
};

TEST_P(Accounting, EveryEntryIsASourceOrSkippedOnce) {
  const fs::path root = tree_.path("root");
  TreeMaker(root, GetParam());
  for (const bool hidden : {false, true}) {
    for (const bool ignore_files : {true, false}) {
      ScanOptions options;
      options.hidden = hidden;
      options.ignore_files = ignore_files;
      SCOPED_TRACE(std::to_string(GetParam()) + (hidden ? " hidden" : "") +
                   (ignore_files ? " ignore files" : ""));
      expect_complete(root, scan({root.string()}, options));
    }
  }
}

TEST_P(Accounting, SoItIsWithGlobs) {
  const fs::path root = tree_.path("root");
  TreeMaker(root, GetParam());
  ScanOptions options;
  options.globs = {"*.md", "!x", "!y/*"};
  expect_complete(root, scan({root.string()}, options));
}

// A folder below another one that is given as well: what the one leaves out and the other takes is
// no longer skipped.
TEST_P(Accounting, SoItIsWithNestedArguments) {
  const fs::path root = tree_.path("root");
  TreeMaker(root, GetParam());
  const auto folders = folders_below(root);
  const std::string& inner = folders[GetParam() % folders.size()];
  for (const auto& paths : {std::vector{root.string(), inner}, std::vector{inner, root.string()}}) {
    const Account account = scan(paths, {});
    for (const auto& [path, times] : account.sources) EXPECT_EQ(times, 1) << path;
    for (const auto& [path, times] : account.skipped) {
      EXPECT_EQ(times, 1) << path;
      EXPECT_FALSE(account.sources.contains(path)) << path;
    }
    // All of the inner folder is accounted for, whatever leads to it.
    for (auto it = fs::recursive_directory_iterator(inner);
         it != fs::recursive_directory_iterator(); ++it) {
      const std::string path = it->path().string();
      const bool is_folder = fs::is_directory(it->symlink_status());
      EXPECT_TRUE(is_folder || account.sources.contains(path) || account.skipped.contains(path))
          << path << " with " << paths.front() << " first";
      if (is_folder && account.skipped.contains(path)) it.disable_recursion_pending();
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Trees, Accounting, ::testing::Range(0U, 200U));

}  // namespace
}  // namespace sluice::scan
