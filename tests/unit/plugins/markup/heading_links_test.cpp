// SPDX-License-Identifier: Apache-2.0
//
// Links within a document: whatever marks stand in a heading, they lead to the anchor of what was
// written.
#include "kit/markdown_anchors.h"
#include "markup_run.h"

namespace sluice::markup {
namespace {

using test::Anchors;

// `source` has a link to its second heading.
template <class Converter>
void expect_link_to_heading(const std::string& source) {
  const std::string markdown = markdown_by<Converter>(source);
  const Anchors anchors(markdown);
  ASSERT_EQ(anchors.there.size(), 2U) << markdown;
  ASSERT_FALSE(anchors.asked.empty()) << source << '\n' << markdown;
  EXPECT_EQ(anchors.asked[0], anchors.there[1]) << markdown;
}

TEST(HeadingLinks, OfOrg) {
  for (const std::string title :
       {"Plain", "1.2. *bold* and /it/", "=co_de= H_{2}O x^{2}", "[[https://example.org/][a link]]",
        "$x^2$ axis", "with a note[fn:1] here", "snake_case_name", "~a~ +gone+", "\\alpha & Co"}) {
    expect_link_to_heading<OrgConverter>(
        "[[#x][go]]\n\n* One\n* " + title +
        "\n:PROPERTIES:\n:CUSTOM_ID: x\n:END:\ntext\n\n[fn:1] note\n");
  }
}

TEST(HeadingLinks, OfRst) {
  for (const std::string title :
       {"Plain", "1.2. **bold** and *it*", "``co_de``", "`a link <https://example.org/>`__",
        ":math:`x^2` axis", "with a note [1]_ here", "snake_case_name", ":sub:`a` |s|",
        "A \\*star\\*"}) {
    const std::string lines(title.size() + 1, '-');
    const std::string rest = "\n\nOne\n" + lines + "\n\n.. _x:\n\n" + title + "\n" + lines +
                             "\n\ntext\n\n.. [1] note\n\n.. |s| replace:: said\n";
    expect_link_to_heading<RstConverter>("`go <#x>`__" + rest);
    expect_link_to_heading<RstConverter>("See x_." + rest);
    expect_link_to_heading<RstConverter>(":ref:`go <x>`" + rest);
    expect_link_to_heading<RstConverter>(":ref:`x`" + rest);
  }
}

TEST(HeadingLinks, OfAsciidoc) {
  for (const std::string title :
       {"Plain", "1.2. *bold* and _it_", "`co_de` H~2~O x^2^", "link:https://example.org/[a link]",
        "latexmath:[x^2] axis", "snake_case_name", "[line-through]#gone#", "{name} says",
        "A & B"}) {
    expect_link_to_heading<AsciidocConverter>(
        "= Title\n:name: Who\n\n<<x,go>>\n\n[#x]\n== " + title + "\n\ntext\n");
  }
}

TEST(HeadingLinks, OfTex) {
  for (const std::string title :
       {"Plain", "1.2. \\textbf{bold} and \\emph{it}", "\\texttt{co\\_de}", "$x^2$ axis",
        "A~B -- C", "\\texorpdfstring{$H_2O$}{H2O} here", "caf\\'e \\& ``so''",
        "\\href{https://example.org/}{a link}", "with\\footnote{a note} here"}) {
    expect_link_to_heading<TexConverter>(
        "\\documentclass{article}\\begin{document}\nSee \\hyperref[x]{go}.\n"
        "\\section{One}\n\\section{" +
        title + "}\\label{x}\ntext\n\\end{document}\n");
  }
}

TEST(HeadingLinks, OfRstThatNameWhatIsDefinedNowhereAreText) {
  EXPECT_EQ(markdown_by<RstConverter>(":ref:`Title <nowhere>` and :ref:`nowhere`\n"),
            "Title and nowhere\n");
  EXPECT_EQ(
      markdown_by<RstConverter>("One\n---\n\n.. _a:\n.. _b: https://example.org/\n\ntext a_ b_\n"),
      "# One\n\ntext [a](#one) [b](https://example.org/)\n");
  EXPECT_EQ(markdown_by<RstConverter>("The *T*\n-------\n\nSee `The T`_ and :ref:`the t`.\n"),
            "# The *T*\n\nSee [The T](#the-t) and [The T](#the-t).\n");
}

}  // namespace
}  // namespace sluice::markup
