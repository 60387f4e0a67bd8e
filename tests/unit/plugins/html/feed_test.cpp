// Feeds of every format say the same in Markdown.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sluice/testing.hpp>

#include "html/feed/feed_converter.hpp"

namespace sluice::html {
namespace {

struct FeedRun {
  explicit FeedRun(std::string source) : job(std::move(source), "a.xml", "application/rss+xml") {
    outcome = job.run(converter);
  }
  RecordingJob job;
  FeedConverter converter;
  Outcome outcome = Outcome::kInternal;
};

const std::string kExpected =
    "# [News](http://n.example/)\n\nAll of it.\n\n## [First *one*](http://n.example/1)\n\n"
    "*2024-09-02, Ann*\n\nSome **bold** words.\n\n- a\n- b\n\n## [Second](http://n.example/2)\n\n"
    "Plain & simple.\n\n<http://n.example/2.mp3>\n";

std::string expected() {
  std::string text = kExpected;
  text.replace(text.find("*one*"), 5, "\\*one\\*");
  return text;
}

const std::string kHtml = "<p>Some <b>bold</b> words.</p><ul><li>a</li><li>b</li></ul>";
const std::string kEscaped =
    "&lt;p>Some &lt;b>bold&lt;/b> words.&lt;/p>&lt;ul>&lt;li>a&lt;/li>&lt;li>b&lt;/li>&lt;/ul>";

std::string rss2(const std::string& content) {
  return "<?xml version='1.0'?><rss version='2.0' "
         "xmlns:content='http://purl.org/rss/1.0/modules/content/' "
         "xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>News</title>"
         "<link>http://n.example/</link><description>All of it.</description>"
         "<item><title>First *one*</title><link>http://n.example/1</link>"
         "<pubDate>Mon, 2 Sep 2024 10:00:00 GMT</pubDate><dc:creator>Ann</dc:creator>" +
         content +
         "</item><item><title>Second</title><guid>http://n.example/2</guid>"
         "<description>Plain &amp;amp; simple.</description>"
         "<enclosure url='http://n.example/2.mp3' type='audio/mpeg'/></item></channel></rss>";
}

TEST(Feed, IsRss2) {
  for (const std::string& content : {"<description>" + kEscaped + "</description>",
                                     "<description><![CDATA[" + kHtml + "]]></description>",
                                     "<description>short</description><content:encoded><![CDATA[" +
                                         kHtml + "]]></content:encoded>"}) {
    FeedRun run(rss2(content));
    EXPECT_EQ(run.outcome, Outcome::kOk) << run.job.reason();
    EXPECT_EQ(run.job.body(), expected());
    EXPECT_EQ(run.job.metadata().at("title"), "News");
  }
}

TEST(Feed, IsAtom) {
  for (const std::string& content :
       {"<content type='html'>" + kEscaped + "</content>",
        "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>" + kHtml +
            "</div></content>",
        "<summary type='html'>" + kEscaped + "</summary>"}) {
    for (const bool is_prefixed : {false, true}) {
      std::string source =
          "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><title>News</title>"
          "<subtitle>All of it.</subtitle><link rel='self' href='http://n.example/f'/>"
          "<link href='http://n.example/'/><updated>2024-09-03T00:00:00Z</updated>"
          "<entry><title>First *one*</title><link href='http://n.example/1'/>"
          "<published>2024-09-02T10:00:00Z</published><author><name>Ann</name></author>" +
          content +
          "</entry><entry><title>Second</title>"
          "<link rel='alternate' href='http://n.example/2'/><content>Plain &amp; simple.</content>"
          "<link rel='enclosure' href='http://n.example/2.mp3'/></entry></feed>";
      if (is_prefixed && content.find("xhtml") == std::string::npos) {
        std::string prefixed;
        for (std::size_t i = 0; i < source.size(); ++i) {
          prefixed += source[i];
          if (source[i] == '<') {
            if (source[i + 1] == '/') prefixed += source[++i];
            prefixed += "a:";
          }
        }
        source = prefixed.replace(prefixed.find("xmlns="), 6, "xmlns:a=");
      }
      FeedRun run(source);
      EXPECT_EQ(run.job.body(), expected()) << source;
      EXPECT_EQ(run.job.metadata().at("language"), "en");
      EXPECT_EQ(run.job.metadata().at("modified"), "2024-09-03");
    }
  }
}

TEST(Feed, IsRss1) {
  FeedRun run(
      "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
      "xmlns='http://purl.org/rss/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
      "<channel rdf:about='x'><title>News</title><link>http://n.example/</link>"
      "<description>All of it.</description></channel><item><title>First *one*</title>"
      "<link>http://n.example/1</link><dc:date>2024-09-02</dc:date><dc:creator>Ann</dc:creator>"
      "<description>" +
      kEscaped + "</description></item></rdf:RDF>");
  EXPECT_EQ(run.job.body(), expected().substr(0, expected().find("\n## [Second")));
}

TEST(Feed, IsNotEveryXml) {
  for (const char* source : {"<a/>", "<rdf:RDF xmlns:rdf='x'><b/></rdf:RDF>", "<html/>"}) {
    FeedRun run(source);
    EXPECT_EQ(run.outcome, Outcome::kUnsupported) << source;
  }
}

TEST(Feed, SaysWhatItsEntriesHide) {
  FeedRun run(rss2("<description>x &lt;p hidden>Not for readers&lt;/p></description>"));
  ASSERT_EQ(run.job.warnings().size(), 1U);
  EXPECT_EQ(run.job.warnings()[0].message, "1 hidden element is left out: \"Not for readers\"");
}

TEST(Feed, ThatIsCutOffIsPartial) {
  const std::string whole = rss2("<description>x</description>");
  FeedRun run(whole.substr(0, whole.find("<item><title>Second")));
  EXPECT_EQ(run.outcome, Outcome::kPartial);
  EXPECT_THAT(run.job.body(), testing::HasSubstr("First"));
}

TEST(Feed, SingsItsCanary) {
  FeedConverter converter;
  EXPECT_EQ(canary_fault(converter, "{}"), "");
}

}  // namespace
}  // namespace sluice::html
