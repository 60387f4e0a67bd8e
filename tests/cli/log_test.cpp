// -vv and --log: a worker's life, attempts and commits; and no secret.
#include "cli/command_session.h"

namespace sluice::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class LogTest : public CommandSession {
 protected:
  LogTest() { make_kb(); }
};

TEST_F(LogTest, VeryVerboseTellsAWorkersLifeAndTheCommit) {
  write("a.script", "crash\nbody second\n");
  ASSERT_EQ(run({"-C", "kb", "add", "-vv", "a.script", "--plugin", fixtures() + "/scripted"}), 0)
      << err_;
  EXPECT_THAT(err_,
              AllOf(HasSubstr("plugin scripted: a worker has loaded it"),
                    HasSubstr("converter scripted: a run of 1 from a.script on: it was killed "
                              "by SIGSEGV"),
                    HasSubstr("a.script: converter scripted: crashed"),
                    HasSubstr("a.script: converter scripted-second: ok"),
                    HasSubstr("a group of 1 source is committed"), HasSubstr("exit code 0")));
}

TEST_F(LogTest, AFileGetsAllOfItWhateverIsShown) {
  write("a.md", "# A\n");
  ASSERT_EQ(run({"-C", "kb", "add", "-q", "a.md", "--log", "logs.txt"}), 0) << err_;
  EXPECT_EQ(err_, "");
  EXPECT_THAT(read("logs.txt"),
              AllOf(HasSubstr("a.md: converter markdown: ok"), HasSubstr(" is committed")));
  // The next run goes on in it; an error stands there, too.
  EXPECT_EQ(run({"-C", "nowhere", "list", "--log", "logs.txt"}), 10);
  EXPECT_THAT(read("logs.txt"), AllOf(HasSubstr(" is committed"), HasSubstr("nowhere")));
}

TEST_F(LogTest, ALogThatCannotBeWrittenIsAnErrorOfTheCommandLine) {
  write("file", "x");
  EXPECT_EQ(run({"-C", "kb", "list", "--log", "file/log"}), 2);
  EXPECT_THAT(err_, HasSubstr("cannot write the log to"));
}

TEST_F(LogTest, HoldsNoValueOfAnOption) {
  write("kb/.sluice/config.toml", "[plugin.scripted]\ngreeting = \"hunter2-secret\"\n");
  write("a.script", "greet\n");
  ASSERT_EQ(run({"-C", "kb", "add", "-vv", "a.script", "--log", "l", "--plugin",
                 fixtures() + "/scripted"}),
            0)
      << err_;
  EXPECT_THAT(err_ + read("l"), Not(HasSubstr("hunter2")));
}

}  // namespace
}  // namespace sluice::test
