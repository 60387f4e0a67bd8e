// Many processes at one knowledge base: adding, removing, reading, recovering, being killed. What
// was reported stays, nobody takes what a living run has staged, and nothing of the dead is left.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <filesystem>
#include <mutex>
#include <random>
#include <thread>

#include "crash/scene/disturb.h"
#include "crash/scene/effort.h"
#include "crash/scene/scenarios.h"
#include "unit/owner/consistency.h"

namespace sluice::crash {
namespace {

namespace fs = std::filesystem;
using testing::IsEmpty;
using namespace std::chrono_literals;

constexpr int kKilled = 128 + SIGKILL;
constexpr int kSlots = 8;
constexpr int kDocuments = 12;  // of a slot

std::vector<std::string> leftovers(const std::string& kb) {
  std::vector<std::string> left;
  for (const char* folder : {"/.sluice/staging", "/.sluice/trash"}) {
    if (!fs::exists(kb + folder)) continue;
    for (const auto& entry : fs::directory_iterator(kb + folder)) {
      left.push_back(entry.path().string());
    }
  }
  return left;
}

// What somebody did wrong, from all threads.
class Complaints {
 public:
  void add(std::string text) {
    const std::lock_guard guard(mutex_);
    texts_.push_back(std::move(text));
  }
  bool any() {
    const std::lock_guard guard(mutex_);
    return !texts_.empty();
  }
  std::vector<std::string> take() { return std::move(texts_); }

 private:
  std::mutex mutex_;
  std::vector<std::string> texts_;
};

// One of the processes that are at work at any time: one command after the other, some of them
// killed. It has documents of its own, so that it knows what may have become of each.
class Slot {
 public:
  Slot(const World& world, int number, Complaints& complaints)
      : world_(world),
        folder_("slot-" + std::to_string(number)),
        prefix_("s" + std::to_string(number) + "-"),
        random_(effort().seed * kSlots + static_cast<unsigned>(number)),
        complaints_(complaints),
        may_be_(kDocuments, {kAbsent}) {
    for (int i = 0; i < kDocuments; ++i) write(i);
  }

  void work_until(std::chrono::steady_clock::time_point end) {
    while (std::chrono::steady_clock::now() < end && !complaints_.any()) {
      switch (random_() % 8) {
        case 0:
        case 1:
        case 2:
          add();
          break;
        case 3:
          remove();
          break;
        case 4:
          run({"recover"}, {0});
          break;
        default:
          read();
      }
    }
  }

  // By what the registry says now.
  void check(const std::map<std::string, std::string>& contents) {
    for (int i = 0; i < kDocuments; ++i) {
      const auto found = contents.find(name(i));
      const std::string now = found == contents.end() ? kAbsent : found->second;
      const auto& allowed = may_be_[static_cast<std::size_t>(i)];
      if (!allowed.contains(now)) complaints_.add(name(i) + " is " + now);
    }
  }
  int commands() const { return commands_; }
  int killed() const { return killed_; }

 private:
  static inline const std::string kAbsent = "absent";

  std::string name(int i) const { return prefix_ + std::to_string(i); }
  std::string source(int i) const { return folder_ + "/" + name(i) + ".md"; }
  std::set<std::string>& may_be(int i) { return may_be_[static_cast<std::size_t>(i)]; }

  // Under another name first: who reads it finds one version or the other.
  void write(int i) {
    content_[i] =
        "# " + name(i) + "\n\nversion " + std::to_string(++version_) + "\n\n![](pic.png)\n";
    world_.write(folder_ + "/.new", content_[i]);
    world_.write(folder_ + "/pic.png", "\x89PNG\r\n\x1a\n");
    fs::rename(world_.docs() + "/" + folder_ + "/.new", world_.docs() + "/" + source(i));
  }

  // Runs a command to its end, or to its death.
  Tracer::Outcome run(const std::vector<std::string>& words, const std::set<int>& allowed) {
    ++commands_;
    test::Running running(world_.command(world_.kb(), words));
    if (random_() % 4 == 0) {
      std::this_thread::sleep_for(std::chrono::milliseconds(random_() % 120));
      running.signal(SIGKILL);
    }
    const test::Finished finished = running.wait();
    if (finished.exit_code == kKilled) {
      ++killed_;
    } else if (!allowed.contains(finished.exit_code)) {
      complaints_.add(words.front() + " ended with " + std::to_string(finished.exit_code) + ": " +
                      finished.out + finished.err);
    }
    if (finished.err.find("damaged") != std::string::npos) {
      complaints_.add(words.front() + " found damage: " + finished.err);
    }
    return {finished.exit_code, finished.out, finished.err};
  }

  void add() {
    for (int i = 0; i < kDocuments; ++i) {
      if (random_() % 3 == 0) write(i);
      may_be(i).insert(content_[i]);
    }
    const auto outcome = run({"-j", "1", "add", "@docs/" + folder_, "@docs/shared"}, {0});
    for (const Reported& report : reported(outcome.out)) {
      for (int i = 0; i < kDocuments; ++i) {
        if (report.path == world_.docs() + "/" + source(i)) may_be(i) = {content_[i]};
      }
    }
  }

  void remove() {
    const int i = static_cast<int>(random_() % kDocuments);
    may_be(i).insert(kAbsent);
    // It may be gone already.
    const auto outcome = run({"remove", name(i)}, {0, 1});
    if (!reported(outcome.out).empty()) may_be(i) = {kAbsent};
  }

  void read() {
    switch (random_() % 3) {
      case 0:
        run({"list"}, {0});
        return;
      case 1:
        run({"status"}, {0});
        return;
      default:
        run({"show", name(static_cast<int>(random_() % kDocuments))}, {0, 1});
    }
  }

  const World& world_;
  const std::string folder_;
  const std::string prefix_;
  std::mt19937_64 random_;
  Complaints& complaints_;
  std::vector<std::set<std::string>> may_be_;
  std::map<int, std::string> content_;
  int version_ = 0;
  int commands_ = 0;
  int killed_ = 0;
};

std::map<std::string, std::string> contents_of(const std::string& path) {
  auto kb =
      owner::KnowledgeBase::open(test::plain_files(), path, owner::Database::Mode::kReadWrite);
  std::map<std::string, std::string> contents;
  kb.registry().each_document([&](const owner::Document& document) {
    contents[document.name] = test::read_file(path + "/" + document.raw);
  });
  return contents;
}

// Copies the knowledge base while others are at work on it, and opens the copies. They may be
// found damaged, since a copy takes time; they must do no harm.
void copy_until(const World& world, std::chrono::steady_clock::time_point end,
                Complaints& complaints) {
  while (std::chrono::steady_clock::now() < end && !complaints.any()) {
    const std::string copy = world.path("copy");
    fs::remove_all(copy);
    test::Running({"/bin/cp", "-r", world.kb(), copy}).wait();
    for (const auto& words : {std::vector<std::string>{"recover"}, {"add", "@docs/shared"}}) {
      const auto outcome = world.run(copy, words);
      if (outcome.exit_code >= 128 || outcome.err.find("bug in Sluice") != std::string::npos) {
        complaints.add(words.front() + " of a copy: " + outcome.err);
      }
    }
  }
}

TEST(Together, EightProcessesAndRandomKillsLeaveEverythingRight) {
  const World world;
  for (int i = 0; i < 20; ++i) {
    world.write("shared/n" + std::to_string(i) + ".md", "shared " + std::to_string(i) + "\n");
  }
  const auto end = std::chrono::steady_clock::now() + (effort().full ? 60s : 10s);
  Complaints complaints;
  std::vector<std::unique_ptr<Slot>> slots;
  std::vector<std::thread> threads;
  for (int i = 0; i < kSlots; ++i) {
    slots.push_back(std::make_unique<Slot>(world, i, complaints));
    threads.emplace_back([&slot = *slots.back(), end] { slot.work_until(end); });
  }
  threads.emplace_back([&] { copy_until(world, end, complaints); });
  for (auto& thread : threads) thread.join();

  const auto recovery = world.run(world.kb(), {"recover"});
  ASSERT_EQ(recovery.exit_code, 0) << recovery.out << recovery.err;
  const auto contents = contents_of(world.kb());
  std::uint64_t commands = 0;
  std::uint64_t killed = 0;
  for (const auto& slot : slots) {
    slot->check(contents);
    commands += static_cast<std::uint64_t>(slot->commands());
    killed += static_cast<std::uint64_t>(slot->killed());
  }
  EXPECT_THAT(complaints.take(), IsEmpty());
  EXPECT_THAT(test::inconsistencies(world.kb()), IsEmpty());
  EXPECT_THAT(leftovers(world.kb()), IsEmpty());
  EXPECT_EQ(world.run(world.kb(), {"add", "@docs"}).exit_code, 0);
  EXPECT_THAT(test::inconsistencies(world.kb()), IsEmpty());
  EXPECT_GT(killed, 0U);
  say_size("commands at once", commands);
  say_size("of them killed", killed);
}

class AtEveryCall : public testing::Test {
 protected:
  void SetUp() override {
    if (!why_no_tracing().empty()) GTEST_SKIP() << why_no_tracing();
  }

  // Runs `other` to its end before chosen calls of a living run, which must not notice.
  void run_before_calls(const std::string& name, const std::vector<std::string>& other) {
    const Stage stage(scenario(name));
    const World& world = stage.world;
    const auto& commands = stage.scenario.commands;
    const std::size_t count = count_calls(world, world.copy(world.kb(), "run"), {commands[0]});
    std::size_t tried = 0;
    for (const std::size_t chosen : points(count, 40, name + other.back())) {
      const std::string kb = world.copy(world.kb(), "run");
      std::size_t changes = 0;
      std::string point;
      const auto outcome = disturb(world, kb, {commands[0]}, [&](const Call& call) {
        if (!call.changes_something() || ++changes != chosen) return Verdict{};
        // A process that stands still inside of SQLite makes others wait for many seconds.
        const bool is_slow = call.path.find("registry.db") != std::string::npos;
        if (is_slow && (!effort().full || chosen % 8 != 0)) return Verdict{};
        point = std::string(call.syscall->name) + " " + call.path;
        const auto ended = world.run(kb, other);
        // It may find the lock held, by a process that stands still.
        EXPECT_TRUE(ended.exit_code == 0 || ended.exit_code == 11) << ended.out << ended.err;
        return Verdict{};
      });
      SCOPED_TRACE(other.back() + " before change " + std::to_string(chosen) + ": " + point);
      ASSERT_EQ(outcome.front().exit_code, 0) << outcome.front().out << outcome.front().err;
      for (std::size_t i = 1; i < commands.size(); ++i) world.must(kb, commands[i]);
      ASSERT_THAT(stage.judge.unfinished(kb), IsEmpty());
      ASSERT_THAT(leftovers(kb), IsEmpty());
      if (!point.empty()) ++tried;
    }
    say_size("moments at which another process came in", tried);
  }
};

TEST_F(AtEveryCall, AnothersRecoveryLeavesALivingRunAlone) {
  run_before_calls("Replacing", {"--lock-timeout", "0.05", "recover"});
}
TEST_F(AtEveryCall, AnothersRunLeavesALivingRunAlone) {
  run_before_calls("TwoAtOnce", {"--lock-timeout", "0.05", "-j", "1", "add", "@docs/two"});
}
TEST_F(AtEveryCall, AReaderLeavesALivingRunAlone) {
  run_before_calls("Replacing", {"list"});
}

// The copy of a knowledge base whose run died has its journal, its staging and its id.
TEST_F(AtEveryCall, OpeningACopyOfADeadRunTouchesNothingOfTheOriginal) {
  const Stage stage(scenario("Recovering"));
  const World& world = stage.world;
  const std::string copy = world.copy(world.kb(), "copy");
  const auto before = test::tree_of(world.kb());
  std::vector<std::string> touched;
  for (const auto& words : {std::vector<std::string>{"recover"}, {"add", "@docs"}}) {
    Tracer tracer(kChanges, [&](const Call& call) {
      const bool changes = call.changes_something() && call.syscall->kind != Kind::kSyncAll;
      if (changes && call.is_below(world.kb())) touched.push_back(call.path);
      return Verdict{};
    });
    const int program = tracer.start(world.command(copy, words), world.path("scratch"));
    tracer.run();
    EXPECT_EQ(tracer.outcome(program).exit_code, 0) << tracer.outcome(program).err;
    if (words.front() == "recover") {
      EXPECT_THAT(stage.judge.unfinished(copy), IsEmpty());
    }
  }
  EXPECT_THAT(touched, IsEmpty());
  EXPECT_EQ(test::tree_of(world.kb()), before);
}

}  // namespace
}  // namespace sluice::crash
