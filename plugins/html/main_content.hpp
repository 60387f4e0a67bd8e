// SPDX-License-Identifier: Apache-2.0
//
// Which parts of a page are left out, by the option main_content.
#pragma once

#include <cstdint>
#include <vector>

#include "dom.hpp"

namespace sluice::html {

enum class MainContent : std::uint8_t {
  kAuto,    // all but what is plainly furniture of the page (page_furniture.hpp)
  kAlways,  // the best guess at its article (article_finder.hpp)
  kNever,   // all of it
};

// What was left out: blocks that show text, and their words.
struct DroppedBlocks {
  std::uint32_t blocks = 0;
  std::uint32_t words = 0;
};

// Sets kDropped in `marks` (from mark_layout) on what is not wanted.
DroppedBlocks drop_boilerplate(const Dom& dom, MainContent mode, std::vector<std::uint8_t>& marks);

}  // namespace sluice::html
