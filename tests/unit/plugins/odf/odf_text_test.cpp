// Paragraphs, looks, notes, tables, pictures, objects and changes of texts.
#include <gmock/gmock.h>

#include <sluice/zip.hpp>

#include "kit/compound_file_builder.h"
#include "unit/plugins/odf/odf_run.h"

namespace sluice::odf {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string kPng("\x89PNG\r\n\x1a\n rest", 13);

TEST(OdfText, HeadingsAndParagraphs) {
  EXPECT_EQ(text("<text:h text:outline-level='2'>One</text:h><text:p>a <text:s text:c='3'/>b"
                 "<text:tab/>c<text:line-break/>d</text:p><text:p/>"),
            "## One\n\na b c\\\nd\n");
}

TEST(OdfText, StylesByNameAndInheritance) {
  const std::string styles =
      "<style:style style:name='P1' style:family='paragraph' style:parent-style-name='Quotations'/>"
      "<style:style style:name='P2' style:family='paragraph' "
      "style:parent-style-name='Preformatted_20_Text'/>"
      "<style:style style:name='P3' style:family='paragraph' "
      "style:parent-style-name='Heading_20_2'/>"
      "<style:style style:name='P4' style:family='paragraph' style:parent-style-name='Title'/>"
      "<style:style style:name='Quotations' style:family='paragraph'/>"
      "<style:style style:name='Title' style:family='paragraph'/>"
      "<style:style style:name='Heading_20_2' style:family='paragraph' "
      "style:display-name='Heading 2'/>"
      "<style:style style:name='Preformatted_20_Text' style:family='paragraph'/>";
  const auto p = [](const char* style, const char* content) {
    return "<text:p text:style-name='" + std::string(style) + "'>" + content + "</text:p>";
  };
  EXPECT_EQ(text(p("P4", "T") + p("P3", "H") + p("P1", "q") + p("P1", "r") + p("P2", "a {") +
                     p("P2", "<text:s text:c='2'/>b") + p("P2", "}") + p("", "x"),
                 styles),
            "# T\n\n## H\n\n> q\n>\n> r\n\n```\na {\n  b\n}\n```\n\nx\n");
}

TEST(OdfText, LooksOfSpans) {
  const auto style = [](const char* name, const char* properties) {
    return "<style:style style:name='" + std::string(name) +
           "' style:family='text'><style:text-properties " + properties + "/></style:style>";
  };
  const std::string styles =
      style("B", "fo:font-weight='bold'") + style("N", "fo:font-weight='normal'") +
      style("I", "fo:font-style='italic'") + style("S", "style:text-line-through-style='solid'") +
      style("U", "style:text-position='super 58%'") + style("D", "style:text-position='-33% 58%'") +
      style("M", "style:font-name='Courier New'") + style("H", "text:display='none'");
  const auto span = [](const char* name, const std::string& content) {
    return "<text:span text:style-name='" + std::string(name) + "'>" + content + "</text:span>";
  };
  EXPECT_EQ(text("<text:p>" + span("B", "b" + span("I", "bi") + span("N", "n")) + " " +
                     span("S", "s") + "x" + span("U", "2") + span("D", "3") + " " +
                     span("M", "a*b") + span("M", " c") + span("H", "hidden") + ".</text:p>",
                 styles),
            "<strong>b*bi*</strong>n ~~s~~x<sup>2</sup><sub>3</sub> `a*b c`.\n");
}

TEST(OdfText, NotesAndComments) {
  const std::string body =
      "<text:p>a<text:note text:note-class='footnote'><text:note-citation>1</text:note-citation>"
      "<text:note-body><text:p>first</text:p></text:note-body></text:note> b"
      "<office:annotation><dc:creator>Ann</dc:creator><text:p>why?</text:p></office:annotation>"
      "<text:note text:note-class='endnote'><text:note-body><text:p>last</text:p>"
      "</text:note-body></text:note></text:p>";
  EXPECT_EQ(text(body), "a[^1] b[^2]\n\n[^1]: first\n\n[^2]: last\n");
  EXPECT_EQ(text(Parts{body, {}, {}, {}, {}}, with(kTextDefaults, "comments", "true")),
            "a[^1] b[^c1][^2]\n\n[^1]: first\n\n[^c1]: **Ann**: why?\n\n[^2]: last\n");
}

TEST(OdfText, TrackedChanges) {
  const Parts parts{
      "<text:tracked-changes><text:changed-region text:id='d'><text:deletion>"
      "<office:change-info/><text:p>gone</text:p></text:deletion></text:changed-region>"
      "<text:changed-region text:id='i'><text:insertion/></text:changed-region>"
      "</text:tracked-changes><text:p>x <text:change text:change-id='d'/>"
      "<text:change-start text:change-id='i'/>new<text:change-end text:change-id='i'/> y</text:p>",
      {},
      {},
      {},
      {}};
  EXPECT_EQ(text(parts), "x new y\n");
  EXPECT_EQ(text(parts, with(kTextDefaults, "tracked_changes", "\"reject\"")), "x gone y\n");
  EXPECT_EQ(text(parts, with(kTextDefaults, "tracked_changes", "\"all\"")),
            "x ~~gone~~<u>new</u> y\n");
}

TEST(OdfText, TablesWithSpansAndRepeatedCells) {
  EXPECT_EQ(text("<table:table><table:table-header-rows><table:table-row>"
                 "<table:table-cell table:number-columns-spanned='2'><text:p>A</text:p>"
                 "</table:table-cell><table:covered-table-cell/></table:table-row>"
                 "</table:table-header-rows><table:table-row>"
                 "<table:table-cell table:number-columns-repeated='2'><text:p>x</text:p>"
                 "</table:table-cell></table:table-row></table:table>"),
            "| A | |\n| --- | --- |\n| x | x |\n");
}

TEST(OdfText, LinksLeadToHeadings) {
  EXPECT_EQ(text("<text:p><text:a xlink:href='#The gates|outline'>see</text:a>, "
                 "<text:bookmark-ref text:ref-name='b'>there</text:bookmark-ref>, "
                 "<text:a xlink:href='#nowhere'>lost</text:a>, "
                 "<text:a xlink:href='https://example.org/'>out</text:a></text:p>"
                 "<text:h text:outline-level='1'>The gates</text:h>"
                 "<text:p><text:bookmark text:name='b'/>Text</text:p>"),
            "[see](#the-gates), [there](#the-gates), lost, [out](https://example.org/)\n\n"
            "# The gates\n\nText\n");
}

TEST(OdfText, ContentsAreAListOfLinks) {
  EXPECT_EQ(text("<text:table-of-content><text:table-of-content-source/><text:index-body>"
                 "<text:index-title><text:p>Contents</text:p></text:index-title>"
                 "<text:p><text:a xlink:href='#Gates|outline'>Gates<text:tab/>1</text:a></text:p>"
                 "</text:index-body></text:table-of-content>"
                 "<text:h text:outline-level='1'>Gates</text:h>"),
            "Contents\n\n- [Gates](#gates)\n\n# Gates\n");
}

TEST(OdfText, PicturesAreAssets) {
  const auto job = run_text(
      {"<text:p><draw:frame><draw:image xlink:href='Pictures/a.png'/><svg:desc>A hill</svg:desc>"
       "</draw:frame></text:p>",
       {},
       {},
       {},
       {{"Pictures/a.png", kPng}}});
  EXPECT_EQ(job->render("a"), "![A hill](images/a/a.png)\n");
  ASSERT_EQ(job->assets().size(), 1U);
  EXPECT_EQ(job->assets()[0].bytes, kPng);
  const auto lost = run_text(
      {"<text:p>x<draw:frame><draw:image xlink:href='Pictures/b.png'/></draw:frame></text:p>",
       {},
       {},
       {},
       {}});
  ASSERT_EQ(lost->warnings().size(), 1U);
  EXPECT_EQ(lost->warnings()[0].code, "missing-image");
}

TEST(OdfText, FormulasAreTex) {
  const std::string math =
      "<math:math xmlns:math='http://www.w3.org/1998/Math/MathML'><math:semantics><math:mfrac>"
      "<math:mi>a</math:mi><math:mn>2</math:mn></math:mfrac><math:annotation "
      "math:encoding='StarMath 5.0'>a over 2</math:annotation></math:semantics></math:math>";
  const std::string frame = "<draw:frame><draw:object xlink:href='./Object 1'/></draw:frame>";
  Parts parts{"<text:p>so " + frame + "</text:p><text:p>" + frame + "</text:p>",
              {},
              {},
              {},
              {{"Object 1/content.xml", math}}};
  EXPECT_EQ(text(parts), "so $\\frac{a}{2}$\n\n$$\\frac{a}{2}$$\n");
}

TEST(OdfText, ChartsAreTables) {
  const std::string chart =
      "<office:document-content" + names() +
      "><office:body><office:chart><chart:chart><chart:title><text:p>Sales</text:p></chart:title>"
      "<table:table><table:table-header-rows><table:table-row><table:table-cell/>"
      "<table:table-cell><text:p>2024</text:p></table:table-cell></table:table-row>"
      "</table:table-header-rows><table:table-rows><table:table-row><table:table-cell>"
      "<text:p>North</text:p></table:table-cell><table:table-cell office:value='5'/>"
      "</table:table-row></table:table-rows></table:table></chart:chart></office:chart>"
      "</office:body></office:document-content>";
  EXPECT_EQ(
      text({"<text:p>x<draw:frame><draw:object xlink:href='./Object 1'/></draw:frame></text:p>",
            {},
            {},
            {},
            {{"Object 1/content.xml", chart}}}),
      "x\n\n**Sales**\n\n| | 2024 |\n| --- | ---: |\n| North | 5 |\n");
  // As Microsoft's programs refer to it.
  EXPECT_EQ(
      text({"<text:p>x<draw:frame><draw:object xlink:href='Object 1/'/></draw:frame></text:p>",
            {},
            {},
            {},
            {{"Object 1/content.xml", chart}}}),
      "x\n\n**Sales**\n\n| | 2024 |\n| --- | ---: |\n| North | 5 |\n");
}

TEST(OdfText, EmbeddedDocumentsAreChildren) {
  const std::string sheets = "<office:document-content" + names() +
                             "><office:body><office:spreadsheet/></office:body>"
                             "</office:document-content>";
  const auto job = run_text(
      {"<text:p>x <draw:frame><draw:object xlink:href='./Object 1'/><svg:title>Costs</svg:title>"
       "</draw:frame> and <draw:frame><draw:object-ole xlink:href='./Object 2'/></draw:frame>"
       "</text:p>",
       {},
       {},
       {},
       {{"Object 1/content.xml", sheets},
        {"Object 1/Pictures/a.png", "picture"},
        {"Object 2", test::compound_file({{"\1Ole10Native", test::packaged("a.txt", "words")}})}}});
  EXPECT_EQ(job->render("a"), "x [Costs.ods](Costs.ods) and [a.txt](a.txt)\n");
  ASSERT_EQ(job->children().size(), 2U);
  const Zip costs(job->children()[0].bytes);
  EXPECT_EQ(costs.read(*costs.find("mimetype")), "application/vnd.oasis.opendocument.spreadsheet");
  EXPECT_EQ(costs.read(*costs.find("content.xml")), sheets);
  EXPECT_EQ(costs.read(*costs.find("Pictures/a.png")), "picture");
  EXPECT_EQ(job->children()[1].bytes, "words");
  EXPECT_TRUE(job->warnings().empty());
}

TEST(OdfText, EmbeddedDocumentsOfSingleFilesAreChildren) {
  // "{\\rtf1 x}"
  const auto job =
      run_text({"<text:p>x <draw:frame><draw:object-ole><office:binary-data>e1xydGYxIHh9"
                "</office:binary-data></draw:object-ole></draw:frame></text:p>",
                {},
                {},
                {},
                {}});
  EXPECT_EQ(job->render("a"), "x [embedded-document.rtf](embedded-document.rtf)\n");
}

TEST(OdfText, TextBoxesFollowTheirParagraph) {
  EXPECT_EQ(text("<text:p>before<draw:frame><draw:text-box><text:p>boxed</text:p></draw:text-box>"
                 "</draw:frame> after</text:p><text:p>next</text:p>"),
            "before after\n\nboxed\n\nnext\n");
}

TEST(OdfText, PagesThatAreRecorded) {
  const std::string styles =
      "<style:style style:name='P1' style:family='paragraph'><style:paragraph-properties "
      "fo:break-before='page'/></style:style>";
  const std::string body =
      "<text:p text:style-name='P1'>a</text:p><text:soft-page-break/><text:p>b</text:p>"
      "<text:p text:style-name='P1'>c</text:p>";
  EXPECT_EQ(text(body, styles), "a\n\n<!-- page 2 -->\n\nb\n\n<!-- page 3 -->\n\nc\n");
  EXPECT_EQ(text(Parts{body, styles, {}, {}, {}}, with(kTextDefaults, "page_markers", "false")),
            "a\n\nb\n\nc\n");
}

TEST(OdfText, HiddenSectionsAndParagraphs) {
  const Parts parts{
      "<text:p text:style-name='H'>one</text:p><text:section text:display='none'><text:p>two"
      "</text:p></text:section><text:p>three</text:p>",
      "<style:style style:name='H' style:family='paragraph'><style:text-properties "
      "text:display='none'/></style:style>",
      {},
      {},
      {}};
  EXPECT_EQ(text(parts), "three\n");
  EXPECT_EQ(text(parts, with(kTextDefaults, "hidden_text", "true")), "one\n\ntwo\n\nthree\n");
}

TEST(OdfText, HeadersAndFooters) {
  const Parts parts{"<text:p>body</text:p>",
                    {},
                    "<office:master-styles><style:master-page style:name='Standard'>"
                    "<style:header><text:p>top</text:p></style:header>"
                    "<style:footer><text:p>bottom</text:p></style:footer>"
                    "</style:master-page></office:master-styles>",
                    {},
                    {}};
  EXPECT_EQ(text(parts), "body\n");
  EXPECT_EQ(text(parts, with(kTextDefaults, "headers_footers", "true")), "top\n\nbody\n\nbottom\n");
}

TEST(OdfText, WhatIsLeftOutIsTold) {
  const Parts parts{
      "<text:p>body<office:annotation><dc:creator>Ann</dc:creator><text:p>why?</text:p>"
      "</office:annotation></text:p><text:section text:display='none'>"
      "<text:p>secret</text:p></text:section>",
      {},
      "<office:master-styles><style:master-page style:name='Standard'>"
      "<style:header><text:p>top</text:p></style:header><style:footer><text:p/>"
      "</style:footer></style:master-page></office:master-styles>",
      {},
      {}};
  std::vector<std::string> said;
  const auto job = run_text(parts);
  for (const auto& warning : job->warnings()) said.push_back(warning.message);
  EXPECT_EQ(said,
            (std::vector<std::string>{
                "1 piece of hidden text is left out (to keep it, set [plugin.odt] hidden_text = "
                "true): \"secret\"",
                "1 header or footer is left out (to keep it, set [plugin.odt] headers_footers = "
                "true): \"top\"",
                "1 comment is left out (to keep it, set [plugin.odt] comments = true): \"why?\""}));
}

TEST(OdfText, Metadata) {
  const auto job =
      run_text({"<text:p>x</text:p>",
                {},
                {},
                "<dc:title>T</dc:title><meta:initial-creator>A</meta:initial-creator>"
                "<meta:creation-date>2024-03-01T10:00:00.123456789</meta:creation-date>"
                "<dc:date>2024-03-02</dc:date><meta:keyword>k</meta:keyword>"
                "<meta:keyword>l</meta:keyword><dc:language>de-DE</dc:language>"
                "<meta:document-statistic meta:page-count='3'/>",
                {}});
  const std::map<std::string, std::string> expected = {{"title", "T"},
                                                       {"author", "A"},
                                                       {"created", "2024-03-01T10:00:00"},
                                                       {"modified", "2024-03-02"},
                                                       {"keywords", "k, l"},
                                                       {"language", "de-DE"},
                                                       {"pages", "3"}};
  EXPECT_EQ(job->metadata(), expected);
}

TEST(OdfText, FlatFilesAreTheSame) {
  const std::string flat =
      "<?xml version='1.0'?><office:document" + names() +
      " office:mimetype='application/vnd.oasis.opendocument.text'>"
      "<office:meta><dc:title>F</dc:title></office:meta><office:body>"
      "<office:text><text:h text:outline-level='1'>H</text:h><text:p>p"
      "<draw:frame><draw:image><office:binary-data>iVBORw0KGgo=</office:binary-data>"
      "</draw:image></draw:frame></text:p></office:text></office:body>"
      "</office:document>";
  const auto job = run<TextConverter>(flat, kTextDefaults, "a.fodt");
  EXPECT_EQ(job->render("a"), "# H\n\np![](images/a/image1.png)\n");
  EXPECT_EQ(job->metadata().at("title"), "F");
}

TEST(OdfText, EncryptedIsReported) {
  Parts parts{"<office:text/>", {}, {}, {}, {}};
  parts.files["META-INF/manifest.xml"] =
      "<manifest:manifest xmlns:manifest='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'>"
      "<manifest:file-entry manifest:full-path='content.xml'><manifest:encryption-data/>"
      "</manifest:file-entry></manifest:manifest>";
  RecordingJob job(package(parts), "a.odt", "x/x");
  job.set_options(kTextDefaults);
  TextConverter converter;
  EXPECT_EQ(job.run(converter), Outcome::kEncrypted);
}

TEST(OdfText, TheCanarySings) {
  TextConverter converter;
  EXPECT_EQ(canary_fault(converter, kTextDefaults), "");
}

TEST(OdfText, FormsSayWhatWasFilledIn) {
  const std::string forms =
      "<office:forms><form:form>"
      "<form:textarea xml:id='a' form:current-value='Ann' form:value='name'/>"
      "<form:checkbox form:id='b' form:label='Yes' form:current-state='unchecked' "
      "form:state='checked'/>"
      "<form:radio form:id='c' form:label='By post' form:selected='true'/>"
      "<form:listbox form:id='d'><form:option form:label='red' form:selected='true'/>"
      "<form:option form:label='blue'/>"
      "<form:option form:label='green' form:current-selected='true'/></form:listbox>"
      "<form:password form:id='e' form:value='secret'/></form:form></office:forms>";
  const auto drawn = [](const std::string& id, const std::string& anchor = "as-char") {
    return "<draw:control text:anchor-type='" + anchor + "' draw:control='" + id + "'/>";
  };
  EXPECT_EQ(text(forms + "<text:p>Name: " + drawn("a") + ", " + drawn("b") + drawn("none") +
                 drawn("e") + "</text:p><text:p>" + drawn("c", "paragraph") + "Send it" +
                 drawn("d", "char") + "</text:p>"),
            "Name: Ann, \u2610 Yes\n\nSend it\n\n\u2612 By post\n\nred, green\n");
}

}  // namespace
}  // namespace sluice::odf
