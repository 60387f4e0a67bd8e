// Making, opening and locking a knowledge base.
#include "owner/knowledge_base.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/owner/bundle_maker.h"

namespace sluice::owner {
namespace {

using platform::LockMode;
using testing::HasSubstr;
using testing_support::plain_files;
using testing_support::Workspace;
using testing_support::write_text;
using namespace std::chrono_literals;

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
  EXPECT_TRUE(init_knowledge_base(plain_files(), path, "# mine\n"));
  for (const char* part : {"raw", "wiki/sources/images", ".sluice/staging"}) {
    EXPECT_TRUE(std::filesystem::is_directory(path + "/" + part)) << part;
  }
  EXPECT_EQ(testing_support::read_text(path + "/.sluice/config.toml"), "# mine\n");
}

TEST_F(KnowledgeBaseTest, InitCompletesWhatIsMissingAndLeavesTheRest) {
  space_.write("a.md", "A\n");
  space_.add({"a.md"});
  write_text(space_.kb + "/.sluice/config.toml", "# edited\n");
  std::filesystem::remove_all(space_.kb + "/.sluice/staging");
  EXPECT_FALSE(init_knowledge_base(plain_files(), space_.kb, "# default\n"));
  EXPECT_EQ(space_.text(".sluice/config.toml"), "# edited\n");
  EXPECT_EQ(space_.open().registry().counts().documents, 1);
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
  write_text(space_.kb + "/.sluice/registry.db", std::string(8192, 'x'));
  EXPECT_EQ(open_error(), ExitCode::kDamaged);
}

TEST_F(KnowledgeBaseTest, AnEmptyRegistryIsDamage) {
  write_text(space_.kb + "/.sluice/registry.db", "");
  EXPECT_EQ(open_error(), ExitCode::kDamaged);
}

TEST_F(KnowledgeBaseTest, ARegistryOfANewerVersionIsRefusedAndNotChanged) {
  Database(space_.kb + "/.sluice/registry.db", Database::Mode::kReadWrite)
      .execute("PRAGMA user_version = 2");
  const std::string before = space_.text(".sluice/registry.db");
  EXPECT_EQ(open_error(), ExitCode::kFatal);
  EXPECT_THAT(message_, HasSubstr("newer"));
  EXPECT_EQ(space_.text(".sluice/registry.db"), before);
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
