// A disk that is full, and one that cannot be written to. Both are mounted in a mount namespace of
// the test's own, which goes with its process; without the right to do so the tests are skipped.
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include <fstream>

#include "cli/real_program.h"

namespace sluice::test {
namespace {

using ::testing::AnyOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

namespace fs = std::filesystem;

class Disk : public RealProgram {
 protected:
  static bool has_own_mounts() {
    return ::unshare(CLONE_NEWNS) == 0 &&
           ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
  }
  // Puts a small file system where the knowledge base is, and a new knowledge base on it.
  void mount_small_disk() {
    fs::create_directories(kb());
    ASSERT_EQ(::mount("tmpfs", kb().c_str(), "tmpfs", 0, "size=2m"), 0);
    ASSERT_EQ(sluice({"init", kb().string()}).exit_code, 0);
  }
  // Documents that do not all fit, behind one that does and one that gives it time to be committed.
  void make_too_much() const {
    write("in/a.md", "small");
    write("in/b.script", "sleep 700\nbody b\n");
    for (int i = 0; i < 40; ++i) {
      const std::string number = std::to_string(100 + i);
      write("in/n" + number + ".md", number + "\n" + std::string(60'000, 'x') + "\n");
    }
  }
};

TEST_F(Disk, WhenItIsFullTheRunStopsWithOneClearLineAndTheNextCompletesIt) {
  if (!has_own_mounts()) GTEST_SKIP() << "no right to mount";
  mount_small_disk();
  make_too_much();
  const Finished full = add({"in", "-j", "1", "--plugin", fixtures()});
  EXPECT_EQ(full.exit_code, 3) << full.err;
  EXPECT_THAT(full.err, ContainsRegex("[Nn]o space left"));
  const auto kept = documents();
  EXPECT_GT(kept.size(), 0U);
  EXPECT_LT(kept.size(), 42U);

  ASSERT_EQ(::mount("tmpfs", kb().c_str(), "tmpfs", MS_REMOUNT, "size=20m"), 0);
  const Finished recovered = run({"recover"});
  ASSERT_EQ(recovered.exit_code, 0) << recovered.err;
  expect_consistent();
  for (const auto& [name, document] : kept) EXPECT_TRUE(documents().contains(name)) << name;
  const Finished next = add({"in", "--plugin", fixtures()});
  ASSERT_EQ(next.exit_code, 0) << next.err;
  EXPECT_EQ(documents().size(), 42U);
  expect_consistent();
}

TEST_F(Disk, WhenNothingFitsItIsFatal) {
  if (!has_own_mounts()) GTEST_SKIP() << "no right to mount";
  mount_small_disk();
  write("in/a.md", "a");
  {
    std::ofstream filler(kb() / "filler");
    while (filler << std::string(4096, 'x') << std::flush) {
    }
  }
  const Finished full = add({"in"});
  EXPECT_THAT(full.exit_code, AnyOf(1, 3)) << full.err;
  EXPECT_THAT(full.err, HasSubstr("sluice: cannot "));
  fs::remove(kb() / "filler");
  EXPECT_THAT(documents(), IsEmpty());
  const Finished next = add({"in"});
  ASSERT_EQ(next.exit_code, 0) << next.err;
  expect_consistent();
}

TEST_F(Disk, AReadOnlyKnowledgeBaseCanBeReadAndIsNotWritten) {
  if (!has_own_mounts()) GTEST_SKIP() << "no right to mount";
  write("in/a.md", "a");
  ASSERT_EQ(add({"in"}).exit_code, 0);
  write("in/b.md", "b");
  const std::string place = kb().string();
  ASSERT_EQ(::mount(place.c_str(), place.c_str(), nullptr, MS_BIND, nullptr), 0);
  ASSERT_EQ(::mount(nullptr, place.c_str(), nullptr, MS_REMOUNT | MS_BIND | MS_RDONLY, nullptr), 0);
  const Finished refused = add({"in"});
  EXPECT_EQ(refused.exit_code, 1) << refused.err;
  EXPECT_EQ(refused.out, "");
  EXPECT_THAT(refused.err, ContainsRegex("^sluice: cannot .*[Rr]ead-only.*\n  try: .*\n$"));
  for (const char* command : {"list", "status"}) {
    const Finished read = run({command});
    EXPECT_EQ(read.exit_code, 0) << command << ": " << read.err;
    EXPECT_NE(read.out, "") << command;
    EXPECT_EQ(read.err, "") << command;
  }
}

TEST_F(Disk, AKnowledgeBaseOfAnotherUserCanBeReadAndIsNotWritten) {
  if (!has_other_user()) GTEST_SKIP() << "no user without privileges";
  if (::geteuid() != 0) GTEST_SKIP() << "no second user";
  write("in/a.md", "a");
  ASSERT_EQ(add({"in"}).exit_code, 0);
  write("in/b.md", "b");
  const Finished refused = run_as_other_user({"add", "in"});
  EXPECT_EQ(refused.exit_code, 1) << refused.err;
  EXPECT_THAT(refused.err, ContainsRegex("^sluice: cannot .*[Pp]ermission denied.*\n  try: .*\n$"));
  const Finished list = run_as_other_user({"list"});
  EXPECT_EQ(list.exit_code, 0) << list.err;
  EXPECT_THAT(list.out, HasSubstr("in/a.md"));
}

}  // namespace
}  // namespace sluice::test
