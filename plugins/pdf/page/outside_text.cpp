// SPDX-License-Identifier: Apache-2.0
#include "outside_text.hpp"

#include <cmath>
#include <sluice/utf8.hpp>

namespace sluice::pdf {

void OutsideText::add(const PlacedGlyph& glyph, std::span<const unsigned> characters) {
  constexpr std::size_t kMaxPieces = 100;
  constexpr std::size_t kMaxBytes = 200;
  const float gap = glyph.along - last_.along - last_.advance;
  const bool goes_on = !pieces_.empty() && std::abs(glyph.across - last_.across) < glyph.size / 2 &&
                       gap > -glyph.size && gap < 3 * glyph.size;
  last_ = glyph;
  if (!goes_on) {
    if (pieces_.size() == kMaxPieces) return;
    pieces_.emplace_back();
  }
  std::string& piece = pieces_.back();
  if (piece.size() >= kMaxBytes) return;
  if (goes_on && gap > glyph.size / 6) piece += ' ';
  for (const unsigned character : characters) append_utf8(piece, character);
}

}  // namespace sluice::pdf
