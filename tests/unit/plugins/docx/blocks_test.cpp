// Headings, lists, quotes, code, tables, pages.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "docx_run.h"

namespace sluice::test {
namespace {

std::string item(const std::string& text, int level = 0, int number = 1,
                 const std::string& properties = "") {
  return p(r(text), "<w:numPr><w:ilvl w:val='" + std::to_string(level) + "'/><w:numId w:val='" +
                        std::to_string(number) + "'/></w:numPr>" + properties);
}

std::string level(int n, const std::string& format, const std::string& text,
                  const std::string& more = "") {
  return "<w:lvl w:ilvl='" + std::to_string(n) + "'><w:start w:val='1'/><w:numFmt w:val='" +
         format + "'/><w:lvlText w:val='" + text + "'/>" + more + "<w:pPr><w:ind w:left='" +
         std::to_string(720 * (n + 1)) + "'/></w:pPr></w:lvl>";
}

std::string definition(int id, const std::string& levels) {
  return "<w:abstractNum w:abstractNumId='" + std::to_string(id) + "'>" + levels +
         "</w:abstractNum>";
}

std::string number(int id, int definition, const std::string& overrides = "") {
  return "<w:num w:numId='" + std::to_string(id) + "'><w:abstractNumId w:val='" +
         std::to_string(definition) + "'/>" + overrides + "</w:num>";
}

// List 1: bullets; list 2: numbers with letters below.
const std::string kNumbering =
    definition(1, level(0, "bullet", "\u2022") + level(1, "bullet", "o")) +
    definition(2, level(0, "decimal", "%1.") + level(1, "lowerLetter", "%2)")) + number(1, 1) +
    number(2, 2);

std::string listed(const std::string& body, const std::string& numbering = kNumbering) {
  return DocxFile(body).numbering(numbering).markdown();
}

TEST(DocxHeadings, ByNameInheritanceAndOutlineLevel) {
  const std::string styles =
      style("berschrift2", "heading 2") + style("Mine", "My heading", based_on("berschrift2")) +
      style("Deep", "Deep", "<w:pPr><w:outlineLvl w:val='2'/></w:pPr>") +
      style("Titre1", "Titre 1") +
      style("Body", "Body", based_on("berschrift2") + "<w:pPr><w:outlineLvl w:val='9'/></w:pPr>");
  EXPECT_EQ(DocxFile(styled("berschrift2", "a") + styled("Mine", "b") + styled("Deep", "c") +
                     styled("Titre1", "d") + styled("Body", "e"))
                .styles(styles)
                .markdown(),
            "## a\n\n## b\n\n### c\n\n# d\n\ne\n");
}

TEST(DocxHeadings, TitleIsAHeadingAndMetadata) {
  DocxFile file(styled("T", "The Mill"));
  file.styles(style("T", "Title"));
  EXPECT_EQ(file.markdown(), "# The Mill\n");
  EXPECT_EQ(file.run()->metadata().at("title"), "The Mill");
}

TEST(DocxHeadings, OfBlanksAreNone) {
  EXPECT_EQ(DocxFile(p(r("\u00A0", "<w:b/>"), "<w:pStyle w:val='H'/>") + p(r("text")))
                .styles(style("H", "heading 1"))
                .markdown(),
            "text\n");
}

TEST(DocxHeadings, HaveTheirNumbersAndNoBold) {
  const std::string numbers =
      definition(1, level(0, "decimal", "%1") + level(1, "decimal", "%1.%2")) + number(1, 1);
  const std::string styles =
      style("H1", "heading 1", "<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>") +
      style("H2", "heading 2",
            "<w:pPr><w:numPr><w:ilvl w:val='1'/><w:numId w:val='1'/></w:numPr></w:pPr>");
  EXPECT_EQ(DocxFile(styled("H1", "One") + p(r("Two", "<w:b/>"), "<w:pStyle w:val='H2'/>") +
                     styled("H2", "Three") + styled("H1", "Four") + styled("H2", "Five"))
                .styles(styles)
                .numbering(numbers)
                .markdown(),
            "# 1 One\n\n## 1.1 Two\n\n## 1.2 Three\n\n# 2 Four\n\n## 2.1 Five\n");
}

TEST(DocxLists, NestByLevel) {
  EXPECT_EQ(listed(item("a") + item("b", 1) + item("c")), "- a\n  - b\n- c\n");
}

TEST(DocxLists, NumbersAreThoseOfTheDocument) {
  EXPECT_EQ(listed(item("a", 0, 2) + p(r("between")) + item("b", 0, 2)),
            "1. a\n\nbetween\n\n2. b\n");
}

TEST(DocxLists, LettersAreText) {
  EXPECT_EQ(listed(item("a", 0, 2) + item("b", 1, 2) + item("c", 1, 2) + item("d", 0, 2) +
                   item("e", 1, 2)),
            "1. a\n   - a) b\n   - b) c\n2. d\n   - a) e\n");
}

TEST(DocxLists, StartOverridesRestart) {
  const std::string numbering =
      kNumbering +
      number(3, 2, "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='5'/></w:lvlOverride>");
  EXPECT_EQ(listed(item("a", 0, 2) + item("b", 0, 3) + item("c", 0, 3), numbering),
            "1. a\n\n5) b\n6) c\n");
}

TEST(DocxLists, RestartsCanBeForbidden) {
  const std::string numbering =
      definition(
          1, level(0, "decimal", "%1.") + level(1, "decimal", "%2.", "<w:lvlRestart w:val='0'/>")) +
      number(1, 1);
  EXPECT_EQ(listed(item("a") + item("b", 1) + item("c") + item("d", 1), numbering),
            "1. a\n   1. b\n2. c\n\n   2. d\n");
}

TEST(DocxLists, RomanLegalAndSpelledLabels) {
  const std::string numbering = definition(1, level(0, "upperRoman", "Article %1.") +
                                                  level(1, "decimalZero", "%1.%2", "<w:isLgl/>")) +
                                number(1, 1);
  EXPECT_EQ(listed(item("a") + item("b", 1) + item("c"), numbering),
            "- Article I. a\n  - 1.1 b\n- Article II. c\n");
}

TEST(DocxLists, StylesNumberTheirParagraphs) {
  const std::string numbering =
      definition(1, level(0, "decimal", "%1.") +
                        level(1, "decimal", "%2.", "<w:pStyle w:val='Second'/>")) +
      number(1, 1);
  const std::string styles =
      style("First", "First", "<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>") +
      style("Second", "Second", based_on("First"));
  EXPECT_EQ(DocxFile(styled("First", "a") + styled("Second", "b") +
                     styled("First", "c", "<w:numPr><w:numId w:val='0'/></w:numPr>"))
                .styles(styles)
                .numbering(numbering)
                .markdown(),
            "1. a\n   1. b\n\nc\n");
}

TEST(DocxLists, DefinitionsCanStandElsewhere) {
  const std::string numbering =
      "<w:abstractNum w:abstractNumId='1'><w:numStyleLink w:val='Mine'/></w:abstractNum>"
      "<w:abstractNum w:abstractNumId='2'><w:styleLink w:val='Mine'/>" +
      level(0, "decimal", "%1.") + "</w:abstractNum>" + number(1, 1);
  EXPECT_EQ(listed(item("a") + item("b"), numbering), "1. a\n2. b\n");
}

TEST(DocxLists, IndentedParagraphsBelongToTheirItem) {
  EXPECT_EQ(listed(item("a") + p(r("more"), "<w:ind w:left='720'/>") + item("b") + p(r("out"))),
            "- a\n\n  more\n- b\n\nout\n");
}

TEST(DocxLists, BlankBulletsContinueTheItem) {
  const std::string numbering = kNumbering + definition(3, level(0, "bullet", " ")) + number(3, 3);
  EXPECT_EQ(listed(item("a") + item("more", 0, 3) + item("b"), numbering), "- a\n\n  more\n- b\n");
}

TEST(DocxLists, CodeAndQuotesStayInTheirItem) {
  const std::string numbering = kNumbering + definition(3, level(0, "bullet", " ")) + number(3, 3);
  EXPECT_EQ(DocxFile(item("a") + item("x = 1", 0, 3, "<w:pStyle w:val='C'/>") +
                     item("y = 2", 0, 3, "<w:pStyle w:val='C'/>") +
                     item("said", 0, 3, "<w:pStyle w:val='Q'/>") + item("b"))
                .numbering(numbering)
                .styles(style("C", "Source Code") + style("Q", "Quote"))
                .markdown(),
            "- a\n\n  ```\n  x = 1\n  y = 2\n  ```\n\n  > said\n- b\n");
}

TEST(DocxLists, BoxesAreTasks) {
  EXPECT_EQ(listed(item("\u2610 open") + item("\u2612 done")), "- [ ] open\n- [x] done\n");
}

TEST(DocxLists, AListInAnEmptyItemIsNested) {
  EXPECT_EQ(
      listed(p("", "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>") + item("a", 1)),
      "- - a\n");
}

TEST(DocxLists, NumbersThatFollowEachOtherAreOneList) {
  const std::string numbering =
      kNumbering +
      number(3, 2, "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='2'/></w:lvlOverride>");
  EXPECT_EQ(listed(item("a", 0, 2) + p(r("\u00A0")) + item("b", 0, 3), numbering), "1. a\n2. b\n");
}

TEST(DocxLists, AListThatBeginsDeepIsOneList) {
  EXPECT_EQ(listed(item("a", 1) + item("b")), "- a\n- b\n");
}

TEST(DocxLists, UnknownListsAreParagraphs) {
  EXPECT_EQ(listed(item("a", 0, 77)), "a\n");
}

TEST(DocxBlocks, QuotesAndCodeByStyle) {
  const std::string styles =
      style("Q", "Intense Quote", "<w:rPr><w:i/></w:rPr>") + style("C", "Source Code");
  EXPECT_EQ(
      DocxFile(styled("Q", "one") + styled("Q", "two") + styled("C", "int  a;") + styled("C", "") +
               p("<w:r><w:t>b</w:t><w:br/><w:tab/><w:t>*c*</w:t></w:r>", "<w:pStyle w:val='C'/>"))
          .styles(styles)
          .markdown(),
      "> one\n>\n> two\n\n```\nint  a;\n\nb\n\t*c*\n```\n");
}

TEST(DocxBlocks, QuotesHoldLists) {
  const std::string quoted = "<w:pStyle w:val='Q'/>";
  const auto quoted_item = [&quoted](const std::string& text, int level = 0) {
    return p(r(text), quoted + "<w:numPr><w:ilvl w:val='" + std::to_string(level) +
                          "'/><w:numId w:val='1'/></w:numPr>");
  };
  EXPECT_EQ(DocxFile(p(r("a"), quoted) + quoted_item("b") + quoted_item("c", 1) +
                     p(r("d"), quoted) + item("e") + quoted_item("f") + p(r("g")))
                .styles(style("Q", "Quote"))
                .numbering(kNumbering)
                .markdown(),
            "> a\n>\n> - b\n>   - c\n>\n> d\n\n- e\n\n> - f\n\ng\n");
}

TEST(DocxBlocks, ParagraphsSetInATypewritersFontAreCode) {
  const auto typed = [](const char* text) {
    return p(r(text, "<w:rFonts w:ascii='Courier New'/>"));
  };
  EXPECT_EQ(DocxFile(p(r("Run:")) + typed("make") + typed("make test")).markdown(),
            "Run:\n\n```\nmake\nmake test\n```\n");
}

TEST(DocxBlocks, EmptyLinesInATypewritersFontBelongToTheCodeAroundThem) {
  const std::string font = "<w:rFonts w:ascii='Courier New'/>";
  const std::string empty = p("", "<w:rPr>" + font + "</w:rPr>");
  EXPECT_EQ(
      DocxFile(empty + p(r("a {", font)) + empty + p(r("}", font)) + empty + p(r("b"))).markdown(),
      "```\na {\n\n}\n```\n\nb\n");
}

TEST(DocxBlocks, ContentsAreAListOfLinks) {
  const std::string styles =
      style("TOC1", "toc 1") + style("TOC2", "toc 2") + style("H", "heading 1");
  const std::string entry = "<w:hyperlink w:anchor='_Toc1'>" + r("Gates") +
                            "<w:r><w:tab/></w:r><w:r><w:fldChar w:fldCharType='begin'/></w:r>"
                            "<w:r><w:instrText> PAGEREF _Toc1 \\h </w:instrText></w:r>"
                            "<w:r><w:fldChar w:fldCharType='separate'/></w:r>" +
                            r("12") + "<w:r><w:fldChar w:fldCharType='end'/></w:r></w:hyperlink>";
  EXPECT_EQ(DocxFile(p(entry, "<w:pStyle w:val='TOC1'/>") + styled("TOC2", "Boards") +
                     p("<w:bookmarkStart w:id='0' w:name='_Toc1'/>" + r("Gates"),
                       "<w:pStyle w:val='H'/>"))
                .styles(styles)
                .markdown(),
            "- [Gates](#gates)\n  - Boards\n\n# Gates\n");
}

// --- tables ---

std::string cell(const std::string& content, const std::string& properties = "") {
  return "<w:tc><w:tcPr>" + properties + "</w:tcPr>" + content + "</w:tc>";
}
std::string row(const std::string& cells, const std::string& properties = "") {
  return "<w:tr>" + (properties.empty() ? "" : "<w:trPr>" + properties + "</w:trPr>") + cells +
         "</w:tr>";
}
std::string table(const std::string& rows) {
  return "<w:tbl><w:tblPr/><w:tblGrid/>" + rows + "</w:tbl>";
}
std::string cells(const std::string& a, const std::string& b) {
  return row(cell(p(r(a))) + cell(p(r(b))));
}

TEST(DocxTables, RowsAndCells) {
  EXPECT_EQ(DocxFile(table(cells("a", "b") + cells("1", "2"))).markdown(),
            "| a | b |\n| --- | --- |\n| 1 | 2 |\n");
}

TEST(DocxTables, SpansCoverTheirPlaces) {
  const std::string body = table(
      row(cell(p(r("wide")), "<w:gridSpan w:val='2'/>") + cell(p(r("x")))) +
      row(cell(p(r("tall")), "<w:vMerge w:val='restart'/>") + cell(p(r("1"))) + cell(p(r("2")))) +
      row(cell(p(""), "<w:vMerge/>") + cell(p(r("3"))) + cell(p(r("4")))));
  EXPECT_EQ(DocxFile(body).markdown(),
            "| wide | | x |\n| --- | --- | --- |\n| tall | 1 | 2 |\n| | 3 | 4 |\n");
  EXPECT_EQ(DocxFile(body).option("merged_cells", "\"repeat\"").markdown(),
            "| wide | wide | x |\n| --- | --- | --- |\n| tall | 1 | 2 |\n| tall | 3 | 4 |\n");
}

TEST(DocxTables, RowsMayBeginLater) {
  EXPECT_EQ(DocxFile(table(cells("a", "b") + row(cell(p(r("c"))), "<w:gridBefore w:val='1'/>")))
                .markdown(),
            "| a | b |\n| --- | --- |\n| | c |\n");
}

TEST(DocxTables, RowsAndCellsInControlsCount) {
  EXPECT_EQ(DocxFile(table(cells("a", "b") + "<w:sdt><w:sdtContent>" +
                           row(cell(p(r("1"))) + "<w:sdt><w:sdtContent>" + cell(p(r("2"))) +
                               "</w:sdtContent></w:sdt>") +
                           "</w:sdtContent></w:sdt>"))
                .markdown(),
            "| a | b |\n| --- | --- |\n| 1 | 2 |\n");
}

TEST(DocxTables, DeletedRowsAreGone) {
  EXPECT_EQ(DocxFile(table(cells("a", "b") + row(cell(p(r("1"))) + cell(p(r("2"))), "<w:del/>")))
                .markdown(),
            "| a | b |\n| --- | --- |\n");
}

TEST(DocxTables, InnerTablesAndListsStayInTheirCell) {
  EXPECT_EQ(DocxFile(table(row(cell(p(r("a"))) + cell(table(cells("1", "2")) + p(""))) +
                           row(cell(item("x") + item("y")) + cell(p(r("z"))))))
                .numbering(kNumbering)
                .markdown(),
            "| a | 1 2 |\n| --- | --- |\n| - x<br>- y | z |\n");
}

TEST(DocxTables, AFrameOfOneCellIsItsContent) {
  EXPECT_EQ(DocxFile(table(row(cell(table(cells("a", "b")) + p(r("below")))))).markdown(),
            "| a | b |\n| --- | --- |\n\nbelow\n");
}

TEST(DocxTables, ASingleColumnIsAFrame) {
  EXPECT_EQ(DocxFile(table(row(cell(p(r("one")))) + row(cell(p(""))) + row(cell(p(r("two"))))))
                .markdown(),
            "one\n\ntwo\n");
}

TEST(DocxTables, NumbersColumnsAlign) {
  const auto right = [](const char* text) { return cell(p(r(text), "<w:jc w:val='right'/>")); };
  EXPECT_EQ(DocxFile(table(cells("n", "v") + cells("", "unit") + row(cell(p(r("a"))) + right("1"))))
                .markdown(),
            "| n | v |\n| --- | ---: |\n| | unit |\n| a | 1 |\n");
}

// --- pages, boxes, rules ---

TEST(DocxPages, AreMarkedWhereWordEndedThem) {
  const std::string body = p(r("one")) + p("<w:r><w:lastRenderedPageBreak/><w:t>two</w:t></w:r>") +
                           p("<w:r><w:t>still </w:t><w:br "
                             "w:type='page'/><w:lastRenderedPageBreak/><w:t>three</w:t></w:r>") +
                           p(r("four"));
  EXPECT_EQ(DocxFile(body).markdown(),
            "one\n\n<!-- page 2 -->\n\ntwo\n\nstill\\\nthree\n\n<!-- page 3 -->\n\nfour\n");
  EXPECT_EQ(DocxFile(body).option("page_markers", "false").markdown(),
            "one\n\ntwo\n\nstill\\\nthree\n\nfour\n");
}

TEST(DocxPages, AreMarkedAtBreaksWhereNothingElseIsKnown) {
  EXPECT_EQ(DocxFile(p(r("one") + "<w:r><w:br w:type='page'/></w:r>") + p(r("two"), "") +
                     p(r("three"), "<w:pageBreakBefore/>"))
                .markdown(),
            "one\n\n<!-- page 2 -->\n\ntwo\n\n<!-- page 3 -->\n\nthree\n");
}

TEST(DocxBoxes, TextBoxesFollowTheirParagraphOnce) {
  const std::string box = "<w:txbxContent>" + p(r("boxed")) + "</w:txbxContent>";
  EXPECT_EQ(
      DocxFile(p(r("text") +
                 "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>"
                 "<wps:txbx>" +
                 box + "</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>" + box +
                 "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>" + r(" goes on")))
          .markdown(),
      "text goes on\n\nboxed\n");
}

TEST(DocxBoxes, HorizontalLinesAreRules) {
  EXPECT_EQ(DocxFile(p(r("a")) + p("<w:r><w:pict><v:rect o:hr='t'/></w:pict></w:r>") + p(r("b")))
                .markdown(),
            "a\n\n---\n\nb\n");
}

TEST(DocxBoxes, EmptyParagraphsWithALineBelowAreRules) {
  EXPECT_EQ(DocxFile(p(r("a")) + p("", "<w:pBdr><w:bottom w:val='single'/></w:pBdr>") +
                     p("", "<w:pBdr><w:bottom w:val='nil'/></w:pBdr>") + p(r("b")))
                .markdown(),
            "a\n\n---\n\nb\n");
}

TEST(DocxBoxes, DiagramsAreTheirTexts) {
  DocxFile file(p("<w:r><w:drawing><dgm:relIds r:dm='rId5'/></w:drawing></w:r>"));
  file.part(
      "diagramData", "word/diagrams/data1.xml",
      "<dgm:dataModel " + file.names() +
          "><dgm:ptLst><dgm:pt type='doc'/><dgm:pt><dgm:t><a:p><a:r><a:t>Plan</a:t></a:r></a:p>"
          "</dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>",
      "rId5");
  EXPECT_EQ(file.markdown(), "- Plan\n");
}

TEST(DocxBoxes, ChartsAreTheirNumbers) {
  DocxFile file(
      p("<w:r><w:drawing><c:chart xmlns:c='http://schemas.openxmlformats.org/drawingml/"
        "2006/chart' r:id='rId6'/></w:drawing></w:r>"));
  file.part(
      "chart", "word/charts/chart1.xml",
      "<c:chartSpace xmlns:c='http://schemas.openxmlformats.org/drawingml/2006/chart'><c:chart>"
      "<c:plotArea><c:barChart><c:ser><c:tx><c:strRef><c:strCache><c:pt idx='0'><c:v>level"
      "</c:v></c:pt></c:strCache></c:strRef></c:tx><c:cat><c:strRef><c:strCache><c:pt idx='0'>"
      "<c:v>March</c:v></c:pt></c:strCache></c:strRef></c:cat><c:val><c:numRef><c:numCache>"
      "<c:pt idx='0'><c:v>41</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser></c:barChart>"
      "</c:plotArea></c:chart></c:chartSpace>",
      "rId6");
  EXPECT_THAT(file.markdown(), testing::HasSubstr("| March | 41 |"));
}

std::vector<std::string> notes_of(const DocxFile& file) {
  std::vector<std::string> notes;
  const auto job = file.run();
  for (const auto& warning : job->warnings()) {
    if (warning.code == "left-out") notes.push_back(warning.message);
  }
  return notes;
}

TEST(DocxMargins, HeadersAndFootersIfAskedFor) {
  DocxFile file(p(r("text")) +
                "<w:sectPr><w:headerReference r:id='rIdH'/><w:footerReference r:id='rIdF'/>"
                "</w:sectPr>");
  file.part("header", "word/header1.xml", "<w:hdr " + file.names() + ">" + p(r("top")) + "</w:hdr>",
            "rIdH");
  file.part("footer", "word/footer1.xml",
            "<w:ftr " + file.names() + ">" + p(r("bottom")) + "</w:ftr>", "rIdF");
  EXPECT_EQ(file.markdown(), "text\n");
  EXPECT_EQ(notes_of(file), (std::vector<std::string>{
                                "2 headers and footers are left out (to keep them, set "
                                "[plugin.docx] headers_footers = true): \"top\" \"bottom\""}));
  EXPECT_EQ(file.option("headers_footers", "true").markdown(), "top\n\ntext\n\nbottom\n");
  EXPECT_TRUE(notes_of(file).empty());
}

TEST(DocxMargins, OfLaterSectionsAreToldIfTheFirstIsKept) {
  DocxFile file(p(r("text"), "<w:sectPr><w:headerReference r:id='rId1'/></w:sectPr>") +
                "<w:sectPr><w:headerReference r:id='rId2'/></w:sectPr>");
  for (const std::string number : {"1", "2"}) {
    file.part("header", "word/header" + number + ".xml",
              "<w:hdr " + file.names() + ">" + p(r("top " + number)) + "</w:hdr>", "rId" + number);
  }
  EXPECT_EQ(file.option("headers_footers", "true").markdown(), "top 1\n\ntext\n");
  EXPECT_EQ(
      notes_of(file),
      (std::vector<std::string>{"1 header or footer of a later section is left out: \"top 2\""}));
}

TEST(DocxMargins, OfLaterSectionsAloneNameNoOptionThatIsSet) {
  DocxFile file(p(r("text"), "<w:sectPr/>") +
                "<w:sectPr><w:headerReference r:id='rIdH'/></w:sectPr>");
  file.part("header", "word/header1.xml", "<w:hdr " + file.names() + ">" + p(r("top")) + "</w:hdr>",
            "rIdH");
  EXPECT_EQ(file.option("headers_footers", "true").markdown(), "text\n");
  EXPECT_EQ(
      notes_of(file),
      (std::vector<std::string>{"1 header or footer of a later section is left out: \"top\""}));
}

TEST(DocxLeftOut, HiddenTextAndCommentsAreTold) {
  const std::string hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>";
  DocxFile file(p(r("text") + hidden + "<w:r><w:commentReference w:id='1'/></w:r>"));
  EXPECT_EQ(file.markdown(), "text\n");
  EXPECT_EQ(notes_of(file),
            (std::vector<std::string>{
                "1 piece of hidden text is left out (to keep it, set [plugin.docx] hidden_text = "
                "true): \"secret\"",
                "1 comment is left out (to keep it, set [plugin.docx] comments = true)"}));
  EXPECT_EQ(DocxFile(p(hidden)).markdown(),
            "outcome: there is no other text: 1 piece of hidden text is left out (to keep it, set "
            "[plugin.docx] hidden_text = true): \"secret\"");
}

}  // namespace
}  // namespace sluice::test
