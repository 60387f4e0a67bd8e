// What differs between two trees, by name: short enough to be printed by a test that fails.
#pragma once

#include <string>
#include <vector>

#include "kit/program.h"

namespace sluice::test {

inline std::vector<std::string> differences(const Tree& before, const Tree& after) {
  std::vector<std::string> names;
  for (const auto& [name, content] : before) {
    const auto found = after.find(name);
    if (found == after.end()) names.push_back(name + " (gone)");
    if (found != after.end() && found->second != content) names.push_back(name);
  }
  for (const auto& [name, content] : after) {
    if (!before.contains(name)) names.push_back(name + " (new)");
  }
  return names;
}

}  // namespace sluice::test
