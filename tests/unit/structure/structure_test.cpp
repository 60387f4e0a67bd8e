// The shape of the code: dependencies run one way, heavy and system headers stay where they belong.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "kit/paths.h"

namespace {

namespace fs = std::filesystem;

struct Include {
  std::string file;  // relative to the project
  std::string header;
  bool is_system = false;
};

bool is_source(const fs::path& path) {
  const std::string extension = path.extension().string();
  return extension == ".h" || extension == ".hpp" || extension == ".cpp";
}

std::vector<Include> includes_below(const std::string& folder) {
  static const std::regex kInclude(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"])");
  const fs::path root = sluice::test::project_folder();
  std::vector<Include> found;
  for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
    if (!entry.is_regular_file() || !is_source(entry.path())) continue;
    std::ifstream file(entry.path());
    std::string line;
    while (std::getline(file, line)) {
      std::smatch match;
      if (!std::regex_search(line, match, kInclude)) continue;
      found.push_back({entry.path().lexically_relative(root).string(), match[2], match[1] == "<"});
    }
  }
  return found;
}

bool starts_with(const std::string& text, const std::string& prefix) {
  return text.rfind(prefix, 0) == 0;
}

// What a header shows, its readers depend on: the contract with plugin authors names no library.
TEST(Structure, HeadersOfTheSdkShowNoLibrary) {
  const auto all = includes_below("sdk/include");
  EXPECT_GT(all.size(), 50u);
  for (const Include& include : all) {
    const bool is_own = starts_with(include.header, "sluice/") || include.header == "abi.h";
    const bool is_standard = include.header.find_first_of("./") == std::string::npos ||
                             include.header == "stdint.h" || include.header == "stddef.h";
    EXPECT_TRUE(is_own || is_standard) << include.file << " includes " << include.header;
  }
}

void expect_includes_none_of(const std::vector<Include>& all,
                             const std::vector<std::string>& folders) {
  for (const Include& include : all) {
    for (const std::string& folder : folders) {
      EXPECT_FALSE(starts_with(include.header, folder))
          << include.file << " includes " << include.header;
    }
  }
}

TEST(Structure, PluginsAndSdkIncludeNothingOfTheHost) {
  std::vector<Include> all = includes_below("plugins");
  for (const char* folder : {"sdk/include", "sdk/src", "sdk/template", "sdk/examples"}) {
    const auto more = includes_below(folder);
    all.insert(all.end(), more.begin(), more.end());
  }
  expect_includes_none_of(all, {"platform/", "plugin/", "model/", "staging/", "scan/", "worker/",
                                "fetch/", "prepare/", "owner/", "cli/", "conformance/", "tools/"});
  EXPECT_GT(all.size(), 20U);
}

// The tool of the SDK reads manifests as the host does, with its code, and knows no more of it.
TEST(Structure, TheToolOfTheSdkReadsManifestsAlone) {
  for (const char* folder : {"sdk/tools", "sdk/conformance"}) {
    const auto all = includes_below(folder);
    expect_includes_none_of(
        all, {"model/", "staging/", "scan/", "worker/", "fetch/", "prepare/", "owner/", "cli/"});
    EXPECT_GT(all.size(), 20U);
  }
}

TEST(Structure, SystemCallsStayBehindThePlatformFolder) {
  const std::set<std::string> posix = {"unistd.h", "fcntl.h", "signal.h",  "poll.h",
                                       "dirent.h", "spawn.h", "pthread.h", "sched.h"};
  for (const Include& include : includes_below("host")) {
    if (!include.is_system) continue;
    const bool is_posix = posix.contains(include.header) || starts_with(include.header, "sys/") ||
                          starts_with(include.header, "linux/");
    if (!is_posix) continue;
    EXPECT_NE(include.file.find("/posix/"), std::string::npos)
        << include.file << " includes " << include.header;
  }
}

TEST(Structure, HeavyHeadersStayOutOfHeaders) {
  const std::vector<std::string> heavy = {"nlohmann/", "toml++/",  "CLI/",      "boost/",
                                          "spdlog/",   "unicode/", "sqlite3.h", "openssl/",
                                          "nettle/",   "libxml/",  "md4c"};
  std::vector<Include> all = includes_below("host");
  for (const char* folder : {"sdk/include", "plugins"}) {
    const auto more = includes_below(folder);
    all.insert(all.end(), more.begin(), more.end());
  }
  for (const Include& include : all) {
    if (include.file.ends_with(".cpp")) continue;
    for (const std::string& prefix : heavy) {
      EXPECT_FALSE(starts_with(include.header, prefix))
          << include.file << " includes " << include.header;
    }
  }
}

// What a toolchain that Sluice is to be built with lacks, or gets wrong.
TEST(Structure, UnportableFacilitiesAreNotUsed) {
  const std::vector<std::string> banned = {"<format>",     "<print>",          "<expected>",
                                           "<latch>",      "<barrier>",        "<semaphore>",
                                           "<stop_token>", "<source_location>"};
  std::vector<Include> all = includes_below("host");
  for (const char* folder : {"sdk", "plugins"}) {
    const auto more = includes_below(folder);
    all.insert(all.end(), more.begin(), more.end());
  }
  for (const Include& include : all) {
    const std::string header = "<" + include.header + ">";
    EXPECT_EQ(std::count(banned.begin(), banned.end(), header), 0)
        << include.file << " includes " << header;
  }
}

// "1 document", "2 documents" (sluice/counted.hpp); never "document(s)".
TEST(Structure, NoMessageLeavesThePluralToItsReader) {
  static const std::regex kOpenPlural(R"re("[^"]*[a-z]\((s|es)\)[^"]*")re");
  std::size_t texts = 0;
  for (const char* folder : {"host", "sdk", "plugins"}) {
    const fs::path root = sluice::test::project_folder();
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      if (!entry.is_regular_file() || !is_source(entry.path())) continue;
      std::ifstream file(entry.path());
      for (std::string line; std::getline(file, line);) {
        texts += line.find('"') != std::string::npos ? 1 : 0;
        if (line.find("s)") == std::string::npos) continue;
        EXPECT_FALSE(std::regex_search(line, kOpenPlural)) << entry.path() << ": " << line;
      }
    }
  }
  EXPECT_GT(texts, 5000U);
}

}  // namespace
