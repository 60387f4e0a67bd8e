// What goes to a terminal and what does not: colour, progress, diagnostics.
#include "cli/command_session.h"

namespace sluice::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class OutputOptions : public CommandSession {
 protected:
  OutputOptions() {
    make_kb();
    write("blank.md", "");
    // Takes longer than a progress bar takes to be drawn.
    write("slow.script", "sleep 400\nbody text\n");
  }
  int add_blank(std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"-C", "kb", "add", "blank.md"});
    return run(more);
  }
  int add_slow(std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"-C", "kb", "add", "slow.script", "--plugin", fixtures()});
    return run(more);
  }
};

TEST_F(OutputOptions, ATerminalGetsColour) {
  err_is_terminal_ = true;
  env_["TERM"] = "xterm";
  ASSERT_EQ(add_blank(), 3);
  EXPECT_THAT(err_, HasSubstr("\x1b[31mfailed\x1b[0m  blank.md"));
}

TEST_F(OutputOptions, AFileGetsNoColour) {
  ASSERT_EQ(add_blank(), 3);
  EXPECT_THAT(err_, StartsWith("failed  blank.md"));
}

TEST_F(OutputOptions, NoColorIsHonoured) {
  err_is_terminal_ = true;
  env_["TERM"] = "xterm";
  env_["NO_COLOR"] = "1";
  ASSERT_EQ(add_blank({"--progress", "never"}), 3);
  EXPECT_THAT(err_, Not(HasSubstr("\x1b")));
}

TEST_F(OutputOptions, ADumbTerminalGetsNoEscapes) {
  err_is_terminal_ = true;
  env_["TERM"] = "dumb";
  ASSERT_EQ(add_blank(), 3);
  EXPECT_THAT(err_, Not(HasSubstr("\x1b")));
}

TEST_F(OutputOptions, ColorAlwaysAndNeverBeatTheRest) {
  env_["NO_COLOR"] = "1";
  ASSERT_EQ(add_blank({"--color", "always"}), 3);
  EXPECT_THAT(err_, HasSubstr("\x1b[31mfailed"));
  env_.erase("NO_COLOR");
  err_is_terminal_ = true;
  env_["TERM"] = "xterm";
  ASSERT_EQ(add_blank({"--color=never", "--progress=never", "--strict", "-v"}), 3);
  EXPECT_THAT(err_, Not(HasSubstr("\x1b")));
}

TEST_F(OutputOptions, ATerminalGetsABarThatIsGoneInTheEnd) {
  err_is_terminal_ = true;
  env_["TERM"] = "xterm";
  ASSERT_EQ(add_slow(), 0) << err_;
  EXPECT_THAT(err_, HasSubstr("\r\x1b[J[........................] 0 of 1 document,"));
  const std::string clear = "\r\x1b[J";
  EXPECT_EQ(err_.substr(err_.size() - clear.size()), clear);
  EXPECT_THAT(out_, Not(HasSubstr("\x1b")));
}

TEST_F(OutputOptions, AFileGetsNoBar) {
  ASSERT_EQ(add_slow(), 0);
  EXPECT_EQ(err_, "");
}

TEST_F(OutputOptions, ProgressNeverDrawsNothing) {
  err_is_terminal_ = true;
  env_["TERM"] = "xterm";
  ASSERT_EQ(add_slow({"--progress", "never"}), 0);
  EXPECT_EQ(err_, "");
}

TEST_F(OutputOptions, QuietDrawsNothing) {
  err_is_terminal_ = true;
  env_["TERM"] = "xterm";
  ASSERT_EQ(add_slow({"-q", "--progress", "always"}), 0);
  EXPECT_EQ(err_ + out_, "");
}

TEST_F(OutputOptions, DiagnosticsGoToStandardErrorOnly) {
  write("a.md", "a");
  ASSERT_EQ(run({"-C", "kb", "add", "-v", "--json", "a.md"}), 0);
  EXPECT_EQ(objects().size(), 3U) << "diagnostics among the results";
  EXPECT_THAT(err_, HasSubstr("config.toml"));
  ASSERT_EQ(run({"-C", "kb", "list", "-vv"}), 0);
  EXPECT_THAT(err_, AllOf(HasSubstr("list"), HasSubstr("exit code 0")));
}

TEST_F(OutputOptions, AnErrorSaysWhatToTry) {
  EXPECT_EQ(run({"-C", "kb", "show", "nothing"}), 1);
  EXPECT_THAT(err_, HasSubstr("\n  try: "));
}

}  // namespace
}  // namespace sluice::test
