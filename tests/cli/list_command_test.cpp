// sluice list, show and status: what they say of a knowledge base.
#include "cli/command_session.h"

namespace sluice::test {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

class ListCommand : public CommandSession {
 protected:
  ListCommand() {
    make_kb();
    write("in/note.md", "# Note\n![p](p.png)\n");
    write("in/p.png", std::string("\x89PNG\r\n\x1a\n", 8) + "p");
    write("in/table.csv", "x,y\n1,2\n");
    write("other/note.md", "# Another note\n");
    EXPECT_EQ(run({"-C", "kb", "add", "in", "other"}), 0) << err_;
  }
};

TEST_F(ListCommand, HasALineForEachDocument) {
  ASSERT_EQ(run({"-C", "kb", "list"}), 0) << err_;
  EXPECT_EQ(std::count(out_.begin(), out_.end(), '\n'), 3);
  EXPECT_THAT(out_, ContainsRegex("(^|\n)note +19 B +markdown +.*/in/note.md\n"));
  EXPECT_THAT(out_, ContainsRegex("(^|\n)other-note +15 B +markdown +.*/other/note.md\n"));
  EXPECT_THAT(out_, ContainsRegex("(^|\n)table +8 B +csv +.*/in/table.csv\n"));
}

TEST_F(ListCommand, OfAnEmptyKnowledgeBaseIsEmpty) {
  ASSERT_EQ(run({"init", "empty"}), 0);
  ASSERT_EQ(run({"-C", "empty", "list"}), 0) << err_;
  EXPECT_EQ(out_ + err_, "");
}

TEST_F(ListCommand, AsJsonHasTheSameDocuments) {
  ASSERT_EQ(run({"-C", "kb", "list", "--json"}), 0);
  EXPECT_EQ(objects("document").size(), 3U);
}

TEST_F(ListCommand, ShowHasSourcesHashConverterAndHistory) {
  write("in/copy.csv", "x,y\n1,2\n");
  ASSERT_EQ(run({"-C", "kb", "add", "in"}), 0);
  ASSERT_EQ(run({"-C", "kb", "show", "table"}), 0) << err_;
  EXPECT_THAT(out_, AllOf(ContainsRegex("name +table\n"), ContainsRegex("sha256 +[0-9a-f]{64}\n"),
                          ContainsRegex("converter +csv 1\\.0\\.0\n"),
                          ContainsRegex("raw +raw/table.csv\n"),
                          ContainsRegex("markdown +wiki/sources/table.md\n")));
  EXPECT_THAT(out_, AllOf(ContainsRegex("source +.*/in/table.csv\n"),
                          ContainsRegex("source +.*/in/copy.csv\n")));
  EXPECT_THAT(out_, ContainsRegex("history\n +[0-9]+ +[0-9-]{10} [0-9:]{8} +added +.*table.csv\n"
                                  " +[0-9]+ +[0-9-]{10} [0-9:]{8} +duplicate +.*copy.csv\n"));
}

TEST_F(ListCommand, ShowNamesTheImages) {
  ASSERT_EQ(run({"-C", "kb", "show", "note"}), 0) << err_;
  EXPECT_THAT(out_, ContainsRegex("file +wiki/sources/images/note/p.png\n"));
}

TEST_F(ListCommand, ShowAsJsonHasTheHistoryAsEvents) {
  ASSERT_EQ(run({"-C", "kb", "show", "--json", "table"}), 0);
  const auto events = objects("event");
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0]["v"], 1);
  EXPECT_EQ(events[0]["op"], "added");
  EXPECT_EQ(events[0]["name"], "table");
  EXPECT_TRUE(events[0]["seq"].is_number());
}

TEST_F(ListCommand, ShowTakesAFileNameThatOnlyOneSourceHas) {
  ASSERT_EQ(run({"-C", "kb", "show", "table.csv"}), 0) << err_;
  EXPECT_THAT(out_, ContainsRegex("name +table\n"));
}

TEST_F(ListCommand, ShowDoesNotGuessBetweenSeveral) {
  EXPECT_EQ(run({"-C", "kb", "show", "note.md"}), 1);
  EXPECT_EQ(out_, "");
  EXPECT_THAT(err_, AllOf(HasSubstr("several documents"),
                          ContainsRegex("note \\(.*, other-note \\(")));
}

TEST_F(ListCommand, ShowOfNothingSaysWhereToLook) {
  EXPECT_EQ(run({"-C", "kb", "show", "nothing"}), 1);
  EXPECT_EQ(err_,
            "sluice: cannot show nothing: there is no document with this name\n"
            "  try: 'sluice list' shows what there is\n");
}

// A source without a document is found as a document's sources are: by path, else by file name.
TEST_F(ListCommand, ShowOfAFailedSourceSaysWhyAndWhatToDo) {
  write("in/blank.md", "");
  ASSERT_EQ(run({"-C", "kb", "add", "in"}), 3);
  for (const char* wanted : {"in/blank.md", "blank.md"}) {
    ASSERT_EQ(run({"-C", "kb", "show", wanted}), 0) << err_;
    EXPECT_THAT(out_, AllOf(ContainsRegex("failed +.*/in/blank.md\n"),
                            ContainsRegex("outcome +empty\n"), ContainsRegex("reason +.+\n"),
                            ContainsRegex("try +.+\n"), ContainsRegex("converter +markdown\n")));
  }
  ASSERT_EQ(run({"-C", "kb", "show", "--json", "in/blank.md"}), 0) << err_;
  const Json failure = objects("failure").at(0);
  EXPECT_EQ(failure["reason"], "empty");
  EXPECT_TRUE(failure["message"].is_string());
  EXPECT_TRUE(failure["hint"].is_string());
  EXPECT_EQ(failure["attempts"], Json::array());
  write("other/blank.md", "");
  ASSERT_EQ(run({"-C", "kb", "add", "other"}), 3);
  EXPECT_EQ(run({"-C", "kb", "show", "blank.md"}), 1) << "one of two is not guessed";
  EXPECT_THAT(err_, HasSubstr("several files of that name have failed"));
}

TEST_F(ListCommand, ShowOfADocumentSaysThatItsSourceHasFailedSince) {
  write("in/note.md", "");
  ASSERT_EQ(run({"-C", "kb", "add", "in"}), 3);
  ASSERT_EQ(run({"-C", "kb", "show", "note"}), 0) << err_;
  EXPECT_THAT(out_, AllOf(ContainsRegex("name +note\n"), ContainsRegex("failed +.*/in/note.md\n"),
                          ContainsRegex("outcome +empty\n")));
  ASSERT_EQ(run({"-C", "kb", "show", "--json", "note"}), 0) << err_;
  EXPECT_EQ(objects("document").size(), 1U);
  EXPECT_EQ(objects("failure").size(), 1U);
}

TEST_F(ListCommand, ShowsOnlyTheRowsThatAreAskedFor) {
  write("in/blank.md", "");
  ASSERT_EQ(run({"-C", "kb", "add", "in"}), 3);
  ASSERT_EQ(run({"-C", "kb", "list", "--filter", "type=csv", "--columns", "name,size"}), 0) << err_;
  EXPECT_EQ(out_, "table  8 B\n");
  ASSERT_EQ(run({"-C", "kb", "list", "--filter", "state=failed", "--columns", "path"}), 0);
  EXPECT_EQ(out_, work("in/blank.md").string() + "\n");
  ASSERT_EQ(run({"-C", "kb", "list", "--sort", "size", "--columns", "size"}), 0);
  EXPECT_EQ(out_, "19 B\n15 B\n8 B\n");
  ASSERT_EQ(
      run({"-C", "kb", "list", "--json", "--sort", "size", "--reverse", "--filter", "state!=x"}),
      0);
  EXPECT_EQ(objects("document").size(), 3U);
  EXPECT_EQ(objects("document").back()["name"], "note");
  EXPECT_EQ(objects("failure").size(), 1U);
  EXPECT_EQ(run({"-C", "kb", "list", "--filter", "colour=red"}), 2);
  EXPECT_EQ(run({"-C", "kb", "list", "--failed", "--sort", "size"}), 2);
}

TEST_F(ListCommand, ATerminalHasRemarksOnlyWhereThereAreAny) {
  write("in/blank.md", "");
  ASSERT_EQ(run({"-C", "kb", "add", "in"}), 3);
  out_is_terminal_ = true;
  ASSERT_EQ(run({"-C", "kb", "list"}), 0) << err_;
  EXPECT_THAT(out_, AllOf(HasSubstr("CONVERTER"), Not(HasSubstr("REMARK"))));
  ASSERT_EQ(run({"-C", "kb", "list", "--filter", "state=failed"}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("REMARK"));
  ASSERT_EQ(run({"-C", "kb", "list", "--columns", "name,remark"}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("REMARK"));
}

TEST_F(ListCommand, StatusSaysFirstWhetherAllIsWell) {
  ASSERT_EQ(run({"-C", "kb", "status"}), 0);
  EXPECT_THAT(out_, ::testing::StartsWith("healthy\n\n"));
  write("in/blank.md", "");
  ASSERT_EQ(run({"-C", "kb", "add", "in"}), 3);
  ASSERT_EQ(run({"-C", "kb", "status"}), 0);
  EXPECT_THAT(out_, ::testing::StartsWith("healthy\n  1 source failed: "));
  std::filesystem::remove(work("kb/raw/table.csv"));
  write("in/table.csv", "other content\n");
  ASSERT_EQ(run({"-C", "kb", "check", "--repair"}), 13);
  ASSERT_EQ(run({"-C", "kb", "status"}), 0);
  EXPECT_THAT(out_,
              ::testing::StartsWith("not healthy\n  1 document is damaged: run 'sluice check'\n"));
  ASSERT_EQ(run({"-C", "kb", "status", "--json"}), 0);
  EXPECT_EQ(objects("status").at(0)["healthy"], false);
  EXPECT_EQ(objects("status").at(0)["faults"].size(), 1U);
}

TEST_F(ListCommand, ShowCountsWhatIsTooMuchToRead) {
  std::string note = "# Many\n";
  for (int i = 10; i < 40; ++i) {
    const std::string picture = std::to_string(i) + ".png";
    note += "![p](" + picture + ")\n";
    write("many/" + picture, std::string("\x89PNG\r\n\x1a\n", 8) + picture);
  }
  write("many/many.md", note);
  ASSERT_EQ(run({"-C", "kb", "add", "many"}), 0) << err_;
  ASSERT_EQ(run({"-C", "kb", "show", "many"}), 0) << err_;
  EXPECT_THAT(out_, ContainsRegex("files +30 in all, in wiki/sources/images/many\n"));
  EXPECT_LT(std::count(out_.begin(), out_.end(), '\n'), 30);
}

TEST_F(ListCommand, StatusCountsWhatThereIs) {
  write("in/copy.csv", "x,y\n1,2\n");
  ASSERT_EQ(run({"-C", "kb", "add", "in"}), 0);
  ASSERT_EQ(run({"-C", "kb", "status"}), 0) << err_;
  EXPECT_THAT(out_,
              AllOf(ContainsRegex("documents +3 from 4 sources\n"), ContainsRegex("raw +42 B\n"),
                    ContainsRegex("assets +1, 9 B\n"), ContainsRegex("journal +empty\n"),
                    ContainsRegex("staging +empty\n"), ContainsRegex("failures +0\n")));
}

TEST_F(ListCommand, StatusKeepsTheLastFailuresUntilTheySucceed) {
  write("in/blank.md", "");
  ASSERT_EQ(run({"-C", "kb", "add", "in"}), 3);
  ASSERT_EQ(run({"-C", "kb", "status"}), 0);
  EXPECT_THAT(out_, AllOf(ContainsRegex("failures +1\n"), ContainsRegex("/in/blank.md: empty: ")));
  write("in/blank.md", "no more");
  ASSERT_EQ(run({"-C", "kb", "add", "in"}), 0);
  ASSERT_EQ(run({"-C", "kb", "status"}), 0);
  EXPECT_THAT(out_, AllOf(ContainsRegex("failures +0\n"), Not(HasSubstr("blank.md"))));
}

TEST_F(ListCommand, StatusAsJsonHasNumbersAndFailures) {
  write("in/blank.md", "");
  run({"-C", "kb", "add", "in"});
  ASSERT_EQ(run({"-C", "kb", "status", "--json"}), 0);
  const Json status = objects("status").at(0);
  EXPECT_EQ(status["documents"], 3);
  EXPECT_EQ(status["sources"], 3);
  EXPECT_EQ(status["raw_bytes"], 42);
  EXPECT_EQ(status["pending_journal"], 0);
  EXPECT_EQ(status["failures"], 1);
  EXPECT_EQ(status["last_failures"].at(0)["reason"], "empty");
  EXPECT_EQ(status["last_failures"].at(0)["converter"], "markdown");
}

TEST_F(ListCommand, FailedNamesAllOfThemWithWhatToDo) {
  for (int i = 10; i < 25; ++i) write("in/" + std::to_string(i) + ".md", "");
  ASSERT_EQ(run({"-C", "kb", "add", "in"}), 3);
  ASSERT_EQ(run({"-C", "kb", "status"}), 0);
  EXPECT_THAT(out_, HasSubstr("  and 5 more: 'sluice list --failed' names them\n"));
  ASSERT_EQ(run({"-C", "kb", "list", "--failed"}), 0);
  EXPECT_THAT(out_,
              HasSubstr("/in/24.md: empty (markdown): there is no text in the file\n  try: "));
  ASSERT_EQ(run({"-C", "kb", "list", "--failed", "--json"}), 0);
  const auto failures = objects("failure");
  ASSERT_EQ(failures.size(), 15U);
  EXPECT_EQ(failures[0]["path"], work("in/10.md").string());
  EXPECT_EQ(failures[0]["reason"], "empty");
  EXPECT_TRUE(failures[0]["hint"].is_string());
}

TEST_F(ListCommand, ReadingWritesNothing) {
  const Tree before = tree_of(work("kb"));
  for (const char* command : {"list", "status"}) ASSERT_EQ(run({"-C", "kb", command}), 0);
  ASSERT_EQ(run({"-C", "kb", "show", "note"}), 0);
  EXPECT_THAT(changes_since(before), ::testing::IsEmpty());
}

}  // namespace
}  // namespace sluice::test
