// SPDX-License-Identifier: Apache-2.0
//
// The pieces that a document's text is made of ([MS-DOC] 2.4.1): a program that saves fast leaves
// the text where it is and writes down in what order it goes.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "doc/fib.hpp"

namespace sluice::doc {

struct Piece {
  std::uint32_t begin = 0;  // places in the text
  std::uint32_t end = 0;
  std::uint32_t offset = 0;  // of its first character in the main stream
  bool is_wide = false;
  std::string_view list;  // modifiers of all of it
};

class Pieces {
 public:
  // `streams` must outlive it. Throws Failure(kMalformed) if there is no text.
  explicit Pieces(const Streams& streams);

  // In order, within [begin, end), each cut to it.
  std::vector<Piece> within(const StoryRange& range) const;
  std::uint32_t end() const { return pieces_.empty() ? 0 : pieces_.back().end; }

 private:
  void read_table(const Streams& streams, std::string_view table,
                  const std::vector<std::string_view>& lists);

  std::vector<Piece> pieces_;
};

}  // namespace sluice::doc
