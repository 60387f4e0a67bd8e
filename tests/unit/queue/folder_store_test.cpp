// A shared folder: files are there whole or not at all.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <span>

#include "kit/files.h"
#include "kit/temp_dir.h"
#include "platform/error.h"
#include "queue/store.h"

namespace sluice::queue {
namespace {

using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class FolderStoreTest : public ::testing::Test {
 protected:
  platform::File file_of(const std::string& text) {
    platform::File file = files_.create_unnamed(dir(), "x");
    files_.write(file, 0, std::as_bytes(std::span(text)));
    return file;
  }
  platform::Dir dir() { return *files_.open_dir(folder_.path()); }
  std::unique_ptr<Store> open(platform::Files& files) {
    return open_store(files, "file://" + std::string(folder_.path()), "q",
                      [](const std::string&) { return std::nullopt; });
  }
  void put(Store& store, const std::string& name, const std::string& text) {
    store.put(name, file_of(text), text.size(), "", {});
  }

  platform::Files files_;
  test::TempDir folder_;
};

TEST_F(FolderStoreTest, GivesBackWhatWasPutThere) {
  const auto store = open(files_);
  put(*store, "1", "one");
  put(*store, "2", std::string(3 << 20, 'x'));
  put(*store, "1", "another");
  EXPECT_THAT(store->list(), UnorderedElementsAre("1", "2"));
  const platform::File to = file_of("");
  EXPECT_TRUE(store->get("1", to, 7, {}));
  EXPECT_EQ(files_.info(to).identity.size, 7U);
  EXPECT_THROW(store->get("2", file_of(""), 7, {}), Error) << "larger than it should be";
  EXPECT_FALSE(store->get("3", file_of(""), 7, {}));
  store->remove("1");
  store->remove("1");
  EXPECT_THAT(store->list(), UnorderedElementsAre("2"));
}

TEST_F(FolderStoreTest, AnotherQueueOfTheSameFolderSeesNothing) {
  put(*open(files_), "1", "one");
  const auto other = open_store(files_, "file://" + std::string(folder_.path()), "other",
                                [](const std::string&) { return std::nullopt; });
  EXPECT_THAT(other->list(), IsEmpty());
}

TEST_F(FolderStoreTest, ALinkIsNotFollowed) {
  const auto store = open(files_);
  test::write_file(folder_ / "outside", "secret");
  std::filesystem::create_symlink(folder_ / "outside", folder_ / "q" / "1");
  EXPECT_THROW(store->get("1", file_of(""), 100, {}), Error);
}

TEST_F(FolderStoreTest, AFolderThatIsMissingIsNotMade) {
  EXPECT_THROW(open_store(files_, "file:///nonexistent/store", "q",
                          [](const std::string&) { return std::nullopt; }),
               Error);
}

// Fails at the n-th write, sync or rename.
class FullDisk : public platform::Files {
 public:
  explicit FullDisk(int works) : left_(works) {}
  void write(const platform::File& file, std::uint64_t at,
             std::span<const std::byte> bytes) override {
    step();
    Files::write(file, at, bytes);
  }
  void sync(const platform::File& file) override {
    step();
    Files::sync(file);
  }
  platform::RenameResult rename(const platform::Dir& from, const std::string& name,
                                const platform::Dir& to, const std::string& new_name,
                                platform::RenameMode mode) override {
    step();
    return Files::rename(from, name, to, new_name, mode);
  }

 private:
  void step() {
    if (left_-- > 0) return;
    throw SystemError("write", "a file", std::make_error_code(std::errc::no_space_on_device));
  }
  int left_;
};

TEST_F(FolderStoreTest, WhatFailsLeavesNothing) {
  for (int works = 0; works < 4; ++works) {
    FullDisk full(works);
    const auto store = open(full);
    EXPECT_THROW(put(*store, "1", std::string(2 << 20, 'x')), SystemError) << works;
    EXPECT_THAT(store->list(), IsEmpty()) << works;
    EXPECT_TRUE(std::filesystem::is_empty(folder_ / "q")) << works;
  }
}

TEST_F(FolderStoreTest, WhatIsStoppedLeavesNothing) {
  const auto store = open(files_);
  const std::string text(5 << 20, 'x');
  int pieces = 0;
  EXPECT_THROW(store->put("1", file_of(text), text.size(), "",
                          [&] {
                            if (++pieces == 3) throw std::runtime_error("enough");
                          }),
               std::runtime_error);
  EXPECT_TRUE(std::filesystem::is_empty(folder_ / "q"));
}

}  // namespace
}  // namespace sluice::queue
