#include <gtest/gtest.h>

#include <functional>
#include <sluice/images.hpp>
#include <sluice/testing.hpp>
#include <string>

#include "unit/sdk/code_converter.h"

namespace sluice {
namespace {

using namespace std::string_literals;

std::string_view sniff(const std::string& text) {
  return sniff_image({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

TEST(SniffImage, KnowsImagesByTheirFirstBytes) {
  EXPECT_EQ(sniff("\x89PNG\r\n\x1A\n..."), "image/png");
  EXPECT_EQ(sniff("\xFF\xD8\xFF\xE0"), "image/jpeg");
  EXPECT_EQ(sniff("GIF89a"), "image/gif");
  EXPECT_EQ(sniff("RIFF\1\2\3\4WEBPVP8 "), "image/webp");
  EXPECT_EQ(sniff("II*\0"s), "image/tiff");
  EXPECT_EQ(sniff("BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0"s), "image/bmp");
  EXPECT_EQ(sniff("\0\0\0\x20"
                  "ftypavif"s),
            "image/avif");
  EXPECT_EQ(sniff("\xD7\xCD\xC6\x9A"), "image/wmf");
  EXPECT_EQ(sniff(std::string("\1\0\x09\0\0\3", 6)), "image/wmf");
  EXPECT_EQ(sniff(std::string(40, '\1') + " EMF"), "image/emf");
  for (const char* svg : {"<svg/>", "\xEF\xBB\xBF<?xml version='1.0'?>\n<!-- x --><svg xmlns=''>",
                          "<!DOCTYPE svg PUBLIC '' '' [<!ENTITY a 'b'>]><svg>", "<svg:svg a=''>"}) {
    EXPECT_EQ(sniff(svg), "image/svg+xml") << svg;
  }
}

TEST(SniffImage, KnowsWhatIsNone) {
  for (const std::string text : {"", "BM", "BMW builds cars, and they run", "<html><svg>", "<svgx>",
                                 "<!-- <svg>", "%PDF-1.4", "RIFF1234WAVE", "root:x:0:0"}) {
    EXPECT_EQ(sniff(text), "") << text;
  }
}

TEST(ExtensionFor, IsNeverMadeOfTheType) {
  EXPECT_EQ(extension_for("image/jpeg"), "jpg");
  EXPECT_EQ(extension_for("image/svg+xml"), "svg");
  EXPECT_EQ(extension_for("image/../x"), "");
}

TEST(ImageCollector, FindsFilesAsTheyAreWritten) {
  RecordingJob job("", "a.md", "text/markdown");
  job.add_sibling("a b.png", "GIF89a1");
  job.add_sibling("c%20d.png", "GIF89a2");
  job.add_sibling("e#f.png", "GIF89a3");
  job.add_sibling("g/h.png", "GIF89a4");
  CodeConverter run([](Job& raw) {
    ImageCollector images(raw);
    for (const char* path : {"a b.png", "a%20b.png", " a%20b.png?x=1#y ", "c%20d.png", "e#f.png",
                             "g\\h.png", "./g/../g/h.png"}) {
      EXPECT_TRUE(images.collect(path)) << path;
    }
    for (const char* path : {"", " ", "#a", "?a", "/a b.png", "//e.org/a.png", "\\\\server\\a.png",
                             "http://e.org/a.png", "c:/a.png", "g", "g/", "%2Fg/h.png",
                             "../a b.png", "a%00.png", "mailto:x"}) {
      EXPECT_FALSE(images.collect(path)) << path;
    }
  });
  EXPECT_EQ(job.run(run), Outcome::kPartial) << job.reason();
  EXPECT_EQ(job.assets().size(), 4u);
}

TEST(ImageCollector, GivesEqualBytesOneAsset) {
  RecordingJob job("", "a.md", "text/markdown");
  job.add_sibling("a.gif", "GIF89a");
  job.add_sibling("b.gif", "GIF89a");
  CodeConverter run([](Job& raw) {
    ImageCollector images(raw);
    const auto first = images.collect("a.gif");
    EXPECT_TRUE(first);
    EXPECT_EQ(images.collect("b.gif"), first);
    EXPECT_EQ(images.collect("data:image/gif;base64,R0lGODlh"), first);
  });
  EXPECT_EQ(job.run(run), Outcome::kPartial);
  EXPECT_EQ(job.assets().size(), 1u);
}

TEST(ImageCollector, SaysWhatItCouldNotTake) {
  RecordingJob job("", "a.md", "text/markdown");
  job.add_sibling("page.html", "<html>");
  CodeConverter run([](Job& raw) {
    ImageCollector::Limits limits;
    raw.write("x");
    limits.warnings = 3;
    ImageCollector images(raw, limits);
    images.collect("page.html");
    images.collect("data:image/png,nothing");
    for (int i = 0; i < 10; ++i) images.collect("missing" + std::to_string(i) + ".png");
  });
  EXPECT_EQ(job.run(run), Outcome::kOk);
  ASSERT_EQ(job.warnings().size(), 4u);
  EXPECT_EQ(job.warnings()[0].code, "not-an-image");
  EXPECT_EQ(job.warnings()[1].code, "not-an-image");
  EXPECT_EQ(job.warnings()[2].code, "missing-image");
}

TEST(ImageCollector, FailsWithoutTheRightToSiblings) {
  RecordingJob job("", "a.md", "text/markdown");
  job.deny_siblings();
  CodeConverter run([](Job& raw) { ImageCollector(raw).collect("a.png"); });
  EXPECT_EQ(job.run(run), Outcome::kInternal);
  EXPECT_NE(job.reason().find("plugin.toml"), std::string::npos);
}

}  // namespace
}  // namespace sluice
