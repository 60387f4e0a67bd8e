// AsciiDoc: header, blocks, lists, tables, text.
#include "markup_run.h"

namespace sluice::markup {
namespace {

using ::testing::HasSubstr;

std::string asciidoc_markdown(const std::string& source) {
  return markdown_by<AsciidocConverter>(source);
}

TEST(Asciidoc, MacrosMayFollowLetters) {
  EXPECT_EQ(asciidoc_markdown("A wordfootnote:[A note.] ends.\n"),
            "A word[^1] ends.\n\n[^1]: A note.\n");
  EXPECT_EQ(asciidoc_markdown("Press itkbd:[F1], H~2~Ostem:[x]\n"),
            "Press it`F1`, H<sub>2</sub>O`x`\n");
  EXPECT_EQ(asciidoc_markdown("a alink:b[c] but ahttp://e.org[x] is text\n"),
            "a a[c](b) but ahttp://e.org[x] is text\n");
}

// Chinese has no blanks between words.
TEST(Asciidoc, AddressesMayFollowLettersThatNeedNoBlanks) {
  EXPECT_EQ(asciidoc_markdown("的https://e.org/x[书]和\n"), "的[书](https://e.org/x)和\n");
}

TEST(Asciidoc, MailAddresses) {
  EXPECT_EQ(asciidoc_markdown("Jane <jane.doe@e.org>, J2@e.org. git@e.org:x a@b /x@e.org\n"),
            "Jane <[jane.doe@e.org](mailto:jane.doe@e.org)>, [J2@e.org](mailto:J2@e.org). "
            "git@e.org:x a@b /x@e.org\n");
}

TEST(Asciidoc, TextOfLinksAndTheirOptions) {
  EXPECT_EQ(
      asciidoc_markdown("http://e.org[a, b, c] http://e.org[a, b,role=x] http://e.org[role=x]\n"),
      "[a, b, c](http://e.org) [a, b](http://e.org) <http://e.org>\n");
  EXPECT_EQ(asciidoc_markdown("[[b]]\n== B\n\n<<b,\"blob\" object>> link:#b[\"a, b\",role=x]\n"),
            "## B\n\n[\"blob\" object](#b) [a, b](#b)\n");
  EXPECT_THAT(asciidoc_markdown("http://e.org[one image:i.png[A,title=\"T\"] that]\n"),
              HasSubstr("[one ![A](i.png) that](http://e.org)"));
}

TEST(Asciidoc, PlacesWithinTextLeadToTheHeadingAbove) {
  EXPECT_EQ(
      asciidoc_markdown("== S\n\na [[one]]b [#two .anchor]####c [#three]#d# anchor:four[]e\n\n"
                        "<<one,1>> link:#two[2] <<three,3>> <<four,4>> link:#s[5]\n"),
      "## S\n\na b c d e\n\n[1](#s) [2](#s) [3](#s) [4](#s) [5](#s)\n");
  EXPECT_EQ(asciidoc_markdown("The Gate[[g]]\n-------------\n\n<<g>>\n"),
            "## The Gate\n\n[The Gate](#the-gate)\n");
}

TEST(Asciidoc, EntriesOfBibliographiesShowTheirNames) {
  EXPECT_EQ(asciidoc_markdown("* [[[knuth]]] TAOCP\n* [[[go,Gof]]] Patterns\n"),
            "- [knuth] TAOCP\n- [Gof] Patterns\n");
}

TEST(Asciidoc, CanaryComesOutAsItMust) {
  AsciidocConverter converter;
  EXPECT_EQ(canary_fault(converter), "");
}

TEST(Asciidoc, Header) {
  RecordingJob job(
      "// remark\n= The _Title_\nJane Doe <j@e.org>; John_Paul Roe\nv1\n:keywords: a, b\n:lang: "
      "de\n\ntext\n",
      "a.adoc", "text/x-asciidoc");
  AsciidocConverter converter;
  EXPECT_EQ(job.run(converter), Outcome::kOk);
  EXPECT_EQ(job.body(), "# The *Title*\n\ntext\n");
  EXPECT_EQ(job.metadata().at("title"), "The Title");
  EXPECT_EQ(job.metadata().at("author"), "Jane Doe, John Paul Roe");
  EXPECT_EQ(job.metadata().at("keywords"), "a, b");
  EXPECT_EQ(job.metadata().at("language"), "de");
}

TEST(Asciidoc, AttributesThatTheHeaderUnsets) {
  EXPECT_EQ(asciidoc_markdown(":hardbreaks:\n= T\n\na\nb\n"), "# T\n\na\\\nb\n");
  EXPECT_EQ(asciidoc_markdown(":!hardbreaks:\n= T\n\na\nb\n"), "# T\n\na b\n");
  EXPECT_EQ(asciidoc_markdown("= T\n:hardbreaks:\n:!hardbreaks:\n\na\nb\n"), "# T\n\na b\n");
}

TEST(Asciidoc, CellsThatAreRepeatedTooOftenAreReported) {
  std::string source = "[cols=\"2*\"]\n|===\n";
  for (int i = 0; i < 200; ++i) source += "999*|x\n";
  RecordingJob job(source + "|===\n", "a.adoc", "text/x-asciidoc");
  AsciidocConverter converter;
  EXPECT_EQ(job.run(converter), Outcome::kOk);
  ASSERT_EQ(job.warnings().size(), 1u);
  EXPECT_THAT(job.warnings()[0].message, HasSubstr("repeated cells"));
}

TEST(Asciidoc, Headings) {
  EXPECT_EQ(asciidoc_markdown("= T\n\n== A ==\n\n=== B\n\n## C\n"),
            "# T\n\n## A\n\n### B\n\n## C\n");
  EXPECT_EQ(asciidoc_markdown("Title\n=====\n\nSection\n-------\ntext\n"),
            "# Title\n\n## Section\n\ntext\n");
}

// Each of these lines could begin a listing, too: git's manual is written so.
TEST(Asciidoc, TitlesUnderlinedByFourSignsAreNoBlocks) {
  EXPECT_EQ(asciidoc_markdown("T(1)\n====\n\nNAME\n----\ngit\n\nBUGS\n----\nnone\n\n[[s]]\nSee "
                              "also\n~~~~~~~~\n----\nx\n----\n"),
            "# T(1)\n\n## NAME\n\ngit\n\n## BUGS\n\nnone\n\n### See also\n\n```\nx\n```\n");
  // Within a block there are no sections, and a paragraph has ended.
  EXPECT_EQ(asciidoc_markdown("====\nrun\n----\nx\n----\n====\n"), "run\n\n```\nx\n```\n");
}

TEST(Asciidoc, AnUnderlinedTitleMeansTheMarksOfOld) {
  const std::string text = "'e f' +m+ `l *x*` ``d e'' `s t' don't +++<b>+++\n";
  EXPECT_EQ(asciidoc_markdown("Title\n=====\n\n" + text),
            "# Title\n\n*e f* `m` `l *x*` “d e” ‘s t’ don’t \\<b>\n");
  EXPECT_EQ(asciidoc_markdown(":compat-mode:\n\n'e' +m+\n"), "*e* `m`\n");
  EXPECT_EQ(asciidoc_markdown("'e f' +m+\n"), "'e f' m\n");
}

TEST(Asciidoc, ContinuationsOfItems) {
  EXPECT_EQ(asciidoc_markdown("Term::\n  Text\n  +\n  `code`\n"), "- **Term**: Text\n\n  `code`\n");
  EXPECT_EQ(asciidoc_markdown("Term::\n+\nText\nmore\n+\nlast\n"),
            "- **Term**: Text more\n\n  last\n");
  EXPECT_EQ(asciidoc_markdown("a:: b\n+\n* c\n\nd:: e\n"), "- **a**: b\n  - c\n- **d**: e\n");
}

TEST(Asciidoc, MarksInText) {
  EXPECT_EQ(
      asciidoc_markdown("*b* _e_ `c` #m# H~2~O x^2^ **b**old a*b*c 2 * 3 * 4\n"),
      "**b** *e* `c` <mark>m</mark> H<sub>2</sub>O x<sup>2</sup> **b**old a\\*b\\*c 2 * 3 * 4\n");
  EXPECT_EQ(asciidoc_markdown("[.underline]#u# [line-through]#s# [.lead]*x*\n"),
            "<u>u</u> ~~s~~ **x**\n");
  EXPECT_EQ(asciidoc_markdown("\\*no* +*lit*+ ++_x_++ `+a*b*+` pass:[*p*]\n"),
            "\\*no\\* \\*lit\\* \\_x\\_ `a*b*` \\*p\\*\n");
  EXPECT_EQ(asciidoc_markdown("\"`q`\" it's a--b -- c... (C) -> &#169; &lt;\n"),
            "“q” it’s a—b — c… © → © <\n");
  EXPECT_EQ(asciidoc_markdown("one +\ntwo\n"), "one\\\ntwo\n");
}

TEST(Asciidoc, Links) {
  EXPECT_EQ(asciidoc_markdown("https://e.org[the *page*] https://f.org. <https://g.org> "
                              "link:a%20b.html[x^] mailto:a@b.c[] xref:o.adoc#s[there]\n"),
            "[the **page**](https://e.org) <https://f.org>. <https://g.org> [x](a%20b.html) "
            "[a@b.c](mailto:a@b.c) [there](o.adoc#s)\n");
  EXPECT_EQ(
      asciidoc_markdown("[[g]]\n== The Gate\n\n<<g>> <<g,it>> <<The Gate>> <<_the_gate>> <<no>>\n"),
      "## The Gate\n\n[The Gate](#the-gate) [it](#the-gate) [The Gate](#the-gate) [The "
      "Gate](#the-gate) [no]\n");
}

TEST(Asciidoc, MacrosInText) {
  EXPECT_EQ(asciidoc_markdown("kbd:[Ctrl+C] btn:[OK] menu:File[Save] ((shown))(((not))) "
                              "latexmath:[x^2]\n"),
            "`Ctrl+C` **OK File › Save** shown $x^2$\n");
  EXPECT_EQ(
      asciidoc_markdown("a footnote:[The *note* https://e.org[x].] b footnote:n[N] footnote:n[]\n"),
      "a [^1] b [^2] [^2]\n\n[^1]: The **note** [x](https://e.org).\n\n[^2]: N\n");
  EXPECT_EQ(asciidoc_markdown(":imagesdir: img\n\nimage:a.png[Alt] x\n\nimage::b.png[]\n"),
            "![Alt](img/a.png) x\n\n![](img/b.png)\n");
}

TEST(Asciidoc, Attributes) {
  EXPECT_EQ(asciidoc_markdown(":a: one\n:b: {a} *two*\n\n{a} {b} {none} a{nbsp}b {plus}\n"),
            "one one **two** {none} a\u00A0b +\n");
  EXPECT_EQ(asciidoc_markdown(":x: 1\nifdef::x[]\nyes\nendif::[]\nifndef::x[]\nno\nendif::[]\n"
                              "ifdef::y[no]\nifdef::x[also]\n"),
            "yes also\n");
}

TEST(Asciidoc, Lists) {
  EXPECT_EQ(asciidoc_markdown("* a\nmore\n** b\n*** c\n* d\n\n. x\n.. y\n. z\n"),
            "- a more\n  - b\n    - c\n- d\n  1. x\n     1. y\n  2. z\n");
  EXPECT_EQ(asciidoc_markdown("- [x] a\n- [ ] b\n- c\n"), "- [x] a\n- [ ] b\n- c\n");
  EXPECT_EQ(asciidoc_markdown("[start=4]\n. d\n. e\n"), "4. d\n5. e\n");
  EXPECT_EQ(asciidoc_markdown("[upperroman]\n. d\n. e\n"), "- I. d\n- II. e\n");
  EXPECT_EQ(asciidoc_markdown("T:: what\nU::\n  below\nA::\nB:: both\n"),
            "- **T**: what\n- **U**: below\n- **A, B**: both\n");
}

TEST(Asciidoc, BlocksAttachedToItems) {
  EXPECT_EQ(asciidoc_markdown("* a\n+\npara\n+\n----\ncode\n----\n* b\n"),
            "- a\n\n  para\n\n  ```\n  code\n  ```\n- b\n");
  EXPECT_EQ(asciidoc_markdown("* a\n** b\n\n+\nof a\n* c\n"), "- a\n  - b\n\n  of a\n- c\n");
}

TEST(Asciidoc, ListsThatEnd) {
  EXPECT_EQ(asciidoc_markdown("* a\n\ntext\n\n* b\n"), "- a\n\ntext\n\n- b\n");
  EXPECT_EQ(asciidoc_markdown("* a\n\n//-\n\n[square]\n* b\n"), "- a\n\n* b\n");
}

TEST(Asciidoc, Blocks) {
  EXPECT_EQ(asciidoc_markdown(".T\n[source,ruby]\n----\nputs 1 # *x*\n----\n"),
            "**T**\n\n```ruby\nputs 1 # *x*\n```\n");
  EXPECT_EQ(asciidoc_markdown("....\n lit\n....\n\n indented\n  more\n\n```js\nx\n```\n"),
            "```\n lit\n```\n\n```\nindented\n more\n```\n\n```js\nx\n```\n");
  EXPECT_EQ(asciidoc_markdown("[quote, Abe, Speech]\nFour\n\n____\nmore\n____\n"),
            "> Four\n>\n> — Abe, Speech\n\n> more\n");
  EXPECT_EQ(asciidoc_markdown("> a\n>\n>\u00FCber\n>b\n"), "> a\n>\n> \u00FCber b\n");
  EXPECT_EQ(asciidoc_markdown("NOTE: mind *it*\n\n[TIP]\n====\na\n\nb\n====\n"),
            "> **Note:** mind **it**\n\n> **Tip:** a\n>\n> b\n");
  EXPECT_EQ(asciidoc_markdown(".S\n****\nside\n****\n\n====\nexample\n====\n\n'''\n"),
            "> **S:** side\n\nexample\n\n---\n");
  EXPECT_EQ(
      asciidoc_markdown("[verse]\na\nb\n\n[stem]\n++++\nx\n++++\n\n[latexmath]\n++++\ny\n++++\n"),
      "a\\\nb\n\n```asciimath\nx\n```\n\n$$y$$\n");
  EXPECT_EQ(asciidoc_markdown("a\n////\nremark\n////\n// one\nb\n"), "a b\n");
}

TEST(Asciidoc, Tables) {
  EXPECT_EQ(asciidoc_markdown("|===\n|A |B\n\n|1 |`x`\n|2\n|a\\|b\n|===\n"),
            "| A | B |\n| --- | --- |\n| 1 | `x` |\n| 2 | a\\|b |\n");
  EXPECT_EQ(
      asciidoc_markdown("[cols=\"<1,>2m\"]\n|===\n|A|B\n2+|both\n2*|t\n.2+|down|x\n|y\n|===\n"),
      "| A | B |\n| :--- | ---: |\n| both | |\n| t | `t` |\n| down | `x` |\n| | `y` |\n");
  EXPECT_EQ(asciidoc_markdown("[cols=2*]\n|===\n|A|B\na|* l\n* m\n|c\n|===\n"),
            "| A | B |\n| --- | --- |\n| - l<br>- m | c |\n");
  EXPECT_EQ(asciidoc_markdown(",===\na,\"b,c\"\n1,2\n,===\n"),
            "| a | b,c |\n| --- | --- |\n| 1 | 2 |\n");
}

TEST(Asciidoc, WhatIsLeftOutIsCounted) {
  RecordingJob job("include::a.adoc[]\n\n++++\n<b>x</b>\n++++\n\ntext\n", "a.adoc",
                   "text/x-asciidoc");
  AsciidocConverter converter;
  EXPECT_EQ(job.run(converter), Outcome::kOk);
  ASSERT_EQ(job.warnings().size(), 1u);
  EXPECT_EQ(job.warnings()[0].message, "2 constructs are not converted: ++++, include::");
}

TEST(Asciidoc, AttributesThatGrowAreBounded) {
  std::string source = ":a0: xxxxxxxxxx\n";
  for (int i = 1; i < 30; ++i) {
    const std::string before = "{a" + std::to_string(i - 1) + "}";
    source += ":a" + std::to_string(i) + ": " + before + before + before + before + "\n";
  }
  source += "\n";
  for (int i = 0; i < 20'000; ++i) source += "{a29} ";
  EXPECT_LT(asciidoc_markdown(source).size(), std::size_t{16} << 20);
}

}  // namespace
}  // namespace sluice::markup
