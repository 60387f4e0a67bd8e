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

std::string ttml(const std::string& body, const std::string& parameters = "") {
  return "<?xml version=\"1.0\"?>\n<tt xmlns=\"http://www.w3.org/ns/ttml\" "
         "xmlns:ttm=\"http://www.w3.org/ns/ttml#metadata\" "
         "xmlns:ttp=\"http://www.w3.org/ns/ttml#parameter\" xml:lang=\"de\" " +
         parameters + "><head><metadata><ttm:title>A film</ttm:title></metadata></head><body>" +
         body + "</body></tt>\n";
}

TEST(Ttml, ParagraphsAreItemsInTheOrderInWhichTheyAreShown) {
  Sample sample(
      ttml("<div>\n<p begin='00:00:05.000' end='00:00:06.000'>Two<br/>lines</p>\n"
           "<p begin='00:00:01.900' end='00:00:02.000'>\n  <span>One</span> &amp; "
           "<span>all</span>\n</p></div>"));
  EXPECT_EQ(sample.run(), Outcome::kOk);
  EXPECT_EQ(sample.job.body(), "- **0:00:01** One & all\n- **0:00:05** Two lines\n");
  EXPECT_EQ(sample.job.metadata().at("title"), "A film");
  EXPECT_EQ(sample.job.metadata().at("language"), "de");
}

TEST(Ttml, TimesInEveryUnit) {
  const std::string parameters = "ttp:frameRate='25' ttp:tickRate='1000'";
  for (const auto& [written, shown] :
       std::vector<std::pair<std::string, std::string>>{{"01:02:03", "1:02:03"},
                                                        {"00:00:59:24", "0:00:59"},
                                                        {"100.5s", "0:01:40"},
                                                        {"90000ms", "0:01:30"},
                                                        {"2m", "0:02:00"},
                                                        {"1.5h", "1:30:00"},
                                                        {"250f", "0:00:10"},
                                                        {"61000t", "0:01:01"},
                                                        {"3:58.640", "0:03:58"},
                                                        {"19.764", "0:00:19"},
                                                        {"00:00:07,500", "0:00:07"},
                                                        {" 00:00:01 ", "0:00:01"},
                                                        {"101:00:00", "101:00:00"}}) {
    EXPECT_EQ(markdown(ttml("<div><p begin='" + written + "'>x</p></div>", parameters)),
              "- **" + shown + "** x\n")
        << written;
  }
}

TEST(Ttml, FramesCountByTheirMultiplier) {
  EXPECT_EQ(markdown(ttml("<p begin='24000f'>x</p>",
                          "ttp:frameRate='24' ttp:frameRateMultiplier='1000 1001'")),
            "- **0:16:41** x\n");
}

TEST(Ttml, TimesOfAParentAreAddedAndSequencesFollowEachOther) {
  EXPECT_EQ(
      markdown(ttml("<div begin='60s'><p begin='1s'>a</p><p>b</p></div>"
                    "<div begin='100s' timeContainer='seq'><p dur='5s'>c</p>"
                    "<p dur='5s'>d</p><p begin='1s' dur='1s'>e</p></div>")),
      "- **0:01:00** b\n- **0:01:01** a\n- **0:01:40** c\n- **0:01:45** d\n- **0:01:51** e\n");
}

TEST(Ttml, TimedSpansOfAParagraphWithoutATimeAreItemsOfTheirOwn) {
  EXPECT_EQ(
      markdown(ttml("<p><span begin='1s' end='2s'>a</span><span begin='3s' end='4s'>b</span>"
                    "</p><p begin='5s'><span begin='0s'>c</span> <span begin='1s'>d</span></p>")),
      "- **0:00:01** a\n- **0:00:03** b\n- **0:00:05** c d\n");
}

// As Apple's lyrics have it: each time counts from the begin.
TEST(Ttml, TimesThatOnlyFitFromTheBeginOfTheFilmCountFromThere) {
  EXPECT_EQ(
      markdown(ttml("<div begin='20' end='60'><p begin='20' end='22'><span begin='20'>a</span> "
                    "<span begin='21'>b</span></p><p begin='58' end='60'>c</p></div>")),
      "- **0:00:20** a b\n- **0:00:58** c\n");
  EXPECT_EQ(markdown(ttml("<div begin='20s' end='60s'><p begin='10s' end='12s'>a</p></div>")),
            "- **0:00:30** a\n");
}

TEST(Ttml, OlderNamespacesPrefixesAndNoneAtAll) {
  for (const std::string root : {"tt xmlns='http://www.w3.org/2006/10/ttaf1'",
                                 "tt xmlns='http://www.w3.org/2006/04/ttaf1'", "tt"}) {
    EXPECT_EQ(markdown("\uFEFF<!-- by hand --><" + root + "><body><p begin='1s'>x</p></body></tt>"),
              "- **0:00:01** x\n");
  }
  EXPECT_EQ(markdown("<t:tt xmlns:t='http://www.w3.org/ns/ttml'><t:body><t:p "
                     "begin='1s'>x<t:br/>y</t:p></t:body></t:tt>"),
            "- **0:00:01** x y\n");
}

TEST(Ttml, AgentsAreSpeakersIfThereAreSeveral) {
  const auto with = [](const std::string& agents) {
    return markdown(
        "<tt xmlns='http://www.w3.org/ns/ttml' "
        "xmlns:ttm='http://www.w3.org/ns/ttml#metadata'><head><metadata>" +
        agents +
        "</metadata></head><body><p begin='1s' ttm:agent='a'>Hi</p><p "
        "begin='2s'>Ho</p></body></tt>");
  };
  const std::string ann = "<ttm:agent xml:id='a'><ttm:name type='full'>Ann</ttm:name></ttm:agent>";
  EXPECT_EQ(with(ann), "- **0:00:01** Hi\n- **0:00:02** Ho\n");
  EXPECT_EQ(with(ann + "<ttm:agent xml:id='b'><ttm:name>Bob</ttm:name></ttm:agent>"),
            "- **0:00:01** Ann: Hi\n- **0:00:02** Ho\n");
}

TEST(Ttml, WhatIsNoTextIsLeftOutAndPicturesAreTold) {
  Sample sample(
      ttml("<metadata><ttm:desc>no text</ttm:desc></metadata><div><p begin='1s'>"
           "<metadata><ttm:title>none</ttm:title></metadata><set begin='0s'/>a</p>"
           "<image begin='2s'/></div>"));
  EXPECT_EQ(sample.run(), Outcome::kOk);
  EXPECT_EQ(sample.job.body(), "- **0:00:01** a\n");
  ASSERT_EQ(sample.job.warnings().size(), 1U);
  EXPECT_THAT(sample.job.warnings()[0].message, HasSubstr("1 font or picture"));
}

TEST(Ttml, BrokenFilesAndTimesAreTold) {
  Sample times(ttml("<p begin='soon'>a</p><p begin='1:2:3:4:5'>b</p><p begin='1s'>c</p>"));
  EXPECT_EQ(times.run(), Outcome::kOk);
  EXPECT_THAT(times.job.warnings().at(0).message, HasSubstr("2 lines of times cannot be read"));
  EXPECT_THAT(times.job.body(), HasSubstr("a"));
  Sample cut("<tt xmlns='http://www.w3.org/ns/ttml'><body><p begin='1s'>a</p><p");
  EXPECT_EQ(cut.run(), Outcome::kMalformed);
  Sample bomb("<!DOCTYPE tt [<!ENTITY a 'aaaaaaaa'>]><tt><body><p begin='1s'>&a;</p></body></tt>");
  EXPECT_EQ(bomb.run(), Outcome::kMalformed);
}

TEST(Sami, TextIsShownUntilTheNextOfItsClass) {
  Sample sample(
      "<SAMI>\n<HEAD><TITLE>A film</TITLE><STYLE TYPE='text/css'><!-- P {x} --></STYLE>"
      "</HEAD>\n<BODY>\n<SYNC Start=1000><P Class=ENCC>One<br>line &#039;s</P></SYNC>\n"
      "<SYNC START='2000'><P Class=ENCC>&nbsp;\n<sync start=3500><p class=ENCC>Two\n"
      "<P Class=FRCC>Deux\n</BODY></SAMI>\nafter");
  EXPECT_EQ(sample.run(), Outcome::kOk);
  EXPECT_EQ(sample.job.body(),
            "- **0:00:01** One line 's\n- **0:00:03** Two\n- **0:00:03** Deux\n");
  EXPECT_EQ(sample.job.metadata().at("title"), "A film");
}

TEST(Sami, CutOffAnywhereItEnds) {
  const std::string whole = "<sami><body><sync start=1><p class=a>b<!-- c --><br>d</sami>";
  for (std::size_t size = 6; size <= whole.size(); ++size) {
    Sample sample(whole.substr(0, size));
    const Outcome outcome = sample.run();
    EXPECT_TRUE(outcome == Outcome::kOk || outcome == Outcome::kEmpty) << size;
  }
}

TEST(MicroDvd, FramesAreTimesByTheRateOfTheFirstLine) {
  EXPECT_EQ(markdown("{1}{1}25.000\n{25}{50}{y:i}One|{c:$0000ff}two\r\n{1500}{}Three {a}\n"),
            "- **0:00:01** One two\n- **0:01:00** Three {a}\n");
  EXPECT_EQ(markdown("{240}{480}Ten seconds\n"), "- **0:00:10** Ten seconds\n");
}

TEST(SubViewer, ItsHeaderAndLineEndsAreKnown) {
  Sample sample(
      "[INFORMATION]\n[TITLE]A film\n[AUTHOR]\n[END INFORMATION]\n[SUBTITLE]\n"
      "[COLF]&H000000,[STYLE]bd\n00:00:01.00,00:00:02.00\nOne[br]two\n\n"
      "00:01:00.50,00:01:01.00\nThree\n");
  EXPECT_EQ(sample.run(), Outcome::kOk);
  EXPECT_EQ(sample.job.body(), "- **0:00:01** One two\n- **0:01:00** Three\n");
  EXPECT_EQ(sample.job.metadata().at("title"), "A film");
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
  const std::set<std::string> extensions = {".srt", ".vtt",  ".ass",  ".ssa", ".sbv",
                                            ".sub", ".ttml", ".dfxp", ".smi"};
  std::size_t read = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(*folder)) {
    if (!extensions.contains(entry.path().extension().string())) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    Sample sample(std::string{std::istreambuf_iterator<char>(in), {}});
    const Outcome outcome = sample.run();
    EXPECT_NE(outcome, Outcome::kInternal) << entry.path();
    read += outcome == Outcome::kOk ? 1 : 0;
  }
  EXPECT_GT(read, 80U);
}

}  // namespace
}  // namespace sluice::subtitles
