// What is drawn of metafiles: shapes in the right place and color, text, bitmaps to the pixel.
// Hostile ones end, and leave well-formed SVG.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <array>
#include <bit>
#include <cmath>
#include <random>
#include <sluice/base64.hpp>
#include <sluice/metafile.hpp>
#include <sluice/xml.hpp>

#include "metafile_builder.h"

namespace sluice {
namespace {

using std::string_literals::operator""s;
using test::Emf;
using test::shorts;
using test::Wmf;
using test::words;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string svg_of(const std::string& metafile) {
  const auto drawn = draw_metafile(metafile);
  if (!drawn) return "nothing";
  EXPECT_EQ(drawn->media_type, "image/svg+xml");
  EXPECT_EQ(parse_xml(drawn->bytes, "svg").defect(), "");
  return drawn->bytes;
}
std::string svg_of(const Emf& emf) {
  return svg_of(emf.bytes());
}
std::string svg_of(const Wmf& wmf) {
  return svg_of(wmf.bytes());
}

using Color = std::array<unsigned, 4>;
// The pixels of a PNG as this project writes them.
std::vector<Color> pixels_of(const std::string& png) {
  const auto number = [&](std::size_t at) {
    unsigned value = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      value = value << 8 | static_cast<unsigned char>(png.at(at + i));
    }
    return value;
  };
  const unsigned width = number(16);
  const unsigned height = number(20);
  const unsigned channels = png.at(25) == 6 ? 4 : 3;
  std::string rows(std::size_t{height} * (width * channels + 1), '\0');
  uLongf size = rows.size();
  const std::size_t data = png.find("IDAT") + 4;
  EXPECT_EQ(::uncompress(reinterpret_cast<Bytef*>(rows.data()), &size,
                         reinterpret_cast<const Bytef*>(png.data()) + data, number(data - 8)),
            Z_OK);
  std::vector<Color> pixels;
  for (unsigned y = 0; y < height; ++y) {
    Color left = {0, 0, 0, 255};
    if (channels == 4) left[3] = 0;
    for (unsigned x = 0; x < width; ++x) {
      for (unsigned c = 0; c < channels; ++c) {
        const auto byte =
            static_cast<unsigned char>(rows[y * (width * channels + 1) + 1 + x * channels + c]);
        left[c] = (left[c] + byte) & 255;
      }
      pixels.push_back(left);
    }
  }
  return pixels;
}

// The bitmap that a metafile of one bitmap is.
std::vector<Color> pixels_of(const Emf& emf) {
  const auto drawn = draw_metafile(emf.bytes());
  if (!drawn || drawn->media_type != "image/png") return {};
  return pixels_of(drawn->bytes);
}

constexpr Color kRed = {255, 0, 0, 255};
constexpr Color kGreen = {0, 255, 0, 255};
constexpr Color kBlue = {0, 0, 255, 255};
constexpr Color kBlack = {0, 0, 0, 255};
const std::string kTwoPalette = words({0x00FF0000, 0x0000FF00});  // red, green

TEST(Metafile, WhatIsNoneIsNothing) {
  for (const std::string& bytes : {""s, "a"s, "\xD7\xCD\xC6\x9A"s, Emf().bytes().substr(0, 60),
                                   Emf().bytes(), Wmf().bytes(), std::string(200, '\0')}) {
    EXPECT_FALSE(draw_metafile(bytes)) << bytes.size();
  }
}

TEST(Metafile, HasTheSizeOfItsFrameInPixels) {
  EXPECT_THAT(svg_of(Emf(96, 48).rectangle(0, 0, 9, 9)),
              HasSubstr("width=\"96\" height=\"48\" viewBox=\"0 0 96 48\""));
  EXPECT_THAT(svg_of(Wmf(200, 80).record(0x041B, shorts({9, 9, 0, 0}))),
              HasSubstr("width=\"200\" height=\"80\""));
}

TEST(Metafile, ShapesHaveTheirPensAndBrushes) {
  const std::string svg = svg_of(Emf()
                                     .brush(1, 0x0000FF)
                                     .record(38, words({2, 0, 3, 0, 0x00FF00}))
                                     .select(2)
                                     .rectangle(10, 20, 30, 40));
  EXPECT_THAT(svg, HasSubstr("<path d=\"M10 20L30 20L30 40L10 40Z\" fill=\"#ff0000\" "
                             "fill-rule=\"evenodd\" stroke=\"#00ff00\" stroke-width=\"3\""));
}

TEST(Metafile, NullPensAndBrushesDrawNothing) {
  const std::string svg =
      svg_of(Emf().null_pen().select(test::kStockBlackBrush).rectangle(1, 1, 2, 2));
  EXPECT_THAT(svg, AllOf(HasSubstr("fill=\"#000000\""), Not(HasSubstr("stroke"))));
  EXPECT_EQ(svg_of(Emf().null_pen().select(test::kStockNullBrush).rectangle(1, 1, 2, 2)),
            "nothing");
}

TEST(Metafile, LinesOfEveryRecord) {
  const std::string box = words({0, 0, 0, 0});
  const std::string wide = words({3, 1, 2, 3, 4, 5, 6});
  const std::string narrow = words({3}) + shorts({1, 2, 3, 4, 5, 6});
  const std::string path = "d=\"M1 2L3 4L5 6";
  EXPECT_THAT(svg_of(Emf().record(4, box + wide)), HasSubstr(path + "\" fill=\"none\""));
  EXPECT_THAT(svg_of(Emf().record(87, box + narrow)), HasSubstr(path + "\" fill=\"none\""));
  EXPECT_THAT(svg_of(Emf().record(3, box + wide)), HasSubstr(path + "Z\" fill=\"#ffffff\""));
  EXPECT_THAT(svg_of(Emf().record(86, box + narrow)), HasSubstr(path + "Z\""));
  EXPECT_THAT(svg_of(Emf().record(6, box + wide)), HasSubstr("d=\"M0 0L1 2L3 4L5 6\""));
  EXPECT_THAT(svg_of(Emf().record(27, words({7, 8})).record(54, words({9, 9}))),
              HasSubstr("d=\"M7 8L9 9\""));
  EXPECT_THAT(svg_of(Emf().record(5, box + wide)), HasSubstr("d=\"M0 0C1 2 3 4 5 6\""));
  EXPECT_THAT(svg_of(Emf().record(88, box + narrow)), HasSubstr("d=\"M0 0C1 2 3 4 5 6\""));
  EXPECT_THAT(
      svg_of(Emf().record(91, box + words({2, 5, 3, 2}) + shorts({1, 1, 2, 2, 3, 1, 7, 7, 8, 8}))),
      HasSubstr("d=\"M1 1L2 2L3 1ZM7 7L8 8Z\""));
  EXPECT_THAT(
      svg_of(Emf().record(90, box + words({2, 4, 2, 2}) + shorts({1, 1, 2, 2, 7, 7, 8, 8}))),
      HasSubstr("d=\"M1 1L2 2M7 7L8 8\" fill=\"none\""));
  EXPECT_THAT(svg_of(Emf().record(56, box + words({3, 1, 1, 2, 2, 3, 1}) + "\6\2\3"s)),
              HasSubstr("L2 2"));
}

TEST(Metafile, CirclesGoThroughTheirFourPoints) {
  const std::string svg = svg_of(Emf().record(42, words({10, 10, 30, 50})));
  for (const char* point : {"M30 30", " 20 10", " 10 30", " 20 50", " 30 30Z"}) {
    EXPECT_THAT(svg, HasSubstr(point));
  }
}

// A quarter from the right to the top; clockwise it is the other three.
TEST(Metafile, ArcsGoAnticlockwiseUnlessTold) {
  const std::string quarter = words({0, 0, 20, 20, 20, 10, 10, 0});
  EXPECT_THAT(svg_of(Emf().record(45, quarter)), HasSubstr("d=\"M20 10C20 4.48 15.52 0 10 0\""));
  EXPECT_THAT(svg_of(Emf().record(57, words({2})).record(45, quarter)),
              HasSubstr("d=\"M20 10C20 15.52 15.52 20 10 20C"));
  EXPECT_THAT(svg_of(Emf().record(47, quarter)), HasSubstr("10 0L10 10Z\""));
  EXPECT_THAT(svg_of(Emf().record(46, quarter)), HasSubstr("10 0Z\""));
}

TEST(Metafile, PathsAreDrawnAsOne) {
  const auto path = [](std::uint32_t last) {
    return svg_of(Emf()
                      .record(59)
                      .record(27, words({1, 1}))
                      .record(54, words({5, 1}))
                      .record(54, words({5, 5}))
                      .record(61)
                      .rectangle(2, 2, 3, 3)
                      .record(60)
                      .record(last, words({0, 0, 0, 0})));
  };
  const std::string d = "d=\"M1 1L5 1L5 5ZM2 2L3 2L3 3L2 3Z\"";
  EXPECT_THAT(path(62), AllOf(HasSubstr(d + " fill=\"#ffffff\""), Not(HasSubstr("stroke"))));
  EXPECT_THAT(path(64), HasSubstr(d + " fill=\"none\" stroke"));
  EXPECT_THAT(path(63), HasSubstr(d + " fill=\"#ffffff\" fill-rule=\"evenodd\" stroke"));
  EXPECT_EQ(path(68), "nothing");
}

TEST(Metafile, ClipsLieInEachOther) {
  const std::string svg = svg_of(Emf()
                                     .record(33)
                                     .record(30, words({10, 10, 20, 20}))
                                     .record(30, words({15, 5, 40, 18}))
                                     .rectangle(0, 0, 99, 49)
                                     .record(34, words({-1}))
                                     .rectangle(1, 1, 2, 2));
  EXPECT_THAT(svg, HasSubstr("<clipPath id=\"d2\" clip-path=\"url(#d1)\">"));
  EXPECT_THAT(svg, HasSubstr("<g clip-path=\"url(#d2)\">\n<path d=\"M0 0L99 0L99 49L0 49Z\""));
  EXPECT_THAT(svg, HasSubstr("</g>\n<path d=\"M1 1"));
}

TEST(Metafile, AClipToAllOfThePictureIsNone) {
  EXPECT_THAT(svg_of(Emf().record(30, words({0, 0, 100, 50})).rectangle(1, 1, 2, 2)),
              Not(HasSubstr("clip")));
}

TEST(Metafile, CoordinateSystems) {
  // A window of 1000 by 500 on a viewport of 100 by 50, with its origin at (100, 100).
  const std::string window = svg_of(Emf()
                                        .record(17, words({8}))
                                        .record(9, words({1000, 500}))
                                        .record(10, words({100, 100}))
                                        .record(11, words({100, 50}))
                                        .rectangle(200, 200, 300, 400));
  EXPECT_THAT(window, HasSubstr("d=\"M10 10L20 10L20 30L10 30Z\""));
  // Tenths of a millimetre, upwards: 254 are an inch, 96 pixels.
  EXPECT_THAT(svg_of(Emf().record(17, words({2})).rectangle(0, 0, 254, -127)),
              HasSubstr("d=\"M0 0L96 0L96 48L0 48Z\""));
  const auto real = [](float value) {
    return test::little(std::bit_cast<std::uint32_t>(value), 4);
  };
  const std::string turn = real(0) + real(1) + real(-1) + real(0) + real(50) + real(0);
  EXPECT_THAT(svg_of(Emf().record(35, turn).rectangle(0, 0, 10, 20)),
              HasSubstr("d=\"M50 0L50 10L30 10L30 0Z\""));
  const std::string twice = real(2) + real(0) + real(0) + real(2) + real(0) + real(0);
  EXPECT_THAT(svg_of(Emf().record(35, turn).record(36, twice + words({2})).rectangle(0, 0, 5, 10)),
              HasSubstr("d=\"M50 0L50 10L30 10L30 0Z\""));
}

TEST(Metafile, TextHasItsFontItsPlaceAndItsRoom) {
  std::string font =
      words({1, -20, 0, 900, 0, 700}) + "\1\0\0\0"s + std::string(4, '\0') + test::utf16("Arial");
  font.resize(320, '\0');
  const std::string svg = svg_of(Emf()
                                     .record(82, font)
                                     .select(1)
                                     .record(24, words({0x0000FF}))
                                     .record(22, words({24}))
                                     .text("a<&\"b", 10, 30, 0, 12));
  EXPECT_THAT(svg, HasSubstr("x=\"10\" y=\"30\" font-size=\"20\" font-family=\"Arial\" "
                             "font-weight=\"bold\" font-style=\"italic\" textLength=\"60\""));
  EXPECT_THAT(svg, HasSubstr("rotate(-90 10 30)"));
  EXPECT_THAT(svg, HasSubstr("fill=\"#ff0000\""));
  EXPECT_EQ(xml_text(parse_xml(svg, "svg").root().child("text")), "a<&\"b");
}

TEST(Metafile, TextStandsBelowItsPlaceUnlessItIsOnTheBaseLine) {
  EXPECT_THAT(svg_of(Emf().text("a", 10, 20)), HasSubstr("y=\"30.86\""));  // 12 high
  EXPECT_THAT(svg_of(Emf().record(22, words({8})).text("a", 10, 20)), HasSubstr("y=\"17.46\""));
  EXPECT_THAT(svg_of(Emf().record(22, words({6})).text("a", 10, 20)), HasSubstr("\"middle\""));
  EXPECT_THAT(svg_of(Emf().record(22, words({2})).text("a", 10, 20)), HasSubstr("\"end\""));
}

TEST(Metafile, TextWithoutWordsAndControlsLeaveNothingBroken) {
  EXPECT_EQ(svg_of(Emf().text("  ", 1, 1)), "nothing");
  EXPECT_THAT(svg_of(Emf().text("a\1\x1F\tb", 1, 1)), HasSubstr(">ab</text>"));
}

TEST(Metafile, GlyphsByNumberAreLeftOutAndCounted) {
  const auto drawn = draw_metafile(Emf().rectangle(1, 1, 2, 2).text("ab", 1, 1, 0x10).bytes());
  ASSERT_TRUE(drawn);
  EXPECT_EQ(drawn->left_out, 1U);
}

TEST(Metafile, OneBitmapIsAPng) {
  const std::string red_green = "\0\0\xFF\0\xFF\0\0\0"s;  // a row of 24 bits, filled up
  EXPECT_EQ(pixels_of(Emf(100, 50).bitmap(test::bitmap_header(2, 1, 24), red_green, 0, 0, 100, 50)),
            (std::vector<Color>{kRed, kGreen}));
}

TEST(Metafile, BitmapsOfEveryDepth) {
  const auto draw = [](const std::string& header, const std::string& bits) {
    return pixels_of(Emf(100, 100).bitmap(header, bits, 0, 0, 100, 100));
  };
  const std::vector<Color> expected = {kRed, kGreen, kGreen, kRed};
  // Rows from the bottom: the second one first.
  EXPECT_EQ(draw(test::bitmap_header(2, 2, 1) + kTwoPalette, "\x80\0\0\0\x40\0\0\0"s), expected);
  EXPECT_EQ(draw(test::bitmap_header(2, -2, 1) + kTwoPalette, "\x40\0\0\0\x80\0\0\0"s), expected);
  EXPECT_EQ(draw(test::bitmap_header(2, 2, 4) + kTwoPalette, "\x10\0\0\0\1\0\0\0"s), expected);
  EXPECT_EQ(draw(test::bitmap_header(2, 2, 8) + kTwoPalette, "\1\0\0\0\0\1\0\0"s), expected);
  EXPECT_EQ(draw(test::bitmap_header(2, 2, 16), "\xE0\3\0\x7C\0\x7C\xE0\3"s), expected);
  EXPECT_EQ(draw(test::bitmap_header(2, 2, 24), "\0\xFF\0\0\0\xFF\0\0\0\0\xFF\0\xFF\0\0\0"s),
            expected);
  EXPECT_EQ(draw(test::bitmap_header(2, 2, 32), "\0\xFF\0\0\0\0\xFF\0\0\0\xFF\0\0\xFF\0\0"s),
            expected);
  EXPECT_EQ(draw(test::bitmap_header(2, 2, 32, 3) + words({0xFF, 0xFF00, 0xFF0000}),
                 "\0\xFF\0\0\xFF\0\0\0\xFF\0\0\0\0\xFF\0\0"s),
            expected);
  EXPECT_EQ(draw(test::bitmap_header(2, 2, 8, 1) + kTwoPalette, "\1\1\1\0\0\0\1\0\1\1\0\1"s),
            expected);
  EXPECT_EQ(draw(test::bitmap_header(2, 2, 4, 2) + kTwoPalette, "\2\x10\0\0\2\x01\0\1"s), expected);
  EXPECT_EQ(draw(words({12}) + shorts({2, 2, 1, 24}), "\0\xFF\0\0\0\xFF\0\0\0\0\xFF\0\xFF\0\0\0"s),
            expected);
}

TEST(Metafile, APartOfABitmapCountsFromItsBottom) {
  const std::string bits = "\xFF\0\0\0\0\0\xFF\0"s;  // blue below, red above
  const std::string header = test::bitmap_header(1, 2, 24);
  EXPECT_EQ(pixels_of(Emf(50, 50).bitmap(header, bits, 0, 0, 50, 50, 0xCC0020, {0, 0, 1, 1})),
            std::vector<Color>{kBlue});
  EXPECT_EQ(pixels_of(Emf(50, 50).bitmap(header, bits, 0, 0, 50, 50, 0xCC0020, {0, 1, 1, 1})),
            std::vector<Color>{kRed});
}

TEST(Metafile, MasksMakeThePicturesBehindThemClear) {
  const std::string mask = test::bitmap_header(2, 1, 24);
  const std::string white_black = "\xFF\xFF\xFF\0\0\0\0\0"s;
  const std::string black_red = "\0\0\0\0\0\xFF\0\0"s;
  EXPECT_EQ(pixels_of(Emf(100, 50).bitmap(mask, white_black, 0, 0, 100, 50, 0x8800C6)),
            (std::vector<Color>{{255, 255, 255, 0}, kBlack}));
  EXPECT_EQ(pixels_of(Emf(100, 50).bitmap(mask, black_red, 0, 0, 100, 50, 0x660046)),
            (std::vector<Color>{{0, 0, 0, 0}, kRed}));
}

TEST(Metafile, BitmapsAmongOtherThingsAreWithinTheSvg) {
  const std::string svg =
      svg_of(Emf()
                 .rectangle(1, 1, 9, 9)
                 .bitmap(test::bitmap_header(1, 1, 24), "\0\0\xFF\0"s, 10, 20, 30, 20));
  EXPECT_THAT(svg, HasSubstr("transform=\"matrix(30 0 0 20 10 20)\""));
  const std::size_t begin = svg.find("base64,") + 7;
  const auto png = decode_base64(svg.substr(begin, svg.find('"', begin) - begin));
  ASSERT_TRUE(png);
  EXPECT_EQ(pixels_of(std::string(png->begin(), png->end())), std::vector<Color>{kRed});
}

TEST(Metafile, HatchesArePatterns) {
  const std::string svg = svg_of(Emf().brush(1, 0xFF0000, 2, 4).rectangle(0, 0, 9, 9));
  EXPECT_THAT(svg, AllOf(HasSubstr("<pattern id=\"d1\""), HasSubstr("fill=\"url(#d1)\"")));
}

TEST(Metafile, OldMetafilesDrawTheSame) {
  const std::string svg = svg_of(Wmf()
                                     .record(0x02FC, shorts({0}) + words({0x0000FF}) + shorts({0}))
                                     .select(0)
                                     .record(0x041B, shorts({40, 30, 20, 10}))
                                     .record(0x0214, shorts({2, 1}))
                                     .record(0x0213, shorts({4, 3}))
                                     .record(0x0324, shorts({3, 1, 2, 3, 4, 5, 6}))
                                     .record(0x0538, shorts({2, 2, 2, 1, 1, 2, 2, 7, 7, 8, 8}))
                                     .record(0x0521, shorts({3}) + "abc\0"s + shorts({30, 10})));
  EXPECT_THAT(svg, HasSubstr("d=\"M10 20L30 20L30 40L10 40Z\" fill=\"#ff0000\""));
  EXPECT_THAT(svg, HasSubstr("d=\"M1 2L3 4\" fill=\"none\""));
  EXPECT_THAT(svg, HasSubstr("d=\"M1 2L3 4L5 6Z\""));
  EXPECT_THAT(svg, HasSubstr("d=\"M1 1L2 2ZM7 7L8 8Z\""));
  EXPECT_THAT(svg, HasSubstr(">abc</text>"));
}

TEST(Metafile, OldMetafilesWithoutASizeHaveTheirFirstWindow) {
  const std::string svg = svg_of(Wmf()
                                     .record(0x020B, shorts({100, 100}))
                                     .record(0x020C, shorts({300, 600}))
                                     .record(0x041B, shorts({400, 700, 100, 100}))
                                     .bytes(false));
  EXPECT_THAT(svg, HasSubstr("width=\"600\" height=\"300\""));
  EXPECT_THAT(svg, HasSubstr("d=\"M0 0L600 0L600 300L0 300Z\""));
}

TEST(Metafile, TextOfOldMetafilesIsInTheCharsetOfItsFont) {
  const std::string font = shorts({-12, 0, 0, 0, 400}) + "\0\0\0\xCC\0\0\0\0"s + "Arial\0"s;
  EXPECT_THAT(svg_of(Wmf()
                         .record(0x02FB, font)
                         .select(0)
                         .record(0x0521, shorts({2}) + "\xC4\xE0" + shorts({30, 10}))),
              HasSubstr(">\u0414\u0430</text>"));
}

// Within the time of a test: a code page for each would take a minute.
TEST(Metafile, TextsByTheTenThousand) {
  Wmf wmf;
  for (int i = 0; i < 30'000; ++i) wmf.record(0x0521, shorts({2}) + "\xE9z" + shorts({30, 10}));
  EXPECT_THAT(svg_of(wmf), HasSubstr(">\u00E9z</text>"));
}

TEST(Metafile, PlacesOfDeletedObjectsAreUsedAgain) {
  const auto brush = [](std::uint32_t color) { return shorts({0}) + words({color}) + shorts({0}); };
  EXPECT_THAT(svg_of(Wmf()
                         .record(0x02FC, brush(1))
                         .record(0x02FC, brush(2))
                         .record(0x01F0, shorts({0}))
                         .record(0x02FC, brush(0x00FF00))
                         .select(0)
                         .record(0x041B, shorts({9, 9, 0, 0}))),
              HasSubstr("fill=\"#00ff00\""));
}

TEST(Metafile, CutAnywhereDrawsWhatIsThere) {
  const std::string whole =
      Emf()
          .brush(1, 0xFF)
          .rectangle(1, 1, 9, 9)
          .text("abc", 1, 1, 0, 5)
          .bitmap(test::bitmap_header(2, 1, 24), "\1\2\3\4\5\6\0\0"s, 1, 1, 9, 9)
          .bytes();
  const std::string old =
      Wmf().record(0x041B, shorts({40, 30, 20, 10})).record(0x0521, shorts({3}) + "abc\0"s).bytes();
  for (const std::string& bytes : {whole, old}) {
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      const auto drawn = draw_metafile(bytes.substr(0, size));
      if (drawn && drawn->media_type == "image/svg+xml") {
        EXPECT_EQ(parse_xml(drawn->bytes, "svg").defect(), "") << size;
      }
    }
  }
}

TEST(Metafile, AnyRecordMayHoldAnything) {
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    Emf emf;
    Wmf wmf;
    for (int i = 0; i < 12; ++i) {
      std::string body;
      const std::size_t size = random() % 140;
      for (std::size_t k = 0; k < size; ++k) {
        body += static_cast<char>(random() % 3 == 0 ? random() % 256 : random() % 4);
      }
      emf.record(static_cast<std::uint32_t>(random() % 122), body);
      constexpr std::array<std::uint16_t, 12> kFunctions = {0x0B41, 0x0940, 0x0F43, 0x0D33,
                                                            0x0538, 0x0A32, 0x0521, 0x02FB,
                                                            0x0142, 0x0817, 0x0410, 0x012D};
      wmf.record(kFunctions[random() % kFunctions.size()], body);
    }
    for (const std::string& bytes : {emf.bytes(), wmf.bytes()}) {
      const auto drawn = draw_metafile(bytes);
      if (drawn && drawn->media_type == "image/svg+xml") {
        ASSERT_EQ(parse_xml(drawn->bytes, "svg").defect(), "") << round;
      }
    }
  }
}

// A few bytes that claim a picture of gigabytes, and clips in each other by the thousand.
TEST(Metafile, WhatClaimsTooMuchIsLeftOut) {
  for (const int side : {60'000, 3'000}) {
    const auto drawn =
        draw_metafile(Emf()
                          .rectangle(1, 1, 2, 2)
                          .bitmap(test::bitmap_header(side, side, 8, 1), "\1\1"s, 0, 0, 9, 9)
                          .bytes());
    ASSERT_TRUE(drawn);
    EXPECT_EQ(drawn->left_out, 1U) << side;
  }
  Emf clips;
  for (int i = 0; i < 5000; ++i) clips.record(30, words({i % 40, 1, 60, 40}));
  const std::string svg = svg_of(clips.rectangle(0, 0, 99, 49));
  EXPECT_LT(svg.size(), 20'000U);
}

}  // namespace
}  // namespace sluice
