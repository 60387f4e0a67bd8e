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

class Hostile : public sluice::Converter {
 public:
  void convert(sluice::Job& job) override {
    const std::string_view source = job.source_text();
    std::istringstream lines{std::string(source.substr(0, source.find('\0')))};
    std::string name;
    std::getline(lines, name);
    const World world = world_of(lines);
    if (name == "constructor") {
      report(job, constructor_name(), constructor_error());
      return;
    }
    const auto attack = attacks_.find(name);
    if (attack == attacks_.end()) {
      throw sluice::Failure(sluice::Outcome::kMalformed, "no such attack: " + name);
    }
    report(job, name, attack->second(world, job));
  }

 private:
  static void report(sluice::Job& job, const std::string& name, int error) {
    job.write(name + (error == 0 ? " succeeded\n"
                                 : std::string(" denied: ") + ::strerrorname_np(error) + "\n"));
  }

  Attacks attacks_ = all_attacks();
};

}  // namespace

int error_of(long result) {
  return result < 0 ? errno : 0;
}

Attacks all_attacks() {
  Attacks attacks;
  add_attacks_on_files(attacks);
  add_attacks_on_staging(attacks);
  add_attacks_on_processes(attacks);
  add_attacks_on_network(attacks);
  add_attacks_on_kernel(attacks);
  add_attacks_on_neighbours(attacks);
  return attacks;
}

World world_of(std::istream& lines) {
  World world;
  for (std::string line; std::getline(lines, line);) {
    const auto blank = line.find(' ');
    world[line.substr(0, blank)] = line.substr(blank + 1);
  }
  return world;
}

}  // namespace hostile

SLUICE_PLUGIN("hostile", "1.0.0", {"hostile", sluice::make_converter<hostile::Hostile>})
