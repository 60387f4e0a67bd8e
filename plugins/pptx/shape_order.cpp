// SPDX-License-Identifier: Apache-2.0
#include "pptx/shape_order.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <sluice/blanks.hpp>
#include <string_view>

namespace sluice::pptx {
namespace {

constexpr std::size_t kMaxShapes = 100'000;  // of one group or slide
constexpr double kNear = 150'000;            // EMU: about 4 mm

// A transform is in the shape's properties, but for frames and groups, which have it elsewhere.
XmlNode transform_of(XmlNode shape) {
  if (const auto xfrm = shape.child("p:xfrm")) return xfrm;
  if (const auto xfrm = shape.child("p:spPr").child("a:xfrm")) return xfrm;
  return shape.child("p:grpSpPr").child("a:xfrm");
}

std::optional<Box> own_box(XmlNode shape) {
  const XmlNode xfrm = transform_of(shape);
  const XmlNode offset = xfrm.child("a:off");
  if (!offset) return std::nullopt;
  const XmlNode extent = xfrm.child("a:ext");
  Box box{offset.attribute("x").as_double(), offset.attribute("y").as_double(),
          extent.attribute("cx").as_double(), extent.attribute("cy").as_double()};
  // Turned by a quarter, what was wide is high, about the same centre.
  const int turn = xfrm.attribute("rot").as_int() / 60'000 % 180;
  if ((turn > 45 && turn < 135) || (turn < -45 && turn > -135)) {
    const double x = box.left + box.width / 2;
    const double y = box.top + box.height / 2;
    std::swap(box.width, box.height);
    box.left = x - box.width / 2;
    box.top = y - box.height / 2;
  }
  return box;
}

std::optional<Box> box_of(XmlNode shape, const Slide& slide) {
  if (const auto box = own_box(shape)) return box;
  for (const XmlNode ancestor : ancestors_of(shape, slide)) {
    if (const auto box = own_box(ancestor)) return box;
  }
  return std::nullopt;
}

bool is_shape(XmlNode node) {
  const std::string_view name = node.name();
  return name == "p:sp" || name == "p:pic" || name == "p:graphicFrame" || name == "p:grpSp" ||
         name == "p:cxnSp";
}

// Whether a shape is there to be seen only: lines, and shapes without a word. They say nothing, and
// as frames and backgrounds they lie across what does.
bool is_decoration(XmlNode node) {
  if (named(node, "p:cxnSp")) return true;
  return named(node, "p:sp") && is_blank(xml_text(node.child("p:txBody")));
}

void collect(XmlNode parent, const Slide& slide, std::vector<PlacedShape>& out, int depth) {
  constexpr int kMaxNested = 8;  // alternatives within alternatives
  for (const XmlNode node : parent.children()) {
    if (out.size() >= kMaxShapes) return;
    if (named(node, "mc:AlternateContent") && depth < kMaxNested) {
      constexpr std::array<std::string_view, 1> kUnderstood = {"a14"};
      if (const auto chosen = choose_alternate(node, kUnderstood)) {
        collect(chosen, slide, out, depth + 1);
      }
      continue;
    }
    if (!is_shape(node)) continue;
    // What says no place follows what was written before it.
    const Box before = out.empty() ? Box() : out.back().box;
    if (!is_decoration(node)) out.push_back({node, box_of(node, slide).value_or(before)});
  }
}

// Whether two shapes stand beside each other: one's middle is within the other's height.
bool beside(const Box& a, const Box& b) {
  const double overlap = std::min(a.top + a.height, b.top + b.height) - std::max(a.top, b.top);
  const double smaller = std::min(a.height, b.height);
  const double larger = std::max(a.height, b.height);
  // Tops on one line, or most of the smaller one beside a not much larger one.
  if (std::abs(a.top - b.top) < kNear) return true;
  return overlap > 0.6 * smaller && larger < 2.5 * smaller;
}

using Shapes = std::vector<PlacedShape>::iterator;

// From top to bottom, and from left to right where shapes stand beside the first of a row.
void sort_by_rows(Shapes begin, Shapes end) {
  std::stable_sort(
      begin, end, [](const PlacedShape& a, const PlacedShape& b) { return a.box.top < b.box.top; });
  for (auto row = begin; row != end;) {
    auto row_end = row + 1;
    while (row_end != end && beside(row->box, row_end->box)) ++row_end;
    std::stable_sort(row, row_end, [](const PlacedShape& a, const PlacedShape& b) {
      return a.box.left < b.box.left;
    });
    row = row_end;
  }
}

// One direction to cut in: where a box begins along it, and how far it reaches.
struct Direction {
  double Box::*begin;
  double Box::*size;
};

constexpr Direction kDown{&Box::top, &Box::height};
constexpr Direction kAcross{&Box::left, &Box::width};

// Sorts shapes along a direction and returns where lines can be drawn between them that cross none
// (but for a little: boxes are often larger than what is in them). The last is the end.
std::vector<Shapes> cuts(Shapes begin, Shapes end, const Direction& along) {
  constexpr double kOverlap = 0.1;
  std::stable_sort(begin, end, [&along](const PlacedShape& a, const PlacedShape& b) {
    return a.box.*along.begin < b.box.*along.begin;
  });
  std::vector<Shapes> found;
  double reach = begin->box.*along.begin + begin->box.*along.size;
  for (auto shape = begin + 1; shape != end; ++shape) {
    const double from = shape->box.*along.begin;
    const double size = shape->box.*along.size;
    if (from + kOverlap * size >= reach) found.push_back(shape);
    reach = std::max(reach, from + size);
  }
  found.push_back(end);
  return found;
}

using Parts = std::vector<std::pair<Shapes, Shapes>>;

Parts parts_between(Shapes begin, const std::vector<Shapes>& ends) {
  Parts parts;
  for (const auto end : ends) {
    parts.emplace_back(begin, end);
    begin = end;
  }
  return parts;
}

double extent(Shapes begin, Shapes end, const Direction& along) {
  double from = begin->box.*along.begin;
  double reach = from;
  for (auto shape = begin; shape != end; ++shape) {
    from = std::min(from, shape->box.*along.begin);
    reach = std::max(reach, shape->box.*along.begin + shape->box.*along.size);
  }
  return reach - from;
}

// Which of some adjacent bands stand in each of the columns that all of them have together: a row a
// column. Empty if they have none.
std::vector<std::vector<bool>> bands_of_columns(const Parts& bands, std::size_t first,
                                                std::size_t last) {
  std::vector<PlacedShape> shapes(bands[first].first, bands[last].second);
  const auto columns = parts_between(shapes.begin(), cuts(shapes.begin(), shapes.end(), kAcross));
  if (columns.size() < 2) return {};
  std::vector<std::vector<bool>> found;
  for (const auto& [begin, end] : columns) {
    std::vector<bool>& in_column = found.emplace_back(last - first + 1);
    for (auto shape = begin; shape != end; ++shape) {
      for (std::size_t band = first; band <= last; ++band) {
        const auto at =
            std::find_if(bands[band].first, bands[band].second,
                         [&shape](const PlacedShape& other) { return other.node == shape->node; });
        if (at != bands[band].second) in_column[band - first] = true;
      }
    }
  }
  return found;
}

// Whether two bands are read column by column: the first is lower, and close over each column of
// the second, as headings are in comparisons and rows of cards.
bool are_headed_columns(const Parts& bands, std::size_t first) {
  const auto& [begin, middle] = bands[first];
  const auto end = bands[first + 1].second;
  constexpr double kLow = 0.85;  // of the height of what it heads
  const double height = extent(begin, middle, kDown);
  const double body = extent(middle, end, kDown);
  const double gap = extent(begin, end, kDown) - height - body;
  if (height > kLow * body || gap > height / 2) return false;
  const auto columns = bands_of_columns(bands, first, first + 1);
  return !columns.empty() && std::all_of(columns.begin(), columns.end(),
                                         [](const auto& column) { return column[0] && column[1]; });
}

// Whether bands are columns that stand at different heights, as along a line of time: at least
// three of as many bands each, none of them in two places, and no band in all of them. Columns of
// one band need a second one beside them, or they may as well be a heading.
bool are_staggered(const Parts& bands, std::size_t first, std::size_t last) {
  const auto columns = bands_of_columns(bands, first, last);
  if (columns.size() < 3) return false;
  const auto bands_in = [](const std::vector<bool>& column) {
    return std::count(column.begin(), column.end(), true);
  };
  const auto each = bands_in(columns[0]);
  for (const auto& column : columns) {
    const auto from = std::find(column.begin(), column.end(), true);
    if (bands_in(column) != each || std::count(from, from + each, true) != each) return false;
  }
  for (std::size_t band = 0; band <= last - first; ++band) {
    const auto in_band = std::count_if(columns.begin(), columns.end(),
                                       [band](const auto& column) { return column[band]; });
    if (in_band == std::ssize(columns) || (each == 1 && in_band < 2)) return false;
  }
  return true;
}

// Bands as they are read: those that are columns together are one.
Parts joined_bands(const Parts& bands) {
  constexpr std::size_t kMaxBands = 24;     // beyond, it is no slide that a person made
  constexpr std::size_t kMaxOfBands = 100;  // shapes
  if (bands.size() > kMaxBands ||
      static_cast<std::size_t>(bands.back().second - bands.front().first) > kMaxOfBands) {
    return bands;
  }
  Parts joined;
  for (std::size_t band = 0; band < bands.size(); ++band) {
    std::size_t last = bands.size() - 1;
    while (last > band && !are_staggered(bands, band, last)) --last;
    if (last == band && band + 1 < bands.size() && are_headed_columns(bands, band)) ++last;
    joined.emplace_back(bands[band].first, bands[last].second);
    band = last;
  }
  return joined;
}

// Puts what a narrow column labels behind each label, in place of two columns beside each other:
// numbers or pictures, with what they stand for to the right of each. Returns whether it did.
bool join_labels(Shapes begin, Shapes middle, Shapes end) {
  if (middle - begin < 2 || 2 * extent(begin, middle, kAcross) > extent(middle, end, kAcross)) {
    return false;
  }
  const auto by_top = [](const PlacedShape& a, const PlacedShape& b) {
    return a.box.top < b.box.top;
  };
  std::stable_sort(begin, middle, by_top);
  std::stable_sort(middle, end, by_top);
  std::vector<PlacedShape> joined;
  auto content = middle;
  for (auto label = begin; label != middle; ++label) {
    const auto next = label + 1;
    joined.push_back(*label);
    const auto first = content;
    for (; content != end && (next == middle || content->box.top < next->box.top - kNear);
         ++content) {
      joined.push_back(*content);
      const double reach = content->box.top + 0.9 * content->box.height;
      if (next != middle && reach > next->box.top) return false;
    }
    if (first == content || std::abs(first->box.top - label->box.top) > kNear) return false;
  }
  std::move(joined.begin(), joined.end(), begin);
  return true;
}

// Recursive XY cut (G. Nagy, S. Seth 1984): bands from top to bottom, in each columns from left to
// right, in each bands again; but for bands that are columns together, and columns whose shapes are
// labels of what is beside them. What cannot be cut is sorted by rows.
void sort_for_reading(Shapes begin, Shapes end, int depth) {
  constexpr int kMaxDepth = 16;
  if (end - begin < 2) return;
  if (depth < kMaxDepth) {
    const Parts bands = joined_bands(parts_between(begin, cuts(begin, end, kDown)));
    if (bands.size() > 1) {
      for (const auto& [from, to] : bands) sort_for_reading(from, to, depth + 1);
      return;
    }
    const Parts columns = parts_between(begin, cuts(begin, end, kAcross));
    if (columns.size() > 1) {
      for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto& [from, to] = columns[i];
        if (i + 1 < columns.size() && join_labels(from, to, columns[i + 1].second)) {
          ++i;
        } else {
          sort_for_reading(from, to, depth + 1);
        }
      }
      return;
    }
  }
  sort_by_rows(begin, end);
}

}  // namespace

std::vector<PlacedShape> shapes_in_order(XmlNode parent, const Slide& slide) {
  std::vector<PlacedShape> shapes;
  collect(parent, slide, shapes, 0);
  sort_for_reading(shapes.begin(), shapes.end(), 0);
  std::stable_partition(shapes.begin(), shapes.end(), [](const PlacedShape& shape) {
    return role_of(shape.node) == Role::kTitle;
  });
  return shapes;
}

}  // namespace sluice::pptx
