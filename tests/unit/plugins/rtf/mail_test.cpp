// What mail programs put into RTF, and how Outlook compresses it.
#include <sluice/plugin.hpp>

#include "rtf/compressed.hpp"
#include "rtf/encapsulated.hpp"
#include "rtf_run.h"

namespace sluice::rtf {
namespace {

std::string unpack(const std::string& bytes) {
  return decompressed({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}).rtf;
}

// [MS-OXRTFCP] 4.1.1.
const std::string kCompressedSample(
    "\x2d\x00\x00\x00\x2b\x00\x00\x00\x4c\x5a\x46\x75\xf1\xc5\xc7\xa7\x03\x00\x0a\x00\x72\x63\x70"
    "\x67\x31\x32\x35\x42\x32\x0a"
    "\xf3\x20\x68\x65\x6c\x09\x00\x20\x62\x77\x05\xb0\x6c\x64\x7d\x0a\x80\x0f\xa0",
    49);

TEST(CompressedRtf, SampleOfTheSpecification) {
  const Decompressed done = decompressed(
      {reinterpret_cast<const std::uint8_t*>(kCompressedSample.data()), kCompressedSample.size()});
  EXPECT_EQ(done.rtf, "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
  EXPECT_FALSE(done.is_damaged);
}

// 4.2.1: a reference that reads what it writes.
TEST(CompressedRtf, ReferenceIntoItself) {
  const std::string bytes(
      "\x1a\x00\x00\x00\x1c\x00\x00\x00\x4c\x5a\x46\x75\xe2\xd4\x4b\x51\x41\x00\x04\x20\x57\x58\x59"
      "\x5a\x0d\x6e\x7d\x01\x0e\xb0",
      30);
  EXPECT_EQ(unpack(bytes), "{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}");
}

TEST(CompressedRtf, Uncompressed) {
  EXPECT_EQ(unpack(std::string("\x13\0\0\0\x07\0\0\0MELA\0\0\0\0{\\rtf1}", 23)), "{\\rtf1}");
}

TEST(CompressedRtf, EveryPrefixIsDamagedOrRefused) {
  for (std::size_t size = 0; size < kCompressedSample.size(); ++size) {
    const std::string cut = kCompressedSample.substr(0, size);
    const std::span<const std::uint8_t> bytes(reinterpret_cast<const std::uint8_t*>(cut.data()),
                                              cut.size());
    if (size < 16) {
      EXPECT_THROW(decompressed(bytes), Failure) << size;
    } else {
      EXPECT_TRUE(decompressed(bytes).is_damaged) << size;
    }
  }
}

TEST(CompressedRtf, AnyChangedByteIsNoticed) {
  for (std::size_t at = 16; at < kCompressedSample.size(); ++at) {
    std::string changed = kCompressedSample;
    changed[at] = static_cast<char>(changed[at] ^ 0x20);
    EXPECT_TRUE(
        decompressed({reinterpret_cast<const std::uint8_t*>(changed.data()), changed.size()})
            .is_damaged)
        << at;
  }
}

const char* const kHtml =
    "{\\rtf1\\ansi\\ansicpg1252\\fromhtml1 \\deff0{\\fonttbl{\\f0\\fswiss "
    "Arial;}{\\f1\\fcharset204 Arial;}}\n"
    "{\\*\\htmltag19 <html>}{\\*\\htmltag50 <body>}\\htmlrtf {\\htmlrtf0 {\\*\\htmltag64 "
    "<p>}\\htmlrtf "
    "{\\b\\htmlrtf0 A \\'e9 {\\*\\htmltag84 &amp;}\\htmlrtf &\\htmlrtf0  < "
    "\\f1\\'cf\\f0{\\*\\htmltag244 <o:p>}"
    "{\\*\\mhtmltag64 <q>}\\htmlrtf }\\htmlrtf0 {\\*\\htmltag72 </p>}\\par{\\*\\htmltag58 "
    "</body>}}";

TEST(EncapsulatedHtml, IsTakenOutAsItWas) {
  EXPECT_EQ(encapsulated_in(kHtml), Encapsulated::kHtml);
  EXPECT_EQ(de_encapsulated(kHtml),
            "<html><body><p>A \u00E9 &amp; &lt; \u041F<o:p></p>\r\n</body>");
}

TEST(EncapsulatedHtml, IsConvertedAsHtml) {
  Sample sample(kHtml);
  EXPECT_EQ(sample.run(), Outcome::kOk);
  EXPECT_EQ(sample.job.body(), "A \u00E9 & < \u041F\n");
}

TEST(EncapsulatedHtml, SaysWhatItHides) {
  Sample sample(
      "{\\rtf1\\ansi\\fromhtml1 {\\*\\htmltag <p>}shown{\\*\\htmltag </p><p "
      "hidden>}secret{\\*\\htmltag "
      "</p>}}");
  EXPECT_EQ(sample.run(), Outcome::kOk);
  EXPECT_EQ(sample.job.body(), "shown\n");
  ASSERT_EQ(sample.job.warnings().size(), 1U);
  EXPECT_EQ(sample.job.warnings()[0].message, "1 hidden element is left out: \"secret\"");
}

TEST(EncapsulatedHtml, TextIsTakenOutWithoutEscapes) {
  const char* const text =
      "{\\rtf1\\ansi\\fromtext {\\fonttbl{\\f0 Arial;}}\\f0 a < b\\par c\\line d\\tab e\\par}";
  EXPECT_EQ(encapsulated_in(text), Encapsulated::kText);
  EXPECT_EQ(de_encapsulated(text), "a < b\r\nc\r\nd\te\r\n");
}

TEST(EncapsulatedHtml, TheWordMustStandInTheHeader) {
  EXPECT_EQ(encapsulated_in("{\\rtf1\\ansi text \\fromhtml1}"), Encapsulated::kNothing);
  EXPECT_EQ(encapsulated_in("{\\rtf1\\ansi\\fromhtml0 }"), Encapsulated::kNothing);
}

}  // namespace
}  // namespace sluice::rtf
