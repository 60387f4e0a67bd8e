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
  state.in_hand = {view(Activity::Stage::kConverting, "data/large.csv", 15'200)};
  EXPECT_THAT(progress_line(state, 0), ::testing::EndsWith("; data/large.csv (15 s)"));
  EXPECT_EQ(progress_line(state, 44), "596 of 740, 2 failed; data/large.csv (15 s)");
  EXPECT_EQ(progress_line(state, 40), "596 of 740; data/large.csv (15 s)");
  state.in_hand.front().age = milliseconds(900);
  EXPECT_THAT(progress_line(state, 0), Not(HasSubstr("large.csv")));
}

TEST(ProgressLine, SaysHowMuchOfALargeFileIsRead) {
  ProgressState state = halfway();
  state.in_hand = {view(Activity::Stage::kReading, "big.iso", 3'000)};
  state.in_hand.front().percent = 45;
  EXPECT_THAT(progress_line(state, 0), HasSubstr("; reading big.iso (45 %, 3 s)"));
}

TEST(ProgressLine, SaysWhoHoldsTheLock) {
  ProgressState state = halfway();
  state.in_hand = {
      view(Activity::Stage::kLockWait, "the lock, held by process 7: sluice add", 5'000)};
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
      state.in_hand = {view(stage, name, 61'000)};
      for (std::size_t columns = 1; columns < 200; ++columns) {
        const std::string line = progress_line(state, columns);
        EXPECT_LE(display_width(line), columns) << line;
        EXPECT_FALSE(line.empty());
        EXPECT_EQ(line.find('\n'), std::string::npos);
        EXPECT_TRUE(columns < 12 || line.find("596") != std::string::npos) << line;
      }
      state.in_hand.clear();
      for (std::size_t columns = 1; columns < 100; ++columns) {
        EXPECT_LE(display_width(progress_line(state, columns)), columns);
      }
    }
  }
}

TEST(ProgressLine, SaysWhatIsSkippedAndRead) {
  ProgressState state = halfway();
  state.skipped = 12;
  state.bytes = 3 << 20;
  EXPECT_EQ(progress_line(state, 0),
            "[###################.....] 596 of 740 documents, 12 skipped, 9.9/s, 3.0 MiB, 0:14 "
            "left, 2 failed");
  EXPECT_EQ(progress_line(state, 60), "596 of 740 documents, 9.9/s, 0:14 left, 2 failed");
  state = {};
  state.done = 1;
  EXPECT_THAT(progress_line(state, 0), StartsWith("1 document,"));
}

Activity::View converting(const std::string& what, const std::string& converter, int age_ms) {
  Activity::View one = view(Activity::Stage::kConverting, what, age_ms);
  one.converter = converter;
  return one;
}

TEST(ProgressBlock, HasALineForEachDocumentThatTakesLong) {
  ProgressState state = halfway();
  state.in_hand = {converting("data/large.pdf", "pdf", 15'200),
                   view(Activity::Stage::kReading, "big.iso", 3'000),
                   converting("quick.md", "markdown", 40)};
  state.in_hand[1].percent = 45;
  EXPECT_THAT(progress_block(state, 80, 23, 0),
              ::testing::ElementsAre(
                  "  data/large.pdf                                             pdf            15 s",
                  "  reading big.iso (45 %)                                                     3 s",
                  "[###################.....] 596 of 740 documents, 9.9/s, 0:14 left, 2 failed"));
}

TEST(ProgressBlock, IsOneLineWhereThereIsNoRoom) {
  ProgressState state = halfway();
  state.in_hand = {converting("data/large.pdf", "pdf", 15'200)};
  EXPECT_THAT(progress_block(state, 60, 23, 0), ::testing::ElementsAre(progress_line(state, 60)));
  EXPECT_THAT(progress_block(state, 100, 1, 0), ::testing::SizeIs(1));
}

TEST(ProgressBlock, DoesNotJump) {
  ProgressState state = halfway();
  state.in_hand = {converting("data/large.pdf", "pdf", 15'200)};
  const auto lines = progress_block(state, 100, 23, 4);
  ASSERT_THAT(lines, ::testing::SizeIs(4));
  EXPECT_EQ(lines[0], "");
  EXPECT_EQ(lines[1], "");
  EXPECT_THAT(lines[2], HasSubstr("large.pdf"));
}

TEST(ProgressBlock, FitsEverySize) {
  const std::string names[] = {
      "a.md", "a/very/long/path/to/some/document/in/a/deep/folder/of/many/folders/letter.docx",
      "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE3\x81\xAE\xE6\x96\x87.pdf",
      "bad\xff\n\x1b[2Jname" + std::string(150, 'y')};
  ProgressState state = halfway();
  for (const std::string& name : names) {
    for (int i = 0; i < 4; ++i) {
      state.in_hand.push_back(converting(name, "a-converter-with-a-long-id", 3'600'000));
    }
  }
  for (std::size_t rows = 1; rows < 30; ++rows) {
    for (std::size_t columns = 1; columns < 200; ++columns) {
      for (const std::size_t least : {0U, 3U, 40U}) {
        const auto lines = progress_block(state, columns, rows, least);
        EXPECT_LE(lines.size(), std::max<std::size_t>(rows, 1));
        for (const std::string& line : lines) {
          ASSERT_LE(display_width(line), columns) << line;
          ASSERT_EQ(line.find_first_of("\n\x1b"), std::string::npos) << line;
        }
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
  EXPECT_TRUE(activity.all().empty());
  const auto first = activity.begin(Activity::Stage::kConverting, "first");
  {
    auto second = activity.begin(Activity::Stage::kReading, "second");
    second.advance(1, 4);
    EXPECT_EQ(activity.all().front().what, "first");
    const auto lock = activity.begin(Activity::Stage::kLockWait, "lock");
    EXPECT_EQ(activity.all().front().what, "lock");
  }
  EXPECT_EQ(activity.all().front().what, "first");
  const auto moved = Activity::begin(nullptr, Activity::Stage::kReading, "nobody watches");
}

}  // namespace
}  // namespace sluice::cli
