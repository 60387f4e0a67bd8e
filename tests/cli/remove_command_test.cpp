// sluice remove: which document is meant, what is said, and what is refused.
#include "cli/command_session.h"
#include "owner/knowledge_base.h"

namespace sluice::test {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class RemoveCommand : public CommandSession {
 protected:
  RemoveCommand() {
    make_kb();
    write("in/note.md", "# Note\n![p](p.png)\n");
    write("in/p.png", std::string("\x89PNG\r\n\x1a\n", 8) + "p");
    write("in/table.csv", "x,y\n1,2\n");
    EXPECT_EQ(run({"-C", "kb", "add", "in"}), 0) << err_;
  }
  int remove(std::vector<std::string> words) {
    words.insert(words.begin(), {"-C", "kb", "remove"});
    return run(words);
  }
  std::vector<std::string> names() {
    EXPECT_EQ(run({"-C", "kb", "list", "--json"}), 0) << err_;
    std::vector<std::string> names;
    for (const Json& document : objects("document")) names.push_back(document["name"]);
    return names;
  }
};

TEST_F(RemoveCommand, ByNameTakesTheDocumentOutAndSaysSo) {
  ASSERT_EQ(remove({"note"}), 0) << err_;
  EXPECT_THAT(out_, ContainsRegex("^removed  note  \\(.*/in/note.md\\)\n$"));
  EXPECT_EQ(err_, "");
  EXPECT_EQ(names(), std::vector<std::string>{"table"});
  for (const char* path :
       {"kb/raw/note.md", "kb/wiki/sources/note.md", "kb/wiki/sources/images/note"}) {
    EXPECT_FALSE(exists(path)) << path;
  }
}

// Each of these leads to the document `note`.
class RemoveCommandPath : public RemoveCommand,
                          public ::testing::WithParamInterface<const char*> {};
TEST_P(RemoveCommandPath, LeadsToTheDocument) {
  std::string given = GetParam();
  if (given.starts_with("~")) given = work(given.substr(1)).string();
  ASSERT_EQ(remove({given}), 0) << err_;
  EXPECT_EQ(names(), std::vector<std::string>{"table"});
}
INSTANTIATE_TEST_SUITE_P(Each, RemoveCommandPath,
                         ::testing::Values("in/note.md", "./in/../in/note.md", "~in/note.md",
                                           "raw/note.md", "kb/raw/note.md", "~kb/raw/note.md",
                                           "wiki/sources/note.md", "kb/wiki/sources/note.md",
                                           "kb/wiki/sources/images/note",
                                           "kb/wiki/sources/images/note/p.png"));

TEST_F(RemoveCommand, ASourceThatIsGoneStillLeadsToItsDocument) {
  std::filesystem::remove(work("in/note.md"));
  ASSERT_EQ(remove({"in/note.md"}), 0) << err_;
  EXPECT_FALSE(exists("kb/raw/note.md"));
}

TEST_F(RemoveCommand, AnExactNameWinsOverAPath) {
  write("table", "in a file of that name\n");
  write("other/x.md", "x");
  ASSERT_EQ(run({"-C", "kb", "add", "table", "other"}), 0) << err_;
  ASSERT_EQ(remove({"table"}), 0) << err_;
  EXPECT_FALSE(exists("kb/raw/table.csv"));
}

TEST_F(RemoveCommand, AnAmbiguousPathIsRefusedWithItsCandidates) {
  // In the KB, sources have keys that begin there: the same words lead to another from outside.
  write("kb/in/note.md", "another\n");
  ASSERT_EQ(run({"-C", "kb", "add", "kb/in"}), 0) << err_;
  EXPECT_EQ(remove({"in/note.md"}), 1);
  EXPECT_THAT(err_, AllOf(HasSubstr("note ("), ContainsRegex("in-note \\("),
                          HasSubstr("give the name")));
  EXPECT_EQ(names().size(), 3U);
}

TEST_F(RemoveCommand, AnUnknownNameIsRefusedWithTheNearest) {
  EXPECT_EQ(remove({"tabel"}), 1);
  EXPECT_EQ(err_,
            "sluice: cannot remove tabel: there is no document with this name or path\n"
            "  try: did you mean \"table\"?\n");
  EXPECT_EQ(remove({"Note"}), 1);
  EXPECT_THAT(err_, HasSubstr("did you mean \"note\"?"));
  EXPECT_EQ(remove({"nothing-like-it"}), 1);
  EXPECT_THAT(err_, HasSubstr("'sluice list'"));
}

TEST_F(RemoveCommand, OneNameThatIsWrongKeepsAll) {
  const Tree before = without_log(published_tree(work("kb")));
  EXPECT_EQ(remove({"note", "tabel", "nowhere"}), 1);
  EXPECT_THAT(err_, AllOf(HasSubstr("tabel: "), HasSubstr("nowhere: "),
                          HasSubstr("nothing was removed"), Not(HasSubstr("note: "))));
  EXPECT_EQ(without_log(published_tree(work("kb"))), before);
  EXPECT_EQ(names().size(), 2U);
}

TEST_F(RemoveCommand, ADocumentThatIsNamedTwiceGoesOnce) {
  ASSERT_EQ(remove({"note", "in/note.md", "table"}), 0) << err_;
  EXPECT_EQ(std::count(out_.begin(), out_.end(), '\n'), 2);
  EXPECT_THAT(names(), IsEmpty());
}

TEST_F(RemoveCommand, KeepRawLeavesTheCopy) {
  ASSERT_EQ(remove({"--keep-raw", "table"}), 0) << err_;
  EXPECT_EQ(read("kb/raw/table.csv"), "x,y\n1,2\n");
  EXPECT_FALSE(exists("kb/wiki/sources/table.md"));
}

TEST_F(RemoveCommand, DryRunSaysWhatWouldGoAndChangesNothing) {
  write("in/copy.csv", "x,y\n1,2\n");
  ASSERT_EQ(run({"-C", "kb", "add", "in"}), 0) << err_;
  const Tree before = tree_of(work("kb"));
  ASSERT_EQ(remove({"-n", "note", "table"}), 0) << err_;
  EXPECT_THAT(out_, AllOf(HasSubstr("would remove  note  (raw/note.md, wiki/sources/note.md, 1 "
                                    "image)\n"),
                          ContainsRegex("would remove  table .*\n  and with it its source "
                                        ".*/in/copy.csv\n")));
  ASSERT_EQ(remove({"--dry-run", "--keep-raw", "--json", "note"}), 0) << err_;
  EXPECT_EQ(objects("plan").at(0)["would"], "remove");
  EXPECT_EQ(remove({"-n", "nothing"}), 1);
  EXPECT_THAT(changes_since(before), IsEmpty());
}

TEST_F(RemoveCommand, AsJsonHasADocAndASummary) {
  write("in/copy.csv", "x,y\n1,2\n");
  ASSERT_EQ(run({"-C", "kb", "add", "in"}), 0) << err_;
  ASSERT_EQ(remove({"--json", "in/table.csv"}), 0) << err_;
  const Json doc = objects("doc").at(0);
  EXPECT_EQ(doc["source"], "in/table.csv");
  EXPECT_THAT(doc["path"].get<std::string>(), ::testing::EndsWith("/in/table.csv"));
  EXPECT_EQ(doc["result"], "removed");
  EXPECT_EQ(doc["reason"], nullptr);
  EXPECT_EQ(doc["name"], "table");
  EXPECT_EQ(doc["raw"], "raw/table.csv");
  EXPECT_TRUE(doc["seq"].is_number());
  EXPECT_THAT(doc["warnings"].at(0)["message"].get<std::string>(), HasSubstr("/in/copy.csv"));
  EXPECT_EQ(objects("summary").at(0)["removed"], 1);
}

TEST_F(RemoveCommand, TheOtherSourcesOfTheDocumentAreNamed) {
  write("in/copy.csv", "x,y\n1,2\n");
  ASSERT_EQ(run({"-C", "kb", "add", "in"}), 0) << err_;
  ASSERT_EQ(remove({"table"}), 0);
  EXPECT_THAT(err_, ContainsRegex("warning table: its source .*/in/copy.csv is removed with it"));
}

TEST_F(RemoveCommand, IsInTheHistoryAndTheLog) {
  ASSERT_EQ(remove({"note"}), 0);
  EXPECT_THAT(read("kb/wiki/log.md"), ContainsRegex("removed \\| note \\(.*/in/note.md\\)\n"));
  ASSERT_EQ(run({"-C", "kb", "add", "in"}), 0) << err_;
  ASSERT_EQ(run({"-C", "kb", "show", "note"}), 0);
  EXPECT_THAT(out_, ContainsRegex("added .*\n.*removed .*\n.*added .*\n"));
}

TEST_F(RemoveCommand, WaitsForTheLockNoLongerThanTold) {
  platform::Files files;
  auto kb =
      owner::KnowledgeBase::open(files, work("kb").string(), owner::Database::Mode::kReadWrite);
  const auto held = kb.lock(platform::LockMode::kExclusive, std::chrono::seconds(1), "another run");
  EXPECT_EQ(remove({"note", "--lock-timeout", "0.1"}), 11);
  EXPECT_THAT(err_, HasSubstr("another run"));
  EXPECT_TRUE(exists("kb/raw/note.md"));
}

TEST_F(RemoveCommand, NeedsAName) {
  EXPECT_EQ(remove({}), 2);
  EXPECT_THAT(err_, HasSubstr("a document's name is missing"));
  EXPECT_EQ(run({"-C", "in", "remove", "note"}), 10);
}

}  // namespace
}  // namespace sluice::test
