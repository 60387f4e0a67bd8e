// What a check finds: each kind of damage done to a real knowledge base, and what is none.
#include "owner/check.h"

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
using test::line_of;
using test::plain_files;
using test::published_tree;
using test::read_file;
using test::Session;
using test::WatchedFiles;
using test::Workspace;
using test::write_file;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class CheckTest : public testing::Test {
 protected:
  CheckTest() {
    space_.write("note.md", "One\nasset a.png A\nasset b.png B\nsidecar outline {}\n");
    space_.write("other.md", "Other\n");
    space_.write("copy.md", "Other\n");
    space_.add({"note.md", "other.md", "copy.md"});
  }

  std::vector<std::string> check() { return check_lines(space_.kb); }
  // Sizes alone.
  std::vector<std::string> quick_check() {
    CheckSettings settings;
    settings.reads_files = false;
    return check_lines(space_.kb, settings);
  }
  std::string path(const std::string& relative) const { return space_.kb + "/" + relative; }
  void put(const std::string& relative, std::string_view text) const {
    write_file(path(relative), text);
  }
  // SQL by another hand.
  void change_registry(const char* sql) const {
    Database(path(".sluice/registry.db"), Database::Mode::kReadWrite).execute(sql);
  }
  // A run that dies at a point.
  void die_at(std::string_view point, const std::vector<std::string>& names) {
    WatchedFiles files([&](Call, std::string_view what, const std::string&) {
      if (what == point) throw std::bad_alloc();
    });
    Session session(space_.kb, files);
    EXPECT_THROW(session.add(space_.sources(names)), std::bad_alloc);
  }

  Workspace space_;
};

TEST_F(CheckTest, FindsNothingInASoundKnowledgeBase) {
  EXPECT_THAT(check(), IsEmpty());
  EXPECT_THAT(quick_check(), IsEmpty());
}

TEST_F(CheckTest, FindsNothingInAnEmptyOne) {
  EXPECT_THAT(check_lines(Workspace().kb), IsEmpty());
}

TEST_F(CheckTest, ChangesNothing) {
  fs::remove(path("raw/note.md"));
  put("raw/stray.md", "stray");
  put("wiki/log.md", "");
  const auto before = published_tree(space_.kb);
  check();
  EXPECT_EQ(published_tree(space_.kb), before);
  EXPECT_EQ(space_.open().registry().document_by_name("note")->state, DocumentState::kOk);
}

TEST_F(CheckTest, CountsWhatItHasLookedAt) {
  auto kb = space_.open();
  const CheckCounts counts = owner::check(kb, {}, [](const Finding&) {});
  EXPECT_EQ(counts.documents, 2U);
  EXPECT_EQ(counts.files, 7U);
  EXPECT_GT(counts.bytes, 60U);
}

TEST_F(CheckTest, FilesThatAreMissing) {
  fs::remove(path("raw/note.md"));
  fs::remove(path("wiki/sources/other.md"));
  fs::remove(path("wiki/sources/note.outline.json"));
  fs::remove(path("wiki/sources/images/note/a.png"));
  const std::vector<std::string> expected = {
      "damage missing raw/note.md", "damage missing wiki/sources/images/note/a.png",
      "damage missing wiki/sources/note.outline.json", "damage missing wiki/sources/other.md"};
  EXPECT_EQ(check(), expected);
  EXPECT_EQ(quick_check(), expected);
}

TEST_F(CheckTest, AFolderOfImagesThatIsMissing) {
  fs::remove_all(path("wiki/sources/images/note"));
  EXPECT_THAT(check(), ElementsAre("damage missing wiki/sources/images/note/a.png",
                                   "damage missing wiki/sources/images/note/b.png"));
}

TEST_F(CheckTest, ARawFileWithOtherBytesOfTheSameSize) {
  put("raw/other.md", "oTHER\n");
  EXPECT_THAT(check(), ElementsAre("damage changed raw/other.md"));
  EXPECT_THAT(quick_check(), IsEmpty());
}

TEST_F(CheckTest, ARawFileOfAnotherSize) {
  put("raw/other.md", "Oth");
  EXPECT_THAT(check(), ElementsAre("damage changed raw/other.md"));
  EXPECT_THAT(quick_check(), ElementsAre("damage changed raw/other.md"));
}

TEST_F(CheckTest, ARawFileThatIsALinkNow) {
  fs::rename(path("raw/other.md"), space_.docs + "/elsewhere");
  fs::create_symlink(space_.docs + "/elsewhere", path("raw/other.md"));
  EXPECT_THAT(check(), ElementsAre("damage changed raw/other.md"));
}

TEST_F(CheckTest, ARawFileThatIsADirectoryNow) {
  fs::remove(path("raw/other.md"));
  fs::create_directory(path("raw/other.md"));
  EXPECT_THAT(check(), ElementsAre("damage changed raw/other.md"));
}

TEST_F(CheckTest, AnEditByHandIsNoDamage) {
  put("wiki/sources/note.md", "My edit\n");
  put("wiki/sources/images/note/a.png", "brighter");
  EXPECT_THAT(check(), ElementsAre("remark edited wiki/sources/note.md",
                                   "remark edited wiki/sources/images/note/a.png"));
}

TEST_F(CheckTest, AKeptEditIsARemark) {
  put("wiki/sources/note.md", "My edit\n");
  space_.write("note.md", "Second\n");
  space_.add({"note.md"});
  EXPECT_THAT(check(), ElementsAre(HasSubstr("remark kept wiki/sources/note.md.orig-")));
}

TEST_F(CheckTest, WhatNoDocumentHasOnRecordIsAnOrphan) {
  put("raw/stray.pdf", "stray");
  put("wiki/sources/stray.md", "stray");
  put("wiki/sources/note.summary.json", "{}");
  fs::create_directory(path("wiki/sources/images/stray"));
  put("raw/note.txt", "not its extension");
  EXPECT_THAT(check(), ElementsAre("damage orphan raw/note.txt", "damage orphan raw/stray.pdf",
                                   "damage orphan wiki/sources/note.summary.json",
                                   "damage orphan wiki/sources/stray.md",
                                   "damage orphan wiki/sources/images/stray"));
}

TEST_F(CheckTest, WhatSluiceWouldNeverNameSoIsForeignAndNoDamage) {
  put("wiki/sources/My own note.md", "mine");
  put("raw/README", "a name without an extension that Sluice could give is an orphan");
  put("raw/two words.pdf", "mine");
  put("wiki/sources/images/note/mine.png", "mine");
  put("wiki/sources/images/loose.png", "mine");
  fs::create_directory(path("raw/folder"));
  EXPECT_THAT(check(), ElementsAre("remark foreign wiki/sources/images/note/mine.png",
                                   "damage orphan raw/README", "remark foreign raw/folder",
                                   "remark foreign raw/two words.pdf",
                                   "remark foreign wiki/sources/My own note.md",
                                   "remark foreign wiki/sources/images/loose.png"));
}

TEST_F(CheckTest, HiddenFilesAndTheRestOfTheWikiAreNobodysBusiness) {
  put("wiki/sources/.obsidian.json", "{}");
  put("raw/.DS_Store", "x");
  put("wiki/index.md", "mine");
  put("wiki/concepts/idea.md", "mine");
  put("notes.txt", "mine");
  EXPECT_THAT(check(), IsEmpty());
}

TEST_F(CheckTest, NamesThatOnlySomePlatformsTellApartCollide) {
  put("wiki/sources/Note.md", "mine");
  put("raw/OTHER.md", "mine");
  EXPECT_THAT(check(), ElementsAre("damage collision raw/OTHER.md",
                                   "damage collision wiki/sources/Note.md"));
}

TEST_F(CheckTest, ARawFileThatWasToBeKeptIsARemark) {
  space_.remove({"note", "other"}, RawFile::kKeep);
  EXPECT_THAT(check(), ElementsAre("remark kept raw/note.md", "remark kept raw/other.md"));
  put("raw/other.md", "something else now");
  EXPECT_THAT(check(), ElementsAre("remark kept raw/note.md", "damage orphan raw/other.md"));
}

TEST_F(CheckTest, ANameThatTheRulesWouldNotGive) {
  change_registry("UPDATE documents SET name = 'CON', name_key = 'con' WHERE name = 'other'");
  EXPECT_THAT(check(), Contains("damage name CON"));
  EXPECT_THAT(check(), Contains("damage row CON"));  // its files are elsewhere
}

TEST_F(CheckTest, ANameWhoseKeyIsNotItsOwn) {
  change_registry("UPDATE documents SET name_key = 'another' WHERE name = 'other'");
  EXPECT_THAT(check(), ElementsAre("damage name other"));
}

TEST_F(CheckTest, APathThatLeadsOutIsNeverOpened) {
  write_file(space_.docs + "/secret", "Other\n");
  change_registry("UPDATE documents SET raw = 'raw/../../docs/secret' WHERE name = 'other'");
  WatchedFiles files([](Call, std::string_view, const std::string& object) {
    EXPECT_THAT(object, Not(HasSubstr("secret")));
  });
  auto kb = KnowledgeBase::open(files, space_.kb, Database::Mode::kReadWrite);
  std::vector<std::string> lines;
  owner::check(kb, {}, [&](const Finding& finding) { lines.push_back(line_of(finding)); });
  EXPECT_THAT(lines, Contains("damage row other"));
}

TEST_F(CheckTest, RowsWhoseDocumentIsGone) {
  change_registry("DELETE FROM documents WHERE name = 'other'");
  EXPECT_THAT(check(),
              ElementsAre("damage row source " + space_.path_key("copy.md"),
                          "damage row source " + space_.path_key("other.md"),
                          "damage orphan raw/other.md", "damage orphan wiki/sources/other.md"));
}

TEST_F(CheckTest, ADocumentWithoutItsSource) {
  change_registry("DELETE FROM sources WHERE path_key LIKE '%/other.md'");
  EXPECT_THAT(check(), ElementsAre("damage row other"));
}

TEST_F(CheckTest, ImagesThatAreNotOnRecord) {
  change_registry("DELETE FROM files WHERE path LIKE '%a.png'");
  EXPECT_THAT(check(),
              ElementsAre("damage row note", "remark foreign wiki/sources/images/note/a.png"));
}

TEST_F(CheckTest, AJournalOfADeadRunIsOneFindingAndNotOneForEachFile) {
  space_.write("note.md", "Second\n");
  space_.write("new.md", "New\nasset n.png N\n");
  die_at("commit/committed", {"note.md", "new.md"});
  EXPECT_THAT(check(), ElementsAre("damage journal .sluice/registry.db", "remark log wiki/log.md",
                                   HasSubstr("remark staging .sluice/staging/")));
}

TEST_F(CheckTest, AJournalOfARemovalThatDied) {
  WatchedFiles files([&](Call, std::string_view what, const std::string&) {
    if (what == "commit/committed") throw std::bad_alloc();
  });
  {
    Session session(space_.kb, files);
    EXPECT_THROW(session.remove({"note"}), std::bad_alloc);
  }
  EXPECT_THAT(check(), ElementsAre("damage journal .sluice/registry.db", "remark log wiki/log.md",
                                   HasSubstr("remark staging .sluice/staging/")));
}

TEST_F(CheckTest, WhatALivingRunIsDoingIsNoFinding) {
  space_.write("new.md", "New\nasset n.png N\n");
  Session alive(space_.kb);
  std::vector<Bundle> bundles;
  bundles.push_back(alive.make(space_.source("new.md")));
  alive.owner.commit(std::move(bundles));
  EXPECT_THAT(check(), IsEmpty());
  alive.owner.finish();
  EXPECT_THAT(check(), IsEmpty());
}

TEST_F(CheckTest, AJournalRowThatIsForged) {
  {
    auto kb = space_.open();
    Transaction transaction(kb.registry());
    transaction.writer().append_journal({0, "../../x", 0, "format-disk\n", 0});
    transaction.commit();
  }
  EXPECT_THAT(check(), ElementsAre("damage journal .sluice/registry.db",
                                   "damage journal .sluice/registry.db"));
}

TEST_F(CheckTest, StagingThatADeadRunHasLeftIsARemark) {
  put(".sluice/staging/1-dead/0.raw", "half");
  put(".sluice/staging/1-dead.lease", "");
  EXPECT_THAT(check(), ElementsAre("remark staging .sluice/staging/1-dead"));
}

TEST_F(CheckTest, LinesThatTheLogHasLost) {
  const std::string log = space_.text("wiki/log.md");
  const std::size_t second = log.find('\n') + 1;
  put("wiki/log.md", log.substr(second));
  EXPECT_THAT(check(), ElementsAre("damage log wiki/log.md"));
  put("wiki/log.md", log.substr(0, second) + log.substr(log.find('\n', second) + 1));
  EXPECT_THAT(check(), ElementsAre("damage log wiki/log.md"));
  put("wiki/log.md", log.substr(0, second));
  EXPECT_THAT(check(), ElementsAre("damage log wiki/log.md"));
  fs::remove(path("wiki/log.md"));
  EXPECT_THAT(check(), ElementsAre("damage log wiki/log.md"));
}

TEST_F(CheckTest, WhatPeopleWriteIntoTheLogIsTheirs) {
  const std::string log = space_.text("wiki/log.md");
  const std::size_t second = log.find('\n') + 1;
  put("wiki/log.md", "# My log\n\n" + log.substr(0, second) +
                         "A remark\n## [x] added | note (y)\n" + std::string(200'000, 'x') + "\n" +
                         log.substr(second) + "no end of line");
  EXPECT_THAT(check(), IsEmpty());
}

TEST_F(CheckTest, LinesThatAreStillToComeAreARemark) {
  space_.write("new.md", "New\n");
  {
    WatchedFiles files([](Call call, std::string_view what, const std::string& object) {
      if (call != Call::kPoint && what == "open_or_create" && object == "log.md") {
        throw SystemError(what, object, std::make_error_code(std::errc::permission_denied));
      }
    });
    Session session(space_.kb, files);
    session.add(space_.sources({"new.md"}));
  }
  EXPECT_THAT(check(), ElementsAre("remark log wiki/log.md"));
}

TEST_F(CheckTest, ADocumentThatIsMarkedThoughAllOfItIsThere) {
  change_registry("UPDATE documents SET damaged = 1 WHERE name = 'note'");
  EXPECT_THAT(check(), ElementsAre("damage marked note"));
  fs::remove(path("raw/note.md"));
  EXPECT_THAT(check(), ElementsAre("damage missing raw/note.md"));
}

TEST_F(CheckTest, WhatWasSetAsideStaysARemark) {
  put(".sluice/set-aside/check-1/raw-x.md", "x");
  EXPECT_THAT(check(), ElementsAre("remark set-aside .sluice/set-aside/check-1"));
}

TEST_F(CheckTest, AnIndexThatDisagreesWithItsTable) {
  test::rot_index(space_.kb);
  EXPECT_THAT(check(), Contains("damage registry .sluice/registry.db"));
}

TEST_F(CheckTest, ATableThatCannotBeReadEndsTheCheck) {
  test::rot_table(space_.kb);
  fs::remove(path("raw/note.md"));
  const auto lines = check();
  EXPECT_FALSE(lines.empty());
  EXPECT_THAT(lines, Each("damage registry .sluice/registry.db"));
}

TEST_F(CheckTest, ARegistryWithoutAnId) {
  change_registry("UPDATE meta SET value = 'x' WHERE key = 'kb_id'");
  EXPECT_THAT(check(), ElementsAre("damage registry .sluice/registry.db"));
}

TEST_F(CheckTest, ManyThreadsFindWhatOneFinds) {
  for (int i = 0; i < 300; ++i) {
    space_.write("n" + std::to_string(i) + ".md", "N " + std::to_string(i) + "\nasset a.png A\n");
  }
  std::vector<std::string> names;
  for (int i = 0; i < 300; ++i) names.push_back("n" + std::to_string(i) + ".md");
  space_.add(names);
  for (int i = 0; i < 300; i += 7) fs::remove(path("raw/n" + std::to_string(i) + ".md"));
  const auto expected = check();
  EXPECT_EQ(expected.size(), 43U);
  CheckSettings settings;
  settings.jobs = 8;
  std::uint64_t told = 0;
  settings.progress = [&](std::uint64_t documents) { told += documents; };
  EXPECT_EQ(check_lines(space_.kb, settings), expected);
  EXPECT_EQ(told, 302U);
}

TEST_F(CheckTest, AnInterruptionEndsIt) {
  CheckSettings settings;
  settings.interrupted = [] { return true; };
  try {
    check_lines(space_.kb, settings);
    FAIL() << "it went on";
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kInterrupted);
  }
}

TEST_F(CheckTest, AFileThatCannotBeReadIsNotTakenForChanged) {
  WatchedFiles files([](Call, std::string_view what, const std::string& object) {
    if (what == "open_read" && object == "other.md") {
      throw SystemError(what, object, std::make_error_code(std::errc::io_error));
    }
  });
  auto kb = KnowledgeBase::open(files, space_.kb, Database::Mode::kReadWrite);
  std::vector<std::string> lines;
  owner::check(kb, {}, [&](const Finding& finding) { lines.push_back(line_of(finding)); });
  EXPECT_THAT(lines, ElementsAre("damage unreadable raw/other.md",
                                 "damage unreadable wiki/sources/other.md"));
}

}  // namespace
}  // namespace sluice::owner
