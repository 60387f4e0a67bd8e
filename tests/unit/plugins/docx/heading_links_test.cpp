// SPDX-License-Identifier: Apache-2.0
//
// Links to bookmarks: whatever stands in a heading, they lead to the anchor of what was written.
#include <gtest/gtest.h>

#include <random>

#include "docx_run.h"
#include "kit/markdown_anchors.h"

namespace sluice::test {
namespace {

std::string document_with(const std::string& heading) {
  DocxFile file(p("<w:hyperlink w:anchor='x'>" + r("go") + "</w:hyperlink>") + styled("H", "One") +
                p(r("Before.<w:footnoteReference w:id='2'/>")) +
                p("<w:bookmarkStart w:id='1' w:name='x'/>" + heading + "<w:bookmarkEnd w:id='1'/>",
                  "<w:pStyle w:val='H'/>") +
                p(r("Text.")));
  file.styles(style("H", "heading 1"));
  const auto note = [](const std::string& id) {
    return "<w:footnote w:id='" + id + "'>" + p(r("note")) + "</w:footnote>";
  };
  file.part("footnotes", "word/footnotes.xml",
            "<w:footnotes " + file.names() + ">" + note("2") + note("3") + "</w:footnotes>");
  return file.markdown();
}

std::vector<std::string> pieces() {
  const std::string formula =
      "<m:oMath><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup>"
      "</m:sSup></m:oMath>";
  return {r("word "),
          r("1.2."),
          r("bold", "<w:b/>"),
          r("hidden", "<w:vanish/>"),
          r("caps", "<w:caps/>"),
          r("c_d()", "<w:rFonts w:ascii='Courier New' w:hAnsi='Courier New'/>"),
          r("2", "<w:vertAlign w:val='superscript'/>"),
          r("ß &amp; &lt;é"),
          r("a", "<w:rFonts w:ascii='Symbol' w:hAnsi='Symbol'/>"),
          "<w:r><w:tab/></w:r>",
          "<w:r><w:br/></w:r>",
          "<w:r><w:noBreakHyphen/></w:r>",
          "<w:r><w:softHyphen/></w:r>",
          "<w:r><w:sym w:font='Symbol' w:char='F061'/></w:r>",
          "<w:r><w:sym w:font='Wingdings' w:char='F0FC'/></w:r>",
          "<w:r><w:footnoteReference w:id='3'/></w:r>",
          formula,
          "<w:del>" + r("gone") + "</w:del>",
          "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>",
          "<w:ins>" + r("new") + "</w:ins>",
          "<w:hyperlink w:anchor='x'>" + r("itself") + "</w:hyperlink>",
          "<w:fldSimple w:instr=' PAGE '>" + r("7") + "</w:fldSimple>",
          "<w:fldSimple w:instr=' SEQ a '>" + r("8") + "</w:fldSimple>",
          "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> REF x "
          "</w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r>" +
              r("result") + "<w:r><w:fldChar w:fldCharType='end'/></w:r>",
          "<w:r><w:ruby><w:rubyPr/><w:rt>" + r("kan") + "</w:rt><w:rubyBase>" + r("漢") +
              "</w:rubyBase></w:ruby></w:r>",
          "<w:sdt><w:sdtPr/><w:sdtContent>" + r("content") + "</w:sdtContent></w:sdt>",
          "<w:smartTag>" + r("smart") + "</w:smartTag>",
          "<mc:AlternateContent><mc:Choice Requires='x'>" + r("choice") +
              "</mc:Choice><mc:Fallback>" + r("fall") + "</mc:Fallback></mc:AlternateContent>"};
}

void expect_link_to_heading(const std::string& heading) {
  const std::string markdown = document_with(heading);
  const Anchors anchors(markdown);
  ASSERT_EQ(anchors.there.size(), 2U) << heading << '\n' << markdown;
  ASSERT_FALSE(anchors.asked.empty()) << heading << '\n' << markdown;
  EXPECT_EQ(anchors.asked[0], anchors.there[1]) << heading << '\n' << markdown;
}

TEST(DocxHeadingLinks, LeadToEachPiece) {
  for (const std::string& piece : pieces()) expect_link_to_heading(r("A ") + piece + r(" b"));
}

// Links from other documents lead to the same headings.
TEST(DocxHeadingLinks, BookmarksAreNamed) {
  const auto bookmark = [](const std::string& name) {
    return "<w:bookmarkStart w:id='1' w:name='" + name + "'/><w:bookmarkEnd w:id='1'/>";
  };
  const auto heading = [&](const std::string& runs) { return p(runs, "<w:pStyle w:val='H'/>"); };
  DocxFile file(p(bookmark("early") + r("Text.")) + bookmark("before") + heading(r("The Gates")) +
                p(bookmark("below") + r("Text.")) +
                heading(bookmark("_Toc1") + r("The ") + bookmark("in") + r("Gates")) +
                p(bookmark("end")));
  file.styles(style("H", "heading 1"));
  const auto job = file.run();
  EXPECT_EQ(job->anchors(), (std::map<std::string, std::string>{{"early", "the-gates"},
                                                                {"before", "the-gates"},
                                                                {"below", "the-gates"},
                                                                {"in", "the-gates-1"},
                                                                {"end", "the-gates-1"}}));
}

TEST(DocxHeadingLinks, LeadToAnyMixture) {
  const std::vector<std::string> all = pieces();
  std::mt19937 random(7);
  for (int round = 0; round < 300 && !HasFailure(); ++round) {
    std::string heading = r("Word");
    for (auto i = random() % 6; i > 0; --i) heading += all[random() % all.size()];
    expect_link_to_heading(heading + r("end"));
  }
}

}  // namespace
}  // namespace sluice::test
