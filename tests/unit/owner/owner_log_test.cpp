// wiki/log.md: every event has its line once, whatever a crash or a person did to the file.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "owner/log.h"
#include "unit/owner/bundle_maker.h"
#include "unit/owner/consistency.h"

namespace sluice::owner {
namespace {

using test::plain_files;
using test::recover_and_reap;
using test::Session;
using test::Workspace;
using test::write_file;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::MatchesRegex;

class OwnerLog : public testing::Test {
 protected:
  std::string log() const { return space_.text("wiki/log.md"); }
  // All lines that the events ask for.
  std::string lines() const {
    std::string text;
    space_.open().registry().each_event_after(0,
                                              [&](const Event& event) { text += log_line(event); });
    return text;
  }
  // Commits and dies before the cursor is stored.
  void add_and_die(const std::string& name) {
    Session session(space_.kb);
    std::vector<Bundle> bundles;
    bundles.push_back(session.make(space_.source(name)));
    session.owner.commit(std::move(bundles));
  }
  Workspace space_;
};

TEST_F(OwnerLog, ALineSaysWhenWhatAndFromWhere) {
  space_.write("a.md", "A\n");
  space_.add({"a.md"});
  EXPECT_THAT(log(), MatchesRegex("## \\[[0-9-]+ [0-9:]+\\] added \\| a \\(.*/docs/a.md\\)\n"));
}

TEST_F(OwnerLog, APathInWhichMarkdownFindsSomethingStandsAsCode) {
  const auto line = [](const std::string& path) {
    Event event;
    event.name = "a";
    event.path_key = path;
    const std::string text = log_line(event);
    return text.substr(text.find(" | "));
  };
  EXPECT_EQ(line("/docs/a b-c_d (1).md"), " | a (/docs/a b-c_d (1).md)\n");
  EXPECT_EQ(line("/docs/caf\xc3\xa9.md"), " | a (/docs/caf\xc3\xa9.md)\n");
  EXPECT_EQ(line("<img src=x>"), " | a (`<img src=x>`)\n");
  EXPECT_EQ(line("[x](javascript:y)"), " | a (`[x](javascript:y)`)\n");
  EXPECT_EQ(line("a`b"), " | a (`a%60b`)\n");
  EXPECT_EQ(line("a\xff\n\xe2\x80\xae"), " | a (`a%FF%0A%E2%80%AE`)\n");
  EXPECT_EQ(line("www.e.org"), " | a (`www.e.org`)\n");
}

TEST_F(OwnerLog, LinesOfOlderVersionsAreKnown) {
  Event event;
  event.at = 1'700'000'000;
  event.name = "a";
  event.path_key = "/docs/[x]\n.md";
  std::string old = log_line(event);
  old.replace(old.find(" | "), std::string::npos, " | a (/docs/[x]?.md)\n");
  EXPECT_TRUE(is_line_of(event, old));
  EXPECT_TRUE(is_line_of(event, log_line(event)));
  EXPECT_FALSE(is_line_of(event, old + "x"));
  EXPECT_EQ(name_in_line(old), "a");
}

TEST_F(OwnerLog, APathCannotForgeALine) {
  Event event;
  event.op = EventOp::kAdded;
  event.name = "a";
  event.path_key = "/docs/x\n## [2026-01-01 00:00:00] removed | b (c)";
  const std::string line = log_line(event);
  EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1);
}

TEST_F(OwnerLog, WhatPeopleWriteStays) {
  space_.write("a.md", "A\n");
  space_.add({"a.md"});
  const std::string first = lines();
  write_file(space_.kb + "/wiki/log.md", "# My log\n\n" + first + "\nA note of mine\n");
  space_.write("b.md", "B\n");
  space_.add({"b.md"});
  EXPECT_EQ(log(), "# My log\n\n" + first + "\nA note of mine\n" + lines().substr(first.size()));
}

TEST_F(OwnerLog, ALineBeginsAtALinesBeginning) {
  write_file(space_.kb + "/wiki/log.md", "no newline at the end");
  space_.write("a.md", "A\n");
  space_.add({"a.md"});
  EXPECT_EQ(log(), "no newline at the end\n" + lines());
}

TEST_F(OwnerLog, ALogThatWasEmptiedGoesOnWithTheNextEvent) {
  space_.write("a.md", "A\n");
  space_.add({"a.md"});
  const std::size_t first = lines().size();
  write_file(space_.kb + "/wiki/log.md", "");
  space_.write("b.md", "B\n");
  space_.add({"b.md"});
  EXPECT_EQ(log(), lines().substr(first));
}

TEST_F(OwnerLog, ATornLineIsCompleted) {
  space_.write("a.md", "A\n");
  space_.write("b.md", "B\n");
  space_.add({"a.md"});
  const std::size_t first = lines().size();
  add_and_die("b.md");
  const std::string whole = lines();
  for (std::size_t size = first; size <= whole.size(); ++size) {
    write_file(space_.kb + "/wiki/log.md", whole.substr(0, size));
    project_log(*std::make_unique<KnowledgeBase>(space_.open()));
    ASSERT_EQ(log(), whole) << "torn at " << size;
  }
}

// The size of the log reached the disk, some of its bytes did not.
TEST_F(OwnerLog, BytesThatAPowerCutLeftZeroAreWrittenAgain) {
  space_.write("a.md", "A\n");
  space_.write("b.md", "B\n");
  space_.add({"a.md"});
  const std::size_t first = lines().size();
  add_and_die("b.md");
  const std::string whole = lines();
  for (std::size_t from = first; from < whole.size(); ++from) {
    for (const std::size_t to : {from + 1, whole.size()}) {
      std::string torn = whole;
      std::fill(torn.begin() + static_cast<std::ptrdiff_t>(from),
                torn.begin() + static_cast<std::ptrdiff_t>(to), '\0');
      write_file(space_.kb + "/wiki/log.md", torn);
      project_log(*std::make_unique<KnowledgeBase>(space_.open()));
      ASSERT_EQ(log(), whole) << "zeros from " << from << " to " << to;
    }
  }
}

// A recovery that died after it had finished the journal.
TEST_F(OwnerLog, RecoveryOfARecoveryCompletesTheLog) {
  space_.write("a.md", "A\n");
  space_.add({"a.md"});
  auto kb = space_.open();
  Transaction forgets(kb.registry());
  forgets.writer().set_meta("log_cursor", "0 0");
  forgets.commit();
  std::filesystem::remove(space_.kb + "/wiki/log.md");
  recover(kb, {});
  EXPECT_EQ(log(), lines());
  EXPECT_FALSE(log_is_behind(kb));
}

TEST_F(OwnerLog, RecoveryCompletesTheLog) {
  space_.write("a.md", "A\n");
  add_and_die("a.md");
  std::filesystem::remove(space_.kb + "/wiki/log.md");
  recover_and_reap(space_.kb);
  EXPECT_EQ(log(), lines());
}

TEST_F(OwnerLog, TheNextStartCompletesTheLogOfACommitWithoutFiles) {
  space_.write("a.md", "A\n");
  space_.write("b.md", "A\n");
  space_.add({"a.md"});
  const std::string before = log();
  add_and_die("b.md");
  write_file(space_.kb + "/wiki/log.md", before);
  recover_and_reap(space_.kb);
  EXPECT_EQ(log(), lines());
}

TEST_F(OwnerLog, OwnersThatTakeTurnsWriteEachLineOnce) {
  Session one(space_.kb);
  Session two(space_.kb);
  for (int i = 0; i < 6; ++i) {
    const std::string name = "n" + std::to_string(i) + ".md";
    space_.write(name, "N" + std::to_string(i));
    Session& turn = i % 3 == 0 ? one : two;
    std::vector<Bundle> bundles;
    bundles.push_back(turn.make(space_.source(name)));
    turn.owner.commit(std::move(bundles));
  }
  two.owner.finish();
  one.owner.finish();
  EXPECT_EQ(log(), lines());
}

TEST_F(OwnerLog, ALogThatCannotBeWrittenIsAWarningAndNoDamage) {
  std::filesystem::create_directory(space_.kb + "/wiki/log.md");
  space_.write("a.md", "A\n");
  space_.write("b.md", "B\n");
  EXPECT_THAT(space_.add({"a.md", "b.md"}), ElementsAre("added a", "added b"));
  EXPECT_THAT(space_.warnings, ElementsAre(HasSubstr("log.md")));
  std::filesystem::remove(space_.kb + "/wiki/log.md");
  recover_and_reap(space_.kb);
  EXPECT_EQ(log(), lines());
  EXPECT_THAT(test::inconsistencies(space_.kb), IsEmpty());
}

TEST_F(OwnerLog, ALogThatIsASymlinkIsNotWrittenThrough) {
  write_file(space_.docs + "/outside", "outside");
  std::filesystem::create_symlink(space_.docs + "/outside", space_.kb + "/wiki/log.md");
  space_.write("a.md", "A\n");
  EXPECT_THAT(space_.add({"a.md"}), ElementsAre("added a"));
  EXPECT_EQ(test::read_file(space_.docs + "/outside"), "outside");
}

}  // namespace
}  // namespace sluice::owner
