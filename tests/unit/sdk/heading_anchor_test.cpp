// The fragments under which readers of Markdown find headings.
#include <gtest/gtest.h>

#include <sluice/heading_anchor.hpp>
#include <sluice/markdown_writer.hpp>

namespace sluice {
namespace {

TEST(HeadingAnchor, IsTheTextInLowerCaseWithoutPunctuation) {
  EXPECT_EQ(heading_anchor("1.2 The gates: open?"), "12-the-gates-open");
  EXPECT_EQ(heading_anchor("snake_case - and dash"), "snake_case---and-dash");
}

TEST(HeadingAnchor, KnowsLettersOfAllScripts) {
  EXPECT_EQ(heading_anchor("\u00DCber \u0416\u0443\u043A"), "\u00FCber-\u0436\u0443\u043A");
  EXPECT_EQ(heading_anchor("\u7B2C\u4E00\u7AE0\u3001\u6982\u8981"),
            "\u7B2C\u4E00\u7AE0\u6982\u8981");
}

TEST(HeadingAnchor, IsEachHeadingsOwn) {
  HeadingAnchors anchors;
  EXPECT_EQ(anchors.add("A"), "a");
  EXPECT_EQ(anchors.add("a"), "a-1");
  EXPECT_EQ(anchors.add("a!"), "a-2");
}

TEST(HeadingText, TellsWhatAHeadingSays) {
  MarkdownWriter out;  // its Markdown goes nowhere
  EXPECT_EQ(out.heading_text(), "");
  out.begin_heading(2);
  out.text(" The ");
  out.begin_style(Style::kStrong);
  out.text("*bold*");
  out.end_style(Style::kStrong);
  out.line_break();
  out.code("a_b");
  out.math("x^2");
  out.footnote_reference("1");
  out.image("picture.png", "alt");
  out.end_heading();
  EXPECT_EQ(out.heading_text(), "The *bold* a_bx^21\uFFFC");
  out.text("text");
  out.end_paragraph();
  EXPECT_EQ(heading_anchor(out.heading_text()), "the-bold-a_bx21");
  EXPECT_TRUE(out.has_content());
  out.finish();
}

}  // namespace
}  // namespace sluice
