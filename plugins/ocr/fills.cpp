// SPDX-License-Identifier: Apache-2.0
#include "fills.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <numeric>
#include <optional>

namespace sluice::ocr {
namespace {

constexpr std::size_t kLevels = 256;
// Greys of a page that are looked for. Charts and shaded tables have fewer; photos have all.
constexpr std::size_t kMaxPeaks = 10;
// Of all pixels: a cell of an inch by a tenth. The soft edges of letters share all greys, a tenth
// of that for each.
constexpr double kLeastOfPage = 0.001;
constexpr int kNearPeak = 3;  // greys within which a peak is the highest
constexpr int kReach = 10;    // greys beside it that a scanner makes of one
// Inches. Bars that are as thin as a rule are rules; a dot is no box.
constexpr float kLeastBoxWidth = 0.2F;
constexpr float kLeastBoxHeight = 0.08F;
constexpr float kLeastFlat = 0.03F;  // somewhere it is free of letters so far on both sides
// Of each of its sides, and of its area: letters take half of it at most.
constexpr float kStraightSide = 0.85F;
constexpr float kLeastFilled = 0.4F;
constexpr int kMaxFlatAreas = 20'000;
constexpr std::size_t kMaxFills = 600;
constexpr int kSoftEdge = 2;   // pixels around a fill that are neither its grey nor the paper's
constexpr int kContrast = 40;  // greys between a fill and its letters
constexpr float kBackground = 0.6F;  // of the page: as large, it has nothing beside it to part
constexpr int kWhite = 255;

struct Peak {
  int level = 0;
  int from = 0, to = 0;  // its greys, both included
};

std::array<std::uint32_t, kLevels> histogram_of(Pix* grey) {
  std::array<std::uint32_t, kLevels> counts{};
  const int width = pixGetWidth(grey);
  const int height = pixGetHeight(grey);
  for (int y = 0; y < height; ++y) {
    const l_uint32* line = pixGetData(grey) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(grey);
    for (int x = 0; x < width; ++x) ++counts.at(GET_DATA_BYTE(line, x));
  }
  return counts;
}

// The greys that areas have, without the paper's, which most of the page has.
std::vector<Peak> peaks_of(const std::array<std::uint32_t, kLevels>& counts) {
  const double all = std::accumulate(counts.begin(), counts.end(), 0.0);
  const auto paper = std::max_element(counts.begin(), counts.end()) - counts.begin();
  std::vector<int> levels;
  for (int level = 0; level < static_cast<int>(kLevels); ++level) {
    const auto at = counts.begin() + level;
    const auto from = at - std::min(level, kNearPeak);
    const auto to = at + std::min(static_cast<int>(kLevels) - 1 - level, kNearPeak) + 1;
    if (*at >= kLeastOfPage * all && std::max_element(from, to) == at) levels.push_back(level);
  }
  std::vector<Peak> peaks;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const int level = levels[i];
    if (level == paper) continue;
    Peak peak = {level, level - kReach, level + kReach};
    // Half-way to the next.
    if (i > 0) peak.from = std::max(peak.from, (level + levels[i - 1]) / 2 + 1);
    if (i + 1 < levels.size()) peak.to = std::min(peak.to, (level + levels[i + 1]) / 2);
    peak.from = std::max(peak.from, 0);
    peak.to = std::min(peak.to, kWhite);
    peaks.push_back(peak);
  }
  std::stable_sort(peaks.begin(), peaks.end(), [&](const Peak& a, const Peak& b) {
    return counts.at(static_cast<std::size_t>(a.level)) >
           counts.at(static_cast<std::size_t>(b.level));
  });
  if (peaks.size() > kMaxPeaks) peaks.resize(kMaxPeaks);
  return peaks;
}

// What has this grey and is flat somewhere. Null if nothing is.
PixPtr flat_areas(Pix* grey, const Peak& peak, int flat) {
  const PixPtr all = kept(pixGenerateMaskByBand(grey, peak.from, peak.to, 1, 0));
  PixPtr seed = kept(pixOpenBrick(nullptr, all.get(), flat, flat));
  l_int32 is_empty = 1;
  if (pixZero(seed.get(), &is_empty) != 0 || is_empty != 0) return nullptr;
  return kept(pixSeedfillBinary(nullptr, seed.get(), all.get(), 8));
}

bool is_box(const Area& area, Pix* flat) {
  const int right = area.x + area.width - 1;
  const int bottom = area.y + area.height - 1;
  const auto wide = static_cast<int>(kStraightSide * static_cast<float>(area.width));
  const auto high = static_cast<int>(kStraightSide * static_cast<float>(area.height));
  // The outmost pixels may be those of a side that is not quite straight.
  return ink_in(flat, {area.x, area.y + 1, area.width, 1}) >= wide &&
         ink_in(flat, {area.x, bottom - 1, area.width, 1}) >= wide &&
         ink_in(flat, {area.x + 1, area.y, 1, area.height}) >= high &&
         ink_in(flat, {right - 1, area.y, 1, area.height}) >= high &&
         static_cast<float>(ink_in(flat, area)) >=
             kLeastFilled * static_cast<float>(area.width) * static_cast<float>(area.height);
}

// Whether the letters on it are brighter than it is: more of its pixels are than are darker.
bool has_bright_letters(const Fill& fill, Pix* grey) {
  std::uint32_t bright = 0;
  std::uint32_t dark = 0;
  const Area& area = fill.area;
  for (int y = area.y + kSoftEdge; y < area.y + area.height - kSoftEdge; ++y) {
    const l_uint32* line = pixGetData(grey) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(grey);
    for (int x = area.x + kSoftEdge; x < area.x + area.width - kSoftEdge; ++x) {
      const int value = GET_DATA_BYTE(line, x);
      if (value > fill.level + kContrast) ++bright;
      if (value < fill.level - kContrast) ++dark;
    }
  }
  return bright > dark;
}

// Black for letters, white for the fill.
int on_paper(int value, int level, bool is_bright) {
  if (is_bright) {
    if (value <= level + kReach) return kWhite;
    return kWhite - (value - level) * kWhite / std::max(1, kWhite - level);
  }
  return value >= level - kReach ? kWhite : value * kWhite / std::max(1, level - kReach);
}

void whiten(const Fill& fill, Pix* from, Pix* to) {
  const bool is_bright = has_bright_letters(fill, from);
  const Area& area = fill.area;
  const int x0 = std::max(0, area.x - kSoftEdge);
  const int y0 = std::max(0, area.y - kSoftEdge);
  const int x1 = std::min<int>(pixGetWidth(to), area.x + area.width + kSoftEdge);
  const int y1 = std::min<int>(pixGetHeight(to), area.y + area.height + kSoftEdge);
  for (int y = y0; y < y1; ++y) {
    const auto line = static_cast<std::ptrdiff_t>(y) * pixGetWpl(to);
    const l_uint32* source = pixGetData(from) + line;
    l_uint32* target = pixGetData(to) + line;
    const bool is_row_inside = y >= area.y + 1 && y < area.y + area.height - 1;
    for (int x = x0; x < x1; ++x) {
      const bool is_inside = is_row_inside && x >= area.x + 1 && x < area.x + area.width - 1;
      const int value = GET_DATA_BYTE(source, x);
      if (is_inside) {
        SET_DATA_BYTE(target, x, static_cast<l_uint8>(on_paper(value, fill.level, is_bright)));
      } else if (value >= fill.level - kReach) {  // a drawn border is darker
        SET_DATA_BYTE(target, x, l_uint8{kWhite});
      }
    }
  }
}

}  // namespace

std::vector<Fill> fills_in(Pix* grey, float dpi) {
  const auto pixels = [&](float inches) { return std::max(3, static_cast<int>(inches * dpi)); };
  std::vector<Fill> fills;
  for (const Peak& peak : peaks_of(histogram_of(grey))) {
    const PixPtr flat = flat_areas(grey, peak, pixels(kLeastFlat));
    if (flat == nullptr) continue;
    const Marks marks(flat.get());
    if (marks.count() > kMaxFlatAreas) continue;
    for (int i = 0; i < marks.count(); ++i) {
      const Stroke mark = marks.at(i);
      const Area area = {mark.x0, mark.y0, mark.x1 - mark.x0, mark.y1 - mark.y0};
      if (area.width < pixels(kLeastBoxWidth) || area.height < pixels(kLeastBoxHeight)) continue;
      if (is_box(area, flat.get())) fills.push_back({area, peak.level});
    }
  }
  std::stable_sort(fills.begin(), fills.end(), [](const Fill& a, const Fill& b) {
    return std::int64_t{a.area.width} * a.area.height > std::int64_t{b.area.width} * b.area.height;
  });
  if (fills.size() > kMaxFills) fills.resize(kMaxFills);
  return fills;
}

void whiten_fills(const std::vector<Fill>& fills, Pix* grey) {
  const PixPtr before = kept(pixCopy(nullptr, grey));
  // A box within another comes behind it.
  for (const Fill& fill : fills) whiten(fill, before.get(), grey);
}

std::vector<Stroke> edges_of(const std::vector<Fill>& fills, Pix* page) {
  const float all = static_cast<float>(pixGetWidth(page)) * static_cast<float>(pixGetHeight(page));
  std::vector<Stroke> edges;
  for (const Fill& fill : fills) {
    const Area& a = fill.area;
    if (static_cast<float>(a.width) * static_cast<float>(a.height) >= kBackground * all) continue;
    const int right = a.x + a.width;
    const int bottom = a.y + a.height;
    edges.push_back({a.x, a.y, right, a.y + 1, true});
    edges.push_back({a.x, bottom - 1, right, bottom, true});
    edges.push_back({a.x, a.y, a.x + 1, bottom, false});
    edges.push_back({right - 1, a.y, right, bottom, false});
  }
  return edges;
}

}  // namespace sluice::ocr
