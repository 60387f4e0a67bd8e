// What an earlier tool of this kind did well and where it failed, so that none of it is lost or
// repeated. Most is tested where it belongs; this table says where, and the rest is tested here.
//
// To keep
//   one owner, readers share, no deadlock     KnowledgeBaseTest, LockTest, SideBySide
//   lock, recovery, reaping, in that order     RecoveryTest.AnyExclusiveLockRecoversFirst,
//   ReaperTest;
//                                              Lessons.AReaderReapsNothing
//   whole files with the umask's mode          KeptFiles, BadInput.AReadOnlySource..., CrashPoint
//   a journal that recovery follows            RecoveryTest, CrashPoint, CrashInRecovery, Kill
//   skips decided again at the commit          OwnerDistrust
//   names, kept for life, told apart           OwnerNaming, DocumentName, OddNames
//   known bytes skipped, new bytes replace     OwnerCommit, AddCommand.CountsWhatItUpdates
//   private prepare, nothing left behind       LaneTest, ReaperTest, Interrupt, BadInput
//   sorted sources, images, line ends          ScannerTest, Order, Images, Published
//   remove by exact name, dry run, raw kept   RemoveCommand, OwnerRemove, Remove, CrashPoint
//   lines of the log                           OwnerLog, Published.LogHasALineForEachEvent
// To be free of
//   1  journals trusted, copies harmed         RecoveryTest.Forged..., .TheJournalOfACopy...;
//                                              Lessons.ACopyIsAKnowledgeBaseOfItsOwn
//   2  evidence deleted                        RecoveryTest.WhatCannotBeFinishedNow...
//   3  staging of the living reaped            LeaseRace, SideBySide.ThePrepareOfALivingRun...
//   4  a stale skip wins                       OwnerDistrust.AStaleSkipDoesNotWin...
//   5  the source read four times              Lessons.ASourceIsOpenedOnce, BadInput.AFileThat...
//   6  a taken suffix overwritten              OwnerNaming.ATakenSuffix..., Lessons.ThreeSources...
//   7  case, devices, long stems               OwnerNaming, OddNames
//   8  prose rewritten as links                Retarget, Images.OfADocumentUnderATakenName...
//   9  one bad source ends the batch           OwnerDistrust.ASourceThatVanishedFailsAlone;
//                                              Lessons.ASourceThatVanishesMidwayFailsAlone
//   10 the KB ingests itself                   ScannerTest,
//   Published.AddingTheKnowledgeBaseItself... 11 old images survive, raw/ taken twice
//   Images.OfTheOldVersion..., Published.Adding... 12 staging never reaped ReaperTest,
//   ConvertCommand, RecoverCommand 13 exit code 0 for failures                BadInput, AddCommand
//   14 a log line lost in a crash              OwnerLog.TheNextStart..., CrashPoint
//   15 everything under the lock               SideBySide, Lessons.AListDoesNotWaitForASlow...
//   16 links missed and code rewritten         Images, LinkTest
//   17 umask toggled, read-only folders stay   BadInput.AReadOnlySource..., ReaperTest
//   18 cost grows with the KB                  Lessons.WhatADocumentCosts..., tests/bench
//   plugins without handshake or isolation     CatalogTest, RouterTest, ConvertersTest,
//                                              MisbehavingPlugin, Lessons.APluginMayTakeOver...
#include <sys/inotify.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <thread>

#include "cli/real_program.h"
#include "platform/sha256.h"

namespace sluice::test {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

namespace fs = std::filesystem;

class Lessons : public RealProgram {};

TEST_F(Lessons, AReaderReapsNothing) {
  write("in/a.md", "a");
  ASSERT_EQ(add({"in"}).exit_code, 0);
  write("kb/.sluice/staging/dead.lease", "");
  write("kb/.sluice/staging/dead/0.raw", "half");
  for (const char* command : {"list", "status"}) ASSERT_EQ(run({command}).exit_code, 0);
  EXPECT_EQ(read("kb/.sluice/staging/dead/0.raw"), "half");
  ASSERT_EQ(run({"recover"}).exit_code, 0);
  EXPECT_THAT(tree_of(kb() / ".sluice/staging"), IsEmpty());
}

TEST_F(Lessons, ACopyIsAKnowledgeBaseOfItsOwn) {
  make_mixed_documents(dir_ / "in", 200);
  // Killed in the middle, so that there may be a journal to be copied.
  Running running = start({"add", "in"});
  while (fs::is_empty(kb() / "raw") && running.is_running()) ::usleep(500);
  running.signal(SIGKILL);
  running.wait();
  fs::copy(kb(), dir_ / "copy", fs::copy_options::recursive);
  const Tree original = tree_of(kb());
  const Finished recovered = sluice({"-C", path("copy"), "recover"});
  EXPECT_EQ(recovered.exit_code, 0) << recovered.err;
  write("more/b.md", "b");
  EXPECT_EQ(sluice({"-C", path("copy"), "add", path("more")}).exit_code, 0);
  EXPECT_THAT(differences(original, tree_of(kb())), IsEmpty());
  ASSERT_EQ(run({"recover"}).exit_code, 0);
  expect_consistent();
}

TEST_F(Lessons, ASourceIsOpenedOnce) {
  write("in/a.md", "# A\n");
  write("in/b.html", "<p>b</p>");
  const int queue = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  ASSERT_GE(::inotify_add_watch(queue, path("in").c_str(), IN_OPEN), 0);
  ASSERT_EQ(add({"in"}).exit_code, 0);
  std::map<std::string, int> openings;
  alignas(inotify_event) char buffer[16 << 10];
  for (ssize_t got; (got = ::read(queue, buffer, sizeof buffer)) > 0;) {
    for (const char* at = buffer; at < buffer + got;) {
      const auto* event = reinterpret_cast<const inotify_event*>(at);
      if ((event->mask & IN_ISDIR) == 0 && event->len > 0) ++openings[event->name];
      at += sizeof(inotify_event) + event->len;
    }
  }
  ::close(queue);
  EXPECT_EQ(openings, (std::map<std::string, int>{{"a.md", 1}, {"b.html", 1}}));
}

TEST_F(Lessons, ThreeSourcesOfOneNameAreThreeDocuments) {
  const std::string second = path("two/note.md");
  const std::string suffix = platform::to_hex(platform::sha256(second)).substr(0, 8);
  write("one/note.md", "one");
  write("squatter/note-" + suffix + ".md", "in the way");
  write("two/note.md", "two");
  ASSERT_EQ(add({"one", "squatter", "two"}).exit_code, 0);
  EXPECT_EQ(documents().size(), 3U);
  EXPECT_EQ(read("kb/raw/note-" + suffix + ".md"), "in the way");
  expect_consistent();
}

TEST_F(Lessons, ASourceThatVanishesMidwayFailsAlone) {
  write("in/a.script", "sleep 600\nbody a\n");
  write("in/b.md", "b");
  write("in/c.md", "c");
  write("list", path("in/a.script") + "\n" + path("in/b.md") + "\n" + path("in/c.md") + "\n");
  Running running = start({"add", "--files-from", "list", "--plugin", fixtures(), "-j", "1"});
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  fs::remove(dir_ / "in/b.md");
  const Finished run = running.wait();
  EXPECT_TRUE(run.exit_code == 3 || run.exit_code == 0) << run.err;
  EXPECT_TRUE(fs::exists(kb() / "raw/a.script"));
  EXPECT_TRUE(fs::exists(kb() / "raw/c.md"));
  expect_consistent();
}

TEST_F(Lessons, AListDoesNotWaitForASlowDocument) {
  write("in/a.script", "sleep 3000\nbody a\n");
  Running running = start({"add", "in", "--plugin", fixtures()});
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  EXPECT_EQ(run({"list"}).exit_code, 0);
  write("other/b.md", "b");
  EXPECT_EQ(add({"other"}).exit_code, 0);
  EXPECT_TRUE(running.is_running()) << "another add waited for the conversion";
  running.wait();
}

// What the program wrote in all, by the kernel's account.
std::uint64_t bytes_written(Running& running) {
  siginfo_t info = {};
  EXPECT_EQ(::waitid(P_PID, static_cast<id_t>(running.pid()), &info, WEXITED | WNOWAIT), 0);
  std::ifstream io("/proc/" + std::to_string(running.pid()) + "/io");
  std::string key;
  std::uint64_t value = 0;
  while (io >> key >> value) {
    if (key == "wchar:") return value;
  }
  return 0;
}

TEST_F(Lessons, WhatADocumentCostsDoesNotGrowWithTheKnowledgeBase) {
  const auto cost_of_five = [this](const std::string& folder) {
    for (int i = 0; i < 5; ++i)
      write(folder + "/" + std::to_string(i) + ".md", folder + std::to_string(i));
    Running running = start({"add", folder, "-j", "1"});
    const std::uint64_t bytes = bytes_written(running);
    EXPECT_EQ(running.wait().exit_code, 0);
    return bytes;
  };
  cost_of_five("first");
  const std::uint64_t small = cost_of_five("second");
  if (small == 0) GTEST_SKIP() << "no account of what was written";
  for (int i = 0; i < 600; ++i)
    write("in/n" + std::to_string(i) + ".md", "note " + std::to_string(i));
  ASSERT_EQ(add({"in"}).exit_code, 0);
  const std::uint64_t large = cost_of_five("third");
  // Five documents are one to five groups, as it happens, and each writes the pages it touches. A
  // registry written anew for each document would cost sixty times as much by now.
  EXPECT_LT(large, 8 * small) << small;
}

TEST_F(Lessons, APluginMayTakeOverWhatAnotherConverts) {
  write("a.script", "body a\n");
  write("kb/.sluice/config.toml", "[plugins]\norder = [\"scripted-second\"]\n");
  ASSERT_EQ(add({"a.script", "--plugin", fixtures()}).exit_code, 0);
  EXPECT_EQ(documents().at("a")["converter"], "scripted-second");
}

}  // namespace
}  // namespace sluice::test
