// SPDX-License-Identifier: Apache-2.0
//
// Attacks from the library's constructor, before the worker has said that it is ready. A test
// writes the order for it into a copy of the library, since a constructor can read nothing else.
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <vector>

#include "attacks.hpp"

namespace hostile {
namespace {

// The test looks for these words and puts an order behind them.
volatile char embedded[8192] = "SLUICE-CONSTRUCTOR-ORDER:";
constexpr std::size_t kWords = 25;
constexpr int kChannel = 3;

std::string order_for_constructor() {
  std::string text;
  for (std::size_t i = kWords; i < sizeof embedded && embedded[i] != '\0'; ++i) text += embedded[i];
  return text;
}

// Sends a message of one kind, with a handle if there is one.
void say(std::uint8_t kind, int handle) {
  iovec part{&kind, 1};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof handle)> control{};
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  if (handle >= 0) {
    header.msg_control = control.data();
    header.msg_controllen = control.size();
    cmsghdr* rights = CMSG_FIRSTHDR(&header);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(sizeof handle);
    ::memcpy(CMSG_DATA(rights), &handle, sizeof handle);
  }
  (void)::sendmsg(kChannel, &header, MSG_NOSIGNAL);
}

constexpr std::uint8_t kReady = 2;
constexpr std::uint8_t kStarted = 5;  // of the protocol that had such a message
constexpr std::uint8_t kRun = 4;

std::string hear() {
  std::string bytes(128 << 10, '\0');
  iovec part{bytes.data(), bytes.size()};
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  const ssize_t got = ::recvmsg(kChannel, &header, 0);
  bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  return bytes;
}

// Plays the zygote: names somebody else's process as the run's, for the host to stop.
[[noreturn]] void name_another_process(const World& world) {
  const int victim =
      static_cast<int>(::syscall(SYS_pidfd_open, std::atoi(world.at("victim").c_str()), 0));
  say(kReady, -1);
  while (!hear().empty()) say(kStarted, victim);
  ::_exit(0);
}

void live_on(const World& world) {
  ::prctl(PR_SET_NAME, world.at("name-of-orphan").c_str());
  ::sleep(100);
  ::_exit(0);
}

// Plays the zygote, and uses what it is given for a run to start a process that wants to stay.
[[noreturn]] void start_with_key_of_run(const World& world) {
  say(kReady, -1);
  const std::string run = hear();
  std::uint64_t key = 0;
  if (run.size() >= 9 && static_cast<std::uint8_t>(run[0]) == kRun) {
    ::memcpy(&key, run.data() + 1, sizeof key);
  }
  int number = 0;
  constexpr unsigned long kFork = CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID | SIGCHLD;
  if (::syscall(SYS_clone, kFork, 0, key, &number, 0) == 0) live_on(world);
  while (!hear().empty()) {
  }
  ::sleep(100);
  ::_exit(0);
}

// Every word that stands in memory as a key, if the zygote left its own somewhere.
int finds_key() {
  constexpr unsigned long kFork = CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID | SIGCHLD;
  const auto try_all = [](const std::uint64_t* from, std::size_t count) {
    int number = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const long child = ::syscall(SYS_clone, kFork, 0, from[i], &number, 0);
      if (child == 0) ::_exit(0);
      if (child > 0) return true;
    }
    return false;
  };
  // Above and below us on the stack, and around what the heap hands out.
  const auto here =
      reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0)) & ~std::uintptr_t{7};
  if (try_all(reinterpret_cast<const std::uint64_t*>(here - (48 << 10)), (56 << 10) / 8)) return 0;
  std::vector<void*> blocks;
  for (std::size_t size = 16; size < (64 << 10); size *= 2) {
    for (int i = 0; i < 8; ++i) {
      void* block = ::malloc(size);
      blocks.push_back(block);
      if (try_all(static_cast<const std::uint64_t*>(block), size / 8)) return 0;
    }
  }
  for (void* block : blocks) ::free(block);
  return EPERM;
}

int outlives(const World& world) {
  const pid_t child = ::fork();
  if (child == 0) live_on(world);
  return error_of(child);
}

// What became of the order; it stands here so that the document can ask.
struct Early {
  std::string name;
  int error = ENOENT;

  Early() {
    std::istringstream lines{order_for_constructor()};
    if (!std::getline(lines, name)) return;
    const World world = world_of(lines);
    if (name == "name-another-process") name_another_process(world);
    if (name == "start-with-key-of-run") start_with_key_of_run(world);
    if (name == "hang") ::sleep(100);
    if (name == "find-key") {
      error = finds_key();
    } else if (name == "orphan") {
      error = outlives(world);
    } else {
      // No attack that a constructor is asked for uses its job.
      alignas(sluice::Job) std::array<char, sizeof(sluice::Job)> nobody{};
      const Attacks attacks = all_attacks();
      const auto attack = attacks.find(name);
      if (attack != attacks.end()) {
        error = attack->second(world, *reinterpret_cast<sluice::Job*>(nobody.data()));
      }
    }
  }
} early;

}  // namespace

std::string constructor_name() {
  return early.name;
}
int constructor_error() {
  return early.error;
}

}  // namespace hostile
