// sluice add: what it says, what it returns, what it leaves.
#include "cli/command_session.h"
#include "owner/knowledge_base.h"

namespace sluice::test {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class AddCommand : public CommandSession {
 protected:
  AddCommand() { make_kb(); }
};

TEST_F(AddCommand, EndsWithASummaryLine) {
  write("in/a.md", "# A\n");
  write("in/b.csv", "x,y\n1,2\n");
  ASSERT_EQ(run({"-C", "kb", "add", "in"}), 0) << err_;
  EXPECT_THAT(
      out_, ContainsRegex("^added 2, updated 0, unchanged 0, duplicate 0, failed 0, "
                          "skipped 0, [0-9.]+ [KMG]?i?B, [0-9]+\\.[0-9] s, [0-9]+ documents/s\n$"));
  EXPECT_EQ(err_, "");
}

TEST_F(AddCommand, PutsRawMarkdownAndLogInTheirPlaces) {
  write("in/a.md", "# A\n\ntext\n");
  ASSERT_EQ(run({"-C", "kb", "add", "in"}), 0) << err_;
  EXPECT_EQ(read("kb/raw/a.md"), "# A\n\ntext\n");
  EXPECT_THAT(read("kb/wiki/sources/a.md"),
              AllOf(StartsWith("---\ntitle: A\n"), HasSubstr("\n# A\n\ntext\n")));
  EXPECT_THAT(read("kb/wiki/log.md"), HasSubstr("] added | a ("));
}

TEST_F(AddCommand, CountsWhatItUpdates) {
  write("in/a.md", "one");
  ASSERT_EQ(run({"-C", "kb", "add", "in"}), 0);
  write("in/a.md", "another");
  ASSERT_EQ(run({"-C", "kb", "add", "in"}), 0) << err_;
  EXPECT_THAT(out_, StartsWith("added 0, updated 1, unchanged 0, "));
  EXPECT_EQ(read("kb/raw/a.md"), "another");
}

TEST_F(AddCommand, UnchangedAndDuplicateAreSuccess) {
  write("in/a.md", "the same");
  ASSERT_EQ(run({"-C", "kb", "add", "in"}), 0);
  write("in/b.md", "the same");
  ASSERT_EQ(run({"-C", "kb", "add", "in"}), 0) << err_;
  EXPECT_THAT(out_, StartsWith("added 0, updated 0, unchanged 1, duplicate 1, failed 0, "));
  EXPECT_FALSE(exists("kb/raw/b.md"));
}

// The same bytes, and the old path is gone: the document follows, with what is within it.
TEST_F(AddCommand, ADocumentFollowsItsRenamedSource) {
  write("in/a.md", "one\n");
  write("in/m.eml",
        "From: a@b.example\nSubject: S\nMIME-Version: 1.0\nContent-Type: multipart/mixed; "
        "boundary=B\n\n--B\n\ntext\n--B\nContent-Disposition: attachment; "
        "filename=\"n.md\"\n\n# Note\n--B--\n");
  ASSERT_EQ(run({"-C", "kb", "add", "in"}), 0) << err_;
  std::filesystem::rename(work("in/a.md"), work("in/c.md"));
  std::filesystem::rename(work("in/m.eml"), work("in/z.eml"));
  write("in/d.md", "one\n");
  ASSERT_EQ(run({"-C", "kb", "add", "in"}), 0) << err_;
  EXPECT_THAT(out_,
              StartsWith("added 0, updated 0, unchanged 0, duplicate 1, failed 0, renamed 3, "));
  EXPECT_THAT(read("kb/wiki/sources/a.md"), HasSubstr("in/c.md\n"));
  write("in/c.md", "one\nmore\n");
  ASSERT_EQ(run({"-C", "kb", "add", "in/c.md"}), 0) << err_;
  // The twin has the old bytes for itself now.
  EXPECT_THAT(out_, StartsWith("added 1, updated 1, "));
  ASSERT_EQ(run({"-C", "kb", "list"}), 0) << err_;
  EXPECT_THAT(out_, AllOf(HasSubstr("in/c.md\n"), HasSubstr("in/z.eml!/n.md\n"),
                          Not(HasSubstr("in/a.md")), Not(HasSubstr("in/m.eml"))));
}

// One that is still there has a twin, and one with another source does not need this one.
TEST_F(AddCommand, ADocumentWithASourceThatIsThereStaysWithIt) {
  write("in/a.md", "one\n");
  ASSERT_EQ(run({"-C", "kb", "add", "in"}), 0) << err_;
  write("in/b.md", "one\n");
  ASSERT_EQ(run({"-C", "kb", "add", "in"}), 0) << err_;
  std::filesystem::rename(work("in/a.md"), work("in/c.md"));
  ASSERT_EQ(run({"-C", "kb", "add", "in"}), 0) << err_;
  EXPECT_THAT(out_, StartsWith("added 0, updated 0, unchanged 1, duplicate 1, "));
}

TEST_F(AddCommand, AFailureIsOneLineWithPathOutcomeReasonAndWhatToDo) {
  write("in/a.md", "text");
  write("in/b.zzz", std::string("\0\1\2\3", 4));
  EXPECT_EQ(run({"-C", "kb", "add", "in/a.md", "in/b.zzz"}), 3);
  EXPECT_EQ(err_,
            "failed  in/b.zzz: unsupported: no converter takes application/octet-stream with "
            "extension .zzz; see 'sluice plugin list' for the formats that have a converter\n");
  EXPECT_THAT(out_, HasSubstr("\nadded 1, updated 0, unchanged 0, duplicate 0, failed 1, "));
}

TEST_F(AddCommand, NamesTheConverterThatFailed) {
  write("in/a.md", " \n");
  EXPECT_EQ(run({"-C", "kb", "add", "in"}), 3);
  EXPECT_THAT(err_, StartsWith("failed  in/a.md: empty (markdown): "));
}

TEST_F(AddCommand, AWarningNamesItsDocumentAndIsNoFailure) {
  write("in/a.md", "![gone](gone.png)\n");
  EXPECT_EQ(run({"-C", "kb", "add", "in"}), 0);
  EXPECT_THAT(err_, AllOf(StartsWith("warning in/a.md: "), HasSubstr("gone.png")));
}

TEST_F(AddCommand, TakesSeveralPathsInTheOrderGiven) {
  write("b.md", "b");
  write("a.md", "a");
  const auto docs = add_docs({"b.md", "a.md"});
  ASSERT_EQ(docs.size(), 2U);
  EXPECT_EQ(docs[0]["source"], "b.md");
  EXPECT_EQ(docs[1]["source"], "a.md");
  EXPECT_LT(docs[0]["seq"], docs[1]["seq"]);
}

TEST_F(AddCommand, AMissingPathIsOneFailureAndTheRestIsAdded) {
  write("a.md", "a");
  write("b.md", "b");
  EXPECT_EQ(run({"-C", "kb", "add", "a.md", "nowhere", "kb/raw", "b.md"}), 3);
  EXPECT_EQ(err_,
            "failed  nowhere: io: no such file or directory; check the path\n"
            "failed  kb/raw: unsupported: it belongs to the knowledge base itself; add the "
            "documents it was made from\n");
  EXPECT_THAT(out_, HasSubstr("\nadded 2, updated 0, unchanged 0, duplicate 0, failed 2, "));
  // A path that is mistyped again is as wrong as before.
  EXPECT_EQ(run({"-C", "kb", "add", "a.md", "nowhere"}), 3);
  EXPECT_THAT(out_, HasSubstr("failed 1, "));
}

TEST_F(AddCommand, SaysWhatItSkippedByKind) {
  for (const char* name : {"in/a.md", "in/b.js", "in/c.js", "in/d.dwg", "in/.e.md", "in/LICENSE",
                           "in/node_modules/x/f.md", "in/node_modules/y.md"}) {
    write(name, name);
  }
  std::filesystem::create_symlink("nowhere", work("in/g.md"));
  ASSERT_EQ(run({"-C", "kb", "add", "in"}), 0) << err_;
  EXPECT_THAT(out_, StartsWith("skipped 7: js 2, broken link 1, dwg 1, hidden 1, ignored 1, "
                               "no extension 1 (-v names them)\nadded 1, "));
  EXPECT_THAT(out_, HasSubstr(", failed 0, skipped 7, "));
}

TEST_F(AddCommand, VerboseNamesWhatItSkippedAndWhy) {
  for (const char* name : {"in/a.md", "in/b.js", "in/c.log", "in/sub/d"}) write(name, name);
  write("in/.gitignore", "# logs\n*.log\n");
  ASSERT_EQ(run({"-C", "kb", "add", "-v", "in"}), 0) << err_;
  EXPECT_THAT(out_, StartsWith("skipped  in/.gitignore: hidden\n"
                               "added  in/a.md -> wiki/sources/a.md\n"
                               "skipped  in/b.js: no converter takes .js\n"
                               "skipped  in/c.log: ignored by in/.gitignore:2: *.log\n"
                               "skipped  in/sub/d: no converter takes files without an extension\n"
                               "skipped 4: "));
}

TEST_F(AddCommand, ADirectoryWithoutDocumentsSaysWhatIsInIt) {
  write("in/a.zzz", "x");
  write("in/b.zzz", "x");
  EXPECT_EQ(run({"-C", "kb", "add", "in"}), 0);
  EXPECT_THAT(out_, StartsWith("skipped 2: zzz 2 (-v names them)\nadded 0, "));
  EXPECT_EQ(err_, "");
}

TEST_F(AddCommand, AnEmptyDirectoryIsNoError) {
  std::filesystem::create_directories(work("in"));
  EXPECT_EQ(run({"-C", "kb", "add", "in"}), 0);
  EXPECT_THAT(out_, StartsWith("added 0, "));
  EXPECT_EQ(err_, "");
}

TEST_F(AddCommand, WithoutAKnowledgeBaseIsRefused) {
  write("in/a.md", "a");
  EXPECT_EQ(run({"add", "in"}), 10);
  EXPECT_THAT(err_, AllOf(HasSubstr("cannot find a knowledge base"), HasSubstr("sluice init")));
}

TEST_F(AddCommand, DryRunSaysWhatWouldBeAndAddsNothing) {
  write("in/a.md", "a");
  write("in/b.md", "b");
  ASSERT_EQ(run({"-C", "kb", "add", "in"}), 0);
  write("in/b.md", "changed");
  write("in/c.csv", "x,y\n");
  const Tree before = tree_of(work("kb"));
  ASSERT_EQ(run({"-C", "kb", "add", "-n", "in"}), 0) << err_;
  EXPECT_EQ(out_,
            "would update  in/b.md  (markdown)\nwould add  in/c.csv  (csv)\n"
            "would add 1, update 1, leave unchanged 1, fail 0, skip 0\n");
  EXPECT_THAT(changes_since(before), ::testing::IsEmpty());
  ASSERT_EQ(run({"-C", "kb", "add", "--dry-run", "-v", "in"}), 0);
  EXPECT_THAT(out_, HasSubstr("would unchanged  in/a.md\n"));
}

TEST_F(AddCommand, DryRunTellsWhatWouldFail) {
  write("in/a.zzz", std::string("\0\1", 2));
  EXPECT_EQ(run({"-C", "kb", "add", "-n", "in/a.zzz"}), 3);
  EXPECT_THAT(out_,
              StartsWith("would fail  in/a.zzz  (no converter takes application/octet-stream)\n"));
}

TEST_F(AddCommand, DryRunTellsWhatWouldBeSkipped) {
  write("in/a.zzz", "x");
  write("in/b.md", "b");
  EXPECT_EQ(run({"-C", "kb", "add", "-n", "in"}), 0);
  EXPECT_EQ(out_,
            "would add  in/b.md  (markdown)\nskipped 1: zzz 1 (-v names them)\n"
            "would add 1, update 0, leave unchanged 0, fail 0, skip 1\n");
  EXPECT_EQ(run({"-C", "kb", "add", "-n", "-v", "in"}), 0);
  EXPECT_THAT(out_, StartsWith("skipped  in/a.zzz: no converter takes .zzz\n"));
}

TEST_F(AddCommand, ALockThatIsHeldTooLongNamesItsHolder) {
  write("in/a.md", "a");
  platform::Files files;
  auto kb =
      owner::KnowledgeBase::open(files, work("kb").string(), owner::Database::Mode::kReadWrite);
  {
    const auto held = kb.lock(platform::LockMode::kExclusive, std::chrono::seconds(1), "a backup");
    EXPECT_EQ(run({"-C", "kb", "add", "in", "--lock-timeout", "0.2"}), 11);
    EXPECT_THAT(err_, ContainsRegex("held by process [0-9]+: a backup\n  try: .*--lock-timeout"));
    EXPECT_FALSE(exists("kb/raw/a.md"));
  }
  EXPECT_EQ(run({"-C", "kb", "add", "in", "--lock-timeout", "0.2"}), 0) << err_;
}

TEST_F(AddCommand, QuietSaysOnlyWhatFailed) {
  write("in/a.md", "![gone](gone.png)\n");
  ASSERT_EQ(run({"-q", "-C", "kb", "add", "in"}), 0);
  EXPECT_EQ(out_ + err_, "");
  write("in/b.md", "");
  EXPECT_EQ(run({"-C", "kb", "add", "in", "-q"}), 3);
  EXPECT_EQ(out_, "");
  EXPECT_THAT(err_, StartsWith("failed  in/b.md: empty"));
  EXPECT_THAT(err_, Not(HasSubstr("warning")));
}

TEST_F(AddCommand, VerboseNamesWhatEachSourceBecame) {
  write("in/a.md", "a");
  ASSERT_EQ(run({"-C", "kb", "add", "in", "-v"}), 0);
  EXPECT_THAT(out_, StartsWith("added  in/a.md -> wiki/sources/a.md\n"));
}

}  // namespace
}  // namespace sluice::test
