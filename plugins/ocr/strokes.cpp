// SPDX-License-Identifier: Apache-2.0
#include "strokes.hpp"

#include <algorithm>

namespace sluice::ocr {
namespace {

// In inches. Longer than any letter's stroke but a heading's; thinner than a bar of a chart.
constexpr float kLeastLength = 0.35F;
constexpr float kMostThickness = 0.04F;
// The side of a cell is as short as its line of text is high: it is one by the rules that it ends
// at.
constexpr float kLeastSide = 0.1F;
constexpr float kMostSideThickness = 0.02F;
// A scanner breaks thin lines: gaps of a point are closed. Wider ones part the serifs of a line of
// letters, which are no rule.
constexpr float kGap = 0.014F;
// Of its length; along the foot of a line of letters, their stems touch half of it.
constexpr float kMostTouched = 0.33F;
constexpr int kTouching = 3;  // pixels that a scanner loses where two rules meet
// The stem of a letter is at most 14 times as long as it is thick (a light face); a rule of one
// point that parts two cells, 20 times and more.
constexpr int kSlender = 20;
// Hatched areas have more, and are no tables.
constexpr int kMaxStrokes = 4'000;
constexpr int kMaxStems = 20'000;  // what is as high as the side of a cell: the letters of a page
constexpr int kHalo = 2;           // grey pixels beside a rule
constexpr l_uint32 kPaper = 250;

// What is at least so long in one direction.
PixPtr opened(Pix* ink, bool is_horizontal, int least, int gap) {
  const PixPtr closed(is_horizontal ? pixCloseSafeBrick(nullptr, ink, gap, 1)
                                    : pixCloseSafeBrick(nullptr, ink, 1, gap));
  if (closed == nullptr) return nullptr;
  return PixPtr(is_horizontal ? pixOpenBrick(nullptr, closed.get(), least, 1)
                              : pixOpenBrick(nullptr, closed.get(), 1, least));
}

// What stands on it or hangs from it all along: the letters whose feet or heads it is.
bool is_edge_of_letters(const Stroke& stroke, Pix* ink) {
  const int length = stroke.length();
  const auto most = static_cast<int>(kMostTouched * static_cast<float>(length));
  if (stroke.is_horizontal) {
    return ink_in(ink, {stroke.x0, stroke.y0 - 2, length, 1}) > most ||
           ink_in(ink, {stroke.x0, stroke.y1 + 1, length, 1}) > most;
  }
  return ink_in(ink, {stroke.x0 - 2, stroke.y0, 1, length}) > most ||
         ink_in(ink, {stroke.x1 + 1, stroke.y0, 1, length}) > most;
}

// What counts as long and thin, in pixels.
struct Measures {
  int least_length;
  int most_thickness;
  int gap;
  int most_marks;
};

std::vector<Stroke> long_marks(Pix* ink, bool is_horizontal, const Measures& measures) {
  std::vector<Stroke> strokes;
  const PixPtr lines = opened(ink, is_horizontal, measures.least_length, measures.gap);
  if (lines == nullptr) return strokes;
  const Marks marks(lines.get());
  if (marks.count() > measures.most_marks) return strokes;
  for (int i = 0; i < marks.count(); ++i) {
    Stroke mark = marks.at(i);
    mark.is_horizontal = is_horizontal;
    if (mark.thickness() > measures.most_thickness || is_edge_of_letters(mark, ink)) continue;
    strokes.push_back(mark);
  }
  return strokes;
}

bool meets(const Stroke& rule, int x, int y) {
  return rule.is_horizontal && x >= rule.x0 - kTouching && x <= rule.x1 + kTouching &&
         y >= rule.y0 - kTouching && y <= rule.y1 + kTouching;
}

bool ends_at_rules(const Stroke& side, const std::vector<Stroke>& rules) {
  const int x = (side.x0 + side.x1) / 2;
  const auto touches = [&](int y) {
    return std::any_of(rules.begin(), rules.end(),
                       [&](const Stroke& rule) { return meets(rule, x, y); });
  };
  return touches(side.y0) && touches(side.y1);
}

bool is_rule(const Stroke& stroke, const std::vector<Stroke>& strokes) {
  return stroke.length() >= kSlender * stroke.thickness() ||
         (!stroke.is_horizontal && ends_at_rules(stroke, strokes));
}

// Wider by so much on each side, within the page.
Area area_of(const Stroke& stroke, int across, int along, Pix* page) {
  const int x0 = std::max(0, stroke.x0 - (stroke.is_horizontal ? along : across));
  const int y0 = std::max(0, stroke.y0 - (stroke.is_horizontal ? across : along));
  const int x1 =
      std::min<int>(pixGetWidth(page), stroke.x1 + (stroke.is_horizontal ? along : across));
  const int y1 =
      std::min<int>(pixGetHeight(page), stroke.y1 + (stroke.is_horizontal ? across : along));
  return {x0, y0, x1 - x0, y1 - y0};
}

constexpr int kEnds = 1;  // pixels beyond the ends of a rule

// `rest`: the ink without any rule. What stands on both sides of this one was parted by it.
void erase(const Stroke& rule, Pix* rest, Pix* ink, Pix* grey) {
  const Area painted = area_of(rule, kHalo, kEnds, rest);
  const Area around = area_of(rule, 2 * kHalo, kEnds, rest);
  const PixPtr sides(pixCreate(around.width, around.height, 1));
  const PixPtr mask(pixCreate(painted.width, painted.height, 1));
  if (sides == nullptr || mask == nullptr) return;
  pixRasterop(sides.get(), 0, 0, around.width, around.height, PIX_SRC, rest, around.x, around.y);
  const PixPtr joined(rule.is_horizontal
                          ? pixCloseSafeBrick(nullptr, sides.get(), 1, painted.height + 1)
                          : pixCloseSafeBrick(nullptr, sides.get(), painted.width + 1, 1));
  if (joined == nullptr) return;
  pixRasterop(mask.get(), 0, 0, painted.width, painted.height, PIX_NOT(PIX_SRC), joined.get(),
              painted.x - around.x, painted.y - around.y);
  pixPaintThroughMask(grey, mask.get(), painted.x, painted.y, kPaper);
  pixPaintThroughMask(ink, mask.get(), painted.x, painted.y, 0);
}

}  // namespace

int ink_in(Pix* ink, const Area& area) {
  Box* box = boxCreate(area.x, area.y, area.width, area.height);
  l_int32 count = 0;
  if (box != nullptr) pixCountPixelsInRect(ink, box, &count, nullptr);
  boxDestroy(&box);
  return count;
}

Stroke Marks::at(int index) const {
  l_int32 x = 0, y = 0, width = 0, height = 0;
  boxaGetBoxGeometry(boxes_, index, &x, &y, &width, &height);
  return {x, y, x + width, y + height, width > height};
}

std::vector<Stroke> strokes_in(Pix* ink, float dpi) {
  const auto pixels = [&](int least, float inches) {
    return std::max(least, static_cast<int>(dpi * inches));
  };
  const int gap = pixels(1, kGap) | 1;
  const Measures rule = {pixels(20, kLeastLength), pixels(4, kMostThickness), gap, kMaxStrokes};
  const Measures side = {pixels(10, kLeastSide), pixels(3, kMostSideThickness), gap, kMaxStems};
  std::vector<Stroke> strokes = long_marks(ink, true, rule);
  const std::vector<Stroke> across = strokes;
  const std::vector<Stroke> down = long_marks(ink, false, rule);
  strokes.insert(strokes.end(), down.begin(), down.end());
  if (across.empty()) return strokes;
  for (const Stroke& mark : long_marks(ink, false, side)) {
    if (mark.length() < rule.least_length && ends_at_rules(mark, across)) strokes.push_back(mark);
  }
  return strokes;
}

void erase_strokes(const std::vector<Stroke>& strokes, Pix* ink, Pix* grey) {
  std::vector<Stroke> rules;
  std::copy_if(strokes.begin(), strokes.end(), std::back_inserter(rules),
               [&](const Stroke& stroke) { return is_rule(stroke, strokes); });
  if (rules.empty()) return;
  const PixPtr rest(pixCopy(nullptr, ink));
  if (rest == nullptr) return;
  for (const Stroke& rule : rules) {
    const Area area = area_of(rule, kHalo, kEnds, ink);
    pixRasterop(rest.get(), area.x, area.y, area.width, area.height, PIX_CLR, nullptr, 0, 0);
  }
  for (const Stroke& rule : rules) erase(rule, rest.get(), ink, grey);
}

Stroke turned(const Stroke& stroke, int width, int height, int quarters) {
  const Stroke& s = stroke;
  switch (quarters) {
    case 1:
      return {height - s.y1, s.x0, height - s.y0, s.x1, !s.is_horizontal};
    case 2:
      return {width - s.x1, height - s.y1, width - s.x0, height - s.y0, s.is_horizontal};
    default:
      return {s.y0, width - s.x1, s.y1, width - s.x0, !s.is_horizontal};
  }
}

}  // namespace sluice::ocr
