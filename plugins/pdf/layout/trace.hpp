// SPDX-License-Identifier: Apache-2.0
//
// Which rule decided what about which part of a page: for people who look for the reason of a wrong
// page, and for tests that remove one rule and see what changes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "../geometry.hpp"

namespace sluice::pdf {

struct Decision {
  int page = 0;
  Box box;                // in the frame of the text's direction
  std::string_view rule;  // of reading_rules(), section_rules() or row_rules()
  std::string result;     // "columns", "rows", "table", ...
};

struct Trace {
  std::vector<Decision> decisions;
};

// How a page is laid out where a person or a test wants to see or change it.
struct RuleSettings {
  Trace* trace = nullptr;         // nullptr: nobody looks
  std::string_view without = {};  // the name of a rule that never holds
  int page = 0;                   // that is laid out

  bool allows(std::string_view rule) const { return rule != without; }
  void note(const Box& box, std::string_view rule, std::string_view result) const {
    if (trace != nullptr) trace->decisions.push_back({page, box, rule, std::string(result)});
  }
};

}  // namespace sluice::pdf
