// YAML that every reader takes for what was meant, and names that every platform takes.
#include "prepare/front_matter.h"

#include <gtest/gtest.h>

#include "staging/asset_names.h"

namespace sluice::prepare {
namespace {

TEST(FrontMatterTest, HasAFixedOrderAndOnlyWhatIsKnown) {
  const std::string text = front_matter(
      "", {{"zebra", "last"}, {"pages", "12"}, {"created", "2024-01-31"}, {"title", "A b"}},
      {"docs/a b.pdf", "00ff", "application/pdf", "pdf 1.0.0"});
  EXPECT_EQ(text,
            "---\ntitle: A b\ncreated: 2024-01-31\npages: 12\nzebra: last\nsource: docs/a b.pdf\n"
            "sha256: \"00ff\"\nmedia_type: application/pdf\nconverter: pdf 1.0.0\n---\n\n");
}

TEST(FrontMatterTest, NothingBreaksOutOfAValue) {
  const std::string text = front_matter("", {{"title", "x\n---\nevil: yes"}}, {});
  EXPECT_EQ(text, "---\ntitle: \"x --- evil: yes\"\n---\n\n");
}

TEST(FrontMatterTest, TheAuthorsStaysAndOursIsBeside) {
  const std::string author =
      "Title: \"A: b\"\ntags:\n- x\n- [y, 1]\n# mine\n'sha256': 7\nsluice_sha256: 8\nnested:\n  "
      "source: n\n";
  const std::string text = front_matter(author, {{"title", "Heading"}, {"language", "en"}},
                                        {"a.md", "00", "text/markdown", "m 1"});
  EXPECT_EQ(text, "---\n" + author +
                      "language: en\nsource: a.md\nsluice_sluice_sha256: \"00\"\n"
                      "media_type: text/markdown\nconverter: m 1\n---\n\n");
}

TEST(YamlScalarTest, PlainWhereSafe) {
  EXPECT_EQ(yaml_scalar("Hello, world (2nd)"), "Hello, world (2nd)");
  EXPECT_EQ(yaml_scalar("/abs/path:x"), "/abs/path:x");
  EXPECT_EQ(yaml_scalar("Stra\xC3\x9F"
                        "e"),
            "Stra\xC3\x9F"
            "e");
  EXPECT_EQ(yaml_scalar("C#"), "C#");
}

TEST(YamlScalarTest, QuotedWhereAReaderCouldErr) {
  for (const char* text :
       {"true", "No",  "null", "2024", "1e5", "0x1F", "- a", "a: b", "a #b", "a:", "*x", "&x", "!x",
        "[a]",  "{a}", "'a'",  "%a",   "@a",  "`a`",  "~",   "? a",  "|",    ">",  ".5", "#"}) {
    EXPECT_EQ(yaml_scalar(text), '"' + std::string(text) + '"') << text;
  }
  EXPECT_EQ(yaml_scalar("say \"hi\" \\ there"), "\"say \\\"hi\\\" \\\\ there\"");
  EXPECT_EQ(yaml_scalar(""), "\"\"");
}

TEST(YamlScalarTest, IsOneLineWithoutControlCharacters) {
  EXPECT_EQ(yaml_scalar("  a\r\n\tb\x01"
                        "c\xE2\x80\xA8"
                        "d\xC2\x85"
                        "e  "),
            "a b c d e");
}

TEST(AssetNamesTest, AreSafeAndApart) {
  AssetNames names;
  EXPECT_EQ(names.next("chart 1.png", "image/png"), "chart-1.png");
  EXPECT_EQ(names.next("CHART 1.PNG", "image/png"), "CHART-1-2.png");
  EXPECT_EQ(names.next("../../etc/passwd", "image/jpeg"), "passwd.jpg");
  EXPECT_EQ(names.next("C:\\x\\con.png", "image/png"), "con-.png");
  EXPECT_EQ(names.next("", "image/gif"), "image.gif");
  EXPECT_EQ(names.next("", ""), "attachment.bin");
  EXPECT_EQ(names.next("page.html", "text/html"), "page.bin");
  EXPECT_EQ(names.next("run.exe", ""), "run.bin");
  EXPECT_EQ(names.next("sheet.xlsx", "application/vnd.foo"), "sheet.xlsx");
  EXPECT_EQ(names.next("a(b) [c].png", "image/png"), "a-b-c.png");
}

TEST(AssetNamesTest, ANumberedNameIsNotTakenTwice) {
  AssetNames names;
  EXPECT_EQ(names.next("a-2.png", "image/png"), "a-2.png");
  EXPECT_EQ(names.next("a.png", "image/png"), "a.png");
  EXPECT_EQ(names.next("a.png", "image/png"), "a-3.png");
}

}  // namespace
}  // namespace sluice::prepare
