// SPDX-License-Identifier: Apache-2.0
//
// What a page's structure means, decided before it is written: what is hidden, what holds content,
// which tables hold data and which only place things.
#pragma once

#include <cstdint>
#include <vector>

#include "dom.hpp"

namespace sluice::html {

enum Mark : std::uint8_t {
  kHidden = 1,      // not shown, with all below it
  kHasContent = 2,  // shows text, an image or other media
  kHasBlock = 4,    // has a block element below it
  kDataTable = 8,   // a table of data; other tables are layout
  kDropped = 16,    // not part of what is wanted (main content)
};

// Whether an element is hidden by an attribute or a style of its own.
bool hides_itself(const Dom& dom, NodeId id);

enum class Hidden : std::uint8_t { kSkip, kShow };

// Whether an element only tells where a printed page begins (EPUB 3 Structural Semantics 1.1,
// DPUB-ARIA 1.1).
bool is_page_break(const Dom& dom, NodeId id);

// One byte of Marks per node. With Hidden::kShow, nothing counts as hidden but scripts and the
// like.
std::vector<std::uint8_t> mark_layout(const Dom& dom, Hidden hidden);

}  // namespace sluice::html
