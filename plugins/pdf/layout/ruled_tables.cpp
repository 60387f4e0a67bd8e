// SPDX-License-Identifier: Apache-2.0
#include "ruled_tables.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sluice::pdf {
namespace {

constexpr std::uint32_t kMaxCells = 6'000;  // of one grid
constexpr float kTouch = 3;                 // points between rules that meet
constexpr float kSameBar = 2;
constexpr float kMostOfSide = 0.6F;  // of a cell that is drawn: corners may be round or left out
// Narrower than a column with text: Word fills the padding of a cell, 5.4 points, by itself.
constexpr float kSliver = 6.5F;
constexpr std::size_t kMaxMerged = 1'500;     // rules of one kind that are still looked at
constexpr std::size_t kMaxLinesOfGrid = 400;  // rows or columns of one grid

// A rule by where it is across and along: y and x for a level one.
struct Bar {
  float at = 0;
  float from = 0;
  float to = 0;
};

std::vector<Bar> merged(const std::vector<Rule>& rules, bool horizontal) {
  std::vector<Bar> bars;
  for (const Rule& rule : rules) {
    if (rule.horizontal != horizontal) continue;
    if (horizontal) {
      bars.push_back({(rule.y0 + rule.y1) / 2, rule.x0, rule.x1});
    } else {
      bars.push_back({(rule.x0 + rule.x1) / 2, rule.y0, rule.y1});
    }
  }
  std::sort(bars.begin(), bars.end(), [](const Bar& a, const Bar& b) { return a.at < b.at; });
  // Bring those on one line together, then join what follows along it.
  for (std::size_t i = 0; i < bars.size();) {
    std::size_t end = i + 1;
    while (end < bars.size() && bars[end].at - bars[end - 1].at < kSameBar &&
           bars[end].at - bars[i].at < 2 * kSameBar) {
      ++end;
    }
    const float at = bars[i + (end - i) / 2].at;
    for (std::size_t k = i; k < end; ++k) bars[k].at = at;
    std::sort(bars.begin() + static_cast<std::ptrdiff_t>(i),
              bars.begin() + static_cast<std::ptrdiff_t>(end),
              [](const Bar& a, const Bar& b) { return a.from < b.from; });
    i = end;
  }
  std::vector<Bar> joined;
  for (const Bar& bar : bars) {
    if (!joined.empty() && joined.back().at == bar.at && bar.from <= joined.back().to + kTouch) {
      joined.back().to = std::max(joined.back().to, bar.to);
    } else {
      joined.push_back(bar);
    }
  }
  return joined;
}

bool touch(const Bar& level, const Bar& upright) {
  return upright.at >= level.from - kTouch && upright.at <= level.to + kTouch &&
         level.at >= upright.from - kTouch && level.at <= upright.to + kTouch;
}

class Nets {
 public:
  explicit Nets(std::size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), 0U); }
  std::size_t root(std::size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  void join(std::size_t a, std::size_t b) { parent_[root(a)] = root(b); }

 private:
  std::vector<std::size_t> parent_;
};

std::vector<float> distinct(std::vector<float> values) {
  std::sort(values.begin(), values.end());
  std::vector<float> kept;
  for (const float value : values) {
    if (kept.empty() || value - kept.back() > kTouch) kept.push_back(value);
  }
  return kept;
}

// Whether bars at `at` cover most of the stretch.
bool is_covered(const std::vector<Bar>& bars, float at, float from, float to) {
  float covered = 0;
  for (const Bar& bar : bars) {
    if (std::abs(bar.at - at) > kTouch) continue;
    covered += std::max(0.0F, std::min(bar.to, to) - std::max(bar.from, from));
  }
  return covered >= kMostOfSide * (to - from);
}

class GridMaker {
 public:
  GridMaker(std::vector<Bar> level, std::vector<Bar> upright)
      : level_(std::move(level)), upright_(std::move(upright)) {}

  bool make(Grid& grid) {
    std::vector<float> xs;
    std::vector<float> ys;
    for (const Bar& bar : upright_) {
      xs.push_back(bar.at);
      ys.push_back(bar.from);
      ys.push_back(bar.to);
    }
    for (const Bar& bar : level_) {
      ys.push_back(bar.at);
      xs.push_back(bar.from);
      xs.push_back(bar.to);
    }
    // Open sides end where the rules across them end; inside, only rules part cells.
    xs_ = inner_lines(distinct(std::move(xs)), upright_);
    ys_ = inner_lines(distinct(std::move(ys)), level_);
    drop_slivers();
    if (xs_.size() < 2 || ys_.size() < 2 || xs_.size() > kMaxLinesOfGrid ||
        ys_.size() > kMaxLinesOfGrid)
      return false;
    grid.rows = static_cast<std::uint32_t>(ys_.size() - 1);
    grid.columns = static_cast<std::uint32_t>(xs_.size() - 1);
    grid.box = {xs_.front(), ys_.front(), xs_.back(), ys_.back()};
    if (grid.rows * grid.columns < 2 || grid.rows * grid.columns > kMaxCells) return false;
    make_cells(grid);
    return grid.cells.size() >= 2;
  }

 private:
  static std::vector<float> inner_lines(const std::vector<float>& all,
                                        const std::vector<Bar>& bars) {
    std::vector<float> kept;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const bool outer = i == 0 || i + 1 == all.size();
      const bool ruled = std::any_of(bars.begin(), bars.end(), [&](const Bar& bar) {
        return std::abs(bar.at - all[i]) <= kTouch;
      });
      if (outer || ruled) kept.push_back(all[i]);
    }
    return kept;
  }

  static float length_at(const std::vector<Bar>& bars, float at) {
    float length = 0;
    for (const Bar& bar : bars) {
      if (std::abs(bar.at - at) <= kTouch) length += bar.to - bar.from;
    }
    return length;
  }

  // Of two upright lines with no room for text between them, the longer one is the border of the
  // cells; the other is the edge of a fill.
  void drop_slivers() {
    for (std::size_t i = 0; i + 1 < xs_.size() && xs_.size() > 2;) {
      if (xs_[i + 1] - xs_[i] >= kSliver) {
        ++i;
        continue;
      }
      const bool keeps_left = length_at(upright_, xs_[i]) >= length_at(upright_, xs_[i + 1]);
      const float kept = keeps_left ? xs_[i] : xs_[i + 1];
      const float other = keeps_left ? xs_[i + 1] : xs_[i];
      for (Bar& bar : upright_) {
        if (std::abs(bar.at - other) <= kTouch) bar.at = kept;
      }
      xs_.erase(xs_.begin() + static_cast<std::ptrdiff_t>(keeps_left ? i + 1 : i));
    }
  }

  bool parted_right(std::size_t row, std::size_t column) const {
    return is_covered(upright_, xs_[column + 1], ys_[row], ys_[row + 1]);
  }
  bool parted_below(std::size_t row, std::size_t column) const {
    return is_covered(level_, ys_[row + 1], xs_[column], xs_[column + 1]);
  }

  void make_cells(Grid& grid) const {
    std::vector<bool> taken(std::size_t{grid.rows} * grid.columns, false);
    for (std::size_t row = 0; row < grid.rows; ++row) {
      for (std::size_t column = 0; column < grid.columns; ++column) {
        if (taken[row * grid.columns + column]) continue;
        std::size_t right = column;
        while (right + 1 < grid.columns && !taken[row * grid.columns + right + 1] &&
               !parted_right(row, right)) {
          ++right;
        }
        std::size_t below = row;
        while (below + 1 < grid.rows && is_open_below(grid, taken, below, column, right)) ++below;
        for (std::size_t r = row; r <= below; ++r) {
          for (std::size_t c = column; c <= right; ++c) taken[r * grid.columns + c] = true;
        }
        GridCell cell;
        cell.box = {xs_[column], ys_[row], xs_[right + 1], ys_[below + 1]};
        cell.row = static_cast<std::uint16_t>(row);
        cell.column = static_cast<std::uint16_t>(column);
        cell.row_span = static_cast<std::uint16_t>(below - row + 1);
        cell.column_span = static_cast<std::uint16_t>(right - column + 1);
        grid.cells.push_back(cell);
      }
    }
  }

  bool is_open_below(const Grid& grid, const std::vector<bool>& taken, std::size_t row,
                     std::size_t from, std::size_t to) const {
    for (std::size_t c = from; c <= to; ++c) {
      if (taken[(row + 1) * grid.columns + c] || parted_below(row, c)) return false;
      if (c < to && parted_right(row + 1, c)) return false;
    }
    return true;
  }

  std::vector<Bar> level_;
  std::vector<Bar> upright_;
  std::vector<float> xs_;
  std::vector<float> ys_;
};

}  // namespace

std::vector<Grid> find_grids(const std::vector<Rule>& rules) {
  std::vector<Grid> grids;
  const std::vector<Bar> level = merged(rules, true);
  const std::vector<Bar> upright = merged(rules, false);
  if (level.size() < 2 || upright.empty()) return grids;
  if (level.size() > kMaxMerged || upright.size() > kMaxMerged) return grids;
  Nets nets(level.size() + upright.size());
  for (std::size_t i = 0; i < level.size(); ++i) {
    for (std::size_t k = 0; k < upright.size(); ++k) {
      if (touch(level[i], upright[k])) nets.join(i, level.size() + k);
    }
  }
  std::vector<std::vector<std::size_t>> members(level.size() + upright.size());
  for (std::size_t i = 0; i < members.size(); ++i) members[nets.root(i)].push_back(i);
  for (const auto& net : members) {
    if (net.size() < 4) continue;
    std::vector<Bar> of_level;
    std::vector<Bar> of_upright;
    for (const std::size_t i : net) {
      if (i < level.size()) {
        of_level.push_back(level[i]);
      } else {
        of_upright.push_back(upright[i - level.size()]);
      }
    }
    Grid grid;
    if (GridMaker(std::move(of_level), std::move(of_upright)).make(grid))
      grids.push_back(std::move(grid));
  }
  return grids;
}

}  // namespace sluice::pdf
