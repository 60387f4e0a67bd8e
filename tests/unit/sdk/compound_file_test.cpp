// Compound files as writers make them, and as nobody should: circles, overlaps, lies about sizes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <sluice/compound_file.hpp>
#include <sluice/little_endian.hpp>
#include <sluice/ole_metadata.hpp>
#include <sluice/plugin.hpp>

#include "kit/compound_file_builder.h"

namespace sluice {
namespace {

using test::compound_file;
using test::CompoundFileBuilder;
using testing::ElementsAre;

std::string pattern(std::size_t size, unsigned seed = 1) {
  std::string out;
  for (std::size_t i = 0; i < size; ++i) {
    seed = seed * 1664525 + 1013904223;
    out += static_cast<char>(seed >> 24);
  }
  return out;
}

std::string content(CompoundFile& file, std::string_view name) {
  const auto* entry = file.find(name);
  if (entry == nullptr) return "none";
  const auto read = file.read(*entry);
  return read.is_whole ? read.bytes : "cut: " + std::to_string(read.bytes.size());
}

TEST(CompoundFile, GivesStreamsOfEverySize) {
  for (const std::size_t size : {0, 1, 63, 64, 65, 511, 4095, 4096, 4097, 8192, 100'000}) {
    for (const bool backwards : {false, true}) {
      CompoundFileBuilder builder;
      builder.stream("first", pattern(70)).stream("it", pattern(size)).stream("z", pattern(5000));
      if (backwards) builder.backwards();
      const std::string bytes = builder.build();
      CompoundFile file(bytes);
      EXPECT_EQ(content(file, "it"), pattern(size)) << size;
      EXPECT_EQ(content(file, "first"), pattern(70)) << size;
      EXPECT_EQ(content(file, "z"), pattern(5000)) << size;
      EXPECT_EQ(content(file, "it"), pattern(size)) << "a second time";
    }
  }
}

TEST(CompoundFile, GivesTheFirstBytesOfAStream) {
  const std::string bytes = compound_file({{"large", pattern(9000)}, {"small", pattern(200)}});
  CompoundFile file(bytes);
  for (const std::size_t most : {0, 1, 64, 100, 5000}) {
    const auto large = file.read(*file.find("large"), most);
    EXPECT_TRUE(large.is_whole);
    EXPECT_EQ(large.bytes, pattern(9000).substr(0, most));
    EXPECT_EQ(file.read(*file.find("small"), most).bytes, pattern(200).substr(0, most));
  }
}

TEST(CompoundFile, HasATreeOfStorages) {
  const std::string bytes = compound_file(
      {{"a", "1"}, {"Pool/_1/Workbook", "inner"}, {"Pool/_2/x", "2"}, {"Workbook", "outer"}});
  CompoundFile file(bytes);
  EXPECT_EQ(content(file, "workbook"), "outer");
  const auto* pool = file.find("Pool");
  ASSERT_NE(pool, nullptr);
  EXPECT_EQ(pool->kind, CompoundFile::Kind::kStorage);
  std::vector<std::string> names;
  for (const auto* child : file.children(*pool)) names.push_back(child->name);
  EXPECT_THAT(names, ElementsAre("_1", "_2"));
  const auto* inner = file.find(*file.find(*pool, "_1"), "Workbook");
  ASSERT_NE(inner, nullptr);
  EXPECT_EQ(file.read(*inner).bytes, "inner");
  EXPECT_EQ(file.find(*pool, "Workbook"), nullptr);
  EXPECT_TRUE(file.read(*pool).bytes.empty());
}

TEST(CompoundFile, OfManyTablesIsWhole) {
  // The header names the tables of 7 MB; 24 MB need three sectors of further names.
  for (const std::size_t size : {7'100'000, 7'200'000, 24'000'000}) {
    CompoundFileBuilder builder;
    builder.stream("it", pattern(size));
    const std::string bytes = builder.build();
    CompoundFile file(bytes);
    EXPECT_TRUE(content(file, "it") == pattern(size)) << size;
  }
}

// The entry's bytes in the file, by its name.
std::size_t entry_at(const std::string& bytes, const std::string& name) {
  return bytes.find(test::utf16le(name) + std::string(4, '\0'));
}

TEST(CompoundFile, StreamsThatShareSectorsGiveThemOnce) {
  std::string bytes = compound_file({{"one", pattern(5000)}, {"two", pattern(5000, 2)}});
  bytes.replace(entry_at(bytes, "two") + 116, 4, bytes.substr(entry_at(bytes, "one") + 116, 4));
  CompoundFile file(bytes);
  EXPECT_EQ(content(file, "one"), pattern(5000));
  EXPECT_EQ(content(file, "two"), "cut: 0");

  std::string small = compound_file({{"one", pattern(500)}, {"two", pattern(500, 2)}});
  small.replace(entry_at(small, "two") + 116, 4, small.substr(entry_at(small, "one") + 116, 4));
  CompoundFile other(small);
  EXPECT_EQ(content(other, "two"), pattern(500));
  EXPECT_EQ(content(other, "one"), "cut: 0");
}

TEST(CompoundFile, AChainInACircleEnds) {
  std::string bytes = compound_file({{"it", pattern(5000)}});
  const std::size_t start = little_u32(bytes, entry_at(bytes, "it") + 116);
  const std::size_t table = (std::size_t{little_u32(bytes, 76)} + 1) * 512;
  bytes.replace(table + (start + 3) * 4, 4, test::little(start, 4));
  bytes.replace(entry_at(bytes, "it") + 120, 4, test::little(0xFFFFFFF0, 4));
  CompoundFile file(bytes);
  EXPECT_LE(file.read(*file.find("it")).bytes.size(), bytes.size() + 1024);
  EXPECT_FALSE(file.read(*file.find("it")).is_whole);
}

TEST(CompoundFile, ATreeInACircleHoldsEachEntryOnce) {
  std::string bytes = compound_file({{"a/x", "1"}, {"a/y", "2"}, {"b", "3"}});
  // The child of `a` is `a` itself, the right neighbour of `b` the root.
  bytes.replace(entry_at(bytes, "a") + 76, 4, test::little(1, 4));
  bytes.replace(entry_at(bytes, "b") + 72, 4, test::little(0, 4));
  CompoundFile file(bytes);
  std::multiset<std::string> names;
  for (const auto* child : file.children(file.root())) names.insert(child->name);
  EXPECT_THAT(names, ElementsAre("a", "b", "x", "y"));
}

TEST(CompoundFile, StreamsThatNothingLeadsToAreTheRoots) {
  std::string bytes = compound_file({{"a", "1"}, {"lost", "2"}});
  bytes.replace(entry_at(bytes, "a") + 72, 4, test::little(0xFFFFFFFF, 4));
  CompoundFile file(bytes);
  EXPECT_EQ(content(file, "lost"), "2");
}

TEST(CompoundFile, ALieAboutASizeGivesWhatIsThere) {
  std::string bytes = compound_file({{"it", pattern(5000)}, {"small", pattern(100)}});
  bytes.replace(entry_at(bytes, "it") + 120, 4, test::little(0x7FFFFFFF, 4));
  bytes.replace(entry_at(bytes, "small") + 120, 4, test::little(4000, 4));
  CompoundFile file(bytes);
  EXPECT_EQ(content(file, "it"), "cut: 5120");
  EXPECT_EQ(content(file, "small"), "cut: 128");
}

TEST(CompoundFile, WithoutADirectoryIsMalformed) {
  const std::string bytes = compound_file({{"it", "x"}});
  for (const std::string& broken :
       {std::string(), std::string("PK"), bytes.substr(0, 8), bytes.substr(0, 512)}) {
    EXPECT_THROW(CompoundFile{broken}, Failure);
  }
  std::string shift = bytes;
  shift[30] = 31;
  EXPECT_THROW(CompoundFile{shift}, Failure);
}

// Cut off at every byte, and every byte of its tables spoilt: an answer, and no more bytes than the
// file has.
TEST(CompoundFile, SurvivesDamage) {
  const std::string bytes = compound_file({{"a/x", pattern(300)}, {"b", pattern(4200)}});
  const auto read_all = [](const std::string& damaged) {
    try {
      CompoundFile file(damaged);
      std::vector<const CompoundFile::Entry*> waiting = {&file.root()};
      std::size_t total = 0;
      std::size_t entries = 0;
      while (!waiting.empty()) {
        const auto* entry = waiting.back();
        waiting.pop_back();
        ++entries;
        total += file.read(*entry).bytes.size();
        for (const auto* child : file.children(*entry)) waiting.push_back(child);
      }
      EXPECT_LE(total, damaged.size() * 2);
      EXPECT_LE(entries * 128, damaged.size() + 128);
    } catch (const Failure& failure) {
      EXPECT_EQ(failure.outcome(), Outcome::kMalformed);
    }
  };
  for (std::size_t size = 0; size < bytes.size(); ++size) read_all(bytes.substr(0, size));
  for (std::size_t at = 8; at < bytes.size(); ++at) {
    for (const char byte : {'\x00', '\x01', '\x7F', '\xFE', '\xFF'}) {
      std::string spoilt = bytes;
      spoilt[at] = byte;
      read_all(spoilt);
    }
  }
}

TEST(CompoundFile, StreamsAreReadByName) {
  const std::string bytes = compound_file({{"it", "content"}});
  CompoundFile file(bytes);
  bool is_whole = true;
  EXPECT_EQ(read_stream(file, "it", is_whole), "content");
  EXPECT_EQ(read_stream(file, "other", is_whole), "");
  EXPECT_TRUE(is_whole);
}

TEST(FileTime, IsIsoInUtc) {
  EXPECT_EQ(iso_time_of_filetime(0), "1601-01-01T00:00:00Z");
  EXPECT_EQ(iso_time_of_filetime(116'444'736'000'000'000), "1970-01-01T00:00:00Z");
  EXPECT_EQ(iso_time_of_filetime(133'537'608'000'000'009), "2024-03-01T10:00:00Z");
}

TEST(LittleEndian, ReadsNothingBeyondTheEnd) {
  EXPECT_EQ(little_u32("\1\2\3\4", 0), 0x04030201U);
  EXPECT_EQ(little_u32("\1\2\3\4", 1), 0U);
  EXPECT_EQ(little_u16("\1\2", ~std::size_t{0}), 0U);
  FieldReader fields("\1\2\3");
  EXPECT_EQ(fields.u16(), 0x0201);
  EXPECT_TRUE(fields.ok());
  EXPECT_EQ(fields.u16(), 0);
  EXPECT_FALSE(fields.ok());
  EXPECT_EQ(fields.u8(), 0) << "nothing behind a field that was cut off";
}

TEST(LittleEndian, Utf16WithSurrogatesBecomesUtf8) {
  EXPECT_EQ(utf8_of_utf16le(std::string("a\0\x3D\xD8\x00\xDE\xE9\0", 8)), "a\U0001F600\u00E9");
  EXPECT_EQ(utf8_of_utf16le(std::string("\x3D\xD8"
                                        "a\0\0",
                                        5)),
            "\uFFFD"
            "a");
}

}  // namespace
}  // namespace sluice
