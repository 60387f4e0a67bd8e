// SPDX-License-Identifier: Apache-2.0
#include "gutters.hpp"

#include <algorithm>

namespace sluice::pdf {
namespace {

constexpr float kFar = 1e5F;
constexpr std::uint32_t kCharsOfCell = 40;  // "Savings before taxes, of both years": 35
constexpr std::uint32_t kCharsOfMark = 2;
constexpr std::size_t kMaxLive = 64;

struct Free {
  float x0;
  float x1;
  bool has_left;
  bool has_right;
  bool placed;  // an operator jumped over it
  bool text;    // behind a bullet, or before a long text
  bool marker;  // only a list marker before it, as the text runs
  bool number;  // only the number of a section before it
};

class Sweep {
 public:
  Sweep(const Segments& segments, float least, float wide)
      : segments_(segments), least_(least), wide_(wide) {}

  std::vector<Gutter> run(const std::vector<Row>& rows) {
    for (std::uint32_t r = 0; r < rows.size(); ++r) {
      find_free(rows[r]);
      step(r);
    }
    for (const Gutter& gutter : live_) {
      report(gutter, static_cast<std::uint32_t>(rows.size()) - 1);
    }
    return std::move(found_);
  }

 private:
  // An item of a list is text, whatever it is broken into.
  bool is_item(const Row& row) const {
    const Segment& first = segments_.all[row.segments.front()];
    return first.begins_item || first.is_marker || first.is_numbering ||
           (first.chars <= kCharsOfMark && !first.is_figure);
  }

  void find_free(const Row& row) {
    free_.clear();
    float from = -kFar;
    bool has_left = false;
    bool marker = false;
    bool number = false;
    const Segment* before = nullptr;
    const bool item = is_item(row);
    for (const std::uint32_t index : row.segments) {
      const Segment& segment = segments_.all[index];
      const bool behind = before != nullptr && before->backwards && segment.is_marker_behind &&
                          index == row.segments.back();
      // A comment belongs to the line of the algorithm that it stands behind.
      const bool is_remark = has_left && segment.is_comment;
      if (segment.box.x0 - from >= least_ && !is_remark) {
        free_.push_back({from, segment.box.x0, has_left, true, segment.placed,
                         item || segment.chars > kCharsOfCell, marker || behind, number});
      }
      marker = !has_left && segment.is_marker;
      number = !has_left && segment.is_numbering;
      has_left = true;
      from = std::max(from, segment.box.x1);
      before = &segment;
    }
    free_.push_back({from, kFar, has_left, false, false, false, marker, number});
  }

  void count(Gutter& gutter, const Free& free) const {
    gutter.left += free.has_left ? 1 : 0;
    gutter.right += free.has_right ? 1 : 0;
    gutter.both += free.has_left && free.has_right ? 1 : 0;
    if (free.has_left && free.has_right) {
      gutter.placed += free.placed ? 1 : 0;
      gutter.texts += free.text ? 1 : 0;
      gutter.apart += free.placed || free.x1 - free.x0 >= wide_ ? 1 : 0;
    }
    gutter.numbers += free.number && free.has_right ? 1 : 0;
    gutter.markers += free.marker && free.has_right ? 1 : 0;
  }

  void keep(const Gutter& gutter) {
    for (Gutter& other : next_) {
      const bool around = other.x0 <= gutter.x0 && other.x1 >= gutter.x1;
      if (around && other.first <= gutter.first) return;
    }
    if (next_.size() < kMaxLive) next_.push_back(gutter);
  }

  void step(std::uint32_t row) {
    next_.clear();
    for (const Gutter& gutter : live_) {
      bool whole = false;
      for (const Free& free : free_) {
        Gutter child = gutter;
        child.x0 = std::max(gutter.x0, free.x0);
        child.x1 = std::min(gutter.x1, free.x1);
        if (child.width() < least_) continue;
        whole = whole || child.width() >= gutter.width();
        count(child, free);
        keep(child);
      }
      if (!whole) report(gutter, row - 1);
    }
    for (const Free& free : free_) {
      Gutter born;
      born.x0 = free.x0;
      born.x1 = free.x1;
      born.first = row;
      count(born, free);
      keep(born);
    }
    live_.swap(next_);
    // The oldest first: they are the ones not to lose.
    std::stable_sort(live_.begin(), live_.end(),
                     [](const Gutter& a, const Gutter& b) { return a.first < b.first; });
  }

  void report(Gutter gutter, std::uint32_t last) {
    if (gutter.left < 2 || gutter.right < 2 || gutter.x0 <= -kFar || gutter.x1 >= kFar) return;
    gutter.last = last;
    if (found_.size() < 4096) found_.push_back(gutter);
  }

  const Segments& segments_;
  float least_;
  float wide_;
  std::vector<Free> free_;
  std::vector<Gutter> live_;
  std::vector<Gutter> next_;
  std::vector<Gutter> found_;
};

}  // namespace

std::vector<Row> rows_of(const Segments& segments, std::span<const std::uint32_t> chosen) {
  std::vector<Row> rows;
  std::uint32_t current = 0;
  for (const std::uint32_t index : chosen) {
    const Segment& segment = segments.all[index];
    if (rows.empty() || segment.cells_row != current) {
      rows.emplace_back();
      rows.back().y0 = segment.box.y0;
      rows.back().y1 = segment.box.y1;
      rows.back().baseline = segment.baseline;
      current = segment.cells_row;
    }
    rows.back().segments.push_back(index);
    rows.back().y0 = std::min(rows.back().y0, segment.box.y0);
    rows.back().y1 = std::max(rows.back().y1, segment.box.y1);
  }
  return rows;
}

std::vector<Gutter> find_gutters(const Segments& segments, const std::vector<Row>& rows,
                                 float least, float wide) {
  return Sweep(segments, least, wide).run(rows);
}

}  // namespace sluice::pdf
