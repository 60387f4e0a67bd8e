// Making, opening and locking a knowledge base.
#include "owner/knowledge_base.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "owner/registry_schema.h"
#include "owner/registry_writer.h"
#include "owner/transaction.h"
#include "unit/owner/bundle_maker.h"

namespace sluice::owner {
namespace {

using platform::LockMode;
using test::plain_files;
using test::Workspace;
using test::write_file;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using namespace std::chrono_literals;

auto text_of(const std::string& text) {
  return [text](layout::Kind) { return text; };
}

class KnowledgeBaseTest : public testing::Test {
 protected:
  // The exit code that opening it ends with.
  ExitCode open_error() {
    try {
      space_.open();
    } catch (const Error& error) {
      message_ = error.what();
      EXPECT_FALSE(error.next().empty()) << message_;
      return error.exit_code();
    }
    return ExitCode::kOk;
  }
  Workspace space_;
  std::string message_;
};

TEST_F(KnowledgeBaseTest, InitMakesTheLayoutAndTheConfiguration) {
  const std::string path = space_.docs;
  EXPECT_TRUE(init_knowledge_base(plain_files(), path, text_of("# mine\n")));
  for (const char* part : {"raw", "wiki/sources/images", ".sluice/staging"}) {
    EXPECT_TRUE(std::filesystem::is_directory(path + "/" + part)) << part;
  }
  EXPECT_EQ(test::read_file(path + "/.sluice/config.toml"), "# mine\n");
}

TEST_F(KnowledgeBaseTest, InitCompletesWhatIsMissingAndLeavesTheRest) {
  space_.write("a.md", "A\n");
  space_.add({"a.md"});
  write_file(space_.kb + "/.sluice/config.toml", "# edited\n");
  std::filesystem::remove_all(space_.kb + "/.sluice/staging");
  EXPECT_FALSE(init_knowledge_base(plain_files(), space_.kb, text_of("# default\n")));
  EXPECT_EQ(space_.text(".sluice/config.toml"), "# edited\n");
  EXPECT_EQ(space_.open().registry().counts().documents, 1);
}

TEST_F(KnowledgeBaseTest, ALayoutHoldsForLife) {
  const std::string path = space_.docs;
  const auto layout_word = [](layout::Kind kind) { return std::string(word(kind)); };
  // What a crash may leave: all but the configuration.
  for (int i = 0; i < 2; ++i) {
    init_knowledge_base(plain_files(), path, layout_word, layout::Kind::kMirror);
    EXPECT_EQ(test::read_file(path + "/.sluice/config.toml"), "mirror");
    std::filesystem::remove(path + "/.sluice/config.toml");
  }
  init_knowledge_base(plain_files(), path, layout_word);
  EXPECT_EQ(test::read_file(path + "/.sluice/config.toml"), "mirror");
  EXPECT_THROW(init_knowledge_base(plain_files(), path, layout_word, layout::Kind::kFlat), Error);
  const auto kb = KnowledgeBase::open(plain_files(), path, Database::Mode::kReadOnly);
  EXPECT_EQ(kb.layout(), layout::Kind::kMirror);
  EXPECT_EQ(space_.open().layout(), layout::Kind::kFlat);
}

TEST_F(KnowledgeBaseTest, AFolderWithoutOneIsNone) {
  try {
    KnowledgeBase::open(plain_files(), space_.docs, Database::Mode::kReadOnly);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kNoKb);
  }
}

TEST_F(KnowledgeBaseTest, AMissingRegistryIsDamage) {
  std::filesystem::remove(space_.kb + "/.sluice/registry.db");
  EXPECT_EQ(open_error(), ExitCode::kDamaged);
  EXPECT_FALSE(space_.has(".sluice/registry.db")) << "opening must not make an empty one";
}

TEST_F(KnowledgeBaseTest, ACorruptRegistryIsDamage) {
  write_file(space_.kb + "/.sluice/registry.db", std::string(8192, 'x'));
  EXPECT_EQ(open_error(), ExitCode::kDamaged);
}

TEST_F(KnowledgeBaseTest, AnEmptyRegistryIsDamage) {
  write_file(space_.kb + "/.sluice/registry.db", "");
  EXPECT_EQ(open_error(), ExitCode::kDamaged);
}

TEST_F(KnowledgeBaseTest, ARegistryOfANewerVersionIsRefusedAndNotChanged) {
  Database(space_.kb + "/.sluice/registry.db", Database::Mode::kReadWrite)
      .execute("PRAGMA user_version = 1000");
  const std::string before = space_.text(".sluice/registry.db");
  EXPECT_EQ(open_error(), ExitCode::kFatal);
  EXPECT_THAT(message_, HasSubstr("newer"));
  EXPECT_EQ(space_.text(".sluice/registry.db"), before);
}

// A registry as version 4 had it.
constexpr const char* kBackToVersion4 =
    "ALTER TABLE documents DROP COLUMN title; ALTER TABLE documents DROP COLUMN pages;"
    "DROP TABLE line_prints; DROP TRIGGER fetch_removed; DROP TABLE fetches;"
    "DROP TABLE run_skips; DROP TABLE runs; ALTER TABLE documents DROP COLUMN memory;"
    "ALTER TABLE failures DROP COLUMN is_skipped;"
    "ALTER TABLE documents DROP COLUMN milliseconds;"
    "DROP TRIGGER former_paths_removed; DROP TABLE former_paths; PRAGMA user_version = 4";
// The same as version 3 had it.
constexpr const char* kBackToVersion3 =
    "DROP TABLE hooks; DELETE FROM meta WHERE key = 'last_document';"
    "ALTER TABLE events DROP COLUMN document; ALTER TABLE events DROP COLUMN path_before;"
    "DROP TRIGGER link_target_added; DROP TRIGGER link_target_removed;"
    "DROP TRIGGER link_target_moved; DROP TABLE links; DROP TABLE link_targets;"
    "DROP TABLE anchors; DROP TABLE unsettled_links; DROP INDEX sources_by_file;"
    "ALTER TABLE sources DROP COLUMN file_key;"
    "PRAGMA user_version = 3";
// The same as version 2 had it.
constexpr const char* kBackToVersion2 =
    "DROP TABLE attempts; DROP TABLE children; DROP TABLE failed_attempts;"
    "ALTER TABLE documents DROP COLUMN reason;"
    "DROP TABLE failures; CREATE TABLE failures(\n"
    "  path_key TEXT PRIMARY KEY, outcome TEXT NOT NULL, reason TEXT NOT NULL,\n"
    "  converter TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID; PRAGMA user_version = 2";
// The same as version 1 had it.
constexpr const char* kBackToVersion1 =
    "DROP TRIGGER content_added; DROP TRIGGER content_removed; DROP TRIGGER content_replaced;"
    "DROP TABLE contents; DROP TABLE recent_contents;"
    "INSERT INTO failures VALUES('old.md', 'empty', 'no text', 'markdown', 7);"
    "CREATE INDEX documents_by_content ON documents(sha256); PRAGMA user_version = 1";

TEST_F(KnowledgeBaseTest, DocumentsOfVersion4HaveNoTimeAndThereAreNoRuns) {
  space_.write("a.md", "A\n");
  space_.add({"a.md"});
  const std::string file = space_.kb + "/.sluice/registry.db";
  Database(file, Database::Mode::kReadWrite).execute(kBackToVersion4);
  const Registry upgraded(file, Database::Mode::kReadWrite);
  const auto document = upgraded.document_by_name("a");
  ASSERT_TRUE(document);
  EXPECT_EQ(document->milliseconds, 0);
  EXPECT_EQ(document->memory, 0U);
  EXPECT_THAT(upgraded.last_runs(10), IsEmpty());
}

TEST_F(KnowledgeBaseTest, SourcesOfVersion3AreFoundByTheirNames) {
  space_.write("Sub/A.md", "A\n");
  space_.add({"Sub/A.md"});
  const std::string file = space_.kb + "/.sluice/registry.db";
  Database(file, Database::Mode::kReadWrite).execute(kBackToVersion4);
  Database(file, Database::Mode::kReadWrite).execute(kBackToVersion3);
  const Registry upgraded(file, Database::Mode::kReadWrite);
  const auto found = upgraded.link_targets_named("a.md", Registry::Paths::kPresent);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].name, "A");
}

TEST_F(KnowledgeBaseTest, RenamesOfVersion4AreFoundByTheirFormerPaths) {
  for (const char* name : {"a.md", "b.md"}) space_.write(name, std::string(name) + "\n");
  space_.add({"a.md", "b.md"});
  const std::string file = space_.kb + "/.sluice/registry.db";
  Database(file, Database::Mode::kReadWrite).execute(kBackToVersion4);
  Database(file, Database::Mode::kReadWrite)
      .execute(
          "INSERT INTO events(at, op, name, path_key, sha256, document, path_before)"
          " SELECT 1, 'renamed', name, path_key, sha256, id, 'old/' || upper(name) || '.md'"
          " FROM documents WHERE name = 'a';"
          "INSERT INTO events(at, op, name, path_key, sha256, document, path_before)"
          " VALUES(1, 'renamed', 'gone', 'gone.md', x'00', 77, 'old/gone.md')");
  const Registry upgraded(file, Database::Mode::kReadWrite);
  const auto found = upgraded.link_target("old/A.md", Registry::Paths::kFormer);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->name, "a");
  EXPECT_EQ(upgraded.link_targets_named("a.md", Registry::Paths::kFormer).size(), 1U);
  EXPECT_FALSE(upgraded.link_target("old/gone.md", Registry::Paths::kFormer));
  EXPECT_THAT(upgraded.dangling_rows(), IsEmpty());
}

TEST_F(KnowledgeBaseTest, ARegistryOfAnOlderVersionIsBroughtUpToDateByTheFirstWhoMayWrite) {
  space_.write("a.md", "A\n");
  space_.write("same.md", "A\n");
  space_.add({"a.md"});
  const std::string file = space_.kb + "/.sluice/registry.db";
  Database(file, Database::Mode::kReadWrite).execute(kBackToVersion4);
  Database(file, Database::Mode::kReadWrite).execute(kBackToVersion3);
  Database(file, Database::Mode::kReadWrite).execute(kBackToVersion2);
  Database(file, Database::Mode::kReadWrite).execute(kBackToVersion1);
  try {
    Registry(file, Database::Mode::kReadOnly);
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.next(), HasSubstr("sluice recover"));
  }
  EXPECT_THAT(space_.add({"same.md"}), ElementsAre("duplicate a"));
  const auto failure = Registry(file, Database::Mode::kReadOnly).failure("old.md");
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->reason, "no text");
  EXPECT_EQ(failure->at, 7);
  EXPECT_EQ(failure->setup, "") << "nobody knows what it was tried with";
  EXPECT_THAT(Registry(file, Database::Mode::kReadOnly).integrity_problems(Registry::Depth::kFull),
              IsEmpty());
}

TEST_F(KnowledgeBaseTest, EventsOfVersion3AreOfTheDocumentsThatAreThere) {
  for (const char* name : {"a.md", "b.md", "c.md"}) space_.write(name, std::string(name) + "\n");
  space_.add({"a.md", "b.md"});
  space_.remove({"a"});
  space_.add({"c.md", "a.md"});
  const std::string file = space_.kb + "/.sluice/registry.db";
  Database(file, Database::Mode::kReadWrite).execute(kBackToVersion4);
  Database(file, Database::Mode::kReadWrite).execute(kBackToVersion3);
  const Registry registry(file, Database::Mode::kReadWrite);
  const auto id = [&](const char* name) { return registry.document_by_name(name)->id; };
  std::vector<std::int64_t> documents;
  registry.each_event_after(0, [&](const Event& event) { documents.push_back(event.document); });
  EXPECT_THAT(documents, ElementsAre(0, id("b"), 0, id("c"), id("a")))
      << "the first a left, and which one that was is not on record";
}

TEST_F(KnowledgeBaseTest, ARegistryOfVersion2KeepsItsDocumentsAndFailures) {
  space_.write("a.md", "A\n");
  space_.add({"a.md"});
  const std::string file = space_.kb + "/.sluice/registry.db";
  {
    Database old(file, Database::Mode::kReadWrite);
    old.execute(kBackToVersion4);
    old.execute(kBackToVersion3);
    old.execute(kBackToVersion2);
    old.execute("INSERT INTO failures VALUES('/x.pdf', 'malformed', 'no trailer', 'pdf', 7)");
  }
  space_.open();
  Registry registry(file, Database::Mode::kReadOnly);
  const auto document = registry.document_by_name("a");
  ASSERT_TRUE(document);
  EXPECT_EQ(document->outcome, Outcome::kOk);
  EXPECT_EQ(document->reason, "");
  EXPECT_THAT(registry.attempts_of(document->id), IsEmpty());
  FailureRow failure;
  failure.path_key = "/x.pdf";
  failure.outcome = Outcome::kMalformed;
  failure.reason = "no trailer";
  failure.converter = "pdf";
  failure.at = 7;
  EXPECT_EQ(registry.failure("/x.pdf"), failure);
  EXPECT_THAT(registry.integrity_problems(Registry::Depth::kFull), IsEmpty());
}

TEST_F(KnowledgeBaseTest, AttemptsThatBelongToNothingAreFoundAndTakenAway) {
  const std::string file = space_.kb + "/.sluice/registry.db";
  Database(file, Database::Mode::kReadWrite)
      .execute(
          "INSERT INTO attempts VALUES(99, 1, 'one', '1', 'crashed', '');"
          "INSERT INTO failed_attempts VALUES('/gone', 1, 'two', '1', 'crashed', '')");
  Registry registry(file, Database::Mode::kReadWrite);
  EXPECT_THAT(registry.dangling_rows(), ElementsAre("attempt of one", "attempt of two at /gone"));
  Transaction transaction(registry);
  transaction.writer().drop_dangling_rows("");
  transaction.commit();
  EXPECT_THAT(registry.dangling_rows(), IsEmpty());
}

TEST_F(KnowledgeBaseTest, WhatIsKnownOfADocumentThatIsGoneIsFoundAndTakenAway) {
  const std::string file = space_.kb + "/.sluice/registry.db";
  Database(file, Database::Mode::kReadWrite)
      .execute(
          "INSERT INTO former_paths VALUES('/old.md', 'old', 99);"
          "INSERT INTO line_prints VALUES(98, x'00')");
  Registry registry(file, Database::Mode::kReadWrite);
  EXPECT_THAT(registry.dangling_rows(),
              ElementsAre("former path /old.md", "lines of the document 98"));
  Transaction transaction(registry);
  transaction.writer().drop_dangling_rows("");
  transaction.commit();
  EXPECT_THAT(registry.dangling_rows(), IsEmpty());
}

TEST_F(KnowledgeBaseTest, AnAttemptWithAForeignOutcomeIsDamage) {
  space_.write("a.md", "A\n");
  space_.add({"a.md"});
  const std::string file = space_.kb + "/.sluice/registry.db";
  Database(file, Database::Mode::kReadWrite)
      .execute("INSERT INTO attempts SELECT id, 1, 'one', '1', 'fine', '' FROM documents");
  EXPECT_THAT(Registry(file, Database::Mode::kReadOnly).integrity_problems(Registry::Depth::kQuick),
              ElementsAre(HasSubstr("1 attempt has an outcome")));
}

TEST_F(KnowledgeBaseTest, ContentsMoveInBulkAndAreFoundBeforeAndAfter) {
  for (const char* name : {"a.md", "b.md", "c.md"}) space_.write(name, name);
  for (const char* name : {"a2.md", "b2.md", "c2.md"}) {
    space_.write(name, std::string(1, name[0]) + ".md");
  }
  space_.add({"a.md"});
  const std::string file = space_.kb + "/.sluice/registry.db";
  const auto count = [&file](const char* table) {
    Database db(file, Database::Mode::kReadOnly);
    auto row = db.prepare(std::string("SELECT count(*) FROM ") + table);
    row.step();
    return row.integer(0);
  };
  // One less than would move.
  Database(file, Database::Mode::kReadWrite)
      .execute(("WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < " +
                std::to_string(kRecentContents - 1) +
                ") INSERT INTO documents SELECT i + 1000, 'filled' || i, 'filled' || i, '/' || i,"
                " randomblob(32), 1, 'raw/f' || i, 'wiki/sources/f' || i, zeroblob(32), 1, 0, '',"
                " '', '', '', 'ok', 1, 1, 0, '', 0, 0, '', 0 FROM n")
                   .c_str());
  EXPECT_EQ(count("recent_contents"), kRecentContents - 1);
  EXPECT_THAT(space_.add({"a2.md"}), ElementsAre("duplicate a"));
  EXPECT_EQ(count("contents"), 0);
  space_.add({"b.md"});
  EXPECT_EQ(count("recent_contents"), 0);
  EXPECT_EQ(count("contents"), kRecentContents);
  space_.add({"c.md"});
  EXPECT_EQ(count("recent_contents"), 1);
  EXPECT_THAT(space_.add({"b2.md", "c2.md"}), ElementsAre("duplicate b", "duplicate c"));
  // Replaced and removed ones leave the table that they are in.
  space_.write("b.md", "other");
  space_.add({"b.md"});
  space_.remove({"c"});
  Registry registry(file, Database::Mode::kReadOnly);
  EXPECT_THAT(registry.integrity_problems(Registry::Depth::kFull), IsEmpty());
  EXPECT_TRUE(registry.has_content(platform::sha256("other")));
  EXPECT_TRUE(registry.has_content(platform::sha256("b.md"))) << "b2.md has got it";
  EXPECT_FALSE(registry.has_content(platform::sha256("c.md")));
}

TEST_F(KnowledgeBaseTest, ASymlinkInPlaceOfAFolderIsRefused) {
  std::filesystem::remove(space_.kb + "/raw");
  std::filesystem::create_directory_symlink(space_.docs, space_.kb + "/raw");
  EXPECT_EQ(open_error(), ExitCode::kDamaged);
}

TEST_F(KnowledgeBaseTest, ALockTimeoutNamesTheHolder) {
  auto one = space_.open();
  auto two = space_.open();
  const auto held = one.lock(LockMode::kExclusive, 0ms, "sluice add docs");
  try {
    const auto lock = two.lock(LockMode::kExclusive, 30ms, "sluice recover");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kLockTimeout);
    EXPECT_THAT(error.what(), HasSubstr("sluice add docs"));
  }
  EXPECT_FALSE(two.try_lock_exclusive("sluice recover"));
}

TEST_F(KnowledgeBaseTest, WhoWaitsForTheLockCanBeInterrupted) {
  auto one = space_.open();
  auto two = KnowledgeBase::open(test::plain_files(), space_.kb, Database::Mode::kReadWrite,
                                 [] { return true; });
  const auto held = one.lock(LockMode::kExclusive, 0ms, "sluice add docs");
  try {
    const auto lock = two.lock(LockMode::kExclusive, -1ms, "sluice recover");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kInterrupted);
    EXPECT_THAT(error.what(), HasSubstr("sluice add docs"));
  }
}

TEST_F(KnowledgeBaseTest, ReadersShareAndKeepOwnersOut) {
  auto one = space_.open();
  auto two = space_.open();
  auto three = space_.open();
  const auto first = one.lock(LockMode::kShared, 0ms, "");
  const auto second = two.lock(LockMode::kShared, 0ms, "");
  EXPECT_FALSE(three.try_lock_exclusive("owner"));
}

TEST_F(KnowledgeBaseTest, ExclusiveInsideSharedIsRefusedAtOnce) {
  auto kb = space_.open();
  const auto shared = kb.lock(LockMode::kShared, 0ms, "");
  EXPECT_THROW(kb.lock(LockMode::kExclusive, -1ms, "owner"), Error);
  EXPECT_THROW(kb.try_lock_exclusive("owner"), Error);
}

TEST_F(KnowledgeBaseTest, ALockCanBeTakenAgainAfterItWasLetGo) {
  auto kb = space_.open();
  for (int i = 0; i < 2; ++i) EXPECT_TRUE(kb.try_lock_exclusive("owner"));
}

}  // namespace
}  // namespace sluice::owner
