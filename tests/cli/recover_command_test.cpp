// sluice recover: what it says of what a dead run has left. How it recovers is tested with the
// owner.
#include "cli/command_session.h"
#include "owner/knowledge_base.h"

namespace sluice::test {
namespace {

using ::testing::HasSubstr;

class RecoverCommand : public CommandSession {
 protected:
  RecoverCommand() {
    make_kb();
    // A run that died while it prepared.
    write("kb/.sluice/staging/dead.lease", "");
    write("kb/.sluice/staging/dead/0.raw", "half");
  }
};

TEST_F(RecoverCommand, DeletesTheStagingOfDeadRunsAndSaysSo) {
  ASSERT_EQ(run({"-C", "kb", "recover"}), 0) << err_;
  EXPECT_EQ(out_, "finished 0 documents, deleted the staging of 1 run\n");
  EXPECT_EQ(tree_of(work("kb/.sluice/staging")), Tree());
  ASSERT_EQ(run({"-C", "kb", "recover"}), 0);
  EXPECT_EQ(out_, "finished 0 documents, deleted the staging of 0 runs\n");
}

TEST_F(RecoverCommand, AsJson) {
  ASSERT_EQ(run({"-C", "kb", "recover", "--json"}), 0);
  ASSERT_EQ(objects().size(), 1U);
  const Json recover = objects()[0];
  EXPECT_EQ(recover["v"], 1);
  EXPECT_EQ(recover["type"], "recover");
  EXPECT_EQ(recover["finished"], 0);
  EXPECT_EQ(recover["reaped"], 1);
  for (const char* list : {"kept", "damaged", "left"}) EXPECT_EQ(recover[list], Json::array());
}

TEST_F(RecoverCommand, IsSilentWithQuiet) {
  ASSERT_EQ(run({"-C", "kb", "recover", "-q"}), 0);
  EXPECT_EQ(out_ + err_, "");
}

TEST_F(RecoverCommand, WaitsForTheLockNoLongerThanTold) {
  platform::Files files;
  auto kb =
      owner::KnowledgeBase::open(files, work("kb").string(), owner::Database::Mode::kReadWrite);
  const auto held = kb.lock(platform::LockMode::kExclusive, std::chrono::seconds(1), "another run");
  EXPECT_EQ(run({"-C", "kb", "recover", "--lock-timeout", "0.1"}), 11);
  EXPECT_THAT(err_, HasSubstr("another run"));
  EXPECT_TRUE(exists("kb/.sluice/staging/dead/0.raw"));
}

TEST_F(RecoverCommand, AnAddRecoversFirst) {
  write("a.md", "a");
  ASSERT_EQ(run({"-C", "kb", "add", "a.md"}), 0) << err_;
  EXPECT_EQ(tree_of(work("kb/.sluice/staging")), Tree());
}

}  // namespace
}  // namespace sluice::test
