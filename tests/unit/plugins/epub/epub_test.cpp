// Books as a reader of the Markdown sees them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "book_maker.h"

namespace sluice {
namespace {

using test::BookMaker;
using test::BookRun;
using ::testing::HasSubstr;
using ::testing::Not;

std::string markdown_of(const BookMaker& book) {
  const BookRun run(book);
  EXPECT_EQ(run.outcome, Outcome::kOk) << run.job->reason();
  return run.markdown();
}

TEST(Epub, ChaptersComeInTheOrderOfTheSpine) {
  const BookMaker book = BookMaker()
                             .chapter("z.xhtml", "<h1>One</h1><p>first</p>")
                             .chapter("a.xhtml", "<h1>Two</h1><p>second</p>");
  EXPECT_EQ(markdown_of(book), "# One\n\nfirst\n\n# Two\n\nsecond\n");
}

TEST(Epub, AFileThatIsNamedTwiceIsReadOnce) {
  const BookMaker book =
      BookMaker()
          .chapter("a.xhtml", "<p>once</p>")
          .manifest("<item id='x' href='a.xhtml' media-type='application/xhtml+xml'/>");
  EXPECT_EQ(markdown_of(book), "once\n");
}

TEST(Epub, MetadataOfBothVersions) {
  const BookRun run(
      BookMaker()
          .metadata("<dc:title> The  Title </dc:title><dc:creator>A. One</dc:creator>"
                    "<dc:creator>B. Two</dc:creator><dc:language>de</dc:language>"
                    "<dc:date>2012-03-04</dc:date><dc:publisher>P</dc:publisher>"
                    "<dc:subject>x</dc:subject><dc:subject>y</dc:subject>"
                    "<dc:identifier>urn:isbn:9780000000002</dc:identifier>"
                    "<dc:description>&lt;p&gt;All &lt;b&gt;about&lt;/b&gt; it&lt;/p&gt;"
                    "</dc:description><meta property='dcterms:modified'>"
                    "2013-01-01T00:00:00Z</meta>")
          .chapter("a.xhtml", "<p>x</p>"));
  const auto& metadata = run.job->metadata();
  EXPECT_EQ(metadata.at("title"), "The Title");
  EXPECT_EQ(metadata.at("author"), "A. One, B. Two");
  EXPECT_EQ(metadata.at("language"), "de");
  EXPECT_EQ(metadata.at("created"), "2012-03-04");
  EXPECT_EQ(metadata.at("modified"), "2013-01-01T00:00:00Z");
  EXPECT_EQ(metadata.at("keywords"), "x, y");
  EXPECT_EQ(metadata.at("isbn"), "9780000000002");
  EXPECT_EQ(metadata.at("description"), "All about it");
}

TEST(Epub, DatesThatAreNoneAreLeftOut) {
  const BookRun run(
      BookMaker().metadata("<dc:date>spring 1999</dc:date>").chapter("a.xhtml", "<p>x</p>"));
  EXPECT_EQ(run.job->metadata().count("created"), 0U);
}

TEST(Epub, LinksBetweenChaptersLeadToHeadings) {
  const BookMaker book =
      BookMaker()
          .chapter("text/a.xhtml",
                   "<p><a href='../text/b%20c.xhtml#s'>there</a> <a href='b%20c.xhtml'>top</a> "
                   "<a href='#nowhere'>none</a> <a href='https://e.org/x'>out</a></p>")
          .chapter("text/b c.xhtml",
                   "<h1>Two Words!</h1><p>x</p><section id='s'><h2>The “Place”</h2></section>");
  EXPECT_EQ(
      markdown_of(book),
      "[there](#the-place) [top](#two-words) none [out](https://e.org/x)\n\n# Two Words!\n\nx\n\n"
      "## The “Place”\n");
}

TEST(Epub, HeadingsThatAreAlikeHaveAnchorsOfTheirOwn) {
  const BookMaker book = BookMaker()
                             .chapter("a.xhtml", "<h1>Notes</h1><p><a href='b.xhtml'>next</a></p>")
                             .chapter("b.xhtml", "<h1>Notes</h1>");
  EXPECT_THAT(markdown_of(book), HasSubstr("[next](#notes-1)"));
}

TEST(Epub, APlaceWithinASectionLeadsToItsHeading) {
  const BookMaker book = BookMaker().chapter(
      "a.xhtml",
      "<h1>First</h1><p>x</p><p id='p'>here</p><h1>Second</h1><p><a href='#p'>back</a></p>");
  EXPECT_THAT(markdown_of(book), HasSubstr("[back](#first)"));
}

TEST(Epub, FootnotesInAnotherFile) {
  const BookMaker book =
      BookMaker()
          .chapter("a.xhtml",
                   "<p>Text<sup><a epub:type='noteref' href='n.xhtml#n1'>*</a></sup>.</p>")
          .chapter("n.xhtml",
                   "<aside epub:type='footnote' id='n1'><p><sup>1</sup> The note. "
                   "<a epub:type='backlink' href='a.xhtml#r'>back</a></p></aside>");
  EXPECT_EQ(markdown_of(book), "Text[^1].\n\n[^1]: The note.\n");
}

TEST(Epub, ListsOfNotesAreNotes) {
  const BookMaker book = BookMaker().chapter(
      "a.xhtml",
      "<p>a<a role='doc-noteref' href='#x'>1</a> b<a role='doc-noteref' "
      "href='#y'>2</a></p><section "
      "role='doc-endnotes'><ol><li id='x' role='doc-endnote'>First.</li><li id='y' "
      "role='doc-endnote'>Second.</li></ol></section>");
  EXPECT_EQ(markdown_of(book), "a[^1] b[^2]\n\n[^1]: First.\n\n[^2]: Second.\n");
}

TEST(Epub, NotesThatOnlyLinkToEachOtherAreNotes) {
  const BookMaker book = BookMaker().chapter(
      "a.xhtml",
      "<p>word<a id='r1' href='#f1'>[1]</a> more</p><p id='f1'><a href='#r1'>[1]</a> Why.</p>");
  EXPECT_THAT(markdown_of(book), HasSubstr("word[^1] more\n\n[^1]:"));
}

TEST(Epub, NotesThatEndWithAnArrowBackAreNotes) {
  const BookMaker book =
      BookMaker()
          .chapter("a.xhtml", "<p>word<a id='r1' href='n.xhtml#f1'><sup>1</sup></a></p>")
          .chapter(
              "n.xhtml",
              "<div><ol><li id='f1'><p>Why.<a href='a.xhtml#r1'>↩︎</a></p></li></ol></div>");
  EXPECT_EQ(markdown_of(book), "word[^1]\n\n[^1]: Why.\n");
}

TEST(Epub, StyleSheetsSayHowTextLooks) {
  const BookMaker book =
      BookMaker()
          .item("t/a.xhtml", "application/xhtml+xml", "")
          .file(
              "OEBPS/t/a.xhtml",
              "<html xmlns='http://www.w3.org/1999/xhtml'><head><link rel='stylesheet' "
              "href='../s.css'/><link rel='stylesheet' href='gone.css'/><style>.own { font-weight: "
              "bold }</style></head><body><p><span class='em'>one</span> <span "
              "class='own'>two</span></p></body></html>")
          .file("OEBPS/s.css", ".em { font-style: italic }");
  EXPECT_EQ(markdown_of(book), "*one* **two**\n");
}

TEST(Epub, ThePointBehindANotesNumberGoesWithIt) {
  const BookMaker book = BookMaker().chapter(
      "a.xhtml", "<p>one<a id='r1' href='#f1'>1</a></p><p id='f1'><a href='#r1'>1</a>. Why.</p>");
  EXPECT_EQ(markdown_of(book), "one[^1]\n\n[^1]: Why.\n");
}

TEST(Epub, ATextThatCallsANoteIsNone) {
  const BookMaker book =
      BookMaker()
          .chapter("a.xhtml", "<p>Long text before <a id='r1' href='n.xhtml#f1'>1</a></p>")
          .chapter("n.xhtml", "<p id='f1'><a href='a.xhtml#r1'>1</a> Note.</p>");
  EXPECT_THAT(markdown_of(book), HasSubstr("Long text before [^1]\n"));
}

TEST(Epub, BlocksThatTheContentsNameAreHeadings) {
  const BookMaker book =
      BookMaker()
          .chapter("a.xhtml", "<p class='big'>Chapter  One</p><p>text</p>")
          .manifest("<item id='ncx' href='toc.ncx' media-type='application/x-dtbncx+xml'/>")
          .file("OEBPS/toc.ncx",
                "<ncx "
                "xmlns='http://www.daisy.org/z3986/2005/ncx/"
                "'><navMap><navPoint><navLabel><text>CHAPTER "
                "ONE</text></navLabel><content src='a.xhtml'/></navPoint></navMap></ncx>");
  EXPECT_EQ(markdown_of(book), "# Chapter One\n\ntext\n");
}

TEST(Epub, TheNavigationGivesTheDepthOfHeadings) {
  const BookMaker book =
      BookMaker()
          .chapter("a.xhtml", "<div>Part</div><div id='s'>Section</div><p>text</p>")
          .manifest(
              "<item id='nav' href='nav.xhtml' media-type='application/xhtml+xml' "
              "properties='nav'/>")
          .file("OEBPS/nav.xhtml",
                "<html><body><nav epub:type='toc'><ol><li><a href='a.xhtml'>Part</a><ol><li><a "
                "href='a.xhtml#s'>Section</a></li></ol></li></ol></nav></body></html>");
  EXPECT_EQ(markdown_of(book), "# Part\n\n## Section\n\ntext\n");
}

TEST(Epub, ThePageOfContentsCanBeLeftOut) {
  const std::string epub =
      BookMaker()
          .item("nav.xhtml", "application/xhtml+xml", "properties='nav'")
          .file("OEBPS/nav.xhtml",
                "<html><body><nav><ol><li>Contents</li></ol></nav></body></html>")
          .chapter("a.xhtml", "<p>text</p>")
          .build();
  EXPECT_EQ(BookRun(epub).markdown(), "1. Contents\n\ntext\n");
  EXPECT_EQ(BookRun(epub, "{\"contents_page\":false}").markdown(), "text\n");
}

TEST(Epub, PicturesBecomeAssetsOncePerFile) {
  const BookRun run(BookMaker()
                        .chapter("t/a.xhtml", "<p><img src='../i/p%C3%A4.png' alt='P'/></p>")
                        .chapter("t/b.xhtml", "<p><img src='../i/p&#xE4;.png'/></p>")
                        .file("OEBPS/i/pä.png", test::kPng));
  EXPECT_EQ(run.outcome, Outcome::kPartial);
  ASSERT_EQ(run.job->assets().size(), 1U);
  EXPECT_EQ(run.job->assets()[0].media_type, "image/png");
  EXPECT_THAT(run.markdown(), HasSubstr("![P](images/book/p"));
}

TEST(Epub, ACoverInADrawingIsItsPicture) {
  const BookRun run(BookMaker()
                        .chapter("a.xhtml",
                                 "<div><svg xmlns:xlink='http://www.w3.org/1999/xlink'><image "
                                 "width='10' xlink:href='c.png'/></svg></div>")
                        .file("OEBPS/c.png", test::kPng));
  EXPECT_EQ(run.markdown(), "![](images/book/c.png)\n");
}

TEST(Epub, AMissingPictureIsAWarningAndItsDescriptionStays) {
  const BookRun run(
      BookMaker().chapter("a.xhtml", "<p>See <img src='gone.png' alt='a tree'/>.</p>"));
  EXPECT_EQ(run.outcome, Outcome::kOk);
  EXPECT_EQ(run.markdown(), "See a tree.\n");
  EXPECT_THAT(run.warnings(),
              HasSubstr("missing-image: the picture OEBPS/gone.png is not in the book"));
}

TEST(Epub, SoundsAndFilmsOfTheBookAreTold) {
  const BookRun run(
      BookMaker()
          .chapter("a.xhtml", "<p>Listen:</p><audio src='a.mp3'>no sound here</audio>")
          .manifest("<item id='s' href='a.mp3' media-type='audio/mpeg'/>"));
  EXPECT_EQ(run.markdown(), "Listen:\n");
  EXPECT_THAT(run.warnings(), HasSubstr("1 sound or film is left out: \"a.mp3\""));
}

TEST(Epub, HiddenElementsAreReported) {
  const BookRun run(BookMaker()
                        .chapter("a.xhtml", "<p>one</p><p hidden='hidden'>the answer</p>")
                        .chapter("b.xhtml", "<p>two</p><p style='display:none'>a tip</p>"));
  EXPECT_EQ(run.markdown(), "one\n\ntwo\n");
  EXPECT_THAT(run.warnings(),
              HasSubstr("2 hidden elements are left out: \"the answer\" \"a tip\""));
}

TEST(Epub, PrintedPagesAreToldBetweenBlocksOnly) {
  const BookMaker book = BookMaker().chapter(
      "a.xhtml",
      "<span epub:type='pagebreak' title='7'/><p>one <span epub:type='pagebreak'>8</span>two</p>");
  EXPECT_EQ(markdown_of(book), "<!-- page 7 -->\n\none two\n");
}

TEST(Epub, OfASwitchTheDefaultIsShownUnlessACaseIsAFormula) {
  const BookMaker book = BookMaker().chapter(
      "a.xhtml",
      "<epub:switch><epub:case><chem>HO</chem></epub:case><epub:default><p>water</p></epub:default>"
      "</epub:switch><p><epub:switch><epub:case><math><mi>x</mi></math></"
      "epub:case><epub:default>image"
      "</epub:default></epub:switch></p>");
  EXPECT_EQ(markdown_of(book), "water\n\n$x$\n");
}

TEST(Epub, APictureInTheSpine) {
  const BookRun run(BookMaker().item("p.png", "image/png", "").file("OEBPS/p.png", test::kPng));
  EXPECT_EQ(run.outcome, Outcome::kPartial);
  EXPECT_EQ(run.markdown(), "![](images/book/p.png)\n");
}

TEST(Epub, FallbacksOfWhatCannotBeRead) {
  const BookMaker book =
      BookMaker()
          .item("x.pdf", "application/pdf", "fallback='alt'")
          .manifest("<item id='alt' href='alt.xhtml' media-type='application/xhtml+xml'/>")
          .file("OEBPS/alt.xhtml", "<html><body><p>instead</p></body></html>");
  EXPECT_EQ(markdown_of(book), "instead\n");
}

TEST(Epub, ElementsAreNestedAsTheChapterSays) {
  // An HTML parser would end the bold text, and the link, where the block begins.
  EXPECT_EQ(markdown_of(BookMaker().chapter("a.xhtml", "<b>one <p>two</p> three</b>")),
            "**one**\n\n**two**\n\n**three**\n");
  EXPECT_EQ(markdown_of(BookMaker().chapter("a.xhtml",
                                            "<p><a id='q'/>a<a href='http://e.org/'>"
                                            "b</a></p>")),
            "a[b](http://e.org/)\n");
}

TEST(Epub, NamesMayHaveAnyPrefix) {
  const BookMaker book =
      BookMaker()
          .item("a.xhtml", "application/xhtml+xml", "")
          .file("OEBPS/a.xhtml",
                "<html:html xmlns:html='http://www.w3.org/1999/xhtml' "
                "xmlns:ops='http://www.idpf.org/2007/ops' "
                "xmlns:f='http://www.w3.org/1998/Math/MathML'><html:head><html:title>x</"
                "html:title></html:head>"
                "<html:body><html:h1>Two</html:h1><html:p>with <html:em>stress</html:em> and "
                "<f:math><f:mi>x</f:mi></f:math><html:a ops:type='noteref' "
                "href='#n'>1</html:a></html:p>"
                "<html:aside ops:type='footnote' id='n'><html:p>Note.</html:p></html:aside>"
                "<html:ul><html:li>one</html:li></html:ul></html:body></html:html>");
  EXPECT_EQ(markdown_of(book), "# Two\n\nwith *stress* and $x$[^1]\n\n[^1]: Note.\n\n- one\n");
}

TEST(Epub, WhatIsReadOutOfTurnFollowsTheText) {
  const BookMaker book = BookMaker()
                             .chapter("cover.xhtml", "<p>cover</p>", "linear='no'")
                             .chapter("a.xhtml", "<p>one</p>", "linear='yes'")
                             .chapter("answers.xhtml", "<p>answers</p>", "linear='no'")
                             .chapter("b.xhtml", "<p>two</p>");
  EXPECT_EQ(markdown_of(book), "cover\n\none\n\ntwo\n\nanswers\n");
}

TEST(Epub, CharacterReferencesAreThoseOfHtml) {
  const BookMaker book = BookMaker().chapter(
      "a.xhtml",
      "<p>&eacute;&#233;&#xE9;&#x1F600;a&nbsp;b &unknown; &amp;lt; A&B &#150; &#0;&#xD800;&#1;.</p>"
      "<p><a href='http://e.org/?a=1&amp;b=2'>l</a></p>");
  EXPECT_EQ(markdown_of(book),
            "ééé😀a b \\&unknown; \\&lt; A&B – ��.\n\n[l](http://e.org/?a=1&b=2)\n");
}

TEST(Epub, WhatIsNoTextOfAChapterIsNotThere) {
  const BookMaker book =
      BookMaker().chapter("a.xhtml",
                          "<p>wo<!-- x > -->rd <?pi x?>y<style>p{}</style><script>bad()</script> "
                          "<script type='math/tex'>x^2</script> <![CDATA[a<b>c & d]]></p>");
  EXPECT_EQ(markdown_of(book), "word y $x^2$ a\\<b>c & d\n");
}

TEST(Epub, TextBesideTheOutermostElementIsKept) {
  const auto markdown_of_file = [](const std::string& text) {
    BookMaker book;
    book.item("a.xhtml", "application/xhtml+xml", "").file("OEBPS/a.xhtml", text);
    return markdown_of(book);
  };
  EXPECT_EQ(markdown_of_file("one <p>two</p> three <p>four</p> five"),
            "one\n\ntwo\n\nthree\n\nfour\n\nfive\n");
  EXPECT_EQ(markdown_of_file("<html><body><p>one</p></body></html> two"), "one\n\ntwo\n");
  EXPECT_EQ(markdown_of_file("words alone"), "words alone\n");
}

TEST(Epub, ChaptersThatAreNotWellFormedAreReadAsHtml) {
  EXPECT_EQ(markdown_of(BookMaker().chapter("a.xhtml", "<p>a<br>b &eacute;<p>c")),
            "a\\\nb é\n\nc\n");
  EXPECT_EQ(markdown_of(BookMaker().chapter("a.xhtml", "<P>a <B>b</B></P>")), "a **b**\n");
}

TEST(Epub, EncodingsOtherThanUtf8) {
  BookMaker book;
  book.item("a.xhtml", "application/xhtml+xml", "")
      .file("OEBPS/a.xhtml",
            "<?xml version='1.0' encoding='iso-8859-1'?><html><body><p>caf\xE9</p></body></html>");
  EXPECT_EQ(markdown_of(book), "café\n");
}

TEST(Epub, TheCanaryLives) {
  epub::EpubConverter converter;
  EXPECT_EQ(canary_fault(converter, R"({"contents_page":true})"), "");
}

}  // namespace
}  // namespace sluice
