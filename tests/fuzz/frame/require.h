// What a fuzz target asserts: ends the process, which is what both drivers take for a finding.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace sluice::fuzz {

inline void require(bool holds, std::string_view what) {
  if (holds) return;
  std::fprintf(stderr, "fuzz: it does not hold that %.*s\n", static_cast<int>(what.size()),
               what.data());
  std::abort();
}

}  // namespace sluice::fuzz
