// SPDX-License-Identifier: Apache-2.0
#include "centred_rows.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "../shared_measures.hpp"

namespace sluice::pdf {
namespace {

// Of the size: half the distance of lines is 0.55 to 0.7, and the next row is a line apart at
// least.
constexpr float kHalfLine = 0.8F;
constexpr float kSizesApart = 0.15F;
constexpr std::size_t kMaxLinesOfRow = 7;  // four lines beside three

// Segments of one baseline.
struct Baseline {
  std::size_t first;
  std::size_t end;
  float y;
  float size;
};

std::vector<Baseline> baselines_of(const Segments& segments) {
  std::vector<Baseline> all;
  for (std::size_t i = 0; i < segments.all.size(); ++i) {
    const Segment& segment = segments.all[i];
    if (all.empty() || segments.all[i - 1].row != segment.row) {
      all.push_back({i, i, segment.baseline, segment.size});
    }
    all.back().end = i + 1;
  }
  return all;
}

// Lines of neighbouring cells, with paper between them.
bool is_beside(const Segments& segments, const Baseline& a, const Baseline& b) {
  for (std::size_t i = a.first; i < a.end; ++i) {
    for (std::size_t k = b.first; k < b.end; ++k) {
      const float apart = -segments.all[i].box.overlap_x(segments.all[k].box);
      if (apart < segments.cell_gap * a.size) return false;
    }
  }
  return true;
}

bool is_above(const Segments& segments, const Baseline& a, const Baseline& b) {
  for (std::size_t i = a.first; i < a.end; ++i) {
    for (std::size_t k = b.first; k < b.end; ++k) {
      if (segments.all[i].box.overlap_x(segments.all[k].box) > 0) return true;
    }
  }
  return false;
}

// Lines half a line apart, from one to the next beside each other, and from one to the one after
// next below each other. Columns of prose whose lines are not level go on like this down the page.
bool is_centred_row(const Segments& segments, std::span<const Baseline> group) {
  if (group.size() < 3 || group.size() > kMaxLinesOfRow || group.size() % 2 == 0) return false;
  for (std::size_t i = group.front().first; i < group.back().end; ++i) {
    const Segment& segment = segments.all[i];
    if (segment.is_marker) return false;  // lists have no cells
    if (segment.chars >= kCharsOfProse || segment.kind != SegmentKind::kText) return false;
  }
  for (std::size_t i = 0; i < group.size(); ++i) {
    if (std::abs(group[i].size - group[0].size) > kSizesApart * group[0].size) return false;
    for (std::size_t k = i + 1; k < group.size(); k += 2) {
      if (!is_beside(segments, group[i], group[k])) return false;
    }
    if (i >= 2 && !is_above(segments, group[i - 2], group[i])) return false;
  }
  return true;
}

}  // namespace

void join_centred_rows(Segments& segments, const RuleSettings& settings) {
  if (!settings.allows(kCentredCells)) return;
  const std::vector<Baseline> all = baselines_of(segments);
  for (std::size_t from = 0; from < all.size();) {
    std::size_t end = from + 1;
    while (end < all.size() && all[end].y > all[end - 1].y &&
           all[end].y - all[end - 1].y < kHalfLine * all[end].size) {
      ++end;
    }
    const std::span group = std::span(all).subspan(from, end - from);
    from = end;
    if (!is_centred_row(segments, group)) continue;
    const auto first = segments.all.begin() + static_cast<std::ptrdiff_t>(group.front().first);
    const auto last = segments.all.begin() + static_cast<std::ptrdiff_t>(group.back().end);
    const std::uint32_t row = first->cells_row;
    settings.note(first->box, kCentredCells, "one row");
    for (auto segment = first; segment != last; ++segment) segment->cells_row = row;
    std::stable_sort(first, last, [](const Segment& a, const Segment& b) {
      return a.box.x0 != b.box.x0 ? a.box.x0 < b.box.x0 : a.baseline < b.baseline;
    });
  }
}

std::vector<Row> lines_of(const Segments& segments, const Row& row) {
  std::vector<Row> lines;
  for (const std::uint32_t index : row.segments) {
    const Segment& segment = segments.all[index];
    const auto same = std::find_if(lines.begin(), lines.end(), [&](const Row& line) {
      return segments.all[line.segments.front()].row == segment.row;
    });
    if (same != lines.end()) {
      same->segments.push_back(index);
    } else {
      lines.push_back({{index}, row.y0, row.y1, segment.baseline});
    }
  }
  std::stable_sort(lines.begin(), lines.end(),
                   [](const Row& a, const Row& b) { return a.baseline < b.baseline; });
  return lines;
}

}  // namespace sluice::pdf
