// A second run over the same sources: reports all unchanged, reads none of them and writes nothing.
#include <fcntl.h>
#include <poll.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/real_program.h"

namespace sluice::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

namespace fs = std::filesystem;

// Notes every opening of a file in a tree; of directories there may be any number.
class Openings {
 public:
  explicit Openings(const fs::path& root) : queue_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
    watch(root);
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
      if (entry.is_directory()) watch(entry.path());
    }
  }
  ~Openings() { ::close(queue_); }
  Openings(const Openings&) = delete;
  Openings& operator=(const Openings&) = delete;

  std::vector<std::string> files() const {
    std::vector<std::string> names;
    alignas(inotify_event) char buffer[64 << 10];
    for (;;) {
      const ssize_t got = ::read(queue_, buffer, sizeof buffer);
      if (got <= 0) return names;
      for (const char* at = buffer; at < buffer + got;) {
        const auto* event = reinterpret_cast<const inotify_event*>(at);
        if ((event->mask & IN_ISDIR) == 0 && event->len > 0) names.emplace_back(event->name);
        at += sizeof(inotify_event) + event->len;
      }
    }
  }

 private:
  void watch(const fs::path& path) const {
    EXPECT_GE(::inotify_add_watch(queue_, path.c_str(), IN_OPEN | IN_ACCESS), 0) << path;
  }

  int queue_;
};

// Content, time of change and mode of every file of a knowledge base.
Tree state_of(const fs::path& kb) {
  Tree state;
  for (const auto& [name, content] : tree_of(kb)) {
    // SQLite makes these for its readers, too; what matters is that the log of changes is empty.
    if (name == ".sluice/registry.db-shm" || name == ".sluice/registry.db-wal") continue;
    struct stat info = {};
    ::lstat((kb / name).c_str(), &info);
    const bool is_directory = S_ISDIR(info.st_mode);
    state[name] =
        content + " inode " + std::to_string(info.st_ino) + " mode " + std::to_string(info.st_mode);
    if (!is_directory) {
      state[name] += " changed " + std::to_string(info.st_ctim.tv_sec) + "." +
                     std::to_string(info.st_ctim.tv_nsec);
    }
  }
  return state;
}

class Unchanged : public RealProgram {};

TEST_F(Unchanged, ASecondRunReadsNothingAndWritesNothing) {
  for (int i = 0; i < 150; ++i) {
    const std::string number = std::to_string(i);
    write("in/" + std::to_string(i % 3) + "/n" + number + ".md", "# Note " + number + "\n");
  }
  ASSERT_EQ(add({"in"}).exit_code, 0);
  const Tree before = state_of(kb());
  const Openings openings(dir_ / "in");
  const Finished second = add({"in"});
  ASSERT_EQ(second.exit_code, 0) << second.err;
  EXPECT_THAT(second.out, StartsWith("added 0, updated 0, unchanged 150, duplicate 0, failed 0, "));
  EXPECT_THAT(openings.files(), IsEmpty());
  EXPECT_THAT(differences(before, state_of(kb())), IsEmpty());
  EXPECT_EQ(read("kb/.sluice/registry.db-wal"), "");
  // That the watch sees an opening at all.
  read("in/0/n0.md");
  EXPECT_THAT(openings.files(), ::testing::Contains("n0.md"));
}

TEST_F(Unchanged, DuplicatesAreNotReadAgainEither) {
  write("in/a.md", "the same");
  write("in/b.md", "the same");
  ASSERT_EQ(add({"in"}).exit_code, 0);
  const Openings openings(dir_ / "in");
  const Finished second = add({"in"});
  EXPECT_THAT(second.out, StartsWith("added 0, updated 0, unchanged 2, "));
  EXPECT_THAT(openings.files(), IsEmpty());
}

TEST_F(Unchanged, AChangeWithinTheClocksResolutionIsNoticed) {
  for (int round = 0; round < 5; ++round) {
    const std::string name = "n" + std::to_string(round) + ".md";
    write(name, "one" + std::to_string(round));
    ASSERT_EQ(add({name}).exit_code, 0);
    struct stat info = {};
    ASSERT_EQ(::stat(path(name).c_str(), &info), 0);
    // The same size and the same time of modification, in the same file.
    const int file = ::open(path(name).c_str(), O_WRONLY);
    const std::string changed = "two" + std::to_string(round);
    ASSERT_EQ(::pwrite(file, changed.data(), 4, 0), 4);
    const timespec times[] = {info.st_atim, info.st_mtim};
    ASSERT_EQ(::futimens(file, times), 0);
    ::close(file);
    const Finished second = add({name});
    EXPECT_THAT(second.out, StartsWith("added 0, updated 1, "));
    EXPECT_EQ(read("kb/raw/" + name), changed);
  }
}

TEST_F(Unchanged, AFileThatTakesTheNameOfAnotherIsNoticed) {
  write("a.md", "one");
  write("b.md", "two");
  ASSERT_EQ(add({"a.md"}).exit_code, 0);
  fs::last_write_time(dir_ / "b.md", fs::last_write_time(dir_ / "a.md"));
  fs::rename(dir_ / "b.md", dir_ / "a.md");
  EXPECT_THAT(add({"a.md"}).out, StartsWith("added 0, updated 1, "));
  EXPECT_EQ(read("kb/raw/a.md"), "two");
}

TEST_F(Unchanged, AFileThatWasOnlyTouchedIsUnchanged) {
  write("a.md", "one");
  ASSERT_EQ(add({"a.md"}).exit_code, 0);
  const std::string log = read("kb/wiki/log.md");
  fs::last_write_time(dir_ / "a.md", fs::file_time_type::clock::now());
  EXPECT_THAT(add({"a.md"}).out, StartsWith("added 0, updated 0, unchanged 1, "));
  EXPECT_EQ(read("kb/wiki/log.md"), log);
}

TEST_F(Unchanged, AFailureThatCanOnlyRepeatItselfIsKnownAndNotTriedAgain) {
  write("a.md", "");
  EXPECT_EQ(add({"a.md"}).exit_code, 3);
  const std::string before = read("kb/.sluice/registry.db");
  const Finished second = add({"a.md"});
  EXPECT_EQ(second.exit_code, 0);
  EXPECT_EQ(second.err, "");
  EXPECT_THAT(second.out, HasSubstr("failed 1 (0 new)"));
  EXPECT_EQ(read("kb/.sluice/registry.db"), before);
  EXPECT_EQ(add({"a.md", "--strict"}).exit_code, 3);
  EXPECT_THAT(add({"a.md", "-v"}).err, HasSubstr("a.md: empty"));
  // Touched, it has the same bytes; changed, it is another document.
  fs::last_write_time(path("a.md"), fs::file_time_type::clock::now());
  EXPECT_EQ(add({"a.md"}).exit_code, 0);
  write("a.md", " \n");
  EXPECT_EQ(add({"a.md"}).exit_code, 3);
  write("a.md", "text");
  EXPECT_EQ(add({"a.md"}).exit_code, 0);
  EXPECT_EQ(objects(run({"status", "--json"}).out, "status").at(0)["failures"], 0);
}

TEST_F(Unchanged, AFailureIsTriedAgainWithOtherOptionsOrConverters) {
  write("b.md", "");
  EXPECT_EQ(add({"b.md"}).exit_code, 3);
  const Finished other = add({"--json", "b.md", "--converter", "text"});
  const Json doc = objects(other.out, "doc").at(0);
  EXPECT_EQ(doc["converter"], "text");
  EXPECT_EQ(doc["known"], true) << "it fails the same way";
}

TEST_F(Unchanged, WhatDependsOnTheDayIsTriedAgain) {
  write("a.script", "crash\n");
  const std::vector<std::string> words = {"--json",   "a.script",    "--plugin",
                                          fixtures(), "--converter", "scripted-alone"};
  const Finished first = add(words);
  EXPECT_EQ(first.exit_code, 3);
  const Json before = objects(first.out, "doc").at(0);
  EXPECT_EQ(before["known"], false);
  const Finished second = add(words);
  const Json after = objects(second.out, "doc").at(0);
  EXPECT_EQ(after["reason"], before["reason"]);
  EXPECT_EQ(after["known"], true);
  EXPECT_EQ(second.exit_code, 0);
}

TEST_F(Unchanged, FailuresOfSourcesThatAreNoMoreGoAway) {
  for (const char* name : {"in/a.md", "in/b.md", "other/c.md"}) write(name, "");
  EXPECT_EQ(add({"in", "other"}).exit_code, 3);
  fs::remove(path("in/a.md"));
  write("in/.sluiceignore", "b.md\n");
  EXPECT_EQ(add({"in"}).exit_code, 0);
  const auto left = objects(run({"list", "--failed", "--json"}).out, "failure");
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0]["path"], path("other/c.md"));
}

}  // namespace
}  // namespace sluice::test
