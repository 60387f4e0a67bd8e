// SPDX-License-Identifier: Apache-2.0
//
// The lines that tables are ruled with, however they were drawn: strokes, thin filled boxes,
// frames, cells filled with a colour. What nobody sees is not kept: hidden edges, and what lies
// outside of the clip. Slanted lines and the heads of arrows tell drawings; curves tell nothing.
#pragma once

#include <array>
#include <cstdint>

#include "content.hpp"

class GfxState;
class GfxPath;

namespace sluice::pdf {

class RuleCollector {
 public:
  explicit RuleCollector(PageContent& page) : page_(page) {}
  void start_page();
  void stroke(const GfxState& state);
  void fill(const GfxState& state);

 private:
  void note_clip(const GfxState& state);
  void add(double x0, double y0, double x1, double y1);
  void add_edges(const Box& box);
  void add_slant(double x0, double y0, double x1, double y1);
  bool is_seen(const Box& box, std::uint32_t color);
  bool may_go_on();

  PageContent& page_;
  Box clip_;  // nothing is drawn outside
  std::uint32_t examined_ = 0;
  // The last boxes filled, in a ring.
  struct Filled {
    Box box;
    std::uint32_t color = 0;
  };
  std::array<Filled, 64> filled_;
  std::size_t fills_ = 0;
};

}  // namespace sluice::pdf
