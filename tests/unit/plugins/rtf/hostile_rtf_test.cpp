// Sources that nobody wrote for people: cut off anywhere, nested without end, or of any size.
#include <algorithm>
#include <fstream>
#include <sluice/utf8.hpp>

#include "kit/corpus.h"
#include "rtf/encapsulated.hpp"
#include "rtf_run.h"

namespace sluice::rtf {
namespace {

using ::testing::HasSubstr;

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

Outcome outcome_of(std::string source) {
  Sample sample(std::move(source));
  const Outcome outcome = sample.run();
  EXPECT_NE(outcome, Outcome::kInternal) << sample.job.reason();
  return outcome;
}

TEST(HostileRtf, NothingIsEmpty) {
  EXPECT_EQ(outcome_of("{\\rtf1}"), Outcome::kEmpty);
  EXPECT_EQ(outcome_of("{\\rtf1\\par\\par}"), Outcome::kEmpty);
}

TEST(HostileRtf, OtherTextIsNotTaken) {
  EXPECT_EQ(outcome_of("{\\pict}"), Outcome::kUnsupported);
  EXPECT_EQ(outcome_of(""), Outcome::kUnsupported);
}

TEST(HostileRtf, CutOffIsPartial) {
  EXPECT_EQ(outcome_of("{\\rtf1 some text"), Outcome::kPartial);
  EXPECT_EQ(outcome_of("{\\rtf1{\\fonttbl{\\f0"), Outcome::kMalformed);
}

TEST(HostileRtf, EveryPrefixEnds) {
  const std::string whole =
      "{\\rtf1\\ansi{\\fonttbl{\\f0\\fcharset128 A;}}{\\stylesheet{\\s1 heading "
      "1;}}{\\*\\listtable{\\list{\\listlevel"
      "\\levelnfc0{\\leveltext\\'02\\'00.;}{\\levelnumbers\\'01;}}\\listid1}}{\\*"
      "\\listoverridetable{\\listoverride"
      "\\listid1\\ls1}}{\\info{\\title T}{\\creatim\\yr2020\\mo1\\dy1}}\\pard\\ls1 "
      "a\\par{\\field{\\*\\fldinst HYPERLINK "
      "\"u\"}{\\fldrslt b}}{\\footnote n}\\trowd\\cellx1\\intbl c\\cell\\row{\\pict\\pngblip "
      "8950}{\\shp{\\*\\shpinst{\\sp{\\sn "
      "p}{\\sv v}}{\\shptxt x}}}{\\mmath{\\*\\moMath{\\mr y}}}\\u8364 ?\\'83\\'5c\\par}";
  for (std::size_t size = 0; size <= whole.size(); ++size) outcome_of(whole.substr(0, size));
}

TEST(HostileRtf, DeepGroupsAreCounted) {
  Sample sample("{\\rtf1 " + repeated("{\\b", 200'000) + " x" + repeated("}", 200'000) +
                " end\\par}");
  EXPECT_EQ(sample.run(), Outcome::kOk);
  EXPECT_EQ(sample.job.body(), "**x** end\n");
  ASSERT_EQ(sample.job.warnings().size(), 1U);
  EXPECT_EQ(sample.job.warnings()[0].code, "deep-groups");
  EXPECT_THAT(sample.job.warnings()[0].message, HasSubstr("in them is lost"));
}

TEST(HostileRtf, DeepDestinationsEnd) {
  for (const char* open :
       {"{\\*\\x", "{\\footnote a", "{\\shp{\\*\\shpinst{\\shptxt b",
        "{\\field{\\*\\fldinst X}{\\fldrslt ", "{\\*\\moMath{\\mf", "{\\upr", "{\\header",
        "{\\pict", "{\\info", "{\\fonttbl", "{\\stylesheet", "{\\*\\listtable{\\list{\\listlevel",
        "{\\object{\\result", "{\\sp{\\sn"}) {
    outcome_of("{\\rtf1 " + repeated(open, 20'000) + "x");
    outcome_of("{\\rtf1 " + repeated(open, 5'000) + repeated("}", 10'000) + "x}");
  }
}

TEST(HostileRtf, DeepTablesAreFlattened) {
  std::string source = "{\\rtf1 ";
  for (int i = 1; i < 2'000; ++i) source += "\\pard\\intbl\\itap" + std::to_string(i) + " a\\par";
  for (int i = 2'000; i > 1; --i)
    source += "\\pard\\intbl\\itap" + std::to_string(i) + "\\nestcell\\nestrow";
  EXPECT_EQ(outcome_of(source + "\\cell\\row}"), Outcome::kOk);
}

TEST(HostileRtf, NumbersOfAnySize) {
  EXPECT_EQ(outcome_of("{\\rtf1\\ansicpg99999999999999999999\\deff-99999999999\\uc-"
                       "5\\li999999999999\\itap99999999"
                       "\\ls-7\\ilvl-3\\outlinelevel99\\f-2147483648\\u-99999999999 "
                       "x\\cellx-5\\trleft2147483647 a\\bin-3 "
                       "b\\intbl c\\cell\\row\\bin99999999}"),
            Outcome::kPartial);
}

// What stands before and after a number is cut between characters.
TEST(HostileRtf, LongMarksOfListsAreCutBetweenCharacters) {
  for (const std::string shift : {"", "x"}) {
    const std::string mark = shift + repeated("\\'e9", 40);
    const std::string numbered =
        "{\\*\\pn\\pnlvlbody\\pndec{\\pntxtb " + mark + "}{\\pntxta " + mark + "}}";
    Sample sample("{\\rtf1\\ansi\\pard" + numbered + " a\\par}");
    EXPECT_EQ(sample.run(), Outcome::kOk);
    EXPECT_TRUE(is_valid_utf8(sample.job.body())) << sample.job.body();
    EXPECT_NE(sample.job.body().find("\u00E9"), std::string::npos);
  }
}

TEST(HostileRtf, EdgesOfCellsAnywhere) {
  const std::string row = "\\pard\\intbl a\\cell";
  for (const std::string number : {"-2147483648", "2147483647", "-99999999999", "99999999999"}) {
    for (const std::string word : {"\\trleft", "\\cellx"}) {
      Sample sample("{\\rtf1\\trowd" + word + number + "\\cellx1000" + row +
                    "\\row\\trowd\\cellx1000\\cellx" + number + row + row + "\\row\\pard x\\par}");
      EXPECT_EQ(sample.run(), Outcome::kOk) << word << number;
      const std::string body = sample.job.render("letter");
      EXPECT_EQ(std::count(body.begin(), body.end(), 'a'), 3) << body;
    }
  }
}

TEST(HostileRtf, EdgesFarOutAreOneEdge) {
  Sample sample(
      "{\\rtf1\\trowd\\cellx2147483647\\pard\\intbl a\\cell\\row\\trowd\\cellx1000"
      "\\cellx2147483647\\pard\\intbl b\\cell c\\cell\\row\\pard}");
  EXPECT_EQ(sample.run(), Outcome::kOk);
  EXPECT_EQ(sample.job.body(), "| a | |\n| --- | --- |\n| b | c |\n");
}

TEST(HostileRtf, BinaryDataHideNothing) {
  Sample sample("{\\rtf1 a{\\*\\x\\bin4 }}}}}b{\\pict\\bin2 }}}c\\par}");
  EXPECT_EQ(sample.run(), Outcome::kPartial);  // the two bytes are no picture
  EXPECT_EQ(sample.job.body(), "abc\n");
}

TEST(HostileRtf, TooManyClosingBracesLoseNothing) {
  Sample sample("{\\rtf1 a}}}} b\\par");
  EXPECT_EQ(sample.run(), Outcome::kOk);
  EXPECT_EQ(sample.job.body(), "a\n\nb\n");
}

TEST(HostileRtf, ManyNotesAndCellsAreBounded) {
  outcome_of("{\\rtf1 " + repeated("{\\footnote a}", 120'000) + "x\\par}");
  EXPECT_EQ(outcome_of("{\\rtf1\\pard\\intbl " + repeated("a\\cell ", 100'000) + "\\row\\pard}"),
            Outcome::kOk);
  EXPECT_EQ(outcome_of("{\\rtf1\\pard\\intbl " + repeated("\\cell", 4'100'000) + "\\row\\pard x}"),
            Outcome::kLimit);
}

TEST(HostileRtf, SmallOutputLimitEndsAsLimit) {
  Sample sample("{\\rtf1 " + repeated("word\\par ", 10'000) + "}");
  RecordingJob::Limits limits;
  limits.body_bytes = 1000;
  sample.job.set_limits(limits);
  EXPECT_EQ(sample.run(), Outcome::kLimit);
}

TEST(HostileRtf, StopsWhenAsked) {
  Sample sample("{\\rtf1 " + repeated("word\\par ", 100'000) + "}");
  sample.job.cancel_after(3);
  EXPECT_EQ(sample.run(), Outcome::kCancelled);
}

TEST(HostileRtf, DocumentsOfTheCorpusCutAnywhereEnd) {
  const auto folder = test::corpus("pandoc/rtf");
  if (!folder) GTEST_SKIP() << "there are no test documents";
  for (const auto& entry : std::filesystem::directory_iterator(*folder)) {
    if (entry.path().extension() != ".rtf") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string whole{std::istreambuf_iterator<char>(in), {}};
    for (std::size_t i = 1; i < 40; ++i) outcome_of(whole.substr(0, whole.size() * i / 40));
  }
}

}  // namespace
}  // namespace sluice::rtf
