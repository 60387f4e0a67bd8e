// Archives that are cut off, lie, or have no end. More of them, with the real program:
// tests/hostile/containers.py.
#include <gmock/gmock.h>

#include <random>

#include "unit/plugins/archive/archive_run.h"

namespace sluice::archive {
namespace {

using test::ZipBuilder;

const Files kWhole = {{"a.md", "# A\n"}, {"b/c.csv", "1,2\n"}, {"d.txt", std::string(3000, 'd')}};

// Every member that is handed over is one that the archive holds.
void expect_honest(const RecordingJob& job, const std::string& at) {
  for (const auto& child : job.children()) {
    if (!child.finished) continue;
    const bool is_known = std::any_of(kWhole.begin(), kWhole.end(),
                                      [&](const auto& file) { return file.second == child.bytes; });
    EXPECT_TRUE(is_known) << child.name << " " << at;
  }
}

TEST(HostileArchive, EndsWhereverItIsCutOff) {
  for (const auto& [format, filter] :
       std::vector<std::pair<int, int>>{{ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE},
                                        {ARCHIVE_FORMAT_TAR, ARCHIVE_FILTER_NONE},
                                        {ARCHIVE_FORMAT_TAR, ARCHIVE_FILTER_GZIP},
                                        {ARCHIVE_FORMAT_7ZIP, ARCHIVE_FILTER_NONE}}) {
    const std::string whole = packed(kWhole, format, filter);
    for (std::size_t size = 0; size<whole.size(); size += whole.size()> 4000 ? 13 : 1) {
      const auto job = run(whole.substr(0, size), "a.bin", kDefaults, "application/x");
      expect_honest(*job, "of " + std::to_string(size));
    }
  }
}

TEST(HostileArchive, SurvivesAnyByte) {
  std::mt19937 random(20'261'130);
  for (const int format : {ARCHIVE_FORMAT_ZIP, ARCHIVE_FORMAT_TAR, ARCHIVE_FORMAT_7ZIP}) {
    const std::string whole = packed(kWhole, format);
    for (int i = 0; i < 400; ++i) {
      std::string damaged = whole;
      for (int n = 0; n < 3; ++n) damaged[random() % damaged.size()] = static_cast<char>(random());
      run(damaged, "a.bin", kDefaults, "application/x");
    }
  }
}

TEST(HostileArchive, BoundsTheListOfManyMembers) {
  ZipBuilder zip;
  for (int i = 0; i < 30'000; ++i) zip.add("f/" + std::to_string(i) + ".md", "x");
  auto job = std::make_unique<RecordingJob>(zip.build(), "a.zip", "application/zip");
  job->set_options(kDefaults);
  RecordingJob::Limits limits;
  limits.children = 10;
  job->set_limits(limits);
  ArchiveConverter converter;
  EXPECT_EQ(job->run(converter), Outcome::kPartial);
  EXPECT_EQ(job->children().size(), 10U);
  EXPECT_THAT(job->render("a"), ::testing::HasSubstr("And 10001 files more."));
}

TEST(HostileArchive, StopsWhenTold) {
  ZipBuilder zip;
  for (int i = 0; i < 1'000; ++i) zip.add(std::to_string(i) + ".md", "x");
  RecordingJob job(zip.build(), "a.zip", "application/zip");
  job.set_options(kDefaults);
  job.cancel_after(20);
  ArchiveConverter converter;
  EXPECT_EQ(job.run(converter), Outcome::kCancelled);
  EXPECT_LT(job.children().size(), 30U);
}

// A name that is a tower of folders becomes a label, not a tower of lists.
TEST(HostileArchive, BoundsTheDepthOfTheTree) {
  std::string name;
  for (int i = 0; i < 2'000; ++i) name += "d/";
  const auto job = run(ZipBuilder().add(name + "x.md", "x").build());
  EXPECT_LT(job->render("a").size(), 20'000U);
}

}  // namespace
}  // namespace sluice::archive
