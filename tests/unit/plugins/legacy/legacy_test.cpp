// Documents of old programs, built here byte by byte: what they say is in the Markdown, and damaged
// ones end.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <random>
#include <sluice/testing.hpp>

#include "kit/compound_file_builder.h"
#include "kit/corpus.h"
#include "legacy/converter.hpp"

namespace sluice::legacy {
namespace {

using std::string_literals::operator""s;
using test::little;
using ::testing::HasSubstr;

struct LegacyRun {
  explicit LegacyRun(std::string source, const std::string& password = "")
      : job(std::move(source), "a.wpd", "application/vnd.wordperfect") {
    job.set_options("{\"password\":\"" + password + "\"}");
    outcome = job.run(converter);
  }
  RecordingJob job;
  LegacyConverter converter;
  Outcome outcome = Outcome::kInternal;
};

// A text of WordPerfect 5.
std::string word_perfect(const std::string& text) {
  return "\xFFWPC\x1A\0\0\0\x01\x0A\0\x01\0\0\0\0\xFB\xFF\x05\0\x32\0\0\0\0\0"s + text;
}

// A sheet of Lotus 1-2-3, release 2.
class Lotus {
 public:
  Lotus& text(int column, int row, const std::string& value) {
    return record(0x0F, cell(column, row) + "'" + value + '\0');
  }
  Lotus& number(int column, int row, double value) {
    return record(0x0E, cell(column, row) + little(std::bit_cast<std::uint64_t>(value), 8));
  }
  Lotus& integer(int column, int row, int value) {
    return record(0x0D, cell(column, row) + little(static_cast<std::uint16_t>(value), 2));
  }
  std::string bytes() const {
    return little(0, 2) + little(2, 2) + little(0x0406, 2) + records_ + little(1, 2) + little(0, 2);
  }

 private:
  static std::string cell(int column, int row) {
    return "\xFF" + little(static_cast<std::uint64_t>(column), 2) +
           little(static_cast<std::uint64_t>(row), 2);
  }
  Lotus& record(int type, const std::string& body) {
    records_ += little(static_cast<std::uint64_t>(type), 2) + little(body.size(), 2) + body;
    return *this;
  }
  std::string records_;
};

TEST(Legacy, TextsOfWordPerfect) {
  LegacyRun run(
      word_perfect("First \xC3\x0C\xC3"
                   "bold\xC4\x0C\xC4 and \xC3\x08\xC3"
                   "slanted\xC4\x08\xC4.\n"
                   "caf\xC0\x29\x01\xC0 second\n"));
  EXPECT_EQ(run.outcome, Outcome::kOk) << run.job.reason();
  EXPECT_EQ(run.job.body(), "First **bold** and *slanted*.\n\ncaf\u00E9 second\n");
  EXPECT_EQ(run.job.violations(), std::vector<std::string>());
}

TEST(Legacy, SheetsOfLotus) {
  LegacyRun run(Lotus()
                    .text(0, 0, "Name")
                    .text(1, 0, "Price")
                    .text(0, 1, "Mill")
                    .number(1, 1, 12.5)
                    .text(0, 2, "Weir")
                    .integer(1, 2, -3)
                    .bytes());
  EXPECT_EQ(run.outcome, Outcome::kOk) << run.job.reason();
  const std::string body = run.job.body();
  for (const char* part : {"Name", "Price", "Mill", "12.5", "Weir", "-3"}) {
    EXPECT_THAT(body, HasSubstr(part));
  }
  EXPECT_THAT(body, HasSubstr("| ---"));
}

TEST(Legacy, TextsThatOthersWrote) {
  for (const char* path :
       {"WordPerfect6/testWordPerfect_6_61.wpd", "WordPerfect51/testWordPerfect_51_52.doc",
        "WordPerfect50/testWordPerfect_50.doc", "MSWrite/testWindowsWrite.wri"}) {
    const auto bytes =
        test::corpus_file("office-legacy", "format-corpus/office/wordprocessing/"s + path);
    if (!bytes) GTEST_SKIP() << "the corpus has no " << path;
    LegacyRun run(*bytes);
    EXPECT_EQ(run.outcome, Outcome::kOk) << run.job.reason();
    EXPECT_TRUE(run.job.body().starts_with("**Sluwe Sjaantje sloeg de slome slager**\n\nSluwe"))
        << run.job.body();
  }
}

TEST(Legacy, WhatNoProgramWroteIsUnsupported) {
  EXPECT_EQ(LegacyRun("").outcome, Outcome::kEmpty);
  for (const std::string& bytes :
       {"no such thing at all"s, std::string(300, '\x07'), std::string(300, '\0')}) {
    LegacyRun run(bytes);
    EXPECT_EQ(run.outcome, Outcome::kUnsupported) << run.job.reason();
  }
}

// The key of a password is in the header.
TEST(Legacy, ProtectedTextsAreEncrypted) {
  std::string bytes = word_perfect("secret\n");
  bytes[12] = 0x34;
  bytes[13] = 0x12;
  LegacyRun without(bytes);
  EXPECT_EQ(without.outcome, Outcome::kEncrypted) << without.job.reason();
  LegacyRun wrong(bytes, "wrong");
  EXPECT_EQ(wrong.outcome, Outcome::kEncrypted) << wrong.job.reason();
  EXPECT_EQ(wrong.job.reason(), "the password does not open the document");
}

TEST(Legacy, TextsOfWhichNothingIsThereAreMalformed) {
  LegacyRun run(word_perfect("\n"));
  EXPECT_EQ(run.outcome, Outcome::kMalformed);
  EXPECT_EQ(run.job.reason(), "the document is damaged; nothing of it can be read");
}

TEST(Legacy, CutAnywhereEnds) {
  const std::string text = word_perfect(
      "First \xC3\x0C\xC3"
      "bold\xC4\x0C\xC4 word.\n");
  const std::string sheet = Lotus().text(0, 0, "Name").number(1, 1, 12.5).bytes();
  for (const std::string& whole : {text, sheet}) {
    for (std::size_t size = 0; size < whole.size(); ++size) {
      LegacyRun run(whole.substr(0, size));
      EXPECT_NE(run.outcome, Outcome::kInternal) << size << ": " << run.job.reason();
      EXPECT_EQ(run.job.violations(), std::vector<std::string>()) << size;
    }
  }
}

TEST(Legacy, AnyByteMayBeWrong) {
  std::mt19937 random(5);
  const std::string text = word_perfect(
      "First \xC3\x0C\xC3"
      "bold\xC4\x0C\xC4 caf\xC0\x29\x01\xC0.\n");
  const std::string sheet = Lotus().text(0, 0, "Name").number(1, 1, 12.5).integer(3, 4, 5).bytes();
  for (const std::string& whole : {text, sheet}) {
    for (int round = 0; round < 300; ++round) {
      std::string damaged = whole;
      for (int i = 0; i < 3; ++i) damaged[random() % damaged.size()] = static_cast<char>(random());
      LegacyRun run(damaged);
      EXPECT_NE(run.outcome, Outcome::kInternal) << round << ": " << run.job.reason();
      EXPECT_EQ(run.job.violations(), std::vector<std::string>()) << round;
    }
  }
}

TEST(Legacy, Canary) {
  LegacyConverter converter;
  EXPECT_EQ(canary_fault(converter, R"({"password":""})"), "");
}

}  // namespace
}  // namespace sluice::legacy
