// Kernel locks between processes and between handles.
#include "platform/lock.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <thread>

#include "kit/temp_dir.h"
#include "platform/process.h"

namespace sluice::platform {
namespace {

using std::chrono::milliseconds;

// Runs `body` in a forked process; it is gone when join() returns its exit code.
class Process {
 public:
  explicit Process(const std::function<int()>& body) : id_(::fork()) {
    if (id_ == 0) ::_exit(body());
  }
  ~Process() {
    if (id_ > 0) kill();
  }
  void kill() {
    ::kill(id_, SIGKILL);
    join();
  }
  int join() {
    int status = 0;
    ::waitpid(id_, &status, 0);
    id_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  pid_t id_;
};

class LockTest : public ::testing::Test {
 protected:
  File open() { return files.open_or_create(dir, "lock", Access::kPrivate); }
  // Waits until another process has put a byte into `name`.
  void wait_for_file(const std::string& name) {
    while (!files.info(dir, name)) ::usleep(500);
  }

  test::TempDir tree;
  Files files;
  Dir dir = *files.open_dir(tree.path());
};

TEST_F(LockTest, ExclusiveKeepsEverybodyElseOut) {
  const File mine = open();
  const File other = open();
  const auto lock = FileLock::try_lock(mine, LockMode::kExclusive);
  ASSERT_TRUE(lock);
  EXPECT_FALSE(FileLock::try_lock(other, LockMode::kExclusive));
  EXPECT_FALSE(FileLock::try_lock(other, LockMode::kShared));
}

TEST_F(LockTest, ReadersShareAndKeepAWriterOut) {
  const File one = open();
  const File two = open();
  const File writer = open();
  const auto first = FileLock::try_lock(one, LockMode::kShared);
  const auto second = FileLock::try_lock(two, LockMode::kShared);
  EXPECT_TRUE(first && second);
  EXPECT_FALSE(FileLock::try_lock(writer, LockMode::kExclusive));
}

TEST_F(LockTest, GoesWithItsObject) {
  const File mine = open();
  const File other = open();
  { const auto lock = FileLock::try_lock(mine, LockMode::kExclusive); }
  EXPECT_TRUE(FileLock::try_lock(other, LockMode::kExclusive));
}

TEST_F(LockTest, MovedIsHeldByTheNewObjectOnly) {
  const File mine = open();
  const File other = open();
  auto lock = FileLock::try_lock(mine, LockMode::kExclusive);
  {
    const FileLock moved(std::move(*lock));
    lock.reset();
    EXPECT_FALSE(FileLock::try_lock(other, LockMode::kExclusive));
  }
  EXPECT_TRUE(FileLock::try_lock(other, LockMode::kExclusive));
}

TEST_F(LockTest, WaitingEndsInTime) {
  const File mine = open();
  const File other = open();
  const auto lock = FileLock::try_lock(mine, LockMode::kExclusive);
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_FALSE(FileLock::lock(other, LockMode::kExclusive, milliseconds(50)));
  const auto waited = std::chrono::steady_clock::now() - begin;
  EXPECT_GE(waited, milliseconds(50));
  EXPECT_LT(waited, milliseconds(5000));
}

TEST_F(LockTest, AfterAnEndedWaitNothingStaysLocked) {
  const File mine = open();
  const File waiter = open();
  const File third = open();
  auto lock = FileLock::try_lock(mine, LockMode::kExclusive);
  EXPECT_FALSE(FileLock::lock(waiter, LockMode::kExclusive, milliseconds(10)));
  lock.reset();
  EXPECT_TRUE(FileLock::lock(third, LockMode::kExclusive, milliseconds(10)));
}

TEST_F(LockTest, WaitingIsCancelled) {
  const File mine = open();
  const File other = open();
  const auto lock = FileLock::try_lock(mine, LockMode::kExclusive);
  EXPECT_FALSE(FileLock::lock(other, LockMode::kExclusive, milliseconds(-1), [] { return true; }));
}

TEST_F(LockTest, WaitingSucceedsOnceItIsReleased) {
  const File mine = open();
  const File other = open();
  auto lock = FileLock::try_lock(mine, LockMode::kExclusive);
  std::thread releaser([&] {
    ::usleep(20'000);
    lock.reset();
  });
  EXPECT_TRUE(FileLock::lock(other, LockMode::kExclusive, milliseconds(-1)));
  releaser.join();
}

TEST_F(LockTest, DiesWithItsProcess) {
  Process holder([this] {
    const File file = open();
    const auto lock = FileLock::try_lock(file, LockMode::kExclusive);
    files.create(dir, "locked");
    ::pause();
    return 0;
  });
  wait_for_file("locked");
  const File mine = open();
  EXPECT_FALSE(FileLock::try_lock(mine, LockMode::kExclusive));
  holder.kill();
  EXPECT_TRUE(FileLock::try_lock(mine, LockMode::kExclusive));
}

TEST_F(LockTest, AStartedChildDoesNotKeepIt) {
  const File other = open();
  std::optional<Child> child;
  {
    const File mine = open();
    const auto lock = FileLock::try_lock(mine, LockMode::kExclusive);
    ASSERT_TRUE(lock);
    child.emplace(Child::start("/bin/sleep", {"60"}, Child::Stderr::kNull));
  }
  EXPECT_TRUE(FileLock::try_lock(other, LockMode::kExclusive));
}

// An owner that commits group after group must let another process in between.
TEST_F(LockTest, IsFairBetweenProcessesThatTakeTurns) {
  const auto take_turns = [this](const std::string& name) {
    const File file = files.open_or_create(dir, "lock", Access::kPrivate);
    files.create(dir, name);
    while (!files.info(dir, "go")) ::usleep(500);
    const auto end = std::chrono::steady_clock::now() + milliseconds(1500);
    int turns = 0;
    while (std::chrono::steady_clock::now() < end) {
      const auto lock = FileLock::lock(file, LockMode::kExclusive, milliseconds(-1));
      ++turns;
      ::usleep(5000);
    }
    return std::min(turns, 200);
  };
  Process first([&] { return take_turns("first"); });
  Process second([&] { return take_turns("second"); });
  wait_for_file("first");
  wait_for_file("second");
  files.create(dir, "go");
  const int first_turns = first.join();
  const int second_turns = second.join();
  EXPECT_GT(first_turns, 10);
  EXPECT_GT(second_turns, 10);
  EXPECT_LT(std::max(first_turns, second_turns), 4 * std::min(first_turns, second_turns))
      << first_turns << " against " << second_turns;
}

}  // namespace
}  // namespace sluice::platform
