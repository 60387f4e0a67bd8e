// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pdf_maker.h"

namespace sluice::test {
namespace {

using ::testing::HasSubstr;

const std::string kPixels(32 * 32 * 3, '\x40');
const char* const kRaw =
    "/Type /XObject /Subtype /Image /Width 32 /Height 32 /ColorSpace /DeviceRGB /BitsPerComponent "
    "8";

std::string place(const std::string& name, int x, int y, int size) {
  return "q " + std::to_string(size) + " 0 0 " + std::to_string(size) + " " + std::to_string(x) +
         " " + std::to_string(y) + " cm /" + name + " Do Q\n";
}
std::string resources(int object) {
  return "/XObject << /Im " + std::to_string(object) + " 0 R >>";
}

TEST(PdfImages, PixelsBecomePngAtTheirPlaceInTheText) {
  PdfMaker maker;
  const int image = maker.add_stream(kRaw, kPixels);
  maker.add_page(show(50, 700, 10, "Above the picture.") + place("Im", 50, 500, 100) +
                     show(50, 400, 10, "Below the picture."),
                 resources(image));
  const PdfRun run(maker.make());
  ASSERT_EQ(run.job->assets().size(), 1U);
  EXPECT_EQ(run.job->assets()[0].media_type, "image/png");
  EXPECT_EQ(run.job->assets()[0].bytes.substr(1, 3), "PNG");
  EXPECT_THAT(
      run.markdown(),
      ::testing::MatchesRegex(
          "Above the picture\\.\n\n!\\[\\]\\(images/paper/[^)]+\\)\n\nBelow the picture\\.\n"));
}

TEST(PdfImages, JpegDataIsPassedThrough) {
  PdfMaker maker;
  const std::string jpeg = "\xFF\xD8\xFF\xE0 not decoded on the way \xFF\xD9";
  const int image = maker.add_stream(
      "/Type /XObject /Subtype /Image /Width 32 /Height 32 /ColorSpace /DeviceRGB "
      "/BitsPerComponent 8 /Filter /DCTDecode",
      jpeg);
  maker.add_page(show(50, 700, 10, "text") + place("Im", 50, 500, 100), resources(image));
  const PdfRun run(maker.make());
  ASSERT_EQ(run.job->assets().size(), 1U);
  EXPECT_EQ(run.job->assets()[0].media_type, "image/jpeg");
  EXPECT_EQ(run.job->assets()[0].bytes, jpeg);
}

// As large as a scanned page: 400 by 400 pixels of one bit.
const std::string kScan(400 * 50, '\x5A');
const char* const kScanned =
    "/Type /XObject /Subtype /Image /Width 400 /Height 400 /ColorSpace /DeviceGray "
    "/BitsPerComponent 1";

TEST(PdfImages, ScansWithoutTextAreNotDecoded) {
  PdfMaker maker;
  const int image = maker.add_stream(kScanned, kScan);
  for (int i = 0; i < 3; ++i) maker.add_page(place("Im", 0, 0, 500), resources(image));
  const PdfRun run(maker.make());
  EXPECT_EQ(run.outcome, Outcome::kEmpty);
  EXPECT_TRUE(run.job->assets().empty());
}

TEST(PdfImages, ImagesBeforeTheFirstTextWaitForIt) {
  PdfMaker maker;
  const int image = maker.add_stream(kScanned, kScan);
  maker.add_page(place("Im", 0, 0, 500), resources(image));
  maker.add_page(place("Im", 50, 500, 100) + show(50, 400, 10, "Below the picture."),
                 resources(image));
  maker.add_page(place("Im", 0, 0, 500), resources(image));
  PdfOptions options;
  options.page_markers = true;
  const PdfRun run(maker.make(), options);
  EXPECT_EQ(run.job->assets().size(), 1U);
  EXPECT_THAT(run.markdown(),
              ::testing::MatchesRegex("<!-- page 1 -->\n\n!.*\n\n<!-- page 2 -->\n\n!.*\n\nBelow "
                                      "the picture\\.\n\n<!-- page 3 -->\n\n!.*\n"));
}

TEST(PdfImages, TheSameImageIsKeptOnce) {
  PdfMaker maker;
  const int image = maker.add_stream(kRaw, kPixels);
  const int again = maker.add_stream(kRaw, kPixels);
  maker.add_page(show(50, 700, 10, "one") + place("Im", 50, 400, 100), resources(image));
  maker.add_page(show(50, 700, 10, "two") + place("Im", 50, 450, 100), resources(image));
  maker.add_page(show(50, 700, 10, "three") + place("Im", 50, 500, 100), resources(again));
  const PdfRun run(maker.make());
  EXPECT_EQ(run.job->assets().size(), 1U);
  EXPECT_EQ(run.job->links().size(), 3U);
}

std::string with_logo(const PdfOptions& options, bool has_text) {
  PdfMaker maker;
  const int image = maker.add_stream(kRaw, kPixels);
  for (int page = 0; page < 4; ++page) {
    const std::string text =
        has_text || page == 0 ? show(50, 400, 10, "The weir is") + show(50, 300, 10, "open again.")
                              : "";
    maker.add_page(text + place("Im", 50, 320, 60), resources(image));
  }
  const PdfRun run(maker.make(), options);
  std::string codes;
  for (const auto& warning : run.job->warnings()) codes += warning.code + ";";
  return std::to_string(run.job->links().size()) + " " + codes;
}

// A logo or a watermark: once, and that is said; a page keeps what it has if it has nothing else.
TEST(PdfImages, APictureAtOnePlaceOfEachPageIsShownOnce) {
  PdfOptions options;
  EXPECT_EQ(with_logo(options, true), "1 running-images-left-out;");
  EXPECT_EQ(with_logo(options, false), "4 ");
  options.headers_and_footers = true;
  EXPECT_EQ(with_logo(options, true), "4 ");
}

TEST(PdfImages, DecorationIsLeftOut) {
  PdfMaker maker;
  const int image = maker.add_stream(kRaw, kPixels);
  const std::string content = show(50, 700, 10, "text") + place("Im", 50, 500, 8);
  maker.add_page(content, resources(image));
  const std::string pdf = maker.make();
  EXPECT_TRUE(PdfRun(pdf).job->assets().empty());
  PdfOptions options;
  options.min_image_size = 4;
  EXPECT_EQ(PdfRun(pdf, options).job->assets().size(), 1U);
  options.images = false;
  EXPECT_TRUE(PdfRun(pdf, options).job->assets().empty());
}

TEST(PdfImages, InlineImagesAreConsumedSoThatTheTextAfterThemIsRead) {
  const std::string pixels(32 * 32, 'E');  // looks like the operator that ends the image
  const std::string image =
      "q 100 0 0 100 50 500 cm BI /W 32 /H 32 /CS /G /BPC 8 ID " + pixels + "\nEI Q\n";
  for (const bool keep : {true, false}) {
    PdfOptions options;
    options.images = keep;
    EXPECT_THAT(page_markdown(image + show(50, 400, 10, "after the image"), options),
                HasSubstr("after the image"));
  }
}

TEST(PdfImages, MasksBecomeTransparency) {
  PdfMaker maker;
  const int mask = maker.add_stream(
      "/Type /XObject /Subtype /Image /Width 32 /Height 32 /ColorSpace /DeviceGray "
      "/BitsPerComponent 8",
      std::string(32 * 32, '\x80'));
  const int image =
      maker.add_stream(std::string(kRaw) + " /SMask " + std::to_string(mask) + " 0 R", kPixels);
  maker.add_page(show(50, 700, 10, "text") + place("Im", 50, 500, 100), resources(image));
  const PdfRun run(maker.make());
  ASSERT_EQ(run.job->assets().size(), 1U);
  EXPECT_EQ(run.job->assets()[0].bytes[25], '\x06');  // the PNG's colour type: RGB and alpha
}

TEST(PdfImages, StencilsAreBlackOnWhite) {
  PdfMaker maker;
  const int image = maker.add_stream(
      "/Type /XObject /Subtype /Image /Width 32 /Height 32 /ImageMask true /BitsPerComponent 1",
      std::string(4 * 32, '\x0F'));
  maker.add_page(show(50, 700, 10, "text") + place("Im", 50, 500, 100), resources(image));
  const PdfRun run(maker.make());
  ASSERT_EQ(run.job->assets().size(), 1U);
  EXPECT_EQ(run.job->assets()[0].bytes[24], '\x01');  // one bit
  EXPECT_EQ(run.job->assets()[0].bytes[25], '\x00');  // gray
}

std::string big_endian(std::uint32_t value, int bytes) {
  std::string out;
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
    out += static_cast<char>(value >> shift);
  return out;
}
std::string segment(std::uint32_t number, int type, const std::string& data) {
  return big_endian(number, 4) + static_cast<char>(type) + std::string(1, '\0') + "\1" +
         big_endian(static_cast<std::uint32_t>(data.size()), 4) + data;
}
std::string page_information() {
  return segment(1, 48, big_endian(32, 4) + big_endian(32, 4) + std::string(11, '\0'));
}
std::string from_bits(const std::string& bits) {
  std::string out((bits.size() + 7) / 8, '\0');
  for (std::size_t i = 0; i < bits.size(); ++i) {
    if (bits[i] == '1') out[i / 8] = static_cast<char>(out[i / 8] | (0x80 >> (i % 8)));
  }
  return out;
}
// A square of 16 black pixels in the middle of 32, as ITU-T T.6 writes it.
std::string square_as_t6() {
  const std::string white_row = "1";
  const std::string first_black = std::string("001") + "10011" + "0000010111" + "1";
  const std::string first_white = std::string("0001") + "1";
  return from_bits(std::string(8, '1') + first_black + std::string(15 * 3, '1') + first_white +
                   std::string(7, '1'));
}
PdfRun run_of_image(const std::string& entries, const std::string& data,
                    const std::string& shared = "") {
  PdfMaker maker;
  std::string dictionary =
      "/Type /XObject /Subtype /Image /Width 32 /Height 32 /BitsPerComponent 1 " + entries;
  if (!shared.empty()) {
    dictionary += " /DecodeParms << /JBIG2Globals " + std::to_string(maker.add_stream("", shared)) +
                  " 0 R >>";
  }
  const int image = maker.add_stream(dictionary, data);
  maker.add_page(show(50, 700, 10, "text") + place("Im", 50, 500, 100), resources(image));
  return PdfRun(maker.make());
}

TEST(PdfImages, Jbig2IsDecoded) {
  const std::string region =
      big_endian(32, 4) + big_endian(32, 4) + std::string(9, '\0') + "\x01" + square_as_t6();
  std::string rows;
  for (int y = 0; y < 32; ++y) {
    rows += y >= 8 && y < 24 ? std::string("\xFF\0\0\xFF", 4) : std::string(4, '\xFF');
  }
  for (const std::string kind : {"/ColorSpace /DeviceGray", "/ImageMask true"}) {
    const PdfRun run =
        run_of_image(kind + " /Filter /JBIG2Decode", page_information() + segment(2, 38, region));
    const PdfRun plain = run_of_image(kind, rows);
    ASSERT_EQ(run.job->assets().size(), 1U) << kind;
    ASSERT_EQ(plain.job->assets().size(), 1U) << kind;
    EXPECT_EQ(run.job->assets()[0].bytes, plain.job->assets()[0].bytes) << kind;
    EXPECT_TRUE(run.job->warnings().empty()) << kind;
  }
}

#ifdef SLUICE_PDF_JBIG2_BY_JBIG2DEC
// Six bytes that ask for a glyph of 1.3 thousand million pixels.
TEST(PdfImages, Jbig2ThatAsksForTooMuchIsDamage) {
  const std::string glyphs = segment(0, 0,
                                     std::string("\x08\0\x02\xFF", 4) + big_endian(1, 4) +
                                         big_endian(1, 4) + "\x8B\xFC\xEA\x9C\x9D\x8E");
  const PdfRun run =
      run_of_image("/ColorSpace /DeviceGray /Filter /JBIG2Decode", page_information(), glyphs);
  ASSERT_EQ(run.job->warnings().size(), 1U);
  EXPECT_EQ(run.job->warnings()[0].code, "image-damaged");
}

TEST(PdfImages, Jbig2WithoutAPageIsLeftOut) {
  const PdfRun run = run_of_image("/ColorSpace /DeviceGray /Filter /JBIG2Decode", "not JBIG2");
  EXPECT_TRUE(run.job->assets().empty());
  ASSERT_EQ(run.job->warnings().size(), 1U);
  EXPECT_EQ(run.job->warnings()[0].code, "image-left-out");
}
#endif

// The bits a sample and the kind of colours that a PNG says it has.
std::pair<int, int> shape_of(const PdfRun& run) {
  if (run.job->assets().size() != 1) return {-1, -1};
  const std::string& png = run.job->assets()[0].bytes;
  return {png[24], png[25]};
}

TEST(PdfImages, SamplesStayAsTheyAreStored) {
  const std::string rows(4 * 32, '\x0F');
  EXPECT_EQ(shape_of(run_of_image("/ColorSpace /DeviceGray", rows)), std::pair(1, 0));
  EXPECT_EQ(shape_of(run_of_image("/ColorSpace [/Indexed /DeviceRGB 1 <FF000000FF00>]", rows)),
            std::pair(1, 3));
}

TEST(PdfImages, ReversedSamplesAreTurned) {
  const PdfRun plain = run_of_image("/ColorSpace /DeviceGray", std::string(4 * 32, '\x0F'));
  const PdfRun reversed =
      run_of_image("/ColorSpace /DeviceGray /Decode [1 0]", std::string(4 * 32, '\xF0'));
  ASSERT_EQ(plain.job->assets().size(), 1U);
  ASSERT_EQ(reversed.job->assets().size(), 1U);
  EXPECT_EQ(plain.job->assets()[0].bytes, reversed.job->assets()[0].bytes);
}

// A palette of one colour, and samples beyond its end: viewers show its last colour.
TEST(PdfImages, PalettesAreAsLongAsSamplesCanReach) {
  const PdfRun run =
      run_of_image("/ColorSpace [/Indexed /DeviceRGB 0 <FF0000>]", std::string(4 * 32, '\xFF'));
  ASSERT_EQ(run.job->assets().size(), 1U);
  EXPECT_THAT(run.job->assets()[0].bytes,
              HasSubstr(std::string("\0\0\0\6PLTE\xFF\0\0\xFF\0\0", 14)));
}

TEST(PdfImages, AnImageBehindTextComesBeforeIt) {
  PdfMaker maker;
  const int image = maker.add_stream(kRaw, kPixels);
  maker.add_page(place("Im", 40, 100, 520) +
                     show_lines(50, 600, 20,
                                {"Words that stand on the picture, and",
                                 "a second line of the same, on it too.", "And a third."}),
                 resources(image));
  EXPECT_EQ(PdfRun(maker.make()).markdown().find("!["), 0U);
}

}  // namespace
}  // namespace sluice::test
