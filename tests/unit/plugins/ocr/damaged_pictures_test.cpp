// SPDX-License-Identifier: Apache-2.0
//
// Pictures that are cut, wrong, or too large: each ends soon, with an outcome that says why.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "drawn_page.h"
#include "ocr/picture.hpp"

namespace sluice::test {
namespace {

using ocr::PixPtr;
using ::testing::HasSubstr;

std::span<const std::uint8_t> span_of(const std::string& bytes) {
  return {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()};
}

std::string number(std::uint64_t value, int size) {
  std::string bytes;
  for (int i = 0; i < size; ++i) bytes += static_cast<char>(value >> 8 * i & 0xFF);
  return bytes;
}

// One entry of a TIFF directory, of the type LONG.
std::string entry(unsigned tag, std::uint64_t value) {
  return number(tag, 2) + number(4, 2) + number(1, 4) + number(value, 4);
}

struct TiffSize {
  std::uint64_t width, height, bits, next;
};
std::string tiff_directory(const TiffSize& size) {
  return number(6, 2) + entry(256, size.width) + entry(257, size.height) + entry(258, size.bits) +
         entry(259, 1) + entry(273, 8) + entry(279, 4) + number(size.next, 4);
}

TEST(OcrDamagedPictures, TooLargeOnesAreNotDecoded) {
  const std::string header("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", 16);
  const std::string png =
      header + std::string("\0\1\x86\xa0\0\1\x86\xa0\x08\2\0\0\0", 13) + std::string(200, '\0');
  const std::string bmp = "BM" + number(100, 4) + number(0, 4) + number(54, 4) + number(40, 4) +
                          number(60'000, 4) + number(60'000, 4) + number(1, 2) + number(24, 2) +
                          std::string(60, '\0');
  const std::string gif = "GIF89a" + number(65'535, 2) + number(65'535, 2) + std::string(40, '\0');
  const std::string tiff =
      "II*" + std::string(1, '\0') + number(8, 4) + tiff_directory({90'000, 90'000, 8, 0});
  const std::string wide =
      "II*" + std::string(1, '\0') + number(8, 4) + tiff_directory({0xffffffff, 1, 1, 0});
  for (const std::string* picture : {&png, &bmp, &gif, &tiff, &wide}) {
    const OcrRun run(*picture);
    EXPECT_EQ(run.outcome, Outcome::kLimit) << run.job->reason();
    EXPECT_THAT(run.job->reason(), HasSubstr("pixels"));
  }
}

TEST(OcrDamagedPictures, CutAnywhereTheyEndWell) {
  const PixPtr page = drawn(some_text(80, 600), 50);
  const std::set<Outcome> sound = {Outcome::kOk, Outcome::kPartial, Outcome::kEmpty,
                                   Outcome::kMalformed, Outcome::kUnsupported};
  for (const int format :
       {IFF_PNG, IFF_JFIF_JPEG, IFF_TIFF_ZIP, IFF_TIFF_G4, IFF_WEBP, IFF_BMP, IFF_GIF}) {
    const std::string whole = packed(format == IFF_TIFF_G4 ? PixPtr(pixConvertTo1(page.get(), 160))
                                                           : PixPtr(pixCopy(nullptr, page.get())),
                                     format);
    const std::size_t step = std::max<std::size_t>(1, whole.size() / 40);
    for (std::size_t size = 0; size < whole.size(); size += size < 64 ? 1 : step) {
      const OcrRun run(whole.substr(0, size));
      EXPECT_TRUE(sound.contains(run.outcome))
          << format << " cut at " << size << ": " << run.job->reason();
    }
  }
}

TEST(OcrDamagedPictures, RubbishIsUnsupportedOrMalformed) {
  EXPECT_EQ(OcrRun("").outcome, Outcome::kUnsupported);
  EXPECT_EQ(OcrRun("not a picture").outcome, Outcome::kUnsupported);
  EXPECT_EQ(OcrRun("\x89PNG\r\n\x1a\n").outcome, Outcome::kMalformed);
  EXPECT_EQ(OcrRun("GIF89a").outcome, Outcome::kMalformed);
  EXPECT_EQ(OcrRun("\xff\xd8\xff\xe0rubbish").outcome, Outcome::kMalformed);
  EXPECT_EQ(OcrRun(std::string("II*\0\xff\xff\xff\xff", 8)).outcome, Outcome::kMalformed);
  EXPECT_EQ(OcrRun(std::string("RIFF\0\0\0\0WEBPVP8 ", 16)).outcome, Outcome::kMalformed);
}

TEST(OcrDamagedPictures, DirectoriesThatLeadBackEnd) {
  const std::string loop =
      "II*" + std::string(1, '\0') + number(8, 4) + tiff_directory({4, 4, 8, 8});
  const ocr::Picture picture(span_of(loop));
  EXPECT_EQ(picture.pages(), 1U);
  EXPECT_TRUE(picture.is_cut());
}

TEST(OcrDamagedPictures, PagesBeforeTheCutAreKept) {
  std::vector<PixPtr> pages;
  for (int i = 0; i < 3; ++i) pages.push_back(drawn(some_text(80, 600), 120));
  std::string whole = packed_tiff(pages);
  const ocr::Picture picture(span_of(whole));
  ASSERT_EQ(picture.pages(), 3U);
  const OcrRun run(whole.substr(0, whole.size() - 40));
  EXPECT_EQ(run.outcome, Outcome::kPartial) << run.job->reason();
  EXPECT_THAT(run.text, HasSubstr("keeps two ledgers for all vessels"));
}

TEST(OcrDamagedPictures, ThumbnailsAreNoPages) {
  std::string tiff = "II*" + std::string(1, '\0') + number(8, 4) + number(3, 2) + entry(254, 1) +
                     entry(256, 9) + entry(257, 9) + number(0, 4);
  EXPECT_EQ(OcrRun(tiff).outcome, Outcome::kMalformed);  // and nothing else is in it
}

TEST(OcrDamagedPictures, SmallestPicturesAreEmpty) {
  for (const int side : {1, 2, 3, 9, 31}) {
    for (const int depth : {1, 8, 32}) {
      const PixPtr tiny(pixCreate(side, side, depth));
      const OcrRun run(packed(tiny));
      EXPECT_EQ(run.outcome, Outcome::kEmpty)
          << side << " of " << depth << ": " << run.job->reason();
    }
  }
}

TEST(OcrDamagedPictures, ExtremeShapesEndSoon) {
  for (const auto& [width, height] :
       {std::pair(60'000, 1), std::pair(1, 60'000), std::pair(20'000, 40)}) {
    const PixPtr strip(pixCreate(width, height, 8));
    pixSetAll(strip.get());
    EXPECT_EQ(OcrRun(packed(strip)).outcome, Outcome::kEmpty) << width;
  }
}

}  // namespace
}  // namespace sluice::test
