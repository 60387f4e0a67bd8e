// SPDX-License-Identifier: Apache-2.0
//
// Finds the part of a page that it is about, among menus, teasers, adverts and comments. Scores
// elements by the running text below them, as Arc90's Readability began it in 2009: paragraphs vote
// for their ancestors, class names vote for and against, links weigh against.
#pragma once

#include <cstdint>
#include <vector>

#include "dom.hpp"

namespace sluice::html {

enum class MainContent : std::uint8_t {
  kAuto,    // if it is plainly most of the page's running text; else all but navigation
  kAlways,  // the best guess
  kNever,   // all of it
};

// Sets kDropped in `marks` (from mark_layout) on what is not wanted.
void drop_boilerplate(const Dom& dom, MainContent mode, std::vector<std::uint8_t>& marks);

}  // namespace sluice::html
