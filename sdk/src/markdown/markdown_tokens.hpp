// SPDX-License-Identifier: Apache-2.0
//
// The first two steps from atoms to Markdown: a stream of tokens with properly nested markers, and
// a spelling for each pair of markers that its neighbours allow.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "markdown/markdown_inline.hpp"

namespace sluice::markdown {

inline constexpr auto kStrongBit = static_cast<std::uint8_t>(Style::kStrong);
inline constexpr auto kEmphasisBit = static_cast<std::uint8_t>(Style::kEmphasis);
inline constexpr auto kStrikeBit = static_cast<std::uint8_t>(Style::kStrike);
inline constexpr std::uint8_t kLink = kStyles;  // in the place of a style: the link

enum class TokenKind : std::uint8_t { kAtom, kOpen, kClose, kAutolink };
enum class Spelling : std::uint8_t { kTag, kStar, kUnderscore, kDoubleStar, kTildes, kBrackets };

struct Token {
  TokenKind kind;
  std::uint32_t atom = 0;  // kAtom, kAutolink: its index
  std::uint32_t pair = 0;  // kOpen, kClose: its index
  std::size_t begin = 0;   // kAtom: the part of the buffer's text
  std::size_t end = 0;
};

struct Pair {
  std::uint8_t what;  // a style, or kLink
  std::uint32_t link;
  std::size_t open;  // token indices
  std::size_t close;
  Spelling spelling;
  bool mixed;  // emphasis around or within strong: the same delimiter for both is easily misread
};

// The content of a leaf as tokens, and what stands around each.
class TokenStream {
 public:
  // Builds the tokens and spells their markers.
  TokenStream(const InlineBuffer& buffer, Leaf leaf);

  std::size_t size() const { return tokens_.size(); }
  const Token& operator[](std::size_t i) const { return tokens_[i]; }
  const Pair& pair_of(const Token& token) const { return pairs_[token.pair]; }
  const Atom& atom_of(const Token& token) const { return buffer_.atoms()[token.atom]; }
  std::string_view text_of(const Token& token) const {
    return buffer_.text().substr(token.begin, token.end - token.begin);
  }
  // The characters before and after token `i`; a blank at the edges.
  char32_t before(std::size_t i) const;
  char32_t after(std::size_t i) const;
  // The delimiter of the marker at token `i`, or 0.
  char delimiter_at(std::size_t i) const;
  bool is_break(std::size_t i) const;

 private:
  char32_t edge_of(std::size_t i, bool front) const;
  char32_t break_edge(bool front) const;
  void choose_spellings();
  Spelling spelling_for(const Pair& pair) const;
  bool touches(const Pair& pair, char delimiter) const;

  const InlineBuffer& buffer_;
  const Leaf leaf_;
  std::vector<Token> tokens_;
  std::vector<Pair> pairs_;
};

}  // namespace sluice::markdown
