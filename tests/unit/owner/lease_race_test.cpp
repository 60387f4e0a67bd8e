// Many processes take staging, die and reap at once for a while: none may lose staging that it
// owns.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <random>

#include "owner/reaper.h"
#include "platform/lock.h"
#include "unit/owner/bundle_maker.h"

namespace sluice::owner {
namespace {

using test::plain_files;
using test::Workspace;
using namespace std::chrono_literals;

enum Verdict : int { kFine = 0, kLost = 1, kThrew = 2 };

// Takes staging, looks whether it stays, and lets it go; or dies with it in its hands.
bool keeps_its_staging(KnowledgeBase& kb, std::mt19937& random) {
  platform::Files& files = kb.files();
  auto staging = Staging::open(files, kb.root());
  files.create(staging.dir(), "0.raw");
  for (auto turns = random() % 20; turns > 0; --turns) {
    if (!files.info(kb.staging(), staging.batch())) return false;
    ::sched_yield();
  }
  const bool there = files.info(staging.dir(), "0.raw") &&
                     files.info(kb.staging(), staging.batch()) &&
                     files.info(kb.staging(), staging.batch() + ".lease");
  if (random() % 4 == 0) staging.abandon();
  return there;
}

int take_and_reap(const std::string& path, unsigned seed) {
  std::mt19937 random(seed);
  try {
    auto kb = KnowledgeBase::open(plain_files(), path, Database::Mode::kReadWrite);
    const auto end = std::chrono::steady_clock::now() + 3s;
    while (std::chrono::steady_clock::now() < end) {
      if (random() % 3 != 0) {
        if (!keeps_its_staging(kb, random)) return kLost;
        continue;
      }
      {
        const auto lock = kb.lock(platform::LockMode::kExclusive, -1ms, "reaper");
        move_to_trash(kb, "");
      }
      empty_trash(kb);
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return kThrew;
  }
  return kFine;
}

TEST(LeaseRace, NoLivingBatchIsEverReaped) {
  Workspace space;
  std::vector<pid_t> children;
  for (unsigned i = 0; i < 8; ++i) {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(take_and_reap(space.kb, i));
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), kFine);
  }
  auto kb = space.open();
  move_to_trash(kb, "");
  empty_trash(kb);
  EXPECT_THAT(space.leftovers(), testing::IsEmpty());
}

}  // namespace
}  // namespace sluice::owner
