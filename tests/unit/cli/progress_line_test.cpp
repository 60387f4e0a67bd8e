// The progress line: what it says, and that it fits whatever the width is.
#include "cli/progress_line.h"

#include <gmock/gmock.h>

#include "cli/text.h"

namespace sluice::cli {
namespace {

using std::chrono::milliseconds;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

ProgressState halfway() {
  ProgressState state;
  state.done = 596;
  state.failed = 2;
  state.total = 740;
  state.seconds = 60;
  return state;
}

Activity::View view(Activity::Stage stage, const std::string& what, int age_ms) {
  Activity::View view;
  view.stage = stage;
  view.what = what;
  view.age = milliseconds(age_ms);
  return view;
}

TEST(ProgressLine, SaysAllWhereThereIsRoom) {
  EXPECT_EQ(progress_line(halfway(), 100),
            "[###################.....] 596 of 740 documents, 9.9/s, 0:14 left, 2 failed");
}

TEST(ProgressLine, NamesWhatTakesLong) {
  ProgressState state = halfway();
  state.slowest = view(Activity::Stage::kConverting, "data/large.csv", 15'200);
  EXPECT_THAT(progress_line(state, 0), ::testing::EndsWith("; data/large.csv (15 s)"));
  EXPECT_EQ(progress_line(state, 44), "596 of 740, 2 failed; data/large.csv (15 s)");
  EXPECT_EQ(progress_line(state, 40), "596 of 740; data/large.csv (15 s)");
  state.slowest->age = milliseconds(900);
  EXPECT_THAT(progress_line(state, 0), Not(HasSubstr("large.csv")));
}

TEST(ProgressLine, SaysHowMuchOfALargeFileIsRead) {
  ProgressState state = halfway();
  state.slowest = view(Activity::Stage::kReading, "big.iso", 3'000);
  state.slowest->percent = 45;
  EXPECT_THAT(progress_line(state, 0), HasSubstr("; reading big.iso (45 %, 3 s)"));
}

TEST(ProgressLine, SaysWhoHoldsTheLock) {
  ProgressState state = halfway();
  state.slowest =
      view(Activity::Stage::kLockWait, "the lock, held by process 7: sluice add", 5'000);
  EXPECT_THAT(progress_line(state, 0),
              HasSubstr("waiting for the lock, held by process 7: sluice add (5 s)"));
}

TEST(ProgressLine, FitsEveryWidth) {
  const std::string names[] = {"a.md",
                               "a/very/long/path/to/some/document/in/a/deep/folder/letter.docx",
                               "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE3\x81\xAE\xE6\x96\x87\xE6"
                               "\x9B\xB8\xE3\x81\xA8\xE8\xB3\x87\xE6\x96\x99.pdf",
                               "e\xCC\x81\xCC\x81\xCC\x81" + std::string(60, 'x') + "e\xCC\x81",
                               "bad\xff\n\x1b[2Jname" + std::string(50, 'y')};
  for (const std::string& name : names) {
    for (const auto stage :
         {Activity::Stage::kReading, Activity::Stage::kConverting, Activity::Stage::kLockWait}) {
      ProgressState state = halfway();
      state.slowest = view(stage, name, 61'000);
      for (std::size_t columns = 1; columns < 200; ++columns) {
        const std::string line = progress_line(state, columns);
        EXPECT_LE(display_width(line), columns) << line;
        EXPECT_FALSE(line.empty());
        EXPECT_EQ(line.find('\n'), std::string::npos);
        EXPECT_TRUE(columns < 12 || line.find("596") != std::string::npos) << line;
      }
      state.slowest.reset();
      for (std::size_t columns = 1; columns < 100; ++columns) {
        EXPECT_LE(display_width(progress_line(state, columns)), columns);
      }
    }
  }
}

TEST(ProgressLine, CutsANameInItsMiddle) {
  EXPECT_EQ(cut_in_the_middle("documents/report.pdf", 13), "docum...t.pdf");
  EXPECT_EQ(cut_in_the_middle("short", 5), "short");
  EXPECT_EQ(cut_in_the_middle("longer", 2), "..");
}

TEST(ActivityTest, TheOldestIsTheSlowestAndALockWaitIsBeforeAll) {
  Activity activity;
  EXPECT_FALSE(activity.slowest());
  const auto first = activity.begin(Activity::Stage::kConverting, "first");
  {
    auto second = activity.begin(Activity::Stage::kReading, "second");
    second.advance(1, 4);
    EXPECT_EQ(activity.slowest()->what, "first");
    const auto lock = activity.begin(Activity::Stage::kLockWait, "lock");
    EXPECT_EQ(activity.slowest()->what, "lock");
  }
  EXPECT_EQ(activity.slowest()->what, "first");
  const auto moved = Activity::begin(nullptr, Activity::Stage::kReading, "nobody watches");
}

}  // namespace
}  // namespace sluice::cli
