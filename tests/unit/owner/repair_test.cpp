// What a repair mends, that it loses nothing, and what it leaves to the user.
#include "owner/repair.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "owner/transaction.h"
#include "unit/owner/check_runs.h"
#include "unit/owner/consistency.h"
#include "unit/owner/watched_files.h"

namespace sluice::owner {
namespace {

namespace fs = std::filesystem;
using test::Call;
using test::check_lines;
using test::inconsistencies;
using test::published_tree;
using test::read_file;
using test::repair_run;
using test::Session;
using test::WatchedFiles;
using test::Workspace;
using test::write_file;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class RepairTest : public testing::Test {
 protected:
  RepairTest() {
    space_.write("note.md", "One\nasset a.png A\nsidecar outline {}\n");
    space_.write("other.md", "Other\n");
    space_.write("copy.md", "Other\n");
    space_.add({"note.md", "other.md", "copy.md"});
    whole_ = published_tree(space_.kb);
  }

  std::string path(const std::string& relative) const { return space_.kb + "/" + relative; }
  void put(const std::string& relative, std::string_view text) const {
    write_file(path(relative), text);
  }
  void change_registry(const char* sql) const {
    Database(path(".sluice/registry.db"), Database::Mode::kReadWrite).execute(sql);
  }
  std::vector<std::string> check() { return check_lines(space_.kb); }
  // What a repair has moved away, by its name there.
  std::map<std::string, std::string> set_aside() const {
    std::map<std::string, std::string> found;
    if (!fs::exists(path(".sluice/set-aside"))) return found;
    for (const auto& entry : fs::recursive_directory_iterator(path(".sluice/set-aside"))) {
      if (entry.is_regular_file()) {
        found[entry.path().filename().string()] = read_file(entry.path());
      }
    }
    return found;
  }

  Workspace space_;
  test::Tree whole_;
};

TEST_F(RepairTest, OfASoundKnowledgeBaseDoesNothing) {
  const auto repaired = repair_run(space_.kb);
  EXPECT_THAT(repaired.found, IsEmpty());
  EXPECT_THAT(repaired.mended, IsEmpty());
  EXPECT_EQ(repaired.result.left, 0);
  EXPECT_EQ(published_tree(space_.kb), whole_);
  EXPECT_THAT(inconsistencies(space_.kb), IsEmpty());
}

TEST_F(RepairTest, MissingFilesMarkTheirDocumentAndTheNextAddMakesItAnew) {
  fs::remove(path("raw/note.md"));
  fs::remove(path("wiki/sources/note.outline.json"));
  fs::remove_all(path("wiki/sources/images/note"));
  fs::remove(path("wiki/sources/other.md"));
  const auto repaired = repair_run(space_.kb);
  EXPECT_THAT(
      repaired.mended,
      ElementsAre("missing raw/note.md", "missing wiki/sources/images/note/a.png",
                  "missing wiki/sources/note.outline.json", "missing wiki/sources/other.md"));
  ASSERT_EQ(repaired.result.marked.size(), 2U);
  EXPECT_EQ(repaired.result.marked[0].name, "note");
  EXPECT_EQ(repaired.result.left, 0);
  EXPECT_THAT(space_.add({"note.md", "other.md", "copy.md"}),
              ElementsAre("updated note", "updated other", "unchanged other"));
  EXPECT_EQ(test::without_log(published_tree(space_.kb)), test::without_log(whole_));
  EXPECT_THAT(check(), IsEmpty());
}

TEST_F(RepairTest, AChangedRawFileIsMadeAnewAndTheChangedOneKept) {
  put("raw/note.md", "changed by somebody\n");
  EXPECT_EQ(repair_run(space_.kb).result.marked.size(), 1U);
  EXPECT_EQ(space_.text("raw/note.md"), "changed by somebody\n");
  EXPECT_THAT(space_.add({"note.md"}), ElementsAre("updated note"));
  EXPECT_EQ(space_.text("raw/note.md"), whole_["raw/note.md"]);
  EXPECT_THAT(check(), ElementsAre(HasSubstr("remark kept raw/note.md.orig-")));
}

TEST_F(RepairTest, AMarkedDocumentStaysOneAsLongAsItIsNotWhole) {
  fs::remove(path("raw/note.md"));
  repair_run(space_.kb);
  EXPECT_THAT(check(), ElementsAre("damage missing raw/note.md"));
  const auto again = repair_run(space_.kb);
  EXPECT_THAT(again.mended, IsEmpty());
  EXPECT_EQ(again.result.marked.size(), 1U);
}

TEST_F(RepairTest, TheMarkGoesWhenTheUserHasRestoredTheFile) {
  fs::remove(path("raw/note.md"));
  repair_run(space_.kb);
  put("raw/note.md", whole_["raw/note.md"]);
  EXPECT_THAT(repair_run(space_.kb).mended, ElementsAre("marked note"));
  EXPECT_THAT(check(), IsEmpty());
  EXPECT_THAT(inconsistencies(space_.kb), IsEmpty());
}

TEST_F(RepairTest, AnEditByHandIsLeftAlone) {
  put("wiki/sources/note.md", "My edit\n");
  const auto repaired = repair_run(space_.kb);
  EXPECT_THAT(repaired.mended, IsEmpty());
  EXPECT_THAT(repaired.result.marked, IsEmpty());
  EXPECT_EQ(space_.text("wiki/sources/note.md"), "My edit\n");
}

TEST_F(RepairTest, OrphansAreSetAsideAndNothingElseIs) {
  put("raw/stray.pdf", "raw stray");
  put("wiki/sources/stray.md", "stray");
  put("wiki/sources/Other.md", "collides");
  put("wiki/sources/images/stray/x.png", "X");
  put("wiki/sources/My own note.md", "mine");
  put("wiki/index.md", "mine");
  const auto repaired = repair_run(space_.kb);
  EXPECT_THAT(repaired.mended,
              ElementsAre("orphan raw/stray.pdf", "collision wiki/sources/Other.md",
                          "orphan wiki/sources/stray.md", "orphan wiki/sources/images/stray"));
  EXPECT_EQ(repaired.result.left, 0);
  EXPECT_EQ(set_aside(), (std::map<std::string, std::string>{{"raw-stray.pdf", "raw stray"},
                                                             {"wiki-sources-Other.md", "collides"},
                                                             {"wiki-sources-stray.md", "stray"},
                                                             {"x.png", "X"}}));
  EXPECT_EQ(space_.text("wiki/sources/My own note.md"), "mine");
  EXPECT_EQ(space_.text("wiki/index.md"), "mine");
  EXPECT_THAT(check(), ElementsAre("remark foreign wiki/sources/My own note.md",
                                   "remark set-aside .sluice/set-aside/check-1"));
}

TEST_F(RepairTest, ASecondRepairSetsAsideBesideTheFirst) {
  put("raw/stray.pdf", "first");
  repair_run(space_.kb);
  put("raw/stray.pdf", "second");
  repair_run(space_.kb);
  EXPECT_EQ(space_.text(".sluice/set-aside/check-1/raw-stray.pdf"), "first");
  EXPECT_EQ(space_.text(".sluice/set-aside/check-2/raw-stray.pdf"), "second");
}

TEST_F(RepairTest, LostLinesOfTheLogComeBackInTheirPlaceAndWhatPeopleWroteStays) {
  const std::string log = space_.text("wiki/log.md");
  const std::size_t second = log.find('\n') + 1;
  const std::size_t third = log.find('\n', second) + 1;
  put("wiki/log.md", "# My log\n" + log.substr(0, second) + "Remark\n" + log.substr(third) + "end");
  EXPECT_THAT(repair_run(space_.kb).mended, ElementsAre("log wiki/log.md"));
  EXPECT_EQ(space_.text("wiki/log.md"), "# My log\n" + log.substr(0, second) + "Remark\n" +
                                            log.substr(second, third - second) + log.substr(third) +
                                            "end");
  EXPECT_THAT(check(), IsEmpty());
  // Further lines follow as ever.
  space_.write("new.md", "New\n");
  space_.add({"new.md"});
  EXPECT_THAT(space_.text("wiki/log.md"), HasSubstr("end\n## ["));
  EXPECT_THAT(check(), IsEmpty());
}

TEST_F(RepairTest, ALogThatIsGoneIsWrittenAnew) {
  const std::string log = space_.text("wiki/log.md");
  fs::remove(path("wiki/log.md"));
  repair_run(space_.kb);
  EXPECT_EQ(space_.text("wiki/log.md"), log);
  EXPECT_THAT(inconsistencies(space_.kb), IsEmpty());
}

TEST_F(RepairTest, WhatAnEditorAddsToTheLogMeanwhileIsKept) {
  put("wiki/log.md", "Remark\n");
  bool added = false;
  WatchedFiles files([&](Call, std::string_view what, const std::string&) {
    if (what != "repair/log" || added) return;
    added = true;
    std::ofstream(path("wiki/log.md"), std::ios::app) << "written meanwhile\n";
  });
  repair_run(space_.kb, files);
  ASSERT_TRUE(added);
  EXPECT_EQ(set_aside()["log.md"], "Remark\nwritten meanwhile\n");
}

TEST_F(RepairTest, TheJournalOfADeadRunIsFinishedAndItsStagingReaped) {
  space_.write("new.md", "New\nasset n.png N\n");
  WatchedFiles dying([](Call, std::string_view what, const std::string&) {
    if (what == "commit/committed") throw std::bad_alloc();
  });
  {
    Session session(space_.kb, dying);
    EXPECT_THROW(session.add(space_.sources({"new.md"})), std::bad_alloc);
  }
  put(".sluice/staging/1-dead/0.raw", "half");
  put(".sluice/staging/1-dead.lease", "");
  const auto repaired = repair_run(space_.kb);
  EXPECT_THAT(repaired.mended, ElementsAre(HasSubstr("journal"), HasSubstr("staging")));
  EXPECT_THAT(repaired.found, IsEmpty());
  EXPECT_TRUE(space_.has("raw/new.md"));
  EXPECT_THAT(inconsistencies(space_.kb), IsEmpty());
  EXPECT_THAT(check(), IsEmpty());
}

TEST_F(RepairTest, TheIndexOfContentsIsMadeAnewFromTheDocuments) {
  change_registry(
      "DELETE FROM recent_contents; INSERT INTO contents VALUES(x'0102030405060708', 7)");
  EXPECT_THAT(space_.open().registry().integrity_problems(Registry::Depth::kFull),
              ElementsAre("2 documents are missing from the index of contents",
                          "1 row of the index of contents leads to no document with that content"));
  EXPECT_EQ(check().size(), 2U);
  EXPECT_THAT(repair_run(space_.kb).mended, ElementsAre(HasSubstr("registry")));
  EXPECT_THAT(check(), ElementsAre(HasSubstr("remark set-aside"))) << "a copy of the registry";
  space_.write("again.md", "Other\n");
  EXPECT_THAT(space_.add({"again.md"}), ElementsAre("duplicate other"));
}

TEST_F(RepairTest, RowsOfADocumentThatIsGoneArePutOnRecordAndDropped) {
  change_registry("DELETE FROM documents WHERE name = 'other'");
  const auto repaired = repair_run(space_.kb);
  EXPECT_THAT(repaired.mended, Contains("row source " + space_.path_key("copy.md")));
  EXPECT_THAT(repaired.mended, Contains("orphan raw/other.md"));
  EXPECT_EQ(repaired.result.left, 0);
  EXPECT_THAT(space_.open().registry().damages(),
              Contains(HasSubstr("source " + space_.path_key("copy.md"))));
  EXPECT_THAT(set_aside()["registry-rows.txt"], HasSubstr(space_.path_key("copy.md") + "\n"));
  EXPECT_THAT(space_.add({"other.md", "copy.md"}), ElementsAre("added other", "duplicate other"));
  // It stays on record until the user has deleted the list.
  EXPECT_THAT(repair_run(space_.kb).mended, IsEmpty());
  fs::remove_all(path(".sluice/set-aside"));
  EXPECT_THAT(repair_run(space_.kb).mended.size(), 2U);
  EXPECT_THAT(check(), IsEmpty());
}

TEST_F(RepairTest, ASourceThatWasOffTheRecordIsKnownAgain) {
  change_registry("DELETE FROM sources WHERE path_key LIKE '%/other.md'");
  EXPECT_THAT(repair_run(space_.kb).mended, ElementsAre("row other"));
  EXPECT_THAT(check(), IsEmpty());
  EXPECT_THAT(space_.add({"other.md"}), ElementsAre("unchanged other"));
  EXPECT_THAT(inconsistencies(space_.kb), IsEmpty());
}

TEST_F(RepairTest, ImagesThatAreOffTheRecordAreMadeAnew) {
  change_registry("DELETE FROM files WHERE path LIKE '%a.png'");
  EXPECT_THAT(repair_run(space_.kb).mended, ElementsAre("row note"));
  EXPECT_THAT(space_.add({"note.md"}), ElementsAre("updated note"));
  EXPECT_EQ(space_.text("wiki/sources/images/note/a.png"), "A");
}

TEST_F(RepairTest, AnIndexIsMadeAnewFromItsTable) {
  test::rot_index(space_.kb);
  const std::string before = space_.text(".sluice/registry.db");
  const auto repaired = repair_run(space_.kb);
  EXPECT_THAT(repaired.mended, ElementsAre("registry .sluice/registry.db"));
  EXPECT_EQ(repaired.result.left, 0);
  EXPECT_THAT(check(), ElementsAre("remark set-aside .sluice/set-aside/check-1"));
  EXPECT_EQ(set_aside()["registry.db"], before);
  EXPECT_THAT(space_.add({"note.md", "other.md"}),
              ElementsAre("unchanged note", "unchanged other"));
}

TEST_F(RepairTest, ATableThatCannotBeReadIsLeftToTheUserAndNothingIsTouched) {
  test::rot_table(space_.kb);
  put("raw/stray.pdf", "stray");
  std::vector<std::string> found;
  std::int64_t left = 0;
  try {
    const auto repaired = repair_run(space_.kb);
    found = repaired.found;
    left = repaired.result.left;
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kDamaged);
    left = 1;
  }
  EXPECT_GT(left, 0);
  EXPECT_EQ(space_.text("raw/stray.pdf"), "stray");
}

TEST_F(RepairTest, DamageWhoseEvidenceTheUserHasDeletedIsForgotten) {
  {
    auto kb = space_.open();
    Transaction transaction(kb.registry());
    transaction.writer().put_damage({}, "note: something was wrong", "row-7");
    transaction.commit();
  }
  put(".sluice/set-aside/row-7/0.raw", "evidence");
  EXPECT_THAT(repair_run(space_.kb).mended, IsEmpty());
  EXPECT_THAT(check(), ElementsAre("remark set-aside .sluice/set-aside/row-7"));
  fs::remove_all(path(".sluice/set-aside"));
  EXPECT_THAT(repair_run(space_.kb).mended, ElementsAre("set-aside .sluice/set-aside/row-7"));
  EXPECT_THAT(check(), IsEmpty());
  EXPECT_THAT(space_.open().registry().damages(), IsEmpty());
}

TEST_F(RepairTest, LeavesTheStagingOfTheLivingAlone) {
  space_.write("new.md", "New\n");
  Session alive(space_.kb);
  std::vector<Bundle> bundles;
  bundles.push_back(alive.make(space_.source("new.md")));
  EXPECT_THAT(repair_run(space_.kb).mended, IsEmpty());
  alive.owner.commit(std::move(bundles));
  alive.owner.finish();
  EXPECT_THAT(test::words_of(alive.results), ElementsAre("added new"));
  EXPECT_THAT(inconsistencies(space_.kb), IsEmpty());
}

}  // namespace
}  // namespace sluice::owner
