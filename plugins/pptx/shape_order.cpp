// SPDX-License-Identifier: Apache-2.0
#include "pptx/shape_order.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace sluice::pptx {
namespace {

constexpr std::size_t kMostShapes = 100'000;  // of one group or slide

// A transform is in the shape's properties, but for frames and groups, which have it elsewhere.
pugi::xml_node transform_of(pugi::xml_node shape) {
  if (const auto xfrm = shape.child("p:xfrm")) return xfrm;
  if (const auto xfrm = shape.child("p:spPr").child("a:xfrm")) return xfrm;
  return shape.child("p:grpSpPr").child("a:xfrm");
}

std::optional<Box> own_box(pugi::xml_node shape) {
  const pugi::xml_node xfrm = transform_of(shape);
  const pugi::xml_node offset = xfrm.child("a:off");
  if (!offset) return std::nullopt;
  const pugi::xml_node extent = xfrm.child("a:ext");
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

std::optional<Box> box_of(pugi::xml_node shape, const Slide& slide) {
  if (const auto box = own_box(shape)) return box;
  for (const pugi::xml_node ancestor : ancestors_of(shape, slide)) {
    if (const auto box = own_box(ancestor)) return box;
  }
  return std::nullopt;
}

bool is_shape(pugi::xml_node node) {
  const std::string_view name = node.name();
  return name == "p:sp" || name == "p:pic" || name == "p:graphicFrame" || name == "p:grpSp" ||
         name == "p:cxnSp";
}

void collect(pugi::xml_node parent, const Slide& slide, std::vector<PlacedShape>& out, int depth) {
  constexpr int kMostNested = 8;  // alternatives within alternatives
  for (const pugi::xml_node node : parent.children()) {
    if (out.size() >= kMostShapes) return;
    if (named(node, "mc:AlternateContent") && depth < kMostNested) {
      constexpr std::array<std::string_view, 1> kUnderstood = {"a14"};
      if (const auto chosen = choose_alternate(node, kUnderstood)) {
        collect(chosen, slide, out, depth + 1);
      }
      continue;
    }
    if (!is_shape(node)) continue;
    // What says no place follows what was written before it.
    const Box before = out.empty() ? Box() : out.back().box;
    out.push_back({node, box_of(node, slide).value_or(before)});
  }
}

// Whether two shapes stand beside each other: one's middle is within the other's height.
bool beside(const Box& a, const Box& b) {
  const double overlap = std::min(a.top + a.height, b.top + b.height) - std::max(a.top, b.top);
  const double smaller = std::min(a.height, b.height);
  const double larger = std::max(a.height, b.height);
  // Tops on one line, or most of the smaller one beside a not much larger one.
  constexpr double kNear = 150'000;  // EMU: about 4 mm
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

// Recursive XY cut (G. Nagy, S. Seth 1984): bands from top to bottom, in each columns from left to
// right, in each bands again. What cannot be cut is sorted by rows.
void sort_for_reading(Shapes begin, Shapes end, int depth) {
  constexpr int kDeepest = 16;
  if (end - begin < 2) return;
  if (depth < kDeepest) {
    for (const Direction& along : {kDown, kAcross}) {
      const auto ends = cuts(begin, end, along);
      if (ends.size() < 2) continue;
      auto part = begin;
      for (const auto part_end : ends) {
        sort_for_reading(part, part_end, depth + 1);
        part = part_end;
      }
      return;
    }
  }
  sort_by_rows(begin, end);
}

}  // namespace

std::vector<PlacedShape> shapes_in_order(pugi::xml_node parent, const Slide& slide) {
  std::vector<PlacedShape> shapes;
  collect(parent, slide, shapes, 0);
  sort_for_reading(shapes.begin(), shapes.end(), 0);
  std::stable_partition(shapes.begin(), shapes.end(), [](const PlacedShape& shape) {
    return role_of(shape.node) == Role::kTitle;
  });
  return shapes;
}

}  // namespace sluice::pptx
