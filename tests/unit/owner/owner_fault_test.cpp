// Failing file calls: for each scenario the N-th call fails, for N = 1, 2, ... until none is left
// to fail. Whatever is reported must be so, nothing may be half done, and once the fault is gone
// another run must end in the undisturbed tree.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/owner/bundle_maker.h"
#include "unit/owner/consistency.h"
#include "unit/owner/watched_files.h"

namespace sluice::owner {
namespace {

using test::Call;
using test::documents_named;
using test::inconsistencies;
using test::plain_files;
using test::published_tree;
using test::recover_and_reap;
using test::Session;
using test::Tree;
using test::WatchedFiles;
using test::without_log;
using test::Workspace;
using testing::IsEmpty;

enum class Lasting { kOnce, kFromThen };

class OwnerFault : public testing::Test {
 protected:
  std::string fresh_copy() {
    const std::string copy = space_.kb + "-copy";
    std::filesystem::remove_all(copy);
    std::filesystem::copy(space_.kb, copy, std::filesystem::copy_options::recursive);
    return copy;
  }

  // A run as the program makes it: it finishes what it has begun, unless the KB is damaged.
  void run(const std::string& kb, platform::Files& files, std::vector<DocumentResult>& results) {
    Session session(kb, files, settings_);
    bool damaged = false;
    try {
      session.owner.start();
      std::vector<Bundle> bundles;
      for (const auto& source : sources_) bundles.push_back(session.make(source));
      session.owner.commit(std::move(bundles));
      if (!removed_.empty()) session.owner.remove(documents_named(removed_), RawFile::kRemove);
    } catch (const Error& error) {
      damaged = error.exit_code() == ExitCode::kDamaged;
    }
    if (!damaged) session.owner.finish();
    results = session.results;
  }
  void try_to_run(const std::string& kb, platform::Files& files,
                  std::vector<DocumentResult>& results) {
    try {
      run(kb, files, results);
    } catch (const Error&) {
      // What was reported before still counts.
    }
  }

  // Every document that was reported as committed is so, with these bytes.
  void expect_true(const std::vector<DocumentResult>& results, const std::string& path) {
    auto kb = KnowledgeBase::open(plain_files(), path, Database::Mode::kReadWrite);
    for (const DocumentResult& result : results) {
      if (result.result == Result::kFailed) continue;
      const auto document = kb.registry().document_by_name(result.name);
      ASSERT_EQ(document.has_value(), result.result != Result::kRemoved) << result.name;
      if (!document) continue;
      EXPECT_EQ(document->sha256, result.sha256) << result.name;
    }
  }

  void fail_everywhere(std::error_code code, Lasting lasting) {
    const std::string undisturbed = fresh_copy();
    std::vector<DocumentResult> results;
    run(undisturbed, plain_files(), results);
    const Tree expected = without_log(published_tree(undisturbed));
    bool failed = true;
    int last = 0;
    for (last = 1; failed; ++last) {
      SCOPED_TRACE(code.message() + " at call " + std::to_string(last));
      const std::string kb = fresh_copy();
      int calls = 0;
      failed = false;
      WatchedFiles files([&](Call call, std::string_view what, const std::string& object) {
        if (call == Call::kPoint) return;
        ++calls;
        if (calls == last || (calls > last && lasting == Lasting::kFromThen)) {
          failed = true;
          throw SystemError(what, object, code);
        }
      });
      results.clear();
      try_to_run(kb, files, results);
      recover_and_reap(kb);
      ASSERT_THAT(inconsistencies(kb), IsEmpty());
      expect_true(results, kb);
      run(kb, plain_files(), results);
      ASSERT_THAT(inconsistencies(kb), IsEmpty());
      ASSERT_EQ(without_log(published_tree(kb)), expected);
    }
    EXPECT_GT(last, 50) << "there was hardly anything to fail";
  }

  void replace_two_and_add_one() {
    space_.write("a.md", "A\nasset a.png A\nsidecar outline {}\n");
    space_.write("b.md", "B\n");
    space_.add({"a.md", "b.md"});
    space_.write("a.md", "Second\nasset b.png B\n");
    space_.write("b.md", "Second b\n");
    space_.write("x/a.md", "New\nasset c.png C\n");
    sources_ = space_.sources({"a.md", "b.md", "x/a.md"});
  }

  static WatchedFiles::Watch failing_first_sync() {
    return [syncs = 0](Call call, std::string_view what, const std::string&) mutable {
      if (call == Call::kSync && ++syncs == 1) {
        throw SystemError(what, "it", std::make_error_code(std::errc::io_error));
      }
    };
  }
  void expect_committed_singly() {
    for (const char* name : {"a.md", "b.md", "c.md"}) space_.write(name, name);
    WatchedFiles files(failing_first_sync());
    Session session(space_.kb, files, settings_);
    session.add(space_.sources({"a.md", "b.md", "c.md"}));
    EXPECT_EQ(session.prepared_again, 3);
    EXPECT_THAT(test::words_of(session.results),
                testing::ElementsAre("added a", "added b", "added c"));
    EXPECT_THAT(inconsistencies(space_.kb), IsEmpty());
  }

  Workspace space_;
  std::vector<Source> sources_;
  std::vector<std::string> removed_;
  OwnerSettings settings_;
};

TEST_F(OwnerFault, AFullDisk) {
  replace_two_and_add_one();
  fail_everywhere(std::make_error_code(std::errc::no_space_on_device), Lasting::kFromThen);
}
TEST_F(OwnerFault, ADiskThatIsFullForAMoment) {
  replace_two_and_add_one();
  fail_everywhere(std::make_error_code(std::errc::no_space_on_device), Lasting::kOnce);
}
TEST_F(OwnerFault, AReadOrWriteThatFailsOnce) {
  replace_two_and_add_one();
  fail_everywhere(std::make_error_code(std::errc::io_error), Lasting::kOnce);
}
TEST_F(OwnerFault, ADiskThatDies) {
  replace_two_and_add_one();
  fail_everywhere(std::make_error_code(std::errc::io_error), Lasting::kFromThen);
}
TEST_F(OwnerFault, ARefusal) {
  replace_two_and_add_one();
  fail_everywhere(std::make_error_code(std::errc::permission_denied), Lasting::kOnce);
}
TEST_F(OwnerFault, TooManyOpenFiles) {
  replace_two_and_add_one();
  fail_everywhere(std::make_error_code(std::errc::too_many_files_open), Lasting::kFromThen);
}

TEST_F(OwnerFault, AnythingOnceWhileTheDiskIsFlushedAhead) {
  settings_.flush_ahead_from = 1;
  replace_two_and_add_one();
  fail_everywhere(std::make_error_code(std::errc::io_error), Lasting::kOnce);
}
TEST_F(OwnerFault, ADiskThatDiesWhileItIsFlushedAhead) {
  settings_.flush_ahead_from = 1;
  replace_two_and_add_one();
  fail_everywhere(std::make_error_code(std::errc::io_error), Lasting::kFromThen);
}

TEST_F(OwnerFault, ARemoval) {
  space_.write("a.md", "A\n");
  space_.write("b.md", "B\nasset b.png B\nsidecar outline {}\n");
  space_.add({"a.md", "b.md"});
  space_.write("b.md", "A\n");
  sources_ = space_.sources({"b.md"});
  fail_everywhere(std::make_error_code(std::errc::io_error), Lasting::kOnce);
}

TEST_F(OwnerFault, TakingADocumentOut) {
  space_.write("a.md", "A\nasset a.png A\nsidecar outline {}\n");
  space_.write("b.md", "B\n");
  space_.add({"a.md", "b.md"});
  removed_ = {"a"};
  fail_everywhere(std::make_error_code(std::errc::io_error), Lasting::kOnce);
}
TEST_F(OwnerFault, TakingADocumentOutOnADiskThatDies) {
  space_.write("a.md", "A\nasset a.png A\nsidecar outline {}\n");
  space_.write("b.md", "B\n");
  space_.add({"a.md", "b.md"});
  removed_ = {"a"};
  fail_everywhere(std::make_error_code(std::errc::io_error), Lasting::kFromThen);
}

TEST_F(OwnerFault, AGroupWhoseSyncFailsIsPreparedAgainAndCommittedSingly) {
  expect_committed_singly();
}
TEST_F(OwnerFault, AGroupWhoseFlushAheadFailsIsPreparedAgainAndCommittedSingly) {
  settings_.flush_ahead_from = 2;
  expect_committed_singly();
}

// What had been staged for later groups is as doubtful: the next flush does not tell.
TEST_F(OwnerFault, AllThatWasStagedBeforeAFailedSyncIsPreparedAgain) {
  for (const bool unused : {false, true}) {
    Workspace space;
    for (const char* name : {"a.md", "b.md", "c.md", "d.md"}) space.write(name, name);
    if (unused) space.add({"a.md", "b.md"});
    WatchedFiles files(failing_first_sync());
    OwnerSettings settings;
    settings.group_documents = 2;
    // The first group has nothing to flush where all of it is on record; it was begun all the same.
    settings.flush_ahead_from = unused ? 1 : 1000;
    Session session(space.kb, files, settings);
    session.add(space.sources({"a.md", "b.md", "c.md", "d.md"}));
    EXPECT_EQ(session.prepared_again, unused ? 2 : 4);
    EXPECT_EQ(session.results.size(), 4U);
    for (const auto& result : session.results) EXPECT_NE(result.result, Result::kFailed);
    EXPECT_THAT(inconsistencies(space.kb), IsEmpty());
  }
}

// However late it is found that there is no room, the run ends there: what comes before is
// committed, and no document is put on record as failed.
TEST(OwnerFullDisk, EndsTheRunAlsoWhereASourceIsPreparedAgain) {
  Workspace space;
  for (const char* name : {"a.md", "b.md", "c.md"}) space.write(name, name);
  Session session(space.kb);
  session.prepare_again = [](const Source& source, unsigned) {
    Bundle bundle;
    bundle.source = source;
    bundle.outcome = Outcome::kIo;
    bundle.storage_full = true;
    return bundle;
  };
  session.owner.start();
  std::vector<Bundle> bundles;
  for (const auto& source : space.sources({"a.md", "b.md", "c.md"})) {
    bundles.push_back(session.make(source));
  }
  space.write("b.md", "changed since");
  try {
    session.owner.commit(std::move(bundles));
    FAIL() << "it went on";
  } catch (const SystemError& error) {
    EXPECT_TRUE(error.is_storage_full());
  }
  session.owner.finish();
  EXPECT_THAT(test::words_of(session.results), testing::ElementsAre("added a"));
  EXPECT_FALSE(session.kb.registry().has_failure(space.path_key("b.md")));
}

}  // namespace
}  // namespace sluice::owner
