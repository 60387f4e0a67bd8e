// Paragraphs, lists and runs.
#include <gtest/gtest.h>

#include "unit/plugins/pptx/deck_builder.h"

namespace sluice::pptx {
namespace {

TEST(PptxText, IsParagraphsWithoutBullets) {
  EXPECT_EQ(slide_markdown(shape(line("one") + line("") + line("two"))), "one\n\ntwo\n");
}

TEST(PptxText, NestsListsByLevel) {
  EXPECT_EQ(slide_markdown(shape(bullet("a") + bullet("b", 1) + bullet("c", 2) + bullet("d"))),
            "- a\n  - b\n    - c\n- d\n");
}

TEST(PptxText, SurvivesLevelsThatSkip) {
  EXPECT_EQ(slide_markdown(shape(bullet("a", 3) + bullet("b", 1) + bullet("c", 5) + bullet("d"))),
            "- a\n\n* b\n  - c\n\n- d\n");
}

TEST(PptxText, NumbersLists) {
  const auto numbered = [](const std::string& text, const std::string& attributes = "") {
    return line(text, "<a:pPr><a:buAutoNum type=\"arabicPeriod\" " + attributes + "/></a:pPr>");
  };
  EXPECT_EQ(slide_markdown(shape(numbered("a") + bullet("x", 1) + numbered("b"))),
            "1. a\n   - x\n2. b\n");
  EXPECT_EQ(slide_markdown(shape(numbered("a", "startAt=\"4\"") + numbered("b", "startAt=\"4\""))),
            "4. a\n5. b\n");
  EXPECT_EQ(slide_markdown(shape(numbered("a") + numbered("b", "startAt=\"5\""))),
            "1. a\n\n5) b\n");
}

TEST(PptxText, TakesBoxesForTasks) {
  EXPECT_EQ(slide_markdown(shape(bullet("\u2610 open") + bullet("\u2612 done") + bullet("plain"))),
            "- [ ] open\n- [x] done\n- plain\n");
}

TEST(PptxText, WritesLettersAndRomanNumbersOfItemsAsText) {
  const auto item = [](const std::string& text, const std::string& scheme) {
    return line(text, "<a:pPr><a:buAutoNum type=\"" + scheme + "\" startAt=\"3\"/></a:pPr>");
  };
  EXPECT_EQ(slide_markdown(shape(item("x", "alphaLcPeriod") + item("y", "alphaLcPeriod"))),
            "- c. x\n- d. y\n");
  EXPECT_EQ(slide_markdown(shape(item("x", "romanUcParenR") + item("y", "romanUcParenR"))),
            "- III) x\n- IV) y\n");
  EXPECT_EQ(slide_markdown(shape(item("x", "alphaUcParenBoth"))), "- (C) x\n");
}

TEST(PptxText, SaysWhatSymbolFontsMean) {
  EXPECT_EQ(slide_markdown(
                shape("<a:p><a:r><a:rPr><a:sym typeface='Wingdings'/></a:rPr>"
                      "<a:t>in \xEF\x83\xA0 out</a:t></a:r><a:r><a:rPr><a:latin typeface='Symbol'/>"
                      "</a:rPr><a:t>\xEF\x81\xA1</a:t></a:r></a:p>")),
            "in \u2192 out\u03B1\n");
}

TEST(PptxText, TakesBulletsFromLayoutAndMaster) {
  const std::string levels =
      "<a:lvl1pPr><a:buChar char='*'/></a:lvl1pPr><a:lvl2pPr><a:buNone/></a:lvl2pPr>";
  DeckBuilder builder;
  builder
      .slide(shape(line("from the master") + line("plain", "<a:pPr lvl='1'/>") +
                       line("none here", "<a:pPr><a:buNone/></a:pPr>"),
                   "idx='1'") +
             shape(line("numbered"), "type='body' idx='7'"))
      .under(
          "<p:sp><p:nvSpPr><p:nvPr><p:ph type='body' idx='7'/></p:nvPr></p:nvSpPr><p:txBody>"
          "<a:lstStyle><a:lvl1pPr><a:buAutoNum type='arabicPeriod'/></a:lvl1pPr></a:lstStyle>"
          "</p:txBody></p:sp>" +
              shape("", "idx='1'"),
          "", "<p:txStyles><p:bodyStyle>" + levels + "</p:bodyStyle></p:txStyles>");
  EXPECT_EQ(slide_markdown(builder), "- from the master\n\n  plain\n\nnone here\n\n1. numbered\n");
}

TEST(PptxText, GivesTextBoxesNoBulletsOfTheBody) {
  DeckBuilder builder;
  builder.slide(shape(line("box")))
      .under("", "",
             "<p:txStyles><p:bodyStyle><a:lvl1pPr><a:buChar char='*'/>"
             "</a:lvl1pPr></p:bodyStyle></p:txStyles>");
  EXPECT_EQ(slide_markdown(builder), "box\n");
}

TEST(PptxText, MarksEmphasisOnceForAdjacentRuns) {
  EXPECT_EQ(slide_markdown(shape("<a:p>" + run("a ") + run("b", "b='1'") + run("c", "b='1'") +
                                 run(" d ", "i='1'") + run("e", "strike='sngStrike'") +
                                 run("2", "baseline='30000'") + run("3", "baseline='-25000'") +
                                 "</a:p>")),
            "a **bc** *d* ~~e~~<sup>2</sup><sub>3</sub>\n");
}

TEST(PptxText, LinksWhatLeadsOutside) {
  DeckBuilder builder;
  builder.slide(
      shape("<a:p><a:r><a:rPr><a:hlinkClick r:id='l'/></a:rPr><a:t>site</a:t></a:r>"
            "<a:r><a:rPr><a:hlinkClick r:id='' action='ppaction://hlinkshowjump'/></a:rPr>"
            "<a:t> next</a:t></a:r></a:p>"));
  builder.package().relate(builder.part(), "l", "hyperlink", "https://e.org/", true);
  EXPECT_EQ(slide_markdown(builder), "[site](https://e.org/) next\n");
}

std::string jump(const std::string& text, const std::string& click) {
  return "<a:p><a:r><a:rPr><a:hlinkClick " + click + "/></a:rPr><a:t>" + text +
         "</a:t></a:r></a:p>";
}

// Titles that are alike, a page of notes, a hidden slide and one without a title lie between.
TEST(PptxText, JumpsLeadToTheHeadingsOfTheirSlides) {
  DeckBuilder builder;
  builder.slide(title("Start") +
                shape(jump("same", "r:id='a' action='ppaction://hlinksldjump'") +
                      jump("hidden", "r:id='b' action='ppaction://hlinksldjump'") +
                      jump("untitled", "r:id='c' action='ppaction://hlinksldjump'") +
                      jump("noted", "r:id='d' action='ppaction://hlinksldjump'") +
                      jump("next", "r:id='' action='ppaction://hlinkshowjump?jump=nextslide'") +
                      jump("end", "r:id='' action='ppaction://hlinkshowjump?jump=lastslide'") +
                      jump("none", "r:id='' action='ppaction://hlinkshowjump?jump=endshow'")));
  const std::string first = builder.part();
  builder.slide(title("Start"));
  builder.package()
      .part("ppt/notesSlides/n1.xml",
            DeckBuilder::slide_xml("p:notes", shape(line("said"), "type='body'")))
      .relate(builder.part(), "n", "notesSlide", "../notesSlides/n1.xml");
  builder.package().relate(first, "a", "slide", "slide2.xml");
  builder.slide(title("Hidden"), " show='0'");
  builder.package().relate(first, "b", "slide", "slide3.xml");
  builder.slide(shape(line("no title")));
  builder.package().relate(first, "c", "slide", "slide4.xml");
  builder.slide(
      shape("<a:p>" + run("Notes: ") + "<a:br/>" + run("b", "b='1'") + "</a:p>", "type='title'"));
  builder.slide(title("Notes:"));
  builder.package().relate(first, "d", "slide", "slide6.xml");
  const std::string markdown = slide_markdown(builder);
  for (const char* link :
       {"[same](#start-1)", "\n\nhidden\n", "\n\nuntitled\n", "[noted](#notes-1)",
        "[next](#start-1)", "[end](#notes-1)", "\n\nnone\n"}) {
    EXPECT_NE(markdown.find(link), std::string::npos) << link << " is not in:\n" << markdown;
  }
}

TEST(PptxText, AShapeThatJumpsIsALink) {
  DeckBuilder builder;
  builder.slide(title("A") +
                "<p:sp><p:nvSpPr><p:cNvPr id='1' name='n'><a:hlinkClick r:id='' "
                "action='ppaction://hlinkshowjump?jump=nextslide'/></p:cNvPr><p:cNvSpPr/><p:nvPr/>"
                "</p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/>" +
                line("on") + "</p:txBody></p:sp>");
  builder.slide(title("B &lt;c>"));
  const std::string markdown = slide_markdown(builder);
  EXPECT_NE(markdown.find("[on](#b-c)"), std::string::npos) << markdown;
}

TEST(PptxText, OfAShapeThatIsALinkIsOne) {
  DeckBuilder builder;
  builder.slide(
      "<p:sp><p:nvSpPr><p:cNvPr id='1' name='n'><a:hlinkClick r:id='l'/></p:cNvPr><p:cNvSpPr/>"
      "<p:nvPr/></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/>" +
      line("one") + "<a:p>" + run("two ") + run("three", "b='1'") + "</a:p></p:txBody></p:sp>");
  builder.package().relate(builder.part(), "l", "hyperlink", "https://e.org/", true);
  EXPECT_EQ(slide_markdown(builder), "[one](https://e.org/)\n\n[two **three**](https://e.org/)\n");
}

TEST(PptxText, OfTitlesIsNotBoldBesides) {
  EXPECT_EQ(slide_markdown(
                shape("<a:p>" + run("a", "b='1'") + run(" b", "i='1'") + "</a:p>", "type='title'")),
            "# a *b*\n");
}

TEST(PptxText, BreaksLines) {
  EXPECT_EQ(slide_markdown(shape("<a:p>" + run("a") + "<a:br/>" + run("b_x000B_c") + "</a:p>")),
            "a\\\nb\\\nc\n");
}

TEST(PptxText, ShowsCodeByItsTypeface) {
  const auto code = [](const std::string& text) {
    return "<a:r><a:rPr><a:latin typeface='Consolas'/></a:rPr><a:t>" + text + "</a:t></a:r>";
  };
  EXPECT_EQ(slide_markdown(shape("<a:p>" + run("call ") + code("f") + code("()") + "</a:p>")),
            "call `f()`\n");
  EXPECT_EQ(slide_markdown(shape("<a:p>" + code("if x:") + "<a:br/>" + code("  y()") +
                                 "</a:p><a:p>" + code("z()") + "</a:p>")),
            "```\nif x:\n  y()\nz()\n```\n");
}

TEST(PptxText, WritesFormulasAsTex) {
  EXPECT_EQ(
      slide_markdown(shape(
          "<a:p>" + run("so ") +
          "<mc:AlternateContent><mc:Choice Requires='a14'><a14:m><m:oMath><m:r><m:t>x</m:t></m:r>"
          "</m:oMath></a14:m></mc:Choice><mc:Fallback>" +
          run("a picture") + "</mc:Fallback></mc:AlternateContent></a:p>")),
      "so $x$\n");
}

TEST(PptxText, LeavesTheNumberOfTheSlideOut) {
  EXPECT_EQ(
      slide_markdown(shape("<a:p>" + run("page ") + "<a:fld type='slidenum'><a:t>7</a:t></a:fld>" +
                           "<a:fld type='datetime1'><a:t>1 May</a:t></a:fld></a:p>")),
      "page 1 May\n");
}

}  // namespace
}  // namespace sluice::pptx
