// The same on a real file system: an ext4 in a file is shut down as if the power had gone, before
// one of the program's system calls, mounted again and recovered. Needs root and loop devices; the
// mounts are in a name space of the test's own.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>

#include "crash/scene/disturb.h"
#include "crash/scene/effort.h"
#include "crash/scene/scenarios.h"

namespace sluice::crash {
namespace {

namespace fs = std::filesystem;
using testing::IsEmpty;

constexpr unsigned long kShutdown = _IOR('X', 125, std::uint32_t);  // EXT4_IOC_SHUTDOWN
constexpr std::uint32_t kNoLogFlush = 2;

bool shell(const std::string& command) {
  return std::system((command + " >/dev/null 2>&1").c_str()) == 0;
}

// An ext4 in a file, mounted or not.
class Disk {
 public:
  explicit Disk(const World& world) : image_(world.path("disk")), mount_(world.path("mount")) {
    fs::create_directory(mount_);
    usable_ = ::unshare(CLONE_NEWNS) == 0 &&
              ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
              shell("truncate -s 24M " + image_ + " && mkfs.ext4 -q -F " + image_) && mount() &&
              can_be_shut_down();
  }
  ~Disk() { unmount(); }
  Disk(const Disk&) = delete;
  Disk& operator=(const Disk&) = delete;

  bool is_usable() const { return usable_; }
  std::string kb() const { return mount_ + "/kb"; }

  // Without the commits that ext4 makes every few seconds of its own accord.
  bool mount() { return shell("mount -o loop,commit=600 " + image_ + " " + mount_); }
  bool unmount() { return ::umount2(mount_.c_str(), 0) == 0; }
  void sync() const {
    const int root = ::open(mount_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    ::syncfs(root);
    ::close(root);
  }
  // What is not on the disk now will never be.
  bool shut_down() const {
    const int root = ::open(mount_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    std::uint32_t how = kNoLogFlush;
    const bool done = root >= 0 && ::ioctl(root, kShutdown, &how) == 0;
    if (root >= 0) ::close(root);
    return done;
  }
  void keep() const {
    fs::copy_file(image_, image_ + ".kept", fs::copy_options::overwrite_existing);
  }
  void restore() const {
    fs::copy_file(image_ + ".kept", image_, fs::copy_options::overwrite_existing);
  }

 private:
  bool can_be_shut_down() { return shut_down() && unmount() && mount(); }

  const std::string image_;
  const std::string mount_;
  bool usable_ = false;
};

class Ext4Shutdown : public testing::Test {
 protected:
  void SetUp() override {
    if (!why_no_tracing().empty()) GTEST_SKIP() << why_no_tracing();
    if (::geteuid() != 0) GTEST_SKIP() << "only root may mount";
  }
};
class Ext4ShutdownOf : public Ext4Shutdown, public testing::WithParamInterface<const char*> {};

// A test of the tests: the power really goes.
TEST_F(Ext4Shutdown, LosesWhatWasNotSynced) {
  const World world;
  Disk disk(world);
  if (!disk.is_usable()) GTEST_SKIP() << "no ext4 in a file can be mounted and shut down here";
  const fs::path mount = fs::path(disk.kb()).parent_path();
  test::write_file(mount / "synced", "synced");
  disk.sync();
  test::write_file(mount / "lost", "lost");
  ASSERT_TRUE(disk.shut_down());
  ASSERT_TRUE(disk.unmount());
  ASSERT_TRUE(disk.mount());
  EXPECT_EQ(test::read_file(mount / "synced"), "synced");
  EXPECT_FALSE(fs::exists(mount / "lost"));
}

TEST_P(Ext4ShutdownOf, IsRecoveredFromAtEveryCall) {
  const Stage stage(scenario(GetParam()));
  const World& world = stage.world;
  Disk disk(world);
  if (!disk.is_usable()) GTEST_SKIP() << "no ext4 in a file can be mounted and shut down here";
  fs::copy(world.kb(), disk.kb(), fs::copy_options::recursive);
  ASSERT_TRUE(disk.unmount());
  disk.keep();

  const auto& commands = stage.scenario.commands;
  const std::size_t count = count_calls(world, world.copy(world.kb(), "run"), commands);
  std::size_t tried = 0;
  for (const std::size_t last : points(count, 10, std::string(GetParam()) + " ext4")) {
    disk.restore();
    ASSERT_TRUE(disk.mount());
    std::size_t changes = 0;
    std::string point;
    const auto outcomes = disturb(world, disk.kb(), commands, [&](const Call& call) {
      Verdict verdict;
      if (!call.changes_something() || ++changes != last) return verdict;
      EXPECT_TRUE(disk.shut_down());
      point = std::string(call.syscall->name) + " " + call.path;
      verdict.action = Verdict::Action::kKill;
      return verdict;
    });
    SCOPED_TRACE("power cut before change " + std::to_string(last) + ": " + point);
    ASSERT_TRUE(disk.unmount());
    ASSERT_TRUE(disk.mount());
    const auto recovery = world.run(disk.kb(), {"recover"});
    ASSERT_EQ(recovery.exit_code, 0) << recovery.out << recovery.err;
    ASSERT_THAT(stage.judge.wrong(disk.kb(), reported(outcomes.front().out)), IsEmpty());
    ASSERT_TRUE(disk.unmount());
    ++tried;
  }
  say_size("power cuts of a real ext4", tried);
}

INSTANTIATE_TEST_SUITE_P(A, Ext4ShutdownOf, testing::Values("Adding", "Replacing", "Removing"),
                         [](const auto& name) { return std::string(name.param); });

}  // namespace
}  // namespace sluice::crash
