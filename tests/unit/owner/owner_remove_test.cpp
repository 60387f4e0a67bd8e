// Documents that are taken out: their files, rows and sources go, and nothing else does.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/owner/bundle_maker.h"
#include "unit/owner/consistency.h"
#include "unit/owner/watched_files.h"

namespace sluice::owner {
namespace {

using test::Call;
using test::documents_named;
using test::hash8;
using test::inconsistencies;
using test::published_tree;
using test::Session;
using test::WatchedFiles;
using test::Workspace;
using test::write_file;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class OwnerRemove : public testing::Test {
 protected:
  OwnerRemove() {
    space_.write("note.md", "One\nasset a.png A\nsidecar outline {}\n");
    space_.write("other.md", "Other\n");
    space_.add({"note.md", "other.md"});
  }
  Workspace space_;
};

TEST_F(OwnerRemove, AllFilesOfTheDocumentGo) {
  EXPECT_THAT(space_.remove({"note"}), ElementsAre("removed note"));
  for (const char* path : {"raw/note.md", "wiki/sources/note.md", "wiki/sources/images/note",
                           "wiki/sources/note.outline.json"}) {
    EXPECT_FALSE(space_.has(path)) << path;
  }
  EXPECT_TRUE(space_.has("raw/other.md"));
  EXPECT_THAT(inconsistencies(space_.kb), IsEmpty());
  EXPECT_THAT(space_.leftovers(), IsEmpty());
}

TEST_F(OwnerRemove, HasAnEventAndALineInTheLog) {
  Session session(space_.kb);
  session.remove({"note"});
  EXPECT_THAT(space_.events(), ElementsAre("added note", "added other", "removed note"));
  ASSERT_EQ(session.results.size(), 1U);
  EXPECT_EQ(session.results[0].seq, session.kb.registry().last_event());
  EXPECT_THAT(space_.text("wiki/log.md"),
              HasSubstr("removed | note (" + space_.path_key("note.md")));
}

TEST_F(OwnerRemove, SeveralGoInOneTransaction) {
  int commits = 0;
  WatchedFiles files([&](Call, std::string_view what, const std::string&) {
    commits += what == "commit/committed" ? 1 : 0;
  });
  Session session(space_.kb, files);
  session.remove({"note", "other"});
  EXPECT_EQ(commits, 1);
  EXPECT_EQ(session.results.size(), 2U);
  EXPECT_TRUE(std::filesystem::is_empty(space_.kb + "/raw"));
  EXPECT_THAT(inconsistencies(space_.kb), IsEmpty());
}

TEST_F(OwnerRemove, TheRawFileStaysIfItIsToBeKept) {
  space_.remove({"note"}, RawFile::kKeep);
  EXPECT_EQ(space_.text("raw/note.md"), "One\nasset a.png A\nsidecar outline {}\n");
  EXPECT_FALSE(space_.has("wiki/sources/note.md"));
}

TEST_F(OwnerRemove, TheSourceCanBeAddedAgainUnderTheSameName) {
  const auto before = test::without_log(published_tree(space_.kb));
  space_.remove({"note"});
  EXPECT_THAT(space_.add({"note.md"}), ElementsAre("added note"));
  EXPECT_EQ(test::without_log(published_tree(space_.kb)), before);
}

TEST_F(OwnerRemove, AllSourcesOfTheDocumentGoWithItAndAreNamed) {
  space_.write("copy.md", "Other\n");
  space_.add({"copy.md"});
  Session session(space_.kb);
  session.remove({"other"});
  ASSERT_EQ(session.results.size(), 1U);
  ASSERT_EQ(session.results[0].warnings.size(), 1U);
  EXPECT_THAT(session.results[0].warnings[0].message, HasSubstr(space_.path_key("copy.md")));
  EXPECT_FALSE(session.kb.registry().source(space_.path_key("copy.md")));
  EXPECT_THAT(space_.add({"copy.md"}), ElementsAre("added copy"));
  EXPECT_THAT(inconsistencies(space_.kb), IsEmpty());
}

TEST_F(OwnerRemove, AFailureOnRecordGoesWithTheDocument) {
  space_.write("note.md", "fail malformed broken\n");
  space_.add({"note.md"});
  EXPECT_EQ(space_.open().registry().counts().failures, 1);
  space_.remove({"note"});
  EXPECT_EQ(space_.open().registry().counts().failures, 0);
}

TEST_F(OwnerRemove, WhatWasEditedByHandIsKept) {
  write_file(space_.kb + "/wiki/sources/note.md", "My edit\n");
  write_file(space_.kb + "/wiki/sources/images/note/mine.png", "M");
  space_.remove({"note"});
  EXPECT_FALSE(space_.has("wiki/sources/note.md"));
  EXPECT_EQ(space_.text("wiki/sources/note.md.orig-" + hash8("My edit\n")), "My edit\n");
  EXPECT_THAT(space_.warnings, ElementsAre(HasSubstr("note.md was changed by hand: kept as"),
                                           HasSubstr("note was changed by hand: kept as")));
}

TEST_F(OwnerRemove, FilesThatAreGoneAlreadyAreNotMissed) {
  std::filesystem::remove(space_.kb + "/raw/note.md");
  std::filesystem::remove_all(space_.kb + "/wiki/sources/images/note");
  EXPECT_THAT(space_.remove({"note"}), ElementsAre("removed note"));
  EXPECT_THAT(inconsistencies(space_.kb), IsEmpty());
}

TEST_F(OwnerRemove, NothingChangesIfTheChoiceIsRefused) {
  const auto before = published_tree(space_.kb);
  Session session(space_.kb);
  EXPECT_THROW(
      session.owner.remove(
          [](const Registry&) -> std::vector<Owner::Chosen> { throw Error("remove", "x", "no"); },
          RawFile::kRemove),
      Error);
  session.owner.finish();
  EXPECT_EQ(published_tree(space_.kb), before);
  EXPECT_THAT(inconsistencies(space_.kb), IsEmpty());
}

TEST_F(OwnerRemove, WhatAnotherProcessHasRemovedMeanwhileIsNotRemovedAgain) {
  Session slow(space_.kb);
  slow.owner.start();
  space_.remove({"note"});
  slow.owner.remove(documents_named({"note"}), RawFile::kRemove);
  slow.owner.finish();
  EXPECT_THAT(slow.results, IsEmpty());
  EXPECT_THAT(inconsistencies(space_.kb), IsEmpty());
}

TEST_F(OwnerRemove, WhatALivingRunHasJustAddedCanBeRemoved) {
  space_.write("new.md", "New\nasset n.png N\n");
  Session adder(space_.kb);
  std::vector<Bundle> bundles;
  bundles.push_back(adder.make(space_.source("new.md")));
  adder.owner.commit(std::move(bundles));  // its journal row is there until finish()
  EXPECT_THAT(space_.remove({"new"}), ElementsAre("removed new"));
  EXPECT_EQ(adder.kb.registry().counts().pending, 0);
  adder.owner.finish();
  EXPECT_FALSE(space_.has("raw/new.md"));
  EXPECT_THAT(inconsistencies(space_.kb), IsEmpty());
}

TEST_F(OwnerRemove, ARunThatPreparedBeforeTheRemovalAddsAnew) {
  Session adder(space_.kb);
  std::vector<Bundle> bundles;
  bundles.push_back(adder.make(space_.source("note.md")));
  bundles.back().kind = Bundle::Kind::kKnown;  // nothing was converted: it was on record
  space_.remove({"note"});
  adder.owner.commit(std::move(bundles));
  adder.owner.finish();
  EXPECT_THAT(test::words_of(adder.results), ElementsAre("added note"));
  EXPECT_THAT(inconsistencies(space_.kb), IsEmpty());
}

TEST_F(OwnerRemove, IsFinishedByRecoveryAlsoForWhatWasEditedByHand) {
  write_file(space_.kb + "/wiki/sources/note.md", "My edit\n");
  WatchedFiles dying([](Call, std::string_view what, const std::string&) {
    if (what == "publish/keep") throw std::bad_alloc();
  });
  {
    Session session(space_.kb, dying);
    EXPECT_THROW(session.remove({"note"}), std::bad_alloc);
  }
  EXPECT_THAT(test::recover_and_reap(space_.kb), testing::Contains(HasSubstr("changed by hand")));
  EXPECT_EQ(space_.text("wiki/sources/note.md.orig-" + hash8("My edit\n")), "My edit\n");
  EXPECT_THAT(inconsistencies(space_.kb), IsEmpty());
}

}  // namespace
}  // namespace sluice::owner
