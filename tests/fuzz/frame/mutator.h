// Makes inputs out of seeds: a given number makes the same input on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace sluice::fuzz {

class Mutator {
 public:
  // An empty list of seeds counts as one empty seed. No input is longer than `max_bytes`.
  Mutator(std::vector<std::string> seeds, std::size_t max_bytes);

  std::string make(std::uint64_t number) const;

 private:
  std::vector<std::string> seeds_;
  std::size_t max_bytes_;
};

}  // namespace sluice::fuzz
