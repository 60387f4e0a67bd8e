// SPDX-License-Identifier: Apache-2.0
//
// How text looks: single property modifiers ([MS-DOC] 2.6), and the pages that say to which bytes
// of the text they belong (2.9.37, 2.9.187).
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "doc/fib.hpp"

namespace sluice::doc {

// One modifier.
struct Modifier {
  std::uint16_t code = 0;
  std::string_view operand;
  std::uint32_t value() const;  // of operands of up to four bytes
};

// Calls `each` for every modifier of a list, in order; stops where the list is damaged.
void for_each_modifier(std::string_view list, const std::function<void(const Modifier&)>& each);

// A run of bytes of the text, and the list of modifiers that belongs to it.
struct PropertyRun {
  std::uint32_t begin = 0;  // places in the main stream
  std::uint32_t end = 0;
  std::uint16_t style = 0;  // of paragraphs
  std::string_view list;
};

enum class RunKind : std::uint8_t { kCharacters, kParagraphs };

class PropertyRuns {
 public:
  // `streams` must outlive it.
  PropertyRuns(const Streams& streams, RunKind kind);
  // The run that holds a byte; an empty one that ends at the next if there is none. Fast where the
  // places go up.
  const PropertyRun& at(std::uint32_t place);

 private:
  void read_page(const Streams& streams, std::size_t number, RunKind kind);

  std::vector<PropertyRun> runs_;  // by begin
  std::size_t last_ = 0;
  PropertyRun gap_;
};

}  // namespace sluice::doc
