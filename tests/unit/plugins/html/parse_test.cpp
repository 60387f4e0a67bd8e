// SPDX-License-Identifier: Apache-2.0
//
// Pages are read as browsers read them: what is text there is text here.
#include "html/parse.hpp"

#include <gtest/gtest.h>

#include <string>

#include "html/parse_xhtml.hpp"
#include "unit/plugins/html/html_run.h"

namespace sluice {
namespace {

using test::HtmlRun;
using test::markdown_of;

std::string title_of(const std::string& page) {
  HtmlRun run(page + "<p>text");
  run.run();
  for (const auto& [key, value] : run.job->metadata()) {
    if (key == "title") return value;
  }
  return {};
}

// --- text that looks like markup ---

TEST(HtmlText, CommentInATitleIsText) {
  EXPECT_EQ(title_of("<title>How <!-- works</title>"), "How <!-- works");
}

TEST(HtmlText, ElementsOfRawTextHideWhatTheyHold) {
  for (const std::string name : {"iframe", "noembed", "noframes", "style", "script"}) {
    const std::string page = "<p>a</p><" + name + "><!-- x <b></" + name + "><p>after</p>";
    EXPECT_EQ(markdown_of(page), "a\n\nafter\n") << name;
  }
}

TEST(HtmlText, TextAreasShowTheirMarkup) {
  EXPECT_EQ(markdown_of("<p>a</p><textarea><!-- x <b></textarea><p>after</p>"),
            "a\n\n\\<!-- x \\<b>\n\nafter\n");
}

TEST(HtmlText, XmpAndPlaintextShowTheirMarkup) {
  EXPECT_EQ(markdown_of("<xmp><b>&amp;</b></xmp><p>x"), "```\n<b>&amp;</b>\n```\n\nx\n");
  EXPECT_EQ(markdown_of("<p>x</p><plaintext><i>y"), "x\n\n\\<i>y\n");
}

TEST(HtmlText, EndTagInAStringOfAScriptInAComment) {
  EXPECT_EQ(markdown_of("<script><!-- document.write('<script>x</script>'); --></script><p>a"),
            "a\n");
}

// --- comments ---

TEST(HtmlComment, EndsAsBrowsersEndIt) {
  for (const std::string comment :
       {"<!-- x -->", "<!-- x --!>", "<!-->", "<!--->", "<!-- x --->", "<!-- <!-- x -->", "<!x>",
        "<?x>", "</ x>", "<![CDATA[x>", "<!doctype x>"}) {
    EXPECT_EQ(markdown_of("<p>a</p>" + comment + "<p>b</p>"), "a\n\nb\n") << comment;
  }
}

TEST(HtmlComment, WithoutEndTakesTheRestAsInBrowsers) {
  EXPECT_EQ(markdown_of("<p>a</p><!-- b > <p>c</p>"), "a\n");
}

// --- references ---

TEST(HtmlReference, WithoutSemicolonWhereHtmlKnowsIt) {
  EXPECT_EQ(markdown_of("<p>&copy 2024 AT&ampT &Aacutex &notin; &notit; &unknown; &lt"),
            "© 2024 AT&T Áx ∉ ¬it; \\&unknown; <\n");
}

TEST(HtmlReference, AllNamesAreKnown) {
  EXPECT_EQ(markdown_of("<p>&CounterClockwiseContourIntegral;&nGt;&fjlig;&zwnj;&check;"),
            "∳≫⃒fj\u200C✓\n");
}

TEST(HtmlReference, InAnAddressOnlyWithSemicolon) {
  EXPECT_EQ(markdown_of("<a href='http://x.org/?a=1&copy=2&amp;b=3&reg'>l</a>"),
            "[l](http://x.org/?a=1&copy=2&b=3®)\n");
}

TEST(HtmlReference, NumbersOfControlsMeanWindows1252) {
  EXPECT_EQ(markdown_of("<p>&#147;a&#148; &#x80; &#0; &#xD800; &#x110000;"), "“a” € � � �\n");
}

// --- tags in the wrong place ---

TEST(HtmlRepair, TextInATableStandsBeforeIt) {
  EXPECT_EQ(markdown_of("<table>lost<tr><th>a<th>b<tr><td>1<td>2</table>"),
            "lost\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n");
}

TEST(HtmlRepair, FormattingGoesOnInTheNextParagraph) {
  EXPECT_EQ(markdown_of("<p><b>a<p>b</b> c"), "**a**\n\n**b** c\n");
  EXPECT_EQ(markdown_of("<p>1<b>2<i>3</b>4</i>5"), "1**2<em>3</em>**<em>4</em>5\n");
}

TEST(HtmlRepair, ItemsAndCellsEndThemselves) {
  EXPECT_EQ(markdown_of("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>"), "- a\n- b\n  - c\n- d\n");
}

TEST(HtmlRepair, SecondBodyAndLateHeadLoseNothing) {
  EXPECT_EQ(markdown_of("<body><p>a</body></html><p>b<head><title>t</title></head><body><p>c"),
            "a\n\nb\n\nc\n");
}

TEST(HtmlRepair, UnclosedAttributeValueEndsThePage) {
  EXPECT_EQ(markdown_of("<p>a</p><a href='x>b</a><p>c"), "a\n");
}

TEST(HtmlRepair, NulsAreNothing) {
  EXPECT_EQ(markdown_of(std::string("<p>a\0b</p\0><p>c", 15)), "ab\n\nc\n");
}

TEST(HtmlRepair, AllLineEndsAreAlike) {
  EXPECT_EQ(markdown_of("<pre>a\r\nb\rc\n\nd</pre>"), "```\na\nb\nc\n\nd\n```\n");
}

TEST(HtmlRepair, FramesAreLinks) {
  EXPECT_EQ(
      markdown_of("<frameset cols='1,2'><frame src='menu.html' title='Menu'><frame src='a.html'>"
                  "<noframes><p>none</noframes></frameset>"),
      "[Menu](menu.html)\n\n[a.html](a.html)\n");
}

// --- templates ---

TEST(HtmlTemplate, IsNotShown) {
  EXPECT_EQ(markdown_of("<p>a<template><p>b</template><p>c"), "a\n\nc\n");
}

TEST(HtmlTemplate, ShadowRootIsShownWithWhatItsSlotsTake) {
  EXPECT_EQ(
      markdown_of("<x-card><template shadowrootmode=open><h2><slot name=head>none</slot></h2>"
                  "<slot>none</slot><p>foot</template><p>body</p><b slot=head>Head</b></x-card>"),
      "## Head\n\nbody\n\nfoot\n");
  EXPECT_EQ(
      markdown_of("<x-a><template shadowrootmode=closed><p><slot>fallback</slot></template></x-a>"),
      "fallback\n");
}

TEST(HtmlTemplate, ShadowRootsNest) {
  EXPECT_EQ(markdown_of("<a-a><template shadowrootmode=open><b-b><template shadowrootmode=open>"
                        "<p>in <slot></slot></template>x<slot></slot></b-b></template>y</a-a>"),
            "in xy\n");
}

// --- drawings and formulas ---

TEST(HtmlForeign, TitleOfADrawingIsNoTitle) {
  EXPECT_EQ(title_of("<body><svg><title>Icon</title></svg>"), "");
  EXPECT_EQ(title_of("<title>Page</title><svg><title>Icon</title></svg>"), "Page");
}

TEST(HtmlForeign, DrawingThatIsNotClosedEndsAtTheNextParagraph) {
  EXPECT_EQ(markdown_of("<p>a<svg><path d='M0 0'><g><p>b"), "a\n\nb\n");
}

TEST(HtmlForeign, CdataIsTextInFormulasOnly) {
  EXPECT_EQ(markdown_of("<p><math><mi><![CDATA[x]]></mi></math>"), "$x$\n");
}

// --- XHTML by its own parser gives the same tree ---

std::string shape_of(const html::Dom& dom) {
  std::string out;
  for (html::NodeId i = 1; i < dom.size(); ++i) {
    if (dom[i].tag == html::Tag::kText) {
      out += "'" + std::string(dom.text(i)) + "'";
    } else {
      out += "<" + std::to_string(static_cast<int>(dom[i].tag)) + " " +
             std::to_string(dom[i].parent) + "-" + std::to_string(dom[i].end) + " " +
             std::string(dom.attribute(i, html::Attr::kHref)) + ">";
    }
  }
  return out;
}

TEST(HtmlXhtml, WellFormedPagesGiveTheSameTree) {
  for (const std::string body :
       {"<p>a &amp; b &copy; &#8212; &hellip;</p>",
        "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>",
        "<table><tbody><tr><td>1</td><td>2</td></tr></tbody></table>",
        "<p>x<svg><title>t</title><a href='u'>z</a></svg></p>",
        "<p><a href='?a=1&amp;copy=2'>l</a></p>", "<p><math><mi>x</mi><mo>&le;</mo></math></p>",
        "<div><pre>a\nb</pre><hr/><br/></div>"}) {
    const std::string page = "<html><head><title>t</title></head><body>" + body + "</body></html>";
    const auto xhtml = html::parse_xhtml(page);
    ASSERT_TRUE(xhtml.has_value()) << body;
    EXPECT_EQ(shape_of(*xhtml), shape_of(html::parse_html(page))) << body;
  }
}

}  // namespace
}  // namespace sluice
