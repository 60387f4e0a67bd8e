// The position of a hook: the real program is killed before each of its state-changing calls, while
// it adds documents or catches up. The hook must then get every event, in order, at least once; and
// what its position covers, it has got.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "crash/scene/disturb.h"
#include "crash/scene/effort.h"
#include "crash/scene/scenarios.h"
#include "kit/files.h"

namespace sluice::crash {
namespace {

class KillBefore {
 public:
  explicit KillBefore(std::size_t last) : last_(last) {}
  Verdict operator()(const Call& call) {
    Verdict verdict;
    if (!call.changes_something() || ++changes_ != last_) return verdict;
    verdict.action = last_ % 3 == 0 ? Verdict::Action::kKillAll : Verdict::Action::kKill;
    return verdict;
  }

 private:
  const std::size_t last_;
  std::size_t changes_ = 0;
};

// A hook that writes down what it gets, each time behind a new line: a hook that is killed leaves a
// piece of one.
class Listener {
 public:
  explicit Listener(const World& world) : path_(world.path("got")) { clear(); }
  ~Listener() { stop(); }

  std::string command() const { return "{ echo; cat; } >> " + path_; }
  void start() const { ::setenv("SLUICE_HOOKS_RUN", command().c_str(), 1); }
  static void stop() { ::unsetenv("SLUICE_HOOKS_RUN"); }
  void clear() const { test::write_file(path_, ""); }
  // The numbers of the events, as they came.
  std::vector<std::int64_t> numbers() const {
    std::vector<std::int64_t> all;
    std::ifstream file(path_);
    for (std::string line; std::getline(file, line);) {
      const auto event = nlohmann::json::parse(line, nullptr, false);
      if (event.is_object()) all.push_back(event["seq"].get<std::int64_t>());
    }
    return all;
  }

 private:
  const std::string path_;
};

// How far the events have come without a gap; -1 if there is one.
std::int64_t reach_of(const std::vector<std::int64_t>& numbers) {
  std::int64_t reach = 0;
  for (const std::int64_t number : numbers) {
    if (number > reach + 1) return -1;
    reach = std::max(reach, number);
  }
  return reach;
}

struct Row {
  std::int64_t position = 0;
  std::int64_t last = 0;
};

Row row_of(const World& world, const std::string& kb, const Listener& listener) {
  // Looked at in a copy: to open a registry after a crash is to change its files.
  owner::KnowledgeBase opened = open_kb(world.copy(kb, "look"));
  const auto row = opened.registry().hook(listener.command());
  return {row ? row->position : 0, opened.registry().last_event()};
}

class HookPosition : public testing::Test {
 protected:
  void SetUp() override {
    if (!why_no_tracing().empty()) GTEST_SKIP() << why_no_tracing();
    for (int i = 0; i < 12; ++i) {
      world_.write("d" + std::to_string(i) + ".md", "Document " + std::to_string(i) + "\n");
    }
  }

  void try_deaths(const std::vector<std::string>& command, const std::string& salt) {
    const std::string kb = world_.path("run");
    listener_.start();
    const std::size_t count = count_calls(world_, world_.copy(world_.kb(), "run"), {command});
    ASSERT_GT(count, 10U) << "there was hardly anything to die at";
    std::size_t tried = 0;
    for (const std::size_t last : points(count + 3, 40, salt)) {
      SCOPED_TRACE("death before change " + std::to_string(last));
      world_.copy(world_.kb(), "run");
      listener_.clear();
      disturb(world_, kb, {command}, KillBefore(last));
      ++tried;
      ASSERT_NO_FATAL_FAILURE(expect_all_come(kb));
    }
    say_size("deaths", tried);
  }

  void expect_all_come(const std::string& kb) {
    Listener::stop();
    world_.must(kb, {"recover"});
    listener_.start();
    const Row dead = row_of(world_, kb, listener_);
    const std::int64_t reach = reach_of(listener_.numbers());
    ASSERT_GE(reach, dead.position) << "its position covers events that it never got";
    world_.must(kb, {"hooks", "--run"});
    const std::vector<std::int64_t> all = listener_.numbers();
    ASSERT_EQ(reach_of(all), dead.last) << testing::PrintToString(all);
    ASSERT_EQ(row_of(world_, kb, listener_).position, dead.last);
    world_.must(kb, {"hooks", "--run"});
    ASSERT_EQ(listener_.numbers(), all) << "what it has taken comes again";
  }

  World world_;
  Listener listener_{world_};
};

TEST_F(HookPosition, HoldsWhenTheRunDiesThatAdds) {
  world_.write("before.md", "Was there before\n");
  world_.must(world_.kb(), {"add", "@docs/before.md"});
  try_deaths({"-j", "2", "add", "@docs"}, "hook while adding");
}

TEST_F(HookPosition, HoldsWhenTheRunDiesThatCatchesUp) {
  world_.must(world_.kb(), {"add", "@docs"});
  world_.write("d3.md", "Changed\n");
  world_.must(world_.kb(), {"add", "@docs"});
  world_.must(world_.kb(), {"remove", "d5"});
  try_deaths({"hooks", "--run"}, "hook while catching up");
}

}  // namespace
}  // namespace sluice::crash
