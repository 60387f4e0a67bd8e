#include <gtest/gtest.h>

#include <sluice/testing.hpp>
#include <sluice/zip.hpp>
#include <string>

#include "kit/zip_builder.h"
#include "unit/sdk/code_converter.h"

namespace sluice {
namespace {

using test::ZipBuilder;
using Options = ZipBuilder::Options;

std::string read_named(const Zip& zip, std::string_view name) {
  const ZipEntry* entry = zip.find(name);
  return entry == nullptr ? "<none>" : zip.read(*entry);
}

std::string stream_all(const Zip& zip, const ZipEntry& entry, std::size_t piece) {
  ZipStream stream = zip.stream(entry);
  std::string out;
  std::string buffer(piece, '\0');
  while (const std::size_t got = stream.read(buffer)) out.append(buffer, 0, got);
  EXPECT_EQ(stream.read(buffer), 0u);
  return out;
}

// Text that deflate makes small, but not tiny.
std::string numbers(int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += std::to_string(std::int64_t{i} * 7919) + "\n";
  return out;
}

TEST(Zip, ReadsStoredAndDeflatedEntriesInTheOrderOfTheDirectory) {
  Options stored;
  stored.stored = true;
  const std::string bytes =
      ZipBuilder().add("mimetype", "x/y", stored).add("a/b.xml", numbers(5000)).build();
  const Zip zip(bytes);
  ASSERT_EQ(zip.entries().size(), 2u);
  EXPECT_EQ(zip.entries()[0].name, "mimetype");
  EXPECT_EQ(read_named(zip, "mimetype"), "x/y");
  EXPECT_EQ(read_named(zip, "a/b.xml"), numbers(5000));
  EXPECT_FALSE(zip.is_recovered());
}

TEST(Zip, ReadsEmptyEntries) {
  Options stored;
  stored.stored = true;
  const std::string bytes = ZipBuilder().add("a", "", stored).add("b", "").build();
  const Zip zip(bytes);
  EXPECT_EQ(read_named(zip, "a"), "");
  EXPECT_EQ(read_named(zip, "b"), "");
  EXPECT_EQ(stream_all(zip, zip.entries()[0], 10), "");
  EXPECT_EQ(stream_all(zip, zip.entries()[1], 10), "");
}

TEST(Zip, StreamsWhatItReads) {
  Options stored;
  stored.stored = true;
  const std::string text = numbers(100'000);
  const std::string bytes = ZipBuilder().add("a", text).add("b", text, stored).build();
  const Zip zip(bytes);
  for (const std::size_t piece : {std::size_t{1000}, std::size_t{1} << 20}) {
    EXPECT_EQ(stream_all(zip, zip.entries()[0], piece), text);
    EXPECT_EQ(stream_all(zip, zip.entries()[1], piece), text);
  }
}

TEST(Zip, ReadsAnEmptyArchive) {
  const std::string bytes = ZipBuilder().build();
  const Zip zip(bytes);
  EXPECT_TRUE(zip.entries().empty());
  EXPECT_EQ(zip.find(""), nullptr);
}

TEST(Zip, FindsNamesExactlyFirst) {
  const std::string bytes = ZipBuilder().add("A.xml", "upper").add("a.xml", "lower").build();
  const Zip zip(bytes);
  EXPECT_EQ(read_named(zip, "a.xml"), "lower");
  EXPECT_EQ(read_named(zip, "A.xml"), "upper");
  EXPECT_EQ(read_named(zip, "A.XML"), "upper");
}

TEST(Zip, FindsNamesThatWritersSpellDifferently) {
  const std::string bytes =
      ZipBuilder().add("XL\\Workbook.xml", "w").add("/abs.xml", "a").add("./dot.xml", "d").build();
  const Zip zip(bytes);
  EXPECT_EQ(read_named(zip, "xl/workbook.xml"), "w");
  EXPECT_EQ(read_named(zip, "/xl/workbook.xml"), "w");
  EXPECT_EQ(read_named(zip, "abs.xml"), "a");
  EXPECT_EQ(read_named(zip, "dot.xml"), "d");
  EXPECT_EQ(read_named(zip, "xl"), "<none>");
}

TEST(Zip, FindsTheFirstOfEqualNames) {
  const std::string bytes = ZipBuilder().add("a", "one").add("a", "two").build();
  EXPECT_EQ(read_named(Zip(bytes), "a"), "one");
}

TEST(Zip, KeepsOddNamesAsKeys) {
  const std::string bytes = ZipBuilder()
                                .add("../../etc/passwd", "x")
                                .add("dir/", "")
                                .add(std::string("a\0b", 3), "y")
                                .build();
  const Zip zip(bytes);
  EXPECT_EQ(read_named(zip, "../../etc/passwd"), "x");
  EXPECT_EQ(read_named(zip, "etc/passwd"), "<none>");
  EXPECT_TRUE(zip.entries()[1].is_directory());
  EXPECT_EQ(read_named(zip, std::string_view("a\0b", 3)), "y");
}

TEST(Zip, ReadsSizesAfterTheData) {
  Options descriptor;
  descriptor.descriptor = true;
  const std::string bytes = ZipBuilder().add("a", numbers(100), descriptor).build();
  EXPECT_EQ(read_named(Zip(bytes), "a"), numbers(100));
}

TEST(Zip, ReadsZip64) {
  Options zip64;
  zip64.zip64 = true;
  const std::string bytes =
      ZipBuilder().add("a", numbers(100), zip64).add("b", numbers(200), zip64).build();
  const Zip zip(bytes);
  EXPECT_EQ(read_named(zip, "a"), numbers(100));
  EXPECT_EQ(read_named(zip, "b"), numbers(200));
  EXPECT_FALSE(zip.is_recovered());
}

TEST(Zip, ReadsArchivesBehindOtherBytesAndBeforeThem) {
  Options zip64;
  zip64.zip64 = true;
  const std::string before(5000, '#');
  for (const Options& options : {Options(), zip64}) {
    const std::string bytes =
        before + ZipBuilder().add("a", "one", options).add("b", "two").build();
    const Zip zip(bytes);
    EXPECT_EQ(read_named(zip, "a"), "one");
    EXPECT_EQ(read_named(zip, "b"), "two");
    EXPECT_FALSE(zip.is_recovered());
  }
  const std::string followed = ZipBuilder().add("a", "one").build() + std::string(1000, '\0');
  EXPECT_EQ(read_named(Zip(followed), "a"), "one");
}

TEST(Zip, FindsEntriesOfAnArchiveWithoutDirectory) {
  Options descriptor;
  descriptor.descriptor = true;
  ZipBuilder builder;
  builder.add("a", numbers(300)).add("b", numbers(400), descriptor).add("c", "last");
  const Zip zip(builder.without_directory());
  EXPECT_TRUE(zip.is_recovered());
  EXPECT_EQ(read_named(zip, "a"), numbers(300));
  EXPECT_EQ(read_named(zip, "b"), numbers(400));
  EXPECT_EQ(read_named(zip, "c"), "last");
}

TEST(Zip, KeepsWhatAnArchiveThatIsCutOffHoldsWhole) {
  ZipBuilder builder;
  builder.add("a", numbers(300)).add("b", numbers(400));
  const std::string bytes = builder.build();
  const Zip zip(std::string_view(bytes).substr(0, builder.data_size() - 10));
  EXPECT_TRUE(zip.is_recovered());
  EXPECT_EQ(read_named(zip, "a"), numbers(300));
  ASSERT_NE(zip.find("b"), nullptr);
  EXPECT_TRUE(zip.find("b")->cut_off);
  EXPECT_THROW(zip.read(*zip.find("b")), Failure);
  EXPECT_THROW(zip.stream(*zip.find("b")), Failure);
}

TEST(Zip, ReadsAJobsSourceMappedOrPieceByPiece) {
  const std::string text = numbers(3'000'000);
  Options stored;
  stored.stored = true;
  const std::string large = ZipBuilder().add("a", text, stored).add("b", "end").build();
  ASSERT_GT(large.size(), std::size_t{16} << 20);
  // This job cannot be mapped.
  RecordingJob job(
      large.size(),
      [&large](std::uint64_t offset, std::uint8_t* buffer, std::size_t size) {
        return large.copy(reinterpret_cast<char*>(buffer), size, static_cast<std::size_t>(offset));
      },
      "a.zip", "application/zip");
  CodeConverter convert([&](Job& raw) {
    const Zip zip(raw);
    EXPECT_EQ(read_named(zip, "b"), "end");
    EXPECT_EQ(read_named(zip, "a"), text);
    EXPECT_EQ(stream_all(zip, *zip.find("a"), 100'000), text);
    raw.write("read");
  });
  EXPECT_EQ(job.run(convert), Outcome::kOk) << job.reason();
  RecordingJob small(ZipBuilder().add("a", "one").build(), "a.zip", "application/zip");
  CodeConverter convert_small([](Job& raw) {
    EXPECT_EQ(read_named(Zip(raw), "a"), "one");
    raw.write("read");
  });
  EXPECT_EQ(small.run(convert_small), Outcome::kOk) << small.reason();
}

// The field 0x7075 for `name`: version, checksum of the name, the name in UTF-8.
std::string unicode_path(std::string_view checksum, std::string_view utf8) {
  std::string field("\x75\x70", 2);
  field += static_cast<char>(5 + utf8.size());
  field += '\0';
  return field + '\1' + std::string(checksum) + std::string(utf8);
}

TEST(Zip, TellsHowANameIsEncoded) {
  Options plain;
  Options flagged;
  flagged.flags = 1U << 11U;
  Options beside;
  beside.extra = unicode_path("\x43\xbe\xb7\xe8", "\xC3\xA4");  // CRC-32 of "a"
  Options of_another;
  of_another.extra = unicode_path("\1\2\3\4", "x");
  const std::string bytes = ZipBuilder()
                                .add("plain", "", plain)
                                .add("flagged", "", flagged)
                                .add("a", "", beside)
                                .add("b", "", of_another)
                                .build();
  const Zip zip(bytes);
  EXPECT_FALSE(zip.find("plain")->name_is_utf8);
  EXPECT_TRUE(zip.find("flagged")->name_is_utf8);
  EXPECT_EQ(zip.find("a")->unicode_name, "\xC3\xA4");
  EXPECT_EQ(zip.find("b")->unicode_name, "");
}

TEST(Zip, TellsModesAndTimes) {
  Options link;
  link.unix_mode = 0120777;
  const std::string bytes = ZipBuilder().add("plain", "").add("link", "to", link).build();
  const Zip zip(bytes);
  EXPECT_EQ(zip.find("plain")->unix_mode, 0U);
  EXPECT_EQ(zip.find("link")->unix_mode, 0120777U);
  EXPECT_EQ(zip.find("link")->dos_time, 0x5021'0000U);
}

}  // namespace
}  // namespace sluice
