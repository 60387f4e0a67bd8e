// What is in an archive: members, the page, and what is left out.
#include <gmock/gmock.h>

#include "archive/index_page.hpp"
#include "unit/plugins/archive/archive_run.h"

namespace sluice::archive {
namespace {

using test::ZipBuilder;
using ::testing::HasSubstr;
using ::testing::Not;

const Files kFiles = {{"readme.md", "# Hi\n"}, {"folder/table.csv", "a,b\n1,2\n"}};

TEST(Archive, HandsOverMembersOfAllFormats) {
  struct Format {
    int format;
    int filter;
    const char* name;
  };
  for (const Format& one :
       {Format{ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, "a.zip"},
        Format{ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_NONE, "a.tar"},
        Format{ARCHIVE_FORMAT_TAR_GNUTAR, ARCHIVE_FILTER_GZIP, "a.tar.gz"},
        Format{ARCHIVE_FORMAT_TAR_PAX_INTERCHANGE, ARCHIVE_FILTER_BZIP2, "a.tbz"},
        Format{ARCHIVE_FORMAT_TAR, ARCHIVE_FILTER_XZ, "a.txz"},
        Format{ARCHIVE_FORMAT_TAR, ARCHIVE_FILTER_ZSTD, "a.tar.zst"},
        Format{ARCHIVE_FORMAT_7ZIP, ARCHIVE_FILTER_NONE, "a.7z"}}) {
    const auto job =
        run(packed(kFiles, one.format, one.filter), one.name, kDefaults, "application/x");
    ASSERT_EQ(job->children().size(), 2U) << one.name << ": " << job->reason();
    for (std::size_t i = 0; i < kFiles.size(); ++i) {
      EXPECT_EQ(job->children()[i].name, kFiles[i].first) << one.name;
      EXPECT_EQ(job->children()[i].bytes, kFiles[i].second) << one.name;
      EXPECT_TRUE(job->children()[i].finished) << one.name;
    }
    EXPECT_TRUE(job->warnings().empty()) << one.name;
    EXPECT_THAT(job->render("x"), HasSubstr("2 files, 13 bytes.")) << one.name;
  }
}

TEST(Archive, WritesATreeWithSizesAndDates) {
  const auto job =
      run(packed({{"b/c/deep.md", "deep"}, {"a.md", "abc"}, {"b/x.md", "x"}}, ARCHIVE_FORMAT_TAR),
          "t.tar", kDefaults, "application/x-tar");
  EXPECT_EQ(job->render("t"),
            "# t.tar\n\n3 files, 8 bytes.\n\n"
            "- b/\n"
            "  - c/\n"
            "    - [deep.md](b/c/deep.md) (4 bytes, 2024-03-01 10:00)\n"
            "  - [x.md](b/x.md) (1 byte, 2024-03-01 10:00)\n"
            "- [a.md](a.md) (3 bytes, 2024-03-01 10:00)\n");
}

TEST(Archive, NamesACompressedFileAfterItsArchive) {
  const auto job = run(packed({{"x", "# Notes\n"}}, ARCHIVE_FORMAT_RAW, ARCHIVE_FILTER_XZ),
                       "notes.md.xz", kDefaults, "application/x-xz");
  ASSERT_EQ(job->children().size(), 1U) << job->reason();
  EXPECT_EQ(job->children()[0].name, "notes.md");
  EXPECT_EQ(job->children()[0].bytes, "# Notes\n");
}

TEST(Archive, LeavesHiddenFilesOutUnlessAsked) {
  ZipBuilder zip;
  zip.add(".git/config", "x")
      .add("a.md", "# A\n")
      .add("__MACOSX/._a.md", "x")
      .add("b/.hidden", "y");
  const auto job = run(zip.build());
  ASSERT_EQ(job->children().size(), 1U);
  EXPECT_THAT(job->render("a"), HasSubstr("2 hidden files are left out; to convert them, set "));
  EXPECT_THAT(job->render("a"), Not(HasSubstr("config")));
  const auto all = run(zip.build(), "a.zip",
                       R"({"packages":false,"hidden":true,"name_charset":"auto","password":""})");
  EXPECT_EQ(all->children().size(), 3U);  // never what a system left for itself
}

TEST(Archive, LeavesPackagesAloneUnlessAsked) {
  for (const Files& package :
       std::vector<Files>{{{"a/x.py", "1"}, {"a-1.dist-info/WHEEL", "w"}},
                          {{"AndroidManifest.xml", "x"}, {"classes.dex", "x"}},
                          {{"META-INF/MANIFEST.MF", "x"}, {"A.class", "x"}},
                          {{"package/package.json", "{}"}, {"package/README.md", "#"}},
                          {{"[Content_Types].xml", "x"}, {"_rels/.rels", "x"}, {"a.nuspec", "x"}},
                          {{"oci-layout", "x"}, {"index.json", "x"}}}) {
    const std::string bytes = packed(package, ARCHIVE_FORMAT_ZIP);
    EXPECT_THAT(run(bytes)->reason(), HasSubstr("[plugin.archive] packages = true"));
    EXPECT_TRUE(run(bytes)->children().empty());
    const auto asked = run(
        bytes, "a.zip", R"({"packages":true,"hidden":true,"name_charset":"auto","password":""})");
    EXPECT_EQ(asked->children().size(), package.size());
  }
  // Of these, documents may come.
  const Files site = {{"manifest.json", "{}"}, {"README.md", "# x\n"}, {"package.json", "{}"}};
  EXPECT_EQ(run(packed(site, ARCHIVE_FORMAT_ZIP))->children().size(), 3U);
}

TEST(Archive, OpensZipsWithThePassword) {
  const auto with = [](const std::string& password) {
    return R"({"packages":false,"hidden":false,"name_charset":"auto","password":")" + password +
           "\"}";
  };
  for (const char* const way : {"zip:encryption=traditional", "zip:encryption=aes256"}) {
    const std::string bytes = packed(kFiles, ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, way);
    EXPECT_THAT(run(bytes)->reason(), HasSubstr("password")) << way;
    EXPECT_TRUE(run(bytes)->children().empty()) << way;
    EXPECT_TRUE(run(bytes, "a.zip", with("wrong"))->children().empty()) << way;
    const auto opened = run(bytes, "a.zip", with("secret"));
    ASSERT_EQ(opened->children().size(), 2U) << way << ": " << opened->reason();
    EXPECT_EQ(opened->children()[1].bytes, "a,b\n1,2\n") << way;
  }
}

TEST(Archive, SaysWhatAHostWithoutRoomLeavesOut) {
  auto job = std::make_unique<RecordingJob>(packed(kFiles, ARCHIVE_FORMAT_ZIP), "a.zip",
                                            "application/zip");
  job->set_options(kDefaults);
  RecordingJob::Limits limits;
  limits.children = 1;
  job->set_limits(limits);
  ArchiveConverter converter;
  EXPECT_EQ(job->run(converter), Outcome::kPartial);
  EXPECT_THAT(job->render("a"), HasSubstr("table.csv (8 bytes, 2024-03-01 10:00, not converted)"));
  EXPECT_THAT(job->render("a"), HasSubstr("1 file is not converted: a limit was reached."));
}

TEST(Archive, SpellsSizes) {
  EXPECT_EQ(size_text(0), "0 bytes");
  EXPECT_EQ(size_text(1), "1 byte");
  EXPECT_EQ(size_text(999), "999 bytes");
  EXPECT_EQ(size_text(1'234), "1.2 kB");
  EXPECT_EQ(size_text(99'999), "100 kB");
  EXPECT_EQ(size_text(999'999), "1.0 MB");
  EXPECT_EQ(size_text(UINT64_MAX), "18 EB");
}

TEST(Archive, SpellsDates) {
  EXPECT_EQ(date_of_unix_time(1'709'287'200), "2024-03-01 10:00");
  EXPECT_EQ(date_of_unix_time(0), "");
  EXPECT_EQ(date_of_unix_time(-1), "");
  EXPECT_EQ(date_of_unix_time(INT64_MAX), "");
  EXPECT_EQ(date_of_dos_time((44U << 9U | 3U << 5U | 1U) << 16U | 10U << 11U), "2024-03-01 10:00");
  EXPECT_EQ(date_of_dos_time(0), "");
  EXPECT_EQ(date_of_dos_time((44U << 9U | 2U << 5U | 31U) << 16U), "");
  EXPECT_EQ(date_of_dos_time(33U << 16U), "");
}

}  // namespace
}  // namespace sluice::archive
