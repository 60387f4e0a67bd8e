// SPDX-License-Identifier: Apache-2.0
//
// MarkdownWriter: what each structure looks like, and, for random structures, that a Markdown
// reader gets back what the writer was told.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>
#include <sluice/markdown_writer.hpp>
#include <string>
#include <vector>

#include "unit/sdk/markdown_judge.h"

namespace sluice {
namespace {

using test::Judge;
using test::Look;
using test::Transcript;

// A job that keeps its body; links to assets appear as `asset-N`.
class BodyJob {
 public:
  BodyJob() {
    raw_.size = sizeof raw_;
    raw_.host = this;
    raw_.write_body = [](sluice_job* job, const void* data, std::uint64_t size) -> sluice_status {
      self(job).body_.append(static_cast<const char*>(data), static_cast<std::size_t>(size));
      return SLUICE_STATUS_OK;
    };
    raw_.link_asset = [](sluice_job* job, sluice_asset asset) -> sluice_status {
      self(job).body_ += "asset-" + std::to_string(asset);
      return SLUICE_STATUS_OK;
    };
  }
  Job& job() { return job_; }
  const std::string& body() const { return body_; }

 private:
  static BodyJob& self(sluice_job* job) { return *static_cast<BodyJob*>(job->host); }
  sluice_job raw_{};
  Job job_{&raw_};
  std::string body_;
};

using Write = std::function<void(MarkdownWriter&)>;

std::string written(const Write& write) {
  BodyJob job;
  MarkdownWriter out(job.job());
  write(out);
  out.finish();
  return job.body();
}

std::string prose(std::string_view text) {
  return written([&](MarkdownWriter& out) { out.text(text); });
}

void item(MarkdownWriter& out, std::string_view text, const ItemOptions& options = {}) {
  out.begin_item(options);
  out.text(text);
  out.end_item();
}

void row(MarkdownWriter& out, std::initializer_list<std::string_view> cells) {
  out.begin_row();
  for (const auto cell : cells) {
    out.begin_cell();
    out.text(cell);
    out.end_cell();
  }
  out.end_row();
}

void styled(MarkdownWriter& out, Style style, std::string_view text) {
  out.begin_style(style);
  out.text(text);
  out.end_style(style);
}

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

// --- escapes ---

TEST(MarkdownWriterEscapes, ProseStaysReadable) {
  for (const char* text : {"a * b",
                           "C# 5",
                           "x_y_z",
                           "3.14",
                           "5 - 3",
                           "a < b",
                           "AT&T",
                           "[sic]",
                           "~5 to ~7",
                           "Price*",
                           "it's 100% (really!)",
                           "a | b",
                           "#1",
                           "-5 degrees",
                           "e.g. 1. this",
                           "$5 and $6",
                           "\\o/",
                           "a:b",
                           "x = y",
                           "snake_case_name and other_name",
                           "C:\\dir",
                           "a + b",
                           "1.5"}) {
    EXPECT_EQ(prose(text), std::string(text) + "\n");
  }
}

TEST(MarkdownWriterEscapes, WhatWouldBeEatenIsEscaped) {
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"# x", "\\# x"},           {"- x", "\\- x"},       {"+ x", "\\+ x"},
      {"* x", "\\* x"},           {"1. x", "1\\. x"},     {"2024) x", "2024\\) x"},
      {"> x", "\\> x"},           {"---", "\\---"},       {"~~~", "\\~\\~\\~"},
      {"*a*", "\\*a\\*"},         {"_a_", "\\_a\\_"},     {"a*b*c", "a\\*b\\*c"},
      {"~~a~~", "\\~\\~a\\~\\~"}, {"`a`", "\\`a\\`"},     {"[a](b)", "[a\\](b)"},
      {"[a]: b", "[a\\]: b"},     {"[^1]", "\\[^1]"},     {"[[a]]", "\\[\\[a]]"},
      {"<b>", "\\<b>"},           {"<!-- a", "\\<!-- a"}, {"&amp;", "\\&amp;"},
      {"&#38;", "\\&#38;"},       {"\\*", "\\\\*"},       {"$x$", "\\$x\\$"},
      {"a\\", "a\\\\"},
  };
  for (const auto& [text, markdown] : cases) EXPECT_EQ(prose(text), std::string(markdown) + "\n");
}

TEST(MarkdownWriterEscapes, BangBeforeALinkMakesNoImage) {
  EXPECT_EQ(written([](auto& out) {
              out.text("Go!");
              out.begin_link("u");
              out.text("x");
              out.end_link();
            }),
            "Go\\![x](u)\n");
}

TEST(MarkdownWriterEscapes, ItemTextThatLooksLikeATask) {
  EXPECT_EQ(written([](auto& out) {
              out.begin_list();
              item(out, "[ ] a");
              out.end_list();
            }),
            "- \\[ ] a\n");
}

// --- tables ---

TEST(MarkdownWriterTable, FirstRowIsTheHeaderAndRaggedRowsAreFilled) {
  EXPECT_EQ(written([](auto& out) {
              out.begin_table();
              row(out, {"a", "b"});
              row(out, {"1"});
              row(out, {"1", "2", "3"});
              out.end_table();
            }),
            "| a | b | |\n| --- | --- | --- |\n| 1 | | |\n| 1 | 2 | 3 |\n");
}

TEST(MarkdownWriterTable, PipesAndLineBreaksStayInTheirCell) {
  EXPECT_EQ(written([](auto& out) {
              out.begin_table();
              out.begin_row();
              out.begin_cell();
              out.text("a|b");
              out.line_break();
              out.code("c|d");
              out.end_cell();
              out.end_row();
              out.end_table();
            }),
            "| a\\|b<br>`c\\|d` |\n| --- |\n");
}

TEST(MarkdownWriterTable, BlocksInACellAreDividedByBreaks) {
  EXPECT_EQ(written([](auto& out) {
              out.begin_table();
              out.begin_row();
              out.begin_cell();
              out.text("p");
              out.end_paragraph();
              out.begin_list();
              item(out, "a");
              item(out, "b");
              out.end_list();
              out.code_block("x\ny");
              out.end_cell();
              out.end_row();
              out.end_table();
            }),
            "| p<br>- a<br>- b<br>`x`<br>`y` |\n| --- |\n");
}

TEST(MarkdownWriterTable, ListsInACellNestAndKeepTheirMarkersWithTheirText) {
  EXPECT_EQ(written([](auto& out) {
              out.begin_table();
              out.begin_row();
              out.begin_cell();
              out.begin_list();
              out.begin_item();
              out.end_paragraph();
              out.text("a");
              out.end_paragraph();
              out.begin_list({ListKind::kOrdered});
              item(out, "b");
              out.end_list();
              out.end_item();
              out.begin_item();
              out.end_item();
              item(out, "c");
              out.end_list();
              out.end_cell();
              out.end_row();
              out.end_table();
            }),
            "| - a<br>\u00A0\u00A01. b<br>-<br>- c |\n| --- |\n");
}

void spanned(MarkdownWriter& out, SpanFill fill) {
  out.begin_table({fill});
  out.begin_row();
  out.begin_cell({2, 2});
  out.text("a");
  out.end_cell();
  out.begin_cell();
  out.text("b");
  out.end_cell();
  out.end_row();
  row(out, {"c"});
  out.end_table();
}

TEST(MarkdownWriterTable, SpansLeaveEmptyCells) {
  EXPECT_EQ(written([](auto& out) { spanned(out, SpanFill::kEmpty); }),
            "| a | | b |\n| --- | --- | --- |\n| | | c |\n");
}

TEST(MarkdownWriterTable, SpansCanRepeatTheirCell) {
  EXPECT_EQ(written([](auto& out) { spanned(out, SpanFill::kRepeat); }),
            "| a | a | b |\n| --- | --- | --- |\n| a | a | c |\n");
}

TEST(MarkdownWriterTable, AlignmentComesFromTheFirstRow) {
  EXPECT_EQ(written([](auto& out) {
              out.begin_table();
              out.begin_row();
              for (const Align align : {Align::kLeft, Align::kCenter, Align::kRight}) {
                out.begin_cell({1, 1, align});
                out.text("a");
                out.end_cell();
              }
              out.end_row();
              out.end_table();
            }),
            "| a | a | a |\n| :--- | :---: | ---: |\n");
}

TEST(MarkdownWriterTable, KnownColumnsStreamAndCapTheRows) {
  EXPECT_EQ(written([](auto& out) {
              out.begin_table({SpanFill::kEmpty, 2});
              row(out, {"a", "b"});
              row(out, {"1", "2", "3"});
              out.end_table();
            }),
            "| a | b |\n| --- | --- |\n| 1 | 2 |\n");
}

TEST(MarkdownWriterTable, StandsInAnItem) {
  EXPECT_EQ(written([](auto& out) {
              out.begin_list();
              out.begin_item();
              out.text("x");
              out.begin_table();
              row(out, {"a"});
              out.end_table();
              out.end_item();
              out.end_list();
            }),
            "- x\n\n  | a |\n  | --- |\n");
}

TEST(MarkdownWriterTable, SpansCannotBlowUpTheOutput) {
  const std::string body = written([](auto& out) {
    out.begin_table({SpanFill::kRepeat});
    for (int i = 0; i < 200; ++i) {
      out.begin_row();
      for (int k = 0; k < 50; ++k) {
        out.begin_cell({1000, 65534});
        out.text("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
        out.end_cell();
      }
      out.end_row();
    }
    out.end_table();
  });
  EXPECT_LT(body.size(), 20u << 20);
}

// --- assets ---

TEST(MarkdownWriterAssets, LinksStandWhereTheyBelongAfterBuffering) {
  EXPECT_EQ(written([](auto& out) {
              out.image(sluice_asset{1}, "one");
              out.begin_list();
              out.begin_item();
              out.begin_table();
              out.begin_row();
              out.begin_cell({2, 1});
              out.image(sluice_asset{2}, "two");
              out.end_cell();
              out.end_row();
              row(out, {"x"});
              out.end_table();
              out.end_item();
              out.end_list();
              out.begin_link(sluice_asset{3}, "t");
              out.text("three");
              out.end_link();
            }),
            "![one](asset-1)\n\n- | ![two](asset-2) | |\n  | --- | --- |\n  | x | |\n\n"
            "[three](asset-3 \"t\")\n");
}

// --- robustness ---

TEST(MarkdownWriter, UnmatchedEndsAreIgnored) {
  EXPECT_EQ(written([](auto& out) {
              out.end_list();
              out.end_quote();
              out.end_cell();
              out.end_table();
              out.end_link();
              out.end_style(Style::kStrong);
              out.text("a");
            }),
            "a\n");
}

TEST(MarkdownWriter, DeepNestingIsFlattenedAndStaysLinear) {
  constexpr int kDepth = 20000;
  const std::string body = written([](auto& out) {
    for (int i = 0; i < kDepth; ++i) {
      out.begin_quote();
      out.begin_list();
      out.begin_item();
      out.text("x");
    }
    for (int i = 0; i < kDepth; ++i) {
      out.end_item();
      out.end_list();
      out.end_quote();
    }
    out.text("end");
  });
  EXPECT_LT(body.size(), 400u * kDepth);
  EXPECT_TRUE(body.ends_with("\n\nend\n"));
}

TEST(MarkdownWriter, ManyDelimitersAreLinear) {
  std::string stars;
  for (int i = 0; i < 300000; ++i) stars += "*a _b `c [";
  EXPECT_GT(prose(stars).size(), stars.size());
}

// --- round trip ---

// Writes a random document and notes, beside it, what a reader should see.
class RandomDocument {
 public:
  explicit RandomDocument(unsigned seed) : random_(seed) {}

  std::string write() {
    BodyJob job;
    MarkdownWriter out(job.job());
    out_ = &out;
    blocks(0);
    transcript_.boundary();
    out.finish();
    return job.body();
  }
  const std::string& expected() const { return transcript_.str(); }

 private:
  int pick(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  bool chance(int percent) { return pick(100) < percent; }

  void blocks(int depth) {
    for (int n = 1 + pick(3); n > 0; --n) block(depth);
  }

  void block(int depth) {
    const int kind = pick(depth < 4 ? 9 : 3);
    switch (kind) {
      case 3:
        quote(depth);
        break;
      case 4:
      case 5:
        list(depth);
        break;
      case 6:
        table();
        break;
      case 7:
        code();
        break;
      case 8:
        heading();
        break;
      default:
        inline_content();
        out_->end_paragraph();
        transcript_.boundary();
    }
  }

  void heading() {
    const int level = 1 + pick(6);
    transcript_.open("h" + std::to_string(level));
    out_->begin_heading(level);
    inline_content();
    out_->end_heading();
    transcript_.close();
  }

  void quote(int depth) {
    transcript_.open("quote");
    out_->begin_quote();
    blocks(depth + 1);
    out_->end_quote();
    transcript_.close();
  }

  void list(int depth) {
    const bool ordered = chance(50);
    int number = pick(12);
    transcript_.open(ordered ? "ol" + std::to_string(number) : "ul");
    out_->begin_list({ordered ? ListKind::kOrdered : ListKind::kBullet,
                      chance(60) ? ListSpacing::kTight : ListSpacing::kLoose});
    for (int n = 1 + pick(3); n > 0; --n) {
      transcript_.open("li");
      out_->begin_item({number++});
      // md4c 0.4.8 ends all lists after an empty item of an inner one.
      if (depth > 0 || chance(90)) {
        inline_content();
        out_->end_paragraph();
        transcript_.boundary();
        if (chance(40)) blocks(depth + 1);
      } else if (chance(50)) {
        blocks(depth + 1);
      }
      out_->end_item();
      transcript_.close();
    }
    out_->end_list();
    transcript_.close();
  }

  void table() {
    transcript_.open("table");
    out_->begin_table();
    const int columns = 1 + pick(3);
    for (int rows = 1 + pick(3); rows > 0; --rows) {
      transcript_.open("tr");
      out_->begin_row();
      for (int i = 0; i < columns; ++i) {
        transcript_.open("td");
        out_->begin_cell();
        inline_content();
        out_->end_cell();
        transcript_.close();
      }
      out_->end_row();
      transcript_.close();
    }
    out_->end_table();
    transcript_.close();
  }

  void code() {
    transcript_.open("prec");
    const std::string code = "if (*a) {\n    b```c\n\n}  // ~~~ <d>";
    out_->code_block(code, "c");
    Look look;
    transcript_.text(code, look);
    transcript_.close();
  }

  void inline_content() {
    text("x" + std::to_string(pick(10)));  // never empty
    for (int n = pick(8); n > 0; --n) span();
  }

  void span() {
    switch (pick(8)) {
      case 0:
        toggle(Style::kStrong, look_.strong);
        break;
      case 1:
        toggle(Style::kEmphasis, look_.emphasis);
        break;
      case 2:
        toggle(Style::kStrike, look_.strike);
        break;
      case 3:
        link();
        break;
      case 4:
        code_span();
        break;
      case 5:
        if (chance(30)) out_->line_break();
        break;
      default:
        text(random_text());
    }
  }

  void toggle(Style style, bool& on) {
    on = !on;
    if (on) {
      out_->begin_style(style);
    } else {
      out_->end_style(style);
    }
  }

  void link() {
    if (look_.link.empty()) {
      look_.link = chance(50) ? "http://a.b/c_d" : "e(f)";
      out_->begin_link(look_.link);
    } else {
      look_.link.clear();
      out_->end_link();
    }
    if (chance(20)) {
      out_->image("i.png", "");
      transcript_.image("i.png", look_);
    }
  }

  void code_span() {
    static constexpr const char* kCodes[] = {"a", "`", "a``b", " * ", "\\", "<b>", "|", "a | b"};
    const char* code = kCodes[pick(8)];
    out_->code(code);
    Look look = look_;
    look.code = true;
    transcript_.text(code, look);
  }

  std::string random_text() {
    static constexpr const char* kPieces[] = {
        "a",    "b",    "word",  " ",     " ",    " ",   "*",  "**", "_",   "__",         "~",
        "~~",   "`",    "``",    "[",     "]",    "(",   ")",  "](", "[x]", "<",          ">",
        "<b>",  "</i>", "&",     "&amp;", ";",    "#",   "##", "+",  "-",   "- ",         "1. ",
        "12) ", ".",    "!",     "!",     "|",    "\\",  ":",  "=",  "===", "\"",         "é",
        "中",   "“",    "”",     "€",     "。",   "---", "> ", "# ", "+ ",  "http://x.y", "'",
        "/",    "\t",   "&#65;", "^",     "[^1]", "***", "~~~"};
    std::string text;
    for (int n = 1 + pick(5); n > 0; --n) text += kPieces[pick(std::size(kPieces))];
    return text;
  }

  void text(const std::string& text) {
    out_->text(text);
    std::string visible;
    for (const char c : text) {
      if (c != '\t') visible += c;
    }
    transcript_.text(visible, look_);
  }

  std::mt19937 random_;
  MarkdownWriter* out_ = nullptr;
  Transcript transcript_;
  Look look_;
};

std::string first_flaw(const std::string& markdown) {
  bool fenced = false;
  std::size_t begin = 0;
  bool blank_before = false;
  while (begin < markdown.size()) {
    const std::size_t end = markdown.find('\n', begin);
    if (end == std::string::npos) return "no line end at the end";
    const std::string line = markdown.substr(begin, end - begin);
    if (line.find("````") != std::string::npos) fenced = !fenced;
    const bool blank = line.find_first_not_of("> ") == std::string::npos;
    if (!fenced && line.ends_with(' ')) return "a blank at a line's end: " + line;
    if (!fenced && blank && blank_before) return "two blank lines";
    blank_before = blank;
    begin = end + 1;
  }
  return "";
}

// md4c 0.4.8 now and then ends a list early: after a blank line it takes the offsets of the lines
// before for the header of a block. A paragraph in front moves the offsets, and the truth stays.
std::string read_again(const std::string& markdown, std::size_t shift) {
  const std::string front(shift, 'p');
  const std::string seen = Judge::read(front + "\n\n" + markdown);
  return seen.substr(std::min(seen.size(), shift + 3));  // "<>" and the line end
}

TEST(MarkdownWriterRoundTrip, ReaderSeesWhatTheWriterWasTold) {
  constexpr unsigned kDocuments = 20000;
  int failures = 0;
  for (unsigned seed = 0; seed < kDocuments && failures < 5; ++seed) {
    RandomDocument document(seed);
    const std::string markdown = document.write();
    std::string seen = Judge::read(markdown);
    for (std::size_t i = 1; i < 4 && seen != document.expected(); ++i) {
      seen = read_again(markdown, i * 7);
    }
    const std::string flaw = first_flaw(markdown);
    if (seen == document.expected() && flaw.empty()) continue;
    ++failures;
    ADD_FAILURE() << "seed " << seed << " " << flaw << "\n--- expected\n"
                  << document.expected() << "\n--- seen\n"
                  << seen << "\n--- markdown\n"
                  << markdown;
  }
}

TEST(MarkdownWriter, MakesNoLinkOfAScript) {
  for (const char* url : {"javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)",
                          " javascript:alert(1)", "&#106;avascript:alert(1)", "vbscript:x",
                          "data:text/html,<script>alert(1)</script>"}) {
    EXPECT_EQ(written([&](MarkdownWriter& out) {
                out.begin_link(url, "title");
                out.text("text");
                out.end_link();
              }),
              "text\n")
        << url;
    EXPECT_EQ(written([&](MarkdownWriter& out) { out.image(url, "picture"); }), "picture\n") << url;
  }
}

// md4c takes a blank for the first character of a scheme.
TEST(MarkdownWriter, MakesNoAutolinkOfAScript) {
  for (const char* text : {"<javascript:x>", "< javascript:x>", "<\xc2\xa0> <  vbscript:x>"}) {
    EXPECT_THAT(written([&](MarkdownWriter& out) { out.text(text); }), ::testing::HasSubstr("\\<"))
        << text;
  }
  EXPECT_EQ(written([](MarkdownWriter& out) { out.text("a < b: c > d"); }), "a < b: c > d\n");
}

// --- Markdown of the source's own ---

TEST(MarkdownWriter, RawMarkdownStandsInOrderAsABlockOfItsOwn) {
  EXPECT_EQ(written([](MarkdownWriter& out) {
              out.begin_heading(1);
              out.text("Cell 1");
              out.end_heading();
              out.raw("**one**\r\n\r\n- two\n\n");
              out.text("after *it*");
              out.raw("three");
              out.raw("four");
            }),
            "# Cell 1\n\n**one**\n\n- two\n\nafter \\*it\\*\n\nthree\n\nfour\n");
}

TEST(MarkdownWriter, RawMarkdownKeepsToItsContainer) {
  EXPECT_EQ(written([](MarkdownWriter& out) {
              out.begin_quote();
              out.raw("a\n\n```\nb\n```");
              out.end_quote();
              out.text("c");
            }),
            "> a\n>\n> ```\n> b\n> ```\n\nc\n");
}

TEST(MarkdownWriter, WhatTheJobWritesBehindAFlushStandsThere) {
  BodyJob job;
  {
    MarkdownWriter out(job.job());
    out.flush();
    job.job().write("first\n");
    out.text("one");
    out.flush();
    job.job().write("\ntwo\n");
    out.text("three");
    out.finish();
  }
  MarkdownWriter next(job.job());
  next.flush();
  next.text("four");
  next.finish();
  EXPECT_EQ(job.body(), "first\n\none\n\ntwo\n\nthree\n\nfour\n");
}

TEST(MarkdownWriter, IsRefusedAfterItsEnd) {
  BodyJob job;
  MarkdownWriter out(job.job());
  out.text("x");
  out.finish();
  out.finish();
  EXPECT_TRUE(out.has_content());
  EXPECT_THROW(out.text("y"), Failure);
  EXPECT_THROW(out.raw("y"), Failure);
  EXPECT_EQ(job.body(), "x\n");
}

}  // namespace
}  // namespace sluice
