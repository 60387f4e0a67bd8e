#include <gtest/gtest.h>

#include <algorithm>
#include <sluice/testing.hpp>
#include <string>

#include "text/converter.hpp"

namespace sluice::text {
namespace {

std::string converted(const std::string& source, const std::string& layout = "auto",
                      const std::string& media_type = "text/plain") {
  RecordingJob job(source, "note.txt", media_type);
  job.set_options(R"({"layout": ")" + layout + "\", \"charset\": \"auto\"}");
  TextConverter converter;
  EXPECT_EQ(job.run(converter), Outcome::kOk) << job.reason();
  return job.body();
}

TEST(Text, WrappedLinesBecomeAParagraph) {
  EXPECT_EQ(converted("The first line of this paragraph is wrapped here,\n"
                      "the second one goes on until there is no more\r\n"
                      "room either.\n\n\nAnother.\n"),
            "The first line of this paragraph is wrapped here, the second one goes on until there "
            "is no more room either.\n\nAnother.\n");
}

TEST(Text, SourceCodeStandsAsItIs) {
  const std::string code = "def f(x):\n    # twice\n\n    return 2 * x\n";
  EXPECT_EQ(converted(code, "auto", "text/x-python"), "```python\n" + code + "```\n");
  EXPECT_EQ(converted("Title\n=====\n\nText.\n", "auto", "text/x-rst"), "# Title\n\nText.\n");
}

TEST(Text, VerseKeepsItsLines) {
  EXPECT_EQ(converted("Roses are red,\nViolets are blue.\n"),
            "Roses are red,\\\nViolets are blue.\n");
}

TEST(Text, NothingIsTakenForMarkdown) {
  EXPECT_EQ(converted("# no heading\n"), "\\# no heading\n");
  EXPECT_EQ(converted("2 * 3 * 4 and snake_case_name\n"), "2 * 3 * 4 and snake_case_name\n");
  EXPECT_EQ(converted("*not strong* <b>bold</b>\n"), "\\*not strong\\* \\<b>bold\\</b>\n");
  EXPECT_EQ(converted("first\n> second\n"), "first\\\n\\> second\n");
}

TEST(Text, ListsAreLists) {
  EXPECT_EQ(converted("- one\n- two goes\n  on\n    * inner\n- three\n"),
            "- one\n- two goes on\n  - inner\n- three\n");
  EXPECT_EQ(converted("3. three\n4. four\n\n5. five\n"), "3. three\n4. four\n5. five\n");
  EXPECT_EQ(converted("\xE2\x80\xA2 one\n\xE2\x80\xA2 two\n"), "- one\n- two\n");
}

TEST(Text, QuotesAreQuotes) {
  EXPECT_EQ(converted("> What he wrote was wrapped at some width or other,\n> and goes on.\n"),
            "> What he wrote was wrapped at some width or other, and goes on.\n");
  EXPECT_EQ(converted("> Yes.\n>\n> No.\n\nI see.\n"), "> Yes.\\\n> No.\n\nI see.\n");
  EXPECT_EQ(converted(">\n\na\n"), "a\n");
}

TEST(Text, FieldsKeepTheirLines) {
  EXPECT_EQ(converted("From: somebody at some place or other <a@example.org>\nto: me\n"),
            "From: somebody at some place or other \\<a@example.org>\\\nto: me\n");
}

TEST(Text, UnderlinedLinesAreHeadings) {
  EXPECT_EQ(converted("Title\n=====\n\nPart\n----\n\ntext\n\n-------\n"),
            "# Title\n\n## Part\n\ntext\n\n---\n");
}

TEST(Text, ColumnsAndCodeStandAsTheyDid) {
  const std::string table =
      "Name      Age    Town\nAnn       31     Rome\n\nBob       9      Kiel\n";
  EXPECT_EQ(converted(table), "```text\n" + table + "```\n");
  const std::string code = "int main() {\n  return 0;\n}\n";
  EXPECT_EQ(converted("See:\n\n" + code + "\nend\n"), "See:\n\n```text\n" + code + "```\n\nend\n");
  EXPECT_EQ(converted("    $ make install\n"), "```text\n    $ make install\n```\n");
  EXPECT_EQ(converted("<a>\n<b>```</b>\n</a>\n"), "````text\n<a>\n<b>```</b>\n</a>\n````\n");
}

TEST(Text, LongRunsOfLinesAreALog) {
  std::string log;
  for (int i = 0; i < 50; ++i) log += "Event number " + std::to_string(i * i) + "\n";
  EXPECT_EQ(converted(log), "```text\n" + log + "```\n");
}

TEST(Text, JoinsChineseWithoutBlanks) {
  // 26 times a Han character in two lines each of a text that is wrapped at 52 bytes' width or
  // more.
  std::string line;
  for (int i = 0; i < 45; ++i) line += "\xE4\xB8\xAD";
  EXPECT_EQ(converted(line + "\n" + line + "\n" + line + "\n"), line + line + line + "\n");
}

TEST(Text, LayoutCanBeChosen) {
  EXPECT_EQ(converted("a\nb\n", "paragraphs"), "a b\n");
  EXPECT_EQ(converted("a\nb\n\n\n\nc\n", "preserve"), "```text\na\nb\n\n\n\nc\n```\n");
}

TEST(Text, DecodesAnyEncoding) {
  EXPECT_EQ(converted(std::string("\xFF\xFEg\0r\0\xFC\0n\0", 10)), "gr\xC3\xBCn\n");
  EXPECT_EQ(converted("\xEF\xBB\xBFgr\xC3\xBCn"), "gr\xC3\xBCn\n");
}

TEST(Text, IsEmptyWithoutText) {
  for (const char* source : {"", " \r\n\t\f\n", "\xEF\xBB\xBF\n"}) {
    RecordingJob job(source, "a.txt", "text/plain");
    job.set_options(R"({"layout": "auto", "charset": "auto"})");
    TextConverter converter;
    EXPECT_EQ(job.run(converter), Outcome::kEmpty);
    EXPECT_FALSE(job.reason().empty());
  }
}

// Texts without line ends, without blank lines, and of blank lines only: none is held in full.
TEST(Text, StreamsTextsOfAnyShape) {
  for (const std::string period : {"x", "word ", "line of a log, 123\n", "a   b\n\n\n"}) {
    constexpr std::uint64_t kSize = std::uint64_t{8} << 20;
    RecordingJob job(
        kSize,
        [&period](std::uint64_t offset, std::uint8_t* buffer, std::size_t size) {
          for (std::size_t i = 0; i < size; ++i) {
            buffer[i] = static_cast<std::uint8_t>(period[(offset + i) % period.size()]);
          }
          return size;
        },
        "big.txt", "text/plain");
    job.set_options(R"({"layout": "auto", "charset": "auto"})");
    std::uint64_t written = 0;
    std::size_t largest = 0;
    job.on_body([&](std::string_view piece) {
      written += piece.size();
      largest = std::max(largest, piece.size());
    });
    TextConverter converter;
    EXPECT_EQ(job.run(converter), Outcome::kOk) << job.reason();
    EXPECT_GT(written, kSize / 2);
    EXPECT_LT(largest, std::size_t{2} << 20);
  }
}

// Quadratic if what an item has so far were copied for each line.
TEST(Text, LongItemsStayCheap) {
  std::string source = "- item\n";
  std::string expected = "- item";
  while (source.size() < 250'000) {
    source += " a\n";
    expected += " a";
  }
  EXPECT_EQ(converted(source), expected + "\n");
}

TEST(Text, HostileLinesStayCheap) {
  for (const std::string piece :
       {"- ", "* a\n  ", "\t", "=", "<", "1. ", "`", "[", "\\", "- a\n "}) {
    std::string source;
    while (source.size() < 300'000) source += piece;
    RecordingJob job(source + "x", "a.txt", "text/plain");
    job.set_options(R"({"layout": "auto", "charset": "auto"})");
    TextConverter converter;
    EXPECT_EQ(job.run(converter), Outcome::kOk) << job.reason();
  }
}

TEST(Text, SingsItsCanary) {
  TextConverter converter;
  EXPECT_EQ(canary_fault(converter, R"({"layout":"auto","charset":"auto"})"), "");
}

}  // namespace
}  // namespace sluice::text
