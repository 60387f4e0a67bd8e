// How much of a matrix is tried. `make test` takes a sample, spread over all of it, that a seed
// moves; `make crash` takes everything. SLUICE_CRASH=full chooses the latter, SLUICE_CRASH_SEED
// another sample; the seed is today's number otherwise, and is printed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace sluice::crash {

struct Effort {
  bool full = false;
  std::uint64_t seed = 0;
};
const Effort& effort();

// The numbers 1..count that are tried: `sample` of them, one from each of as many equal parts; when
// everything is tried, all of them or, where that is out of reach, `most`. `salt` makes samples of
// different matrices different.
std::vector<std::size_t> points(std::size_t count, std::size_t sample, const std::string& salt,
                                std::size_t most = SIZE_MAX);

// Prints "crash figure: NAME VALUE ..." for whoever collects the sizes, and records it in the
// test's properties.
void say_size(const std::string& name, std::uint64_t value);

}  // namespace sluice::crash
