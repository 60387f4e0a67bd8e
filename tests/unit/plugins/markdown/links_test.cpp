// Links to other files: what is said of each, and that the text stays as it is.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "unit/plugins/markdown/markdown_run.h"

namespace sluice::markdown_plugin {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// "path#fragment", behind "name:" for a link by name; and how it looks once it leads to x.md.
struct Said {
  std::string to;
  std::string linked;
};

std::vector<Said> links_of(const std::string& source) {
  Sample run(source);
  EXPECT_EQ(run.markdown(), source);
  std::vector<Said> said;
  for (const auto& link : run.job.document_links()) {
    EXPECT_EQ(run.job.body().substr(link.offset, link.written.size()), link.written);
    std::string to = (link.by_name ? "name:" : "") + link.path;
    if (!link.fragment.empty()) to += "#" + link.fragment;
    std::string text = source;
    text.replace(link.offset, link.written.size(), link.before + "x.md" + link.after);
    said.push_back({to, text});
  }
  EXPECT_THAT(run.job.violations(), IsEmpty());
  return said;
}

struct Case {
  const char* source;
  const char* to;
  const char* linked;
};

class LinkOfANote : public ::testing::TestWithParam<Case> {};

TEST_P(LinkOfANote, SaysWhereItLeads) {
  const auto said = links_of(GetParam().source);
  ASSERT_EQ(said.size(), 1U) << GetParam().source;
  EXPECT_EQ(said[0].to, GetParam().to);
  EXPECT_EQ(said[0].linked, GetParam().linked);
}

INSTANTIATE_TEST_SUITE_P(
    Markdown, LinkOfANote,
    ::testing::Values(
        Case{"[a](b.md)\n", "b.md", "[a](x.md)\n"},
        Case{"[a](../c/b%20d.md#a%20b \"t\")\n", "../c/b d.md#a b", "[a](x.md \"t\")\n"},
        Case{"[a](<b d.md>)\n", "b d.md", "[a](<x.md>)\n"},
        Case{"[a](b\\_c.md)\n", "b_c.md", "[a](x.md)\n"},
        Case{"[a](c\\d.md)\n", "c/d.md", "[a](x.md)\n"},
        Case{"[a][r] [r]\n\n[r]: b.md\n", "b.md", "[a][r] [r]\n\n[r]: x.md\n"},
        Case{"<a class=x href='b.md'>a</a>\n", "b.md", "<a class=x href='x.md'>a</a>\n"},
        Case{"[[N]]\n", "name:N", "[N](x.md)\n"},
        Case{"[[N|see *there*]]\n", "name:N", "[see *there*](x.md)\n"},
        Case{"[[ F/N #A#B B ]]\n", "name:F/N#b-b", "[F/N > B B](x.md)\n"},
        Case{"[[/F/N]]\n", "name:F/N", "[/F/N](x.md)\n"},
        Case{"[[../N]]\n", "../N", "[../N](x.md)\n"},
        Case{"![[N|300]]\n", "name:N", "![300](x.md)\n"},
        Case{"[[N#^b1]]\n", "name:N#^b1", "[N > ^b1](x.md)\n"},
        Case{"[[a_b*c]]\n", "name:a_b*c", "[a\\_b\\*c](x.md)\n"},
        Case{"| a | b |\n|---|---|\n| [[N\\|l]] | c |\n", "name:N",
             "| a | b |\n|---|---|\n| [l](x.md) | c |\n"}));

TEST(LinksOfANote, AreNotFollowedWhereTheyAreNoLinks) {
  for (const char* source :
       {"`[[a]]` and `[a](b.md)`\n", "    [[a]]\n", "```\n[[a]]\n[a](b.md)\n```\n", "\\[[a]]\n",
        "[[#part]]\n", "[[|x]]\n", "[[a\nb]]\n", "[[a]\n", "[[]]\n", "[[https://e.org|x]]\n",
        "[a](https://e.org/b.md) [a](//e.org/b) [a](/b.md) [a](#b) [a](?b) [a](mailto:a@b.c)\n",
        "<!-- [[a]] <a href=b.md> -->\n", "[a]()\n", "[a](%FF.md) is no text\n"}) {
    EXPECT_THAT(links_of(source), IsEmpty()) << source;
  }
}

TEST(PicturesOfANote, AreFoundByTheirNameAlone) {
  Sample run("![[a.png]] ![[B/c.PNG|300]] ![[none.png]] ![[a.png.md]]\n");
  run.job.add_sibling("pictures/a.png", png("a"));
  run.job.add_sibling("B/c.PNG", png("c"));
  EXPECT_EQ(run.markdown(),
            "![a.png](images/note/a.png) ![B/c.PNG|300](images/note/c.PNG) ![[none.png]] "
            "![[a.png.md]]\n");
}

TEST(LinksOfANote, MayBeMany) {
  std::string source;
  for (int i = 0; i < 2000; ++i) source += "[[n" + std::to_string(i) + "]] [a](b.md)\n\n";
  EXPECT_EQ(links_of(source).size(), 4000U);
}

TEST(LinksOfANote, AnUnclosedBracketCostsNoTime) {
  std::string source;
  for (int i = 0; i < 200'000; ++i) source += "[[";
  EXPECT_THAT(links_of(source + "\n"), IsEmpty());
}

}  // namespace
}  // namespace sluice::markdown_plugin
