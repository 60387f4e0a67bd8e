// Merging texts, against `git merge-file`: made-up versions of made-up texts, with few different
// lines, so that most changes could be found in several ways.
#include "owner/merge.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "kit/files.h"
#include "kit/temp_dir.h"
#include "staging/line_prints.h"

namespace sluice::owner {
namespace {

constexpr MergeLabels kLabels{"yours", "new"};

std::vector<std::uint64_t> prints_of(const std::string& text) {
  LinePrints prints;
  prints.update(text);
  return *unpack_line_prints(*prints.finish());
}

Merged merged(const std::string& base, const std::string& ours, const std::string& theirs) {
  return merge_texts(prints_of(base), ours, theirs, kLabels);
}

class TextMaker {
 public:
  explicit TextMaker(unsigned seed) : random_(seed) {}

  std::size_t number(std::size_t most) {
    return std::uniform_int_distribution<std::size_t>(0, most)(random_);
  }
  std::vector<std::string> text(std::size_t lines, std::size_t kinds) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < lines; ++i) out.push_back(line(kinds));
    return out;
  }
  // With so many places changed.
  std::vector<std::string> version(std::vector<std::string> lines, std::size_t changes,
                                   std::size_t kinds) {
    for (std::size_t i = 0; i < changes; ++i) {
      const std::size_t at = number(lines.size());
      const std::size_t gone = std::min(number(3), lines.size() - at);
      const auto begin = lines.begin() + static_cast<std::ptrdiff_t>(at);
      const auto place = lines.erase(begin, begin + static_cast<std::ptrdiff_t>(gone));
      const auto fresh = text(number(3), kinds);
      lines.insert(place, fresh.begin(), fresh.end());
    }
    return lines;
  }
  std::string joined(const std::vector<std::string>& lines, std::string_view line_end) {
    std::string out;
    for (const std::string& one : lines) out.append(one).append(line_end);
    // Now and then without a line end at its end.
    if (number(4) == 0) out = out.substr(0, out.size() - std::min(out.size(), line_end.size()));
    return out;
  }

 private:
  std::string line(std::size_t kinds) {
    const std::size_t kind = number(kinds);
    if (kind < 2) return "";
    if (kind == 2) return "---";
    return "line " + std::to_string(kind);
  }

  std::mt19937 random_;
};

class MergeAgainstGit : public ::testing::Test {
 protected:
  void SetUp() override {
    ::setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
    ::setenv("HOME", "/nonexistent", 1);
    if (std::system("git --version >/dev/null 2>&1") != 0) GTEST_SKIP() << "git is not installed";
  }
  std::string by_git(const std::string& base, const std::string& ours, const std::string& theirs) {
    test::write_file(dir_.path() + "/base", base);
    test::write_file(dir_.path() + "/ours", ours);
    test::write_file(dir_.path() + "/theirs", theirs);
    const std::string command = "cd '" + dir_.path() +
                                "' && git merge-file -p -L yours -L base -L new ours base theirs"
                                " >merged 2>errors; true";
    EXPECT_EQ(std::system(command.c_str()), 0);
    return test::read_file(dir_.path() + "/merged");
  }
  void compare(const std::string& base, const std::string& ours, const std::string& theirs,
               const std::string& what) {
    ASSERT_EQ(merged(base, ours, theirs).text, by_git(base, ours, theirs))
        << what << "\n--- base\n"
        << base << "\n--- ours\n"
        << ours << "\n--- theirs\n"
        << theirs;
  }

  test::TempDir dir_;
};

TEST_F(MergeAgainstGit, SmallTextsOfFewKindsOfLines) {
  for (unsigned seed = 0; seed < 150; ++seed) {
    TextMaker make(seed);
    const std::size_t kinds = 3 + make.number(12);
    const auto base = make.text(make.number(40), kinds);
    const auto ours = make.version(base, make.number(5), kinds);
    const auto theirs = make.version(base, make.number(5), kinds);
    compare(make.joined(base, "\n"), make.joined(ours, "\n"), make.joined(theirs, "\n"),
            "seed " + std::to_string(seed));
    if (HasFatalFailure()) return;
  }
}

// Above the bounds from which on git looks for any good way instead of the shortest.
TEST_F(MergeAgainstGit, LargeTextsWithManyChanges) {
  for (unsigned seed = 1000; seed < 1010; ++seed) {
    TextMaker make(seed);
    const std::size_t kinds = seed % 2 == 0 ? 30 : 3000;
    const auto base = make.text(2000 + make.number(4000), kinds);
    const std::size_t changes = seed % 3 == 0 ? 2500 : 600;
    const auto ours = make.version(base, changes, kinds);
    const auto theirs = make.version(base, make.number(changes), kinds);
    compare(make.joined(base, "\n"), make.joined(ours, "\n"), make.joined(theirs, "\n"),
            "seed " + std::to_string(seed));
    if (HasFatalFailure()) return;
  }
}

// The markers' line ends. What Sluice publishes ends its lines in LF.
TEST_F(MergeAgainstGit, OtherLineEnds) {
  for (unsigned seed = 2000; seed < 2030; ++seed) {
    TextMaker make(seed);
    const auto base = make.text(1 + make.number(8), 9);
    const auto ours = make.version(base, 1 + make.number(3), 9);
    const auto theirs = make.version(base, 1 + make.number(3), 9);
    compare(make.joined(base, "\n"), make.joined(ours, seed % 2 == 0 ? "\r\n" : "\n"),
            make.joined(theirs, seed % 3 == 0 ? "\r\n" : "\n"), "seed " + std::to_string(seed));
    if (HasFatalFailure()) return;
  }
}

TEST(Merge, TakesTheChangesOfBoth) {
  const Merged both = merged("a\n1\n2\n3\nb\n", "A\n1\n2\n3\nb\n", "a\n1\n2\n3\nB\n");
  EXPECT_EQ(both.text, "A\n1\n2\n3\nB\n");
  EXPECT_EQ(both.conflicts, 0U);
}

TEST(Merge, MarksWhereBothHaveChanged) {
  const Merged both = merged("a\nb\nc\n", "a\nmine\nc\n", "a\nother\nc\n");
  EXPECT_EQ(both.text, "a\n<<<<<<< yours\nmine\n=======\nother\n>>>>>>> new\nc\n");
  EXPECT_EQ(both.conflicts, 1U);
  EXPECT_EQ(marked_conflicts(both.text, "yours"), 1U);
  EXPECT_EQ(marked_conflicts(both.text, "new"), 0U);
  EXPECT_EQ(marked_conflicts("x <<<<<<< yours\n<<<<<<< yours and more\n", "yours"), 0U);
}

TEST(LinePrints, DoNotDependOnPieces) {
  TextMaker make(7);
  for (int round = 0; round < 50; ++round) {
    const std::string text = make.joined(make.text(make.number(30), 6), "\n");
    LinePrints pieces;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t size = 1 + make.number(9);
      pieces.update(std::string_view(text).substr(at, size));
      at += size;
    }
    std::vector<std::uint64_t> lines;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
      lines.push_back(line_print(std::string_view(text).substr(at, end - at)));
      at = end;
    }
    EXPECT_EQ(unpack_line_prints(*pieces.finish()), lines);
  }
}

TEST(LinePrints, RefuseWhatTheyDoNotMake) {
  EXPECT_EQ(unpack_line_prints("\x01"
                               "1234567"),
            std::nullopt);
  EXPECT_EQ(unpack_line_prints("\xff\xff\xff\xff\xff\xff\x7f"), std::nullopt);
  EXPECT_EQ(unpack_line_prints("\x80"), std::nullopt);
}

}  // namespace
}  // namespace sluice::owner
