// What a user can hand in that is wrong: each has its exit code and one clear line.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "cli/real_program.h"

namespace sluice::test {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

namespace fs = std::filesystem;

class BadInput : public RealProgram {};

TEST_F(BadInput, AMissingPathIsOneFailureAndTheRestIsIngested) {
  write("in/a.md", "a");
  write("list", "nowhere-either\nin/b.md\n");
  write("in/b.md", "b");
  const Finished run = add({"in", "nowhere", "--files-from", "list"});
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_EQ(run.err,
            "failed  nowhere: io: no such file or directory; check the path\n"
            "failed  nowhere-either: io: no such file or directory; check the path\n");
  EXPECT_EQ(documents().size(), 2U);
}

TEST_F(BadInput, ATemporaryFolderThatIsNoneIsAnOrdinaryError) {
  write("a.md", "a");
  const Finished run = sluice({"convert", path("a.md")}, {{"TMPDIR", "/nonexistent"}});
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_EQ(run.err,
            "sluice: cannot use the temporary folder /nonexistent: it is not a directory\n"
            "  try: set TMPDIR to one you may write to\n");
  EXPECT_EQ(add({"a.md"}, {{"TMPDIR", "/nonexistent"}}).exit_code, 0) << "it needs none";
}

// Either everything is done, or nothing with one sentence: never a failure of each document.
TEST_F(BadInput, ALimitOnOpenFilesIsOneSentenceOrNone) {
#ifdef SLUICE_SANITIZED
  GTEST_SKIP() << "a sanitizer opens files of its own, and reports what is no fault when it cannot";
#endif
  for (int i = 0; i < 30; ++i) write("in/" + std::to_string(i) + ".md", std::to_string(i));
  write("in/page.html", "<p>text</p>");
  int done = 0;
  for (int files = 6; files <= 128; files += files < 64 ? 2 : 16) {
    SCOPED_TRACE(std::to_string(files) + " open files");
    fs::remove_all(kb());
    ASSERT_EQ(sluice({"init", kb().string()}).exit_code, 0);
    Running limited({"/bin/bash", "-c", "ulimit -n " + std::to_string(files) + "; exec \"$@\"",
                     "bash", sluice_program(), "-C", kb().string(), "add", "-j", "4", path("in")},
                    {}, dir_.path());
    const Finished run = limited.wait();
    if (run.exit_code == 127) continue;  // too few for the system to load the program's libraries
    EXPECT_THAT(run.out + run.err, Not(HasSubstr("failed  ")));
    EXPECT_THAT(run.err, Not(HasSubstr("a bug")));
    if (run.exit_code == 0) {
      ++done;
      EXPECT_EQ(documents().size(), 31U);
    } else {
      EXPECT_EQ(run.exit_code, 1) << run.err;
      EXPECT_EQ(std::count(run.err.begin(), run.err.end(), '\n'), 2) << run.err;
      EXPECT_TRUE(documents().empty());
    }
    EXPECT_EQ(this->run({"check"}).exit_code, 0);
  }
  EXPECT_GT(done, 3);
}

TEST_F(BadInput, ADirectoryWithoutDocumentsIsNoError) {
  write("in/a.zzz", "x");
  const Finished run = add({"in"});
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_THAT(run.out, StartsWith("skipped 1: zzz 1"));
  EXPECT_EQ(run.err, "");
}

TEST_F(BadInput, AnUnknownType) {
  write("a.zzz", std::string("\0\1\2\3", 4));
  write("b.md", "b");
  const Finished run = add({"a.zzz", "b.md"});
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, ContainsRegex("^failed  a\\.zzz: unsupported: .*sluice plugin list.*\n$"));
  EXPECT_THAT(documents(), ::testing::SizeIs(1));
}

TEST_F(BadInput, AnUnreadableFileFailsAlone) {
  if (!has_other_user()) GTEST_SKIP() << "no user without privileges";
  write("in/a.md", "a");
  write("in/b.md", "b");
  give_away();
  fs::permissions(dir_ / "in/a.md", fs::perms::none);
  const Finished run = run_as_other_user({"add", "in"});
  EXPECT_EQ(run.exit_code, 3) << run.err;
  EXPECT_THAT(run.err, ContainsRegex("^failed  in/a\\.md: io: [Pp]ermission denied; .*\n$"));
  EXPECT_TRUE(fs::exists(kb() / "raw/b.md"));
}

TEST_F(BadInput, AnUnreadableDirectoryFailsAlone) {
  if (!has_other_user()) GTEST_SKIP() << "no user without privileges";
  write("in/closed/a.md", "a");
  write("in/open/b.md", "b");
  give_away();
  fs::permissions(dir_ / "in/closed", fs::perms::none);
  const Finished run = run_as_other_user({"add", "in"});
  EXPECT_EQ(run.exit_code, 3) << run.err;
  EXPECT_THAT(run.err, ContainsRegex("^failed  in/closed: io: .*[Pp]ermission denied.*\n$"));
  EXPECT_TRUE(fs::exists(kb() / "raw/b.md"));
}

// Rewrites a file as fast as it can, in place and of one size, until it goes.
class Writer {
 public:
  Writer(const fs::path& path, std::chrono::microseconds pause, std::size_t size)
      : thread_([this, path, pause, size] {
          for (int version = 0; !stop_; ++version) {
            const std::string text(size, static_cast<char>('a' + version % 26));
            const int file = ::open(path.c_str(), O_WRONLY);
            EXPECT_EQ(::pwrite(file, text.data(), size, 0), static_cast<ssize_t>(size));
            ::close(file);
            std::this_thread::sleep_for(pause);
          }
        }) {}
  ~Writer() {
    stop_ = true;
    thread_.join();
  }

 private:
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

// Whatever moments it is read in: what is committed is one version, under that version's hash.
void expect_one_version(const std::string& raw, const std::string& markdown) {
  ASSERT_FALSE(raw.empty());
  EXPECT_EQ(raw, std::string(raw.size(), raw[0]));
  EXPECT_THAT(markdown, HasSubstr("\n" + raw));
}

TEST_F(BadInput, AFileThatKeepsChangingIsUnstableWithinSeconds) {
  write("in/a.md", std::string(100, 'x'));
  write("in/b.md", "b");
  const Writer writer(dir_ / "in/a.md", std::chrono::microseconds(500), 100);
  Finished run;
  // On a busy machine the writer itself may rest for a moment, and the file with it.
  for (int round = 0; run.exit_code != 3 && round < 10; ++round) {
    const auto begin = std::chrono::steady_clock::now();
    Running running = start({"add", "in"});
    while (running.is_running() &&
           std::chrono::steady_clock::now() - begin < std::chrono::seconds(10)) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    ASSERT_FALSE(running.is_running()) << "it waits for a file that never rests";
    run = running.wait();
    EXPECT_TRUE(fs::exists(kb() / "raw/b.md"));
    expect_consistent();
  }
  EXPECT_EQ(run.exit_code, 3) << run.err;
  EXPECT_THAT(run.err, ContainsRegex("^failed  in/a\\.md: source-unstable.*: .*\n$"));
}

TEST_F(BadInput, AFileThatChangesNowAndThenIsCommittedInOneVersion) {
  write("a.md", std::string(3000, 'x'));
  const Writer writer(dir_ / "a.md", std::chrono::milliseconds(47), 3000);
  for (int round = 0; round < 8; ++round) {
    const Finished run = add({"a.md"});
    ASSERT_TRUE(run.exit_code == 0 || run.exit_code == 3) << run.err;
    if (run.exit_code == 3) {
      EXPECT_THAT(run.err, HasSubstr("source-unstable"));
    }
    expect_consistent();
    if (documents().empty()) continue;
    expect_one_version(read("kb/raw/a.md"), read("kb/wiki/sources/a.md"));
  }
}

TEST_F(BadInput, AReadOnlySourceIsPublishedWithTheModeOfANewFile) {
  write("a.md", "a");
  fs::permissions(dir_ / "a.md", fs::perms(0444));
  const mode_t before = ::umask(027);
  const Finished run = add({"a.md"});
  ::umask(before);
  ASSERT_EQ(run.exit_code, 0) << run.err;
  for (const char* name : {"kb/raw/a.md", "kb/wiki/sources/a.md", "kb/wiki/log.md"}) {
    EXPECT_EQ(fs::status(dir_ / name).permissions(), fs::perms(0640)) << name;
  }
}

TEST_F(BadInput, ABrokenConfigurationNamesFileAndLine) {
  write("a.md", "a");
  write("kb/.sluice/config.toml", "[ingest]\njobs = 2\nhiden = true\n");
  const Finished run = add({"a.md"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.out, "");
  EXPECT_THAT(run.err,
              AllOf(StartsWith("sluice: "), HasSubstr(path("kb/.sluice/config.toml") + ":3"),
                    HasSubstr("hiden"), HasSubstr("hidden")));
}

TEST_F(BadInput, AConfigurationThatIsNoTomlNamesFileAndLine) {
  write("kb/.sluice/config.toml", "[ingest]\njobs = = 2\n");
  const Finished run = add({"."});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr(path("kb/.sluice/config.toml") + ":2"));
}

TEST_F(BadInput, AKnowledgeBaseOfANewerVersionIsRefusedAndNotTouched) {
  write("a.md", "a");
  // The version is the big-endian number at offset 60 of an SQLite file.
  std::string registry = read("kb/.sluice/registry.db");
  registry[63] = 127;
  write("kb/.sluice/registry.db", registry);
  for (const char* command : {"add", "list", "status", "recover"}) {
    const Finished run =
        this->run(command == std::string("add") ? std::vector<std::string>{"add", "a.md"}
                                                : std::vector<std::string>{command});
    EXPECT_EQ(run.exit_code, 1) << command;
    EXPECT_EQ(run.out, "") << command;
    EXPECT_THAT(run.err, AllOf(HasSubstr("newer"), HasSubstr("\n  try: "))) << command;
  }
  EXPECT_EQ(read("kb/.sluice/registry.db"), registry);
}

TEST_F(BadInput, NoKnowledgeBase) {
  write("elsewhere/a.md", "a");
  const Finished run = sluice({"add", "a.md"}, {}, dir_ / "elsewhere");
  EXPECT_EQ(run.exit_code, 10);
  EXPECT_THAT(run.err, AllOf(HasSubstr("no .sluice directory"), HasSubstr("sluice init")));
}

TEST_F(BadInput, ALockThatIsHeldTooLongNamesItsHolder) {
  write("a.md", "a");
  const int lock = ::open((kb() / ".sluice/kb.lock").c_str(), O_RDWR | O_CLOEXEC);
  ASSERT_GE(lock, 0);
  ASSERT_EQ(::pwrite(lock, "process 77: a backup\n", 21, 0), 21);
  struct flock range = {};
  range.l_type = F_WRLCK;
  range.l_whence = SEEK_SET;
  range.l_len = 1;
  ASSERT_EQ(::fcntl(lock, F_OFD_SETLK, &range), 0);
  const Finished run = add({"a.md", "--lock-timeout", "0.3"});
  EXPECT_EQ(run.exit_code, 11);
  EXPECT_THAT(run.err,
              AllOf(HasSubstr("held by process 77: a backup"), HasSubstr("--lock-timeout")));
  const Finished list = this->run({"list"});
  EXPECT_EQ(list.exit_code, 0) << "readers wait for nobody: " << list.err;
  ::close(lock);
  EXPECT_EQ(add({"a.md"}).exit_code, 0);
}

TEST_F(BadInput, PipesAndSocketsAreNotWaitedFor) {
  write("in/a.md", "a");
  ASSERT_EQ(::mkfifo(path("in/pipe.md").c_str(), 0600), 0);
  EXPECT_EQ(add({"in"}).exit_code, 0);
  EXPECT_EQ(documents().size(), 1U);
  EXPECT_EQ(add({"in/pipe.md"}).exit_code, 3);
}

TEST_F(BadInput, StandardOutputThatIsFullIsAnError) {
  write("a.md", "a");
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "no /dev/full";
  Running shell({"/bin/sh", "-c", sluice_program() + " convert " + path("a.md") + " > /dev/full"});
  const Finished run = shell.wait();
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_THAT(run.err, StartsWith("sluice: cannot write"));
}

}  // namespace
}  // namespace sluice::test
