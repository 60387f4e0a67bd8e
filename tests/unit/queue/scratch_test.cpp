// The private folder of a run: its own as long as it lives, and gone with a run that has died.
#include "queue/scratch.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <utility>

#include "kit/files.h"
#include "kit/temp_dir.h"

namespace sluice::queue {
namespace {

// Whenever this makes a file, another run starts.
class FilesWithOthers : public platform::Files {
 public:
  explicit FilesWithOthers(std::string parent) : parent_(std::move(parent)) {}
  platform::File create(const platform::Dir& at, const std::string& name,
                        platform::Access access) override {
    platform::File made = platform::Files::create(at, name, access);
    const Scratch other(others_, parent_);
    return made;
  }

 private:
  platform::Files others_;
  const std::string parent_;
};

TEST(ScratchTest, ARunThatStartsWhileItIsMadeLeavesItAlone) {
  const test::TempDir parent;
  FilesWithOthers files(parent.path());
  const Scratch scratch(files, parent.path());
  EXPECT_TRUE(std::filesystem::exists(scratch.path() + "/lock"));
}

TEST(ScratchTest, WhatADeadRunHasLeftIsDeletedByTheNextOne) {
  const test::TempDir parent;
  test::write_file(parent / "sluice-queue-dead/lock", "");
  test::write_file(parent / "sluice-queue-dead/out/big", "bytes");
  test::write_file(parent / "sluice-queue-new/other", "is being made");
  test::write_file(parent / "mine/lock", "");
  platform::Files files;
  const Scratch scratch(files, parent.path());
  EXPECT_FALSE(std::filesystem::exists(parent / "sluice-queue-dead"));
  EXPECT_TRUE(std::filesystem::exists(parent / "sluice-queue-new/other"));
  EXPECT_TRUE(std::filesystem::exists(parent / "mine/lock"));
}

}  // namespace
}  // namespace sluice::queue
