// FictionBook: text, notes, pictures, metadata; and books that are none.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sluice/testing.hpp>
#include <string>

#include "fb2/converter.hpp"

namespace sluice::fb2 {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string book(const std::string& bodies, const std::string& description = "") {
  return "<?xml version=\"1.0\"?><FictionBook "
         "xmlns=\"http://www.gribuser.ru/xml/fictionbook/2.0\" "
         "xmlns:x=\"http://www.w3.org/1999/xlink\"><description>" +
         description + "</description>" + bodies + "</FictionBook>";
}

class Conversion {
 public:
  explicit Conversion(const std::string& source, const std::string& options = R"({"cover":true})")
      : job(source, "a.fb2", "application/x-fictionbook+xml") {
    job.set_options(options);
    Fb2Converter converter;
    outcome = job.run(converter);
    EXPECT_THAT(job.violations(), IsEmpty());
  }
  RecordingJob job;
  Outcome outcome = Outcome::kOk;
};

std::string fb2_markdown(const std::string& bodies) {
  return Conversion(book(bodies)).job.render("a");
}

TEST(Fb2, CanaryComesOutAsItMust) {
  Fb2Converter converter;
  EXPECT_EQ(canary_fault(converter, R"({"cover":true})"), "");
}

TEST(Fb2, HeadingsByTheirSections) {
  EXPECT_EQ(fb2_markdown("<body><section><title><p>A</p></title><section><title><p>B</p><p>b</p>"
                         "</title><p>t</p></section></section></body>"),
            "# A\n\n## B b\n\nt\n");
  EXPECT_EQ(fb2_markdown("<body><title><p>T</p></title><section><title><p>A</p></title><p>t</p>"
                         "</section></body>"),
            "# T\n\n## A\n\nt\n");
}

TEST(Fb2, Text) {
  EXPECT_EQ(
      fb2_markdown("<body><section><p>a <strong>b</strong> <emphasis>c</emphasis> x<sup>2</sup> "
                   "<code>d e</code></p>\n<empty-line/><subtitle>S</subtitle><p>f</p></section>"
                   "</body>"),
      "a **b** *c* x<sup>2</sup> `d e`\n\n**S**\n\nf\n");
}

TEST(Fb2, PoemsAndQuotes) {
  EXPECT_EQ(
      fb2_markdown("<body><section><poem><title><p>P</p></title><stanza><v>one</v><v>two</v>"
                   "</stanza><stanza><v>three</v></stanza><text-author>Me</text-author></poem>"
                   "<cite><p>q</p></cite></section></body>"),
      "> **P**\n>\n> one\\\n> two\n>\n> three\n>\n> — Me\n\n> q\n");
}

TEST(Fb2, Tables) {
  EXPECT_EQ(fb2_markdown("<body><section><table><tr><th colspan=\"2\">h</th></tr><tr><td>a</td>"
                         "<td align=\"right\">b</td></tr></table></section></body>"),
            "| h | |\n| --- | --- |\n| a | b |\n");
}

TEST(Fb2, Notes) {
  EXPECT_EQ(fb2_markdown("<body><section><p>a<a x:href=\"#n2\" type=\"note\">[2]</a> b<a "
                         "x:href=\"#n2\">2</a></p></section></body><body name=\"notes\"><section "
                         "id=\"n1\"><title><p>1</p></title><p>lost</p></section><section id=\"n2\">"
                         "<title><p>2</p></title><p>The <emphasis>note</emphasis>.</p><p>More.</p>"
                         "</section></body>"),
            "a[^1] b[^1]\n\n[^1]: The *note*.\n\n    More.\n\n# 1\n\nlost\n");
}

TEST(Fb2, Links) {
  EXPECT_EQ(fb2_markdown("<body><section id=\"s\"><title><p>The Gate</p></title><p><a "
                         "x:href=\"#s\">up</a> <a x:href=\"#no\">none</a> <a "
                         "x:href=\"https://e.org\">out</a></p></section></body>"),
            "# The Gate\n\n[up](#the-gate) none [out](https://e.org)\n");
}

TEST(Fb2, Pictures) {
  const std::string bodies =
      "<body><section><image x:href=\"#a.png\" alt=\"A\"/><p>t <image "
      "x:href=\"#no\"/></p></section>"
      "</body><binary id=\"a.png\" content-type=\"image/png\">iVBO\nRw0KGgo=</binary>";
  const Conversion run(book(bodies,
                            "<title-info><coverpage><image x:href=\"#a.png\"/></coverpage>"
                            "</title-info>"));
  EXPECT_EQ(run.job.assets().size(), 1u);
  EXPECT_EQ(run.job.render("a"), "![](images/a/a.png)\n\n![A](images/a/a.png)\n\nt\n");
  ASSERT_EQ(run.job.warnings().size(), 1u);
  EXPECT_EQ(run.job.warnings()[0].message, "the picture no is not in the book");
  EXPECT_EQ(Conversion(book(bodies,
                            "<title-info><coverpage><image x:href=\"#a.png\"/></coverpage>"
                            "</title-info>"),
                       R"({"cover":false})")
                .job.render("a"),
            "![A](images/a/a.png)\n\nt\n");
}

TEST(Fb2, LinksToSectionsBehindAPoemOfTheSameTitle) {
  EXPECT_THAT(fb2_markdown("<body><section><title><p>Song</p></title><poem><title><p>Song</p>"
                           "</title><stanza><v>la</v></stanza></poem></section><section id=\"s\">"
                           "<title><p>Song</p></title><p><a x:href=\"#s\">up</a></p></section>"
                           "</body>"),
              HasSubstr("[up](#song-1)"));
}

TEST(Fb2, ALatePictureThatIsMissingIsReported) {
  std::string images;
  std::string binaries;
  for (int i = 0; i < 30; ++i) {
    const std::string id = "p" + std::to_string(i);
    images += "<image x:href=\"#" + id + "\"/>";
    binaries += "<binary id=\"" + id + "\">iVBORw0KGgo=</binary>";
  }
  const Conversion run(
      book("<body><section>" + images + "<image x:href=\"#no\"/></section></body>" + binaries));
  ASSERT_EQ(run.job.warnings().size(), 1u);
  EXPECT_EQ(run.job.warnings()[0].message, "the picture no is not in the book");
}

TEST(Fb2, Metadata) {
  const Conversion run(
      book("<body><section><p>t</p></section></body>",
           "<title-info><author><first-name>J</first-name><last-name>Doe</last-name>"
           "</author><author><nickname>nn</nickname></author><book-title>T</book-title>"
           "<annotation><p>About</p><p>it</p></annotation><lang>ru</lang><sequence "
           "name=\"S\" number=\"2\"/></title-info>"));
  EXPECT_EQ(run.job.metadata().at("title"), "T");
  EXPECT_EQ(run.job.metadata().at("author"), "J Doe, nn");
  EXPECT_EQ(run.job.metadata().at("description"), "About it");
  EXPECT_EQ(run.job.metadata().at("language"), "ru");
  EXPECT_EQ(run.job.metadata().at("series"), "S, 2");
}

TEST(Fb2, OutcomesOfWhatIsNoBook) {
  EXPECT_EQ(Conversion(book("<body/>")).outcome, Outcome::kEmpty);
  EXPECT_EQ(Conversion("<html/>").outcome, Outcome::kUnsupported);
  EXPECT_EQ(Conversion("").outcome, Outcome::kMalformed);
}

TEST(HostileFb2, EveryPrefixEnds) {
  const std::string whole = book(
      "<body><title><p>T</p></title><section id=\"s\"><p>a<a x:href=\"#n\">1</a></p><poem><v>v</v>"
      "</poem><table><tr><td>c</td></tr></table></section></body><body name=\"notes\"><section "
      "id=\"n\"><p>n<a x:href=\"#n\">1</a></p></section></body><binary id=\"b\">AAAA</binary>");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const Outcome outcome = Conversion(whole.substr(0, size)).outcome;
    EXPECT_TRUE(outcome == Outcome::kPartial || outcome == Outcome::kMalformed ||
                outcome == Outcome::kUnsupported || outcome == Outcome::kEmpty)
        << size;
  }
}

TEST(HostileFb2, DeepSectionsAndQuotes) {
  std::string open;
  std::string close;
  for (int i = 0; i < 20'000; ++i) {
    open += "<section><cite>";
    close += "</cite></section>";
  }
  EXPECT_EQ(Conversion(book("<body>" + open + "<p>x</p>" + close + "</body>")).outcome,
            Outcome::kOk);
}

TEST(HostileFb2, NotesThatCallEachOther) {
  std::string notes;
  for (int i = 0; i < 2'000; ++i)
    notes += "<section id=\"n" + std::to_string(i) + "\"><p>x<a x:href=\"#n" +
             std::to_string((i + 1) % 2'000) + "\">*</a></p></section>";
  const Conversion run(
      book("<body><section><p><a x:href=\"#n0\">*</a></p></section></body><body "
           "name=\"notes\">" +
           notes + "</body>"));
  EXPECT_EQ(run.outcome, Outcome::kOk);
  EXPECT_THAT(run.job.body(), HasSubstr("[^2000]: x[^1]"));
}

TEST(HostileFb2, DamagedPictures) {
  const Conversion run(
      book("<body><section><p>t<image x:href=\"#a\"/><image x:href=\"#b\"/></p></section>"
           "</body><binary id=\"a\">!!</binary><binary id=\"b\">AAAA</binary>"));
  EXPECT_EQ(run.job.warnings().size(), 2u);
}

}  // namespace
}  // namespace sluice::fb2
