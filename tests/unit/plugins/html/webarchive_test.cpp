// Web archives in both forms give the page that the HTML converter would, with the pictures that
// they hold. Hostile lists end, and in little memory.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sluice/testing.hpp>

#include "html/webarchive/converter.hpp"
#include "plist_builder.h"

namespace sluice::html {
namespace {

using std::string_literals::operator""s;
using test::Plist;
using testing::HasSubstr;

const std::string kOptions = R"({"main_content":"auto","unwrap_redirects":false})";
const std::string kPng = "\x89PNG\r\n\x1a\n-a-picture"s;
const std::string kGif = "GIF89a-another"s;

struct ArchiveRun {
  explicit ArchiveRun(std::string source)
      : job(std::move(source), "a.webarchive", "application/x-webarchive") {
    job.set_options(kOptions);
    outcome = job.run(converter);
  }
  RecordingJob job;
  WebArchiveConverter converter;
  Outcome outcome = Outcome::kInternal;
};

Plist resource(const std::string& url, const std::string& type, const std::string& bytes,
               const std::string& charset = "UTF-8") {
  return test::plist_dictionary({{"WebResourceData", test::plist_data(bytes)},
                                 {"WebResourceFrameName", test::plist_string("")},
                                 {"WebResourceMIMEType", test::plist_string(type)},
                                 {"WebResourceTextEncodingName", test::plist_string(charset)},
                                 {"WebResourceURL", test::plist_string(url)}});
}

Plist page(const std::string& html, const std::string& charset = "UTF-8") {
  return resource("http://a.example/dir/page.html", "text/html", html, charset);
}

Plist archive(Plist main, std::vector<Plist> files = {}, std::vector<Plist> frames = {}) {
  return test::plist_dictionary({{"WebMainResource", std::move(main)},
                                 {"WebSubframeArchives", test::plist_array(std::move(frames))},
                                 {"WebSubresources", test::plist_array(std::move(files))}});
}

// In both forms; what they give must be the same.
std::string markdown_of(const Plist& plist) {
  ArchiveRun binary(test::binary_plist(plist));
  ArchiveRun xml(test::xml_plist(plist));
  EXPECT_EQ(binary.outcome, Outcome::kOk) << binary.job.reason();
  EXPECT_EQ(xml.outcome, Outcome::kOk) << xml.job.reason();
  EXPECT_EQ(binary.job.render("a"), xml.job.render("a"));
  EXPECT_EQ(binary.job.violations(), std::vector<std::string>());
  return binary.job.render("a");
}

TEST(WebArchive, ShowsItsPageWithThePicturesThatItHolds) {
  const Plist saved = archive(
      page("<title>Mill &amp; weir</title><h1 id=top>Caf\xC3\xA9</h1><p>Words <img src=pic.png "
           "alt=one> and <img src='/img/b?size=2&amp;x=1' alt=two>."),
      {resource("http://a.example/dir/pic.png", "image/png", kPng),
       resource("http://a.example/img/b?size=2&x=1", "image/gif", kGif),
       resource("http://a.example/style.css", "text/css", "p {}")});
  ArchiveRun run(test::binary_plist(saved));
  EXPECT_EQ(run.job.metadata().at("title"), "Mill & weir");
  ASSERT_EQ(run.job.assets().size(), 2U);
  EXPECT_EQ(run.job.assets()[0].bytes, kPng);
  EXPECT_EQ(run.job.assets()[1].bytes, kGif);
  EXPECT_EQ(markdown_of(saved),
            "# Caf\xC3\xA9\n\nWords ![one](images/a/pic.png) and ![two](images/a/b.gif).\n");
}

TEST(WebArchive, FindsPicturesAgainstTheBaseOfThePage) {
  EXPECT_EQ(markdown_of(archive(page("<base href='http://c.example/x/'><p>a<img src=../p.png>"),
                                {resource("http://c.example/p.png", "image/png", kPng)})),
            "a![](images/a/p.png)\n");
}

TEST(WebArchive, KeepsLinksToPicturesThatItDoesNotHoldAndSaysSo) {
  ArchiveRun run(
      test::binary_plist(archive(page("<p>a<img src=gone.png><img src=page.css>"),
                                 {resource("http://a.example/dir/page.css", "text/css", "p {}")})));
  EXPECT_EQ(run.job.render("a"),
            "a![](http://a.example/dir/gone.png)![](http://a.example/dir/page.css)\n");
  ASSERT_EQ(run.job.warnings().size(), 1U);
  EXPECT_EQ(run.job.warnings()[0].message,
            "2 pictures are not in the web archive, and only linked");
}

TEST(WebArchive, LinksLeadToWhereThePageWas) {
  EXPECT_EQ(markdown_of(archive(page("<h1>T</h1><h2 id=s>S</h2><p><a href=other.html>o</a> <a "
                                     "href='#s'>in</a> <a "
                                     "href='http://a.example/dir/page.html#s'>too</a>"))),
            "# T\n\n## S\n\n[o](http://a.example/dir/other.html) [in](#s) [too](#s)\n");
}

TEST(WebArchive, ReadsTheEncodingThatItNames) {
  const std::string html = "<p>\x83\x4a\x83\x69"s;
  ArchiveRun run(test::binary_plist(archive(page(html, "shift_jis"))));
  EXPECT_EQ(run.job.body(), "\xE3\x82\xAB\xE3\x83\x8A\n");
}

// Browsers percent-encode what pages write as it is.
TEST(WebArchive, FindsPicturesHoweverTheirUrlsAreWritten) {
  const std::string name = "\xC3\xA9 \xF0\x9F\x98\x80.png";
  const std::string encoded = "%C3%A9%20%F0%9F%98%80.png";
  for (const std::string& in_page : {name, encoded, encoded + "#there"}) {
    for (const std::string& in_archive : {name, encoded}) {
      ArchiveRun run(test::binary_plist(
          archive(page("<p>a<img src='/" + in_page + "'>"),
                  {resource("http://a.example/" + in_archive, "image/png", kPng)})));
      ASSERT_EQ(run.job.assets().size(), 1U) << in_page << " and " << in_archive;
      EXPECT_EQ(run.job.assets()[0].bytes, kPng);
    }
  }
}

TEST(WebArchive, SaysThatFramesOfAPageAreLeftOut) {
  const Plist frame = archive(resource("http://ads.example/", "text/html", "<p>Buy"));
  ArchiveRun run(test::binary_plist(
      archive(page("<p>Text.<iframe src='http://ads.example/'></iframe>"), {}, {frame})));
  EXPECT_EQ(run.job.body(), "Text.\n\n<http://ads.example/>\n");
  ASSERT_EQ(run.job.warnings().size(), 1U);
  EXPECT_THAT(run.job.warnings()[0].message, HasSubstr("the content of 1 frame within the page"));
}

TEST(WebArchive, ShowsTheFramesOfAFrameset) {
  const Plist menu = archive(resource("http://a.example/m.html", "text/html", "<h1>Menu</h1>"));
  const Plist text =
      archive(resource("http://a.example/t.html", "text/html", "<p>Text <img src=p.png>"),
              {resource("http://a.example/p.png", "image/png", kPng)});
  EXPECT_EQ(markdown_of(archive(page("<frameset><frame src=m.html><frame src=t.html></frameset>"),
                                {}, {menu, text})),
            "# Menu\n\nText ![](images/a/p.png)\n");
}

TEST(WebArchive, OfAPictureAloneIsThatPicture) {
  ArchiveRun run(
      test::binary_plist(archive(resource("http://a.example/p.png", "image/png", kPng))));
  EXPECT_EQ(run.job.render("a"), "![p.png](images/a/p.png)\n");
  EXPECT_EQ(run.job.reason(), "it holds pictures and no text");
}

TEST(WebArchive, OfAnyOtherFileHandsItOver) {
  ArchiveRun run(test::binary_plist(
      archive(resource("http://a.example/d.pdf", "application/pdf", "%PDF-1.4 ..."))));
  EXPECT_EQ(run.outcome, Outcome::kOk) << run.job.reason();
  ASSERT_EQ(run.job.children().size(), 1U);
  EXPECT_EQ(run.job.children()[0].name, "d.pdf");
  EXPECT_EQ(run.job.children()[0].bytes, "%PDF-1.4 ...");
}

TEST(WebArchive, WithoutTextIsEmpty) {
  EXPECT_EQ(ArchiveRun(test::binary_plist(archive(page("<p> </p>")))).outcome, Outcome::kEmpty);
  EXPECT_EQ(ArchiveRun("").outcome, Outcome::kEmpty);
}

TEST(WebArchive, OtherPropertyListsAreUnsupported) {
  const Plist settings = test::plist_dictionary({{"Volume", test::plist_string("11")}});
  for (const std::string& source :
       {test::binary_plist(settings), test::xml_plist(settings),
        test::binary_plist(test::plist_string("a")), "bplist99"s + std::string(99, 'x')}) {
    ArchiveRun run(source);
    EXPECT_TRUE(run.outcome == Outcome::kUnsupported || run.outcome == Outcome::kMalformed)
        << run.job.reason();
    EXPECT_NE(run.job.reason(), "");
  }
}

TEST(WebArchive, CutAnywhereIsMalformedAndSaysSo) {
  const Plist saved = archive(page("<p>Some words."), {resource("http://a/b", "image/png", kPng)});
  for (const std::string& whole : {test::binary_plist(saved), test::xml_plist(saved)}) {
    // The last bytes of the XML form may be missing without any loss.
    for (std::size_t size = 1; size + 12 < whole.size(); ++size) {
      ArchiveRun run(whole.substr(0, size));
      EXPECT_TRUE(run.outcome == Outcome::kMalformed || run.outcome == Outcome::kUnsupported)
          << size << ": " << run.job.reason();
    }
  }
}

TEST(WebArchive, AnyByteMayBeWrong) {
  const std::string whole = test::binary_plist(
      archive(page("<p>Some words."), {resource("http://a/b", "image/png", kPng)}));
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const int flip : {0x01, 0x10, 0x80, 0xFF}) {
      std::string damaged = whole;
      damaged[at] = static_cast<char>(damaged[at] ^ flip);
      ArchiveRun run(damaged);
      EXPECT_NE(run.outcome, Outcome::kInternal) << at << ": " << run.job.reason();
      EXPECT_EQ(run.job.violations(), std::vector<std::string>()) << at;
    }
  }
}

// A thousand arrays that all lie in the same bytes would be a million references.
TEST(WebArchive, ListsWhoseObjectsOverlapAreRefused) {
  std::string source =
      test::binary_plist_of({"\xA1\0\1"s, "\xAF\x11\x03\xE8"s + std::string(2000, '\0')});
  const std::size_t table = source.size() - 32 - 8;
  source[table + 3] = source[table + 7];  // both objects at the second's place
  source[table + 2] = source[table + 6];
  ArchiveRun run(source);
  EXPECT_EQ(run.outcome, Outcome::kMalformed);
  EXPECT_THAT(run.job.reason(), HasSubstr("overlap"));
}

// Root { WebMainResource: page, WebSubframeArchives: [root, root, ...] }.
TEST(WebArchive, AnArchiveThatIsItsOwnFrameEnds) {
  const auto text = [](const std::string& ascii) {
    return "\x5F\x10"s + static_cast<char>(ascii.size()) + ascii;
  };
  std::string frames = "\xAF\x10\x64"s + std::string(200, '\0');
  ArchiveRun run(test::binary_plist_of({"\xD2\0\1\0\2\0\3\0\4"s, text("WebMainResource"),
                                        text("WebSubframeArchives"), "\xD1\0\5\0\6"s, frames,
                                        text("WebResourceData"),
                                        "\x4F\x10\x24<frameset><frame src=a></frameset><p>"s}));
  EXPECT_EQ(run.outcome, Outcome::kPartial) << run.job.reason();
  EXPECT_THAT(run.job.reason(), HasSubstr("too many frames"));
}

TEST(WebArchive, DeepXmlIsRefused) {
  std::string source = "<plist>";
  for (int i = 0; i < 100'000; ++i) source += "<array>";
  ArchiveRun run(source);
  EXPECT_TRUE(run.outcome == Outcome::kLimit || run.outcome == Outcome::kMalformed)
      << run.job.reason();
}

TEST(WebArchive, Canary) {
  WebArchiveConverter converter;
  EXPECT_EQ(canary_fault(converter, kOptions), "");
}

}  // namespace
}  // namespace sluice::html
