// Runs, styles and what stands in paragraphs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "docx_run.h"

namespace sluice::test {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string markdown(const std::string& body) {
  return DocxFile(body).markdown();
}

TEST(DocxText, ParagraphsAreLinesOfTheirOwn) {
  EXPECT_EQ(markdown(p(r("One.")) + p("") + p(r("Two."))), "One.\n\nTwo.\n");
}

TEST(DocxText, RunsOfOneLookMerge) {
  EXPECT_EQ(markdown(p(r("wa", "<w:b/>") + r("ter", "<w:b/><w:lang w:val='en'/>"))), "**water**\n");
}

TEST(DocxText, BlanksStandOutsideOfEmphasis) {
  EXPECT_EQ(markdown(p(r("a") + r(" bold ", "<w:b/>") + r("b"))), "a **bold** b\n");
}

TEST(DocxText, LooksHaveTheirMarkdown) {
  EXPECT_EQ(markdown(p(r("i", "<w:i/>") + r(" ") + r("s", "<w:strike/>") + r(" x") +
                       r("2", "<w:vertAlign w:val='superscript'/>") + r(" ") +
                       r("u", "<w:u w:val='single'/>") + r(" ") +
                       r("h", "<w:highlight w:val='yellow'/>"))),
            "*i* ~~s~~ x<sup>2</sup> <u>u</u> <mark>h</mark>\n");
}

TEST(DocxText, TogglesCanBeOff) {
  EXPECT_EQ(markdown(p(r("a", "<w:b w:val='0'/>") + r("b", "<w:b w:val='false'/>") +
                       r("c", "<w:u w:val='none'/>"))),
            "abc\n");
}

TEST(DocxText, CharacterStylesInherit) {
  const std::string styles =
      style("Base", "Base", "<w:rPr><w:b/></w:rPr>", "character") +
      style("Derived", "Derived", based_on("Base"), "character") +
      style("Not", "Not", based_on("Base") + "<w:rPr><w:b w:val='0'/></w:rPr>", "character");
  EXPECT_EQ(DocxFile(p(r("yes", "<w:rStyle w:val='Derived'/>") + r(" ") +
                       r("no", "<w:rStyle w:val='Not'/>")))
                .styles(styles)
                .markdown(),
            "**yes** no\n");
}

TEST(DocxText, ToggleOnInTwoStylesIsOff) {
  const std::string styles = style("Loud", "Loud", "<w:rPr><w:b/></w:rPr>") +
                             style("Strong", "Strong", "<w:rPr><w:b/></w:rPr>", "character");
  EXPECT_EQ(
      DocxFile(p(r("all ") + r("but", "<w:rStyle w:val='Strong'/>"), "<w:pStyle w:val='Loud'/>"))
          .styles(styles)
          .markdown(),
      "**all** but\n");
}

TEST(DocxText, CirclesOfStylesEnd) {
  EXPECT_EQ(DocxFile(styled("A", "text"))
                .styles(style("A", "A", based_on("B")) + style("B", "B", based_on("A")))
                .markdown(),
            "text\n");
}

TEST(DocxText, HiddenTextIsLeftOutUnlessAskedFor) {
  DocxFile file(p(r("seen ") + r("hidden", "<w:vanish/>")));
  EXPECT_EQ(file.markdown(), "seen\n");
  EXPECT_EQ(file.option("hidden_text", "true").markdown(), "seen hidden\n");
}

TEST(DocxText, BreaksTabsAndHyphens) {
  EXPECT_EQ(markdown(p("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t>"
                       "<w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/><w:t>e</w:t></w:r>")),
            "a\\\nb c\u2011de\n");
}

TEST(DocxText, SymbolsOfFontsBecomeCharacters) {
  EXPECT_EQ(markdown(p("<w:r><w:sym w:font='Wingdings' w:char='F0FC'/></w:r>"
                       "<w:r><w:sym w:font='Symbol' w:char='F061'/></w:r>" +
                       r("\xEF\x82\xAE", "<w:rFonts w:ascii='Symbol'/>"))),
            "\u2714\u03B1\u2192\n");
}

TEST(DocxText, MonospacedRunsAreCode) {
  EXPECT_EQ(markdown(p(r("run ") + r("make all", "<w:rFonts w:ascii='Consolas'/>") + r(" now"))),
            "run `make all` now\n");
}

TEST(DocxText, ADocumentInATypewritersFontIsNotCode) {
  const std::string styles =
      "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii='Courier New'/></w:rPr></w:rPrDefault>"
      "</w:docDefaults>";
  EXPECT_EQ(
      DocxFile(p(r("INT. MILL", "<w:rFonts w:ascii='Courier New'/>"))).styles(styles).markdown(),
      "INT. MILL\n");
}

TEST(DocxText, WrappersAreTransparent) {
  EXPECT_EQ(
      markdown("<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>" +
               p("<w:smartTag w:element='place'><w:smartTagPr/>" + r("Wien") +
                 "</w:smartTag><w:customXml>" + r(", ") + "</w:customXml><w:sdt><w:sdtContent>" +
                 r("Linz") + "</w:sdtContent></w:sdt>") +
               "</w:sdtContent></w:sdt>"),
      "Wien, Linz\n");
}

TEST(DocxText, OneOfTheAlternativesIsTaken) {
  EXPECT_EQ(markdown(p("<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:t>new</w:t>"
                       "</mc:Choice><mc:Fallback><w:t>old</w:t></mc:Fallback>"
                       "</mc:AlternateContent></w:r>")),
            "new\n");
}

TEST(DocxText, ReadingsFollowTheirCharacters) {
  EXPECT_EQ(markdown(p("<w:r><w:ruby><w:rubyPr/><w:rt>" + r("kan") + "</w:rt><w:rubyBase>" +
                       r("\u6F22") + "</w:rubyBase></w:ruby></w:r>")),
            "\u6F22(kan)\n");
}

TEST(DocxText, RightToLeftTextKeepsItsOrder) {
  EXPECT_EQ(markdown(p(r("\u05E9\u05DC\u05D5\u05DD", "<w:rtl/>") + r(" abc"), "<w:bidi/>")),
            "\u05E9\u05DC\u05D5\u05DD abc\n");
}

TEST(DocxText, FormulasAreTex) {
  const std::string formula =
      "<m:oMath><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup>"
      "</m:sSup></m:oMath>";
  EXPECT_EQ(markdown(p(r("so ") + formula)), "so $x^{2}$\n");
  EXPECT_EQ(markdown(p("<m:oMathPara>" + formula + "</m:oMathPara>")), "$$x^{2}$$\n");
}

TEST(DocxText, DroppedCapitalsJoinTheirWord) {
  EXPECT_EQ(markdown(p(r("O"), "<w:framePr w:dropCap='drop'/>") + p(r("nce upon"))), "Once upon\n");
}

TEST(DocxText, LanguageIsThatOfMostText) {
  const auto job = DocxFile(p(r("kurz", "<w:lang w:val='de-DE'/>") +
                              r("a much longer text", "<w:lang w:val='en-GB'/>")))
                       .run();
  EXPECT_EQ(job->metadata().at("language"), "en-GB");
}

// --- tracked changes ---

const std::string kChanged =
    p(r("The ") +
      "<w:del w:id='1'><w:r><w:delText xml:space='preserve'>old </w:delText></w:r></w:del>" +
      "<w:ins w:id='2'>" + r("new ") + "</w:ins>" + r("gate"));

TEST(DocxChanges, AreAcceptedRejectedOrShown) {
  EXPECT_EQ(DocxFile(kChanged).markdown(), "The new gate\n");
  EXPECT_EQ(DocxFile(kChanged).option("tracked_changes", "\"reject\"").markdown(),
            "The old gate\n");
  EXPECT_EQ(DocxFile(kChanged).option("tracked_changes", "\"all\"").markdown(),
            "The ~~old~~ <u>new</u> gate\n");
}

TEST(DocxText, OfComplexScriptsHasTogglesOfItsOwn) {
  EXPECT_EQ(markdown(p(r("\u05E9\u05DC", "<w:bCs/><w:rtl/>") +
                       r(" \u05D5", "<w:b/><w:bCs w:val='0'/><w:rtl/>") + r(" a", "<w:bCs/>"))),
            "**\u05E9\u05DC** \u05D5 a\n");
}

TEST(DocxText, RaisedAndSmallTextIsSuperscript) {
  EXPECT_EQ(markdown(p(r("10") + r("3", "<w:position w:val='8'/><w:sz w:val='14'/>") + r(" H") +
                       r("2", "<w:position w:val='-2'/><w:sz w:val='14'/>") +
                       r(" up", "<w:position w:val='8'/>"))),
            "10<sup>3</sup> H<sub>2</sub> up\n");
}

TEST(DocxChanges, MovedTextStandsInOnePlace) {
  const std::string body = p("<w:moveFrom w:id='1'>" + r("here") + "</w:moveFrom>" + r(".")) +
                           p("<w:moveTo w:id='2'>" + r("there") + "</w:moveTo>");
  EXPECT_EQ(DocxFile(body).markdown(), ".\n\nthere\n");
  EXPECT_EQ(DocxFile(body).option("tracked_changes", "\"reject\"").markdown(), "here.\n");
}

TEST(DocxChanges, ADeletedParagraphMarkJoinsParagraphs) {
  const std::string body =
      p(r("One "), "<w:rPr><w:del w:id='1'/></w:rPr>") + p(r("line.")) + p(r("Next."));
  EXPECT_EQ(DocxFile(body).markdown(), "One line.\n\nNext.\n");
  EXPECT_EQ(DocxFile(body).option("tracked_changes", "\"reject\"").markdown(),
            "One\n\nline.\n\nNext.\n");
}

TEST(DocxChanges, ADeletedParagraphGivesTheNextNothingOfItsKind) {
  const std::string mark = "<w:rPr><w:del w:id='1'/></w:rPr>";
  const std::string deleted = "<w:del w:id='2'><w:r><w:delText>gone</w:delText></w:r></w:del>";
  const std::string body = p(r("a")) + p(deleted, "<w:pStyle w:val='H'/>" + mark) + p(r("b")) +
                           p(deleted, mark) + p(r("c"), "<w:pStyle w:val='H'/>");
  EXPECT_EQ(DocxFile(body)
                .styles("<w:style w:type='paragraph' w:styleId='H'><w:name w:val='heading 1'/>"
                        "</w:style>")
                .markdown(),
            "a\n\nb\n\n# c\n");
}

// --- fields and links ---

std::string field(const std::string& instruction, const std::string& result) {
  return "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText xml:space='preserve'>" +
         instruction + "</w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r>" +
         result + "<w:r><w:fldChar w:fldCharType='end'/></w:r>";
}

TEST(DocxLinks, HyperlinksLeadOut) {
  EXPECT_EQ(DocxFile(p("<w:hyperlink r:id='rId1' w:anchor='part' w:tooltip='tip'>" +
                       r("the ", "<w:u w:val='single'/>") + r("brook") + "</w:hyperlink>"))
                .relationship("rId1", "hyperlink", "https://example.org/a", "External")
                .markdown(),
            "[the brook](https://example.org/a#part \"tip\")\n");
}

TEST(DocxLinks, FieldsAreLinksAcrossRuns) {
  EXPECT_EQ(markdown(p(field(" HYPERLINK &quot;https://example.org&quot; \\o &quot;tip&quot; ",
                             r("a ") + r("b", "<w:b/>")))),
            "[a **b**](https://example.org \"tip\")\n");
  EXPECT_EQ(markdown(p("<w:fldSimple w:instr=' HYPERLINK \"https://example.org/x\" '>" + r("c") +
                       "</w:fldSimple>")),
            "[c](https://example.org/x)\n");
}

TEST(DocxLinks, LinksToHeadingsLeadThere) {
  const std::string heading =
      p("<w:bookmarkStart w:id='1' w:name='_Toc1'/>" + r("The Gates!"), "<w:pStyle w:val='H'/>");
  const std::string styles = style("H", "heading 1");
  EXPECT_EQ(DocxFile(p("<w:hyperlink w:anchor='_Toc1'>" + r("see") + "</w:hyperlink>") +
                     p(field(" REF _Toc1 \\h ", r("ref"))) +
                     p("<w:hyperlink w:anchor='nowhere'>" + r("text") + "</w:hyperlink>") + heading)
                .styles(styles)
                .markdown(),
            "[see](#the-gates)\n\n[ref](#the-gates)\n\ntext\n\n# The Gates!\n");
}

TEST(DocxLinks, LinksToOtherPlacesLeadToTheHeadingBeforeThem) {
  const std::string heading = p(r("\u00DCber alles"), "<w:pStyle w:val='H'/>");
  const std::string place = p("<w:bookmarkStart w:id='1' w:name='fig'/>" + r("Figure 1"));
  EXPECT_EQ(
      DocxFile(p("<w:bookmarkStart w:id='2' w:name='top'/>" +
                 field(" REF fig \\h ", r("see Figure 1"))) +
               heading + place + p("<w:hyperlink w:anchor='top'>" + r("up") + "</w:hyperlink>"))
          .styles(style("H", "heading 1"))
          .markdown(),
      "[see Figure 1](#\u00FCber-alles)\n\n# \u00DCber alles\n\nFigure 1\n\nup\n");
}

TEST(DocxLinks, InstructionsAreNotText) {
  const std::string nested =
      "<w:r><w:fldChar w:fldCharType='begin'/></w:r>"
      "<w:r><w:instrText> IF </w:instrText></w:r>" +
      field(" MERGEFIELD name ", r("inner")) + "<w:r><w:fldChar w:fldCharType='separate'/></w:r>" +
      r("shown") + "<w:r><w:fldChar w:fldCharType='end'/></w:r>";
  EXPECT_EQ(markdown(p(nested)), "shown\n");
}

TEST(DocxLinks, AFieldWithoutEndHidesNoMoreThanItsParagraph) {
  EXPECT_EQ(markdown(p("<w:r><w:fldChar w:fldCharType='begin'/></w:r>" + r("lost")) + p(r("kept"))),
            "kept\n");
}

TEST(DocxLinks, FormsShowWhatIsChosen) {
  EXPECT_EQ(markdown(p("<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:checkBox><w:checked/>"
                       "</w:checkBox></w:ffData></w:fldChar></w:r>"
                       "<w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r>"
                       "<w:r><w:fldChar w:fldCharType='end'/></w:r>" +
                       r(" open"))),
            "\u2612 open\n");
}

TEST(DocxLinks, SymbolFieldsAreCharacters) {
  EXPECT_EQ(markdown(p(field(" SYMBOL 97 \\f &quot;Symbol&quot; ", r("?")))), "\u03B1\n");
}

// --- notes and comments ---

TEST(DocxNotes, AreNumberedAsTheyAreCalled) {
  const auto note = [](const std::string& id, const std::string& text) {
    return "<w:footnote w:id='" + id + "'>" + p("<w:r><w:footnoteRef/></w:r>" + r(text)) +
           "</w:footnote>";
  };
  DocxFile file(p(r("a") +
                  "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr>"
                  "<w:footnoteReference w:id='7'/></w:r>" +
                  r(" b") + "<w:r><w:endnoteReference w:id='3'/></w:r>" +
                  "<w:r><w:footnoteReference w:id='99'/></w:r>"));
  file.part("footnotes", "word/footnotes.xml",
            "<w:footnotes " + file.names() +
                "><w:footnote w:type='separator' w:id='0'><w:p/></w:footnote>" +
                note("7", "seven") + note("8", "nobody calls") + "</w:footnotes>");
  file.part("endnotes", "word/endnotes.xml",
            "<w:endnotes " + file.names() + "><w:endnote w:id='3'>" + p(r("three")) +
                "</w:endnote></w:endnotes>");
  EXPECT_EQ(file.markdown(), "a[^1] b[^2]\n\n[^1]: seven\n\n[^2]: three\n");
}

TEST(DocxNotes, AMarkOfTheirOwnIsWrittenInNeitherPlace) {
  const auto call = [](const std::string& id, const std::string& mark) {
    return "<w:r><w:footnoteReference w:customMarkFollows='1' w:id='" + id + "'/><w:t>" + mark +
           "</w:t></w:r>";
  };
  const auto note = [](const std::string& id, const std::string& runs) {
    return "<w:footnote w:id='" + id + "'>" + p(runs) + "</w:footnote>";
  };
  DocxFile file(p(r("a") + call("1", "*") + call("2", "19") + call("3", "b")));
  file.part("footnotes", "word/footnotes.xml",
            "<w:footnotes " + file.names() + ">" + note("1", r("*") + r(" star")) +
                note("2", r("1984 was")) + note("3", r("b letter")) + "</w:footnotes>");
  EXPECT_EQ(file.markdown(), "a[^1][^2][^3]\n\n[^1]: star\n\n[^2]: 1984 was\n\n[^3]: letter\n");
}

TEST(DocxNotes, CommentsAreFootnotesIfAskedFor) {
  DocxFile file(p(r("text") + "<w:r><w:commentReference w:id='0'/></w:r>"));
  file.part("comments", "word/comments.xml",
            "<w:comments " + file.names() + "><w:comment w:id='0' w:author='Ada'>" + p(r("why?")) +
                "</w:comment></w:comments>");
  EXPECT_EQ(file.markdown(), "text\n");
  EXPECT_EQ(file.option("comments", "true").markdown(),
            "text[^comment-1]\n\n[^comment-1]: **Ada**: why?\n");
}

}  // namespace
}  // namespace sluice::test
