// SPDX-License-Identifier: Apache-2.0
//
// What each piece of HTML becomes.
#include <gtest/gtest.h>

#include <string>

#include "unit/plugins/html/html_run.h"

namespace sluice {
namespace {

using test::HtmlRun;
using test::markdown_of;

TEST(Html, HeadingsAndParagraphs) {
  EXPECT_EQ(markdown_of("<h2>A <b>b</b></h2><p>c\n d</p>e<div>f</div>"),
            "## A b\n\nc d\n\ne\n\nf\n");
}

TEST(Html, BlanksCollapseAcrossInlineElementsAndVanishAtBlocks) {
  EXPECT_EQ(markdown_of("<p> a <b> b </b> <i>c</i>d<span>e</span> </p> <p>f</p>"),
            "a **b** *c*de\n\nf\n");
}

TEST(Html, EntitiesAndWindowsControlsAreCharacters) {
  EXPECT_EQ(markdown_of("<p>&lt;b&gt; &amp;amp; caf&eacute;&nbsp;&#146;s co&shy;op</p>"),
            "\\<b> \\&amp; café ’s coop\n");
}

TEST(Html, LessThanInProseIsText) {
  EXPECT_EQ(markdown_of("<p>1 < 2 and 3 <4</p>"), "1 < 2 and 3 <4\n");
}

TEST(Html, OneBreakIsALineTwoAreAParagraph) {
  EXPECT_EQ(markdown_of("a<br>b<br> <br/>c"), "a\\\nb\n\nc\n");
}

TEST(Html, InlineStyles) {
  EXPECT_EQ(markdown_of("<strong>a</strong> <em>b</em> <del>c</del> <mark>d</mark> <ins>e</ins> "
                        "H<sub>2</sub>O x<sup>2</sup>"),
            "**a** *b* ~~c~~ <mark>d</mark> <u>e</u> H<sub>2</sub>O x<sup>2</sup>\n");
}

TEST(Html, StyleSheetsAndStylesSayHowTextLooks) {
  EXPECT_EQ(
      markdown_of("<style>/* { */ @import url(x); @media print { .b { font-weight: normal } }\n"
                  ".b, span.i { font-weight:BOLD !important } span.i{font-style:italic} "
                  "p.i, .x .b { font-style: italic } .n { font-style: normal }</style>"
                  "<p><span class='a b'>bold</span> <span class='i'>both</span> "
                  "<span style='text-decoration: line-through'>gone</span> "
                  "10<span style='vertical-align:super'>3</span> "
                  "H<span style='vertical-align: sub;color:red'>2</span> "
                  "<em class='n'>plain</em> <span style='text-decoration:underline'>under "
                  "</span><span style='text-decoration:underline'><a href='http://x.example/'>link"
                  "</a></span></p><h2><span class='b'>Head</span></h2>"),
      "**bold _both_** ~~gone~~ 10<sup>3</sup> H<sub>2</sub> plain <u>under</u> "
      "[link](http://x.example/)\n\n## Head\n");
}

TEST(Html, UnderlinedTextIsMarkedButWhereItIsALink) {
  EXPECT_EQ(markdown_of("<u>a</u> <a href='http://x.example/'><u>b</u></a>"),
            "<u>a</u> [b](http://x.example/)\n");
}

TEST(Html, ALabelStandsBeforeTheFirstWordsOfItsItem) {
  EXPECT_EQ(markdown_of("<ol type='a'><li> <p>one</p><p>more</p><li><div><p>two</p></div>"
                        "<li><pre>x</pre>three</ol>"),
            "- a. one\n\n  more\n\n- b. two\n\n- c.\n\n  ```\n  x\n  ```\n\n  three\n");
}

TEST(Html, ListsCountAsTheirStyleSays) {
  EXPECT_EQ(markdown_of("<ol style='list-style-type: lower-roman' start='3'><li>a</ol>"
                        "<ol style='margin:0;list-style:inside upper-latin'><li>b</ol>"
                        "<ol style='list-style-type:decimal'><li>c</ol>"),
            "- iii. a\n\n* A. b\n\n1. c\n");
}

TEST(Html, FormulasThatAScriptWouldDraw) {
  EXPECT_EQ(markdown_of("<p>a <span class='math inline'>\\(x_1\\)</span> b "
                        "<span class='math inline'>y^2</span> c "
                        "<span class='math inline'><em>z</em></span></p>"
                        "<div class='math notranslate'>\n\\[\\frac12\\]</div>"
                        "<p class='math'>no formula</p>"),
            "a $x_1$ b $y^2$ c *z*\n\n$$\\frac12$$\n\nno formula\n");
}

TEST(Html, ARowSpanOfNoneReachesToTheEnd) {
  EXPECT_EQ(markdown_of("<table><tr><td rowspan=0>a<td>1<tr><td>2<tr><td>3</table>"),
            "| a | 1 |\n| --- | --- |\n| | 2 |\n| | 3 |\n");
}

TEST(Html, QuotesStandInTheCellsOfATableWithHeaders) {
  EXPECT_EQ(markdown_of("<table><tr><th>a<th>b<tr><td><blockquote>c</blockquote><td>d</table>"),
            "| a | b |\n| --- | --- |\n| c | d |\n");
}

TEST(Html, BoldThatIsNotBoldIsLeftOut) {
  EXPECT_EQ(markdown_of("<b style='font-weight:normal'>a</b>"), "a\n");
}

TEST(Html, CodeKbdAndSampAreCodeSpans) {
  EXPECT_EQ(markdown_of("<code>a*b</code> <kbd>Ctrl</kbd> <samp>x</samp> <tt>y</tt>"),
            "`a*b` `Ctrl` `x` `y`\n");
}

TEST(Html, PreKeepsItsLinesAndNamesItsLanguage) {
  EXPECT_EQ(
      markdown_of("<pre><code class='hljs language-c++'>\nint <b>a</b>;\n\n  b();\n</code></pre>"),
      "```c++\nint a;\n\n  b();\n```\n");
}

TEST(Html, LineNumbersBesideCodeAreLeftOut) {
  EXPECT_EQ(markdown_of("<table><tr><td class='gutter'><pre>1\n2</pre></td><td><pre>a\nb</pre></td>"
                        "</tr></table>"),
            "```\na\nb\n```\n");
}

TEST(Html, QuoteHoldsBlocks) {
  EXPECT_EQ(markdown_of("<blockquote><p>a</p><ul><li>b</ul></blockquote>"), "> a\n>\n> - b\n");
}

TEST(Html, RuleAndFigureAndDetails) {
  EXPECT_EQ(
      markdown_of("a<hr><figure><img src='i.svg' alt='x'><figcaption>cap</figcaption></figure>"
                  "<details><summary>sum</summary>body</details>"),
      "a\n\n---\n\n![x](i.svg)\n\ncap\n\n**sum**\n\nbody\n");
}

TEST(Html, DefinitionList) {
  EXPECT_EQ(markdown_of("<dl><dt>T</dt><dd>d1</dd><dd>d2</dd></dl>"), "**T**\n\nd1\n\nd2\n");
}

TEST(Html, AbbreviationIsExpandedOnce) {
  EXPECT_EQ(markdown_of(
                "<abbr title='World Wide Web'>WWW</abbr> <abbr title='World Wide Web'>WWW</abbr>"),
            "WWW (World Wide Web) WWW\n");
}

TEST(Html, RubyStandsInParentheses) {
  EXPECT_EQ(markdown_of("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>"), "漢(kan)\n");
}

// --- lists ---

TEST(HtmlList, NestsAndNumbers) {
  EXPECT_EQ(
      markdown_of("<ol start=3><li>a<ul><li>b</li></ul></li><li value=7>c</li><li>d</li></ol>"),
      "3. a\n   - b\n7. c\n8. d\n");
}

TEST(HtmlList, ReversedCountsDown) {
  EXPECT_EQ(markdown_of("<ol reversed><li>a<li>b</ol>"), "2. a\n1. b\n");
}

TEST(HtmlList, ListDirectlyInAListBelongsToTheItemBefore) {
  EXPECT_EQ(markdown_of("<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>"), "- a\n  - b\n- c\n");
}

TEST(HtmlList, CheckboxesAreTasks) {
  EXPECT_EQ(markdown_of("<ul><li><input type=checkbox checked> a</li><li><label><input "
                        "type=checkbox>b</label></li></ul>"),
            "- [x] a\n- [ ] b\n");
}

TEST(HtmlList, ItemsOfSeveralParagraphsMakeItLoose) {
  EXPECT_EQ(markdown_of("<ul><li><p>a</p><p>b</p></li><li><p>c</p></li></ul>"),
            "- a\n\n  b\n\n- c\n");
}

TEST(HtmlList, EmptyItemsAreLeftOut) {
  EXPECT_EQ(markdown_of("<ul><li></li><li>a</li><li> </li></ul>"), "- a\n");
}

TEST(HtmlList, ItemWithoutAListIsAParagraph) {
  EXPECT_EQ(markdown_of("<li>a</li>b"), "a\n\nb\n");
}

// --- tables ---

TEST(HtmlTable, DataTableWithSpansAndCaption) {
  EXPECT_EQ(
      markdown_of("<table><caption>Cap</caption><thead><tr><th colspan=2>h</th><th>i</th></tr>"
                  "</thead><tbody><tr><td rowspan=2>a</td><td>b|c</td><td align=right>1</td></tr>"
                  "<tr><td>d<br>e</td><td>2</td></tr></tbody></table>"),
      "Cap\n\n| h | | i |\n| --- | --- | --- |\n| a | b\\|c | 1 |\n| | d<br>e | 2 |\n");
}

TEST(HtmlTable, LayoutTableIsUnfolded) {
  EXPECT_EQ(
      markdown_of("<table><tr><td>1.</td><td>Title</td></tr><tr><td colspan=2><table><tr><td>x"
                  "</td></tr></table></td></tr></table>"),
      "1\\. Title\n\nx\n");
}

TEST(HtmlTable, PresentationRoleMeansLayout) {
  EXPECT_EQ(markdown_of("<table role=presentation><tr><th>a</th><td>b</td></tr><tr><td>c</td><td>d"
                        "</td></tr></table>"),
            "a b\n\nc d\n");
}

TEST(HtmlTable, ListInACellStaysInIt) {
  EXPECT_EQ(markdown_of("<table><tr><th>a<th>b<tr><td><ul><li>x<li>y</ul><td>z</table>"),
            "| a | b |\n| --- | --- |\n| - x<br>- y | z |\n");
}

// --- links and images ---

TEST(HtmlLink, StaysAsItIsWithoutABase) {
  EXPECT_EQ(markdown_of("<a href='../a b.html?x=1&amp;y=2'>t</a>"), "[t](../a%20b.html?x=1&y=2)\n");
}

TEST(HtmlLink, IsResolvedAgainstAnHttpBase) {
  EXPECT_EQ(markdown_of("<base href='https://h.org/a/b/c.html'><a href='../d.html'>1</a> <a "
                        "href='/e'>2</a> <a href='//x.y/z'>3</a> <a href='?q'>4</a> <a "
                        "href='mailto:a@b'>5</a>"),
            "[1](https://h.org/a/d.html) [2](https://h.org/e) [3](https://x.y/z) "
            "[4](https://h.org/a/b/c.html?q) [5](mailto:a@b)\n");
}

TEST(HtmlLink, RelativeBaseIsIgnored) {
  EXPECT_EQ(markdown_of("<base href='sub/'><a href='d.html'>1</a>"), "[1](d.html)\n");
}

TEST(HtmlLink, ThatLeadsNowhereIsText) {
  EXPECT_EQ(markdown_of("<a href='#x'>a</a> <a href='javascript:f()'>b</a> <a name=n>c</a>"),
            "a b c\n");
}

TEST(HtmlLink, WithinThePageLeadsToTheHeadingOfItsPlace) {
  EXPECT_EQ(markdown_of("<p><a href='#b'>1</a> <a href='#p'>2</a> <a href='#'>3</a> "
                        "<a href='#none'>4</a></p><h2 id=a>A <a href='#a'>¶</a></h2>"
                        "<p id=p>text</p><h2><a href='#toc'>B</a><a name=b></a></h2>"),
            "[1](#b) [2](#a) 3 4\n\n## A\n\ntext\n\n## B\n");
}

TEST(HtmlNotes, OfPandocAndOfMarkdownEndWithTheWayBack) {
  EXPECT_EQ(markdown_of("<p>a<a href='#fn1' id='ref1' role='doc-noteref'><sup>1</sup></a>"
                        "b<sup><a href='#fn2' id='ref2'>2</a></sup></p>"
                        "<section class='footnotes'><hr><ol>"
                        "<li id='fn1'><p>One.</p><p>More.<a href='#ref1'>↩︎</a></p></li>"
                        "<li id='fn2'>Two. <a href='#ref2'>↩</a> <a href='#ref2b'>↩2</a></li>"
                        "</ol></section>"),
            "a[^1]b[^2]\n\n[^1]: One.\n\n    More.\n\n[^2]: Two.\n");
}

TEST(HtmlNotes, OfWikipediaBeginWithTheWaysBack) {
  EXPECT_EQ(
      markdown_of("<p>a<sup id=r1_0><a href='#n1'>[1]</a></sup> b<sup id=r1_1><a "
                  "href='#n1'>[1]</a></sup> c<sup id=r2><a href='#n2'>[a]</a></sup></p><ol>"
                  "<li id=n1><span class='mw-cite-backlink'>^ <a href='#r1_0'><sup>a</sup></a> "
                  "<a href='#r1_1'><sup>b</sup></a></span> <cite>One</cite></li>"
                  "<li id=n2><span class='mw-cite-backlink'><b><a href='#r2'>^</a></b></span> "
                  "Two</li></ol>"),
      "a[^1] b[^1] c[^2]\n\n[^1]: *One*\n\n[^2]: Two\n");
}

TEST(HtmlNotes, ANumberOfAnotherMeaningStays) {
  EXPECT_EQ(markdown_of("<h2>T</h2><p>a<a id=r href='#n'>*</a></p><p id=n><a href='#r'>23.</a> "
                        "Of line 23.</p>"),
            "## T\n\na[^1]\n\n[^1]: [23.](#t) Of line 23.\n");
}

TEST(Html, ACaptionThatRepeatsItsPicturesTextIsShown) {
  EXPECT_EQ(markdown_of("<figure><img src='http://x.example/a.png' alt='A tree'><figcaption "
                        "aria-hidden='true'>A <em>tree</em></figcaption></figure>"),
            "![A tree](http://x.example/a.png)\n\nA *tree*\n");
}

TEST(HtmlLink, AHeadingThatLeadsToItselfIsNoLink) {
  EXPECT_EQ(markdown_of("<h2 id=t><a href='#t'>Title</a></h2>"), "## Title\n");
}

TEST(HtmlNotes, ANumberThatRepeatsItsCallIsLeftOut) {
  EXPECT_EQ(markdown_of("<p>a<a id=r href='#n'>22</a></p><p id=n><a href='#r'><sup>22</sup></a> "
                        "Note, see <a href='http://x.example/#7'>7</a>.</p>"),
            "a[^1]\n\n[^1]: Note, see [7](http://x.example/#7).\n");
}

TEST(HtmlNotes, ANumberThatLeadsToNoNoteStaysRaised) {
  EXPECT_EQ(markdown_of("<p>in 1990<a role='doc-noteref' href='#n'>1</a></p>"),
            "in 1990<sup>1</sup>\n");
  EXPECT_EQ(markdown_of("<p>in 1990<sup><a href='#n'>1</a></sup></p>"), "in 1990<sup>1</sup>\n");
}

TEST(HtmlLink, PermalinkSignBehindAHeadingIsLeftOut) {
  EXPECT_EQ(markdown_of("<h2>T<a class=headerlink href='#t'>¶</a></h2>"), "## T\n");
}

TEST(HtmlLink, AroundBlocksIsKeptInEach) {
  EXPECT_EQ(markdown_of("<a href=u><h3>a</h3><p>b</p></a>"), "### [a](u)\n\n[b](u)\n");
}

TEST(HtmlImage, LazyAddressesWin) {
  EXPECT_EQ(markdown_of("<p><img src='data:image/gif;base64,R0lGODlhAQABAAAAACw=' "
                        "data-src='https://a/1.png' alt=a>"
                        "<img data-original='https://a/2.png'> <img srcset='https://a/s.png 300w, "
                        "https://a/l,1.png 900w'>"),
            "![a](https://a/1.png)![](https://a/2.png) ![](https://a/l,1.png)\n");
}

TEST(HtmlImage, PictureFallsBackToItsSources) {
  EXPECT_EQ(markdown_of("<picture><source srcset='https://a/1.webp'><img alt=x></picture>"),
            "![x](https://a/1.webp)\n");
}

TEST(HtmlImage, NoscriptFallbackIsWrittenOnce) {
  EXPECT_EQ(markdown_of("<img data-src='https://a/1.png'><noscript><img src='https://a/1.png'>"
                        "</noscript><noscript>Enable it <img src='https://a/2.png'></noscript>"),
            "![](https://a/1.png)![](https://a/2.png)\n");
}

TEST(HtmlImage, TrackingPixelIsLeftOut) {
  EXPECT_EQ(markdown_of("a<img src='https://t/p.gif' width=1 height=1>"), "a\n");
}

TEST(HtmlImage, SmallDataUriThatIsDescribedBecomesAnAsset) {
  HtmlRun run("<p>a <img alt='red dot' src='data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA'>");
  EXPECT_EQ(run.run(), Outcome::kOk);
  EXPECT_EQ(run.job->assets().size(), 1U);
}

TEST(HtmlImage, SmallDataUriWithoutDescriptionIsAPlaceholder) {
  HtmlRun run("<p>a <img src='data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA'>");
  EXPECT_EQ(run.run(), Outcome::kOk);
  EXPECT_EQ(run.job->assets().size(), 0U);
}

TEST(HtmlImage, DataUriBecomesAnAsset) {
  const std::string pixels(300, 'A');
  HtmlRun run("<table><tr><th>a<td><img alt=x src='data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA" +
              pixels + "'></table>");
  EXPECT_EQ(run.run(), Outcome::kOk);
  ASSERT_EQ(run.job->assets().size(), 1u);
  EXPECT_EQ(run.job->assets()[0].media_type, "image/png");
  EXPECT_EQ(run.job->links().size(), 1u);
}

TEST(HtmlImage, FileBesideThePageBecomesAnAsset) {
  HtmlRun run("<img src='img/a%20b.gif'>");
  run.job->add_sibling("img/a b.gif", "GIF89a..........");
  EXPECT_EQ(run.run(), Outcome::kPartial);
  EXPECT_EQ(run.job->assets().size(), 1u);
}

TEST(HtmlMedia, FramesAndPlayersAreLinks) {
  EXPECT_EQ(markdown_of("<iframe src='//v.org/1' title='A film'></iframe><video><source "
                        "src='https://v.org/2.mp4'></video>"),
            "[A film](https://v.org/1)\n\n<https://v.org/2.mp4>\n");
}

// --- formulas ---

TEST(HtmlMath, TexAnnotationIsKept) {
  EXPECT_EQ(markdown_of("<p>a <math><semantics><mi>x</mi><annotation encoding='application/x-tex'>"
                        "x_1</annotation></semantics></math> b</p>"),
            "a $x_1$ b\n");
}

TEST(HtmlMath, DrawnCopyOfAFormulaIsLeftOut) {
  EXPECT_EQ(markdown_of("<span class=katex><math display=block><semantics><mi>x</mi><annotation "
                        "encoding='application/x-tex'>y</annotation></semantics></math><span "
                        "class=katex-html aria-hidden=true>y</span></span>"),
            "$$y$$\n");
}

TEST(HtmlMath, TexInScripts) {
  EXPECT_EQ(
      markdown_of("a <span class=MathJax_Preview>p</span><script type='math/tex'>a<b</script>"),
      "a $a<b$\n");
}

// --- what is not shown ---

TEST(HtmlHidden, IsLeftOut) {
  EXPECT_EQ(
      markdown_of("a<p hidden>b</p><p style='color:red; display: none'>c</p><p aria-hidden=true>d"
                  "</p><script>e</script><style>f</style><template>g</template><!-- h --><svg>"
                  "<text>i</text></svg>"),
      "a\n");
}

// What the notes of a page say of its hidden elements.
std::string hidden_in(const std::string& page) {
  HtmlRun run(page);
  run.run();
  std::string all;
  for (const auto& warning : run.job->warnings()) {
    EXPECT_EQ(warning.code, "left-out");
    EXPECT_EQ(warning.severity, Severity::kNote);
    all += warning.message;
  }
  return all;
}

TEST(HtmlHidden, IsReported) {
  EXPECT_EQ(hidden_in("<p>a</p><div hidden><p>the <b>answer</b></p></div>"
                      "<p style='DISPLAY : none'>a tip</p><p aria-hidden=true>more</p>"),
            "3 hidden elements are left out: \"the answer\" \"a tip\" \"more\"");
  EXPECT_EQ(hidden_in("<p>a</p><p hidden>one</p><p hidden>one</p>"),
            "1 hidden element is left out: \"one\"");
  EXPECT_EQ(hidden_in("<p>a</p><div hidden>one<div hidden>two</div></div>"),
            "1 hidden element is left out: \"one two\"");
}

TEST(HtmlHidden, WithoutContentIsNotReported) {
  for (const char* page :
       {"<p>a</p>", "<p>a<script>var text;</script><style>p {}</style></p>",
        "<p>a</p><template>text</template><svg><text>text</text></svg>",
        "<p>a</p><div hidden><script>var text;</script><style>p {}</style></div>",
        "<h1>head <a aria-hidden=true href='#x'>#</a> <i aria-hidden=true>\u00D7</i></h1>",
        "<h1>Shown twice</h1><h1 hidden> Shown twice </h1>",
        "<p>a <span class=katex><math><mi>xy</mi></math><span class=katex-html "
        "aria-hidden=true>xy</span></span></p>",
        "<p>a <img alt='xy' src='data:,'><span "
        "style='display:none'><math><mi>xy</mi></math></span>",
        "<body style='visibility:hidden'><p>all of it</p></body>"}) {
    EXPECT_EQ(hidden_in(page), "") << page;
  }
}

TEST(HtmlHidden, PageThatHidesEverythingIsShown) {
  EXPECT_EQ(markdown_of("<body style='visibility:hidden'><p>a</p></body>"), "a\n");
}

TEST(Html, PageWithoutTextIsEmpty) {
  HtmlRun run("<html><head><title>t</title></head><body><script>x</script></body></html>");
  EXPECT_EQ(run.run(), Outcome::kEmpty);
}

// --- encodings ---

TEST(HtmlCharset, MetaIsHeard) {
  EXPECT_EQ(markdown_of(
                "<meta http-equiv=Content-Type content='text/html; charset=koi8-r'><p>\xF0\xD2\xC9"
                "\xD7\xC5\xD4"),
            "Привет\n");
  EXPECT_EQ(markdown_of("<meta charset=\"shift_jis\"><p>\x93\xFA\x96\x7B"), "日本\n");
}

TEST(HtmlCharset, Utf16WithoutAMark) {
  std::string page;
  for (const char c : std::string("<html><body><p>plain</p></body></html>")) {
    page += c;
    page += '\0';
  }
  EXPECT_EQ(markdown_of(page), "plain\n");
}

TEST(HtmlLists, LettersAndRomanNumeralsAreText) {
  EXPECT_EQ(markdown_of("<ol type=a start=26><li>x</li><li>y</li></ol>"), "- z. x\n- aa. y\n");
  EXPECT_EQ(markdown_of("<ol type=I start=4><li>x</li></ol>"), "- IV. x\n");
  EXPECT_EQ(markdown_of("<ol type=1><li>x</li></ol>"), "1. x\n");
}

TEST(HtmlLists, NumbersThatAreNoLettersStayDigits) {
  EXPECT_EQ(markdown_of("<ol type=i start=-2><li>x</li></ol>"), "- -2. x\n");
}

TEST(Html, SingsItsCanary) {
  html::HtmlConverter converter;
  EXPECT_EQ(canary_fault(converter, R"({"main_content":"auto","unwrap_redirects":false})"), "");
}

}  // namespace
}  // namespace sluice
