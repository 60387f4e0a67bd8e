// SPDX-License-Identifier: Apache-2.0
#include "drawings.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "../shared_measures.hpp"

namespace sluice::pdf {
namespace {

constexpr float kCell = 4;                 // points; lines as near as that hang together
constexpr int kMaxCells = 500;             // along each side of the page
constexpr std::uint32_t kLeastSlants = 4;  // two arrows; a tick or a cross has two
constexpr float kLeastWidth = 60,
                kLeastHeight = 24;   // points: a row of boxes; signs and logos are smaller
constexpr float kMostOfPage = 0.8F;  // of its area: a border, not a frame
constexpr std::uint32_t kCharsOfLabel = 45;
constexpr std::uint32_t kMeanOfLabels = 20;
constexpr std::size_t kCellsOfRow = 3, kRowsOfTable = 6;
constexpr std::size_t kMaxSegments = 3'000;  // of a drawing: each is compared with those above
constexpr float kBesideLabel = 0.3F;         // of the narrower one: below it, and not beside

// The page in squares, those with a line in them in nets of neighbours.
class Squares {
 public:
  explicit Squares(const PageContent& page)
      : side_(std::max({kCell, page.width / kMaxCells, page.height / kMaxCells})),
        columns_(std::clamp(static_cast<int>(page.width / side_) + 1, 1, kMaxCells + 1)),
        rows_(std::clamp(static_cast<int>(page.height / side_) + 1, 1, kMaxCells + 1)),
        net_(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_), kNoLine) {}

  template <typename Line>
  void mark(const Line& line) {
    const float length = std::max(std::abs(line.x1 - line.x0), std::abs(line.y1 - line.y0));
    const int steps = std::clamp(static_cast<int>(length / side_) + 1, 1, 2 * kMaxCells);
    for (int i = 0; i <= steps; ++i) {
      const float part = static_cast<float>(i) / static_cast<float>(steps);
      net_[at(line.x0 + (line.x1 - line.x0) * part, line.y0 + (line.y1 - line.y0) * part)] = kLine;
    }
  }

  // Gives neighbours one number; returns how many there are.
  std::int32_t number_nets() {
    std::int32_t count = 0;
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < net_.size(); ++i) {
      if (net_[i] != kLine) continue;
      open.push_back(i);
      net_[i] = count;
      while (!open.empty()) {
        const std::size_t square = open.back();
        open.pop_back();
        spread(square, count, open);
      }
      ++count;
    }
    return count;
  }

  template <typename Line>
  std::int32_t net_of(const Line& line) const {
    return net_[at(line.x0, line.y0)];
  }

 private:
  static constexpr std::int32_t kNoLine = -1, kLine = -2;

  std::size_t at(float x, float y) const {
    const int column = std::clamp(static_cast<int>(x / side_), 0, columns_ - 1);
    const int row = std::clamp(static_cast<int>(y / side_), 0, rows_ - 1);
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) +
           static_cast<std::size_t>(column);
  }

  void spread(std::size_t square, std::int32_t number, std::vector<std::size_t>& open) {
    const int row = static_cast<int>(square) / columns_;
    const int column = static_cast<int>(square) % columns_;
    for (int y = std::max(0, row - 1); y <= std::min(rows_ - 1, row + 1); ++y) {
      for (int x = std::max(0, column - 1); x <= std::min(columns_ - 1, column + 1); ++x) {
        const auto next = static_cast<std::size_t>(y) * static_cast<std::size_t>(columns_) +
                          static_cast<std::size_t>(x);
        if (net_[next] != kLine) continue;
        net_[next] = number;
        open.push_back(next);
      }
    }
  }

  float side_;
  int columns_;
  int rows_;
  std::vector<std::int32_t> net_;
};

struct Net {
  Box box;
  std::uint32_t lines = 0;
  std::uint32_t slants = 0;
};

bool holds(const Box& box, const Box& inner) {
  return inner.x0 >= box.x0 - kCell && inner.x1 <= box.x1 + kCell && inner.y0 >= box.y0 - kCell &&
         inner.y1 <= box.y1 + kCell;
}

bool overlap(const Box& a, const Box& b) {
  return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
}

std::vector<Net> find_nets(const PageContent& page) {
  Squares squares(page);
  for (const Rule& rule : page.rules) squares.mark(rule);
  for (const Slant& slant : page.slants) squares.mark(slant);
  std::vector<Net> nets(static_cast<std::size_t>(squares.number_nets()));
  const auto add = [&](const auto& line, bool is_slanted) {
    Net& net = nets[static_cast<std::size_t>(squares.net_of(line))];
    const Box box = box_of(line.x0, line.y0, line.x1, line.y1);
    if (net.lines++ == 0) net.box = box;
    net.box.add(box);
    net.slants += is_slanted ? 1 : 0;
  };
  for (const Rule& rule : page.rules) add(rule, false);
  for (const Slant& slant : page.slants) add(slant, true);
  return nets;
}

// Parts that overlap are one.
void join(std::vector<Box>& boxes) {
  for (std::size_t i = 0; i < boxes.size();) {
    const auto other = std::find_if(boxes.begin() + static_cast<std::ptrdiff_t>(i) + 1, boxes.end(),
                                    [&](const Box& box) { return overlap(box, boxes[i]); });
    if (other == boxes.end()) {
      ++i;
      continue;
    }
    boxes[i].add(*other);
    boxes.erase(other);
    i = 0;
  }
}

// Row after row of several pieces: a table with some signs drawn in it.
bool are_rows_of_cells(const Segments& segments) {
  std::size_t rows = 0;
  std::size_t rows_of_cells = 0;
  std::size_t cells = 0;
  for (std::size_t i = 0; i < segments.all.size(); ++i) {
    if (i == 0 || segments.all[i].row != segments.all[i - 1].row) {
      ++rows;
      cells = 0;
    }
    rows_of_cells += ++cells == kCellsOfRow ? 1 : 0;
  }
  return rows_of_cells >= kRowsOfTable && rows_of_cells * 2 > rows;
}

}  // namespace

std::vector<Box> find_drawings(const PageContent& page) {
  constexpr std::size_t kMaxDrawings = 200;
  if (page.slants.size() < kLeastSlants) return {};
  const std::vector<Net> nets = find_nets(page);
  std::vector<Box> drawings;
  for (const Net& net : nets) {
    if (net.slants < kLeastSlants || net.box.width() < kLeastWidth ||
        net.box.height() < kLeastHeight || drawings.size() == kMaxDrawings) {
      continue;
    }
    drawings.push_back(net.box);
  }
  join(drawings);
  // The frame around a drawing has labels at its inner edges.
  const float most = kMostOfPage * page.width * page.height;
  for (Box& drawing : drawings) {
    for (const Net& net : nets) {
      if (net.slants == 0 && net.lines >= 4 && net.box.area() < most && holds(net.box, drawing))
        drawing = net.box;
    }
  }
  join(drawings);
  return drawings;
}

bool are_labels(const Segments& segments) {
  if (segments.all.size() < 2 || segments.all.size() > kMaxSegments) return false;
  std::size_t chars = 0;
  for (const Segment& segment : segments.all) {
    if (segment.chars > kCharsOfLabel) return false;
    chars += segment.chars;
  }
  return chars <= kMeanOfLabels * segments.all.size() && !are_rows_of_cells(segments);
}

std::vector<DrawnLabel> labels_of(const Segments& segments) {
  std::vector<DrawnLabel> labels;
  std::vector<bool> taken(segments.all.size(), false);
  std::uint32_t row = UINT32_MAX;
  for (std::uint32_t i = 0; i < segments.all.size(); ++i) {
    if (taken[i]) continue;
    DrawnLabel label;
    label.segments.push_back(i);
    label.begins_row = segments.all[i].row != row;
    row = segments.all[i].row;
    const Segment* last = &segments.all[i];
    for (std::uint32_t k = i + 1; k < segments.all.size(); ++k) {
      const Segment& next = segments.all[k];
      const float step = next.baseline - last->baseline;
      if (step > kNextLine * last->size) break;
      const float narrower = std::min(next.box.width(), last->box.width());
      if (taken[k] || next.row == last->row || next.is_figure || last->is_figure ||
          next.box.overlap_x(last->box) < kBesideLabel * narrower) {
        continue;
      }
      taken[k] = true;
      label.segments.push_back(k);
      last = &next;
    }
    labels.push_back(std::move(label));
  }
  return labels;
}

}  // namespace sluice::pdf
