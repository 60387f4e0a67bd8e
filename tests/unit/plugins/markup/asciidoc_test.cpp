// AsciiDoc: header, blocks, lists, tables, text.
#include "markup_run.h"

namespace sluice::markup {
namespace {

using ::testing::HasSubstr;

std::string asciidoc_markdown(const std::string& source) {
  return markdown_by<AsciidocConverter>(source);
}

TEST(Asciidoc, MacrosMayFollowLettersButAddressesMayNot) {
  EXPECT_EQ(asciidoc_markdown("A wordfootnote:[A note.] ends.\n"),
            "A word[^1] ends.\n\n[^1]: A note.\n");
  EXPECT_EQ(asciidoc_markdown("Press itkbd:[F1], H~2~Ostem:[x]\n"),
            "Press it`F1`, H<sub>2</sub>O`x`\n");
  EXPECT_EQ(asciidoc_markdown("not ahttp://e.org[x] nor alink:b[c]\n"),
            "not ahttp://e.org[x] nor alink:b[c]\n");
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
