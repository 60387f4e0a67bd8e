// SPDX-License-Identifier: Apache-2.0
//
// MarkdownWriter: what each block and each inline structure looks like.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sluice/children.hpp>
#include <sluice/markdown_writer.hpp>
#include <sluice/testing.hpp>
#include <string>
#include <vector>

#include "unit/sdk/code_converter.h"
#include "unit/sdk/markdown_kit.h"

namespace sluice {
namespace {

using test::item;
using test::prose;
using test::styled;
using test::written;

// --- blocks ---

TEST(MarkdownWriter, ParagraphsAreDividedByOneBlankLine) {
  EXPECT_EQ(written([](auto& out) {
              out.text("one");
              out.end_paragraph();
              out.end_paragraph();
              out.text("two");
            }),
            "one\n\ntwo\n");
}

TEST(MarkdownWriter, BlanksInProseCollapse) {
  EXPECT_EQ(prose("  a \n\t b  \r\n"), "a b\n");
}

TEST(MarkdownWriter, ControlCharactersAreDropped) {
  EXPECT_EQ(prose(std::string_view("a\0b\x01\x7f"
                                   "c",
                                   6)),
            "abc\n");
}

TEST(MarkdownWriter, HeadingHasItsLevel) {
  EXPECT_EQ(written([](auto& out) {
              out.begin_heading(3);
              out.text("C#");
              out.end_heading();
              out.text("body");
            }),
            "### C#\n\nbody\n");
}

TEST(MarkdownWriter, HeadingLevelIsClamped) {
  EXPECT_EQ(written([](auto& out) {
              out.begin_heading(9);
              out.text("x");
              out.end_heading();
            }),
            "###### x\n");
}

TEST(MarkdownWriter, HeadingKeepsItsLastHashes) {
  EXPECT_EQ(written([](auto& out) {
              out.begin_heading(1);
              out.text("key ##");
              out.end_heading();
            }),
            "# key \\##\n");
}

TEST(MarkdownWriter, EmptyHeadingIsLeftOut) {
  EXPECT_EQ(written([](auto& out) {
              out.begin_heading(1);
              out.text("  ");
              out.end_heading();
              out.text("x");
            }),
            "x\n");
}

TEST(MarkdownWriter, QuoteNestsWithPrefixesOnEveryLine) {
  EXPECT_EQ(written([](auto& out) {
              out.begin_quote();
              out.text("a");
              out.begin_quote();
              out.text("b");
              out.end_quote();
              out.end_quote();
              out.text("c");
            }),
            "> a\n>\n> > b\n\nc\n");
}

TEST(MarkdownWriter, EmptyQuoteLeavesNoTrace) {
  EXPECT_EQ(written([](auto& out) {
              out.begin_quote();
              out.end_quote();
              out.text("a");
              out.begin_quote();
              out.end_quote();
              out.text("b");
            }),
            "a\n\nb\n");
}

TEST(MarkdownWriter, TightListHasNoBlankLines) {
  EXPECT_EQ(written([](auto& out) {
              out.begin_list();
              out.begin_item();
              out.text("a");
              out.begin_list();
              item(out, "b");
              out.end_list();
              out.end_item();
              item(out, "c");
              out.end_list();
            }),
            "- a\n  - b\n- c\n");
}

TEST(MarkdownWriter, LooseListHasBlankLinesBetweenItems) {
  EXPECT_EQ(written([](auto& out) {
              out.begin_list({ListKind::kBullet, ListSpacing::kLoose});
              item(out, "a");
              item(out, "b");
              out.end_list();
            }),
            "- a\n\n- b\n");
}

TEST(MarkdownWriter, OrderedListWritesTheNumbersItIsGiven) {
  EXPECT_EQ(written([](auto& out) {
              out.begin_list({ListKind::kOrdered, ListSpacing::kTight});
              out.begin_item({9});
              out.text("a");
              out.end_paragraph();
              out.text("more");
              out.end_item();
              item(out, "b", {10});
              out.end_list();
            }),
            "9. a\n\n   more\n10. b\n");
}

TEST(MarkdownWriter, ImpossibleItemNumberIsClamped) {
  EXPECT_EQ(written([](auto& out) {
              out.begin_list({ListKind::kOrdered, ListSpacing::kTight});
              item(out, "a", {-3});
              item(out, "b", {1LL << 40});
              out.end_list();
            }),
            "0. a\n999999999. b\n");
}

TEST(MarkdownWriter, OrderedListFromTwoDoesNotContinueTheParagraphBeforeIt) {
  EXPECT_EQ(written([](auto& out) {
              out.begin_list();
              out.begin_item();
              out.text("a");
              out.begin_list({ListKind::kOrdered, ListSpacing::kTight});
              item(out, "b", {2});
              out.end_list();
              out.end_item();
              out.end_list();
            }),
            "- a\n\n  2. b\n");
}

TEST(MarkdownWriter, TasksHaveBoxes) {
  EXPECT_EQ(written([](auto& out) {
              out.begin_list();
              item(out, "a", {1, Task::kOpen});
              item(out, "b", {1, Task::kDone});
              out.end_list();
            }),
            "- [ ] a\n- [x] b\n");
}

TEST(MarkdownWriter, EmptyItemIsAMarkerWithoutBlank) {
  EXPECT_EQ(written([](auto& out) {
              out.begin_list();
              item(out, "");
              item(out, "b");
              out.end_list();
            }),
            "-\n- b\n");
}

TEST(MarkdownWriter, ListInTheFirstLineOfAnItem) {
  EXPECT_EQ(written([](auto& out) {
              out.begin_list();
              out.begin_item();
              out.begin_list();
              item(out, "a");
              item(out, "b");
              out.end_list();
              out.end_item();
              out.end_list();
            }),
            "- - a\n  - b\n");
}

TEST(MarkdownWriter, ListsThatFollowEachOtherHaveDifferentMarkers) {
  EXPECT_EQ(written([](auto& out) {
              for (const auto* text : {"a", "b"}) {
                out.begin_list();
                item(out, text);
                out.end_list();
              }
            }),
            "- a\n\n* b\n");
}

TEST(MarkdownWriter, FenceIsLongerThanTheCodeNeeds) {
  EXPECT_EQ(written([](auto& out) { out.code_block("```\nx\n```\n", "c++ title=x"); }),
            "````c++\n```\nx\n```\n````\n");
}

TEST(MarkdownWriter, CodeKeepsItsBytesInsideContainers) {
  EXPECT_EQ(written([](auto& out) {
              out.begin_list();
              out.begin_item();
              out.code_block("\tif (*a)\r\n\r\n  b_c  ");
              out.end_item();
              out.end_list();
            }),
            "- ```\n  \tif (*a)\n\n    b_c  \n  ```\n");
}

TEST(MarkdownWriter, ThematicBreakIsNotTakenForFrontMatterOrAList) {
  EXPECT_EQ(written([](auto& out) {
              out.thematic_break();
              out.text("a");
              out.thematic_break();
              out.begin_list();
              out.begin_item();
              out.thematic_break();
              out.end_item();
              out.end_list();
            }),
            "___\n\na\n\n---\n\n- ___\n");
}

TEST(MarkdownWriter, CommentCannotBeClosedFromInside) {
  EXPECT_EQ(written([](auto& out) { out.comment("page --> 1"); }), "<!-- page - -> 1 -->\n");
}

TEST(MarkdownWriter, FootnoteHoldsBlocks) {
  EXPECT_EQ(written([](auto& out) {
              out.text("x");
              out.footnote_reference("1");
              out.text(": y");
              out.begin_footnote("1");
              out.text("a");
              out.end_paragraph();
              out.text("b");
              out.end_footnote();
            }),
            "x[^1]\\: y\n\n[^1]: a\n\n    b\n");
}

TEST(MarkdownWriter, TextBehindAFootnoteMakesNoLinkOfIt) {
  EXPECT_EQ(written([](auto& out) {
              out.text("x");
              out.footnote_reference("1");
              out.text("(see y), z");
              out.footnote_reference("2");
              out.begin_style(Style::kEmphasis);
              out.text("(a)");
              out.end_style(Style::kEmphasis);
            }),
            "x[^1]\\(see y), z[^2]*(a)*\n");
}

// --- inline ---

TEST(MarkdownWriter, BlanksStandOutsideOfMarkers) {
  EXPECT_EQ(written([](auto& out) {
              out.text("a");
              styled(out, Style::kStrong, " b ");
              out.text("c");
            }),
            "a **b** c\n");
}

TEST(MarkdownWriter, AdjacentRunsOfOneStyleMerge) {
  EXPECT_EQ(written([](auto& out) {
              styled(out, Style::kStrong, "a");
              styled(out, Style::kStrong, "b ");
              styled(out, Style::kStrong, "c");
            }),
            "**ab c**\n");
}

TEST(MarkdownWriter, EmptyRunsVanish) {
  EXPECT_EQ(written([](auto& out) {
              out.text("a");
              styled(out, Style::kStrong, "");
              styled(out, Style::kEmphasis, " ");
              out.text("b");
            }),
            "a b\n");
}

TEST(MarkdownWriter, StylesInsideAWord) {
  EXPECT_EQ(written([](auto& out) {
              out.text("un");
              styled(out, Style::kEmphasis, "frigging");
              out.text("believable");
            }),
            "un*frigging*believable\n");
}

TEST(MarkdownWriter, StyleThatMarkdownCannotBeginThereBecomesATag) {
  EXPECT_EQ(written([](auto& out) {
              out.text("a");
              styled(out, Style::kStrong, "(b)");
              out.text("c");
            }),
            "a<strong>(b)</strong>c\n");
}

TEST(MarkdownWriter, NeighbouringStylesDoNotRunTogether) {
  EXPECT_EQ(written([](auto& out) {
              styled(out, Style::kEmphasis, "a");
              styled(out, Style::kStrong, "b");
            }),
            "_a_**b**\n");
}

TEST(MarkdownWriter, OverlappingStylesUntangle) {
  EXPECT_EQ(written([](auto& out) {
              out.begin_style(Style::kStrong);
              out.text("a ");
              out.begin_style(Style::kEmphasis);
              out.text("b ");
              out.end_style(Style::kStrong);
              out.text("c");
              out.end_style(Style::kEmphasis);
            }),
            "**a _b_** *c*\n");
}

TEST(MarkdownWriter, SubscriptIsATag) {
  EXPECT_EQ(written([](auto& out) {
              out.text("H");
              styled(out, Style::kSubscript, "2");
              out.text("O");
            }),
            "H<sub>2</sub>O\n");
}

TEST(MarkdownWriter, CodeSpanOutgrowsItsBackticks) {
  EXPECT_EQ(written([](auto& out) {
              out.code(" a`b ");
              out.code("``");
            }),
            "``a`b`` ``` `` ```\n");
}

TEST(MarkdownWriter, CodeSpansThatTouchAreOne) {
  EXPECT_EQ(written([](auto& out) {
              out.code("a");
              out.code("b");
            }),
            "`ab`\n");
}

TEST(MarkdownWriter, LinkDestinationIsEncodedWhereNeeded) {
  EXPECT_EQ(written([](auto& out) {
              out.begin_link("a b(c\n)<d>)", "say \"hi\"");
              out.text("x");
              out.end_link();
            }),
            "[x](a%20b\\(c\\)%3Cd%3E\\) \"say \\\"hi\\\"\")\n");
}

TEST(MarkdownWriter, LinkDestinationThatIsNotUtf8IsEncoded) {
  EXPECT_EQ(written([](auto& out) {
              out.begin_link("/caf\xE9/\xE2\x82(\u00E9");
              out.text("x");
              out.end_link();
            }),
            "[x](/caf%E9/%E2%82\\(\u00E9)\n");
}

TEST(MarkdownWriter, LinkOnItsOwnUrlIsAnAutolink) {
  EXPECT_EQ(written([](auto& out) {
              out.begin_link("https://a.b/c_d");
              out.text("https://a.b/c_d");
              out.end_link();
            }),
            "<https://a.b/c_d>\n");
}

TEST(MarkdownWriter, LinkIsNotDividedByAStyleThatEndsInIt) {
  EXPECT_EQ(written([](auto& out) {
              out.begin_style(Style::kStrong);
              out.text("a ");
              out.begin_link("u");
              out.text("b");
              out.end_style(Style::kStrong);
              out.text(" c");
              out.end_link();
            }),
            "**a** [**b** c](u)\n");
}

TEST(MarkdownWriter, LinkAcrossBlocksIsWrittenInEach) {
  EXPECT_EQ(written([](auto& out) {
              out.begin_link("u");
              out.begin_heading(2);
              out.text("a");
              out.end_heading();
              out.text("b");
              out.end_link();
              out.text("c");
            }),
            "## [a](u)\n\n[b](u)c\n");
}

TEST(MarkdownWriter, LinkWithoutTextIsLeftOut) {
  EXPECT_EQ(written([](auto& out) {
              out.text("a");
              out.begin_link("u");
              out.text(" ");
              out.end_link();
              out.text("b");
            }),
            "a b\n");
}

TEST(MarkdownWriter, LinkedImage) {
  EXPECT_EQ(written([](auto& out) {
              out.begin_link("u");
              out.image("i.png", "a [b]\nc");
              out.end_link();
            }),
            "[![a \\[b\\] c](i.png)](u)\n");
}

TEST(MarkdownWriter, HardBreakIsABackslash) {
  EXPECT_EQ(written([](auto& out) {
              out.line_break();
              out.begin_quote();
              out.text("a ");
              out.line_break();
              out.text(" - b");
              out.line_break();
            }),
            "> a\\\n> \\- b\n");
}

TEST(MarkdownWriter, MathStandsBetweenDollars) {
  EXPECT_EQ(written([](auto& out) {
              out.math(" x_1 ");
              out.text(" and ");
              out.math("y", MathLayout::kDisplay);
            }),
            "$x_1$ and $$y$$\n");
}

TEST(MarkdownWriter, LinksToChildren) {
  CodeConverter converter([](Job& job) {
    Children children(job);
    auto child = children.open("b.md");
    child->write("x");
    ASSERT_TRUE(child->finish());
    MarkdownWriter out(job);
    out.begin_list();
    out.begin_item();
    out.begin_child_link(child->id());
    out.text("a [b]");
    out.end_link();
    out.text(" (1 byte)");
    out.end_item();
    out.end_list();
    out.finish();
  });
  RecordingJob job("", "x", "x/x");
  EXPECT_EQ(job.run(converter), Outcome::kOk) << job.reason();
  EXPECT_EQ(job.render("x"), "- [a \\[b\\]](b.md) (1 byte)\n");
}

}  // namespace
}  // namespace sluice
