// SPDX-License-Identifier: Apache-2.0
#include "cells.hpp"

#include <algorithm>

#include "pdf/layout/ruled_tables.hpp"

namespace sluice::ocr {
namespace {

// A grid with fewer is a box around text, or one with a title.
constexpr std::size_t kLeastCells = 4;
// Of the page: larger ones are columns or forms that have an arrangement of their own.
constexpr float kMostOfPage = 0.06F;
// Inches. Upright text stands in cells that are narrower than this and higher than wide.
constexpr float kNarrow = 0.5F;
constexpr float kUpright = 1.5F;
// Inches. Lower than the smallest letters.
constexpr float kLeastHeight = 0.05F;
constexpr int kLeastInk = 12;  // pixels of ink: a full stop has more, dust has fewer
constexpr int kRule = 3;       // pixels of a rule on either side of where it is

std::vector<pdf::Rule> rules_of(const PageImage& page) {
  const float scale = 72 / page.dpi;
  std::vector<pdf::Rule> rules;
  for (const Stroke& stroke : page.strokes) {
    rules.push_back({static_cast<float>(stroke.x0) * scale, static_cast<float>(stroke.y0) * scale,
                     static_cast<float>(stroke.x1) * scale, static_cast<float>(stroke.y1) * scale,
                     stroke.is_horizontal});
  }
  return rules;
}

Area area_of(const pdf::Box& box, float pixels_per_point) {
  const auto x0 = static_cast<int>(box.x0 * pixels_per_point) + 1;
  const auto y0 = static_cast<int>(box.y0 * pixels_per_point) + 1;
  return {x0, y0, static_cast<int>(box.x1 * pixels_per_point) - x0,
          static_cast<int>(box.y1 * pixels_per_point) - y0};
}

bool is_text_cell(const Area& area, const PageImage& page) {
  const auto width = static_cast<float>(area.width);
  const auto height = static_cast<float>(area.height);
  const float all = static_cast<float>(pixGetWidth(page.ink.get())) *
                    static_cast<float>(pixGetHeight(page.ink.get()));
  if (width * height > kMostOfPage * all || height < kLeastHeight * page.dpi) return false;
  return width >= kNarrow * page.dpi || height <= kUpright * width;
}

// Letters run over its border: what the lines part is no table, but the boxes of a drawing.
bool is_crossed(const Area& area, Pix* ink) {
  constexpr int kFew = 3;  // pixels of a letter's tail on a rule
  const int right = area.x + area.width - 1;
  const int bottom = area.y + area.height - 1;
  return ink_in(ink, {area.x, area.y, area.width, 1}) > kFew ||
         ink_in(ink, {area.x, bottom, area.width, 1}) > kFew ||
         ink_in(ink, {area.x, area.y, 1, area.height}) > kFew ||
         ink_in(ink, {right, area.y, 1, area.height}) > kFew;
}

// Scans have specks on rules; more cells than one in ten are no accident.
bool parts_its_text(const std::vector<Area>& cells, Pix* ink) {
  const auto crossed = std::count_if(cells.begin(), cells.end(),
                                     [&](const Area& cell) { return is_crossed(cell, ink); });
  return static_cast<std::size_t>(crossed) * 10 <= cells.size();
}

}  // namespace

std::vector<Area> cells_with_text(const PageImage& page) {
  std::vector<Area> cells;
  for (const pdf::Grid& grid : pdf::find_grids(rules_of(page))) {
    if (grid.cells.size() < kLeastCells || grid.columns < 2) continue;
    std::vector<Area> of_grid;
    for (const pdf::GridCell& cell : grid.cells) {
      const Area area = area_of(cell.box, page.dpi / 72);
      if (is_text_cell(area, page) && ink_in(page.ink.get(), area) >= kLeastInk) {
        of_grid.push_back(area);
      }
    }
    if (parts_its_text(of_grid, page.ink.get())) {
      cells.insert(cells.end(), of_grid.begin(), of_grid.end());
    }
  }
  return cells;
}

PixPtr without(const std::vector<Area>& cells, Pix* grey) {
  PixPtr rest = kept(pixCopy(nullptr, grey));
  for (const Area& cell : cells) {
    pixRasterop(rest.get(), cell.x - kRule, cell.y - kRule, cell.width + 2 * kRule,
                cell.height + 2 * kRule, PIX_SET, nullptr, 0, 0);
  }
  return rest;
}

PixPtr with_margin(const Area& cell, int margin, Pix* grey) {
  PixPtr out = kept(pixCreate(cell.width + 2 * margin, cell.height + 2 * margin, 8));
  pixSetAll(out.get());
  pixRasterop(out.get(), margin, margin, cell.width, cell.height, PIX_SRC, grey, cell.x, cell.y);
  return out;
}

}  // namespace sluice::ocr
