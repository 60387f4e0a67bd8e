// sluice prepare, killed before each of its changes to the folder of bundles: a bundle is there
// whole or not at all, and the next run makes the rest.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "crash/scene/disturb.h"
#include "crash/scene/effort.h"
#include "crash/scene/world.h"
#include "kit/box.h"
#include "kit/files.h"
#include "kit/paths.h"

namespace sluice::crash {
namespace {

namespace fs = std::filesystem;

constexpr int kDead = 128 + 9;

class PrepareKill : public testing::Test {
 protected:
  void SetUp() override {
    if (!why_no_tracing().empty()) GTEST_SKIP() << why_no_tracing();
    world_.write("a.md", "# A\n\n![one](one.png)\n");
    world_.write("one.png", "\x89PNG\r\n\x1a\n");
    world_.write("b.md", "B\n");
    world_.write("sub/c.csv", "x,y\n1,2\n");
    world_.write("tree.box", test::Box()
                                 .text("A box")
                                 .child("in.md", "In\n")
                                 .child("deep.box", test::Box().text("Deep").child("x.md", "X\n"))
                                 .bytes());
  }

  // Below a knowledge base that is copied for each run, so that each begins anew.
  std::string kb() const { return world_.path("run"); }
  std::string out() const { return kb() + "/out"; }
  std::vector<std::string> prepare() const {
    return {"-j",    "2",     "prepare", "--plugin", test::build_folder() + "/tests/plugins/box",
            "@docs", "--out", out()};
  }

  std::set<std::string> bundles() const {
    std::set<std::string> names;
    if (!fs::exists(out())) return names;
    for (const auto& entry : fs::directory_iterator(out())) {
      names.insert(entry.path().filename().string());
    }
    return names;
  }

  void expect_whole() const {
    if (!fs::exists(out())) return;
    const auto check = world_.run(kb(), {"bundle", "check", out()});
    ASSERT_EQ(check.exit_code, 0) << check.out << check.err;
  }

  test::Tree committed() const {
    const std::string target = world_.copy(world_.kb(), "target");
    world_.must(target, {"commit", out()});
    return test::published_tree(target);
  }

  World world_;
};

TEST_F(PrepareKill, EveryDeathLeavesWholeBundles) {
  world_.copy(world_.kb(), "run");
  const std::size_t count = count_calls(world_, kb(), {prepare()});
  const std::set<std::string> expected = bundles();
  const test::Tree tree = committed();
  ASSERT_EQ(expected.size(), 6U);  // four documents, a picture that is skipped, and the parts
  std::size_t tried = 0;
  for (const std::size_t last : points(count + 3, 24, "prepare")) {
    world_.copy(world_.kb(), "run");
    std::size_t changes = 0;
    std::string point;
    const auto outcome = disturb(world_, kb(), {prepare()}, [&](const Call& call) {
      Verdict verdict;
      if (!call.changes_something() || ++changes != last) return verdict;
      point = std::string(call.syscall->name) + " " + call.path;
      verdict.action = last % 3 == 0 ? Verdict::Action::kKillAll : Verdict::Action::kKill;
      return verdict;
    });
    SCOPED_TRACE("death before change " + std::to_string(last) + ": " + point);
    const int code = outcome.front().exit_code;
    ASSERT_TRUE(code == 0 || code == kDead) << outcome.front().out << outcome.front().err;
    ASSERT_NO_FATAL_FAILURE(expect_whole());
    // And so does the run that goes on, which has something to clear away.
    std::size_t again = 0;
    disturb(world_, kb(), {prepare()}, [&](const Call& call) {
      Verdict verdict;
      if (call.changes_something() && ++again == 1 + last % 7) {
        verdict.action = Verdict::Action::kKill;
      }
      return verdict;
    });
    ASSERT_NO_FATAL_FAILURE(expect_whole());
    world_.must(kb(), prepare());
    ASSERT_NO_FATAL_FAILURE(expect_whole());
    EXPECT_EQ(bundles(), expected);
    EXPECT_TRUE(fs::is_empty(out() + "/.parts")) << "something is left";
    if (++tried % 4 == 0) {
      EXPECT_TRUE(committed() == tree);
    }
  }
  EXPECT_GT(count, 30U) << "there was hardly anything to die at";
  say_size("deaths of a prepare", tried);
}

// Every source has changed, and has another place in the list: its old bundle and its new one have
// different names. With both there, the next run could take the new one for all there is.
TEST_F(PrepareKill, NoDeathLeavesTwoBundlesOfASource) {
  world_.copy(world_.kb(), "run");
  world_.must(kb(), prepare());
  world_.copy(kb(), "prepared");
  world_.erase("a.md");
  world_.write("b.md", "B, changed\n");
  world_.write("sub/c.csv", "x,y\n3,4\n");
  world_.write("tree.box", test::Box().text("A box, changed").bytes());
  bool is_dead = true;
  for (std::size_t last = 1; is_dead; ++last) {
    world_.copy(world_.path("prepared"), "run");
    std::size_t renames = 0;
    is_dead = false;
    disturb(world_, kb(), {prepare()}, [&](const Call& call) {
      Verdict verdict;
      if (!std::string_view(call.syscall->name).starts_with("rename")) return verdict;
      if (++renames != last) return verdict;
      is_dead = true;
      verdict.action = Verdict::Action::kKillAll;
      return verdict;
    });
    SCOPED_TRACE("death before rename " + std::to_string(last));
    ASSERT_NO_FATAL_FAILURE(expect_whole());
    std::set<std::string> keys;
    for (const std::string& name : bundles()) {
      EXPECT_TRUE(keys.insert(name.substr(name.find('-') + 1)).second) << name;
    }
    ASSERT_TRUE(is_dead || last > 12) << "there was hardly anything to die at";
  }
}

}  // namespace
}  // namespace sluice::crash
