// SPDX-License-Identifier: Apache-2.0
//
// A document is the name of an attack in its first line, then what the attack must know, "key
// value" a line, up to a NUL. What became of it is the Markdown: "succeeded", or "denied" and why.
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <cerrno>
#include <sstream>

#include "attacks.hpp"

namespace hostile {
namespace {

// Runs as the library is loaded.
struct EarlyBird {
  int read_result = 0;
  int wrote_result = 0;
  EarlyBird()
      : read_result(error_of(::open("/etc/passwd", O_RDONLY | O_CLOEXEC))),
        wrote_result(error_of(::open("/tmp", O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600))) {}
} early_bird;

class Hostile : public sluice::Converter {
 public:
  Hostile() {
    add_attacks_on_files(attacks_);
    add_attacks_on_staging(attacks_);
    add_attacks_on_processes(attacks_);
    add_attacks_on_network(attacks_);
    add_attacks_on_kernel(attacks_);
  }

  void convert(sluice::Job& job) override {
    const std::string_view source = job.source_text();
    std::istringstream lines{std::string(source.substr(0, source.find('\0')))};
    std::string name;
    std::getline(lines, name);
    World world;
    for (std::string line; std::getline(lines, line);) {
      const auto blank = line.find(' ');
      world[line.substr(0, blank)] = line.substr(blank + 1);
    }
    const auto attack = attacks_.find(name);
    if (attack == attacks_.end()) {
      throw sluice::Failure(sluice::Outcome::kMalformed, "no such attack: " + name);
    }
    const int error = attack->second(world, job);
    job.write(name + (error == 0 ? " succeeded\n"
                                 : std::string(" denied: ") + ::strerrorname_np(error) + "\n"));
  }

 private:
  Attacks attacks_;
};

}  // namespace

int error_of(long result) {
  return result < 0 ? errno : 0;
}

int constructor_read() {
  return early_bird.read_result;
}
int constructor_wrote() {
  return early_bird.wrote_result;
}

}  // namespace hostile

SLUICE_PLUGIN("hostile", "1.0.0", {"hostile", sluice::make_converter<hostile::Hostile>})
