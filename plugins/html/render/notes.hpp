// SPDX-License-Identifier: Apache-2.0
//
// The note that is open: its own number or sign is not written again, since its label says it.
#pragma once

#include <string>
#include <string_view>

#include "part.hpp"

namespace sluice::html {

class Notes : private Part {
 public:
  explicit Notes(Written& written) : Part(written) {}

  bool is_open() const { return open_ > 0; }
  Step enter(NodeId i, const std::string& label);
  void leave();
  // Whether a text is the sign of the note, to be left out.
  bool is_sign(NodeId text);
  // Text without the point behind a sign that was left out.
  std::string_view behind_sign(NodeId text, std::string_view shown);
  // Whether an `<a>` is the note's way back to its call, to be left out.
  bool is_way_back(NodeId link);
  // The ways back from a note of Wikipedia's to all its calls.
  bool is_ways_back(NodeId i) const;

 private:
  // The text that repeats a note's own number or sign; the root if none.
  NodeId marker_of(NodeId note, std::string_view label) const;

  int open_ = 0;
  NodeId marker_ = kRootNode;
  bool behind_sign_ = false;  // a note's sign was left out, and its point may follow
};

}  // namespace sluice::html
