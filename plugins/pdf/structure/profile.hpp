// SPDX-License-Identifier: Apache-2.0
//
// What is usual in a document: the size of its running text, its looks, the distance of its lines.
#pragma once

#include <cstdint>
#include <vector>

#include "../story.hpp"

namespace sluice::pdf {

struct Profile {
  float body_size = 10;
  std::uint16_t body_face = 0;  // that most text of this size has
  float leading = 1.2F;         // of lines of running text, in sizes
  bool mostly_bold = false;     // bold says nothing in this document
  bool mostly_mono = false;
  bool mostly_italic = false;
};

Profile profile_of(const Story& story);

}  // namespace sluice::pdf
