// Durability as far as calls can show it: what must be flushed before the commit point is, on
// platforms with and without a sync of the whole file system.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "unit/owner/bundle_maker.h"
#include "unit/owner/consistency.h"
#include "unit/owner/watched_files.h"

namespace sluice::owner {
namespace {

using test::Call;
using test::inconsistencies;
using test::plain_files;
using test::Session;
using test::WatchedFiles;
using test::Workspace;
using testing::IsEmpty;

class OwnerSync : public testing::Test {
 protected:
  OwnerSync()
      : files_([this](Call call, std::string_view what, const std::string& object) {
          if (call == Call::kSync || call == Call::kPoint) {
            calls_.push_back(what == "sync" ? object : std::string(what));
          }
        }) {}

  std::string inode(const std::string& path) {
    struct stat st {};
    EXPECT_EQ(::stat((space_.kb + "/" + path).c_str(), &st), 0) << path;
    return std::to_string(st.st_ino);
  }
  // The calls between the last `begin` and the first `end` behind it.
  std::set<std::string> between(const std::string& begin, const std::string& end) {
    const auto to = std::find(calls_.begin(), calls_.end(), end);
    EXPECT_NE(to, calls_.end()) << end;
    const auto from = begin.empty() ? calls_.begin() : std::find(calls_.begin(), to, begin);
    EXPECT_TRUE(begin.empty() || from != to) << begin;
    return {from, to};
  }
  void add(const std::vector<std::string>& names) {
    calls_.clear();
    session_ = std::make_unique<Session>(space_.kb, files_, settings_);
    session_->add(space_.sources(names));
  }

  Workspace space_;
  std::vector<std::string> calls_;
  WatchedFiles files_;
  OwnerSettings settings_;
  std::unique_ptr<Session> session_;
};

TEST_F(OwnerSync, OneSyncOfTheFileSystemComesBeforeTheTransaction) {
  space_.write("a.md", "A\nasset a.png A\n");
  space_.write("b.md", "B\n");
  add({"a.md", "b.md"});
  EXPECT_TRUE(between("commit/sync", "commit/transaction").contains("sync_file_system"));
  EXPECT_TRUE(between("finish/sync", "finish/commit").contains("sync_file_system"));
  EXPECT_EQ(std::count(calls_.begin(), calls_.end(), "sync_file_system"), 2);
}

TEST_F(OwnerSync, ALargeGroupIsFlushedWhileItIsDecided) {
  settings_.flush_ahead_from = 2;
  space_.write("a.md", "A\nasset a.png A\n");
  space_.write("b.md", "B\n");
  add({"a.md", "b.md"});
  EXPECT_TRUE(between("", "commit/transaction").contains("sync_file_system"));
  EXPECT_EQ(std::count(calls_.begin(), calls_.end(), "sync_file_system"), 2);
  EXPECT_THAT(inconsistencies(space_.kb), IsEmpty());
}

TEST_F(OwnerSync, WhatIsRetargetedMeanwhileIsFlushedByItself) {
  settings_.flush_ahead_from = 2;
  space_.write("a.md", "A\n");
  space_.write("x/a.md", "B\nasset a.png A\nlink 1\n");
  add({"a.md", "x/a.md"});
  EXPECT_TRUE(between("commit/sync", "commit/transaction").contains("sync_file_system"));
  EXPECT_EQ(std::count(calls_.begin(), calls_.end(), "sync_file_system"), 3);
  EXPECT_THAT(inconsistencies(space_.kb), IsEmpty());
}

TEST_F(OwnerSync, AFewDocumentsAreNotFlushedAhead) {
  settings_.flush_ahead_from = 3;
  space_.write("a.md", "A\n");
  space_.write("b.md", "B\n");
  add({"a.md", "b.md"});
  EXPECT_TRUE(between("commit/sync", "commit/transaction").contains("sync_file_system"));
}

TEST_F(OwnerSync, WithoutItEveryStagedFileAndItsFoldersAreSyncedBeforeTheTransaction) {
  files_.has_file_system_sync = false;
  space_.write("a.md", "A\nasset a.png A\nasset b.png B\nsidecar outline {}\n");
  space_.write("b.md", "B\n");
  const std::string staging = inode(".sluice/staging");
  add({"a.md", "b.md"});
  const auto synced = between("commit/sync", "commit/transaction");
  for (const char* path : {"raw/a.md", "raw/b.md", "wiki/sources/a.md", "wiki/sources/b.md",
                           "wiki/sources/a.outline.json", "wiki/sources/images/a",
                           "wiki/sources/images/a/a.png", "wiki/sources/images/a/b.png"}) {
    EXPECT_TRUE(synced.contains(inode(path))) << path;
  }
  EXPECT_TRUE(synced.contains(staging)) << "the batch's own name";
}

TEST_F(OwnerSync, WithoutItTheRenamesAndTheLogAreSyncedBeforeTheJournalIsEmptied) {
  files_.has_file_system_sync = false;
  space_.write("a.md", "A\nasset a.png A\n");
  add({"a.md"});
  const auto synced = between("finish/sync", "finish/commit");
  for (const char* path : {"raw", "wiki/sources", "wiki/sources/images", "wiki", "wiki/log.md"}) {
    EXPECT_TRUE(synced.contains(inode(path))) << path;
  }
  EXPECT_THAT(inconsistencies(space_.kb), IsEmpty());
}

TEST_F(OwnerSync, WithoutItRecoverySyncsWhatItRenames) {
  files_.has_file_system_sync = false;
  space_.write("a.md", "A\n");
  {
    WatchedFiles dying([](Call, std::string_view what, const std::string&) {
      if (what == "publish/rename") throw Error("publish", "it", "a test");
    });
    Session session(space_.kb, dying);
    EXPECT_THROW(session.add({space_.source("a.md")}), Error);
  }
  calls_.clear();
  Session session(space_.kb, files_);
  session.owner.start();
  EXPECT_TRUE(between("recovery/sync", "recovery/commit").contains(inode("raw")));
  EXPECT_THAT(inconsistencies(space_.kb), IsEmpty());
}

TEST_F(OwnerSync, TheLogsCursorIsNotStoredBeforeTheLogIsDurable) {
  space_.write("a.md", "A\n");
  space_.add({"a.md"});
  const std::string cursor = space_.open().registry().meta("log_cursor");
  // Duplicates change the registry alone, so that none of these transactions is behind a sync.
  for (const char* name : {"b.md", "c.md", "d.md"}) space_.write(name, "A\n");
  Session session(space_.kb, files_);
  calls_.clear();
  for (const char* name : {"b.md", "c.md", "d.md"}) {
    std::vector<Bundle> bundles;
    bundles.push_back(session.make(space_.source(name)));
    session.owner.commit(std::move(bundles));
  }
  EXPECT_EQ(std::count(calls_.begin(), calls_.end(), "sync_file_system"), 0);
  EXPECT_EQ(session.kb.registry().meta("log_cursor"), cursor);
  session.owner.finish();
  EXPECT_NE(session.kb.registry().meta("log_cursor"), cursor);
}

}  // namespace
}  // namespace sluice::owner
