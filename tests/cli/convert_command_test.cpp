// sluice convert: one document to standard output, without a knowledge base.
#include "cli/command_session.h"

namespace sluice::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class ConvertCommand : public CommandSession {
 protected:
  ConvertCommand() {
    write("a.md", "# A\r\n\r\n![p](pictures/p.png)\r\n");
    write("pictures/p.png", png());
    // Everything that is converted leaves its temporary folder empty behind it.
    std::filesystem::create_directories(path("tmp"));
    ::setenv("TMPDIR", path("tmp").c_str(), 1);
  }
  ~ConvertCommand() override {
    ::unsetenv("TMPDIR");
    EXPECT_EQ(tree_of(path("tmp")), Tree());
  }

  static std::string png() { return std::string("\x89PNG\r\n\x1a\n", 8) + "p"; }
};

TEST_F(ConvertCommand, WritesMarkdownToStandardOutput) {
  ASSERT_EQ(run({"convert", "a.md"}), 0) << err_;
  EXPECT_THAT(out_, AllOf(StartsWith("---\n"), HasSubstr("\n# A\n\n![p](")));
  EXPECT_THAT(out_, Not(HasSubstr("\r")));
}

TEST_F(ConvertCommand, SaysThatImagesAreLeftOut) {
  ASSERT_EQ(run({"convert", "a.md"}), 0);
  EXPECT_EQ(err_, "warning 1 image is left out; give --assets DIR to keep it\n");
}

TEST_F(ConvertCommand, TellsConvertersWhetherImagesAreKept) {
  write("a.script", "assets-kept\n");
  ASSERT_EQ(run({"convert", "a.script", "--plugin", fixtures() + "/scripted"}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("assets are dropped"));
  ASSERT_EQ(
      run({"convert", "a.script", "--plugin", fixtures() + "/scripted", "--assets", "images"}), 0)
      << err_;
  EXPECT_THAT(out_, HasSubstr("assets are kept"));
}

TEST_F(ConvertCommand, KeepsImagesWhereTold) {
  ASSERT_EQ(run({"convert", "a.md", "--assets", "my images"}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("![p](my%20images/p.png)"));
  EXPECT_EQ(read("my images/p.png"), png());
  EXPECT_EQ(err_, "");
}

TEST_F(ConvertCommand, OverwritesNoFileWithAnImage) {
  write("images/p.png", "mine");
  EXPECT_EQ(run({"convert", "a.md", "--assets", "images"}), 1);
  EXPECT_THAT(err_, HasSubstr("images/p.png: this file already exists"));
  EXPECT_EQ(read("images/p.png"), "mine");
  EXPECT_EQ(out_, "");
}

TEST_F(ConvertCommand, ReadsStandardInput) {
  in_ = "<!DOCTYPE html><title>T</title><h1>Head</h1><p>Text</p>";
  ASSERT_EQ(run({"convert", "-"}), 0) << err_;
  EXPECT_THAT(out_, AllOf(HasSubstr("title: T\n"), HasSubstr("# Head\n"), HasSubstr("Text\n")));
}

TEST_F(ConvertCommand, TakesTheMediaTypeThatIsGiven) {
  in_ = "x,y\n1,2\n";
  ASSERT_EQ(run({"convert", "-", "--media-type", "text/csv"}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("| x "));
}

TEST_F(ConvertCommand, EmptyStandardInputFails) {
  EXPECT_EQ(run({"convert", "-"}), 3);
  EXPECT_THAT(err_, StartsWith("sluice: cannot convert standard input: empty"));
  EXPECT_EQ(out_, "");
}

TEST_F(ConvertCommand, AMissingFileIsFatal) {
  EXPECT_EQ(run({"convert", "nowhere.md"}), 1);
  EXPECT_EQ(err_,
            "sluice: cannot convert nowhere.md: there is no such file\n  try: check the path\n");
}

TEST_F(ConvertCommand, AFailureNamesOutcomeAndWhatToDo) {
  write("a.zzz", std::string("\0\1\2", 3));
  EXPECT_EQ(run({"convert", "a.zzz"}), 3);
  EXPECT_THAT(err_, AllOf(StartsWith("sluice: cannot convert a.zzz: unsupported: "),
                          HasSubstr("\n  try: see 'sluice plugin list'")));
}

TEST_F(ConvertCommand, ADirectoryFails) {
  EXPECT_EQ(run({"convert", "pictures"}), 3);
  EXPECT_THAT(err_, HasSubstr("it is a directory"));
}

TEST_F(ConvertCommand, TheCurrentDirectoryFails) {
  EXPECT_EQ(run({"convert", "."}), 3);
  EXPECT_THAT(err_, HasSubstr("it is a directory"));
}

TEST_F(ConvertCommand, UsesTheConverterAndTimeoutOfItsOptions) {
  write("a.script", "hang-deaf\n");
  EXPECT_EQ(run({"convert", "a.script", "--plugin", fixtures(), "--converter", "scripted",
                 "--timeout", "0.3"}),
            3);
  EXPECT_THAT(err_, HasSubstr("cannot convert a.script: timeout"));
}

TEST_F(ConvertCommand, MakesNoKnowledgeBase) {
  const Tree before = tree_of(work(""));
  ASSERT_EQ(run({"convert", "a.md"}), 0);
  EXPECT_THAT(differences(before, tree_of(work(""))), ::testing::IsEmpty());
}

TEST_F(ConvertCommand, HeedsTheConfigurationOfTheKnowledgeBaseAroundIt) {
  ASSERT_EQ(run({"init", "."}), 0);
  write(".sluice/config.toml", "[output]\nfront_matter = false\n");
  ASSERT_EQ(run({"convert", "a.md"}), 0) << err_;
  EXPECT_THAT(out_, StartsWith("# A\n"));
}

}  // namespace
}  // namespace sluice::test
