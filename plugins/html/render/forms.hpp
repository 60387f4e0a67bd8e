// SPDX-License-Identifier: Apache-2.0
//
// What was filled in, chosen or ticked in a form, where it stands.
#pragma once

#include "part.hpp"

namespace sluice::html {

class Forms : private Part {
 public:
  explicit Forms(Written& written) : Part(written) {}

  // An input, a text area or a menu. Lines of a text area are lines of a paragraph of its own, but
  // for one in a heading.
  void write(NodeId control, bool in_heading);
};

}  // namespace sluice::html
