// Landlock at every version that this kernel has, each tried in a process of its own.
#include "worker/program/posix/landlock.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>

#include "kit/temp_dir.h"

namespace sluice::program {
namespace {

// What `work` returns in a forked process.
int in_process(const std::function<int()>& work) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    ::_exit(work());
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

bool opens(const std::string& path, int flags) {
  const int file = ::open(path.c_str(), flags | O_CLOEXEC, 0600);
  if (file >= 0) ::close(file);
  return file >= 0;
}

TEST(LandlockRights, EachVersionAddsToTheOneBefore) {
  EXPECT_EQ(landlock_rights(0).files, 0U);
  LandlockRights before;
  for (std::uint32_t abi = 1; abi <= 9; ++abi) {
    const LandlockRights rights = landlock_rights(abi);
    EXPECT_EQ(rights.files & before.files, before.files) << abi;
    EXPECT_EQ(rights.network & before.network, before.network) << abi;
    EXPECT_EQ(rights.scopes & before.scopes, before.scopes) << abi;
    before = rights;
  }
  // Kernel documentation, "Previous limitations": renames across folders 2, truncation 3, network
  // 4, devices 5, scopes 6.
  EXPECT_EQ(landlock_rights(1).files, 0x1FFFU);
  EXPECT_EQ(landlock_rights(2).files, 0x3FFFU);
  EXPECT_EQ(landlock_rights(3).files, 0x7FFFU);
  EXPECT_EQ(landlock_rights(3).network, 0U);
  EXPECT_EQ(landlock_rights(4).network, 3U);
  EXPECT_EQ(landlock_rights(5).files, 0xFFFFU);
  EXPECT_EQ(landlock_rights(5).scopes, 0U);
  EXPECT_EQ(landlock_rights(6).scopes, 3U);
}

TEST(Landlock, EveryVersionOfThisKernelKeepsFilesApart) {
  std::string why;
  const std::uint32_t newest = landlock_abi(why);
  if (newest == 0) GTEST_SKIP() << why;
  test::TempDir tree;
  tree.file("mine/a", "x");
  tree.file("other/b", "x");
  for (std::uint32_t abi = 1; abi <= newest; ++abi) {
    const int wrong = in_process([&] {
      const std::string readable[] = {tree.path("mine"), "/nowhere/at/all"};
      if (!restrict_files(abi, readable)) return 1;
      if (!opens(tree.path("mine/a"), O_RDONLY)) return 2;
      if (opens(tree.path("mine/a"), O_WRONLY)) return 3;
      if (opens(tree.path("mine/c"), O_WRONLY | O_CREAT)) return 4;
      if (opens(tree.path("other/b"), O_RDONLY)) return 5;
      return 0;
    });
    EXPECT_EQ(wrong, 0) << "version " << abi;
  }
}

TEST(Landlock, NothingCanBeMade) {
  std::string why;
  const std::uint32_t newest = landlock_abi(why);
  if (newest == 0) GTEST_SKIP() << why;
  test::TempDir tree;
  tree.file("mine/a", "x");
  EXPECT_EQ(in_process([&] {
              const std::string readable[] = {tree.path("mine")};
              if (!restrict_files(newest, readable)) return 1;
              return opens(tree.path("mine/c"), O_WRONLY | O_CREAT) ? 2 : 0;
            }),
            0);
}

}  // namespace
}  // namespace sluice::program
