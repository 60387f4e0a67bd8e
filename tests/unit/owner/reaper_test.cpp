// The reaper: takes what no living process owns, and only that.
#include "owner/reaper.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>

#include "platform/lock.h"
#include "unit/owner/bundle_maker.h"
#include "unit/owner/consistency.h"

namespace sluice::owner {
namespace {

using test::plain_files;
using test::recover_and_reap;
using test::Workspace;
using test::write_file;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class ReaperTest : public testing::Test {
 protected:
  std::string staging() const { return space_.kb + "/.sluice/staging"; }
  Workspace space_;
};

TEST_F(ReaperTest, TakesDeadBatchesLooseFilesAndReadOnlyTrees) {
  write_file(staging() + "/1-dead/0.raw", "R");
  write_file(staging() + "/1-dead.lease", "");
  write_file(staging() + "/2-no-lease/deep/er/file", "F");
  write_file(staging() + "/loose", "L");
  write_file(staging() + "/3-lease-only.lease", "");
  write_file(staging() + "/4-read-only/dir/file", "F");
  ::chmod((staging() + "/4-read-only/dir/file").c_str(), 0400);
  ::chmod((staging() + "/4-read-only/dir").c_str(), 0500);
  ::chmod((staging() + "/4-read-only").c_str(), 0);
  EXPECT_THAT(recover_and_reap(space_.kb), IsEmpty());
  EXPECT_THAT(space_.leftovers(), IsEmpty());
}

TEST_F(ReaperTest, TakesLeasesThatAreNoFiles) {
  std::filesystem::create_directory(staging() + "/1.lease");
  write_file(staging() + "/1.lease/inner", "I");
  std::filesystem::create_symlink(space_.docs, staging() + "/2.lease");
  ASSERT_EQ(::mkfifo((staging() + "/3.lease").c_str(), 0600), 0);
  write_file(staging() + "/1/file", "F");
  recover_and_reap(space_.kb);
  recover_and_reap(space_.kb);  // a folder goes once its lease is gone
  EXPECT_THAT(space_.leftovers(), IsEmpty());
}

TEST_F(ReaperTest, DoesNotFollowSymlinks) {
  space_.write("mine/file", "F");
  std::filesystem::create_directory_symlink(space_.docs, staging() + "/link");
  std::filesystem::create_directory(staging() + "/1-dead");
  std::filesystem::create_directory_symlink(space_.docs, staging() + "/1-dead/link");
  std::filesystem::create_symlink(space_.docs + "/mine/file", staging() + "/1-dead/file");
  recover_and_reap(space_.kb);
  EXPECT_THAT(space_.leftovers(), IsEmpty());
  EXPECT_EQ(test::read_file(space_.docs + "/mine/file"), "F");
}

TEST_F(ReaperTest, NeverTakesStagingWhoseLeaseIsHeld) {
  auto kb = space_.open();
  auto live = Staging::open(plain_files(), kb.root());
  write_file(staging() + "/" + live.batch() + "/0.raw", "R");
  EXPECT_THAT(recover_and_reap(space_.kb), IsEmpty());
  EXPECT_THAT(space_.leftovers(), UnorderedElementsAre(live.batch(), live.batch() + ".lease"));
  EXPECT_EQ(test::read_file(staging() + "/" + live.batch() + "/0.raw"), "R");
}

TEST_F(ReaperTest, EmptiesATrashThatADeadReaperLeft) {
  write_file(space_.kb + "/.sluice/trash/1-dead/file", "F");
  recover_and_reap(space_.kb);
  EXPECT_THAT(space_.leftovers(), IsEmpty());
}

TEST_F(ReaperTest, NamesThatAreTakenInTheTrashAreNoObstacle) {
  auto kb = space_.open();
  write_file(space_.kb + "/.sluice/trash/1-dead/old", "O");
  write_file(staging() + "/1-dead/new", "N");
  EXPECT_EQ(move_to_trash(kb, ""), 1);
  EXPECT_THAT(empty_trash(kb), IsEmpty());
  EXPECT_THAT(space_.leftovers(), IsEmpty());
}

// Runs `work` as a user without rights over others' files; returns whether it succeeded.
bool as_nobody(const std::function<bool()>& work) {
  const pid_t child = ::fork();
  if (child == 0) {
    constexpr uid_t kNobody = 65534;
    if (::getuid() == 0 && ::setresuid(kNobody, kNobody, kNobody) != 0) ::_exit(2);
    bool good = false;
    try {
      good = work();
    } catch (const std::exception& error) {
      std::fprintf(stderr, "%s\n", error.what());
    }
    ::_exit(good ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

TEST_F(ReaperTest, ReadOnlyFoldersGoWithoutPrivileges) {
  EXPECT_TRUE(as_nobody([] {
    Workspace space;
    const std::string staging = space.kb + "/.sluice/staging";
    write_file(staging + "/1-dead/dir/file", "F");
    ::chmod((staging + "/1-dead/dir/file").c_str(), 0400);
    ::chmod((staging + "/1-dead/dir").c_str(), 0500);
    ::chmod((staging + "/1-dead").c_str(), 0500);
    write_file(staging + "/2-dead.lease", "");
    ::chmod((staging + "/2-dead.lease").c_str(), 0);
    return recover_and_reap(space.kb).empty() && space.leftovers().empty();
  }));
}

}  // namespace
}  // namespace sluice::owner
