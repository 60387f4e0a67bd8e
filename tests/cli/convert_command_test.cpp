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

// It is printed piece by piece, so that its size is no matter of memory.
TEST_F(ConvertCommand, PrintsALargeDocumentToItsEnd) {
  std::string text = "# Large\n";
  for (int i = 0; i < 100'000; ++i) text += "\nline " + std::to_string(i) + "\n";
  write("large.md", text);
  ASSERT_EQ(run({"convert", "large.md", "-o", "large.out"}), 0) << err_;
  const std::string in_file = read_file(work("large.out"));
  EXPECT_GT(in_file.size(), std::size_t{1} << 20);
  ASSERT_EQ(run({"convert", "large.md"}), 0) << err_;
  EXPECT_TRUE(out_ == in_file);
}

TEST_F(ConvertCommand, IsOneObjectForPrograms) {
  ASSERT_EQ(run({"convert", "a.md", "--json"}), 0) << err_;
  ASSERT_EQ(objects().size(), 1U) << out_;
  const Json converted = objects("converted").at(0);
  EXPECT_THAT(converted["markdown"].get<std::string>(), HasSubstr("\n# A\n\n![p]("));
  EXPECT_EQ(converted["converter"], "markdown");
  EXPECT_EQ(converted["assets"], 1);
  ASSERT_EQ(run({"convert", "a.md", "--json", "-o", "out.md"}), 0) << err_;
  EXPECT_TRUE(objects("converted").at(0)["markdown"].is_null());
  EXPECT_THAT(read_file(work("out.md")), HasSubstr("\n# A\n"));
}

TEST_F(ConvertCommand, AMinusAsTheOutputIsStandardOutput) {
  ASSERT_EQ(run({"convert", "a.md", "-o", "-"}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("\n# A\n"));
  EXPECT_FALSE(std::filesystem::exists(work("-")));
}

TEST_F(ConvertCommand, QuietPrintsNoWarning) {
  ASSERT_EQ(run({"convert", "a.md", "-q"}), 0);
  EXPECT_EQ(err_, "");
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

TEST_F(ConvertCommand, StandardInputHasTheNameThatIsGiven) {
  in_ = "x,y\n1,2\n";
  ASSERT_EQ(run({"convert", "-", "--name", "Table of May.csv"}), 0) << err_;
  EXPECT_THAT(out_, AllOf(HasSubstr("| x "), HasSubstr("source: Table of May.csv\n")));
  for (const char* name : {"", ".", "..", "a/b", "/"}) {
    EXPECT_EQ(run({"convert", "-", "--name", name}), 2) << name;
  }
  EXPECT_EQ(run({"convert", "a.md", "--name", "b.md"}), 2);
  EXPECT_THAT(err_, HasSubstr("--name is for standard input"));
}

TEST_F(ConvertCommand, WritesToAFile) {
  write("out/a.md", "old");
  std::filesystem::permissions(path("work/out/a.md"), std::filesystem::perms::owner_read |
                                                          std::filesystem::perms::owner_write);
  ASSERT_EQ(run({"convert", "a.md", "-o", "out/a.md", "--assets", "out/my images"}), 0) << err_;
  EXPECT_EQ(out_, "");
  EXPECT_THAT(read("out/a.md"), HasSubstr("\n# A\n\n![p](my%20images/p.png)"));
  EXPECT_EQ(read("out/my images/p.png"), png());
  ASSERT_EQ(run({"convert", "a.md", "-o", "out/b.md", "--assets", "elsewhere"}), 0) << err_;
  EXPECT_THAT(read("out/b.md"), HasSubstr("![p](../elsewhere/p.png)"));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(path("work/out")), {}), 3)
      << "nothing else is left there";
}

TEST_F(ConvertCommand, AFailureLeavesTheOutputAsItWas) {
  write("out.md", "old");
  write("a.zzz", std::string("\0\1\2", 3));
  EXPECT_EQ(run({"convert", "a.zzz", "-o", "out.md"}), 3);
  EXPECT_EQ(read("out.md"), "old");
  EXPECT_EQ(run({"convert", "a.md", "-o", "pictures"}), 1);
  EXPECT_THAT(err_, HasSubstr("cannot write pictures: it is a directory"));
  EXPECT_EQ(run({"convert", "a.md", "-o", "nowhere/a.md"}), 1);
  EXPECT_THAT(err_, HasSubstr("cannot write nowhere/a.md: its folder does not exist"));
  EXPECT_EQ(run({"convert", "a.md", "-o", ""}), 2);
}

TEST_F(ConvertCommand, ADeviceStaysWhatItIs) {
  ASSERT_EQ(run({"convert", "a.md", "-o", "/dev/null"}), 0) << err_;
  EXPECT_TRUE(std::filesystem::is_character_file("/dev/null"));
  EXPECT_EQ(run({"convert", "a.md", "-o", "/dev/full"}), 1);
  EXPECT_THAT(err_, HasSubstr("cannot write /dev/full"));
}

TEST_F(ConvertCommand, AFileBehindALinkIsReplacedThere) {
  write("real/a.md", "old");
  std::filesystem::create_symlink("real/a.md", path("work/link.md"));
  ASSERT_EQ(run({"convert", "a.md", "-o", "link.md"}), 0) << err_;
  EXPECT_TRUE(std::filesystem::is_symlink(path("work/link.md")));
  EXPECT_THAT(read("real/a.md"), HasSubstr("# A"));
}

TEST_F(ConvertCommand, PrintsTheDocumentsWithinIt) {
  write("a.eml",
        "From: a@example.org\nSubject: Two\nMIME-Version: 1.0\n"
        "Content-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: text/plain\n\nHello.\n"
        "--B\nContent-Type: text/csv\nContent-Disposition: attachment; filename=\"t>.csv\"\n\n"
        "x,y\n1,2\n--B--\n");
  ASSERT_EQ(run({"convert", "a.eml"}), 0) << err_;
  EXPECT_THAT(out_, Not(HasSubstr("| x ")));
  EXPECT_THAT(err_, HasSubstr("1 document within it is left out"));
  ASSERT_EQ(run({"convert", "a.eml", "--children"}), 0) << err_;
  EXPECT_THAT(out_, AllOf(HasSubstr("Hello."), HasSubstr("\n<!-- document: a.eml"),
                          HasSubstr("t_.csv -->\n\n---\n"), HasSubstr("| x ")));
  EXPECT_EQ(err_, "");
  ASSERT_EQ(run({"convert", "a.eml", "--children", "--assets", "within", "-o", "a-eml.md"}), 0);
  EXPECT_THAT(read("a-eml.md"), AllOf(HasSubstr("](within/"), Not(HasSubstr("| x "))));
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
  EXPECT_THAT(err_, AllOf(HasSubstr("it is a directory"), HasSubstr("sluice add")));
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
