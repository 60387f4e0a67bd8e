// reStructuredText: blocks, directives, tables, text.
#include "markup_run.h"

namespace sluice::markup {
namespace {

std::string rst_markdown(const std::string& source) {
  return markdown_by<RstConverter>(source);
}

TEST(Rst, CanaryComesOutAsItMust) {
  RstConverter converter;
  EXPECT_EQ(canary_fault(converter), "");
}

TEST(Rst, TitlesHaveTheLevelOfTheirLines) {
  EXPECT_EQ(rst_markdown("=====\nThe T\n=====\n\nOne\n---\n\nTwo\n~~~\n\nAgain\n-----\ntext\n"),
            "# The T\n\n## One\n\n### Two\n\n## Again\n\ntext\n");
}

TEST(Rst, EmptyRemarkTakesNothing) {
  EXPECT_EQ(rst_markdown("..\n\n  quoted\n"), "> quoted\n");
  EXPECT_EQ(rst_markdown("H1\n==\n\ntext\n"), "# H1\n\ntext\n");
}

TEST(Rst, TransitionsAndShortLines) {
  EXPECT_EQ(rst_markdown("a\n\n----\n\nb\n"), "a\n\n---\n\nb\n");
}

TEST(Rst, ListsNest) {
  EXPECT_EQ(rst_markdown("* one\n  more\n\n  * deep\n\n* two\n"), "- one more\n  - deep\n- two\n");
  EXPECT_EQ(rst_markdown("3. three\n4. four\n"), "3. three\n4. four\n");
  EXPECT_EQ(rst_markdown("#. one\n#. two\n"), "1. one\n2. two\n");
  EXPECT_EQ(rst_markdown("a) one\nb) two\n"), "- a) one\n- b) two\n");
}

TEST(Rst, AParagraphMayBeginLikeAnItem) {
  EXPECT_EQ(rst_markdown("A. Einstein was\na man.\n"), "A. Einstein was a man.\n");
}

TEST(Rst, DefinitionsAndFields) {
  EXPECT_EQ(rst_markdown("term\n  what it is\n\nother : class\n  more\n"),
            "- **term**\\\n  what it is\n- **other : class**\\\n  more\n");
  EXPECT_EQ(rst_markdown("text\n\n:name: value\n:other: *x*\n"),
            "text\n\n- **name**: value\n- **other**: *x*\n");
}

TEST(Rst, LiteralBlocks) {
  EXPECT_EQ(rst_markdown("Code::\n\n  x = 1\n\n    y\n\nend\n"),
            "Code:\n\n```\nx = 1\n\n  y\n```\n\nend\n");
  EXPECT_EQ(rst_markdown("::\n\n  x\n"), "```\nx\n```\n");
  EXPECT_EQ(rst_markdown(".. code-block:: python\n   :linenos:\n\n   x = 1\n"),
            "```python\nx = 1\n```\n");
  EXPECT_EQ(rst_markdown(">>> 1 + 1\n2\n\nx\n"), "```python\n>>> 1 + 1\n2\n```\n\nx\n");
}

TEST(Rst, QuotesLinesAndRemarks) {
  EXPECT_EQ(rst_markdown("a\n\n  quoted\n\nb\n"), "a\n\n> quoted\n\nb\n");
  EXPECT_EQ(rst_markdown("| one\n| two\n"), "one\\\ntwo\n");
  EXPECT_EQ(rst_markdown(".. a remark\n   goes on\n\ntext\n"), "text\n");
}

TEST(Rst, Admonitions) {
  EXPECT_EQ(rst_markdown(".. note:: Be *careful*.\n\n   And more.\n"),
            "> **Note:** Be *careful*.\n>\n> And more.\n");
  EXPECT_EQ(rst_markdown(".. versionadded:: 2.0\n"), "> **New in version:** 2.0\n");
}

TEST(Rst, ImagesAndFormulas) {
  EXPECT_EQ(
      rst_markdown(
          "x\n\n.. image:: http://e.org/a.png\n   :alt: A\n\n.. math::\n\n   x^2\n\n:math:`y`\n"),
      "x\n\n![A](http://e.org/a.png)\n\n$$x^2$$\n\n$y$\n");
}

TEST(Rst, InlineMarkup) {
  EXPECT_EQ(rst_markdown("*a* **b** ``c*`` 2 * 3 * 4 x*y* \\*z\\* :sub:`1` H\\ :sub:`2`\\ O\n"),
            "*a* **b** `c*` 2 * 3 * 4 x\\*y\\* \\*z\\* <sub>1</sub> H<sub>2</sub>O\n");
}

TEST(Rst, Roles) {
  EXPECT_EQ(rst_markdown(
                ":func:`f` :py:class:`~a.b.C` :ref:`Title <x>` :doc:`guide` `title` :kbd:`Ctrl`\n"),
            "`f` `C` Title guide *title* `Ctrl`\n");
}

TEST(Rst, Links) {
  EXPECT_EQ(
      rst_markdown("`text <http://e.org/a b>`_ named_ and `Two words`_, https://e.org/x.\n\n.. "
                   "_named: http://n.org\n"
                   ".. _two words: http://w.org\n"),
      "[text](http://e.org/ab) [named](http://n.org) and [Two words](http://w.org), "
      "<https://e.org/x>.\n");
  EXPECT_EQ(rst_markdown("snake_case and un_known_ stay\n"), "snake_case and un_known_ stay\n");
}

TEST(Rst, FootnotesAndSubstitutions) {
  EXPECT_EQ(
      rst_markdown(
          "a [1]_ b [#]_ |x|\n\n.. [1] first\n.. [#] second\n   more\n.. |x| replace:: **y**\n"),
      "a[^1] b[^auto-1] **y**\n\n[^1]: first\n\n[^auto-1]: second more\n");
}

TEST(Rst, GridTables) {
  EXPECT_EQ(rst_markdown(
                "+---+-----+\n| a | b   |\n+===+=====+\n| 1 | - x |\n|   | - y |\n+---+-----+\n"),
            "| a | b |\n| --- | --- |\n| 1 | - x<br>- y |\n");
  EXPECT_EQ(
      rst_markdown("+---+---+---+\n| a | b     |\n+---+---+---+\n| 1 | 2 | 3 |\n+---+---+---+\n"),
      "| a | b | |\n| --- | --- | --- |\n| 1 | 2 | 3 |\n");
  EXPECT_EQ(rst_markdown("+---+---+\n| a | b |\n+   +---+\n|   | c |\n+---+---+\n"),
            "| a | b |\n| --- | --- |\n| | c |\n");
}

TEST(Rst, ColumnsAreCountedInCharacters) {
  EXPECT_EQ(
      rst_markdown("+----+---+\n| \u00E9\u00E9 | b |\n+====+===+\n| \u00FC  | 2 |\n+----+---+\n"),
      "| \u00E9\u00E9 | b |\n| --- | --- |\n| \u00FC | 2 |\n");
  EXPECT_EQ(
      rst_markdown("====  ===\n\u00E9\u00E9\u00E9\u00E9  b\n====  ===\n\u00FC     2\n====  ===\n"),
      "| \u00E9\u00E9\u00E9\u00E9 | b |\n| --- | --- |\n| \u00FC | 2 |\n");
}

TEST(Rst, SimpleTables) {
  EXPECT_EQ(rst_markdown("= =\na b\n= =\n\n.. raw:: latex\n\n= =\nc d\n= =\n"),
            "| a | b |\n| --- | --- |\n\n| c | d |\n| --- | --- |\n");
  EXPECT_EQ(
      rst_markdown("===  =====\n A   B\n===  =====\n1    two\n     more\n2    x\n===  =====\n"),
      "| A | B |\n| --- | --- |\n| 1 | two more |\n| 2 | x |\n");
}

TEST(Rst, ListTablesAndCsvTables) {
  EXPECT_EQ(
      rst_markdown(
          ".. list-table:: T\n   :header-rows: 1\n\n   * - A\n     - B\n   * - 1\n     - two\n"),
      "**T**\n\n| A | B |\n| --- | --- |\n| 1 | two |\n");
  EXPECT_EQ(rst_markdown(".. csv-table::\n   :header: A, B\n\n   1, \"x, y\"\n"),
            "| A | B |\n| --- | --- |\n| 1 | x, y |\n");
}

TEST(Rst, WhatIsNotConvertedIsReported) {
  RecordingJob job("text\n\n.. automodule:: x\n   :members:\n\n.. include:: y.rst\n", "a.rst",
                   "text/x-rst");
  RstConverter converter;
  EXPECT_EQ(job.run(converter), Outcome::kOk);
  EXPECT_EQ(job.body(), "text\n");
  ASSERT_EQ(job.warnings().size(), 1U);
  EXPECT_EQ(job.warnings()[0].message, "2 constructs are not converted: automodule, include");
}

TEST(Rst, TitleAndAuthor) {
  RecordingJob job("The T\n=====\n\n:Author: Jane\n\ntext\n", "a.rst", "text/x-rst");
  RstConverter converter;
  EXPECT_EQ(job.run(converter), Outcome::kOk);
  EXPECT_EQ(job.metadata().at("title"), "The T");
  EXPECT_EQ(job.metadata().at("author"), "Jane");
}

}  // namespace
}  // namespace sluice::markup
