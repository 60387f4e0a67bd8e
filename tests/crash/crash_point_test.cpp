// Death at every change of a file, one after the other: for each scenario a child dies before its
// N-th change, for N = 1, 2, ... until it lives through. After each death recovery must bring every
// document to its state before or after, and a repeated run to the undisturbed result. (SQLite's
// own calls are its own; these are Sluice's.)
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "crash/dying_run.h"
#include "unit/owner/bundle_maker.h"
#include "unit/owner/consistency.h"

namespace sluice::owner {
namespace {

using test::inconsistencies;
using test::kDied;
using test::kLived;
using test::kThrew;
using test::plain_files;
using test::published_tree;
using test::recover_and_reap;
using test::run_and_die;
using test::Session;
using test::without_log;
using test::Work;
using test::Workspace;
using testing::IsEmpty;

using Story = std::vector<std::string>;  // of a KB's events

Story story_of(const std::string& path) {
  Story story;
  auto kb = KnowledgeBase::open(plain_files(), path, Database::Mode::kReadWrite);
  kb.registry().each_event_after(0, [&](const Event& event) {
    story.push_back(std::string(word(event.op)) + " " + event.name + " " +
                    platform::to_hex(event.sha256));
  });
  return story;
}

class CrashPoint : public testing::Test {
 protected:
  explicit CrashPoint(test::Renames renames = test::Renames::kAll) : renames_(renames) {
    files_.renames = renames;
    // Log lines carry the time: the same for every run.
    ::setenv("SOURCE_DATE_EPOCH", "1700000000", 1);
  }
  ~CrashPoint() override { ::unsetenv("SOURCE_DATE_EPOCH"); }

  // A run over these sources, in groups of two.
  Work adding(const std::vector<std::string>& names) {
    const auto sources = space_.sources(names);
    return [sources](const std::string& kb, platform::Files& files) {
      OwnerSettings settings;
      settings.group_documents = 2;
      Session session(kb, files, settings);
      session.add(sources);
    };
  }

  static Work removing(const std::vector<std::string>& names) {
    return [names](const std::string& kb, platform::Files& files) {
      Session(kb, files).remove(names);
    };
  }

  std::string fresh_copy() {
    const std::string copy = space_.kb + "-copy";
    std::filesystem::remove_all(copy);
    std::filesystem::copy(space_.kb, copy, std::filesystem::copy_options::recursive);
    return copy;
  }

  // Kills `work` at each of its changes; `again` is the run that follows, and `work` itself unless
  // told.
  void die_everywhere(const Work& work, const Work& again) {
    const std::string undisturbed = fresh_copy();
    work(undisturbed, files_);
    again(undisturbed, files_);
    ASSERT_THAT(inconsistencies(undisturbed), IsEmpty());
    const auto expected_tree = published_tree(undisturbed);
    const Story expected_story = story_of(undisturbed);
    int points = 0;
    for (int last = 1;; ++last) {
      SCOPED_TRACE("death before change " + std::to_string(last));
      const std::string kb = fresh_copy();
      const int end = run_and_die(work, kb, last, {}, renames_);
      ASSERT_NE(end, kThrew);
      recover_and_reap(kb, files_);
      ASSERT_THAT(inconsistencies(kb), IsEmpty());
      const Story story = story_of(kb);
      ASSERT_LE(story.size(), expected_story.size());
      ASSERT_TRUE(std::equal(story.begin(), story.end(), expected_story.begin()));
      again(kb, files_);
      ASSERT_THAT(inconsistencies(kb), IsEmpty());
      ASSERT_EQ(story_of(kb), expected_story);
      ASSERT_EQ(published_tree(kb), expected_tree);
      if (end == kLived) break;
      ++points;
    }
    EXPECT_GT(points, 10) << "the scenario died nowhere";
    RecordProperty("points", points);
  }
  void die_everywhere(const Work& work) { die_everywhere(work, work); }

  void adds() {
    space_.write("a.md", "A\nasset a.png A\nasset b.png B\nsidecar outline {}\n");
    space_.write("b.md", "B\n");
    space_.write("c.md", "C\n");
    die_everywhere(adding({"a.md", "b.md", "c.md"}));
  }
  void replaces() {
    space_.write("a.md", "A\nasset a.png A\nsidecar outline {}\n");
    space_.write("b.md", "B\n");
    space_.write("c.md", "C\nasset c.png C\nsidecar outline {}\n");
    space_.add({"a.md", "b.md", "c.md"});
    space_.write("a.md", "Second\nasset b.png B\nsidecar outline {1}\n");
    space_.write("b.md", "Second b\nasset b.png B\n");
    space_.write("c.md", "Plain now\n");
    die_everywhere(adding({"a.md", "b.md", "c.md"}));
  }
  void removes() {
    space_.write("a.md", "A\nasset a.png A\nasset b.png B\nsidecar outline {}\n");
    space_.write("b.md", "B\n");
    space_.write("c.md", "C\n");
    space_.write("copy.md", "B\n");
    space_.add({"a.md", "b.md", "c.md", "copy.md"});
    die_everywhere(removing({"a", "b"}));
  }
  // Whoever died, the edit is there: under its own name, or beside it.
  void keeps_an_edit(const Work& work, std::size_t events_when_done) {
    test::write_file(space_.kb + "/wiki/sources/a.md", "My edit\n");
    const std::string kept =
        "/wiki/sources/a.md.orig-" + platform::to_hex(platform::sha256("My edit\n")).substr(0, 8);
    int end = kDied;
    for (int last = 1; end == kDied; ++last) {
      SCOPED_TRACE("death before change " + std::to_string(last));
      const std::string kb = fresh_copy();
      end = run_and_die(work, kb, last, {}, renames_);
      ASSERT_NE(end, kThrew);
      recover_and_reap(kb, files_);
      const bool is_done = story_of(kb).size() == events_when_done;
      ASSERT_EQ(test::read_file(kb + (is_done ? kept : "/wiki/sources/a.md")), "My edit\n");
      if (is_done) {
        ASSERT_THAT(inconsistencies(kb), IsEmpty());
      }
    }
  }

  const test::Renames renames_;
  test::WatchedFiles files_{[](test::Call, std::string_view, const std::string&) {}};
  Workspace space_;
};

// The same where the file system lacks what a rename should keep.
class CrashOnWeakFileSystem : public CrashPoint, public testing::WithParamInterface<test::Renames> {
 protected:
  CrashOnWeakFileSystem() : CrashPoint(GetParam()) {}
};

TEST_P(CrashOnWeakFileSystem, Adding) {
  adds();
}
TEST_P(CrashOnWeakFileSystem, Replacing) {
  replaces();
}
TEST_P(CrashOnWeakFileSystem, Removing) {
  removes();
}
TEST_P(CrashOnWeakFileSystem, RemovingWhatWasEditedByHand) {
  space_.write("a.md", "A\nasset a.png A\nsidecar outline {}\n");
  space_.add({"a.md"});
  keeps_an_edit(removing({"a"}), 2);
}
TEST_P(CrashOnWeakFileSystem, ReplacingWhatWasEditedByHand) {
  space_.write("a.md", "A\nasset a.png A\n");
  space_.add({"a.md"});
  space_.write("a.md", "Second\nasset b.png B\n");
  keeps_an_edit(adding({"a.md"}), 2);
}

INSTANTIATE_TEST_SUITE_P(Lacks, CrashOnWeakFileSystem,
                         testing::Values(test::Renames::kNoFlags, test::Renames::kNoFlagsNoLinks),
                         [](const auto& renames) {
                           return renames.param == test::Renames::kNoFlags ? "Flags"
                                                                           : "FlagsAndLinks";
                         });

TEST_F(CrashPoint, Adding) {
  adds();
}

TEST_F(CrashPoint, AddingUnderATakenName) {
  space_.write("a.md", "A\n");
  space_.add({"a.md"});
  space_.write("x/a.md", "Another\nasset a.png A\n");
  die_everywhere(adding({"x/a.md"}));
}

TEST_F(CrashPoint, Replacing) {
  replaces();
}

TEST_F(CrashPoint, ASourceThatBecomesADuplicate) {
  space_.write("a.md", "A\n");
  space_.write("b.md", "B\nasset b.png B\nsidecar outline {}\n");
  space_.add({"a.md", "b.md"});
  space_.write("b.md", "A\n");
  space_.write("x/b.md", "Takes the name\n");
  die_everywhere(adding({"b.md", "x/b.md"}));
}

TEST_F(CrashPoint, AnOriginalThatLeavesItsDuplicate) {
  space_.write("a.md", "Same\n");
  space_.write("b.md", "Same\n");
  space_.add({"a.md", "b.md"});
  space_.write("a.md", "Changed\n");
  die_everywhere(adding({"a.md", "b.md"}));
}

TEST_F(CrashPoint, OnlyRegistryAndLog) {
  space_.write("a.md", "Same\n");
  space_.add({"a.md"});
  for (const char* name : {"b.md", "c.md", "d.md"}) space_.write(name, "Same\n");
  die_everywhere(adding({"b.md", "c.md", "d.md"}));
}

TEST_F(CrashPoint, Removing) {
  removes();
}

TEST_F(CrashPoint, RemovingWhatWasEditedByHand) {
  space_.write("a.md", "A\nasset a.png A\nsidecar outline {}\n");
  space_.add({"a.md"});
  keeps_an_edit(removing({"a"}), 2);
}

TEST_F(CrashPoint, AddingAgainWhatARunThatDiedRemoved) {
  space_.write("a.md", "A\nasset a.png A\nsidecar outline {}\n");
  space_.write("b.md", "B\n");
  space_.add({"a.md", "b.md"});
  const auto before = without_log(published_tree(space_.kb));
  const Work add_again = adding({"a.md", "b.md"});
  int end = kDied;
  for (int last = 1; end == kDied; ++last) {
    SCOPED_TRACE("death before change " + std::to_string(last));
    const std::string kb = fresh_copy();
    end = run_and_die(removing({"a"}), kb, last);
    ASSERT_NE(end, kThrew);
    add_again(kb, plain_files());
    ASSERT_THAT(inconsistencies(kb), IsEmpty());
    ASSERT_EQ(without_log(published_tree(kb)), before);
  }
}

// Recovery, and reaping, of what was left by a death at one point of a replacing run.
class CrashInRecovery : public CrashPoint, public testing::WithParamInterface<const char*> {};

TEST_P(CrashInRecovery, IsRecoveredFrom) {
  space_.write("a.md", "A\nasset a.png A\nsidecar outline {}\n");
  space_.write("b.md", "B\n");
  space_.add({"a.md", "b.md"});
  space_.write("a.md", "Second\nasset b.png B\n");
  space_.write("c.md", "B\n");
  space_.write("b.md", "Second b\n");
  const Work run = adding({"a.md", "b.md"});
  ASSERT_EQ(run_and_die(run, space_.kb, 0, GetParam()), kDied);
  die_everywhere(
      [](const std::string& kb, platform::Files& files) {
        Session session(kb, files);
        session.owner.start();
        session.owner.finish();
      },
      run);
}

INSTANTIATE_TEST_SUITE_P(After, CrashInRecovery,
                         testing::Values("commit/committed", "publish/exchange", "publish/remove",
                                         "log/append", "finish/sync"),
                         [](const auto& point) {
                           std::string name = point.param;
                           std::replace(name.begin(), name.end(), '/', '_');
                           return name;
                         });

}  // namespace
}  // namespace sluice::owner
