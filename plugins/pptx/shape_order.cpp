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

}  // namespace

std::vector<PlacedShape> shapes_in_order(pugi::xml_node parent, const Slide& slide) {
  std::vector<PlacedShape> shapes;
  collect(parent, slide, shapes, 0);
  std::stable_sort(shapes.begin(), shapes.end(), [](const PlacedShape& a, const PlacedShape& b) {
    return a.box.top < b.box.top;
  });
  // Rows: what stands beside the row's first shape.
  for (auto row = shapes.begin(); row != shapes.end();) {
    auto end = row + 1;
    while (end != shapes.end() && beside(row->box, end->box)) ++end;
    std::stable_sort(row, end, [](const PlacedShape& a, const PlacedShape& b) {
      return a.box.left < b.box.left;
    });
    row = end;
  }
  std::stable_partition(shapes.begin(), shapes.end(), [](const PlacedShape& shape) {
    return role_of(shape.node) == Role::kTitle;
  });
  return shapes;
}

}  // namespace sluice::pptx
