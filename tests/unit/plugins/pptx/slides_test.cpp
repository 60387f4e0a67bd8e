// Slides, what stands on them, and in which order.
#include <gtest/gtest.h>

#include "kit/compound_file_builder.h"
#include "unit/plugins/pptx/deck_builder.h"

namespace sluice::pptx {
namespace {

TEST(PptxSlides, ComeInTheOrderOfThePresentation) {
  DeckBuilder builder;
  builder.slide(title("first made")).slide(title("second made")).order({2, 1});
  const Sample sample(builder);
  EXPECT_EQ(
      sample.markdown(),
      "<!-- Slide number: 1 -->\n\n# second made\n\n<!-- Slide number: 2 -->\n\n# first made\n");
  EXPECT_EQ(sample.job().metadata().at("pages"), "2");
}

TEST(PptxSlides, FootersAndTextsOfMastersAreToldAndFootersKeptIfAsked) {
  DeckBuilder builder;
  const std::string number = "<a:p><a:fld type='slidenum'><a:t>1</a:t></a:fld></a:p>";
  builder
      .slide(title("a") + shape(line("Mill Ltd."), "type=\"ftr\"") +
             shape(number, "type=\"sldNum\""))
      .under(shape(line("Click to edit"), "type=\"title\""), shape(line("Confidential")))
      .slide(title("b") + shape(line("Mill Ltd."), "type=\"ftr\""));
  const Sample sample(builder);
  EXPECT_EQ(sample.markdown(),
            "<!-- Slide number: 1 -->\n\n# a\n\n<!-- Slide number: 2 -->\n\n# b\n");
  ASSERT_EQ(sample.job().warnings().size(), 2u);
  EXPECT_EQ(
      sample.job().warnings()[0].message,
      "1 footer or date of slides is left out (to keep it, set [plugin.pptx] footers = true): "
      "\"Mill Ltd.\"");
  EXPECT_EQ(sample.job().warnings()[1].message,
            "1 text of a layout or master is left out: \"Confidential\"");
  EXPECT_EQ(
      Sample(builder, R"("footers":true)").markdown(),
      "<!-- Slide number: 1 -->\n\n# a\n\nMill Ltd.\n\n<!-- Slide number: 2 -->\n\n# b\n\nMill "
      "Ltd.\n");
}

TEST(PptxSlides, ThatAreHiddenAreSaidToBeLeftOut) {
  DeckBuilder builder;
  builder.slide(title("a")).slide(title("b"), " show='0'");
  const Sample sample(builder);
  EXPECT_EQ(sample.markdown(), "<!-- Slide number: 1 -->\n\n# a\n");
  ASSERT_EQ(sample.job().warnings().size(), 1u);
  EXPECT_EQ(sample.job().warnings()[0].code, "hidden-slides");
  EXPECT_NE(Sample(builder, R"("hidden_slides":true)").markdown().find("# b"), std::string::npos);
}

TEST(PptxSlides, BeginWithTheirTitle) {
  EXPECT_EQ(slide_markdown(shape(line("above"), "", place(0, 0)) +
                           shape(line("the ") + line("title"), "type='ctrTitle'", place(0, 5000))),
            "# the title\n\nabove\n");
}

TEST(PptxSlides, AreReadFromTopToBottomAndLeftToRight) {
  EXPECT_EQ(slide_markdown(shape(line("low"), "", place(0, 5000)) +
                           shape(line("right"), "", place(4000, 1010)) +
                           shape(line("left"), "", place(0, 1000)) +
                           shape(line("top"), "", place(2000, 0, 500, 500))),
            "top\n\nleft\n\nright\n\nlow\n");
}

TEST(PptxSlides, AreReadColumnByColumnWhereNoLineCrosses) {
  EXPECT_EQ(slide_markdown(shape(line("over both"), "", place(0, 0, 8000, 500)) +
                           shape(line("under the left"), "", place(0, 3000, 3000, 500)) +
                           shape(line("right"), "", place(4000, 1000, 3000, 3000)) +
                           shape(line("left"), "", place(0, 1000, 3000, 1900))),
            "over both\n\nleft\n\nunder the left\n\nright\n");
}

TEST(PptxSlides, AreReadColumnByColumnUnderHeadings) {
  EXPECT_EQ(slide_markdown(shape(line("left head"), "", place(0, 1000, 3000, 500)) +
                           shape(line("right head"), "", place(4000, 1000, 3000, 500)) +
                           shape(line("left body"), "", place(0, 1500, 3000, 2000)) +
                           shape(line("right body"), "", place(4000, 1500, 3000, 2000))),
            "left head\n\nleft body\n\nright head\n\nright body\n");
  // Rows of like height are rows.
  EXPECT_EQ(slide_markdown(
                shape(line("a"), "", place(0, 1000)) + shape(line("b"), "", place(4000, 1000)) +
                shape(line("c"), "", place(0, 3000)) + shape(line("d"), "", place(4000, 3000))),
            "a\n\nb\n\nc\n\nd\n");
}

TEST(PptxSlides, AreReadAlongALineOfTime) {
  EXPECT_EQ(slide_markdown(shape(line("above all"), "", place(0, 0, 6000, 500)) +
                           shape(line("2020"), "", place(0, 4000)) +
                           shape(line("2020's"), "", place(0, 5100)) +
                           shape(line("2021"), "", place(2000, 1000)) +
                           shape(line("2021's"), "", place(2000, 2100)) +
                           shape(line("2022"), "", place(4000, 4000)) +
                           shape(line("2022's"), "", place(4000, 5100))),
            "above all\n\n2020\n\n2020's\n\n2021\n\n2021's\n\n2022\n\n2022's\n");
}

TEST(PptxSlides, AreReadWithLabelsBeforeWhatTheyStandBeside) {
  // The labels' boxes are too high for a line between the rows.
  EXPECT_EQ(slide_markdown(shape(line("01"), "", place(0, 0, 500, 1500)) +
                           shape(line("02"), "", place(0, 1000, 500, 1500)) +
                           shape(line("first"), "", place(1000, 0, 4000, 300)) +
                           shape(line("on it"), "", place(1000, 310, 4000, 300)) +
                           shape(line("second"), "", place(1000, 1000, 4000, 300))),
            "01\n\nfirst\n\non it\n\n02\n\nsecond\n");
}

TEST(PptxSlides, AreReadAsIfLinesAndBackgroundsWereNotThere) {
  const std::string connector =
      "<p:cxnSp><p:nvCxnSpPr><p:cNvPr id='1' name='n'/></p:nvCxnSpPr><p:spPr>" +
      place(0, 2500, 8000, 10) + "</p:spPr></p:cxnSp>";
  EXPECT_EQ(slide_markdown(shape(line("left"), "", place(0, 1000, 3000, 900)) +
                           shape(line("right"), "", place(4000, 1500, 3000, 2000)) +
                           shape(line("left, below"), "", place(0, 2600, 3000, 900)) +
                           shape("<a:p/>", "", place(0, 0, 8000, 9000)) + connector),
            "left\n\nleft, below\n\nright\n");
}

TEST(PptxSlides, TakePlacesFromTheLayout) {
  DeckBuilder builder;
  builder
      .slide(shape(line("below"), "type='body' idx='2'") +
             shape(line("above"), "type='body' idx='1'"))
      .under(shape("", "type='body' idx='1'", place(0, 0)) +
                 shape("", "type='body' idx='2'", place(0, 5000)),
             "");
  EXPECT_EQ(slide_markdown(builder), "above\n\nbelow\n");
}

TEST(PptxSlides, ReadAGroupTogetherWhereItStands) {
  const std::string group = "<p:grpSp><p:grpSpPr>" +
                            std::string(
                                "<a:xfrm><a:off x='0' y='3000000'/><a:ext cx='9' cy='9'/>"
                                "<a:chOff x='0' y='0'/><a:chExt cx='9' cy='9'/></a:xfrm>") +
                            "</p:grpSpPr>" + shape(line("in group, low"), "", place(0, 9000)) +
                            shape(line("in group, high"), "", place(0, 0)) + "</p:grpSp>";
  EXPECT_EQ(slide_markdown(group + shape(line("above"), "", place(0, 1000)) +
                           shape(line("below"), "", place(0, 5000))),
            "above\n\nin group, high\n\nin group, low\n\nbelow\n");
}

TEST(PptxSlides, LeaveFootersOut) {
  EXPECT_EQ(slide_markdown(shape(line("kept")) + shape(line("1 May"), "type='dt' idx='10'") +
                           shape(line("Co."), "type='ftr' idx='11'") +
                           shape(line("7"), "type='sldNum' idx='12'")),
            "kept\n");
}

TEST(PptxSlides, HoldTables) {
  const auto cell = [](const std::string& text, const std::string& attributes = "",
                       const std::string& properties = "") {
    return "<a:tc " + attributes + "><a:txBody>" + line(text, properties) + "</a:txBody></a:tc>";
  };
  EXPECT_EQ(slide_markdown("<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr>" +
                           cell("wide", "gridSpan='2'") + cell("", "hMerge='1'") +
                           cell("n", "", "<a:pPr algn='r'/>") + "</a:tr><a:tr>" +
                           cell("a", "rowSpan='2'") + "<a:tc><a:txBody>" + line("b") + line("c") +
                           "</a:txBody></a:tc>" + cell("1") + "</a:tr><a:tr>" +
                           cell("", "vMerge='1'") + cell("d") + cell("2") +
                           "</a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>"),
            "| wide | | n |\n| --- | --- | ---: |\n| a | b<br>c | 1 |\n| | d | 2 |\n");
}

TEST(PptxSlides, KeepListsInCells) {
  const std::string number = "<a:pPr><a:buAutoNum type='arabicPeriod'/></a:pPr>";
  EXPECT_EQ(
      slide_markdown("<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr><a:tc><a:txBody>" +
                     line("a") + bullet("b") + bullet("c", 1) +
                     "</a:txBody></a:tc><a:tc><a:txBody>" + line("d", number) + line("e", number) +
                     "</a:txBody></a:tc></a:tr></a:tbl></a:graphicData></a:graphic>"
                     "</p:graphicFrame>"),
      "| a<br>- b<br>\u00A0\u00A0- c | 1. d<br>2. e |\n| --- | --- |\n");
}

TEST(PptxSlides, LeaveTablesWithoutTextOut) {
  EXPECT_EQ(slide_markdown(title("a") +
                           "<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr><a:tc/><a:tc/>"
                           "</a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>"),
            "# a\n");
}

TEST(PptxSlides, HoldPicturesWithTheirText) {
  DeckBuilder builder;
  const auto picture = [](const std::string& id, const std::string& properties) {
    return "<p:pic><p:nvPicPr><p:cNvPr id='1' name='n' " + properties +
           "/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed='" + id +
           "'/></p:blipFill></p:pic>";
  };
  builder.slide(picture("a", "descr='A cat'") + picture("gone", "") + picture("none", ""));
  builder.package()
      .part("ppt/media/image1.gif", "GIF89a")
      .relate(builder.part(), "a", "image", "/ppt/media/image1.gif")
      .relate(builder.part(), "gone", "image", "../media/image9.gif");
  const Sample sample(builder);
  EXPECT_EQ(sample.outcome(), Outcome::kPartial) << sample.job().reason();
  EXPECT_EQ(sample.markdown(), "<!-- Slide number: 1 -->\n\n![A cat](images/a/image1.gif)\n");
  ASSERT_EQ(sample.job().warnings().size(), 1u);
  EXPECT_EQ(sample.job().warnings()[0].code, "missing-image");
}

TEST(PptxSlides, LeadToFilmsOfTheWebAndTellOfOthers) {
  DeckBuilder builder;
  const auto film = [](const std::string& file) {
    return "<p:pic><p:nvPicPr><p:cNvPr id='1' name='n'/><p:cNvPicPr/><p:nvPr>" + file +
           "</p:nvPr></p:nvPicPr><p:blipFill><a:blip r:embed='a'/></p:blipFill></p:pic>";
  };
  builder.slide(film("<a:videoFile r:link='web'/>") + film("<a:wavAudioFile r:embed='inside'/>") +
                film("<a:quickTimeFile r:link='disk'/>"));
  builder.package()
      .part("ppt/media/image1.gif", "GIF89a")
      .relate(builder.part(), "a", "image", "/ppt/media/image1.gif")
      .relate(builder.part(), "inside", "audio", "../media/media1.wav")
      .relate(builder.part(), "web", "video", "https://example.org/film", true)
      .relate(builder.part(), "disk", "video", "file:///C:\\Films\\cat.mov", true);
  const Sample sample(builder);
  const std::string picture = "![](images/a/image1.gif)";
  EXPECT_EQ(sample.markdown(), "<!-- Slide number: 1 -->\n\n[" + picture +
                                   "](https://example.org/film)\n\n" + picture + "\n\n" + picture +
                                   "\n");
  ASSERT_EQ(sample.job().warnings().size(), 1u);
  EXPECT_EQ(sample.job().warnings()[0].message,
            "2 sounds and films are left out: \"media1.wav\" \"cat.mov\"");
}

TEST(PptxSlides, ShowThePictureOfAnEmbeddedObject) {
  DeckBuilder builder;
  builder.slide(
      "<p:graphicFrame><a:graphic><a:graphicData><mc:AlternateContent><mc:Choice Requires='v'>"
      "<p:oleObj/></mc:Choice><mc:Fallback><p:oleObj><p:pic><p:nvPicPr><p:cNvPr id='0' name=''/>"
      "</p:nvPicPr><p:blipFill><a:blip r:embed='a'/></p:blipFill></p:pic></p:oleObj></mc:Fallback>"
      "</mc:AlternateContent></a:graphicData></a:graphic></p:graphicFrame>");
  builder.package()
      .part("ppt/media/image1.emf", "GIF89a")
      .relate(builder.part(), "a", "image", "../media/image1.emf");
  EXPECT_EQ(slide_markdown(builder), "![](images/a/image1.gif)\n");
}

TEST(PptxSlides, HoldChartsAsTables) {
  DeckBuilder builder;
  builder.slide(
      "<p:graphicFrame><a:graphic><a:graphicData><c:chart "
      "xmlns:c='http://schemas.openxmlformats.org/drawingml/2006/chart' r:id='c'/></a:graphicData>"
      "</a:graphic></p:graphicFrame>");
  builder.package()
      .part(
          "ppt/charts/chart1.xml",
          "<c:chartSpace xmlns:c='http://schemas.openxmlformats.org/drawingml/2006/chart'><c:chart>"
          "<c:plotArea><c:pieChart><c:ser><c:cat><c:strRef><c:strCache><c:pt idx='0'><c:v>x</c:v>"
          "</c:pt></c:strCache></c:strRef></c:cat><c:val><c:numRef><c:numCache><c:pt idx='0'>"
          "<c:v>5</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser></c:pieChart></c:plotArea>"
          "</c:chart></c:chartSpace>")
      .relate(builder.part(), "c", "chart", "../charts/chart1.xml");
  EXPECT_EQ(slide_markdown(builder), "| | Series 1 |\n| --- | ---: |\n| x | 5 |\n");
}

TEST(PptxSlides, HoldDiagramsAsLists) {
  const auto point = [](const std::string& id, const std::string& text,
                        const std::string& type = "node") {
    return "<dgm:pt modelId='" + id + "' type='" + type + "'><dgm:t><a:p><a:r><a:t>" + text +
           "</a:t></a:r></a:p></dgm:t></dgm:pt>";
  };
  const auto link = [](const std::string& from, const std::string& to, int order) {
    return "<dgm:cxn srcId='" + from + "' destId='" + to + "' srcOrd='" + std::to_string(order) +
           "'/>";
  };
  DeckBuilder builder;
  builder.slide(
      "<p:graphicFrame><a:graphic><a:graphicData><dgm:relIds "
      "xmlns:dgm='http://schemas.openxmlformats.org/drawingml/2006/diagram' r:dm='d'/>"
      "</a:graphicData></a:graphic></p:graphicFrame>");
  builder.package()
      .part("ppt/diagrams/data1.xml",
            "<dgm:dataModel xmlns:dgm='http://schemas.openxmlformats.org/drawingml/2006/diagram' "
            "xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'><dgm:ptLst>" +
                point("0", "", "doc") + point("5", " ") + point("1", "second") +
                point("2", "first") + point("3", "below first") + point("4", "drawn", "pres") +
                "</dgm:ptLst><dgm:cxnLst>" + link("0", "5", 0) + link("0", "1", 1) +
                link("0", "2", 0) + link("2", "3", 0) + link("3", "2", 0) +
                "</dgm:cxnLst></dgm:dataModel>")
      .relate(builder.part(), "d", "diagramData", "../diagrams/data1.xml");
  EXPECT_EQ(slide_markdown(builder), "- first\n  - below first\n- second\n");
}

TEST(PptxSlides, HaveNotesUnlessAsked) {
  DeckBuilder builder;
  builder.slide(title("a"));
  builder.package()
      .part("ppt/notesSlides/notesSlide1.xml",
            DeckBuilder::slide_xml("p:notes", shape(line("7"), "type='sldNum'") +
                                                  shape(line("say this"), "type='body' idx='1'")))
      .relate(builder.part(), "n", "notesSlide", "../notesSlides/notesSlide1.xml");
  EXPECT_EQ(slide_markdown(builder), "# a\n\n### Notes:\n\nsay this\n");
  EXPECT_EQ(slide_markdown(builder, R"("notes":false)"), "# a\n");
}

TEST(PptxSlides, HaveCommentsIfAsked) {
  DeckBuilder builder;
  builder.slide(title("a"));
  builder.package()
      .part("ppt/commentAuthors.xml",
            "<p:cmAuthorLst" + kSpaces + "><p:cmAuthor id='0' name='Ann'/></p:cmAuthorLst>")
      .relate("ppt/presentation.xml", "ca", "commentAuthors", "commentAuthors.xml")
      .part("ppt/comments/comment1.xml",
            "<p:cmLst" + kSpaces +
                "><p:cm authorId='0'><p:pos x='1' y='1'/><p:text>why?</p:text>"
                "</p:cm></p:cmLst>")
      .relate(builder.part(), "c", "comments", "../comments/comment1.xml");
  EXPECT_EQ(slide_markdown(builder), "# a\n");
  EXPECT_EQ(slide_markdown(builder, R"("comments":true)"),
            "# a\n\n### Comments:\n\n- **Ann**: why?\n");
}

TEST(PptxSlides, AreReadAsStrict) {
  test::OfficePackage package("p.xml");
  package
      .part(
          "p.xml",
          "\xEF\xBB\xBF<q:presentation xmlns:q='http://purl.oclc.org/ooxml/presentationml/main' "
          "xmlns:r='http://purl.oclc.org/ooxml/officeDocument/relationships'><q:sldIdLst><q:sldId "
          "r:id='s'/></q:sldIdLst></q:presentation>")
      .part("s.xml",
            "<q:sld xmlns:q='http://purl.oclc.org/ooxml/presentationml/main' "
            "xmlns:b='http://purl.oclc.org/ooxml/drawingml/main'><q:cSld><q:spTree><q:sp><q:txBody>"
            "<b:p><b:r><b:t>strict</b:t></b:r></b:p></q:txBody></q:sp></q:spTree></q:cSld></q:sld>")
      .relate("p.xml", "s", "slide", "s.xml");
  EXPECT_EQ(Sample(package.build()).markdown(), "<!-- Slide number: 1 -->\n\nstrict\n");
}

TEST(PptxSlides, WithoutTextAreTheOutcomeEmpty) {
  DeckBuilder builder;
  builder.slide(shape(""));
  EXPECT_EQ(Sample(builder).outcome(), Outcome::kEmpty);
}

TEST(PptxSlides, KeepTheOthersWhenOneIsBroken) {
  DeckBuilder builder;
  builder.slide(title("kept")).slide(title("gone")).slide(title("too"));
  builder.package().part("ppt/slides/slide2.xml", "no XML at all");
  const Sample sample(builder);
  EXPECT_EQ(sample.outcome(), Outcome::kPartial);
  EXPECT_EQ(sample.markdown(),
            "<!-- Slide number: 1 -->\n\n# kept\n\n<!-- Slide number: 3 -->\n\n# too\n");
  EXPECT_NE(sample.job().reason().find("slide2.xml"), std::string::npos) << sample.job().reason();
}

TEST(PptxSlides, SaysThatAPackageIsNoPresentation) {
  test::OfficePackage package("xl/workbook.xml");
  package.part("xl/workbook.xml", "<workbook/>");
  EXPECT_EQ(Sample(package.build()).outcome(), Outcome::kMalformed);
  EXPECT_EQ(Sample("nothing").outcome(), Outcome::kMalformed);
}

TEST(PptxSlides, SurviveGroupsAndAlternativesNestedVeryDeep) {
  std::string open;
  std::string close;
  for (int i = 0; i < 20'000; ++i) {
    open += "<p:grpSp>";
    close += "</p:grpSp>";
  }
  DeckBuilder builder;
  builder.slide(title("kept") + open + shape(line("deep")) + close);
  EXPECT_EQ(Sample(builder).outcome(), Outcome::kOk);
}

TEST(PptxConverter, ProvesItself) {
  PptxConverter converter;
  EXPECT_EQ(canary_fault(converter,
                         R"({"notes":true,"footers":false,
               "embedded_documents":true,"hidden_slides":false,"comments":false,"password":""})"),
            "");
}

// Each once, whatever shows it; what is linked is in another file, and a chart's workbook is the
// chart.
TEST(PptxSlides, ReportObjectsThatCannotBeTaken) {
  DeckBuilder builder;
  builder.slide(title("a")).slide(title("b"));
  for (const char* slide : {"ppt/slides/slide1.xml", "ppt/slides/slide2.xml"}) {
    builder.package()
        .relate(slide, "o", "package", "../embeddings/Book.xlsx")
        .relate(slide, "p", "oleObject", "../embeddings/old.bin")
        .relate(slide, "q", "oleObject", "file:///C:/x.xls", true);
  }
  builder.package()
      .part("ppt/embeddings/Book.xlsx", "x")
      .part("ppt/embeddings/old.bin",
            test::compound_file({{"\1CompObj", test::object_kind("Microsoft Visio Drawing")}}));
  const Sample sample(builder);
  ASSERT_EQ(sample.job().warnings().size(), 1U);
  EXPECT_EQ(sample.job().warnings()[0].message,
            "2 embedded objects are not converted, but for what the document shows of them: "
            "Book.xlsx, Microsoft Visio Drawing");
}

// Where they stand, and else behind the slide; each is taken once.
TEST(PptxSlides, LinkToEmbeddedDocuments) {
  const std::string frame =
      "<p:graphicFrame><a:graphic><a:graphicData><p:oleObj r:id='p'/></a:graphicData></a:graphic>"
      "</p:graphicFrame>";
  const auto deck = [&] {
    DeckBuilder builder;
    builder.slide(frame + title("a")).slide(frame + title("b"));
    for (const char* slide : {"ppt/slides/slide1.xml", "ppt/slides/slide2.xml"}) {
      builder.package()
          .relate(slide, "o", "package", "../embeddings/Book.pdf")
          .relate(slide, "p", "oleObject", "../embeddings/old.bin");
    }
    builder.package()
        .part("ppt/embeddings/Book.pdf", "%PDF-1.4")
        .part("ppt/embeddings/old.bin",
              test::compound_file({{"\1Ole10Native", test::packaged("a.txt", "some words")}}));
    return builder.build();
  };
  const Sample sample(deck());
  EXPECT_EQ(sample.markdown(),
            "<!-- Slide number: 1 -->\n\n# a\n\n[a.txt](a.txt)\n\n[Book.pdf](Book.pdf)\n\n"
            "<!-- Slide number: 2 -->\n\n# b\n\n[a.txt](a.txt)\n");
  ASSERT_EQ(sample.job().children().size(), 2U);
  EXPECT_EQ(sample.job().children()[0].bytes, "some words");
  EXPECT_EQ(sample.job().children()[1].bytes, "%PDF-1.4");
  EXPECT_TRUE(sample.job().warnings().empty());

  const Sample named(deck(), R"("embedded_documents":false)");
  EXPECT_TRUE(named.job().children().empty());
  ASSERT_EQ(named.job().warnings().size(), 1U);
  EXPECT_EQ(named.job().warnings()[0].message,
            "2 embedded objects are not converted, but for what the document shows of them: "
            "Book.pdf, old; to convert them, set [plugin.pptx] embedded_documents = true");
}

}  // namespace
}  // namespace sluice::pptx
