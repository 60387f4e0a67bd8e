// The cursor over the registry's sources, and the look at the registry that lanes have.
#include "owner/source_cursor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <random>

#include "kit/temp_dir.h"
#include "owner/transaction.h"

namespace sluice::owner {
namespace {

class SourceCursorTest : public testing::Test {
 protected:
  // One document for each, whose size is its number.
  void put(const std::vector<std::string>& keys) {
    Transaction transaction(registry_);
    for (const std::string& key : keys) {
      const auto number = static_cast<std::uint64_t>(known_.size() + 1);
      Document document;
      document.name = "d" + std::to_string(number);
      document.path_key = key;
      document.raw = "raw/" + document.name;
      const auto id = transaction.writer().put_document(document, document.name);
      transaction.writer().put_source({id, key, {1, 2, number, 3, 4}, true, {}});
      known_[key] = number;
    }
    transaction.commit();
  }
  void remove(const std::string& key) {
    Transaction transaction(registry_);
    transaction.writer().delete_source(key);
    transaction.commit();
    known_.erase(key);
  }
  std::uint64_t size_of_log() const { return std::filesystem::file_size(path_ + "-wal"); }

  test::TempDir folder_;
  std::string path_ = folder_.path("registry.db");
  Registry registry_{(Registry::create(path_), path_), Database::Mode::kReadWrite};
  std::map<std::string, std::uint64_t> known_;
};

TEST_F(SourceCursorTest, FindsExactlyWhatIsOnRecordInAnyOrder) {
  std::mt19937 random(7);
  std::vector<std::string> keys;
  for (int i = 0; i < 600; ++i) {
    // Short names over few letters, some of them not ASCII: many are each other's beginning.
    std::string key = "/";
    for (auto length = random() % 5; length > 0; --length) key += "a/b\xc3\xff."[random() % 6];
    if (!known_.contains(key) && std::find(keys.begin(), keys.end(), key) == keys.end()) {
      keys.push_back(key);
    }
  }
  std::vector<std::string> asked = keys;
  keys.resize(keys.size() / 2);
  put(keys);
  for (int round = 0; round < 4; ++round) {
    // Rising as in a scan, with few and many others in between; falling; in no order.
    if (round == 0) std::sort(asked.begin(), asked.end());
    if (round == 1) std::sort(asked.rbegin(), asked.rend());
    if (round == 2) std::shuffle(asked.begin(), asked.end(), random);
    if (round == 3) {
      std::sort(asked.begin(), asked.end());
      for (std::size_t i = 0; i < asked.size(); i += 20) asked.erase(asked.begin() + i);
    }
    const ReadTransaction reading(registry_);
    SourceCursor cursor(registry_);
    for (const std::string& key : asked) {
      const auto known = known_.find(key);
      ASSERT_EQ(cursor.find(key), known != known_.end()) << round << " " << key;
      if (known == known_.end()) continue;
      EXPECT_EQ(cursor.identity().size, known->second);
      EXPECT_EQ(cursor.raw(), "raw/d" + std::to_string(known->second));
    }
  }
}

TEST_F(SourceCursorTest, LongGapsAreNoObstacle) {
  std::vector<std::string> keys;
  for (int i = 10'000; i < 12'000; ++i) keys.push_back("/" + std::to_string(i));
  put(keys);
  const ReadTransaction reading(registry_);
  SourceCursor cursor(registry_);
  for (int step = 1; step < 1000; step = step * 2 + 1) {
    for (std::size_t i = 0; i < keys.size(); i += static_cast<std::size_t>(step)) {
      ASSERT_TRUE(cursor.find(keys[i]));
      ASSERT_FALSE(cursor.find(keys[i] + "!"));
    }
    EXPECT_FALSE(cursor.find("/2"));
  }
}

TEST_F(SourceCursorTest, AfterAResetItSeesWhatWasChanged) {
  put({"/a", "/b"});
  SourceCursor cursor(registry_);
  {
    const ReadTransaction reading(registry_);
    EXPECT_TRUE(cursor.find("/b"));
    cursor.reset();
  }
  remove("/b");
  const ReadTransaction reading(registry_);
  EXPECT_FALSE(cursor.find("/b"));
  EXPECT_TRUE(cursor.find("/a"));
}

TEST_F(SourceCursorTest, AViewSeesNewRowsOnceItsReadingHasEnded) {
  put({"/a"});
  const auto view = RegistryViewsOf(path_).open();
  ASSERT_TRUE(view->source("/a"));
  put({"/b"});
  EXPECT_FALSE(view->source("/b"));
  view->end_reading();
  EXPECT_TRUE(view->source("/b"));
  EXPECT_EQ(view->source("/b")->document_name, "d2");
}

// Whatever a lane forgets to say, it holds no old state for long.
TEST_F(SourceCursorTest, AViewThatOnlyReadsGoesOnToNewerStates) {
  put({"/a"});
  const auto view = RegistryViewsOf(path_).open();
  ASSERT_TRUE(view->source("/a"));
  put({"/b"});
  int lookups = 0;
  while (!view->source("/b") && lookups < 10'000) ++lookups;
  EXPECT_LT(lookups, 5000);
}

// While somebody reads, the registry's log cannot begin again from its start.
TEST_F(SourceCursorTest, TheLogStaysSmallBesideAViewThatEndsItsReading) {
  const auto view = RegistryViewsOf(path_).open();
  std::uint64_t largest = 0;
  for (int i = 0; i < 3000; ++i) {
    view->source("/" + std::to_string(i - 1));
    view->end_reading();
    put({"/" + std::to_string(i)});
    largest = std::max(largest, size_of_log());
  }
  // 4000 pages are written back at once; a transaction may come on top.
  EXPECT_LT(largest, 2 * 4000 * 4120U);
}

}  // namespace
}  // namespace sluice::owner
