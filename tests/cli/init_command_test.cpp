// sluice init, as a user sees it.
#include "cli/command_session.h"

namespace sluice::test {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class InitCommand : public CommandSession {};

TEST_F(InitCommand, MakesTheFoldersOfAKnowledgeBase) {
  ASSERT_EQ(run({"init", "kb"}), 0) << err_;
  for (const char* part :
       {"kb/raw", "kb/wiki/sources/images", "kb/.sluice/config.toml", "kb/.sluice/registry.db"}) {
    EXPECT_TRUE(exists(part)) << part;
  }
  EXPECT_EQ(out_, "made a knowledge base in " + work("kb").string() + "\n");
  EXPECT_EQ(err_, "");
}

TEST_F(InitCommand, IsHereWithoutADirectory) {
  ASSERT_EQ(run({"init"}), 0) << err_;
  EXPECT_TRUE(exists(".sluice/registry.db"));
}

TEST_F(InitCommand, MakesTheDirectoriesAbove) {
  ASSERT_EQ(run({"init", "a/b/kb"}), 0) << err_;
  EXPECT_TRUE(exists("a/b/kb/.sluice"));
}

TEST_F(InitCommand, LeavesAKnowledgeBaseThatIsThereAsItIs) {
  make_kb();
  write("kb/.sluice/config.toml", "[ingest]\njobs = 1\n");
  ASSERT_EQ(run({"init", "kb"}), 0);
  EXPECT_THAT(out_, StartsWith("there is already a knowledge base in "));
  EXPECT_EQ(read("kb/.sluice/config.toml"), "[ingest]\njobs = 1\n");
}

TEST_F(InitCommand, LeavesTheFilesOfADirectoryInUse) {
  write("notes/wiki/mine.md", "mine");
  ASSERT_EQ(run({"init", "notes"}), 0) << err_;
  EXPECT_EQ(read("notes/wiki/mine.md"), "mine");
}

TEST_F(InitCommand, AsJsonSaysWhetherItMadeOne) {
  for (const bool created : {true, false}) {
    ASSERT_EQ(run({"init", "kb", "--json"}), 0);
    ASSERT_EQ(objects().size(), 1U);
    EXPECT_EQ(objects()[0]["v"], 1);
    EXPECT_EQ(objects()[0]["type"], "init");
    EXPECT_EQ(objects()[0]["kb"], work("kb").string());
    EXPECT_EQ(objects()[0]["created"], created);
  }
}

TEST_F(InitCommand, IsSilentWithQuiet) {
  ASSERT_EQ(run({"-q", "init", "kb"}), 0);
  EXPECT_EQ(out_ + err_, "");
}

TEST_F(InitCommand, WhereAFileStandsFails) {
  write("file", "x");
  EXPECT_EQ(run({"init", "file"}), 1);
  EXPECT_EQ(out_, "");
  EXPECT_THAT(err_, HasSubstr("sluice: cannot "));
  EXPECT_EQ(read("file"), "x");
}

TEST_F(InitCommand, AVisibleNameIsShownAsItIsAndOthersEscaped) {
  ASSERT_EQ(run({"init", "k\x1b[31mb"}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("k\\x1b[31mb"));
  EXPECT_THAT(out_, ::testing::Not(HasSubstr("\x1b")));
}

}  // namespace
}  // namespace sluice::test
