// SPDX-License-Identifier: Apache-2.0
//
// A line with right-to-left text, from the order on paper to the order in which it is read:
// Unicode's bidirectional algorithm, turned around (ICU). Brackets are what they look like.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::pdf {

class LogicalOrder {
 public:
  // A character with the marks on it.
  struct Piece {
    std::uint32_t owner = 0;
    std::uint32_t text = 0;  // offset into text(), UTF-8
    std::uint32_t bytes = 0;
    std::uint32_t first_bytes = 0;  // of the character alone
    char32_t first = 0;
  };

  void clear();
  // Text as it looks, after what was added before. `owner`: what its pieces carry.
  void add(std::string_view text, std::uint32_t owner);
  // Brings the pieces into reading order.
  const std::vector<Piece>& order(bool right_to_left);
  std::string_view text_of(const Piece& piece) const {
    return std::string_view(text_).substr(piece.text, piece.bytes);
  }

 private:
  void turn_brackets();
  char32_t at(std::size_t index) const {
    return index < pieces_.size() ? pieces_[index].first : ' ';
  }
  void set(Piece& piece, char32_t c);

  std::string text_;
  std::vector<Piece> pieces_;
  std::vector<Piece> ordered_;
  std::u16string units_;
  std::vector<std::uint32_t> piece_of_unit_;
};

}  // namespace sluice::pdf
