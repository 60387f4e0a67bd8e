// How sheets become headings, paragraphs and tables.
#include <gtest/gtest.h>

#include "unit/plugins/xlsx/workbook_builder.h"

namespace sluice::xlsx {
namespace {

std::string markdown(WorkbookBuilder& builder, const std::string& options = "") {
  const Sample sample(builder, options);
  EXPECT_EQ(sample.outcome(), Outcome::kOk) << sample.job().reason();
  return sample.markdown();
}

std::string of_sheet(const std::string& rows, const std::string& after = "",
                     const std::string& options = "") {
  WorkbookBuilder builder;
  builder.sheet("S", rows, after);
  const std::string body = markdown(builder, options);
  EXPECT_EQ(body.substr(0, 6), "## S\n\n");
  return body.substr(std::min<std::size_t>(6, body.size()));
}

TEST(XlsxSheets, AreHeadingsInTheirOrder) {
  WorkbookBuilder builder;
  builder.sheet("Zebra &amp; Co", row(1, text("A1", "a"))).sheet("Ape", row(1, text("A1", "b")));
  EXPECT_EQ(markdown(builder), "## Zebra & Co\n\na\n\n## Ape\n\nb\n");
}

TEST(XlsxSheets, ThatAreEmptyAreLeftOut) {
  WorkbookBuilder builder;
  builder.sheet("None", "").sheet("Some", row(1, text("A1", "b")));
  EXPECT_EQ(markdown(builder), "## Some\n\nb\n");
}

TEST(XlsxSheets, AllEmptyAreTheOutcomeEmpty) {
  WorkbookBuilder builder;
  builder.sheet("None", row(1, text("A1", "  ")));
  EXPECT_EQ(Sample(builder).outcome(), Outcome::kEmpty);
}

TEST(XlsxSheets, ThatAreHiddenAreSaidToBeLeftOut) {
  WorkbookBuilder builder;
  builder.sheet("A", row(1, text("A1", "a")))
      .sheet("B", row(1, text("A1", "b")), "", "state='hidden'")
      .sheet("C", row(1, text("A1", "c")), "", "state='veryHidden'");
  const Sample sample(builder);
  EXPECT_EQ(sample.markdown(), "## A\n\na\n");
  ASSERT_EQ(sample.job().warnings().size(), 1u);
  EXPECT_EQ(sample.job().warnings()[0].code, "hidden-sheets");
  EXPECT_EQ(markdown(builder, R"("hidden_sheets":true)"), "## A\n\na\n\n## B\n\nb\n\n## C\n\nc\n");
}

TEST(XlsxSheets, LeaveHiddenRowsAndColumnsOut) {
  const std::string rows =
      row(1, text("A1", "a") + text("B1", "b") + text("C1", "c")) +
      row(2, text("A2", "d") + text("B2", "e") + text("C2", "f"), "hidden='1'") +
      row(3, text("A3", "g") + text("B3", "h") + text("C3", "i"));
  WorkbookBuilder builder;
  builder.raw_sheet("S", "<worksheet" + kMain +
                             "><cols><col min='2' max='2' hidden='1'/></cols><sheetData>" + rows +
                             "</sheetData></worksheet>");
  const Sample sample(builder.build());
  EXPECT_EQ(sample.markdown(), "## S\n\n| a | c |\n| --- | --- |\n| g | i |\n");
  ASSERT_EQ(sample.job().warnings().size(), 1u);
  EXPECT_EQ(sample.job().warnings()[0].message,
            "1 hidden row and 1 hidden column are left out; to convert them, set [plugin.xlsx] "
            "hidden_cells = true");
  EXPECT_EQ(markdown(builder, R"("hidden_cells":true)"),
            "## S\n\n| a | b | c |\n| --- | --- | --- |\n| d | e | f |\n| g | h | i |\n");
}

TEST(XlsxSheets, AlignColumnsOfNumbersRight) {
  EXPECT_EQ(of_sheet(row(1, text("A1", "n") + text("B1", "v")) +
                     row(2, text("A2", "x") + number("B2", "1"))),
            "| n | v |\n| --- | ---: |\n| x | 1 |\n");
}

TEST(XlsxSheets, TrimWhatIsEmptyAround) {
  EXPECT_EQ(of_sheet(row(5, text("D5", "a") + text("E5", "b")) +
                     row(6, text("D6", "c") + text("E6", "d") + "<c r='F6' s='1'/>") +
                     row(7, "<c r='A7'/>")),
            "| a | b |\n| --- | --- |\n| c | d |\n");
}

TEST(XlsxSheets, GiveSparseRowsTheirPlaces) {
  EXPECT_EQ(of_sheet(row(1, text("A1", "a") + text("B1", "b") + text("C1", "c")) +
                     row(2, text("C2", "z")) + row(3, text("A3", "x"))),
            "| a | b | c |\n| --- | --- | --- |\n| | | z |\n| x | | |\n");
}

TEST(XlsxSheets, CountRowsAndCellsThatDoNotSayTheirPlace) {
  EXPECT_EQ(of_sheet("<row><c t='inlineStr'><is><t>a</t></is></c><c t='inlineStr'><is><t>b</t></is>"
                     "</c></row><row><c><v>1</v></c><c><v>2</v></c></row>"),
            "| a | b |\n| ---: | ---: |\n| 1 | 2 |\n");
}

TEST(XlsxSheets, SortRowsAndCellsOutOfOrder) {
  EXPECT_EQ(of_sheet(row(2, number("B2", "4") + number("A2", "3")) +
                     row(1, text("B1", "b") + text("A1", "a") + text("A1", "again"))),
            "| again | b |\n| ---: | ---: |\n| 3 | 4 |\n");
}

TEST(XlsxSheets, DivideTablesAtBlankRows) {
  EXPECT_EQ(of_sheet(row(1, text("A1", "a") + text("B1", "b")) +
                     row(2, number("A2", "1") + number("B2", "2")) +
                     row(4, text("A4", "c") + text("B4", "d")) +
                     row(5, number("A5", "3") + number("B5", "4"))),
            "| a | b |\n| ---: | ---: |\n| 1 | 2 |\n\n| c | d |\n| ---: | ---: |\n| 3 | 4 |\n");
}

TEST(XlsxSheets, KeepATableTogetherOverABlankRow) {
  EXPECT_EQ(of_sheet(row(1, text("A1", "a") + text("B1", "b")) +
                     row(2, text("A2", "x") + number("B2", "2")) +
                     row(4, text("A4", "y") + number("B4", "4"))),
            "| a | b |\n| --- | ---: |\n| x | 2 |\n| y | 4 |\n");
}

TEST(XlsxSheets, DivideTablesSideBySide) {
  EXPECT_EQ(of_sheet(row(1, text("A1", "a") + text("B1", "b") + text("G1", "c") + text("H1", "d")) +
                     row(2, number("A2", "1") + number("B2", "2") + number("G2", "3") +
                                number("H2", "4"))),
            "| a | b |\n| ---: | ---: |\n| 1 | 2 |\n\n| c | d |\n| ---: | ---: |\n| 3 | 4 |\n");
}

TEST(XlsxSheets, WriteTitlesOverATableAsParagraphs) {
  EXPECT_EQ(of_sheet(row(1, text("A1", "Report")) + row(2, text("A2", "of 2024")) +
                     row(3, text("A3", "a") + text("B3", "b")) +
                     row(4, number("A4", "1") + number("B4", "2"))),
            "Report\n\nof 2024\n\n| a | b |\n| ---: | ---: |\n| 1 | 2 |\n");
}

TEST(XlsxSheets, WriteTitlesABlankRowAboveATableAsParagraphs) {
  const std::string table =
      row(4, text("A4", "a") + text("B4", "b")) + row(5, number("A5", "1") + number("B5", "2"));
  EXPECT_EQ(of_sheet(row(1, text("A1", "Report")) + row(2, text("A2", "of 2024")) + table),
            "Report\n\nof 2024\n\n| a | b |\n| ---: | ---: |\n| 1 | 2 |\n");
  EXPECT_EQ(of_sheet(row(1, text("A1", "n")) + row(2, number("A2", "7")) + table),
            "| n |\n| --- |\n| 7 |\n\n| a | b |\n| ---: | ---: |\n| 1 | 2 |\n");
}

TEST(XlsxSheets, WriteAColumnOfProseAsParagraphs) {
  const std::string prose(120, 'x');
  EXPECT_EQ(of_sheet(row(1, text("A1", "Notes")) + row(2, text("A2", prose))),
            "Notes\n\n" + prose + "\n");
  EXPECT_EQ(of_sheet(row(1, text("A1", "Name")) + row(2, text("A2", "x"))),
            "| Name |\n| --- |\n| x |\n");
}

TEST(XlsxSheets, BeginADefinedTableWithItsHeader) {
  WorkbookBuilder builder;
  builder.sheet("S", row(1, text("A1", "left") + text("B1", "right")) +
                         row(2, text("A2", "a") + text("B2", "b")) +
                         row(3, number("A3", "1") + number("B3", "2")) +
                         row(4, text("A4", "note") + text("B4", "note")));
  builder.package().part("xl/tables/table1.xml", "<table" + kMain + " ref='A2:B3'/>");
  builder.package().relate(builder.sheet_part(), "t", "table", "/xl/tables/table1.xml");
  EXPECT_EQ(markdown(builder),
            "## S\n\n| left | right |\n| --- | --- |\n\n| a | b |\n| ---: | ---: |\n| 1 | 2 |\n\n"
            "| note | note |\n| --- | --- |\n");
}

TEST(XlsxSheets, WriteMergedCellsOnceOrEverywhere) {
  const std::string rows = row(1, text("A1", "a") + text("B1", "b") + text("C1", "c")) +
                           row(2, text("A2", "x") + number("C2", "1")) + row(3, number("C3", "2"));
  const std::string merges = "<mergeCells><mergeCell ref='A2:B3'/></mergeCells>";
  EXPECT_EQ(of_sheet(rows, merges),
            "| a | b | c |\n| --- | --- | ---: |\n| x | | 1 |\n| | | 2 |\n");
  EXPECT_EQ(of_sheet(rows, merges, R"("merged":"fill")"),
            "| a | b | c |\n| --- | --- | ---: |\n| x | x | 1 |\n| x | x | 2 |\n");
}

TEST(XlsxSheets, HaveAnEmptyHeaderIfAsked) {
  EXPECT_EQ(of_sheet(row(1, number("A1", "1") + number("B1", "2")) +
                         row(2, number("A2", "3") + number("B2", "4")),
                     "", R"("header":"none")"),
            "| | |\n| ---: | ---: |\n| 1 | 2 |\n| 3 | 4 |\n");
}

TEST(XlsxSheets, AreReadInAnyNamespacePrefixAndStrict) {
  WorkbookBuilder builder;
  builder.raw_sheet("S",
                    "\xEF\xBB\xBF<?xml version='1.0'?><q:worksheet "
                    "xmlns:q='http://purl.oclc.org/ooxml/spreadsheetml/main'><q:sheetData><q:row "
                    "r='1'><q:c r='A1' t='inlineStr'><q:is><q:t>strict</q:t></q:is></q:c></q:row>"
                    "</q:sheetData></q:worksheet>");
  EXPECT_EQ(markdown(builder), "## S\n\nstrict\n");
}

TEST(XlsxSheets, ListTheirCommentsIfAsked) {
  WorkbookBuilder builder;
  builder.sheet("S", row(1, text("A1", "a")));
  builder.package()
      .part(
          "xl/comments1.xml",
          "<comments" + kMain +
              "><authors><author>Ann</author></authors><commentList>"
              "<comment ref='B3' authorId='0'><text><r><t>Ann:\nlook here</t></r></text></comment>"
              "</commentList></comments>")
      .relate(builder.sheet_part(), "c", "comments", "../comments1.xml");
  EXPECT_EQ(markdown(builder), "## S\n\na\n");
  EXPECT_EQ(
      Sample(builder.build()).job().warnings().at(0).message,
      "1 comment is left out (to keep it, set [plugin.xlsx] comments = true): \"Ann: look here\"");
  EXPECT_EQ(markdown(builder, R"("comments":true)"),
            "## S\n\na\n\n### Comments\n\n- **B3** (Ann): look here\n");
}

TEST(XlsxSheets, ShowPicturesThatAreTheValueOfACell) {
  WorkbookBuilder builder;
  builder.sheet("S", row(1, text("A1", "a") + text("B1", "b")) +
                         row(2,
                             "<c r='A2' t='e' vm='1'><v>#VALUE!</v></c>"
                             "<c r='B2' t='e' vm='9'><v>#VALUE!</v></c>"));
  builder.package()
      .part("xl/metadata.xml",
            "<metadata" + kMain +
                " xmlns:xlrd='urn:x'><futureMetadata name='XLRICHVALUE'><bk><extLst><ext><xlrd:rvb "
                "i='1'/></ext></extLst></bk></futureMetadata><valueMetadata><bk><rc t='1' "
                "v='0'/></bk>"
                "</valueMetadata></metadata>")
      .part("xl/rv.xml",
            "<rvData xmlns='urn:x'><rv s='7'><v>5</v></rv><rv s='0'><v>0</v><v>A dot</v>"
            "</rv></rvData>")
      .part("xl/rvs.xml",
            "<rvStructures xmlns='urn:x'><s t='_localImage'><k "
            "n='_rvRel:LocalImageIdentifier'/><k n='Text'/></s></rvStructures>")
      .part("xl/rel.xml",
            "<q:richValueRels xmlns:q='urn:y' "
            "xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/"
            "relationships'><q:rel r:id='i'/></q:richValueRels>")
      .part("xl/media/dot.gif", "GIF89a")
      .relate("xl/workbook.xml", "m", "sheetMetadata", "metadata.xml")
      .relate("xl/workbook.xml", "v", "rdRichValue", "rv.xml")
      .relate("xl/workbook.xml", "t", "rdRichValueStructure", "rvs.xml")
      .relate("xl/workbook.xml", "l", "richValueRel", "rel.xml")
      .relate("xl/rel.xml", "i", "image", "media/dot.gif");
  EXPECT_EQ(markdown(builder),
            "## S\n\n| a | b |\n| --- | --- |\n| ![A dot](images/a/dot.gif) | #VALUE! |\n");
  EXPECT_EQ(markdown(builder, R"("drawings":false)"),
            "## S\n\n| a | b |\n| --- | --- |\n| #VALUE! | #VALUE! |\n");
}

TEST(XlsxSheets, ShowTheirDrawings) {
  WorkbookBuilder builder;
  builder.sheet("S", row(1, text("A1", "a")), "<drawing r:id='d'/>");
  const std::string anchor = "<xdr:oneCellAnchor><xdr:from><xdr:col>0</xdr:col><xdr:row>";
  builder.package()
      .part("xl/drawings/drawing1.xml",
            "<xdr:wsDr "
            "xmlns:xdr='http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing'"
            " xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'"
            " xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'>" +
                anchor +
                "9</xdr:row></xdr:from><xdr:sp><xdr:txBody><a:p><a:r><a:t>a box</a:t></a:r>"
                "</a:p></xdr:txBody></xdr:sp></xdr:oneCellAnchor>" +
                anchor +
                "2</xdr:row></xdr:from><xdr:pic><xdr:nvPicPr><xdr:cNvPr descr='A gif'/>"
                "</xdr:nvPicPr><xdr:blipFill><a:blip r:embed='p'/></xdr:blipFill></xdr:pic>"
                "</xdr:oneCellAnchor>" +
                anchor +
                "4</xdr:row></xdr:from><xdr:pic><xdr:blipFill><a:blip r:embed='gone'/>"
                "</xdr:blipFill></xdr:pic></xdr:oneCellAnchor></xdr:wsDr>")
      .part("xl/media/image1.gif", "GIF89a")
      .relate("xl/drawings/drawing1.xml", "p", "image", "../media/image1.gif")
      .relate("xl/drawings/drawing1.xml", "gone", "image", "../media/image2.gif")
      .relate(builder.sheet_part(), "d", "drawing", "../drawings/drawing1.xml");
  const Sample sample(builder);
  EXPECT_EQ(sample.outcome(), Outcome::kOk) << sample.job().reason();
  EXPECT_EQ(sample.markdown(), "## S\n\na\n\n![A gif](images/a/image1.gif)\n\na box\n");
  ASSERT_EQ(sample.job().warnings().size(), 1u);
  EXPECT_EQ(sample.job().warnings()[0].code, "missing-image");
}

// A picture over a sheet, with or without a shape that may have words, and cells or none.
std::unique_ptr<Sample> sample_of_picture(const std::string& cells, const std::string& words) {
  WorkbookBuilder builder;
  builder.sheet("S", cells, "<drawing r:id='d'/>");
  const std::string anchor =
      "<xdr:oneCellAnchor><xdr:from><xdr:col>0</xdr:col><xdr:row>2</xdr:row></xdr:from>";
  builder.package()
      .part("xl/drawings/drawing1.xml",
            "<xdr:wsDr "
            "xmlns:xdr='http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing'"
            " xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'"
            " xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'>" +
                anchor +
                "<xdr:pic><xdr:nvPicPr><xdr:cNvPr descr='A gif'/></xdr:nvPicPr><xdr:blipFill>"
                "<a:blip r:embed='p'/></xdr:blipFill></xdr:pic></xdr:oneCellAnchor>" +
                anchor + "<xdr:sp><xdr:txBody><a:p><a:r><a:t>" + words +
                "</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:oneCellAnchor></xdr:wsDr>")
      .part("xl/media/image1.gif", "GIF89a")
      .relate("xl/drawings/drawing1.xml", "p", "image", "../media/image1.gif")
      .relate(builder.sheet_part(), "d", "drawing", "../drawings/drawing1.xml");
  return std::make_unique<Sample>(builder);
}

TEST(XlsxSheets, OfPicturesAloneArePartial) {
  const auto alone = sample_of_picture("", "");
  EXPECT_EQ(alone->outcome(), Outcome::kPartial);
  EXPECT_EQ(alone->job().reason(), "it holds pictures and no text");
  EXPECT_EQ(alone->markdown(), "## S\n\n![A gif](images/a/image1.gif)\n");
  EXPECT_EQ(sample_of_picture("", "a box")->outcome(), Outcome::kOk);
  EXPECT_EQ(sample_of_picture(row(1, text("A1", "a")), "")->outcome(), Outcome::kOk);
}

TEST(XlsxConverter, ProvesItself) {
  XlsxConverter converter;
  EXPECT_EQ(canary_fault(converter, kDefaultOptions), "");
}

TEST(XlsxDrawings, SmartArtIsAList) {
  WorkbookBuilder builder;
  builder.sheet("S", "", "<drawing r:id='d'/>");
  builder.package()
      .part("xl/drawings/drawing1.xml",
            "<xdr:wsDr xmlns:xdr='http://schemas.openxmlformats.org/drawingml/2006/"
            "spreadsheetDrawing' xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' "
            "xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'>"
            "<xdr:twoCellAnchor><xdr:graphicFrame><a:graphic><a:graphicData><dgm:relIds "
            "xmlns:dgm='http://schemas.openxmlformats.org/drawingml/2006/diagram' r:dm='m'/>"
            "</a:graphicData></a:graphic></xdr:graphicFrame></xdr:twoCellAnchor></xdr:wsDr>")
      .part("xl/diagrams/data1.xml",
            "<dgm:dataModel xmlns:dgm='http://schemas.openxmlformats.org/drawingml/2006/diagram' "
            "xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'><dgm:ptLst>"
            "<dgm:pt modelId='0' type='doc'/>"
            "<dgm:pt modelId='1'><dgm:t><a:p><a:r><a:t>One</a:t></a:r></a:p></dgm:t></dgm:pt>"
            "<dgm:pt modelId='2'><dgm:t><a:p><a:r><a:t>Below</a:t></a:r></a:p></dgm:t></dgm:pt>"
            "</dgm:ptLst><dgm:cxnLst><dgm:cxn srcId='0' destId='1' srcOrd='0'/>"
            "<dgm:cxn srcId='1' destId='2' srcOrd='0'/></dgm:cxnLst></dgm:dataModel>")
      .relate("xl/drawings/drawing1.xml", "m", "diagramData", "../diagrams/data1.xml")
      .relate(builder.sheet_part(), "d", "drawing", "../drawings/drawing1.xml");
  EXPECT_EQ(Sample(builder).markdown(), "## S\n\n- One\n  - Below\n");
}

// A module of Visual Basic is listed as a sheet without a part. A sheet that lost its part is a
// warning.
TEST(XlsxSheets, WithoutAPartAreModulesOrMissing) {
  const auto with = [&](const std::string& id) {
    WorkbookBuilder other;
    other.sheet("S", row(1, text("A1", "a")));
    other.build();
    other.package().part("xl/workbook.xml", "<workbook" + kMain +
                                                "><sheets><sheet name='S' sheetId='1' r:id='s1'/>" +
                                                "<sheet name='Module' sheetId='2' r:id='" + id +
                                                "'/></sheets></workbook>");
    return other.package().build();
  };
  EXPECT_EQ(Sample(with("")).outcome(), Outcome::kOk);
  EXPECT_EQ(Sample(with("gone")).outcome(), Outcome::kPartial);
  EXPECT_EQ(Sample(with("gone")).markdown(), "## S\n\na\n");
}

TEST(XlsxSheets, ReportEmbeddedObjects) {
  WorkbookBuilder builder;
  builder.sheet("S", row(1, text("A1", "a")));
  builder.package()
      .part("xl/embeddings/Letter.docx", "x")
      .relate(builder.sheet_part(), "o", "package", "../embeddings/Letter.docx");
  const Sample sample(builder);
  EXPECT_EQ(sample.markdown(), "## S\n\na\n");
  ASSERT_EQ(sample.job().warnings().size(), 1U);
  EXPECT_EQ(sample.job().warnings()[0].message,
            "1 embedded object is not converted, but for what the document shows of it: "
            "Letter.docx");
}

TEST(XlsxSheets, LinkToEmbeddedDocuments) {
  WorkbookBuilder builder;
  builder.sheet("S", row(1, text("A1", "a"))).sheet("T", row(1, text("A1", "b")));
  builder.package()
      .part("xl/embeddings/Letter.rtf", "{\\rtf1 x}")
      .relate("xl/worksheets/sheet1.xml", "o", "package", "../embeddings/Letter.rtf");
  const Sample sample(builder);
  EXPECT_EQ(sample.markdown(), "## S\n\na\n\n[Letter.rtf](Letter.rtf)\n\n## T\n\nb\n");
  ASSERT_EQ(sample.job().children().size(), 1U);
  EXPECT_EQ(sample.job().children()[0].bytes, "{\\rtf1 x}");
  EXPECT_TRUE(sample.job().warnings().empty());
}

// Excel's own default, and what only counts pages, says nothing.
TEST(XlsxSheets, ReportHeadersAndFootersOfPaper) {
  const auto note = [](const std::string& codes) {
    WorkbookBuilder builder;
    builder.sheet("S", row(1, text("A1", "a")), "<headerFooter>" + codes + "</headerFooter>");
    const Sample sample(builder);
    EXPECT_EQ(sample.markdown(), "## S\n\na\n");
    return sample.job().warnings().empty() ? std::string() : sample.job().warnings()[0].message;
  };
  EXPECT_EQ(
      note("<oddHeader>&amp;L&amp;\"Arial,Bold\"&amp;12Secret &amp;&amp; draft&amp;C&amp;A"
           "&amp;R&amp;KFF0000Q3 &amp;D</oddHeader><oddFooter>Page &amp;P of &amp;N</oddFooter>"),
      "1 print header or footer is left out: \"Secret & draft Q3\"");
  EXPECT_EQ(note("<oddFooter>Acme Ltd</oddFooter><evenFooter>Acme Ltd</evenFooter>"
                 "<firstFooter>&amp;LFirst&amp;RPage &amp;P</firstFooter>"),
            "2 print headers and footers are left out: \"Acme Ltd\" \"First\"");
  for (const char* nothing :
       {"<oddHeader>&amp;A</oddHeader><oddFooter>Page &amp;P</oddFooter>", "<oddHeader/>",
        "<oddHeader>&amp;</oddHeader>", "<oddHeader>&amp;K</oddHeader>",
        "<oddHeader>&amp;\"Arial</oddHeader>", "<oddHeader>- &amp;D -</oddHeader>"}) {
    EXPECT_EQ(note(nothing), "") << nothing;
  }
}

}  // namespace
}  // namespace sluice::xlsx
