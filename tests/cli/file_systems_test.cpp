// Knowledge bases on every kind of file system that can be mounted here: what works works whole,
// and what cannot is refused before anything is committed. Mounted in a mount namespace of the
// test's own; a file system whose tools or rights are missing is skipped with the reason.
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cstdlib>
#include <sstream>

#include "cli/real_program.h"

namespace sluice::test {
namespace {

using ::testing::AnyOf;
using ::testing::Eq;
using ::testing::HasSubstr;

namespace fs = std::filesystem;

// How to mount one: shell commands with `disk` as the place, run in the test's folder.
struct FileSystem {
  const char* name;
  const char* tools;  // programs that must be there
  const char* mount;
  bool is_refused = false;
};

const FileSystem kFileSystems[] = {
    {"tmpfs", "", "mount -t tmpfs -o size=64m tmpfs disk"},
    {"overlay", "",
     "mount -t tmpfs tmpfs layers && mkdir -p layers/l layers/u layers/w && "
     "mount -t overlay o -o lowerdir=layers/l,upperdir=layers/u,workdir=layers/w disk"},
    {"ext4", "mkfs.ext4",
     "truncate -s 64M image && mkfs.ext4 -q -F image && mount -o loop image disk"},
    {"casefold", "mkfs.ext4",
     "truncate -s 64M image && mkfs.ext4 -q -F -O casefold image && mount -o loop image disk && "
     "chattr +F disk"},
    {"bindfs", "bindfs", "bindfs layers disk"},
    {"ntfs", "ntfs-3g mkfs.ntfs",
     "truncate -s 64M image && mkfs.ntfs -q -F -f image && ntfs-3g image disk"},
    {"vfat", "mkfs.vfat",
     "truncate -s 64M image && mkfs.vfat image >/dev/null && mount -o loop image disk"},
    {"fusefat", "fusefat mkfs.vfat",
     "truncate -s 64M image && mkfs.vfat image >/dev/null && fusefat -o rw+ image disk", true},
};

class FileSystems : public RealProgram, public ::testing::WithParamInterface<FileSystem> {
 protected:
  ~FileSystems() override {
    if (mounted_) shell("umount -l disk; umount -l layers");
  }

  int shell(const std::string& command) const {
    const std::string line = "cd '" + path("") + "' && ( " + command + " ) >/dev/null 2>&1";
    return std::system(line.c_str());
  }
  // Why it cannot be mounted here; empty if it is.
  std::string mount_it() {
    const bool has_own_mounts = ::unshare(CLONE_NEWNS) == 0 &&
                                ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
    if (!has_own_mounts) return "no right to mount";
    fs::create_directories(dir_ / "disk");
    fs::create_directories(dir_ / "layers");
    std::istringstream tools(GetParam().tools);
    for (std::string tool; tools >> tool;) {
      if (shell("command -v " + tool) != 0) return tool + " is not installed";
    }
    mounted_ = true;
    if (shell(GetParam().mount) != 0) return "this kernel or its tools cannot mount it";
    fs::remove_all(kb());
    fs::create_directory_symlink("disk/kb", kb());
    return {};
  }
  void make_documents() const {
    make_mixed_documents(dir_ / "in", 40);
    write("in/with picture.html", "<p>text <img src=\"a.png\"></p>");
    write("in/a.png", png());
  }

  bool mounted_ = false;
};

TEST_P(FileSystems, AreUsedWholeOrRefusedAtOnce) {
  const std::string why_not = mount_it();
  if (!why_not.empty()) GTEST_SKIP() << GetParam().name << ": " << why_not;
  make_documents();
  const Finished made = sluice({"init", path("disk/kb")});
  if (made.exit_code != 0) {
    EXPECT_TRUE(GetParam().is_refused) << made.err;
    EXPECT_THAT(made.exit_code, Eq(1));
    EXPECT_THAT(made.err, HasSubstr("its file system ("));
    EXPECT_FALSE(fs::exists(dir_ / "disk/kb/.sluice")) << "half a knowledge base is left";
    return;
  }
  // Some of the documents are blank, and fail.
  ASSERT_THAT(add({"in"}).exit_code, AnyOf(0, 3));
  expect_consistent();
  EXPECT_EQ(run({"check"}).exit_code, 0);
  // New versions, edits by hand, removal.
  for (const auto& [name, document] : documents()) {
    const std::string source = document["path"];
    if (source.ends_with(".md")) write_file(source, read_file(source) + "\nand more\n");
  }
  const std::string edited = documents().begin()->second["markdown"];
  write_file(dir_ / "disk/kb" / edited, "by hand\n");
  // Some of the documents are blank, and fail.
  ASSERT_THAT(add({"in"}).exit_code, AnyOf(0, 3));
  ASSERT_EQ(run({"remove", documents().begin()->first}).exit_code, 0);
  EXPECT_EQ(run({"check"}).exit_code, 0);
  EXPECT_EQ(run({"recover"}).exit_code, 0);
}

// Killed at any moment, the next run finishes it.
TEST_P(FileSystems, AreRecoveredFromADeath) {
  const std::string why_not = mount_it();
  if (!why_not.empty()) GTEST_SKIP() << GetParam().name << ": " << why_not;
  if (GetParam().is_refused) GTEST_SKIP() << GetParam().name << " is refused";
  make_documents();
  ASSERT_EQ(sluice({"init", path("disk/kb")}).exit_code, 0);
  for (int milliseconds : {20, 60, 120, 200}) {
    for (const auto& entry : fs::recursive_directory_iterator(dir_ / "in")) {
      if (entry.path().extension() == ".md") {
        write_file(entry.path(), read_file(entry.path()) + std::to_string(milliseconds) + "\n");
      }
    }
    Running running = start({"add", path("in")});
    ::usleep(static_cast<useconds_t>(milliseconds) * 1000);
    running.signal(9);
    running.wait();
    const Finished recovered = run({"recover"});
    ASSERT_EQ(recovered.exit_code, 0) << recovered.err;
    const Finished checked = run({"check"});
    ASSERT_EQ(checked.exit_code, 0) << checked.out;
  }
}

INSTANTIATE_TEST_SUITE_P(On, FileSystems, ::testing::ValuesIn(kFileSystems),
                         [](const auto& one) { return std::string(one.param.name); });

}  // namespace
}  // namespace sluice::test
