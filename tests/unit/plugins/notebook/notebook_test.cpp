// Cells and outputs of all versions, and notebooks that are broken or hostile.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sluice/testing.hpp>
#include <string>
#include <utility>

#include "kit/corpus.h"
#include "notebook/converter.hpp"
#include "notebook/terminal.hpp"

namespace sluice::notebook {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr const char* kPng = "iVBORw0KGgo=";  // the signature alone

struct Sample {
  explicit Sample(std::string source, bool outputs = true)
      : job(std::move(source), "n.ipynb", "application/x-ipynb+json") {
    job.set_options(outputs ? R"({"outputs": true})" : R"({"outputs": false})");
  }
  Outcome run() {
    NotebookConverter converter;
    const Outcome outcome = job.run(converter);
    EXPECT_THAT(job.violations(), IsEmpty());
    return outcome;
  }
  RecordingJob job;
};

std::string notebook(const std::string& cells, const std::string& metadata = "{}") {
  return R"({"cells": [)" + cells + R"(], "metadata": )" + metadata +
         R"(, "nbformat": 4, "nbformat_minor": 5})";
}
std::string markdown(const std::string& cells, const std::string& metadata = "{}",
                     bool outputs = true) {
  Sample sample(notebook(cells, metadata), outputs);
  EXPECT_EQ(sample.run(), Outcome::kOk) << sample.job.reason();
  return sample.job.render("n");
}
std::string text_cell(const std::string& source) {
  return R"({"cell_type": "markdown", "source": ")" + source + "\"}";
}
// A cell whose code is `1`, with one output.
std::string output_cell(const std::string& output) {
  return R"({"cell_type": "code", "source": "1", "outputs": [)" + output + "]}";
}
std::string data_cell(const std::string& data) {
  return output_cell(R"({"output_type": "display_data", "data": {)" + data + "}}");
}

// Jupyter's anchors are the text of headings with hyphens, those of Markdown's readers are not.
TEST(Notebook, LinksToHeadingsLeadThere) {
  const std::string contents = text_cell(
      "[a](#NumPy-and-Friends) [b](#1.-Why?) [c](<#Why not> \\\"t\\\") <a href='#C++-*here*'>d</a> "
      "[e](#the-rest) [f](#own) [g](#1.%20Why?) [h]\\n\\n[h]: #NumPy-and-Friends");
  const std::string cells =
      contents + "," + text_cell("# NumPy and Friends\\n\\n## 1. Why?\\n\\n## `Why` not") + "," +
      text_cell("C++ \\\\*here\\\\*\\n---\\n\\n# The rest\\n\\n<a id='own'></a>");
  EXPECT_THAT(
      markdown(cells),
      ::testing::StartsWith(
          "[a](#numpy-and-friends) [b](#1-why) [c](<#why-not> \"t\") <a href='#c-here'>d</a> "
          "[e](#the-rest) [f](#own) [g](#1-why) [h]\n\n[h]: #numpy-and-friends\n"));
}

TEST(Notebook, TheSecondHeadingOfANameHasANumber) {
  EXPECT_THAT(
      markdown(text_cell("[b](#B-C)") + "," + text_cell("# A") + "," + text_cell("# b c\\n# B C")),
      ::testing::StartsWith("[b](#b-c-1)\n"));
}

TEST(Notebook, CanaryComesOutAsItMust) {
  NotebookConverter converter;
  EXPECT_EQ(canary_fault(converter, R"({"outputs": true})"), "");
}

TEST(Notebook, MarkdownCellsStayAsTheyAre) {
  EXPECT_EQ(markdown(text_cell("# T\\n\\n* a\\n  1) b  \\nc $x_1$") + "," + text_cell("two")),
            "# T\n\n* a\n  1) b  \nc $x_1$\n\ntwo\n");
}

TEST(Notebook, SourcesMayBeLists) {
  EXPECT_EQ(markdown(R"({"cell_type": "markdown", "source": ["a\n", "b"]})"), "a\nb\n");
}

TEST(Notebook, CodeHasTheLanguageOfTheKernel) {
  EXPECT_EQ(markdown(R"({"cell_type": "code", "source": "x = 1", "outputs": []})",
                     R"({"language_info": {"name": "julia"}})"),
            "```julia\nx = 1\n```\n");
  EXPECT_EQ(markdown(R"({"cell_type": "code", "source": "x", "outputs": []})",
                     R"({"kernelspec": {"language": "R"}})"),
            "```R\nx\n```\n");
}

TEST(Notebook, WhatACellLeavesOpenEndsWithIt) {
  EXPECT_EQ(markdown(text_cell("~~~py\\ncode") + "," + text_cell("after")),
            "~~~py\ncode\n~~~\n\nafter\n");
  EXPECT_EQ(markdown(text_cell("````\\n```\\ncode") + "," + text_cell("after")),
            "````\n```\ncode\n````\n\nafter\n");
  EXPECT_EQ(markdown(text_cell("<!-- note") + "," + text_cell("after")),
            "<!-- note\n-->\n\nafter\n");
  EXPECT_EQ(markdown(text_cell("```\\ncode\\n```") + "," + text_cell("after")),
            "```\ncode\n```\n\nafter\n");
}

TEST(Notebook, AttachmentsAreAssets) {
  Sample sample(notebook(
      std::string(
          R"~({"cell_type": "markdown", "source": "![a](attachment:my%20pic.png) ![b](attachment:none.png)",)~") +
      R"( "attachments": {"my pic.png": {"image/png": ")" + kPng + "\"}}}"));
  EXPECT_EQ(sample.run(), Outcome::kPartial);  // nothing but pictures
  EXPECT_THAT(sample.job.render("n"), HasSubstr("![a](images/n/"));
  EXPECT_EQ(sample.job.assets().size(), 1U);
  ASSERT_EQ(sample.job.warnings().size(), 1U);
  EXPECT_EQ(sample.job.warnings()[0].code, "missing-image");
}

TEST(Notebook, PicturesBesideTheNotebookAreAssets) {
  Sample sample(notebook(text_cell("![a](fig/a.png)")));
  sample.job.add_sibling("fig/a.png", "\x89PNG\r\n\x1a\n");
  EXPECT_EQ(sample.run(), Outcome::kPartial);  // nothing but a picture
  EXPECT_EQ(sample.job.render("n"), "![a](images/n/a.png)\n");
}

TEST(Notebook, StreamsOfOneNameAreJoined) {
  EXPECT_EQ(markdown(output_cell(R"({"output_type": "stream", "name": "stdout", "text": "a\n"},)"
                                 R"({"output_type": "stream", "name": "stdout", "text": ["b\n"]},)"
                                 R"({"output_type": "stream", "name": "stderr", "text": "c"})")),
            "```\n1\n```\n\n```text\na\nb\n```\n\n```text\nc\n```\n");
}

TEST(Notebook, ErrorsAreTheirTraceback) {
  EXPECT_EQ(
      markdown(output_cell(R"({"output_type": "error", "ename": "E", "evalue": "v", "traceback":)"
                           R"( ["\u001b[0;31mE\u001b[0m: v", "line"]})")),
      "```\n1\n```\n\n```text\nE: v\nline\n```\n");
  EXPECT_EQ(markdown(output_cell(
                R"({"output_type": "error", "ename": "E", "evalue": "v", "traceback": []})")),
            "```\n1\n```\n\n```text\nE: v\n```\n");
}

TEST(Notebook, TablesOfHtmlAreTables) {
  EXPECT_EQ(
      markdown(data_cell(
          R"("text/html": "<style>p{}</style><table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>", "text/plain": "a b")")),
      "```\n1\n```\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n");
}

TEST(Notebook, ScriptsGiveWayToWhatCanBeShown) {
  EXPECT_EQ(
      markdown(data_cell(
          R"("text/html": "<div id=x></div><script>draw()</script>", "text/plain": "<Plot>")")),
      "```\n1\n```\n\n```text\n<Plot>\n```\n");
}

TEST(Notebook, SaysWhatItsOutputsHide) {
  Sample sample(notebook(data_cell(R"("text/html": "<p>shown</p><p hidden>Not for readers</p>")")));
  EXPECT_EQ(sample.run(), Outcome::kOk);
  EXPECT_THAT(sample.job.body(), HasSubstr("shown"));
  ASSERT_EQ(sample.job.warnings().size(), 1U);
  EXPECT_EQ(sample.job.warnings()[0].message, "1 hidden element is left out: \"Not for readers\"");
}

TEST(Notebook, PicturesOfOutputsAreAssets) {
  const std::string cell =
      data_cell(std::string(R"("image/png": ")") + kPng + R"(", "text/plain": "<Figure>")");
  Sample sample(notebook(cell));
  EXPECT_EQ(sample.run(), Outcome::kOk);
  EXPECT_EQ(sample.job.render("n"), "```\n1\n```\n\n![](images/n/output1.png)\n");
  EXPECT_THAT(markdown(data_cell(
                  R"("image/svg+xml": ["<svg xmlns='http://www.w3.org/2000/svg'>", "</svg>"])")),
              HasSubstr("output1.svg"));
}

TEST(Notebook, BrokenPicturesGiveWayToText) {
  Sample sample(notebook(data_cell(R"("image/png": "!!", "text/plain": "<Figure>")")));
  EXPECT_EQ(sample.run(), Outcome::kOk);
  EXPECT_THAT(sample.job.body(), HasSubstr("<Figure>"));
  EXPECT_THAT(sample.job.warnings(), Not(IsEmpty()));
}

TEST(Notebook, FormulasAndMarkdownOfOutputs) {
  EXPECT_EQ(markdown(data_cell(R"("text/latex": "$\\displaystyle x^2$", "text/plain": "x**2")")),
            "```\n1\n```\n\n$$x^2$$\n");
  EXPECT_EQ(markdown(data_cell(R"("text/markdown": "**b**", "text/html": "<i>i</i>")")),
            "```\n1\n```\n\n**b**\n");
  EXPECT_THAT(markdown(data_cell(R"("text/latex": "a $x$ and $y$", "text/plain": "p")")),
              HasSubstr("```text\np\n"));
}

TEST(Notebook, DataInJsonIsCode) {
  EXPECT_THAT(markdown(data_cell(R"("application/vnd.raw.v1+json": {"a": 1})")),
              HasSubstr("```json\n{\n  \"a\": 1\n}\n"));
}

TEST(Notebook, WhatOnlyANotebookShowsIsReported) {
  Sample sample(
      notebook(data_cell(R"("application/vnd.jupyter.widget-view+json": {"model_id": "x"})")));
  EXPECT_EQ(sample.run(), Outcome::kOk);
  ASSERT_EQ(sample.job.warnings().size(), 1U);
  EXPECT_EQ(sample.job.warnings()[0].code, "left-out");
}

TEST(Notebook, OutputsCanBeLeftOut) {
  EXPECT_EQ(markdown(data_cell(R"("text/plain": "p")"), "{}", false), "```\n1\n```\n");
}

TEST(Notebook, RawCellsAreReadByTheirFormat) {
  EXPECT_EQ(
      markdown(
          R"({"cell_type": "raw", "source": "<b>x</b>", "metadata": {"raw_mimetype": "text/html"}})"),
      "**x**\n");
  EXPECT_EQ(
      markdown(R"({"cell_type": "raw", "source": "*x*", "metadata": {"format": "text/markdown"}})"),
      "*x*\n");
  EXPECT_EQ(markdown(R"({"cell_type": "raw", "source": "x"})"), "```\nx\n```\n");
}

TEST(Notebook, Version3) {
  Sample sample(
      std::string(R"({"nbformat": 3, "metadata": {"name": "Work"}, "worksheets": [{"cells": [)") +
      R"({"cell_type": "heading", "level": 2, "source": ["Head"]},)"
      R"({"cell_type": "code", "language": "python", "input": ["x"], "outputs": [)"
      R"({"output_type": "pyout", "text": ["1"], "metadata": {}}, {"output_type": "display_data", "png": ")" +
      kPng +
      R"("}, {"output_type": "pyerr", "traceback": ["bad"]}]}]}, {"cells": [{"cell_type": "markdown", "source": "end"}]}]})");
  EXPECT_EQ(sample.run(), Outcome::kOk);
  EXPECT_EQ(sample.job.render("n"),
            "## "
            "Head\n\n```python\nx\n```\n\n```text\n1\n```\n\n![](images/n/"
            "output1.png)\n\n```text\nbad\n```\n\nend\n");
  EXPECT_EQ(sample.job.metadata().at("title"), "Work");
}

TEST(Notebook, Version2HasLinesWithoutEnds) {
  Sample sample(
      R"({"nbformat": 2, "worksheets": [{"cells": [{"cell_type": "markdown", "source": ["# A", "", "b"]}]}]})");
  EXPECT_EQ(sample.run(), Outcome::kOk);
  EXPECT_EQ(sample.job.body(), "# A\n\nb\n");
}

TEST(Notebook, MetadataAndFirstHeading) {
  Sample named(
      notebook(text_cell("# H"), R"({"title": "T", "authors": [{"name": "A"}, {"name": "B"}]})"));
  EXPECT_EQ(named.run(), Outcome::kOk);
  EXPECT_EQ(named.job.metadata().at("title"), "T");
  EXPECT_EQ(named.job.metadata().at("author"), "A, B");
  Sample heading(notebook(text_cell("text") + "," + text_cell("# H")));
  EXPECT_EQ(heading.run(), Outcome::kOk);
  EXPECT_EQ(heading.job.metadata().at("title"), "H");
}

TEST(Notebook, ScriptsInLinksLeadNowhere) {
  EXPECT_THAT(markdown(text_cell("[x](javascript:alert(1))")), Not(HasSubstr("javascript:")));
}

TEST(Notebook, WhatPythonWritesAndJsonDoesNotHave) {
  EXPECT_EQ(
      markdown(text_cell("a\\ud83d b \\ud83d\\ude00"), R"({"x": NaN, "y": [-Infinity, Infinity]})"),
      "a\uFFFD b \U0001F600\n");
  EXPECT_EQ(markdown("{\"cell_type\": \"markdown\", \"source\": \"a\tb\nc\"}"), "a\tb\nc\n");
}

TEST(Notebook, OtherEncodingsAndMarks) {
  Sample marked("\xef\xbb\xbf" + notebook(text_cell("caf\u00E9")));
  EXPECT_EQ(marked.run(), Outcome::kOk);
  EXPECT_EQ(marked.job.body(), "caf\u00E9\n");
}

TEST(Notebook, EndsOfBrokenOnes) {
  EXPECT_EQ(Sample("").run(), Outcome::kUnsupported);
  EXPECT_EQ(Sample("[1]").run(), Outcome::kUnsupported);
  EXPECT_EQ(Sample("{\"a\": 1}").run(), Outcome::kUnsupported);
  EXPECT_EQ(Sample("{\"cells\": [").run(), Outcome::kMalformed);
  EXPECT_EQ(Sample(notebook("")).run(), Outcome::kEmpty);
  EXPECT_EQ(
      Sample(
          notebook(
              R"(1, null, "x", [], {"cell_type": 3}, {"cell_type": "code", "source": 7, "outputs": [1, {}]})"))
          .run(),
      Outcome::kEmpty);
  const std::string deep(100'000, '[');
  EXPECT_EQ(Sample("{\"cells\": " + deep).run(), Outcome::kLimit);
  EXPECT_EQ(Sample("{\"nbformat\": 1e999, \"cells\": []}").run(), Outcome::kMalformed);
}

TEST(Notebook, EveryPrefixEnds) {
  const std::string whole = notebook(text_cell("# a\\u00e9 \\ud83d\\ude00 ```") + "," +
                                     data_cell(std::string(R"("image/png": ")") + kPng + "\""));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_NE(Sample(whole.substr(0, size)).run(), Outcome::kInternal) << size;
  }
}

TEST(Notebook, StopsWhenAsked) {
  std::string cells = text_cell("x");
  for (int i = 0; i < 1000; ++i) cells += "," + text_cell("x");
  Sample sample(notebook(cells));
  sample.job.cancel_after(10);
  EXPECT_EQ(sample.run(), Outcome::kCancelled);
}

TEST(Notebook, NotebooksOfTheCorpusEnd) {
  const auto folder = test::corpus("ipynb");
  if (!folder) GTEST_SKIP() << "there are no test documents";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(*folder)) {
    if (entry.path().extension() != ".ipynb") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    Sample sample(std::string{std::istreambuf_iterator<char>(in), {}});
    EXPECT_NE(sample.run(), Outcome::kInternal) << entry.path();
  }
}

TEST(Terminal, ColoursTitlesAndLinksAreNoText) {
  EXPECT_EQ(shown_on_terminal("\x1b[1;31mred\x1b[0m \x1b]0;title\x07 "
                              "x\x1b]8;;http://a\x1b\\link\x1b]8;;\x1b\\ \x1b(Bend"),
            "red  xlink Bend");
}

TEST(Terminal, OfAProgressBarItsLastStateStays) {
  EXPECT_EQ(shown_on_terminal("10%\r50%\r100%\ndone\r\nab\b\bX\n"), "100%\ndone\nX\n");
  EXPECT_EQ(shown_on_terminal("\b\b\rx\xC3\xA9\b!"), "x!");
}

TEST(Terminal, SequencesThatAreCutOffTakeNoMoreThanTheirLine) {
  EXPECT_EQ(shown_on_terminal("a\x1b"), "a");
  EXPECT_EQ(shown_on_terminal("a\x1b[31"), "a");
  EXPECT_EQ(shown_on_terminal("a\x1b]0;title\nb"), "a\nb");
  EXPECT_EQ(shown_on_terminal("a\x1b\u00E9\x1b[1\u00E9\x1b]0;t\x1b\u00E9"), "a\u00E9\u00E9\u00E9");
}

}  // namespace
}  // namespace sluice::notebook
