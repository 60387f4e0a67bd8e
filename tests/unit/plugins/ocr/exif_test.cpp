// SPDX-License-Identifier: Apache-2.0
#include "ocr/exif.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <tuple>

#include "drawn_page.h"

namespace sluice::test {
namespace {

using ::testing::HasSubstr;

// An EXIF segment that says how the camera was held.
std::string exif_segment(int orientation, bool little) {
  const auto number = [little](unsigned value, unsigned size) {
    std::string bytes;
    for (unsigned i = 0; i < size; ++i) {
      bytes += static_cast<char>(value >> 8 * (little ? i : size - 1 - i) & 0xFF);
    }
    return bytes;
  };
  std::string tiff = little ? "II" : "MM";
  tiff += number(42, 2) + number(8, 4) + number(1, 2) + number(274, 2) + number(3, 2) +
          number(1, 4) + number(static_cast<unsigned>(orientation), 2) + number(0, 2) +
          number(0, 4);
  const std::string body = std::string("Exif\0\0", 6) + tiff;
  std::string segment = "\xff\xe1";
  segment += static_cast<char>((body.size() + 2) >> 8);
  segment += static_cast<char>((body.size() + 2) & 0xFF);
  return segment + body;
}

ocr::Orientation read(const std::string& jpeg) {
  return ocr::orientation_of({reinterpret_cast<const std::uint8_t*>(jpeg.data()), jpeg.size()});
}

TEST(OcrExif, EveryOrientationPutsThePageUpright) {
  const ocr::PixPtr page = drawn(some_text(80, 600), 120);
  for (int value = 1; value <= 8; ++value) {
    // The page as a camera that was held this way stores it: the way back.
    const ocr::Orientation back = read("\xff\xd8" + exif_segment(value, value % 2 == 0));
    ocr::PixPtr stored(back.quarter_turns == 0 ? pixCopy(nullptr, page.get())
                                               : pixRotateOrth(page.get(), 4 - back.quarter_turns));
    if (back.is_mirrored) stored.reset(pixFlipLR(nullptr, stored.get()));
    const std::string jpeg = packed(stored, IFF_JFIF_JPEG);
    const OcrRun run("\xff\xd8" + exif_segment(value, true) + jpeg.substr(2));
    EXPECT_THAT(run.text, HasSubstr("keeps two ledgers for all vessels")) << value;
  }
}

TEST(OcrExif, ValuesAreThoseOfTheStandard) {
  const auto of = [](int value) {
    const ocr::Orientation found = read("\xff\xd8" + exif_segment(value, false));
    return std::tuple(found.is_mirrored, found.quarter_turns);
  };
  EXPECT_EQ(of(1), std::tuple(false, 0));
  EXPECT_EQ(of(2), std::tuple(true, 0));
  EXPECT_EQ(of(3), std::tuple(false, 2));
  EXPECT_EQ(of(6), std::tuple(false, 1));
  EXPECT_EQ(of(8), std::tuple(false, 3));
  EXPECT_EQ(of(0), std::tuple(false, 0));
  EXPECT_EQ(of(9), std::tuple(false, 0));
}

TEST(OcrExif, CutAnywhereItIsUpright) {
  const std::string whole = "\xff\xd8" + exif_segment(6, false);
  for (std::size_t size = 0; size + 12 < whole.size(); ++size) {
    EXPECT_EQ(read(whole.substr(0, size)).quarter_turns, 0) << size;
  }
}

}  // namespace
}  // namespace sluice::test
