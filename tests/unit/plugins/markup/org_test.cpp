// Org: headings, blocks, lists, tables, text.
#include "markup_run.h"

namespace sluice::markup {
namespace {

std::string org_markdown(const std::string& source) {
  return markdown_by<OrgConverter>(source);
}

TEST(Org, CanaryComesOutAsItMust) {
  OrgConverter converter;
  EXPECT_EQ(canary_fault(converter), "");
}

TEST(Org, HeadingsWithoutKeywordsAndTags) {
  EXPECT_EQ(org_markdown("* One\n** TODO [#A] Two :tag:other:\nSCHEDULED: "
                         "<2020-01-01>\n:PROPERTIES:\n:ID: x\n:END:\ntext\n"),
            "# One\n\n## Two\n\ntext\n");
}

TEST(Org, Emphasis) {
  EXPECT_EQ(org_markdown("*b* /i/ _u_ +s+ =c*= ~d~ a*b* x_{1} y^{2} 2 * 3\n"),
            "**b** *i* <u>u</u> ~~s~~ `c*` `d` a\\*b\\* x<sub>1</sub> y<sup>2</sup> 2 * 3\n");
}

TEST(Org, Links) {
  EXPECT_EQ(org_markdown("[[https://e.org][the /page/]] [[https://e.org]] <https://f.org> "
                         "https://g.org. [[*Head][there]]\n"),
            "[the *page*](https://e.org) <https://e.org> <https://f.org> <https://g.org>. there\n");
  EXPECT_EQ(org_markdown("x [[./a.png]]\n"), "x ![](./a.png)\n");
}

TEST(Org, LinksThatShowImages) {
  EXPECT_EQ(org_markdown("a [[https://e.org][one [[file:a.png]] that]] b [[x\n"),
            "a [one ![](a.png) that](https://e.org) b \\[\\[x\n");
  EXPECT_EQ(org_markdown("[[https://e.org][[[./a.png]]]]\n"), "[![](./a.png)](https://e.org)\n");
}

TEST(Org, LinksToHeadings) {
  EXPECT_EQ(
      org_markdown(
          "* The Gate\n:PROPERTIES:\n:CUSTOM_ID: g\n:END:\nsee [[#g][it]] and [[*The Gate]]\n"),
      "# The Gate\n\nsee [it](#the-gate) and [The Gate](#the-gate)\n");
}

TEST(Org, Lists) {
  EXPECT_EQ(org_markdown("- one\n  more\n  1. deep\n  2. er\n- [X] two\n- term :: what\n"),
            "- one more\n  1. deep\n  2. er\n- [x] two\n- **term**: what\n");
}

TEST(Org, Blocks) {
  EXPECT_EQ(org_markdown("#+BEGIN_SRC python -n\n  x = 1\n    y\n  ,* z\n#+END_SRC\n"),
            "```python\nx = 1\n  y\n* z\n```\n");
  EXPECT_EQ(org_markdown("#+begin_quote\nsaid\n#+end_quote\n: fixed\n:  more\n"),
            "> said\n\n```\nfixed\n more\n```\n");
  EXPECT_EQ(org_markdown("#+BEGIN_COMMENT\nno\n#+END_COMMENT\n# remark\ntext\n"), "text\n");
}

TEST(Org, Tables) {
  EXPECT_EQ(org_markdown("| a | b |\n|---+---|\n| 1 | *2* |\n| <l> | <5> |\n"),
            "| a | b |\n| --- | --- |\n| 1 | **2** |\n");
}

TEST(Org, NotesAndFormulas) {
  EXPECT_EQ(org_markdown("a [fn:1] b[fn::here] $x^2$ \\(y\\) and $5 or "
                         "$6\n\n\\begin{equation}\nz\n\\end{equation}\n\n[fn:1] the note\n"),
            "a [^1] b[^inline-1] $x^2$ $y$ and $5 or $6\n\n$$\\begin{equation} z "
            "\\end{equation}$$\n\n[^inline-1]: here\n\n[^1]: the note\n");
}

TEST(Org, Metadata) {
  RecordingJob job("#+TITLE: The T\n#+AUTHOR: Jane\n#+OPTIONS: toc:nil\n\ntext\n", "a.org",
                   "text/x-org");
  OrgConverter converter;
  EXPECT_EQ(job.run(converter), Outcome::kOk);
  EXPECT_EQ(job.body(), "text\n");
  EXPECT_EQ(job.metadata().at("title"), "The T");
  EXPECT_EQ(job.metadata().at("author"), "Jane");
}

}  // namespace
}  // namespace sluice::markup
