#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/plugins/markdown/markdown_run.h"

namespace sluice::markdown_plugin {
namespace {

// A source, and what is published of it. All images it could mean are there: a.png, "b c.png",
// img/d.png, "e(f).png", "ü.png", "x&y.png", "#hash.png", ../up.png is not.
struct Link {
  const char* name;
  const char* source;
  const char* published;
};

void PrintTo(const Link& link, std::ostream* out) {
  *out << link.name;
}

class LinkTest : public ::testing::TestWithParam<Link> {};

TEST_P(LinkTest, IsSplicedByPosition) {
  Sample run(GetParam().source);
  run.job.add_sibling("a.png", png("a"));
  run.job.add_sibling("b c.png", png("b"));
  run.job.add_sibling("img/d.png", png("d"));
  run.job.add_sibling("e(f).png", png("e"));
  run.job.add_sibling("\xC3\xBC.png", png("u"));
  run.job.add_sibling("x&y.png", png("x"));
  run.job.add_sibling("page.html", "<html><img src=a.png>");
  EXPECT_EQ(run.markdown(), GetParam().published);
}

INSTANTIATE_TEST_SUITE_P(
    Markdown, LinkTest,
    ::testing::Values(
        Link{"inline", "see ![a](a.png)!\n", "see ![a](images/note/a.png)!\n"},
        Link{"title", "![a](a.png \"the a.png\")", "![a](images/note/a.png \"the a.png\")"},
        Link{"title_on_next_line", "![a](a.png\n'title')", "![a](images/note/a.png\n'title')"},
        Link{"angle_brackets", "![b](<b c.png>)", "![b](<images/note/b-c.png>)"},
        Link{"percent_encoded", "![b](b%20c.png)", "![b](images/note/b-c.png)"},
        Link{"folder", "![d](./img/d.png)", "![d](images/note/d.png)"},
        Link{"dots_inside", "![d](img/../img/d.png)", "![d](images/note/d.png)"},
        Link{"backslash_path", "![d](img\\d.png)", "![d](images/note/d.png)"},
        Link{"escaped_parentheses", "![e](e\\(f\\).png)", "![e](images/note/e-f-.png)"},
        Link{"balanced_parentheses", "![e](e(f).png)", "![e](images/note/e-f-.png)"},
        Link{"entity", "![x](x&amp;y.png)", "![x](images/note/x-y.png)"},
        Link{"named_entity", "![u](&uuml;.png)", "![u](images/note/png)"},
        Link{"query", "![a](a.png?raw=true#top)", "![a](images/note/a.png)"},
        Link{"reference", "![alt][r]\n\n[r]: a.png \"t\"\n",
             "![alt][r]\n\n[r]: images/note/a.png \"t\"\n"},
        Link{"collapsed_reference", "![r][] ![r]\n\n[r]: <b c.png>\n",
             "![r][] ![r]\n\n[r]: <images/note/b-c.png>\n"},
        Link{"reference_with_escape", "![r]\n\n[r]: e\\(f\\).png\n",
             "![r]\n\n[r]: images/note/e-f-.png\n"},
        Link{"two_in_a_line", "![a](a.png)![d](img/d.png)",
             "![a](images/note/a.png)![d](images/note/d.png)"},
        Link{"image_in_link", "[![a](a.png)](https://e.org/a.png)",
             "[![a](images/note/a.png)](https://e.org/a.png)"},
        Link{"image_in_alt", "![x ![a](a.png)](img/d.png)",
             "![x ![a](images/note/a.png)](images/note/d.png)"},
        Link{"in_list_and_quote", "- > ![a](a.png)\n  > text\n",
             "- > ![a](images/note/a.png)\n  > text\n"},
        Link{"in_table", "|a|b|\n|-|-|\n|![a](a.png)|x|\n",
             "|a|b|\n|-|-|\n|![a](images/note/a.png)|x|\n"},
        Link{"in_heading", "# ![a](a.png) T\n", "# ![a](images/note/a.png) T\n"},
        Link{"html", "<p align=center><IMG alt='a.png' SRC = \"a.png\" width=3></p>\n",
             "<p align=center><IMG alt='a.png' SRC = \"images/note/a.png\" width=3></p>\n"},
        Link{"html_inline", "text <img src=a.png> text", "text <img src=images/note/a.png> text"},
        Link{"html_single_quotes", "<div>\n<img\n src='img/d.png'/>\n</div>\n",
             "<div>\n<img\n src='images/note/d.png'/>\n</div>\n"},
        Link{"html_entity", "<img src=\"x&amp;y.png\">", "<img src=\"images/note/x-y.png\">"},
        Link{"html_in_quote", "> <div>\n> <img src=\"a.png\">\n> </div>\n",
             "> <div>\n> <img src=\"images/note/a.png\">\n> </div>\n"},
        Link{"html_comment", "<!-- <img src=\"a.png\"> -->\n", "<!-- <img src=\"a.png\"> -->\n"},
        Link{"html_script", "<script>\n'<img src=\"a.png\">'\n</script>\n",
             "<script>\n'<img src=\"a.png\">'\n</script>\n"},
        Link{"other_tag_and_attribute", "<imgx src=\"a.png\"><img data-src=\"a.png\">",
             "<imgx src=\"a.png\"><img data-src=\"a.png\">"},
        Link{"inline_code", "`![a](a.png)` and ``<img src=\"a.png\">``",
             "`![a](a.png)` and ``<img src=\"a.png\">``"},
        Link{"fenced_code", "```\n![a](a.png)\n```\n\n~~~html\n<img src=\"a.png\">\n~~~\n",
             "```\n![a](a.png)\n```\n\n~~~html\n<img src=\"a.png\">\n~~~\n"},
        Link{"indented_code", "text\n\n    ![a](a.png)\n", "text\n\n    ![a](a.png)\n"},
        Link{"escaped_image", "\\!\\[a](a.png) !\\[a](a.png)", "\\!\\[a](a.png) !\\[a](a.png)"},
        Link{"prose_with_the_name", "a.png is ![a](a.png), images/note/a.png is not",
             "a.png is ![a](images/note/a.png), images/note/a.png is not"},
        Link{"link_to_image", "[a](a.png)", "[a](a.png)"},
        Link{"url", "![a](https://e.org/a.png) ![a](//e.org/a.png) ![a](file:///a.png)",
             "![a](https://e.org/a.png) ![a](//e.org/a.png) ![a](file:///a.png)"},
        Link{"absolute", "![p](/etc/passwd) ![a](/a.png) ![c](C:\\a.png) ![e](%2Fa.png)",
             "![p](/etc/passwd) ![a](/a.png) ![c](C:\\a.png) ![e](%2Fa.png)"},
        Link{"outside", "![up](../up.png) ![up](img/../../a.png)",
             "![up](../up.png) ![up](img/../../a.png)"},
        Link{"no_image", "![p](page.html)", "![p](page.html)"},
        Link{"folder_as_image", "![p](img) ![p](img/) ![p](.) ![p]()",
             "![p](img) ![p](img/) ![p](.) ![p]()"},
        Link{"missing", "![m](missing.png)", "![m](missing.png)"},
        Link{"escapes_elsewhere", "\\* &amp; `\\` ![a](a.png) ![e](e\\(f\\).png) `\\`\n",
             "\\* &amp; `\\` ![a](images/note/a.png) ![e](images/note/e-f-.png) `\\`\n"}),
    [](const auto& link) { return std::string(link.param.name); });

TEST(Markdown, KeepsTheTextByteForByteButForLineEnds) {
  Sample run("* a\t b  \r\n1)  x\r\r\n\n\n__b__   ");
  EXPECT_EQ(run.markdown(), "* a\t b  \n1)  x\n\n\n\n__b__   ");
}

TEST(Markdown, ExtractsDataUris) {
  Sample run(
      "![p](data:image/png;base64,iVBORw0KGgo=)\n<img src='DATA:image/png;base64,iVBORw0KGgo='>");
  EXPECT_EQ(run.markdown(), "![p](images/note/image-1.png)\n<img src='images/note/image-1.png'>");
  ASSERT_EQ(run.job.assets().size(), 1u);
  EXPECT_EQ(run.job.assets()[0].media_type, "image/png");
  EXPECT_EQ(run.job.assets()[0].bytes, png());
}

// The subtype is the document's, the file name is not made of it.
TEST(Markdown, NamesExtractedImagesByWhatTheyAre) {
  Sample run("![p](data:image/x/../../etc;base64,iVBORw0KGgo=)");
  EXPECT_EQ(run.markdown(), "![p](images/note/image-1.png)");
}

// What is neither an image nor sound may hold a script, and leads nowhere.
TEST(Markdown, KeepsOnlyThoseDataUrisThatHoldNoScript) {
  Sample run("![p](data:text/html,<b>) ![q](data:image/png;base64,?!?!) [d](data:,x)");
  EXPECT_EQ(run.markdown(),
            "![p](data%3Atext/html,<b>) ![q](data:image/png;base64,?!?!) [d](data%3A,x)");
  EXPECT_TRUE(run.job.assets().empty());
}

TEST(Markdown, CopiesAnImageOnceHoweverOftenItIsShown) {
  Sample run("![1](a.png) ![2](./a.png) ![3](copy.png) ![4](a.png)");
  run.job.add_sibling("a.png", png());
  run.job.add_sibling("copy.png", png());
  EXPECT_EQ(run.markdown(),
            "![1](images/note/a.png) ![2](images/note/a.png) ![3](images/note/a.png) "
            "![4](images/note/a.png)");
  EXPECT_EQ(run.job.assets().size(), 1u);
}

TEST(Markdown, TellsImagesOfOneNameApart) {
  Sample run("![1](x/a.png) ![2](y/a.png)");
  run.job.add_sibling("x/a.png", png("1"));
  run.job.add_sibling("y/a.png", png("2"));
  EXPECT_EQ(run.markdown(), "![1](images/note/a.png) ![2](images/note/a-2.png)");
}

TEST(Markdown, WarnsOfAMissingImageOnce) {
  Sample run("![1](m.png) ![2](m.png) ![3](n.png)");
  run.markdown();
  ASSERT_EQ(run.job.warnings().size(), 2u);
  EXPECT_EQ(run.job.warnings()[0].code, "missing-image");
  EXPECT_THAT(run.job.warnings()[0].message, ::testing::HasSubstr("m.png"));
}

TEST(Markdown, TouchesNoImageWithTheOptionOff) {
  Sample run("![a](a.png)", R"({"images": false, "front_matter": "metadata"})");
  run.job.add_sibling("a.png", png());
  EXPECT_EQ(run.markdown(), "![a](a.png)");
  EXPECT_TRUE(run.job.assets().empty());
}

TEST(Markdown, DecodesOtherEncodings) {
  Sample utf16(std::string("\xFF\xFE#\0 \0\xFC\0", 8));
  EXPECT_EQ(utf16.markdown(), "# \xC3\xBC");
  EXPECT_EQ(utf16.job.metadata().at("title"), "\xC3\xBC");
  Sample mark("\xEF\xBB\xBF# T");
  EXPECT_EQ(mark.markdown(), "# T");
}

TEST(Markdown, TakesTheFirstTopHeadingAsTitle) {
  const auto title = [](const std::string& source) {
    Sample run(source);
    run.markdown();
    const auto found = run.job.metadata().find("title");
    return found == run.job.metadata().end() ? std::string() : found->second;
  };
  EXPECT_EQ(title("## no\n\n# A *b* `c` &amp; ![d](e)\n\n# F"), "A b c & d");
  EXPECT_EQ(title("A\nB\n===\n"), "A B");
  EXPECT_EQ(title("```\n# no\n```\n"), "");
  EXPECT_EQ(title("# \n\n# B\n"), "B");
}

TEST(Markdown, IsEmptyWithoutText) {
  for (const char* source : {"", " \n\t\r\n", "\xEF\xBB\xBF"}) {
    Sample run(source);
    run.markdown();
    EXPECT_EQ(run.outcome, Outcome::kEmpty);
    EXPECT_FALSE(run.job.reason().empty());
  }
}

TEST(Markdown, SingsItsCanary) {
  MarkdownConverter converter;
  EXPECT_EQ(canary_fault(converter, R"({"images":true,"front_matter":"metadata"})"), "");
}

}  // namespace
}  // namespace sluice::markdown_plugin
