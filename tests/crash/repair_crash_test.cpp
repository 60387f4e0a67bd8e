// A repair that dies, at every change that it makes: the next one mends the rest, and nothing is
// lost on the way.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "crash/dying_run.h"
#include "unit/owner/check_runs.h"
#include "unit/owner/consistency.h"

namespace sluice::owner {
namespace {

namespace fs = std::filesystem;
using test::Call;
using test::check_lines;
using test::kDied;
using test::kLived;
using test::kThrew;
using test::read_file;
using test::repair_run;
using test::run_and_die;
using test::Session;
using test::WatchedFiles;
using test::Workspace;
using test::write_file;
using testing::Contains;
using testing::IsEmpty;

class RepairCrash : public testing::Test {
 protected:
  RepairCrash() {
    space_.write("note.md", "One\nasset a.png A\nsidecar outline {}\n");
    space_.write("other.md", "Other\n");
    space_.write("third.md", "Third\n");
    space_.add({"note.md", "other.md", "third.md"});
  }
  std::string path(const std::string& relative) const { return space_.kb + "/" + relative; }

  std::string fresh_copy() const {
    const std::string copy = space_.kb + "-copy";
    fs::remove_all(copy);
    fs::copy(space_.kb, copy, fs::copy_options::recursive);
    return copy;
  }

  // Repairs a copy at whose N-th change the repair before died, for every N.
  void die_everywhere(const std::function<void(const std::string& kb)>& look) {
    int points = 0;
    int end = kDied;
    for (int last = 1; end == kDied; ++last, ++points) {
      SCOPED_TRACE("death before change " + std::to_string(last));
      const std::string kb = fresh_copy();
      end = run_and_die(
          [](const std::string& at, platform::Files& files) { repair_run(at, files); }, kb, last);
      ASSERT_NE(end, kThrew);
      const auto repaired = repair_run(kb);
      EXPECT_EQ(repaired.result.left, 0);
      look(kb);
      if (HasFatalFailure()) return;
    }
    EXPECT_EQ(end, kLived);
    EXPECT_GT(points, 5) << "the repair died nowhere";
    RecordProperty("points", points);
  }

  static std::vector<std::string> damages(const std::string& kb) {
    auto lines = check_lines(kb);
    std::erase_if(lines, [](const std::string& line) { return line.starts_with("remark"); });
    return lines;
  }
  // How often these bytes stand in a file somewhere in the knowledge base.
  static int count_of(const std::string& bytes, const std::string& kb) {
    int count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(kb)) {
      if (entry.is_regular_file() && read_file(entry.path()) == bytes) ++count;
    }
    return count;
  }

  Workspace space_;
};

TEST_F(RepairCrash, WithOrphansAndMissingFiles) {
  write_file(path("raw/stray.pdf"), "stray one");
  write_file(path("wiki/sources/Other.md"), "stray two");
  write_file(path("wiki/sources/images/stray/x.png"), "stray three");
  write_file(path("wiki/sources/third.md"), "My edit\n");
  fs::remove(path("raw/note.md"));
  die_everywhere([&](const std::string& kb) {
    ASSERT_THAT(damages(kb), testing::ElementsAre("damage missing raw/note.md"));
    for (const char* stray : {"stray one", "stray two", "stray three", "My edit\n"}) {
      ASSERT_EQ(count_of(stray, kb), 1) << stray;
    }
    Session session(kb);
    session.add(space_.sources({"note.md"}));
    ASSERT_THAT(damages(kb), IsEmpty());
  });
}

TEST_F(RepairCrash, WithAJournalToFinish) {
  space_.write("note.md", "Second\nasset b.png B\n");
  const auto sources = space_.sources({"note.md"});
  ASSERT_EQ(run_and_die(
                [&](const std::string& kb, platform::Files& files) {
                  Session session(kb, files);
                  session.add(sources);
                },
                space_.kb, 0, "commit/committed"),
            kDied);
  die_everywhere([&](const std::string& kb) {
    ASSERT_THAT(damages(kb), IsEmpty());
    ASSERT_EQ(read_file(kb + "/raw/note.md"), "Second\nasset b.png B\n");
    ASSERT_EQ(read_file(kb + "/wiki/sources/images/note/b.png"), "B");
  });
}

TEST_F(RepairCrash, WithALogThatLacksLines) {
  const std::string log = space_.text("wiki/log.md");
  const std::size_t second = log.find('\n') + 1;
  write_file(path("wiki/log.md"), "Mine\n" + log.substr(second));
  die_everywhere([&](const std::string& kb) {
    ASSERT_EQ(read_file(kb + "/wiki/log.md"), "Mine\n" + log);
    ASSERT_THAT(damages(kb), IsEmpty());
  });
}

TEST_F(RepairCrash, WithRowsThatAreWrong) {
  Database(path(".sluice/registry.db"), Database::Mode::kReadWrite)
      .execute(
          "DELETE FROM sources WHERE path_key LIKE '%/other.md';"
          "DELETE FROM documents WHERE name = 'third';"
          "UPDATE documents SET damaged = 1 WHERE name = 'note'");
  die_everywhere([&](const std::string& kb) {
    ASSERT_THAT(damages(kb), IsEmpty());
    ASSERT_EQ(count_of("Third\n", kb), 2);  // raw and Markdown, set aside
    auto opened = KnowledgeBase::open(test::plain_files(), kb, Database::Mode::kReadWrite);
    ASSERT_THAT(opened.registry().damages(), Contains(testing::HasSubstr("third.md")));
  });
}

TEST_F(RepairCrash, WithARottenIndex) {
  test::rot_index(space_.kb);
  die_everywhere([&](const std::string& kb) { ASSERT_THAT(damages(kb), IsEmpty()); });
}

}  // namespace
}  // namespace sluice::owner
