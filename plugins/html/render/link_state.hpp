// SPDX-License-Identifier: Apache-2.0
//
// Links: where they lead in the Markdown, and which are signs that nobody needs there.
#pragma once

#include <string>
#include <string_view>

#include "part.hpp"

namespace sluice::html {

class LinkState : private Part {
 public:
  explicit LinkState(Written& written) : Part(written) {}

  bool is_open() const { return open_ > 0; }
  // Begins the link; false if it leads nowhere, and only its text stays.
  bool begin(NodeId i, bool in_heading);
  void end();
  // Where an address leads in the Markdown, or nothing.
  std::string target_of(std::string_view href) const;
  // Whether an element is linked, or holds a link near its beginning.
  bool is_linked(NodeId i) const;
  // A call whose note is missing: still a raised number.
  bool is_lost_call(NodeId i) const;
  // `<sup><a href="#note">[1]</a></sup>`: raised or not, it reads the same.
  bool is_note_mark(NodeId sup) const;

 private:
  // A title that says what the text says already is left out.
  std::string_view title_of(NodeId i) const;
  // A heading that leads to itself, or back to the contents.
  bool is_all_of_heading(NodeId i) const;

  int open_ = 0;
};

}  // namespace sluice::html
