// SPDX-License-Identifier: Apache-2.0
//
// Documents that go for the others of their process: what stands in the run's memory file and in
// open descriptors, and what an earlier document left in the process.
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "attacks.hpp"

namespace hostile {
namespace {

constexpr off_t kMostOfAFile = 8 << 20;

// Every place where the needle stands in an open file: calls `found` with the descriptor and
// offset.
template <class Found>
int look_for(const std::string& needle, Found found) {
  int error = ENOENT;
  for (int file = 3; file < 256; ++file) {
    struct stat status {};
    if (::fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) continue;
    std::string bytes(static_cast<std::size_t>(std::min<off_t>(status.st_size, kMostOfAFile)),
                      '\0');
    const ssize_t got = ::pread(file, bytes.data(), bytes.size(), 0);
    if (got <= 0) continue;
    bytes.resize(static_cast<std::size_t>(got));
    for (std::size_t at = bytes.find(needle); at != std::string::npos;
         at = bytes.find(needle, at + 1)) {
      error = found(file, static_cast<off_t>(at));
    }
  }
  return error;
}

// In two halves, so that the order to look for it does not hold it.
std::string needle_of(const World& world) {
  return world.at("needle-begins") + world.at("needle-ends");
}

std::string last_document;

}  // namespace

void add_attacks_on_neighbours(Attacks& out) {
  // What a neighbour does: it publishes what it says.
  out["say"] = [](const World& world, sluice::Job& job) {
    last_document = world.at("saying");
    job.write(last_document + "\n");
    return 0;
  };
  out["read-neighbour"] = [](const World& world, sluice::Job&) {
    return look_for(needle_of(world), [](int, off_t) { return 0; });
  };
  out["forge-neighbour"] = [](const World& world, sluice::Job&) {
    const std::string forged(needle_of(world).size(), 'F');
    return look_for(needle_of(world), [&forged](int file, off_t at) {
      return error_of(::pwrite(file, forged.data(), forged.size(), at));
    });
  };
  out["remember-neighbour"] = [](const World&, sluice::Job&) {
    return last_document.empty() ? ENOENT : 0;
  };
}

}  // namespace hostile
