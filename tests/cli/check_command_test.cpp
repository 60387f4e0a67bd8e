// sluice check: what it says, in words and as JSON, its exit codes, and what --repair does. Each
// finding and repair is tested with the owner.
#include "cli/command_session.h"
#include "owner/knowledge_base.h"

namespace sluice::test {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

class CheckCommand : public CommandSession {
 protected:
  CheckCommand() {
    make_kb();
    write("in/note.md", "# Note\n![p](p.png)\n");
    write("in/p.png", std::string("\x89PNG\r\n\x1a\n", 8) + "p");
    write("in/table.csv", "x,y\n1,2\n");
    EXPECT_EQ(run({"-C", "kb", "add", "in"}), 0) << err_;
  }
  int check(std::vector<std::string> words = {}) {
    words.insert(words.begin(), {"-C", "kb", "check"});
    return run(words);
  }
};

TEST_F(CheckCommand, OfASoundKnowledgeBaseIsOneLineAndZero) {
  ASSERT_EQ(check(), 0) << out_ << err_;
  EXPECT_THAT(out_, ContainsRegex("^checked 2 documents, 5 files, [0-9]+ B: damages 0, "
                                  "remarks 0, repairs 0, left 0\n$"));
  EXPECT_EQ(err_, "");
  ASSERT_EQ(check({"-q"}), 0);
  EXPECT_EQ(out_ + err_, "");
}

TEST_F(CheckCommand, DamageIsALineWithWhatToDoAnd13) {
  fs::remove(work("kb/raw/table.csv"));
  EXPECT_EQ(check(), 13);
  EXPECT_THAT(out_,
              StartsWith("damage  raw/table.csv: missing: the copy of the source of \"table\" "
                         "is not there; run 'sluice check --repair'\n"));
  EXPECT_THAT(out_, HasSubstr("damages 1, remarks 0, repairs 0, left 1\n"));
}

TEST_F(CheckCommand, ARemarkIsNoDamageAndQuietLeavesItOut) {
  write("kb/wiki/sources/note.md", "My edit\n");
  EXPECT_EQ(check(), 0);
  EXPECT_THAT(out_, StartsWith("remark  wiki/sources/note.md: edited: "));
  EXPECT_EQ(check({"--quiet"}), 0);
  EXPECT_EQ(out_ + err_, "");
}

TEST_F(CheckCommand, QuickReadsNoFile) {
  write("kb/raw/table.csv", "y,x\n1,2\n");
  EXPECT_EQ(check(), 13);
  EXPECT_EQ(check({"--quick"}), 0) << out_;
}

TEST_F(CheckCommand, AsJsonHasFindingsAndASummary) {
  fs::remove(work("kb/raw/table.csv"));
  write("kb/wiki/sources/My own.md", "mine");
  EXPECT_EQ(check({"--json"}), 13);
  const auto findings = objects("finding");
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0]["v"], 1);
  EXPECT_EQ(findings[0]["severity"], "damage");
  EXPECT_EQ(findings[0]["kind"], "missing");
  EXPECT_EQ(findings[0]["where"], "raw/table.csv");
  EXPECT_THAT(findings[0]["message"].get<std::string>(), HasSubstr("table"));
  EXPECT_THAT(findings[0]["hint"].get<std::string>(), HasSubstr("--repair"));
  EXPECT_EQ(findings[1]["severity"], "remark");
  EXPECT_THAT(findings[1]["hint"].get<std::string>(), HasSubstr("move it elsewhere"));
  const Json summary = objects("check").at(0);
  EXPECT_EQ(summary["documents"], 2);
  EXPECT_EQ(summary["damages"], 1);
  EXPECT_EQ(summary["remarks"], 1);
  EXPECT_EQ(summary["left"], 1);
}

TEST_F(CheckCommand, RepairMakesMissingFilesAnewFromTheirSources) {
  const Tree before = without_log(published_tree(work("kb")));
  fs::remove(work("kb/raw/table.csv"));
  fs::remove(work("kb/wiki/sources/note.md"));
  fs::remove_all(work("kb/wiki/sources/images/note"));
  ASSERT_EQ(check({"--repair"}), 0) << out_ << err_;
  EXPECT_THAT(out_, AllOf(HasSubstr("repaired  raw/table.csv: missing: "), HasSubstr("updated 2"),
                          HasSubstr("repairs 3, left 0\n")));
  EXPECT_EQ(without_log(published_tree(work("kb"))), before);
  EXPECT_EQ(check(), 0) << out_;
}

TEST_F(CheckCommand, RepairSaysWhatOnlyTheUserCanDo) {
  fs::remove(work("kb/raw/table.csv"));
  write("in/table.csv", "other content\n");
  EXPECT_EQ(check({"--repair"}), 13);
  EXPECT_THAT(err_, AllOf(HasSubstr("table cannot be converted again: its source "),
                          HasSubstr("sluice remove table")));
  EXPECT_THAT(out_, HasSubstr("left 1\n"));
  EXPECT_EQ(check(), 13);
  EXPECT_THAT(out_, HasSubstr("run 'sluice add "));
  // A backup turns up.
  write("kb/raw/table.csv", "x,y\n1,2\n");
  EXPECT_EQ(check({"--repair"}), 0) << out_;
  EXPECT_EQ(check(), 0) << out_;
}

TEST_F(CheckCommand, RepairAsJson) {
  write("kb/raw/stray.pdf", "stray");
  ASSERT_EQ(check({"--repair", "--json"}), 0);
  const Json repair = objects("repair").at(0);
  EXPECT_EQ(repair["kind"], "orphan");
  EXPECT_EQ(repair["where"], "raw/stray.pdf");
  EXPECT_THAT(repair["message"].get<std::string>(), HasSubstr(".sluice/set-aside/"));
  EXPECT_EQ(objects("check").at(0)["repairs"], 1);
  EXPECT_EQ(objects("check").at(0)["left"], 0);
  EXPECT_TRUE(exists("kb/.sluice/set-aside/check-1/raw-stray.pdf"));
}

TEST_F(CheckCommand, HoldsTheLockAgainstWriters) {
  platform::Files files;
  auto kb =
      owner::KnowledgeBase::open(files, work("kb").string(), owner::Database::Mode::kReadWrite);
  {
    const auto held = kb.lock(platform::LockMode::kExclusive, std::chrono::seconds(1), "an add");
    EXPECT_EQ(check({"--lock-timeout", "0.1"}), 11);
    EXPECT_THAT(err_, HasSubstr("an add"));
  }
  const auto reader = kb.lock(platform::LockMode::kShared, std::chrono::seconds(1), "a reader");
  EXPECT_EQ(check(), 0) << "two readers can look at once";
  EXPECT_EQ(check({"--repair", "--lock-timeout", "0.1"}), 11);
}

TEST_F(CheckCommand, StatusSaysWhereDamageIsExplained) {
  fs::remove(work("kb/raw/table.csv"));
  write("in/table.csv", "other content\n");
  EXPECT_EQ(check({"--repair"}), 13);
  ASSERT_EQ(run({"-C", "kb", "status"}), 0);
  EXPECT_THAT(out_, ContainsRegex("damaged +1 document: run 'sluice check'\n"));
  ASSERT_EQ(run({"-C", "kb", "status", "--json"}), 0);
  EXPECT_EQ(objects("status").at(0)["damaged_documents"], 1);
}

TEST_F(CheckCommand, NeedsAKnowledgeBase) {
  EXPECT_EQ(run({"-C", "in", "check"}), 10);
}

}  // namespace
}  // namespace sluice::test
