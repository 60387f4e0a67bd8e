// A file that somebody may still write is told from one that is done with.
#include "platform/settled.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstring>
#include <string>
#include <thread>

#include "kit/temp_dir.h"

namespace sluice::platform {
namespace {

class SettledTest : public ::testing::Test {
 protected:
  SettledTest() { tree_.file("f", std::string(100'000, 'x')); }
  File reading() const {
    return File{OsHandle(::open(tree_.path("f").c_str(), O_RDONLY | O_CLOEXEC))};
  }
  int writing() const { return ::open(tree_.path("f").c_str(), O_RDWR | O_CLOEXEC); }

  test::TempDir tree_;
};

TEST_F(SettledTest, AFileThatNobodyWritesIsSettled) {
  const File file = reading();
  const File another = reading();
  EXPECT_FALSE(is_open_for_writing(file));
  EXPECT_FALSE(is_open_for_writing(file)) << "asking leaves nothing behind";
  const int writer = writing();
  EXPECT_GE(writer, 0) << "and is in nobody's way";
  ::close(writer);
  EXPECT_FALSE(has_holes(file));
}

TEST_F(SettledTest, AWriterIsSeenUntilItIsGone) {
  const File file = reading();
  const int writer = writing();
  EXPECT_TRUE(is_open_for_writing(file));
  ::close(writer);
  EXPECT_FALSE(is_open_for_writing(file));
}

// As in the moment between fork and exec of a process that another thread starts.
TEST_F(SettledTest, AWriterThatIsJustLeavingIsWaitedFor) {
  const File file = reading();
  const int writer = writing();
  std::thread leaving([writer] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    ::close(writer);
  });
  EXPECT_FALSE(is_open_for_writing(file));
  leaving.join();
}

TEST_F(SettledTest, AMappingIsAWriter) {
  const File file = reading();
  const int writer = writing();
  void* memory = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, writer, 0);
  ASSERT_NE(memory, MAP_FAILED);
  ::close(writer);
  EXPECT_TRUE(is_open_for_writing(file));
  ::munmap(memory, 4096);
  EXPECT_FALSE(is_open_for_writing(file));
}

TEST_F(SettledTest, ADescriptorUnderWayInASocketIsAWriter) {
  const File file = reading();
  int ends[2];
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
  const int writer = writing();
  char byte = 'x';
  iovec data{&byte, 1};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
  msghdr message{};
  message.msg_iov = &data;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof control;
  cmsghdr* head = CMSG_FIRSTHDR(&message);
  head->cmsg_level = SOL_SOCKET;
  head->cmsg_type = SCM_RIGHTS;
  head->cmsg_len = CMSG_LEN(sizeof(int));
  std::memcpy(CMSG_DATA(head), &writer, sizeof writer);
  ASSERT_EQ(::sendmsg(ends[0], &message, 0), 1);
  ::close(writer);
  EXPECT_TRUE(is_open_for_writing(file));
  ::close(ends[0]);
  ::close(ends[1]);
  EXPECT_FALSE(is_open_for_writing(file));
}

TEST_F(SettledTest, AHoleIsSeen) {
  ASSERT_EQ(::truncate(tree_.path("f").c_str(), 1 << 24), 0);
  EXPECT_TRUE(has_holes(reading()));
  tree_.file("empty", "");
  const File empty{OsHandle(::open(tree_.path("empty").c_str(), O_RDONLY | O_CLOEXEC))};
  EXPECT_FALSE(has_holes(empty));
}

}  // namespace
}  // namespace sluice::platform
