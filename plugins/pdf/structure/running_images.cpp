// SPDX-License-Identifier: Apache-2.0
#include "running_images.hpp"

#include <cmath>
#include <map>
#include <set>
#include <tuple>

namespace sluice::pdf {
namespace {

constexpr std::size_t kLeastPages = 3;  // two pages may show one picture at one place by chance
constexpr float kPlace = 4;             // points; the same drawing has the same numbers

using Place = std::tuple<sluice_asset, long, long>;

struct Found {
  std::vector<std::uint32_t> images;
  std::set<std::uint16_t> pages;
};

}  // namespace

std::uint32_t mark_running_images(Story& story) {
  std::map<Place, Found> places;
  std::set<std::uint16_t> with_text;
  for (const Piece& piece : story.pieces) {
    if (piece.kind != PieceKind::kImage) with_text.insert(piece.page);
  }
  for (const Piece& piece : story.pieces) {
    if (piece.kind != PieceKind::kImage) continue;
    const StoryImage& image = story.images[piece.index];
    if (image.asset == 0 || !with_text.contains(piece.page)) continue;  // all that the page has
    Found& found = places[{image.asset, std::lround(image.box.x0 / kPlace),
                           std::lround(image.box.y0 / kPlace)}];
    found.images.push_back(piece.index);
    found.pages.insert(piece.page);
  }
  std::uint32_t marked = 0;
  for (const auto& [place, found] : places) {
    if (found.pages.size() < kLeastPages) continue;
    for (std::size_t i = 1; i < found.images.size(); ++i) {
      story.images[found.images[i]].is_repeated = true;
      ++marked;
    }
  }
  return marked;
}

}  // namespace sluice::pdf
