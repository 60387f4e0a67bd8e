// Starting children: what they get, what they do not get, and how they end.
#include "platform/process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <sstream>

#include "kit/temp_dir.h"
#include "platform/error.h"

namespace sluice::platform {
namespace {

using std::chrono::milliseconds;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// What a shell wrote into the file `out` of the tree before it ended.
class ProcessTest : public ::testing::Test {
 protected:
  std::string run_shell(const std::string& script) {
    Child child =
        Child::start("/bin/sh", {"-c", script, "sh", tree.path("out")}, Child::Stderr::kNull);
    Message message;
    // The shell holds the channel's other end until it is gone.
    EXPECT_EQ(child.channel().receive(message, milliseconds(10'000)), Channel::Wait::kClosed);
    return tree.read("out");
  }

  test::TempDir tree;
};

TEST_F(ProcessTest, ArgumentsArriveAsTheyAre) {
  EXPECT_EQ(run_shell("printf '%s|' \"$0\" \"$1\" > \"$1\""), "sh|" + tree.path("out") + "|");
}

TEST_F(ProcessTest, TheEnvironmentIsClean) {
  ::setenv("SLUICE_TEST_SECRET", "hunter2", 1);
  ::setenv("LD_PRELOAD_X", "x", 1);
  EXPECT_THAT(run_shell("env > \"$1\""),
              AllOf(HasSubstr("LC_ALL=C.UTF-8"), HasSubstr("TZ=UTC"), Not(HasSubstr("hunter2")),
                    Not(HasSubstr("HOME=")), Not(HasSubstr("LD_PRELOAD"))));
  ::unsetenv("SLUICE_TEST_SECRET");
  ::unsetenv("LD_PRELOAD_X");
}

TEST_F(ProcessTest, SaysHowWhatItGuardsEnded) {
  // A status of wait(), as the number that it is: killed by SIGSEGV; ended with code 1.
  const auto end_of = [](const char* script) {
    return Child::start("/bin/sh", {"-c", script}, Child::Stderr::kNull).end(milliseconds(10'000));
  };
  const ProcessEnd killed = end_of("printf '\\013\\000\\000\\000' >&4; sleep 60");
  EXPECT_EQ(killed.how, ProcessEnd::How::kSignal);
  EXPECT_EQ(killed.code, SIGSEGV);
  const ProcessEnd ended = end_of("printf '\\000\\001\\000\\000' >&4");
  EXPECT_EQ(ended.how, ProcessEnd::How::kExited);
  EXPECT_EQ(ended.code, 1);
  EXPECT_EQ(end_of("exit 3").how, ProcessEnd::How::kUnknown) << "it said nothing";
  EXPECT_EQ(platform::signal_name(SIGSEGV), "SIGSEGV");
}

TEST_F(ProcessTest, InheritsTheChannelAndTheStatusPipeAndNothingElse) {
  // A descriptor without close-on-exec, as a library of the host may leave one open.
  std::FILE* const left_open = std::fopen("/dev/null", "r");
  // The last is the directory that ls itself reads.
  EXPECT_EQ(run_shell("exec > \"$1\"; exec ls /proc/self/fd"), "0\n1\n2\n3\n4\n5\n");
  std::fclose(left_open);
}

TEST_F(ProcessTest, StandardStreamsAreTheNullDevice) {
  EXPECT_EQ(run_shell("readlink /proc/$$/fd/0 /proc/$$/fd/2 > \"$1\""), "/dev/null\n/dev/null\n");
}

TEST_F(ProcessTest, HasASessionOfItsOwn) {
  EXPECT_EQ(run_shell("cut -d' ' -f6 /proc/$$/stat > \"$1\"; echo $$ >> \"$1\"; "
                      "sort -u \"$1\" | wc -l > \"$1.n\"; cat \"$1.n\" > \"$1\""),
            "1\n");
}

TEST_F(ProcessTest, BlockedAndIgnoredSignalsAreReset) {
  sigset_t blocked;
  sigset_t before;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGTERM);
  ::pthread_sigmask(SIG_BLOCK, &blocked, &before);
  const auto handler = ::signal(SIGPIPE, SIG_IGN);
  // Of the ignored ones the lowest 31: the C library keeps two above those to itself.
  const std::string masks = run_shell(
      "exec > \"$1\"; "
      "exec sed -n -e 's/^SigBlk:[^0-9a-f]*//p' -e 's/^SigIgn:[^0-9a-f]*//p' /proc/self/status");
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  ::signal(SIGPIPE, handler);
  std::istringstream lines(masks);
  std::uint64_t blocked_bits = 1;
  std::uint64_t ignored_bits = 1;
  lines >> std::hex >> blocked_bits >> ignored_bits;
  EXPECT_EQ(blocked_bits, 0U);
  EXPECT_EQ(ignored_bits & 0x7fffffffU, 0U);
}

TEST_F(ProcessTest, AMissingProgramIsAnError) {
  EXPECT_THROW(Child::start(tree.path("missing"), {}, Child::Stderr::kNull), SystemError);
}

TEST_F(ProcessTest, AProgramThatEndsClosesTheChannel) {
  Child child = Child::start("/bin/true", {}, Child::Stderr::kNull);
  Message message;
  EXPECT_EQ(child.channel().receive(message, milliseconds(10'000)), Channel::Wait::kClosed);
}

TEST_F(ProcessTest, KillEndsItAndIsHarmlessTwice) {
  Child child = Child::start("/bin/sleep", {"60"}, Child::Stderr::kNull);
  const auto id = static_cast<pid_t>(child.id());
  EXPECT_EQ(::kill(id, 0), 0);
  child.kill();
  EXPECT_NE(::kill(id, 0), 0);
  child.kill();
}

TEST_F(ProcessTest, GoesWithItsObject) {
  pid_t id = 0;
  {
    Child child = Child::start("/bin/sleep", {"60"}, Child::Stderr::kNull);
    const Child moved(std::move(child));
    id = static_cast<pid_t>(moved.id());
    EXPECT_EQ(::kill(id, 0), 0);
  }
  EXPECT_NE(::kill(id, 0), 0);
}

TEST_F(ProcessTest, TwoChildrenDoNotHoldEachOthersChannels) {
  Child first = Child::start("/bin/true", {}, Child::Stderr::kNull);
  const Child second = Child::start("/bin/sleep", {"60"}, Child::Stderr::kNull);
  Message message;
  EXPECT_EQ(first.channel().receive(message, milliseconds(10'000)), Channel::Wait::kClosed);
}

TEST(OwnProcess, KnowsItself) {
  EXPECT_EQ(executable_path(), std::filesystem::canonical("/proc/self/exe").string());
  EXPECT_GT(process_id(), 1);
  EXPECT_GE(processor_count(), 1U);
}

}  // namespace
}  // namespace sluice::platform
