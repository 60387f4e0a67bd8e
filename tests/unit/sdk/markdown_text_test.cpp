// SPDX-License-Identifier: Apache-2.0
//
// MarkdownWriter: escapes, tables, assets, Markdown of the source's own, and what is out of the
// ordinary.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sluice/markdown_writer.hpp>
#include <string>
#include <vector>

#include "unit/sdk/markdown_kit.h"

namespace sluice {
namespace {

using test::BodyJob;
using test::item;
using test::prose;
using test::row;
using test::written;

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
