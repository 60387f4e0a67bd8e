// Who counts as somebody who may change a file.
#include "platform/ownership.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cstring>

#include "kit/temp_dir.h"
#include "platform/files.h"

namespace sluice::platform {
namespace {

constexpr uid_t kSomebodyElse = 65533;
constexpr gid_t kGroupOfOthers = 65533;

class Ownership : public ::testing::Test {
 protected:
  Ownership() { tree_.file("file"); }

  Stranger of_file() { return who_else_may_change(files_.open_read(dir_, "file")->handle); }
  Stranger of_folder() { return who_else_may_change(dir_.handle); }
  void set_mode(mode_t mode) { ASSERT_EQ(::chmod(tree_.path("file").c_str(), mode), 0); }
  // False, and the test is skipped, unless this is root.
  bool give_file(uid_t user, gid_t group) {
    return ::chown(tree_.path("file").c_str(), user, group) == 0;
  }

  test::TempDir tree_;
  Files files_;
  Dir dir_ = *files_.open_dir(tree_.path());
};

TEST_F(Ownership, AFileOfOneUserIsSafe) {
  set_mode(0644);
  EXPECT_EQ(of_file(), Stranger::kNone);
}

TEST_F(Ownership, AFileThatEverybodyMayWriteIsNot) {
  set_mode(0646);
  EXPECT_EQ(of_file(), Stranger::kAll);
}

TEST_F(Ownership, AFileOfAnotherUserIsNotWhateverItsMode) {
  if (!give_file(kSomebodyElse, 0)) GTEST_SKIP() << "only root can give a file away";
  set_mode(0400);
  EXPECT_EQ(of_file(), Stranger::kOwner);
}

TEST_F(Ownership, AFileThatAGroupMayWriteIsNotUnlessItIsTheOwnersAlone) {
  set_mode(0664);
  if (!give_file(0, kGroupOfOthers)) GTEST_SKIP() << "only root can give a file away";
  EXPECT_EQ(of_file(), Stranger::kGroup);
  // Root's own group has its name and no members.
  ASSERT_TRUE(give_file(0, 0));
  EXPECT_EQ(of_file(), Stranger::kNone);
}

TEST_F(Ownership, AnAccessListMakesAnyGroupOneOfOthers) {
  // acl(5) as the kernel stores it: owner rw, user 65533 rw, group r, mask rw, others none.
  struct Entry {
    std::uint16_t tag, permissions;
    std::uint32_t id;
  };
  struct {
    std::uint32_t version = 2;
    Entry entries[5] = {{1, 6, ~0U}, {2, 6, 65533}, {4, 4, ~0U}, {16, 6, ~0U}, {32, 0, ~0U}};
  } list;
  if (::setxattr(tree_.path("file").c_str(), "system.posix_acl_access", &list, sizeof list, 0) !=
      0) {
    GTEST_SKIP() << "the file system has no access lists: " << std::strerror(errno);
  }
  EXPECT_EQ(of_file(), Stranger::kGroup);
}

TEST_F(Ownership, AFolderForAllIsSafeOnlyWithTheStickyBit) {
  ASSERT_EQ(::chmod(tree_.path().c_str(), 0777), 0);
  EXPECT_EQ(of_folder(), Stranger::kAll);
  ASSERT_EQ(::chmod(tree_.path().c_str(), 01777), 0);
  EXPECT_EQ(of_folder(), Stranger::kNone);
}

}  // namespace
}  // namespace sluice::platform
