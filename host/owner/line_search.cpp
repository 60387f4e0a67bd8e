#include "owner/line_search.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <optional>

namespace sluice::owner::diff {
namespace {

// git's bounds; another value finds other changes.
constexpr Index kLongMatch = 20;  // so many equal lines in a row are a good place to split
constexpr Index kGoodCost = 256;  // from this many differences on, a good place is enough
constexpr Index kGoodFactor = 4;
constexpr Index kMinMaxCost = 256;  // from sqrt(lines), at least this, any place is enough

// A part of both texts, by the numbers of their kept lines.
struct Box {
  Index before_begin = 0, before_end = 0;
  Index after_begin = 0, after_end = 0;
  bool needs_shortest = false;
};

// Where a box is split in two, and which half is still to be searched for the shortest way.
struct Split {
  Index before = 0;
  Index after = 0;
  bool first_needs_shortest = true;
  bool second_needs_shortest = true;
};

// How far the ways from one corner have come on each diagonal (before - after). It has room for all
// of them, and one more at either end.
class Reach {
 public:
  explicit Reach(Index before, Index after)
      : first_(-(after + 1)), furthest_(static_cast<std::size_t>(before + after + 3)) {}
  Index& operator[](Index diagonal) {
    return furthest_[static_cast<std::size_t>(diagonal - first_)];
  }

 private:
  Index first_;
  std::vector<Index> furthest_;
};

// The diagonals that the ways of so many differences have reached: every second one.
struct Diagonals {
  Index low = 0, high = 0;
};

class Search {
 public:
  Search(Side& before, Side& after)
      : before_(before),
        after_(after),
        a_(before.kept_classes),
        b_(after.kept_classes),
        forward_(size_of(a_), size_of(b_)),
        backward_(size_of(a_), size_of(b_)),
        max_cost_(std::max(kMinMaxCost, rough_root(size_of(a_) + size_of(b_) + 3))) {}

  void run() {
    std::vector<Box> boxes = {{0, size_of(a_), 0, size_of(b_), false}};
    while (!boxes.empty()) {
      Box box = boxes.back();
      boxes.pop_back();
      shrink(box);
      if (box.before_begin == box.before_end || box.after_begin == box.after_end) {
        mark(box);
        continue;
      }
      const Split split = find_split(box);
      boxes.push_back(
          {split.before, box.before_end, split.after, box.after_end, split.second_needs_shortest});
      boxes.push_back({box.before_begin, split.before, box.after_begin, split.after,
                       split.first_needs_shortest});
    }
  }

 private:
  static Index size_of(const std::vector<Index>& lines) { return static_cast<Index>(lines.size()); }
  bool same(Index in_before, Index in_after) const {
    return a_[static_cast<std::size_t>(in_before)] == b_[static_cast<std::size_t>(in_after)];
  }
  void shrink(Box& box) const;
  void mark(const Box& box);
  Split find_split(const Box& box);
  std::optional<Split> step_forward(const Box& box, bool meets);
  std::optional<Split> step_backward(const Box& box, bool meets);
  std::optional<Split> good_split(const Box& box, Index cost);
  Split furthest_split(const Box& box);

  Side& before_;
  Side& after_;
  const std::vector<Index>& a_;
  const std::vector<Index>& b_;
  Reach forward_;
  Reach backward_;
  const Index max_cost_;
  // Of the split that is being looked for:
  Diagonals ahead_;
  Diagonals behind_;
  bool has_long_match_ = false;
};

void Search::shrink(Box& box) const {
  while (box.before_begin < box.before_end && box.after_begin < box.after_end &&
         same(box.before_begin, box.after_begin)) {
    ++box.before_begin;
    ++box.after_begin;
  }
  while (box.before_begin < box.before_end && box.after_begin < box.after_end &&
         same(box.before_end - 1, box.after_end - 1)) {
    --box.before_end;
    --box.after_end;
  }
}

// One side of the box is empty: all that the other holds has changed.
void Search::mark(const Box& box) {
  for (Index i = box.before_begin; i < box.before_end; ++i) {
    before_.changed(before_.kept[static_cast<std::size_t>(i)]) = 1;
  }
  for (Index i = box.after_begin; i < box.after_end; ++i) {
    after_.changed(after_.kept[static_cast<std::size_t>(i)]) = 1;
  }
}

// One more diagonal at either end, or one less where the box ends. The one beyond is out of reach.
void widen(Diagonals& reached, const Box& box, Reach& reach, Index unreached) {
  const Index lowest = box.before_begin - box.after_end;
  const Index highest = box.before_end - box.after_begin;
  if (reached.low > lowest) {
    reach[--reached.low - 1] = unreached;
  } else {
    ++reached.low;
  }
  if (reached.high < highest) {
    reach[++reached.high + 1] = unreached;
  } else {
    --reached.high;
  }
}

std::optional<Split> Search::step_forward(const Box& box, bool meets) {
  widen(ahead_, box, forward_, -1);
  for (Index d = ahead_.high; d >= ahead_.low; d -= 2) {
    Index i = std::max(forward_[d - 1] + 1, forward_[d + 1]);
    const Index begin = i;
    while (i < box.before_end && i - d < box.after_end && same(i, i - d)) ++i;
    if (i - begin > kLongMatch) has_long_match_ = true;
    forward_[d] = i;
    if (meets && behind_.low <= d && d <= behind_.high && backward_[d] <= i) {
      return Split{i, i - d, true, true};
    }
  }
  return std::nullopt;
}

std::optional<Split> Search::step_backward(const Box& box, bool meets) {
  widen(behind_, box, backward_, std::numeric_limits<Index>::max());
  for (Index d = behind_.high; d >= behind_.low; d -= 2) {
    Index i = std::min(backward_[d - 1], backward_[d + 1] - 1);
    const Index end = i;
    while (i > box.before_begin && i - d > box.after_begin && same(i - 1, i - d - 1)) --i;
    if (end - i > kLongMatch) has_long_match_ = true;
    backward_[d] = i;
    if (meets && ahead_.low <= d && d <= ahead_.high && i <= forward_[d]) {
      return Split{i, i - d, true, true};
    }
  }
  return std::nullopt;
}

// Both ways at once, one difference more in each turn, until they meet or it has cost enough.
Split Search::find_split(const Box& box) {
  const Index first = box.before_begin - box.after_begin;
  const Index last = box.before_end - box.after_end;
  const bool is_odd = ((first - last) & 1) != 0;
  ahead_ = {first, first};
  behind_ = {last, last};
  forward_[first] = box.before_begin;
  backward_[last] = box.before_end;
  for (Index cost = 1;; ++cost) {
    has_long_match_ = false;
    if (const auto split = step_forward(box, is_odd)) return *split;
    if (const auto split = step_backward(box, !is_odd)) return *split;
    if (box.needs_shortest) continue;
    if (has_long_match_ && cost > kGoodCost) {
      if (const auto split = good_split(box, cost)) return *split;
    }
    if (cost >= max_cost_) return furthest_split(box);
  }
}

// A way that has come much further than its differences cost, and ends with many equal lines.
std::optional<Split> Search::good_split(const Box& box, Index cost) {
  std::optional<Split> best;
  Index best_value = 0;
  const auto all_same = [this](Index i, Index j) {
    for (Index k = 0; k < kLongMatch; ++k) {
      if (!same(i + k, j + k)) return false;
    }
    return true;
  };
  const Index first = box.before_begin - box.after_begin;
  for (Index d = ahead_.high; d >= ahead_.low; d -= 2) {
    const Index i = forward_[d];
    const Index j = i - d;
    const Index value = (i - box.before_begin) + (j - box.after_begin) - std::abs(d - first);
    const bool is_inside = box.before_begin + kLongMatch <= i && i < box.before_end &&
                           box.after_begin + kLongMatch <= j && j < box.after_end;
    if (value <= kGoodFactor * cost || value <= best_value || !is_inside) continue;
    if (!all_same(i - kLongMatch, j - kLongMatch)) continue;
    best_value = value;
    best = Split{i, j, true, false};
  }
  if (best) return best;
  const Index last = box.before_end - box.after_end;
  for (Index d = behind_.high; d >= behind_.low; d -= 2) {
    const Index i = backward_[d];
    const Index j = i - d;
    const Index value = (box.before_end - i) + (box.after_end - j) - std::abs(d - last);
    const bool is_inside = box.before_begin < i && i <= box.before_end - kLongMatch &&
                           box.after_begin < j && j <= box.after_end - kLongMatch;
    if (value <= kGoodFactor * cost || value <= best_value || !is_inside) continue;
    if (!all_same(i, j)) continue;
    best_value = value;
    best = Split{i, j, false, true};
  }
  return best;
}

// The end of the way that has come furthest.
Split Search::furthest_split(const Box& box) {
  Index furthest = -1;
  Index furthest_before = -1;
  for (Index d = ahead_.high; d >= ahead_.low; d -= 2) {
    Index i = std::min(forward_[d], box.before_end);
    if (i - d > box.after_end) i = box.after_end + d;
    if (furthest < i + (i - d)) {
      furthest = i + (i - d);
      furthest_before = i;
    }
  }
  Index nearest = std::numeric_limits<Index>::max();
  Index nearest_before = nearest;
  for (Index d = behind_.high; d >= behind_.low; d -= 2) {
    Index i = std::max(box.before_begin, backward_[d]);
    if (i - d < box.after_begin) i = box.after_begin + d;
    if (i + (i - d) < nearest) {
      nearest = i + (i - d);
      nearest_before = i;
    }
  }
  const Index left_behind = (box.before_end + box.after_end) - nearest;
  const Index left_ahead = furthest - (box.before_begin + box.after_begin);
  if (left_behind < left_ahead) {
    return {furthest_before, furthest - furthest_before, true, false};
  }
  return {nearest_before, nearest - nearest_before, false, true};
}

}  // namespace

// A power of two near the square root.
Index rough_root(Index number) {
  Index root = 1;
  for (; number > 0; number /= 4) root *= 2;
  return root;
}

void mark_changes(Side& before, Side& after) {
  Search(before, after).run();
}

}  // namespace sluice::owner::diff
