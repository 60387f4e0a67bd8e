// SPDX-License-Identifier: Apache-2.0
#include "tall_brackets.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "../page/unicode.hpp"

namespace sluice::pdf {
namespace {

constexpr std::size_t kMaxPieces = 2'000;  // of a page; each looks at all words for its line
// Parts of the size of the piece.
constexpr float kAtOnePlace = 0.3F;
constexpr float kFromPieceToPiece = 2.5F;
constexpr float kBeyondEnds = 1.5F;
constexpr float kSideways = 0.01F;  // counts so much less than up and down: for lines as near

// The bracket that the sign is a piece of (Unicode, Miscellaneous Technical); 0: of none.
char bracket_of(char32_t c) {
  if (c >= 0x239B && c <= 0x239D) return '(';
  if (c >= 0x239E && c <= 0x23A0) return ')';
  if (c >= 0x23A1 && c <= 0x23A3) return '[';
  if (c >= 0x23A4 && c <= 0x23A6) return ']';
  if (c >= 0x23A7 && c <= 0x23A9) return '{';
  if (c >= 0x23AB && c <= 0x23AD) return '}';
  return 0;
}

struct BracketPiece {
  std::uint32_t word;
  char bracket;
};

std::vector<BracketPiece> pieces_of(const PageContent& page,
                                    const std::vector<std::uint32_t>& chosen) {
  std::vector<BracketPiece> pieces;
  for (const std::uint32_t index : chosen) {
    const Word& word = page.words[index];
    if (word.chars != 1) continue;
    if (const char bracket = bracket_of(first_char(page.text_of(word))); bracket != 0)
      pieces.push_back({index, bracket});
  }
  return pieces;
}

// Whether the piece goes on with a bracket whose last piece so far is `above`.
bool goes_on(const Word& above, const Word& piece) {
  return std::abs(above.box.x0 - piece.box.x0) < kAtOnePlace * piece.size &&
         piece.baseline >= above.baseline &&
         piece.baseline - above.baseline < kFromPieceToPiece * piece.size;
}

// The word whose line is nearest to the bracket's middle, among those that are no pieces.
const Word* line_of(const PageContent& page, const std::vector<std::uint32_t>& chosen,
                    const std::vector<bool>& is_piece, const Word& first, const Word& last,
                    const Word& second) {
  const float height = last.baseline - first.baseline;
  // TeX's pieces hang below their baselines, the lowest by as much as the highest.
  const float middle = first.baseline + (height + second.baseline - first.baseline) / 2;
  const float reach = height / 2 + kBeyondEnds * first.size;
  const Word* nearest = nullptr;
  float least = std::numeric_limits<float>::max();
  for (const std::uint32_t index : chosen) {
    const Word& word = page.words[index];
    const float away = std::abs(word.baseline - middle);
    if (is_piece[index] || away > reach) continue;
    // Of lines as near, that of the text next to the bracket.
    const float beside = std::abs(word.box.center_x() - first.box.center_x());
    const float cost = away + kSideways * beside;
    if (cost >= least) continue;
    least = cost;
    nearest = &word;
  }
  return nearest;
}

}  // namespace

void join_tall_brackets(PageContent& page, std::vector<std::uint32_t>& chosen) {
  std::vector<BracketPiece> pieces = pieces_of(page, chosen);
  if (pieces.size() < 2 || pieces.size() > kMaxPieces) return;
  std::stable_sort(pieces.begin(), pieces.end(), [&](const BracketPiece& a, const BracketPiece& b) {
    return page.words[a.word].baseline < page.words[b.word].baseline;
  });
  std::vector<bool> is_piece(page.words.size(), false);
  for (const BracketPiece& piece : pieces) is_piece[piece.word] = true;
  std::vector<bool> is_joined(page.words.size(), false);
  std::vector<bool> is_taken(pieces.size(), false);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (is_taken[i]) continue;
    std::vector<std::uint32_t> own = {pieces[i].word};
    for (std::size_t k = i + 1; k < pieces.size(); ++k) {
      if (is_taken[k] || pieces[k].bracket != pieces[i].bracket ||
          !goes_on(page.words[own.back()], page.words[pieces[k].word])) {
        continue;
      }
      is_taken[k] = true;
      own.push_back(pieces[k].word);
    }
    if (own.size() < 2) continue;
    Word& bracket = page.words[own.front()];
    const Word* line =
        line_of(page, chosen, is_piece, bracket, page.words[own.back()], page.words[own[1]]);
    if (line == nullptr) continue;
    bracket.text = static_cast<std::uint32_t>(page.text.size());
    bracket.bytes = 1;
    page.text += pieces[i].bracket;
    bracket.baseline = line->baseline;
    bracket.size = line->size;
    bracket.box.y0 = line->box.y0;
    bracket.box.y1 = line->box.y1;
    for (std::size_t k = 1; k < own.size(); ++k) is_joined[own[k]] = true;
  }
  std::erase_if(chosen, [&](std::uint32_t index) { return is_joined[index]; });
}

}  // namespace sluice::pdf
