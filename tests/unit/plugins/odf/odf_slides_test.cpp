// Slides: their titles, order, notes; drawings.
#include "unit/plugins/odf/odf_run.h"

namespace sluice::odf {
namespace {

std::string box(const std::string& attributes, const std::string& content) {
  return "<draw:frame " + attributes + "><draw:text-box>" + content +
         "</draw:text-box></draw:frame>";
}
std::string para(const std::string& content) {
  return "<text:p>" + content + "</text:p>";
}

TEST(OdfSlides, TitleThenShapesInReadingOrder) {
  EXPECT_EQ(slides("<draw:page draw:name='p1'>" + box("svg:x='12cm' svg:y='5cm'", para("right")) +
                   box("svg:x='1cm' svg:y='5.1cm'", para("left")) +
                   box("svg:x='1cm' svg:y='15cm'", para("below")) +
                   box("presentation:class='title' svg:x='1cm' svg:y='1cm'", para("Title")) +
                   box("presentation:class='footer' svg:x='0cm' svg:y='0cm'", para("foot")) +
                   "<draw:custom-shape svg:x='1cm' svg:y='10cm'><text:p>shape</text:p>"
                   "<draw:enhanced-geometry/></draw:custom-shape></draw:page>"),
            "<!-- Slide number: 1 -->\n\n# Title\n\nleft\n\nright\n\nshape\n\nbelow\n");
}

TEST(OdfSlides, NotesAndHiddenSlides) {
  const std::string styles =
      "<style:style style:name='dp' style:family='drawing-page'><style:drawing-page-properties "
      "presentation:visibility='hidden'/></style:style>";
  const std::string pages = "<draw:page>" + box("presentation:class='title'", para("A")) +
                            "<presentation:notes>" +
                            box("presentation:class='notes'", para("say this")) +
                            "</presentation:notes></draw:page><draw:page draw:style-name='dp'>" +
                            box("presentation:class='title'", para("B")) + "</draw:page>";
  EXPECT_EQ(slides(pages, styles), "<!-- Slide number: 1 -->\n\n# A\n\n### Notes:\n\nsay this\n");
  EXPECT_EQ(
      slides(
          pages, styles,
          R"({"notes":false,"footers":false,"embedded_documents":true,"hidden_slides":true,"comments":false})"),
      "<!-- Slide number: 1 -->\n\n# A\n\n<!-- Slide number: 2 -->\n\n# B\n");
}

TEST(OdfSlides, TablesAndLists) {
  EXPECT_EQ(
      slides("<draw:page><draw:frame svg:x='0cm' svg:y='0cm'><table:table><table:table-row>"
             "<table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell>"
             "<text:p>b</text:p></table:table-cell></table:table-row></table:table>"
             "</draw:frame>" +
             box("svg:x='0cm' svg:y='9cm'",
                 "<text:list><text:list-item><text:p>x</text:p><text:list><text:list-item>"
                 "<text:p>y</text:p></text:list-item></text:list></text:list-item></text:list>") +
             "</draw:page>"),
      "<!-- Slide number: 1 -->\n\n| a | b |\n| --- | --- |\n\n- x\n  - y\n");
}

TEST(OdfSlides, Comments) {
  EXPECT_EQ(
      slides(
          "<draw:page><office:annotation><dc:creator>Ann</dc:creator><text:p>why?</text:p>"
          "</office:annotation>" +
              box("", para("x")) + "</draw:page>",
          {},
          R"({"notes":true,"footers":false,"embedded_documents":true,"hidden_slides":false,"comments":true})"),
      "<!-- Slide number: 1 -->\n\nx\n\n### Comments:\n\n- **Ann**: why?\n");
}

TEST(OdfSlides, CommentsWithinTheirTextsAreSaidToBeLeftOut) {
  Parts parts;
  parts.body =
      "<office:presentation><draw:page>" +
      box("", "<text:p>x<office:annotation><text:p>why?</text:p></office:annotation></text:p>") +
      "</draw:page></office:presentation>";
  const auto job = run<SlidesConverter>(package(parts), kSlideDefaults, "a.odp");
  EXPECT_EQ(job->render("a"), "<!-- Slide number: 1 -->\n\nx\n");
  ASSERT_EQ(job->warnings().size(), 1u);
  EXPECT_EQ(job->warnings()[0].message, "1 comment is left out: \"why?\"");
}

TEST(OdfSlides, LeadToFilmsOfTheWebAndTellOfOthers) {
  const auto film = [](const std::string& address) {
    return "<draw:frame><draw:plugin xlink:href='" + address + "'/></draw:frame>";
  };
  Parts parts;
  parts.body = "<office:presentation><draw:page>" + film("https://example.org/film") +
               film("Media/cat.mp4") + "</draw:page></office:presentation>";
  const auto job = run<SlidesConverter>(package(parts), kSlideDefaults, "a.odp");
  EXPECT_EQ(job->render("a"), "<!-- Slide number: 1 -->\n\n<https://example.org/film>\n");
  ASSERT_EQ(job->warnings().size(), 1u);
  EXPECT_EQ(job->warnings()[0].message, "1 sound or film is left out: \"cat.mp4\"");
}

TEST(OdfSlides, FootersOfThePresentationIfAsked) {
  Parts parts;
  parts.body =
      "<office:presentation><presentation:footer-decl presentation:name='f1'>Mill Ltd."
      "</presentation:footer-decl>";
  for (int page = 0; page < 2; ++page) {
    parts.body +=
        "<draw:page presentation:use-footer-name='f1'>" + box("", para("x")) + "</draw:page>";
  }
  parts.body += "</office:presentation>";
  const auto job = run<SlidesConverter>(package(parts), kSlideDefaults, "a.odp");
  EXPECT_EQ(job->render("a"), "<!-- Slide number: 1 -->\n\nx\n\n<!-- Slide number: 2 -->\n\nx\n");
  ASSERT_EQ(job->warnings().size(), 1u);
  EXPECT_EQ(job->warnings()[0].message,
            "1 footer or date of slides is left out (to keep it, set [plugin.odp] footers = true): "
            "\"Mill Ltd.\"");
  const char* const options =
      R"({"notes":true,"footers":true,"embedded_documents":true,"hidden_slides":false,"comments":false})";
  EXPECT_EQ(
      run<SlidesConverter>(package(parts), options, "a.odp")->render("a"),
      "<!-- Slide number: 1 -->\n\nx\n\nMill Ltd.\n\n<!-- Slide number: 2 -->\n\nx\n\nMill Ltd.\n");
}

TEST(OdfSlides, DrawingsAreTheirTexts) {
  Parts parts;
  parts.body =
      "<office:drawing><draw:page>" + box("", para("in a group")) + "</draw:page></office:drawing>";
  EXPECT_EQ(run<SlidesConverter>(package(parts), kSlideDefaults, "a.odg")->render("a"),
            "<!-- Page number: 1 -->\n\nin a group\n");
}

}  // namespace
}  // namespace sluice::odf
