// SPDX-License-Identifier: Apache-2.0
//
// How much text, and of what kind, stands below each element of a page.
#pragma once

#include <cstdint>
#include <vector>

#include "dom.hpp"

namespace sluice::html {

struct Sums {
  std::uint32_t text = 0;    // characters, blanks collapsed
  std::uint32_t linked = 0;  // of them, within links
  std::uint32_t listed = 0;  // within lists
  std::uint32_t commas = 0;
  std::uint32_t paragraphs = 0;
  std::uint32_t images = 0;
  std::uint32_t items = 0;
  std::uint32_t inputs = 0;

  void add(const Sums& other);
  double link_density() const { return text == 0 ? 0 : static_cast<double>(linked) / text; }
  // Outside of links.
  std::uint32_t running() const { return text - linked; }
};

class TextSums {
 public:
  explicit TextSums(const Dom& dom) : dom_(dom) {}

  // Of what `marks` neither hide nor drop.
  void sum_up(const std::vector<std::uint8_t>& marks);
  const Sums& operator[](NodeId id) const { return sums_[id]; }

 private:
  void add_own(NodeId id);
  // The box of a task, which belongs to a list.
  bool is_in_item(NodeId box) const;

  const Dom& dom_;
  std::vector<Sums> sums_;
};

}  // namespace sluice::html
