// Archives that lie, and archives that are damaged.
#include <gtest/gtest.h>

#include <random>
#include <sluice/zip.hpp>
#include <string>

#include "kit/zip_builder.h"

namespace sluice {
namespace {

using test::ZipBuilder;
using Options = ZipBuilder::Options;

std::string stream_all(const Zip& zip, const ZipEntry& entry) {
  ZipStream stream = zip.stream(entry);
  std::string out;
  std::string buffer(1000, '\0');
  while (const std::size_t got = stream.read(buffer)) out.append(buffer, 0, got);
  return out;
}

struct Refusal {
  Outcome outcome = Outcome::kOk;
  std::string reason;
};

template <class Code>
Refusal refusal(Code code) {
  try {
    code();
  } catch (const Failure& failure) {
    return {failure.outcome(), failure.what()};
  }
  return {};
}

// What opening the archive, or else reading and streaming its first entry, ends in.
Outcome fate(const std::string& bytes, const ZipLimits& limits = {}) {
  const auto opened = refusal([&] { Zip(bytes, limits); });
  if (opened.outcome != Outcome::kOk) return opened.outcome;
  const auto read = refusal([&] {
    const Zip zip(bytes, limits);
    zip.read(zip.entries()[0]);
  });
  const auto streamed = refusal([&] {
    const Zip zip(bytes, limits);
    stream_all(zip, zip.entries()[0]);
  });
  EXPECT_EQ(read.outcome, streamed.outcome) << read.reason << " / " << streamed.reason;
  return read.outcome;
}

TEST(HostileZip, RefusesWhatIsNone) {
  EXPECT_EQ(fate(""), Outcome::kMalformed);
  EXPECT_EQ(fate("PK"), Outcome::kMalformed);
  EXPECT_EQ(fate(std::string(100'000, 'x')), Outcome::kMalformed);
  EXPECT_EQ(fate("<html><body>not a document</body></html>"), Outcome::kMalformed);
}

TEST(HostileZip, TellsProtectedDocumentsFromOldFormats) {
  const std::string compound = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(600, '\1');
  EXPECT_EQ(fate(compound), Outcome::kUnsupported);
  std::string name;
  for (const char c : std::string("EncryptedPackage")) name += std::string{c, '\0'};
  EXPECT_EQ(fate(compound + name), Outcome::kEncrypted);
}

TEST(HostileZip, SaysThatAnEntryIsEncrypted) {
  Options encrypted;
  encrypted.flags = 1;
  EXPECT_EQ(fate(ZipBuilder().add("a", "secret", encrypted).build()), Outcome::kEncrypted);
}

TEST(HostileZip, SaysThatAMethodIsNotKnown) {
  Options bzip2;
  bzip2.method = 12;
  EXPECT_EQ(fate(ZipBuilder().add("a", "x", bzip2).build()), Outcome::kUnsupported);
}

TEST(HostileZip, CountsWhatComesOutNotWhatIsDeclared) {
  for (const bool stored : {false, true}) {
    for (const std::uint64_t lie : {100u, 99'999u, 100'001u}) {
      Options options;
      options.stored = stored;
      options.size = lie;
      EXPECT_EQ(fate(ZipBuilder().add("a", std::string(100'000, 'x'), options).build()),
                Outcome::kMalformed)
          << stored << " " << lie;
    }
  }
}

TEST(HostileZip, AllocatesNothingForASizeThatCannotBe) {
  Options options;
  options.zip64 = true;
  options.size = std::uint64_t{1} << 62;
  const std::string bytes = ZipBuilder().add("a", "short", options).build();
  EXPECT_EQ(fate(bytes), Outcome::kLimit);
  ZipLimits none;
  none.read_bytes = none.total_bytes = none.ratio_grace = ~std::uint64_t{0};
  EXPECT_EQ(fate(bytes, none), Outcome::kMalformed);
}

TEST(HostileZip, ComparesTheChecksum) {
  Options options;
  options.crc = 12345;
  EXPECT_EQ(fate(ZipBuilder().add("a", "text", options).build()), Outcome::kMalformed);
  options.stored = true;
  EXPECT_EQ(fate(ZipBuilder().add("a", "text", options).build()), Outcome::kMalformed);
}

TEST(HostileZip, RefusesCompressedDataThatIsCutShortByTheDirectory) {
  Options options;
  options.compressed_size = 20;
  std::string text;
  for (int i = 0; i < 1000; ++i) text += std::to_string(i * i);
  EXPECT_EQ(fate(ZipBuilder().add("a", text, options).build()), Outcome::kMalformed);
}

TEST(HostileZip, RefusesEntriesOutsideOfTheFile) {
  for (const std::uint64_t offset :
       {std::uint64_t{5}, std::uint64_t{100'000}, ~std::uint64_t{0} - 10, std::uint64_t{1} << 63}) {
    Options options;
    options.zip64 = true;
    options.header_offset = offset;
    EXPECT_EQ(fate(ZipBuilder().add("a", "text", options).build()), Outcome::kMalformed) << offset;
  }
  Options options;
  options.zip64 = true;
  options.compressed_size = ~std::uint64_t{0} - 20;
  EXPECT_EQ(fate(ZipBuilder().add("a", "text", options).build()), Outcome::kMalformed);
}

TEST(HostileZip, RefusesEntriesThatShareTheirBytes) {
  ZipBuilder builder;
  builder.add("a", std::string(100'000, 'x'));
  for (int i = 0; i < 1000; ++i) builder.add_alias("b" + std::to_string(i));
  const std::string bytes = builder.build();
  const auto refused = refusal([&] { Zip zip(bytes); });
  EXPECT_EQ(refused.outcome, Outcome::kMalformed);
  EXPECT_NE(refused.reason.find("share"), std::string::npos) << refused.reason;
}

TEST(HostileZip, EndsABombByItsRatio) {
  // 64 MiB of zeros take 64 KiB.
  const std::string bytes = ZipBuilder().add("a", std::string(std::size_t{64} << 20, '\0')).build();
  EXPECT_EQ(fate(bytes), Outcome::kLimit);
  ZipLimits limits;
  limits.ratio = 2000;
  EXPECT_EQ(fate(bytes, limits), Outcome::kOk);
}

TEST(HostileZip, AllowsSmallEntriesAnyRatio) {
  EXPECT_EQ(fate(ZipBuilder().add("a", std::string(std::size_t{8} << 20, '\0')).build()),
            Outcome::kOk);
}

TEST(HostileZip, EndsAtTheTotalOfAllReads) {
  const std::string bytes = ZipBuilder().add("a", std::string(1000, 'x')).build();
  ZipLimits limits;
  limits.total_bytes = 2500;
  const Zip zip(bytes, limits);
  zip.read(zip.entries()[0]);
  stream_all(zip, zip.entries()[0]);
  EXPECT_EQ(refusal([&] { zip.read(zip.entries()[0]); }).outcome, Outcome::kLimit);
  EXPECT_EQ(refusal([&] { stream_all(zip, zip.entries()[0]); }).outcome, Outcome::kLimit);
}

TEST(HostileZip, HoldsNoMoreThanItMayInMemory) {
  const std::string bytes = ZipBuilder().add("a", std::string(1000, 'x')).build();
  ZipLimits limits;
  limits.read_bytes = 999;
  const Zip zip(bytes, limits);
  EXPECT_EQ(refusal([&] { zip.read(zip.entries()[0]); }).outcome, Outcome::kLimit);
  EXPECT_EQ(stream_all(zip, zip.entries()[0]).size(), 1000u);
}

TEST(HostileZip, CountsEntries) {
  ZipBuilder builder;
  for (int i = 0; i < 200; ++i) builder.add(std::to_string(i), "");
  ZipLimits limits;
  limits.entries = 199;
  const std::string bytes = builder.build();
  EXPECT_EQ(refusal([&] { Zip zip(bytes, limits); }).outcome, Outcome::kLimit);
  EXPECT_EQ(refusal([&] { Zip zip(builder.without_directory(), limits); }).outcome,
            Outcome::kLimit);
  limits.entries = 200;
  EXPECT_EQ(Zip(bytes, limits).entries().size(), 200u);
}

TEST(HostileZip, CountsHowDeepArchivesLie) {
  std::string bytes = ZipBuilder().add("0", "leaf").build();
  for (int i = 0; i < 10; ++i) bytes = ZipBuilder().add("0", bytes).build();
  ZipLimits limits;
  int levels = 0;
  const auto refused = refusal([&] {
    for (;; ++levels) {
      const Zip zip(bytes, limits);
      const std::string inner = zip.read(zip.entries()[0]);
      limits = zip.limits_within();
      bytes = inner;
    }
  });
  EXPECT_EQ(refused.outcome, Outcome::kLimit);
  EXPECT_EQ(levels, 4);
}

TEST(HostileZip, SharesTheTotalWithArchivesWithin) {
  const std::string bytes = ZipBuilder().add("a", std::string(600, 'x')).build();
  ZipLimits limits;
  limits.total_bytes = 1000;
  const Zip outer(bytes, limits);
  outer.read(outer.entries()[0]);
  const Zip inner(bytes, outer.limits_within());
  EXPECT_EQ(refusal([&] { inner.read(inner.entries()[0]); }).outcome, Outcome::kLimit);
}

TEST(HostileZip, SaysNamesHarmlessly) {
  Options options;
  options.crc = 1;
  const std::string bytes =
      ZipBuilder().add("\x1b[31m" + std::string(5000, 'n'), "x", options).build();
  const Zip zip(bytes);
  const auto refused = refusal([&] { zip.read(zip.entries()[0]); });
  EXPECT_LT(refused.reason.size(), 300u);
  EXPECT_EQ(refused.reason.find('\x1b'), std::string::npos);
}

// Every outcome but a crash, a hang or a bad allocation is fine; sanitizers watch.
TEST(HostileZip, SurvivesFlippedAndMissingBytes) {
  Options descriptor;
  descriptor.descriptor = true;
  Options zip64;
  zip64.zip64 = true;
  const std::string good = ZipBuilder()
                               .add("a", "some text, some more text, some text")
                               .add("b/c", std::string(500, 'y'), descriptor)
                               .add("d", "third", zip64)
                               .build();
  std::mt19937 random(1);
  int readable = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string bytes = good;
    for (unsigned i = random() % 4; i-- > 0;) {
      bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    if (random() % 3 == 0) bytes.resize(random() % bytes.size());
    refusal([&] {
      const Zip zip(bytes);
      for (const ZipEntry& entry : zip.entries()) {
        refusal([&] {
          zip.read(entry);
          ++readable;
        });
        refusal([&] { stream_all(zip, entry); });
      }
    });
  }
  EXPECT_GT(readable, 1000);
}

}  // namespace
}  // namespace sluice
