// SPDX-License-Identifier: Apache-2.0
//
// Pages made to hurt: each must end soon, in any outcome, without taking memory out of proportion.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "unit/plugins/html/html_run.h"

namespace sluice {
namespace {

using test::HtmlRun;
using test::markdown_of;

std::string repeat(std::string_view piece, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += piece;
  return out;
}

// Each runs within the test's time limit, or not at all.
TEST(HostileHtml, DeepNestingKeepsTheText) {
  const std::string page = repeat("<div>", 100000) + "deep" + repeat("</div>", 100000) + "<p>end";
  EXPECT_EQ(markdown_of(page, "auto"), "deep\n\nend\n");
}

TEST(HostileHtml, DeepQuotesAndLists) {
  HtmlRun run(repeat("<blockquote><ul><li>a", 50000));
  EXPECT_EQ(run.run(), Outcome::kOk);
  EXPECT_LT(run.job->body().size(), 20u << 20);
}

TEST(HostileHtml, UnmatchedEndTagsUnderADeepTree) {
  const std::string page = repeat("<b>", 100000) + repeat("</i>", 200000) + "x";
  EXPECT_EQ(markdown_of(page), "**x**\n");
}

TEST(HostileHtml, ManyAttributes) {
  std::string page = "<p ";
  for (int i = 0; i < 200000; ++i) page += "a" + std::to_string(i) + "=1 ";
  EXPECT_EQ(markdown_of(page + ">x"), "x\n");
}

TEST(HostileHtml, UnclosedQuotesAndComments) {
  HtmlRun run(repeat("<a href=\"x <!-- <b title='", 50000) + "z");
  run.run();
  SUCCEED();
}

TEST(HostileHtml, HugeSpans) {
  HtmlRun run("<table>" + repeat("<tr><td rowspan=65534 colspan=1000>x<td>y", 2000) + "</table>");
  EXPECT_EQ(run.run(), Outcome::kOk);
  EXPECT_LT(run.job->body().size(), 20u << 20);
}

TEST(HostileHtml, NestedTables) {
  HtmlRun run(repeat("<table><tr><td>a", 20000));
  EXPECT_EQ(run.run(), Outcome::kOk);
}

TEST(HostileHtml, NestedInlineElementsThatLookAhead) {
  HtmlRun run(repeat("<sup><abbr title='a b'><object>", 30000) + "x");
  EXPECT_EQ(run.run(), Outcome::kOk);
}

TEST(HostileHtml, LinksInAHeadingThatNeverEnds) {
  HtmlRun run("<h2 id=a>" +
              repeat("<a href='#a'>y</a><span class='b' style='c:d'>z</span>", 200000));
  EXPECT_EQ(run.run(), Outcome::kOk);
}

TEST(HostileHtml, CallsOfOneNote) {
  std::string page;
  for (int i = 0; i < 50000; ++i) page += "<a id=r" + std::to_string(i) + " href='#n'>1</a> ";
  HtmlRun run(page + "<div id=n>" + repeat("<p>x <a href='#q'>1</a></p>", 50000));
  EXPECT_EQ(run.run(), Outcome::kOk);
}

// What grows with nesting in a parser: names, open elements, formatting, templates, text in tables.
TEST(HostileHtml, EveryKindOfNesting) {
  for (const std::string piece : {"<object>",
                                  "<template>",
                                  "<table><tr><td>",
                                  "<table>x",
                                  "<select><option>",
                                  "<b id=1><p>",
                                  "<svg><desc>",
                                  "<math><mi>",
                                  "<form><template><form>",
                                  "<ruby><rt>",
                                  "<button>",
                                  "<p><b><i><u><a>",
                                  "<h1><table><caption>",
                                  "<frameset>",
                                  "<x-a><template shadowrootmode=open>",
                                  "<a><table><a>",
                                  "<nobr>",
                                  "<li><dl><dd>",
                                  "<font size=1><td>",
                                  "<noscript>"}) {
    HtmlRun run(repeat(piece, 30000) + "end" + repeat("</b></p></td></template>", 30000));
    run.run();
    EXPECT_LT(run.job->body().size(), 20u << 20) << piece;
  }
}

TEST(HostileHtml, NamesWithoutNumber) {
  std::string page;
  for (int i = 0; i < 200000; ++i)
    page += "<x" + std::to_string(i) + " a" + std::to_string(i) + ">";
  EXPECT_EQ(markdown_of(page + "end"), "end\n");
}

TEST(HostileHtml, FormattingThatIsOpenedAgainAndAgain) {
  std::string page;
  for (int i = 0; i < 5000; ++i) page += "<b id=" + std::to_string(i) + ">";
  HtmlRun run(page + repeat("<p>x", 20000));
  EXPECT_EQ(run.run(), Outcome::kOk);
}

TEST(HostileHtml, AttributesOfTheBodyThatKeepComing) {
  std::string page = "<body>";
  for (int i = 0; i < 100000; ++i)
    page += "<body a" + std::to_string(i) + "=x class=" + std::to_string(i) + ">";
  EXPECT_EQ(markdown_of(page + "end"), "end\n");
}

TEST(HostileHtml, TextsThatNeverEnd) {
  for (const std::string piece :
       {"<title>", "<textarea>&", "<script><!--<script>", "<style></styl", "<!--", "<![CDATA[",
        "<!doctype \"", "&#x", "&CounterClockwise", "</", "<a \"", "<a x='"}) {
    HtmlRun run("<p>a</p>" + repeat(piece, 100000));
    run.run();
    EXPECT_LT(run.job->body().size(), 20u << 20) << piece;
  }
}

// What is looked for beside, around and before an element, in the search for main content.
TEST(HostileHtml, PagesOfOneThingInAuto) {
  const std::string sentence =
      "A sentence, with commas, of words that run on, and on, and on, to its end.";
  const std::vector<std::string> pieces = {
      "<p>" + sentence + sentence,
      "<main>" + sentence + "</main>",
      std::string("<ul class=menu><li><a href=x>y</a></ul>"),
      "<div class=sidebar>" + sentence + "</div>",
      "<div role=main><p>" + sentence,
      std::string("<h1><a href=x>y</a></h1>"),
      "<div id=comments><h2>x</h2>",
      std::string("<form><input><div class=share>"),
      std::string("<table><tr><td class=line-num data-line-number=1><td class=code>"),
      std::string("<p style='mso-list:l0 level9 lfo1'>x"),
      std::string("<ul class='lst-kix_a-1'><li>x</ul>"),
      std::string("<script>mathjax</script>\\(\\[$$\\begin{a}")};
  for (const std::string& piece : pieces) {
    HtmlRun run(repeat(piece, 30000), "auto");
    run.run();
    EXPECT_LT(run.job->body().size(), 20u << 20) << piece;
  }
}

TEST(HostileHtml, CutInTheMiddleOfATag) {
  EXPECT_EQ(markdown_of("<p>text</p><a href=\"http://x"), "text\n");
}

TEST(HostileHtml, BytesThatAreNoText) {
  std::string page = "<p>";
  for (int i = 0; i < 100000; ++i) page += static_cast<char>(i * 7919 >> 3);
  HtmlRun run(page);
  run.run();
  EXPECT_TRUE(run.job->violations().empty());
}

}  // namespace
}  // namespace sluice
