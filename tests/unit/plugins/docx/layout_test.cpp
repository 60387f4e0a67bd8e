// Page markers before their pages, tables within cells, headings held in place by tables, numbers
// after a level that was passed over.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "docx_run.h"

namespace sluice::test {
namespace {

using ::testing::HasSubstr;

const std::string kHeading = "<w:outlineLvl w:val='0'/>";
const std::string kBreak = "<w:r><w:br w:type='page'/></w:r>";
const std::string kRendered = "<w:lastRenderedPageBreak/>";

std::string box(const std::string& content) {
  return "<w:tc><w:tcPr/>" + content + "</w:tc>";
}
std::string boxes(const std::string& cells) {
  return "<w:tr>" + cells + "</w:tr>";
}
std::string grid(const std::string& rows) {
  return "<w:tbl><w:tblPr/><w:tblGrid/>" + rows + "</w:tbl>";
}

// Wherever writers put the break before the first word: in its run, in runs before it, in a link.
TEST(PageMarker, StandsBeforeTheParagraphThatBeginsThePage) {
  const std::string word = "<w:t>Second</w:t>";
  for (const std::string& inside :
       {kBreak + "<w:r>" + kRendered + word + "</w:r>", "<w:r>" + kRendered + word + "</w:r>",
        kBreak + "<w:r/><w:r>" + kRendered + "</w:r><w:r>" + word + "</w:r>",
        "<w:bookmarkStart w:id='1' w:name='b'/><w:r>" + kRendered + "</w:r><w:r>" + word + "</w:r>",
        "<w:hyperlink w:anchor='b'><w:r>" + kRendered + word + "</w:r></w:hyperlink>",
        "<w:ins><w:r>" + kRendered + word + "</w:r></w:ins>"}) {
    for (const std::string& properties : {kHeading, std::string()}) {
      const std::string paragraph = "<w:p><w:pPr>" + properties + "</w:pPr>" + inside + "</w:p>";
      const std::string markdown = DocxFile(p(r("First")) + paragraph + p(r("Third"))).markdown();
      const std::string shown = properties.empty() ? "Second" : "# Second";
      EXPECT_EQ(markdown, "First\n\n<!-- page 2 -->\n\n" + shown + "\n\nThird\n") << inside;
    }
  }
  // Without marks of what was rendered, breaks that were set count.
  EXPECT_EQ(DocxFile(p(r("First")) + "<w:p>" + kBreak + r("Second") + "</w:p>").markdown(),
            "First\n\n<!-- page 2 -->\n\nSecond\n");
}

TEST(PageMarker, StandsBeforeATableThatBeginsThePage) {
  const std::string first = "<w:p><w:r>" + kRendered + "<w:t>a</w:t></w:r></w:p>";
  EXPECT_EQ(DocxFile(p(r("First")) + grid(boxes(box(first) + box(p(r("b")))))).markdown(),
            "First\n\n<!-- page 2 -->\n\n| a | b |\n| --- | --- |\n");
}

TEST(PageMarker, FollowsTheParagraphThatThePageEndsIn) {
  EXPECT_EQ(DocxFile("<w:p>" + r("First") + "<w:r>" + kRendered +
                     "<w:t> goes on</w:t></w:r></w:p>" + p(r("Second")))
                .markdown(),
            "First goes on\n\n<!-- page 2 -->\n\nSecond\n");
}

TEST(NestedTable, EndsItsLine) {
  const std::string inner =
      grid(boxes(box(p(r("k"))) + box(p(r("v")))) + boxes(box(p(r("w"))) + box(p(r("120")))));
  const auto shown = [&](const std::string& content) {
    return DocxFile(grid(boxes(box(p(r("A"))) + box(p(r("B")))) +
                         boxes(box(p(r("One"))) + box(content))))
        .markdown();
  };
  EXPECT_THAT(shown(p(r("before")) + inner + p(r("after"))),
              HasSubstr("| One | before<br>k v<br>w 120<br>after |"));
  EXPECT_THAT(shown(inner + p("")), HasSubstr("| One | k v<br>w 120 |"));
  EXPECT_THAT(shown(inner + p(r("x")) + inner + p(r("y"))),
              HasSubstr("k v<br>w 120<br>x<br>k v<br>w 120<br>y |"));
}

TEST(LayoutTable, GivesItsHeadingBack) {
  const std::string empty = p("");
  const std::string heading = p(r("Chapter"), kHeading);
  EXPECT_EQ(DocxFile(grid(boxes(box(empty) + box(empty) + box(heading))) + p(r("Text"))).markdown(),
            "# Chapter\n\nText\n");
  EXPECT_EQ(DocxFile(grid(boxes(box(p(r("1"))) + box(heading)))).markdown(), "1\n\n# Chapter\n");
  EXPECT_EQ(DocxFile(grid(boxes(box(heading) + box(empty)) + boxes(box(empty) + box(p(r("Lead"))))))
                .markdown(),
            "# Chapter\n\nLead\n");
  // A table of data stays one, whatever style its words have.
  EXPECT_THAT(
      DocxFile(grid(boxes(box(heading) + box(p(r("b")))) + boxes(box(p(r("c"))) + box(p(r("d"))))))
          .markdown(),
      testing::StartsWith("| Chapter | b |"));
}

TEST(Numbering, ALevelThatWasPassedOverHasBegun) {
  const auto level = [](int n, const std::string& text) {
    return "<w:lvl w:ilvl='" + std::to_string(n) +
           "'><w:start w:val='1'/><w:numFmt w:val='decimal'/>" + "<w:lvlText w:val='" + text +
           "'/></w:lvl>";
  };
  const std::string numbering =
      "<w:abstractNum w:abstractNumId='1'>" + level(0, "%1") + level(1, "%1.%2") +
      level(2, "%1.%2.%3") +
      "</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num>";
  const auto heading = [](const std::string& text, int at) {
    return p(r(text), kHeading + "<w:numPr><w:ilvl w:val='" + std::to_string(at) +
                          "'/><w:numId w:val='1'/></w:numPr>");
  };
  EXPECT_EQ(DocxFile(heading("a", 0) + heading("b", 2) + heading("c", 1) + heading("d", 2) +
                     heading("e", 0))
                .numbering(numbering)
                .markdown(),
            "# 1 a\n\n# 1.1.1 b\n\n# 1.2 c\n\n# 1.2.1 d\n\n# 2 e\n");
}

}  // namespace
}  // namespace sluice::test
