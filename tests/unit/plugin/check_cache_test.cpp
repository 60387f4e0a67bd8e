// The cache of earlier checks: right or empty, never wrong.
#include "plugin/check_cache.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kit/files.h"
#include "kit/temp_dir.h"

namespace sluice::plugin {
namespace {

namespace fs = std::filesystem;
using platform::FileIdentity;

class CheckCacheTest : public ::testing::Test {
 protected:
  CheckCache open() { return {files_, folder()}; }
  std::string folder() const { return temp_.path("cache/sluice"); }
  std::string file() const { return folder() + "/plugin-checks"; }
  // Knows one hash and one plugin.
  void fill() {
    CheckCache cache = open();
    cache.set_hash(kOld, kHash);
    cache.set_proven(kKey);
    cache.save();
    ASSERT_TRUE(fs::exists(file()));
  }
  static bool is_empty(const CheckCache& cache) {
    return !cache.hash_of(kOld) && !cache.is_proven(kKey);
  }

  static constexpr FileIdentity kOld{1, 2, 3, 4, 5};
  const platform::Sha256Digest kHash = platform::sha256("library");
  static inline const platform::Sha256Digest kKey = platform::sha256("key");
  test::TempDir temp_;
  platform::Files files_;
};

TEST_F(CheckCacheTest, RemembersFromRunToRun) {
  fill();
  const CheckCache cache = open();
  EXPECT_EQ(cache.hash_of(kOld), kHash);
  EXPECT_TRUE(cache.is_proven(kKey));
}

TEST_F(CheckCacheTest, EveryPartOfTheIdentityCounts) {
  fill();
  const CheckCache cache = open();
  for (auto part : {&FileIdentity::device, &FileIdentity::inode, &FileIdentity::size}) {
    FileIdentity other = kOld;
    other.*part += 1;
    EXPECT_FALSE(cache.hash_of(other));
  }
  for (auto part : {&FileIdentity::mtime_ns, &FileIdentity::ctime_ns}) {
    FileIdentity other = kOld;
    other.*part += 1;
    EXPECT_FALSE(cache.hash_of(other));
  }
}

TEST_F(CheckCacheTest, AFileThatChangedJustNowIsNotRemembered) {
  temp_.file("new");
  const auto dir = files_.open_dir(temp_.path());
  const FileIdentity fresh = files_.info(*dir, "new")->identity;
  CheckCache cache = open();
  cache.set_hash(fresh, kHash);
  EXPECT_FALSE(cache.hash_of(fresh));
}

TEST_F(CheckCacheTest, IsPrivate) {
  fill();
  EXPECT_EQ(fs::status(file()).permissions(), fs::perms(0600));
  EXPECT_EQ(fs::status(folder()).permissions(), fs::perms(0700));
}

TEST_F(CheckCacheTest, OneThatOthersMayWriteIsNeitherReadNorWritten) {
  fill();
  fs::permissions(file(), fs::perms(0666));
  EXPECT_TRUE(is_empty(open()));
  fs::permissions(file(), fs::perms(0600));
  fs::permissions(folder(), fs::perms(0777));
  EXPECT_TRUE(is_empty(open()));
  const std::string before = test::read_file(file());
  CheckCache cache = open();
  cache.set_proven(platform::sha256("another"));
  cache.save();
  EXPECT_EQ(test::read_file(file()), before);
}

TEST_F(CheckCacheTest, OneOfAnotherUserIsNotRead) {
  fill();
  if (::chown(file().c_str(), 65533, 65533) != 0) GTEST_SKIP() << "only root can give it away";
  EXPECT_TRUE(is_empty(open()));
}

TEST_F(CheckCacheTest, ALinkIsNotFollowed) {
  fill();
  fs::rename(file(), temp_.path("elsewhere"));
  fs::create_symlink(temp_.path("elsewhere"), file());
  EXPECT_TRUE(is_empty(open()));
}

TEST_F(CheckCacheTest, RubbishIsAnEmptyCache) {
  fill();
  for (const std::string& text :
       {std::string(), std::string("nonsense\n"), std::string("sluice plugin checks 2\n"),
        std::string("sluice plugin checks 1\nfile 1 2 3 4 x 00\nproven zz\nfile\nproven\n\n"),
        std::string("sluice plugin checks 1\nfile 1 2 3 4 5 " + std::string(63, 'a') + "\n"),
        std::string(2 << 20, 'x')}) {
    test::write_file(file(), text);
    EXPECT_TRUE(is_empty(open())) << text.substr(0, 40);
  }
  fs::remove(file());
  fs::create_directory(file());
  EXPECT_TRUE(is_empty(open()));
}

TEST_F(CheckCacheTest, ForgetsTheOldestOfMany) {
  CheckCache cache = open();
  for (std::uint64_t i = 0; i < 1500; ++i) cache.set_hash({1, i, 3, 4, 5}, kHash);
  cache.save();
  const CheckCache again = open();
  EXPECT_FALSE(again.hash_of({1, 0, 3, 4, 5}));
  EXPECT_TRUE(again.hash_of({1, 1499, 3, 4, 5}));
}

TEST_F(CheckCacheTest, WithoutAFolderNothingIsKept) {
  CheckCache cache(files_, "");
  cache.set_proven(kKey);
  cache.save();
  CheckCache nowhere(files_, "/proc/none/sluice");
  nowhere.set_proven(kKey);
  nowhere.save();
}

}  // namespace
}  // namespace sluice::plugin
