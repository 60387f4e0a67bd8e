// Recovery of what a dead owner had committed, and of journals that are not to be trusted.
#include "owner/recovery.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "owner/transaction.h"
#include "unit/owner/bundle_maker.h"
#include "unit/owner/consistency.h"
#include "unit/owner/watched_files.h"

namespace sluice::owner {
namespace {

using test::Call;
using test::inconsistencies;
using test::plain_files;
using test::published_tree;
using test::recover_and_reap;
using test::Session;
using test::WatchedFiles;
using test::Workspace;
using test::write_file;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class RecoveryTest : public testing::Test {
 protected:
  // Commits the documents; the publish fails at its first step.
  void commit_without_publishing(const std::vector<std::string>& names) {
    WatchedFiles failing([](Call, std::string_view what, const std::string&) {
      if (what == "commit/committed") throw std::bad_alloc();
    });
    Session session(space_.kb, failing);
    EXPECT_THROW(session.add(space_.sources(names)), std::bad_alloc);
  }
  void forge(const std::string& batch, const std::string& steps) {
    auto kb = space_.open();
    Transaction transaction(kb.registry());
    transaction.writer().append_journal({0, batch, 0, steps, 0});
    transaction.commit();
  }
  std::string step(const std::string& op, const std::string& staged, const std::string& target,
                   std::string_view content) {
    return op + "\t" + staged + "\t" + target + "\t" + platform::to_hex(platform::sha256(content)) +
           "\t-\n";
  }
  Workspace space_;
};

TEST_F(RecoveryTest, WhatIsCommittedIsPublishedWhateverEndedTheOwner) {
  space_.write("a.md", "A\nasset a.png A\nsidecar outline {}\n");
  space_.write("b.md", "B\n");
  commit_without_publishing({"a.md", "b.md"});
  EXPECT_FALSE(space_.has("raw/a.md"));
  EXPECT_EQ(space_.open().registry().document_by_name("a")->state, DocumentState::kPending);
  EXPECT_THAT(recover_and_reap(space_.kb), ElementsAre(HasSubstr("finished 2 documents")));
  EXPECT_TRUE(space_.has("raw/a.md"));
  EXPECT_THAT(inconsistencies(space_.kb), IsEmpty());
}

TEST_F(RecoveryTest, WithoutFinishTheStagingIsLeftForRecovery) {
  space_.write("a.md", "A\n");
  {
    Session session(space_.kb);
    std::vector<Bundle> bundles;
    bundles.push_back(session.make(space_.source("a.md")));
    session.owner.commit(std::move(bundles));
  }
  EXPECT_EQ(space_.leftovers().size(), 2U);
  recover_and_reap(space_.kb);
  EXPECT_THAT(inconsistencies(space_.kb), IsEmpty());
}

TEST_F(RecoveryTest, ASecondRecoveryFindsNothingToDo) {
  space_.write("a.md", "A\n");
  commit_without_publishing({"a.md"});
  recover_and_reap(space_.kb);
  EXPECT_THAT(recover_and_reap(space_.kb), IsEmpty());
}

TEST_F(RecoveryTest, AnyExclusiveLockRecoversFirst) {
  space_.write("a.md", "A\n");
  commit_without_publishing({"a.md"});
  space_.write("b.md", "B\n");
  Session session(space_.kb);
  std::vector<Bundle> bundles;
  bundles.push_back(session.make(space_.source("b.md")));
  session.owner.commit(std::move(bundles));  // without start()
  EXPECT_TRUE(space_.has("raw/a.md"));
  session.owner.finish();
}

TEST_F(RecoveryTest, AStagedFileThatIsGoneIsDamageAndTheRestIsSetAside) {
  space_.write("a.md", "A\n");
  commit_without_publishing({"a.md"});
  const auto staging = std::filesystem::path(space_.kb) / ".sluice/staging";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(staging)) {
    if (entry.path().extension() == ".raw") std::filesystem::remove(entry.path());
  }
  Session session(space_.kb);
  session.owner.start();
  EXPECT_TRUE(session.owner.found_damage());
  EXPECT_THAT(session.warnings, Contains(HasSubstr("set-aside")));
  EXPECT_EQ(session.kb.registry().document_by_name("a")->state, DocumentState::kDamaged);
  EXPECT_FALSE(session.kb.registry().has_journal());
  session.owner.finish();
  // The source is prepared again, although its bytes are the same.
  EXPECT_THAT(space_.add({"a.md"}), ElementsAre("updated a"));
  EXPECT_EQ(space_.text("raw/a.md"), "A\n");
}

// A power cut between the two would lose the folder, with the evidence in it.
TEST_F(RecoveryTest, TheFolderOfEvidenceIsDurableBeforeAnythingMovesThere) {
  space_.write("a.md", "A\n");
  commit_without_publishing({"a.md"});
  for (const auto& entry : std::filesystem::recursive_directory_iterator(space_.kb + "/.sluice")) {
    if (entry.path().extension() == ".raw") write_file(entry.path(), "forged\n");
  }
  std::vector<std::string> calls;
  WatchedFiles files([&calls](Call, std::string_view what, const std::string& name) {
    if (what == "make_dir" && name.starts_with("row-")) calls.clear();
    calls.emplace_back(what);
  });
  Session session(space_.kb, files);
  session.owner.start();
  const auto moved = std::find(calls.begin(), calls.end(), "set-aside/rename");
  ASSERT_EQ(calls.front(), "make_dir");
  ASSERT_NE(moved, calls.end());
  EXPECT_EQ(std::count(calls.begin(), moved, "sync"), 2);  // the folder's name, and its parent's
}

TEST_F(RecoveryTest, AStagedFileWithOtherContentIsNotPublished) {
  space_.write("a.md", "A\n");
  commit_without_publishing({"a.md"});
  for (const auto& entry : std::filesystem::recursive_directory_iterator(space_.kb + "/.sluice")) {
    if (entry.path().extension() == ".raw") write_file(entry.path(), "forged\n");
  }
  Session session(space_.kb);
  session.owner.start();
  EXPECT_FALSE(space_.has("raw/a.md"));
  bool kept = false;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(space_.kb + "/.sluice/set-aside")) {
    kept = kept || (entry.is_regular_file() && test::read_file(entry.path()) == "forged\n");
  }
  EXPECT_TRUE(kept) << "evidence is set aside";
}

TEST_F(RecoveryTest, WhatCannotBeFinishedNowIsTriedAgainAndThenSetAside) {
  space_.write("a.md", "A\n");
  commit_without_publishing({"a.md"});
  WatchedFiles failing([](Call, std::string_view what, const std::string& name) {
    if (what == "rename" && name.ends_with(".raw")) {
      throw SystemError("rename", name, std::make_error_code(std::errc::permission_denied));
    }
  });
  for (std::int64_t attempt = 1; attempt < kMaxAttempts; ++attempt) {
    Session session(space_.kb, failing);
    try {
      session.owner.start();
      FAIL() << "attempt " << attempt << " succeeded";
    } catch (const Error& error) {
      EXPECT_EQ(error.exit_code(), ExitCode::kDamaged);
      EXPECT_THAT(error.next(), HasSubstr("sluice recover"));
    }
  }
  EXPECT_TRUE(std::filesystem::is_empty(space_.kb + "/raw"));
  // It passes before the last attempt: nothing is lost.
  recover_and_reap(space_.kb);
  EXPECT_THAT(inconsistencies(space_.kb), IsEmpty());
}

TEST_F(RecoveryTest, ForgedRowsHarmNothingAndAreSetAside) {
  write_file(space_.docs + "/outside", "outside");
  const std::string batch = "1-forged";
  std::filesystem::create_directory(space_.kb + "/.sluice/staging/" + batch);
  const std::string staged = space_.kb + "/.sluice/staging/" + batch + "/s";
  const auto before = published_tree(space_.kb);
  const std::string good = step("file", "s", "raw/x.md", "forged");
  const std::vector<std::string> rows = {
      step("file", "s", space_.docs + "/outside", "forged"),
      step("file", "s", "raw/../../docs/outside", "forged"),
      step("file", "s", "../docs/outside", "forged"),
      step("file", "s", ".sluice/config.toml", "forged"),
      step("file", "s", ".sluice/registry.db", "forged"),
      step("file", "s", "wiki/other.md", "forged"),
      step("file", "s", "wiki/index.md/x", "forged"),
      step("dir", "s", "wiki/index.md", "forged"),
      step("file", "s", "wiki/sources/docs/images/x/y.md", "forged"),
      step("file", "s", "wiki/log.md", "forged"),
      step("file", "s", "wiki/sources/images", "forged"),
      step("file", "s", "raw", "forged"),
      step("file", "s", "raw/", "forged"),
      step("file", "s", "", "forged"),
      step("file", "../1-forged/s", "raw/x.md", "forged"),
      step("file", "..", "raw/x.md", "forged"),
      step("file", space_.docs + "/outside", "raw/x.md", "outside"),
      step("dir", "s", "raw/x.md", "forged"),
      step("file", "s", "wiki/sources/images/x", "forged"),
      step("remove-dir", "s", "raw/x.md", "forged"),
      step("format-disk", "s", "raw/x.md", "forged"),
      good.substr(0, good.size() - 1),
      good.substr(0, good.size() - 3) + "xx\n",
      "file\ts\traw/x.md\tshort\t-\n",
      "\n",
      std::string("file\ts\traw/x\0y.md\t", 18) + std::string(64, '0') + "\t-\n",
  };
  for (const std::string& row : rows) {
    write_file(staged, "forged");
    forge(batch, row);
    Session session(space_.kb);
    session.owner.commit({});
    const auto recovery = recover(session.kb, "");
    EXPECT_EQ(recovery.damages.size(), 1U) << row;
    EXPECT_EQ(recovery.finished, 0) << row;
    EXPECT_FALSE(session.kb.registry().has_journal()) << row;
  }
  EXPECT_EQ(test::read_file(space_.docs + "/outside"), "outside");
  EXPECT_EQ(published_tree(space_.kb), before);
}

TEST_F(RecoveryTest, ForgedBatchNamesLeadNowhere) {
  write_file(space_.docs + "/s", "outside");
  std::filesystem::create_directory_symlink(space_.docs, space_.kb + "/.sluice/staging/link");
  const auto before = published_tree(space_.kb);
  for (const std::string& batch : {space_.docs, std::string("../../../docs"), std::string(".."),
                                   std::string("."), std::string(), std::string("link")}) {
    forge(batch, step("file", "s", "raw/x.md", "outside"));
    auto kb = space_.open();
    EXPECT_EQ(recover(kb, "").damages.size(), 1U) << batch;
  }
  EXPECT_EQ(published_tree(space_.kb), before);
  EXPECT_EQ(test::read_file(space_.docs + "/s"), "outside");
}

TEST_F(RecoveryTest, AStagedSymlinkIsNotPublished) {
  write_file(space_.docs + "/outside", "outside");
  std::filesystem::create_directory(space_.kb + "/.sluice/staging/1-forged");
  std::filesystem::create_symlink(space_.docs + "/outside",
                                  space_.kb + "/.sluice/staging/1-forged/s");
  forge("1-forged", step("file", "s", "raw/x.md", "outside"));
  auto kb = space_.open();
  EXPECT_EQ(recover(kb, "").damages.size(), 1U);
  EXPECT_FALSE(space_.has("raw/x.md"));
}

TEST_F(RecoveryTest, TheJournalOfACopyTouchesOnlyTheCopy) {
  space_.write("a.md", "One\n");
  space_.add({"a.md"});
  space_.write("a.md", "Second\n");
  commit_without_publishing({"a.md"});
  const std::string copy = space_.kb + "-copy";
  std::filesystem::copy(space_.kb, copy, std::filesystem::copy_options::recursive);
  const auto before = published_tree(space_.kb);
  const auto staged = space_.leftovers();
  recover_and_reap(copy);
  EXPECT_EQ(published_tree(space_.kb), before);
  EXPECT_EQ(space_.leftovers(), staged);
  EXPECT_EQ(test::read_file(copy + "/raw/a.md"), "Second\n");
  EXPECT_THAT(inconsistencies(copy), IsEmpty());
  recover_and_reap(space_.kb);
  EXPECT_THAT(inconsistencies(space_.kb), IsEmpty());
}

TEST_F(RecoveryTest, RowsOfALivingBatchAreLeftToIt) {
  space_.write("a.md", "A\n");
  Session alive(space_.kb);
  std::vector<Bundle> bundles;
  bundles.push_back(alive.make(space_.source("a.md")));
  alive.owner.commit(std::move(bundles));
  EXPECT_THAT(recover_and_reap(space_.kb), IsEmpty());
  EXPECT_EQ(alive.kb.registry().counts().pending, 1);
  alive.owner.finish();
  EXPECT_THAT(inconsistencies(space_.kb), IsEmpty());
}

}  // namespace
}  // namespace sluice::owner
