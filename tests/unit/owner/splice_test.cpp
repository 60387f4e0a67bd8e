// Rewriting a file at recorded positions, against the same done with a string: files of several
// blocks, edits at and across their borders. And how many calls that takes.
#include "owner/splice.h"

#include <gtest/gtest.h>

#include <random>

#include "kit/files.h"
#include "kit/temp_dir.h"

namespace sluice::owner {
namespace {

class CountingFiles : public platform::Files {
 public:
  std::size_t read(const platform::File& file, std::uint64_t position,
                   std::span<std::byte> bytes) override {
    ++calls;
    return Files::read(file, position, bytes);
  }
  void write(const platform::File& file, std::uint64_t position,
             std::span<const std::byte> bytes) override {
    ++calls;
    Files::write(file, position, bytes);
  }
  int calls = 0;
};

class SpliceTest : public testing::Test {
 protected:
  std::optional<std::string> spliced(const std::string& text, const std::vector<Edit>& edits) {
    test::write_file(folder_.path("from"), text);
    std::filesystem::remove(folder_.path("to"));
    files_.calls = 0;
    const auto written = splice(files_, dir_, "from", edits, dir_, "to", &read_);
    if (!written) return std::nullopt;
    std::string made = test::read_file(folder_.path("to"));
    EXPECT_EQ(written->sha256, platform::sha256(made));
    EXPECT_EQ(written->size(), made.size());
    EXPECT_EQ(read_, platform::sha256(text));
    return made;
  }

  test::TempDir folder_;
  CountingFiles files_;
  platform::Dir dir_ = files_.open_dir(folder_.path("")).value();
  platform::Sha256Digest read_{};
};

TEST_F(SpliceTest, IsTheSameAsWithAString) {
  std::mt19937 random(11);
  for (int round = 0; round < 60; ++round) {
    std::string text(random() % 200'000, ' ');
    for (char& c : text) c = static_cast<char>('a' + random() % 26);
    std::vector<Edit> edits;
    std::string expected;
    std::size_t done = 0;
    while (done < text.size()) {
      const std::size_t position = std::min<std::size_t>(done + random() % 20'000, text.size());
      const std::size_t length = std::min<std::size_t>(random() % 3'000, text.size() - position);
      const std::string made(random() % 2'000, 'X');
      edits.push_back({position, length, text.substr(position, length), made});
      expected += text.substr(done, position - done) + made;
      done = position + length;
    }
    const auto made = spliced(text, edits);
    ASSERT_TRUE(made);
    EXPECT_TRUE(*made == expected + text.substr(done)) << round;
  }
}

TEST_F(SpliceTest, LongTextsAreWrittenWhole) {
  const std::string much(150'000, 'm');
  EXPECT_TRUE(spliced("ab", {{1, 0, "", much}}) == "a" + much + "b");
}

TEST_F(SpliceTest, WhatDoesNotFitIsRefused) {
  const std::string text = std::string(70'000, 'a') + "link" + std::string(70'000, 'b');
  EXPECT_TRUE(spliced(text, {{70'000, 4, "link", "LINK"}}));
  EXPECT_FALSE(spliced(text, {{70'000, 4, "lint", "LINK"}}));
  EXPECT_FALSE(spliced(text, {{70'001, 4, "link", "LINK"}}));
  EXPECT_FALSE(spliced(text, {{140'003, 4, "bb", "x"}}));
  EXPECT_FALSE(std::filesystem::exists(folder_.path("to")));
}

// 50,000 links of 5,000 notes: piece by piece they took 42 calls for each note.
TEST_F(SpliceTest, ManyEditsTakeNoMoreCallsThanOne) {
  const std::string text(4'000, 'a');
  std::vector<Edit> edits;
  for (std::uint64_t at = 100; at < 4'000; at += 100) edits.push_back({at, 3, "aaa", "bbbb"});
  ASSERT_TRUE(spliced(text, edits));
  EXPECT_EQ(files_.calls, 2);
}

}  // namespace
}  // namespace sluice::owner
