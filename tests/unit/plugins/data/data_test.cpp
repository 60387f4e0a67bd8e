#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <sluice/testing.hpp>
#include <string>

#include "data/converter.hpp"

namespace sluice::data {
namespace {

template <class C>
std::string converted(const std::string& source) {
  RecordingJob job(source, "data", "application/octet-stream");
  C converter;
  EXPECT_EQ(job.run(converter), Outcome::kOk) << job.reason();
  return job.body();
}

TEST(Data, IsFencedWithItsLanguage) {
  EXPECT_EQ(converted<JsonConverter>("{\"a\": 1}"), "```json\n{\"a\": 1}\n```\n");
  EXPECT_EQ(converted<XmlConverter>("<a/>\n"), "```xml\n<a/>\n```\n");
  EXPECT_EQ(converted<YamlConverter>("a: 1\n\nb: 2\n"), "```yaml\na: 1\n\nb: 2\n```\n");
  EXPECT_EQ(converted<TomlConverter>("a = 1\n"), "```toml\na = 1\n```\n");
}

TEST(Data, FenceIsLongerThanAnyInside) {
  EXPECT_EQ(converted<YamlConverter>("a: |\n  ```\n  x\n  ```\n"),
            "~~~yaml\na: |\n  ```\n  x\n  ```\n~~~\n");
  EXPECT_EQ(converted<YamlConverter>("````\n~~~\n"), "~~~~yaml\n````\n~~~\n~~~~\n");
  EXPECT_EQ(converted<YamlConverter>("~~~~~\n```\n"), "````yaml\n~~~~~\n```\n````\n");
  EXPECT_EQ(converted<JsonConverter>("{\"a\": \"````\"}"), "```json\n{\"a\": \"````\"}\n```\n");
}

TEST(Data, RefusesAnAbsurdFence) {
  RecordingJob job(std::string(5000, '`') + "\n" + std::string(5000, '~'), "a.json", "x/y");
  JsonConverter converter;
  EXPECT_EQ(job.run(converter), Outcome::kLimit);
}

TEST(Data, LineEndsBecomeLf) {
  EXPECT_EQ(converted<JsonConverter>("[\r\n1,\r2\r\r\n]"), "```json\n[\n1,\n2\n\n]\n```\n");
}

TEST(Data, XmlDeclarationNamesTheEncoding) {
  const std::string source =
      "<?xml version='1.0' encoding='iso-8859-5'?><a>\xBF\xE0\xD8\xD2\xD5\xE2</a>";
  EXPECT_THAT(converted<XmlConverter>(source),
              ::testing::HasSubstr("<a>\xD0\x9F\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82</a>"));
}

TEST(Data, XmlEntitiesAreNotExpanded) {
  const std::string bomb =
      "<!DOCTYPE a [<!ENTITY b \"bb\"><!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n<a>&b;&x;</a>\n";
  EXPECT_EQ(converted<XmlConverter>(bomb), "```xml\n" + bomb + "```\n");
}

TEST(Data, IsEmptyWithoutText) {
  for (const char* source : {"", " \r\n\t"}) {
    RecordingJob job(source, "a.json", "application/json");
    JsonConverter converter;
    EXPECT_EQ(job.run(converter), Outcome::kEmpty);
    EXPECT_EQ(job.body(), "");
    EXPECT_FALSE(job.reason().empty());
  }
}

TEST(Data, WarnsOfWhatCannotBeDecoded) {
  std::string source = "[\"";
  for (int i = 0; i < 50; ++i) source += "\xC3\xA9";
  RecordingJob job(source + "\xFF\"]", "a.json", "application/json");
  JsonConverter converter;
  EXPECT_EQ(job.run(converter), Outcome::kOk);
  ASSERT_EQ(job.warnings().size(), 1u);
  EXPECT_EQ(job.warnings()[0].code, "undecodable");
}

// A source that cannot be mapped, and an output that is not kept: nothing is ever held in full.
TEST(Data, StreamsTextsOfAnySize) {
  constexpr std::uint64_t kSize = std::uint64_t{64} << 20;
  RecordingJob job(
      kSize,
      [](std::uint64_t, std::uint8_t* buffer, std::size_t size) {
        std::memset(buffer, 'x', size);
        return size;
      },
      "big.json", "application/json");
  std::uint64_t written = 0;
  std::size_t largest = 0;
  job.on_body([&](std::string_view piece) {
    written += piece.size();
    largest = std::max(largest, piece.size());
  });
  JsonConverter converter;
  EXPECT_EQ(job.run(converter), Outcome::kOk) << job.reason();
  EXPECT_EQ(written, kSize + std::string("```json\n\n```\n").size());
  EXPECT_LE(largest, std::size_t{64} << 10);
}

TEST(Data, StopsWhenAsked) {
  RecordingJob job(std::string(100, 'x'), "a.json", "application/json");
  job.cancel_after(1);
  JsonConverter converter;
  EXPECT_EQ(job.run(converter), Outcome::kCancelled);
}

TEST(Data, SingsItsCanaries) {
  JsonConverter json;
  XmlConverter xml;
  YamlConverter yaml;
  TomlConverter toml;
  EXPECT_EQ(canary_fault(json), "");
  EXPECT_EQ(canary_fault(xml), "");
  EXPECT_EQ(canary_fault(yaml), "");
  EXPECT_EQ(canary_fault(toml), "");
}

}  // namespace
}  // namespace sluice::data
