// SPDX-License-Identifier: Apache-2.0
//
// What programs write in ways of their own: lists of word processors, listings as tables, formulas
// between signs, links of generators and gateways.
#include <gtest/gtest.h>

#include <string>

#include "html/habits/redirects.hpp"
#include "unit/plugins/html/html_run.h"

namespace sluice {
namespace {

using html::behind_redirect;
using test::markdown_of;

// --- Word and Outlook ---

std::string word_item(int level, const std::string& sign, const std::string& text,
                      const std::string& list = "l0") {
  return "<p class=MsoListParagraph style='mso-list:" + list + " level" + std::to_string(level) +
         " lfo1'><![if !supportLists]><span style='font-family:Symbol'><span "
         "style='mso-list:Ignore'>" +
         sign + "<span>&nbsp; </span></span></span><![endif]>" + text + "<o:p></o:p></p>\n";
}

TEST(HtmlWordLists, BulletsAndLevels) {
  EXPECT_EQ(markdown_of("<p>Hi<o:p></o:p></p>" + word_item(1, "·", "one") +
                        word_item(2, "o", "<b>in</b>") + word_item(3, "§", "deep") +
                        word_item(1, "·", "two") + "<p>Bye</p>"),
            "Hi\n\n- one\n  - **in**\n    - deep\n- two\n\nBye\n");
}

TEST(HtmlWordLists, NumbersAndLetters) {
  EXPECT_EQ(markdown_of(word_item(1, "3.", "three") + word_item(1, "4.", "four") +
                        word_item(2, "a)", "letter")),
            "3. three\n4. four\n   - a. letter\n");
}

TEST(HtmlWordLists, TwoListsStayTwo) {
  const std::string markdown =
      markdown_of(word_item(1, "1.", "a") + "<p>between</p>" + word_item(1, "1.", "b"));
  EXPECT_EQ(markdown, "1. a\n\nbetween\n\n1. b\n");
}

TEST(HtmlWordLists, ListThatBeginsDeep) {
  EXPECT_EQ(markdown_of(word_item(2, "·", "deep") + word_item(1, "·", "flat")),
            "- - deep\n- flat\n");
}

// --- Google Docs ---

TEST(HtmlGoogleLists, FlatListsNest) {
  EXPECT_EQ(
      markdown_of("<ul class='lst-kix_1-0 start'><li>one</ul><ul class='lst-kix_1-1 start'><li>in"
                  "</ul><ol class='lst-kix_1-2'><li>deep</ol><ul class='lst-kix_1-0'><li>two</ul>"),
      "- one\n  - in\n    1. deep\n- two\n");
}

TEST(HtmlGoogleLists, OtherListsDoNot) {
  EXPECT_EQ(
      markdown_of("<ul class='lst-kix_1-0'><li>a</ul><p>x</p><ul class='lst-kix_2-1'><li>b</ul>"),
      "- a\n\nx\n\n- b\n");
}

// --- listings ---

TEST(HtmlListing, ARowALine) {
  EXPECT_EQ(
      markdown_of(
          "<table class='highlight'><tr><td class=blob-num data-line-number=1><td class=blob-code>"
          "import os<tr><td class=blob-num data-line-number=2><td class=blob-code>    if x:"
          "<tr><td class=blob-num data-line-number=3><td class=blob-code>\n</table>"),
      "```\nimport os\n    if x:\n```\n");
  EXPECT_EQ(markdown_of(
                "<pre><code class='hljs ruby'><table class=hljs-ln><tr><td class=hljs-ln-numbers>1"
                "<td class=hljs-ln-code>puts 1</table></code></pre>"),
            "```ruby\nputs 1\n```\n");
}

TEST(HtmlListing, NumbersBesideTheCode) {
  EXPECT_EQ(
      markdown_of("<div class=highlight-python><table class=highlighttable><tr><td class=linenos>"
                  "<div class=linenodiv><pre>1\n2</pre></div><td class=code><div class=highlight>"
                  "<pre>a = 1\nb = 2\n</pre></div></table></div>"),
      "```python\na = 1\nb = 2\n```\n");
}

TEST(HtmlListing, TablesOfDataStay) {
  EXPECT_EQ(markdown_of("<table class=code-table><tr><th>Code<th>Name<tr><td>1<td>One</table>"),
            "| Code | Name |\n| --- | --- |\n| 1 | One |\n");
  EXPECT_EQ(
      markdown_of(
          "<table><tr><td class=line-num>1<td>x<td>y<tr><td class=line-num>2<td>z<td>w</table>"),
      "| 1 | x | y |\n| --- | --- | --- |\n| 2 | z | w |\n");
}

TEST(HtmlListing, Languages) {
  EXPECT_EQ(markdown_of("<pre lang=ruby><code>puts 1</code></pre>"), "```ruby\nputs 1\n```\n");
  EXPECT_EQ(markdown_of("<pre lang=js>x</pre>"), "```js\nx\n```\n");
  EXPECT_EQ(markdown_of("<pre lang=de>Guten Tag</pre>"), "```\nGuten Tag\n```\n");
  EXPECT_EQ(markdown_of("<pre lang=zh-Hant>x</pre>"), "```\nx\n```\n");
}

// --- formulas between signs ---

const char* const kMathJax =
    "<script>MathJax={tex:{inlineMath:[['$','$'],['\\\\(','\\\\)']]}}</script><script "
    "src='https://cdn.example/mathjax@3/tex.js'></script>";

TEST(HtmlTexSigns, OfAPageThatDrawsThem) {
  EXPECT_EQ(markdown_of(std::string(kMathJax) + "<p>Take \\(x_1 * y_2\\) and $z_3$ as given.</p>"),
            "Take $x_1 * y_2$ and $z_3$ as given.\n");
  EXPECT_EQ(markdown_of(std::string(kMathJax) +
                        "<p>\\[ c_1 &lt; \\frac{a}{b} \\]</p><p>$$a_i * b_i$$</p>"),
            "$$c_1 < \\frac{a}{b}$$\n\n$$a_i * b_i$$\n");
}

TEST(HtmlTexSigns, DollarsOnlyIfThePageSaysSo) {
  const std::string katex = "<script src='katex/contrib/auto-render.min.js'></script>";
  EXPECT_EQ(markdown_of(katex + "<p>From $5 to $6, \\(x\\).</p>"), "From \\$5 to \\$6, $x$.\n");
  EXPECT_EQ(markdown_of(std::string(kMathJax) + "<p>It costs $5 and $6.</p>"),
            "It costs $5 and $6.\n");
}

TEST(HtmlTexSigns, NotInCodeAndNotWithoutAScript) {
  EXPECT_EQ(markdown_of(std::string(kMathJax) + "<p><code>\\(x\\)</code>"), "`\\(x\\)`\n");
  EXPECT_EQ(markdown_of("<p>\\(x\\)</p>").find('$'), std::string::npos);
}

// --- signs of generators ---

TEST(HtmlPermalink, OfDefinitionsAndCaptions) {
  EXPECT_EQ(markdown_of("<dl><dt id=f>f(a)<a class=headerlink href='#f'>¶</a><dd>Does f.</dl>"
                        "<h2>Head<a class=hash-link href='#h'>\xE2\x80\x8B</a></h2>"
                        "<p>Text <a href='#x'>¶</a></p>"),
            "**f(a)**\n\nDoes f.\n\n## Head\n\nText ¶\n");
}

// --- sums ---

TEST(HtmlCell, CurrencyInALineOrABoxOfItsOwn) {
  for (const char* sum : {"$<br>449", "<span>\n$\n</span>\n<p>449</p>", "<p>$</p><p>449</p>"}) {
    EXPECT_EQ(
        markdown_of(std::string("<table><tr><th>Sum<th>Note<tr><td>") + sum + "<td>a<br>b</table>"),
        "| Sum | Note |\n| --- | --- |\n| $449 | a<br>b |\n")
        << sum;
  }
  EXPECT_EQ(markdown_of("<table><tr><th>x<th>y<tr><td>€<br>(2.5)%<td>$<br>per day</table>"),
            "| x | y |\n| --- | --- |\n| €(2.5)% | $<br>per day |\n");
}

// --- redirects ---

TEST(HtmlRedirect, LeadsToTheEnd) {
  EXPECT_EQ(behind_redirect("https://www.google.com/url?q=https://example.org/a%3Fb%3D1&sa=D"),
            "https://example.org/a?b=1");
  EXPECT_EQ(
      behind_redirect(
          "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fe.org%2Fx&data=1"),
      "https://e.org/x");
  EXPECT_EQ(behind_redirect("https://urldefense.com/v3/__https://e.org/a?b=1__;!!x!y$"),
            "https://e.org/a?b=1");
  EXPECT_EQ(behind_redirect("https://urldefense.proofpoint.com/v2/url?u=https-3A__e.org_a&d=1"),
            "https://e.org/a");
  EXPECT_EQ(behind_redirect(
                "https://l.facebook.com/"
                "l.php?u=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3Dhttps%3A%2F%2Fe.org%2F&h=1"),
            "https://e.org/");
}

TEST(HtmlRedirect, OtherLinksStay) {
  for (const std::string link :
       {"https://www.google.com/search?q=https://e.org", "https://e.org/url?q=https://x.org",
        "https://www.google.com/url?q=javascript:x", "mailto:a@b.c", ""}) {
    EXPECT_EQ(behind_redirect(link), link);
  }
}

}  // namespace
}  // namespace sluice
