// The promises of Files on the real file system.
#include "platform/files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>

#include "kit/temp_dir.h"
#include "platform/error.h"

namespace sluice::platform {
namespace {

using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

std::span<const std::byte> bytes(std::string_view text) {
  return std::as_bytes(std::span(text));
}

class FilesTest : public ::testing::Test {
 protected:
  std::string read_all(const File& file) {
    std::string text(1000, '\0');
    text.resize(files.read(file, 0, std::as_writable_bytes(std::span(text))));
    return text;
  }
  template <typename Action>
  std::error_code code_of(Action action) {
    try {
      action();
    } catch (const SystemError& error) {
      return error.code();
    }
    return {};
  }
  mode_t mode_of(const std::string& name) {
    struct stat st {};
    EXPECT_EQ(::stat(tree.path(name).c_str(), &st), 0);
    return st.st_mode & 07777;
  }

  test::TempDir tree;
  Files files;
  Dir dir = *files.open_dir(tree.path());
};

TEST_F(FilesTest, WritesAndReadsAtAnOffset) {
  const File file = files.create(dir, "a");
  files.write(file, 0, bytes("hello"));
  files.write(file, 3, bytes("p me"));
  EXPECT_EQ(read_all(file), "help me");
  EXPECT_EQ(files.info(file).identity.size, 7U);
  files.truncate(file, 4);
  EXPECT_EQ(tree.read("a"), "help");
}

TEST_F(FilesTest, ReadingBehindTheEndGivesNothing) {
  const File file = files.create(dir, "a");
  std::byte one{};
  EXPECT_EQ(files.read(file, 100, {&one, 1}), 0U);
}

TEST_F(FilesTest, CreateRefusesATakenName) {
  tree.file("a", "mine");
  EXPECT_EQ(code_of([&] { files.create(dir, "a"); }), std::errc::file_exists);
  EXPECT_EQ(tree.read("a"), "mine");
}

TEST_F(FilesTest, CreateDoesNotWriteThroughASymlink) {
  tree.symlink("a", "target");
  EXPECT_EQ(code_of([&] { files.create(dir, "a"); }), std::errc::file_exists);
  EXPECT_FALSE(std::filesystem::exists(tree.path("target")));
}

TEST_F(FilesTest, NewFilesHaveTheModeOfTheUmask) {
  const mode_t before = ::umask(027);
  files.create(dir, "shared");
  files.create(dir, "private", Access::kPrivate);
  files.make_dir(dir, "folder", Access::kUmask);
  files.make_dir(dir, "own", Access::kPrivate);
  ::umask(before);
  EXPECT_EQ(mode_of("shared"), 0640U);
  EXPECT_EQ(mode_of("private"), 0600U);
  EXPECT_EQ(mode_of("folder"), 0750U);
  EXPECT_EQ(mode_of("own"), 0700U);
}

TEST_F(FilesTest, MakeDirTellsWhenTheNameIsTaken) {
  EXPECT_TRUE(files.make_dir(dir, "d", Access::kUmask));
  EXPECT_FALSE(files.make_dir(dir, "d", Access::kUmask));
}

TEST_F(FilesTest, OpenDirRefusesFilesAndSymlinks) {
  tree.folder("real");
  tree.file("file");
  tree.symlink("link", "real");
  EXPECT_TRUE(files.open_dir(dir, "real"));
  EXPECT_FALSE(files.open_dir(dir, "file"));
  EXPECT_FALSE(files.open_dir(dir, "link"));
  EXPECT_FALSE(files.open_dir(dir, "missing"));
  EXPECT_TRUE(files.open_dir(tree.path("link")));
}

TEST_F(FilesTest, OpenReadFindsAFileOfAnyDepth) {
  tree.file("a/b/c", "deep");
  const auto file = files.open_read(dir, "a/b/c");
  ASSERT_TRUE(file);
  EXPECT_EQ(read_all(*file), "deep");
  EXPECT_FALSE(files.open_read(dir, "a/missing"));
  EXPECT_FALSE(files.open_read(dir, "a/b/c/d"));
}

TEST_F(FilesTest, OpenReadNeverLeavesItsDirectory) {
  tree.file("secret");
  tree.folder("in");
  tree.symlink("in/out", "../secret");
  tree.symlink("in/absolute", tree.path("secret"));
  const Dir in = *files.open_dir(dir, "in");
  for (const auto mode : {Symlinks::kRefuse, Symlinks::kInside}) {
    for (const std::string& path : {std::string("../secret"), tree.path("secret"),
                                    std::string("out"), std::string("absolute")}) {
      EXPECT_NE(code_of([&] { files.open_read(in, path, mode); }), std::error_code()) << path;
    }
  }
}

TEST_F(FilesTest, OpenReadFollowsSymlinksInsideOnlyWhenAsked) {
  tree.file("a/real", "text");
  tree.symlink("link", "a/real");
  tree.symlink("folder", "a");
  EXPECT_EQ(read_all(*files.open_read(dir, "link", Symlinks::kInside)), "text");
  EXPECT_EQ(code_of([&] { files.open_read(dir, "link"); }),
            std::errc::too_many_symbolic_link_levels);
  EXPECT_EQ(code_of([&] { files.open_read(dir, "folder/real"); }),
            std::errc::too_many_symbolic_link_levels);
}

TEST_F(FilesTest, OpenReadDoesNotBlockOnAPipe) {
  ASSERT_EQ(::mkfifo(tree.path("pipe").c_str(), 0600), 0);
  const auto pipe = files.open_read(dir, "pipe");
  ASSERT_TRUE(pipe);
  EXPECT_EQ(files.info(*pipe).kind, FileKind::kOther);
}

TEST_F(FilesTest, DescriptorsAreClosedOnExec) {
  const File file = files.create(dir, "a");
  for (const auto descriptor : {file.handle.value(), dir.handle.value()}) {
    const std::string info = "/proc/self/fdinfo/" + std::to_string(descriptor);
    std::ifstream in(info);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const auto flags = std::stoul(text.substr(text.find("flags:") + 6), nullptr, 8);
    EXPECT_NE(flags & 02000000U, 0U);
  }
}

TEST_F(FilesTest, InfoLooksAtTheNameItself) {
  tree.file("a", "12345");
  tree.symlink("link", "a");
  EXPECT_EQ(files.info(dir, "a")->identity.size, 5U);
  EXPECT_EQ(files.info(dir, "link")->kind, FileKind::kSymlink);
  EXPECT_EQ(files.resolve_info(dir, "link")->kind, FileKind::kRegular);
  EXPECT_FALSE(files.info(dir, "missing"));
  EXPECT_FALSE(files.resolve_info(dir, "missing"));
}

TEST_F(FilesTest, AWriteOfTheSameSizeChangesTheIdentity) {
  const File file = files.create(dir, "a");
  files.write(file, 0, bytes("one"));
  const FileIdentity before = files.info(file).identity;
  ::usleep(30'000);
  files.write(file, 0, bytes("two"));
  EXPECT_NE(files.info(file).identity, before);
}

TEST_F(FilesTest, InfoCountsLinksAndBlocks) {
  const File file = files.create(dir, "a");
  files.truncate(file, 1 << 20);
  std::filesystem::create_hard_link(tree.path("a"), tree.path("b"));
  EXPECT_EQ(files.info(file).links, 2U);
  EXPECT_LT(files.info(file).allocated, files.info(file).identity.size);
}

TEST_F(FilesTest, ListsNamesOfAnyBytesWithTheirKinds) {
  tree.file("a\xFF\n");
  tree.folder("d");
  tree.symlink("l", "nowhere");
  std::vector<std::pair<std::string, FileKind>> found;
  for (const DirEntry& entry : files.list(dir)) found.emplace_back(entry.name, entry.kind);
  EXPECT_THAT(found, UnorderedElementsAre(std::pair("a\xFF\n", FileKind::kRegular),
                                          std::pair("d", FileKind::kDirectory),
                                          std::pair("l", FileKind::kSymlink)));
}

TEST_F(FilesTest, ListsTheSameTwice) {
  tree.file("a");
  EXPECT_EQ(files.list(dir).size(), 1U);
  EXPECT_EQ(files.list(duplicate(dir)).size(), 1U);
  EXPECT_EQ(files.list(dir).size(), 1U);
}

TEST_F(FilesTest, RenameLeavesAnExistingTargetAlone) {
  tree.file("a", "new");
  tree.file("b", "old");
  EXPECT_EQ(files.rename(dir, "a", dir, "b", RenameMode::kNoReplace), RenameResult::kTargetExists);
  EXPECT_EQ(tree.read("b"), "old");
  EXPECT_EQ(files.rename(dir, "a", dir, "c", RenameMode::kNoReplace), RenameResult::kDone);
  EXPECT_EQ(tree.read("c"), "new");
  EXPECT_EQ(files.rename(dir, "a", dir, "d", RenameMode::kNoReplace), RenameResult::kMissing);
}

TEST_F(FilesTest, RenameExchangesTwoNames) {
  tree.file("a", "new");
  tree.file("x/b", "old");
  const Dir x = *files.open_dir(dir, "x");
  EXPECT_EQ(files.rename(dir, "a", x, "b", RenameMode::kExchange), RenameResult::kDone);
  EXPECT_EQ(tree.read("a"), "old");
  EXPECT_EQ(tree.read("x/b"), "new");
  EXPECT_EQ(files.rename(dir, "a", dir, "none", RenameMode::kExchange), RenameResult::kMissing);
}

TEST_F(FilesTest, UnlinkTellsWhetherThereWasSomething) {
  tree.file("a");
  EXPECT_TRUE(files.unlink(dir, "a"));
  EXPECT_FALSE(files.unlink(dir, "a"));
  tree.file("d/a");
  EXPECT_EQ(code_of([&] { files.remove_dir(dir, "d"); }), std::errc::directory_not_empty);
}

TEST_F(FilesTest, MakeWritableDoesNotFollowSymlinks) {
  tree.file("a");
  ASSERT_EQ(::chmod(tree.path("a").c_str(), 0400), 0);
  tree.symlink("link", "a");
  EXPECT_FALSE(files.make_writable(dir, "link"));
  EXPECT_EQ(mode_of("a"), 0400U);
  EXPECT_TRUE(files.make_writable(dir, "a"));
  EXPECT_EQ(mode_of("a"), 0600U);
}

TEST_F(FilesTest, SyncsWhatItIsGiven) {
  const File file = files.create(dir, "a");
  EXPECT_NO_THROW(files.sync(file));
  EXPECT_NO_THROW(files.sync(dir));
  EXPECT_NO_THROW(files.sync_file_system(dir));
  EXPECT_GT(files.free_bytes(dir), 0U);
}

TEST_F(FilesTest, AFailureSaysWhatWasTriedAndOnWhat) {
  try {
    files.create(dir, "missing/a");
    FAIL();
  } catch (const SystemError& error) {
    EXPECT_STREQ(error.what(), "cannot create missing/a: No such file or directory");
    EXPECT_EQ(error.next(), "check the path");
    EXPECT_EQ(error.exit_code(), ExitCode::kFatal);
  }
}

// --- remove_tree ---

TEST_F(FilesTest, RemoveTreeDeletesReadOnlyTrees) {
  tree.file("t/d/a");
  ASSERT_EQ(::chmod(tree.path("t/d/a").c_str(), 0400), 0);
  ASSERT_EQ(::chmod(tree.path("t/d").c_str(), 0500), 0);
  ASSERT_EQ(::chmod(tree.path("t").c_str(), 0), 0);
  EXPECT_THAT(remove_tree(files, dir, "t"), IsEmpty());
  EXPECT_FALSE(std::filesystem::exists(tree.path("t")));
}

TEST_F(FilesTest, RemoveTreeNeverFollowsSymlinks) {
  tree.file("keep/a", "mine");
  tree.folder("t");
  tree.symlink("t/link", "../keep");
  tree.symlink("top", "keep");
  EXPECT_THAT(remove_tree(files, dir, "t"), IsEmpty());
  EXPECT_THAT(remove_tree(files, dir, "top"), IsEmpty());
  EXPECT_EQ(tree.read("keep/a"), "mine");
  EXPECT_FALSE(files.info(dir, "top"));
}

TEST_F(FilesTest, RemoveTreeOfAFileOrNothing) {
  tree.file("a");
  EXPECT_THAT(remove_tree(files, dir, "a"), IsEmpty());
  EXPECT_FALSE(files.info(dir, "a"));
  EXPECT_THAT(remove_tree(files, dir, "a"), IsEmpty());
}

TEST_F(FilesTest, RemoveTreeGoesDeeperThanTheLimitOnOpenFiles) {
  files.make_dir(dir, "t", Access::kPrivate);
  Dir deepest = *files.open_dir(dir, "t");
  for (int level = 0; level < 400; ++level) {
    files.make_dir(deepest, "d", Access::kPrivate);
    deepest = *files.open_dir(deepest, "d");
  }
  files.create(deepest, "a");
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  rlimit low = before;
  low.rlim_cur = 100;
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &low), 0);
  EXPECT_THAT(remove_tree(files, dir, "t"), IsEmpty());
  ::setrlimit(RLIMIT_NOFILE, &before);
  EXPECT_FALSE(files.info(dir, "t"));
}

// Cannot delete one name, as if it were held open or on a bad disk.
class StubbornFiles : public Files {
 public:
  bool unlink(const Dir& at, const std::string& name) override {
    if (name == "stays") {
      throw SystemError("delete", name, std::make_error_code(std::errc::device_or_resource_busy));
    }
    return Files::unlink(at, name);
  }
};

TEST_F(FilesTest, RemoveTreeReportsWhatStaysAndDeletesTheRest) {
  tree.file("t/a/stays");
  tree.file("t/a/goes");
  tree.file("t/b/goes");
  StubbornFiles stubborn;
  EXPECT_THAT(remove_tree(stubborn, dir, "t"), UnorderedElementsAre("t/a/stays", "t/a", "t"));
  EXPECT_FALSE(std::filesystem::exists(tree.path("t/a/goes")));
  EXPECT_FALSE(std::filesystem::exists(tree.path("t/b")));
}

}  // namespace
}  // namespace sluice::platform
