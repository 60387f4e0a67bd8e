// Cues of each format, captions that roll, and files that are broken or hostile.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sluice/testing.hpp>
#include <string>
#include <utility>

#include "kit/corpus.h"
#include "subtitles/converter.hpp"
#include "subtitles/cues.hpp"

namespace sluice::subtitles {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Sample {
  explicit Sample(std::string source, bool times = true, const std::string& charset = "auto")
      : job(std::move(source), "film.srt", "application/x-subrip") {
    job.set_options(std::string(R"({"times": )") + (times ? "true" : "false") +
                    R"(, "charset": ")" + charset + "\"}");
  }
  Outcome run() {
    SubtitlesConverter converter;
    const Outcome outcome = job.run(converter);
    EXPECT_THAT(job.violations(), IsEmpty());
    return outcome;
  }
  RecordingJob job;
};

std::string markdown(const std::string& source, bool times = true) {
  Sample sample(source, times);
  EXPECT_EQ(sample.run(), Outcome::kOk) << sample.job.reason();
  return sample.job.body();
}

TEST(Subtitles, CanaryComesOutAsItMust) {
  SubtitlesConverter converter;
  EXPECT_EQ(canary_fault(converter, R"({"times": true, "charset": "auto"})"), "");
}

TEST(SubRip, CuesAreItemsWithTheirTimes) {
  EXPECT_EQ(
      markdown(
          "1\n00:00:01,000 --> 00:00:02,500\nOne\nline\n\n2\n01:02:03,900 --> 01:02:05,000\nTwo\n"),
      "- **0:00:01** One line\n- **1:02:03** Two\n");
}

TEST(SubRip, TextGoesOnOverBlankLines) {
  EXPECT_EQ(
      markdown(
          "1\n00:00:01,000 --> 00:00:02,000\nOne\n\nmore\n\n2\n00:00:03,000 --> 00:00:04,000\n7\n"),
      "- **0:00:01** One more\n- **0:00:03** 7\n");
}

TEST(SubRip, NumbersMayBeMissing) {
  EXPECT_EQ(markdown("00:00:01,000 --> 00:00:02,000\nOne\n\n00:00:03.5 -> 00:00:04\nTwo\n"),
            "- **0:00:01** One\n- **0:00:03** Two\n");
}

TEST(SubRip, NumbersThatAreTextStay) {
  EXPECT_EQ(
      markdown(
          "1\n00:00:01,000 --> 00:00:02,000\nIn\n1984\n\n2\n00:00:03,000 --> 00:00:04,000\nTwo\n"),
      "- **0:00:01** In 1984\n- **0:00:03** Two\n");
}

TEST(SubRip, TagsAndPlacesAreNoText) {
  EXPECT_EQ(markdown("1\n00:00:01,000 --> 00:00:02,000 X1:5 X2:9\n{\\an8}<font "
                     "color=\"#fff\"><i>Hi</i></font> a < b &amp; "
                     "<3 <sighs>\n"),
            "- **0:00:01** Hi a < b & <3 \\<sighs>\n");
}

TEST(SubRip, AnyLineEndAndEncoding) {
  EXPECT_EQ(markdown("\xEF\xBB\xBF"
                     "1\r\n00:00:01,000 --> 00:00:02,000\r\nA\r\n"),
            "- **0:00:01** A\n");
  EXPECT_EQ(markdown("1\r00:00:01,000 --> 00:00:02,000\rA\r"), "- **0:00:01** A\n");
  Sample cyrillic("1\n00:00:01,000 --> 00:00:02,000\n\xCF\xF0\xE8\xE2\xE5\xF2\n", true,
                  "windows-1251");
  EXPECT_EQ(cyrillic.run(), Outcome::kOk);
  EXPECT_EQ(cyrillic.job.body(), "- **0:00:01** \u041F\u0440\u0438\u0432\u0435\u0442\n");
}

TEST(SubRip, TimesThatCannotBeReadAreReported) {
  Sample sample("1\n00:00:01,000 --> 00:00:02,000\nA\n\n2\nxx --> 00:00:04,000\nB\n");
  EXPECT_EQ(sample.run(), Outcome::kOk);
  EXPECT_THAT(sample.job.body(), HasSubstr("B"));
  ASSERT_EQ(sample.job.warnings().size(), 1U);
  EXPECT_EQ(sample.job.warnings()[0].code, "bad-time");
}

TEST(WebVtt, VoicesHeadersAndRemarks) {
  Sample sample(
      "WEBVTT - The film\nKind: captions\nLanguage: de\n\nNOTE a remark\n00\n\nSTYLE\n::cue { "
      "}\n\nintro\n00:01.000 --> "
      "00:02.000 align:left\n<v.loud Ann>Hi</v> <00:01.500><c>there</c>\n\n00:03.000 --> "
      "00:04.000\nBye &lt;now&gt;\n");
  EXPECT_EQ(sample.run(), Outcome::kOk);
  EXPECT_EQ(sample.job.body(), "- **0:00:01** Ann: Hi there\n- **0:00:03** Bye \\<now>\n");
  EXPECT_EQ(sample.job.metadata().at("title"), "The film");
  EXPECT_EQ(sample.job.metadata().at("language"), "de");
}

TEST(SubStation, DialoguesInTheOrderInWhichTheyAreShown) {
  Sample sample(
      "[Script Info]\nTitle: T\n[V4+ Styles]\nFormat: Name\n[Events]\nFormat: Layer, Start, End, "
      "Style, Name, MarginL, "
      "MarginR, MarginV, Effect, Text\nDialogue: 0,0:00:05.00,0:00:06.00,D,,0,0,0,,late, but "
      "here\nComment: "
      "0,0:00:00.00,0:00:01.00,D,,0,0,0,,no\nDialogue: "
      "0,0:00:01.50,0:00:02.00,D,Bob,0,0,0,,{\\b1}Hi\\Nthere\\hyou{\\b0}\n"
      "Dialogue: 0,0:00:03.00,0:00:04.00,D,,0,0,0,,{\\p1}m 0 0 l 5 "
      "5{\\p0}shown\n[Fonts]\nfontname: a.ttf\nABC\n");
  EXPECT_EQ(sample.run(), Outcome::kOk);
  EXPECT_EQ(sample.job.body(),
            "- **0:00:01** Bob: Hi there you\n- **0:00:03** shown\n- **0:00:05** late, but here\n");
  EXPECT_EQ(sample.job.metadata().at("title"), "T");
  ASSERT_EQ(sample.job.warnings().size(), 1U);
  EXPECT_EQ(sample.job.warnings()[0].code, "attachment");
  EXPECT_EQ(sample.job.warnings()[0].message, "1 font or picture within the file is left out");
}

TEST(SubStation, FieldsAreInTheOrderOfTheFormat) {
  EXPECT_EQ(markdown("[Script Info]\n[Events]\nFormat: Start, End, Text\nDialogue: "
                     "0:00:01.00,0:00:02.00,a, b\n"),
            "- **0:00:01** a, b\n");
}

TEST(SubViewer, CuesOfYouTube) {
  EXPECT_EQ(markdown("0:00:01.000,0:00:02.000\nOne\nline\n\n0:00:03.000,0:00:04.000\nTwo\n"),
            "- **0:00:01** One line\n- **0:00:03** Two\n");
}

TEST(RollingCaptions, RepeatedLinesAreShownOnce) {
  EXPECT_EQ(markdown("1\n00:00:01,000 --> 00:00:03,000\nhello there\n\n2\n00:00:03,000 --> "
                     "00:00:03,010\nhello there\n\n"
                     "3\n00:00:03,010 --> 00:00:05,000\nhello there\nhow are "
                     "you\n\n4\n00:00:05,000 --> 00:00:07,000\nhow are "
                     "you\nfine\n"),
            "- **0:00:01** hello there\n- **0:00:03** how are you\n- **0:00:05** fine\n");
}

TEST(RollingCaptions, WordsThatComeOneByOneAreOneCue) {
  EXPECT_EQ(markdown("1\n00:00:01,000 --> 00:00:02,000\nhello\n\n2\n00:00:02,000 --> "
                     "00:00:03,000\nhello there\n\n3\n"
                     "00:00:03,000 --> 00:00:04,000\nhello there you\n"),
            "- **0:00:01** hello there you\n");
}

TEST(RollingCaptions, WhoSaysTheSameAgainIsHeardTwice) {
  EXPECT_EQ(
      markdown("1\n00:00:01,000 --> 00:00:02,000\nNo.\n\n2\n00:00:03,000 --> 00:00:04,000\nNo.\n"),
      "- **0:00:01** No.\n- **0:00:03** No.\n");
  EXPECT_EQ(
      markdown(
          "WEBVTT\n\n00:01.000 --> 00:02.000\n<v A>No.\n\n00:02.000 --> 00:03.000\n<v B>No.\n"),
      "- **0:00:01** A: No.\n- **0:00:02** B: No.\n");
}

TEST(Subtitles, WithoutTimesTheTextIsInParagraphs) {
  EXPECT_EQ(markdown("WEBVTT\n\n00:01.000 --> 00:02.000\n<v A>One\n\n00:02.000 --> 00:03.000\n<v "
                     "A>two.\n\n00:03.000 --> "
                     "00:04.000\n<v B>Three.\n\n00:20.000 --> 00:21.000\n<v B>Four.\n",
                     false),
            "A: One two.\n\nB: Three.\n\nB: Four.\n");
}

TEST(Subtitles, OtherTextIsNotTaken) {
  EXPECT_EQ(Sample("A letter.\n").run(), Outcome::kUnsupported);
  EXPECT_EQ(Sample("").run(), Outcome::kUnsupported);
  EXPECT_EQ(Sample("WEBVTT\n").run(), Outcome::kEmpty);
  EXPECT_EQ(Sample("1\n00:00:01,000 --> 00:00:02,000\n\n").run(), Outcome::kEmpty);
}

TEST(Subtitles, TimesOfAnySize) {
  EXPECT_EQ(read_time("1:02:03,5")->milliseconds, 3'723'500);
  EXPECT_EQ(read_time("02:03.250x")->size, 9U);
  EXPECT_FALSE(read_time("12"));
  EXPECT_FALSE(read_time(":1"));
  EXPECT_FALSE(read_time(""));
  EXPECT_TRUE(read_time("999999:59:59.999999999999999999999"));
  EXPECT_EQ(Sample("1\n99999999999999:00:01,000 --> 00:00:02,000\nA\n").run(),
            Outcome::kUnsupported);
}

TEST(Subtitles, EveryPrefixEnds) {
  const std::string whole =
      "WEBVTT\n\n00:01.000 --> 00:02.000\n<v A>O&#x41;e</v> {\\an8}\n\n1\n00:02.000 --> "
      "00:03.000\nx\n";
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_NE(Sample(whole.substr(0, size)).run(), Outcome::kInternal) << size;
  }
}

TEST(Subtitles, LongLinesAndManyCuesAreLinear) {
  std::string source = "1\n00:00:01,000 --> 00:00:02,000\n";
  for (int i = 0; i < 200'000; ++i) source += "<{\\&#";
  EXPECT_EQ(Sample(source).run(), Outcome::kOk);
  std::string cues;
  for (int i = 0; i < 50'000; ++i) cues += "1\n00:00:01,000 --> 00:00:02,000\na\nb\n\n";
  EXPECT_EQ(Sample(cues).run(), Outcome::kOk);
}

TEST(Subtitles, StopsWhenAsked) {
  std::string cues;
  for (int i = 0; i < 10'000; ++i)
    cues += "1\n00:00:01,000 --> 00:00:01,100\n" + std::to_string(i) + "x\n\n";
  Sample sample(cues);
  sample.job.cancel_after(4);
  EXPECT_EQ(sample.run(), Outcome::kCancelled);
}

TEST(Subtitles, FilesOfTheCorpusAreRead) {
  const auto folder = test::corpus("subtitles");
  if (!folder) GTEST_SKIP() << "there are no test documents";
  const std::set<std::string> extensions = {".srt", ".vtt", ".ass", ".ssa"};
  std::size_t read = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(*folder)) {
    if (!extensions.contains(entry.path().extension().string())) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    Sample sample(std::string{std::istreambuf_iterator<char>(in), {}});
    const Outcome outcome = sample.run();
    EXPECT_NE(outcome, Outcome::kInternal) << entry.path();
    read += outcome == Outcome::kOk ? 1 : 0;
  }
  EXPECT_GT(read, 60U);
}

}  // namespace
}  // namespace sluice::subtitles
