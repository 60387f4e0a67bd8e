// Order, bounds, determinism and the ends of a pool.
#include <gmock/gmock.h>

#include <random>
#include <stdexcept>
#include <thread>

#include "prepare/prepare_fixture.h"

namespace sluice::prepare {
namespace {

using ::testing::IsEmpty;

class PoolTest : public PrepareTest {
 protected:
  std::vector<Source> mixed_sources(int count) {
    std::vector<Source> sources;
    for (int i = 0; i < count; ++i) {
      const std::string number = std::to_string(1000 + i);
      std::string text = "body document " + number;
      std::string name = "d" + number + ".script";
      if (i % 9 == 1) name = "d" + number + ".alone";
      if (i % 10 == 2) text = "asset pic.png image/png p" + number + "\nlink 1\n" + text;
      if (i % 17 == 3) text = "abort";
      if (i % 13 == 4) text += std::string(100'000, '\n');
      if (i % 19 == 5) name = "d" + number + ".nobody";
      sources.push_back(source(name, text));
    }
    return sources;
  }

  // All that a commit would use.
  std::string summary(const std::vector<Bundle>& bundles) {
    std::string out;
    for (const Bundle& bundle : bundles) {
      out += std::to_string(bundle.source.sequence) + " " + bundle.source.relative + " " +
             std::string(word(bundle.outcome)) + " " + bundle.reason + " " + bundle.converter +
             "\n";
      if (bundle.kind != Bundle::Kind::kPrepared) continue;
      out += staged(bundle.markdown.name);
      for (const StagedFile& asset : bundle.assets) {
        out += asset.name + platform::to_hex(asset.sha256) + "\n";
      }
    }
    return out;
  }
};

TEST_F(PoolTest, GivesTheSameForEveryNumberOfJobs) {
  const std::vector<Source> sources = mixed_sources(120);
  const auto once = [&](unsigned jobs) {
    const std::string result = summary(prepare_all(sources, jobs));
    remove_tree(files_, *files_.open_dir(tree_.path()), "staging");
    tree_.folder("staging");
    staging_ = std::make_unique<FixedStaging>(*files_.open_dir(tree_.path("staging")));
    return result;
  };
  const std::string one = once(1);
  EXPECT_EQ(std::count(one.begin(), one.end(), '\n') > 120, true);
  EXPECT_EQ(once(2), one);
  EXPECT_EQ(once(8), one);
}

TEST_F(PoolTest, KeepsToItsBoundsAndGivesAtLeastOne) {
  const std::vector<Source> sources = mixed_sources(30);
  ListFeed feed(sources);
  Pool pool(context(), feed);
  std::size_t count = 0;
  while (true) {
    const std::vector<Bundle> some = pool.take(4, 1);
    if (some.empty()) break;
    EXPECT_LE(some.size(), 4U);
    for (const Bundle& bundle : some) EXPECT_EQ(bundle.source.sequence, count++);
  }
  EXPECT_EQ(count, sources.size());
  EXPECT_EQ(pool.started(), sources.size());
}

// Sources on record, of which the registry says what the test wants.
class Records : public RegistryViews {
 public:
  class View : public RegistryView {
   public:
    explicit View(Records& records) : records_(records) {}
    std::optional<KnownSource> source(std::string_view path_key) override {
      const auto found = records_.known.find(std::string(path_key));
      return found == records_.known.end() ? std::nullopt : std::optional(found->second);
    }
    bool has_content(const platform::Sha256Digest&) override { return false; }

   private:
    Records& records_;
  };
  std::unique_ptr<RegistryView> open() override { return std::make_unique<View>(*this); }
  std::map<std::string, RegistryView::KnownSource> known;
};

// Runs of unchanged sources are handed out together, and what stands behind a changed one goes to
// whichever lane is free: nothing is lost or done twice.
TEST_F(PoolTest, TakesEachSourceOnceHoweverManyAreUnchanged) {
  Records records;
  registry_ = &records;
  std::mt19937 random(3);
  std::vector<Source> sources;
  std::vector<bool> changed;
  for (int i = 0; i < 1500; ++i) {
    sources.push_back(source("d" + std::to_string(i) + ".alone", "body " + std::to_string(i)));
    // Now and then a changed one, or several in a row, between runs of every length.
    changed.push_back(random() % 40 == 0 || (i > 0 && changed.back() && random() % 2 == 0));
    const auto identity = files_.info(root_->dir, sources.back().relative)->identity;
    if (!changed.back()) records.known[sources.back().relative] = {identity, true, {}, "d"};
  }
  for (const unsigned jobs : {1U, 2U, 5U}) {
    const std::vector<Bundle> bundles = prepare_all(sources, jobs);
    ASSERT_EQ(bundles.size(), sources.size());
    for (std::size_t i = 0; i < bundles.size(); ++i) {
      EXPECT_EQ(bundles[i].source.relative, sources[i].relative);
      EXPECT_EQ(bundles[i].kind, changed[i] ? Bundle::Kind::kPrepared : Bundle::Kind::kUnchanged)
          << i;
    }
    remove_tree(files_, *files_.open_dir(tree_.path()), "staging");
    tree_.folder("staging");
    staging_ = std::make_unique<FixedStaging>(*files_.open_dir(tree_.path("staging")));
  }
}

// A lane that has to convert keeps nothing back that another could do meanwhile.
TEST_F(PoolTest, ALongDocumentHoldsUpNoneOfThoseHandedOutWithIt) {
  Records records;
  registry_ = &records;
  std::vector<Source> sources;
  for (int i = 0; i < 300; ++i) {
    sources.push_back(source("d" + std::to_string(i) + ".alone", "body x"));
    const auto identity = files_.info(root_->dir, sources.back().relative)->identity;
    records.known[sources.back().relative] = {identity, true, {}, "d"};
  }
  tree_.file("in/d200.alone", "hang-deaf");
  settings_.jobs = 2;
  ListFeed feed(sources);
  Pool pool(context(), feed);
  std::size_t taken = 0;
  while (taken < 200) taken += pool.take(10, 1 << 20).size();
  const auto begin = std::chrono::steady_clock::now();
  while (pool.started() < sources.size() || pool.waiting_to_be_handed_out() > 0) {
    ASSERT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  pool.cancel();
}

// Hands out the same source over and over.
class CountingFeed : public SourceFeed {
 public:
  CountingFeed(Source source, std::uint64_t count) : source_(std::move(source)), left_(count) {}
  std::optional<Source> next() override {
    if (left_ == 0) return std::nullopt;
    --left_;
    return source_;
  }

 private:
  Source source_;
  std::uint64_t left_;
};

TEST_F(PoolTest, WaitsForTheOwnerAndNeverStandsStill) {
  settings_.jobs = 3;
  CountingFeed feed(source("a.unknown", std::string("\0\1", 2)), 3 * Pool::kWindowDocuments);
  Pool pool(context(), feed);
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  EXPECT_LE(pool.started(), Pool::kWindowDocuments);
  std::uint64_t count = 0;
  while (true) {
    const std::vector<Bundle> some = pool.take(100, 1 << 20);
    if (some.empty()) break;
    count += some.size();
    EXPECT_LE(pool.started(), count + Pool::kWindowDocuments);
  }
  EXPECT_EQ(count, 3 * Pool::kWindowDocuments);
}

TEST_F(PoolTest, ADocumentLargerThanTheWindowPasses) {
  std::vector<Source> sources;
  const std::string text = "repeat 800000 " + std::string(120, 'x');
  for (int i = 0; i < 3; ++i) sources.push_back(source(std::to_string(i) + ".alone", text));
  const std::vector<Bundle> all = prepare_all(sources, 2);
  ASSERT_EQ(all.size(), 3U);
  for (const Bundle& bundle : all) EXPECT_EQ(bundle.outcome, Outcome::kOk) << bundle.reason;
}

TEST_F(PoolTest, AnEmptyFeedEndsAtOnce) {
  ListFeed feed({});
  Pool pool(context(), feed);
  EXPECT_THAT(pool.take(10, 10), IsEmpty());
  EXPECT_THAT(pool.take(10, 10), IsEmpty());
}

class FailingFeed : public SourceFeed {
 public:
  explicit FailingFeed(Source source) : source_(std::move(source)) {}
  std::optional<Source> next() override {
    if (count_++ == 1) throw std::runtime_error("the feed broke");
    return source_;
  }

 private:
  Source source_;
  int count_ = 0;
};

TEST_F(PoolTest, PassesOnWhatTheFeedThrows) {
  FailingFeed feed(source("a.alone", "body x"));
  Pool pool(context(), feed);
  EXPECT_THROW(
      {
        while (!pool.take(10, 10).empty()) {
        }
      },
      std::runtime_error);
}

TEST_F(PoolTest, CancelStopsWhatIsInWork) {
  settings_.jobs = 2;
  std::vector<Source> sources = {source("0.alone", "body x"), source("1.alone", "hang-deaf"),
                                 source("2.alone", "hang-deaf"), source("3.alone", "body y")};
  ListFeed feed(sources);
  Pool pool(context(), feed);
  ASSERT_EQ(pool.take(1, 1).size(), 1U);
  const auto begin = std::chrono::steady_clock::now();
  pool.cancel();
  EXPECT_THAT(pool.take(10, 10), IsEmpty());
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(2));
}

TEST_F(PoolTest, DestroyingItInTheMiddleIsQuick) {
  const std::vector<Source> sources = {source("1.alone", "hang-deaf"), source("2.alone", "body")};
  const auto begin = std::chrono::steady_clock::now();
  {
    ListFeed feed(sources);
    const Pool pool(context(), feed);
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(2));
}

TEST_F(PoolTest, PreparesAgainBesideTheFirstAttempt) {
  const std::vector<Source> sources = {source("a.script", "body one")};
  ListFeed feed(sources);
  Pool pool(context(), feed);
  const std::vector<Bundle> first = pool.take(1, 1);
  ASSERT_EQ(first.size(), 1U);
  tree_.file("in/a.script", "body two");
  for (const unsigned attempt : {1U, 2U}) {
    const Bundle again = pool.prepare_again(first[0].source, attempt);
    ASSERT_EQ(again.kind, Bundle::Kind::kPrepared) << again.reason;
    EXPECT_EQ(again.source.sequence, first[0].source.sequence);
    EXPECT_EQ(body(again), "two\n");
  }
  EXPECT_EQ(body(first[0]), "one\n");
}

}  // namespace
}  // namespace sluice::prepare
