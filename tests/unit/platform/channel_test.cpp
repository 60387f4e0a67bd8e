// Messages with and without handles, and what a hostile other side can do.
#include "platform/channel.h"

#include <gtest/gtest.h>
#include <sys/socket.h>

#include <filesystem>
#include <thread>

#include "platform/error.h"
#include "platform/process.h"

namespace sluice::platform {
namespace {

using std::chrono::milliseconds;
using Wait = Channel::Wait;

class ChannelTest : public ::testing::Test {
 protected:
  static std::size_t open_descriptors() {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry :
         std::filesystem::directory_iterator("/proc/self/fd")) {
      ++count;
    }
    return count;
  }

  std::pair<Channel, Channel> ends = Channel::make_pair();
  Message message;
};

TEST_F(ChannelTest, MessagesArriveWholeAndInOrder) {
  ASSERT_TRUE(ends.first.send("one"));
  ASSERT_TRUE(ends.first.send(std::string("t\0wo", 4)));
  EXPECT_EQ(ends.second.receive(message, milliseconds(1000)), Wait::kMessage);
  EXPECT_EQ(message.bytes, "one");
  EXPECT_EQ(ends.second.receive(message, milliseconds(1000)), Wait::kMessage);
  EXPECT_EQ(message.bytes, std::string("t\0wo", 4));
}

TEST_F(ChannelTest, GoesBothWays) {
  ASSERT_TRUE(ends.second.send("back"));
  EXPECT_EQ(ends.first.receive(message, milliseconds(-1)), Wait::kMessage);
  EXPECT_EQ(message.bytes, "back");
}

TEST_F(ChannelTest, TakesTheLargestMessage) {
  const std::string large(Channel::kMaxBytes, 'x');
  std::thread sender([&] { EXPECT_TRUE(ends.first.send(large)); });
  EXPECT_EQ(ends.second.receive(message, milliseconds(5000)), Wait::kMessage);
  sender.join();
  EXPECT_EQ(message.bytes, large);
}

TEST_F(ChannelTest, RefusesToSendALargerOne) {
  EXPECT_THROW(ends.first.send(std::string(Channel::kMaxBytes + 1, 'x')), SystemError);
}

TEST_F(ChannelTest, AnOversizeMessageOfTheOtherSideClosesIt) {
  const std::string large(Channel::kMaxBytes + 1, 'x');
  ASSERT_GT(::send(static_cast<int>(ends.first.handle().value()), large.data(), large.size(), 0),
            0);
  EXPECT_EQ(ends.second.receive(message, milliseconds(1000)), Wait::kClosed);
  EXPECT_TRUE(message.bytes.empty());
}

TEST_F(ChannelTest, CarriesOpenFiles) {
  Files files;
  const File file = make_memory_file("test", 4096);
  files.write(file, 0, std::as_bytes(std::span(std::string_view("shared"))));
  const OsHandle* handles[] = {&file.handle};
  ASSERT_TRUE(ends.first.send("here", handles));
  ASSERT_EQ(ends.second.receive(message, milliseconds(1000)), Wait::kMessage);
  ASSERT_EQ(message.handles.size(), 1U);
  const File received{std::move(message.handles[0])};
  std::string text(6, '\0');
  EXPECT_EQ(files.read(received, 0, std::as_writable_bytes(std::span(text))), 6U);
  EXPECT_EQ(text, "shared");
}

TEST_F(ChannelTest, CarriesAsManyHandlesAsItSays) {
  const File file = make_memory_file("test", 4096);
  const std::vector<const OsHandle*> most(Channel::kMaxHandles, &file.handle);
  ASSERT_TRUE(ends.first.send("many", most));
  ASSERT_EQ(ends.second.receive(message, milliseconds(1000)), Wait::kMessage);
  EXPECT_EQ(message.handles.size(), Channel::kMaxHandles);
  const std::vector<const OsHandle*> more(Channel::kMaxHandles + 1, &file.handle);
  EXPECT_THROW(ends.first.send("more", more), SystemError);
}

TEST_F(ChannelTest, HandlesNobodyAskedForAreClosed) {
  const File file = make_memory_file("test", 4096);
  const std::size_t before = open_descriptors();
  const std::vector<const OsHandle*> handles(50, &file.handle);
  ASSERT_TRUE(ends.first.send("flood", handles));
  ASSERT_TRUE(ends.first.send("next"));
  ends.second.receive(message, milliseconds(1000));
  ends.second.receive(message, milliseconds(1000));
  EXPECT_EQ(open_descriptors(), before);
}

TEST_F(ChannelTest, HandlesOfAnOversizeMessageDoNotLeak) {
  const File file = make_memory_file("test", 4096);
  const std::size_t before = open_descriptors();
  std::string large(Channel::kMaxBytes + 1, 'x');
  iovec part{large.data(), large.size()};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  header.msg_control = control;
  header.msg_controllen = sizeof control;
  cmsghdr* rights = CMSG_FIRSTHDR(&header);
  rights->cmsg_level = SOL_SOCKET;
  rights->cmsg_type = SCM_RIGHTS;
  rights->cmsg_len = CMSG_LEN(sizeof(int));
  *reinterpret_cast<int*>(CMSG_DATA(rights)) = static_cast<int>(file.handle.value());
  ASSERT_GT(::sendmsg(static_cast<int>(ends.first.handle().value()), &header, 0), 0);
  EXPECT_EQ(ends.second.receive(message, milliseconds(1000)), Wait::kClosed);
  message.handles.clear();
  EXPECT_EQ(open_descriptors(), before);
}

TEST_F(ChannelTest, WaitsNoLongerThanItWasTold) {
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(ends.first.receive(message, milliseconds(30)), Wait::kTimeout);
  EXPECT_GE(std::chrono::steady_clock::now() - begin, milliseconds(29));
  EXPECT_EQ(ends.first.receive(message, milliseconds(0)), Wait::kTimeout);
}

TEST_F(ChannelTest, TellsWhenTheOtherSideIsGone) {
  ends.second.close();
  EXPECT_EQ(ends.first.receive(message, milliseconds(-1)), Wait::kClosed);
  EXPECT_FALSE(ends.first.send("anyone?"));
}

TEST_F(ChannelTest, MessagesSentBeforeClosingStillArrive) {
  ASSERT_TRUE(ends.first.send("last words"));
  ends.first.close();
  EXPECT_EQ(ends.second.receive(message, milliseconds(1000)), Wait::kMessage);
  EXPECT_EQ(message.bytes, "last words");
  EXPECT_EQ(ends.second.receive(message, milliseconds(1000)), Wait::kClosed);
}

}  // namespace
}  // namespace sluice::platform
