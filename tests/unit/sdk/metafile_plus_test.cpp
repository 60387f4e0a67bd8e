// What is drawn of pictures that EMF+ alone describes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <random>
#include <sluice/metafile.hpp>
#include <sluice/xml.hpp>

#include "metafile_builder.h"

namespace sluice {
namespace {

using std::string_literals::operator""s;
using test::Emf;
using test::shorts;
using test::words;
using ::testing::HasSubstr;
using ::testing::Not;

// A record of EMF+, and a comment of them that says all there is.
std::string plus(unsigned type, unsigned flags, const std::string& data) {
  const auto size = static_cast<std::int64_t>(data.size());
  return shorts({type, flags}) + words({size + 12, size}) + data;
}
Emf only_plus(const std::string& records) {
  const std::string all = plus(0x4001, 0, words({0, 0, 0, 0})) + records;
  return Emf().record(70, words({static_cast<std::int64_t>(all.size() + 4), 0x2B464D45}) + all);
}
std::string reals(std::initializer_list<float> values) {
  std::string out;
  for (const float value : values) out += words({std::bit_cast<std::int32_t>(value)});
  return out;
}
const std::string kPlusPicture = "\x89PNG\r\n\x1A\n, whole"s;
std::string plus_picture(unsigned slot) {
  return plus(0x4008, 0x500 | slot, words({0xDBC01002, 1, 0, 0, 0, 0, 1}) + kPlusPicture);
}
std::string plus_draw(unsigned slot, float left, float top, float width, float height) {
  return plus(0x401A, slot,
              words({0, 2}) + reals({0, 0, 20, 10}) + reals({left, top, width, height}));
}

std::string only_plus_svg(const std::string& records) {
  const auto drawn = draw_metafile(only_plus(records).bytes());
  if (!drawn) return "nothing";
  EXPECT_EQ(drawn->media_type, "image/svg+xml");
  return drawn->bytes;
}

TEST(MetafilePlus, WhatIsNotDrawnIsCounted) {
  constexpr unsigned kDrawLines = 0x400D;
  const std::string lines = plus(kDrawLines, 0, words({2, 0, 0, 0, 0}));
  const auto drawn = draw_metafile(only_plus(lines + lines).rectangle(1, 1, 2, 2).bytes());
  ASSERT_TRUE(drawn);
  EXPECT_EQ(drawn->left_out, 2U);
  EXPECT_FALSE(draw_metafile(only_plus(lines).bytes()));
}

TEST(MetafilePlus, APictureThatFillsItIsThatPicture) {
  const auto drawn =
      draw_metafile(only_plus(plus_picture(3) + plus_draw(3, 0, 0, 100, 50)).bytes());
  ASSERT_TRUE(drawn);
  EXPECT_EQ(drawn->media_type, "image/png");
  EXPECT_EQ(drawn->bytes, kPlusPicture);
  EXPECT_EQ(drawn->left_out, 0U);
}

// Programs cut pictures into records of 64 KiB.
TEST(MetafilePlus, APictureMayGoOnInTheNextRecord) {
  const std::string object = words({0xDBC01002, 1, 0, 0, 0, 0, 1}) + kPlusPicture;
  const std::string total = words({static_cast<std::int64_t>(object.size())});
  for (std::size_t cut = 0; cut < object.size(); ++cut) {
    const std::string records = plus(0x4008, 0x8503, total + object.substr(0, cut)) +
                                plus(0x4008, 0x8503, total + object.substr(cut)) +
                                plus_draw(3, 0, 0, 100, 50);
    const auto drawn = draw_metafile(only_plus(records).bytes());
    ASSERT_TRUE(drawn) << cut;
    EXPECT_EQ(drawn->bytes, kPlusPicture) << cut;
  }
}

TEST(MetafilePlus, PicturesStandWhereTheyAreDrawn) {
  const std::string world = plus(0x402A, 0, reals({2, 0, 0, 2, 10, 0}));
  const auto placed = [](const std::string& records) {
    return only_plus_svg(plus_picture(0) + records);
  };
  const std::string straight = placed(plus_draw(0, 10, 0, 20, 10));
  EXPECT_THAT(straight, HasSubstr("data:image/png;base64,"));
  EXPECT_EQ(placed(world + plus_draw(0, 0, 0, 10, 5)), straight);
  EXPECT_EQ(placed(plus(0x4030, 2, reals({2})) + plus_draw(0, 5, 0, 10, 5)), straight);
  EXPECT_EQ(placed(plus(0x4025, 0, words({7})) + world + plus(0x4026, 0, words({7})) +
                   plus_draw(0, 10, 0, 20, 10)),
            straight);
  EXPECT_EQ(placed(plus(0x401B, 0,
                        words({0, 2}) + reals({0, 0, 20, 10}) + words({3}) +
                            reals({10, 0, 30, 0, 10, 10}))),
            straight);
}

TEST(MetafilePlus, DrawsBoxesAndText) {
  const std::string boxes =
      plus(0x400A, 0xC000, words({0xFF102030, 2}) + shorts({1, 2, 30, 10, 40, 2, 30, 10}));
  const std::string font =
      plus(0x4008, 0x602,
           words({0xDBC01002}) + reals({12}) + words({2, 1, 0, 5}) + test::utf16("Arial"));
  const std::string text =
      plus(0x401C, 0x8002, words({0xFF0000FF, 0, 5}) + reals({5, 5, 0, 0}) + test::utf16("hello"));
  const auto drawn = draw_metafile(only_plus(boxes + font + text).bytes());
  ASSERT_TRUE(drawn);
  EXPECT_EQ(drawn->left_out, 0U);
  EXPECT_THAT(drawn->bytes, HasSubstr("#102030"));
  EXPECT_THAT(drawn->bytes, HasSubstr(">hello<"));
  EXPECT_THAT(drawn->bytes, HasSubstr("#0000ff"));
}

// A picture of 40 by 20 pixels.
std::string sized_picture() {
  const std::string png = "\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\0\x28\0\0\0\x14"s;
  return plus(0x4008, 0x500, words({0xDBC01002, 1, 0, 0, 0, 0, 1}) + png);
}

std::string draw_box_of(const std::string& part) {
  return plus(0x401A, 0, words({0, 2}) + part + reals({10, 10, 20, 10}));
}

TEST(MetafilePlus, APartOfAPictureIsTheWholeOneClipped) {
  const std::string whole = only_plus_svg(sized_picture() + draw_box_of(reals({0, 0, 40, 20})));
  EXPECT_THAT(whole, Not(HasSubstr("clip-path")));
  // The middle, twice as large as it is.
  const std::string middle = only_plus_svg(sized_picture() + draw_box_of(reals({10, 5, 20, 10})));
  EXPECT_THAT(middle, HasSubstr("clip-path"));
  const std::string corner = only_plus_svg(sized_picture() + draw_box_of(reals({0, 0, 20, 10})));
  EXPECT_THAT(corner, HasSubstr("clip-path"));
  EXPECT_NE(middle, corner);
  const std::string clipped =
      only_plus_svg(sized_picture() + plus(0x4032, 0x000, reals({10, 10, 20, 10})) +
                    plus(0x401A, 0, words({0, 2}) + reals({0, 0, 40, 20}) + reals({0, 5, 40, 20})));
  EXPECT_EQ(middle, clipped);
}

const std::string kPlusBox = plus(0x400A, 0xC000, words({0xFF102030, 1}) + shorts({1, 2, 80, 40}));

TEST(MetafilePlus, BoxesAndRegionsClipWhatFollows) {
  const std::string rect = reals({5, 5, 20, 10});
  const std::string clipped = only_plus_svg(plus(0x4032, 0x000, rect) + kPlusBox);
  EXPECT_THAT(clipped, HasSubstr("clip-path"));
  const std::string region = plus(0x4008, 0x401, words({0xDBC01002, 1, 0x10000000}) + rect);
  EXPECT_EQ(only_plus_svg(region + plus(0x4034, 0x001, "") + kPlusBox), clipped);
  const std::string set = plus(0x4032, 0, rect);
  const std::string all = plus(0x4008, 0x401, words({0xDBC01002, 0, 0x10000003}));
  for (const std::string& ended :
       {set + plus(0x4031, 0, ""), plus(0x4025, 0, words({1})) + set + plus(0x4026, 0, words({1})),
        set + all + plus(0x4034, 0x001, "")}) {
    EXPECT_THAT(only_plus_svg(ended + kPlusBox), Not(HasSubstr("clip-path=")));
  }
  EXPECT_THAT(only_plus_svg(plus(0x4032, 0x400, rect) + kPlusBox), HasSubstr("evenodd"));
}

TEST(MetafilePlus, OtherClipsAreCounted) {
  for (const std::string& clip : {plus(0x4033, 0, ""), plus(0x4035, 0, reals({1, 1})),
                                  plus(0x4032, 0x200, reals({1, 1, 2, 2})), plus(0x4034, 9, "")}) {
    const auto drawn = draw_metafile(only_plus(clip + kPlusBox).bytes());
    ASSERT_TRUE(drawn);
    EXPECT_EQ(drawn->left_out, 1U);
  }
}

TEST(MetafilePlus, ContainersHaveUnitsOfTheirOwn) {
  const std::string half =
      plus(0x4027, 2, reals({0, 0, 50, 25}) + reals({0, 0, 100, 50}) + words({3}));
  const std::string end = plus(0x4029, 0, words({3}));
  const auto box = [](unsigned width, unsigned height) {
    return plus(0x400A, 0xC000, words({0xFF102030, 1}) + shorts({0, 0, width, height}));
  };
  EXPECT_EQ(only_plus_svg(half + box(40, 20) + end + box(8, 4)),
            only_plus_svg(box(20, 10) + box(8, 4)));
}

TEST(MetafilePlus, AnyRecordMayHoldAnything) {
  std::mt19937 random(11);
  for (int round = 0; round < 3000; ++round) {
    std::string records = plus_picture(static_cast<unsigned>(random() % 3));
    for (int i = 0; i < 8; ++i) {
      std::string data;
      const std::size_t size = random() % 80;
      for (std::size_t k = 0; k < size; ++k) {
        data += static_cast<char>(random() % 3 == 0 ? random() % 256 : random() % 4);
      }
      records +=
          plus(0x4001 + static_cast<unsigned>(random() % 0x38),
               static_cast<unsigned>(random() % 3 == 0 ? random() : random() % 4) & 0xFFFF, data);
    }
    records.resize(random() % (records.size() + 1));
    const auto drawn = draw_metafile(only_plus(records).bytes());
    if (drawn && drawn->media_type == "image/svg+xml") {
      EXPECT_EQ(parse_xml(drawn->bytes, "svg").defect(), "");
    }
  }
}

}  // namespace
}  // namespace sluice
