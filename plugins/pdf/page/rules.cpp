// SPDX-License-Identifier: Apache-2.0
#include "rules.hpp"

#include <GfxState.h>

#include <algorithm>
#include <cmath>

#include "../shared_measures.hpp"

namespace sluice::pdf {
namespace {

constexpr std::uint32_t kMaxExamined = 200'000;  // segments of a page
constexpr std::size_t kMaxRules = 20'000;
constexpr std::size_t kMaxSlants = 5'000;
constexpr float kArrowHead = 15;  // points, each side
constexpr float kThin = 3;        // a filled box that is a line
constexpr float kShortest = 4;
constexpr float kSameEdge = 0.1F;
constexpr float kBackground = 0.6F;  // of the page: a fill as large has nothing beside it to part

bool is_white(const GfxRGB& rgb) {
  constexpr int kNearly = gfxColorComp1 * 99 / 100;
  return rgb.r >= kNearly && rgb.g >= kNearly && rgb.b >= kNearly;
}

std::uint32_t color_of(const GfxRGB& rgb) {
  return static_cast<std::uint32_t>(colToByte(rgb.r)) << 16U |
         static_cast<std::uint32_t>(colToByte(rgb.g)) << 8U | colToByte(rgb.b);
}

}  // namespace

void RuleCollector::start_page() {
  examined_ = 0;
  fills_ = 0;
}

// Not if it lies within a box of its own colour: Word fills a cell, and then each line of its text.
bool RuleCollector::is_seen(const Box& box, std::uint32_t color) {
  const std::size_t known = std::min(fills_, filled_.size());
  const bool is_hidden =
      std::any_of(filled_.begin(), filled_.begin() + static_cast<std::ptrdiff_t>(known),
                  [&](const Filled& other) {
                    return other.color == color && other.box.x0 <= box.x0 + kSameEdge &&
                           other.box.y0 <= box.y0 + kSameEdge &&
                           other.box.x1 >= box.x1 - kSameEdge && other.box.y1 >= box.y1 - kSameEdge;
                  });
  if (!is_hidden) filled_[fills_++ % filled_.size()] = {box, color};
  return !is_hidden;
}

bool RuleCollector::may_go_on() {
  return ++examined_ <= kMaxExamined && page_.rules.size() < kMaxRules;
}

void RuleCollector::add(double x0, double y0, double x1, double y1) {
  const double wide = std::abs(x1 - x0);
  const double high = std::abs(y1 - y0);
  if (!std::isfinite(wide) || !std::isfinite(high)) return;
  if (wide > kStraight && high > kStraight) return add_slant(x0, y0, x1, y1);
  if (wide < kShortest && high < kShortest) return;
  Box box = box_of(x0, y0, x1, y1);
  box = {std::max(box.x0, clip_.x0), std::max(box.y0, clip_.y0), std::min(box.x1, clip_.x1),
         std::min(box.y1, clip_.y1)};
  if (box.x0 > box.x1 || box.y0 > box.y1) return;
  page_.rules.push_back({box.x0, box.y0, box.x1, box.y1, wide > high});
}

void RuleCollector::add_slant(double x0, double y0, double x1, double y1) {
  if (page_.slants.size() >= kMaxSlants || std::hypot(x1 - x0, y1 - y0) < kShortest) return;
  const Box box = box_of(x0, y0, x1, y1);
  if (!clip_.holds(box.x0, box.y0) || !clip_.holds(box.x1, box.y1)) return;
  page_.slants.push_back({static_cast<float>(x0), static_cast<float>(y0), static_cast<float>(x1),
                          static_cast<float>(y1)});
}

void RuleCollector::add_edges(const Box& box) {
  add(box.x0, box.y0, box.x1, box.y0);
  add(box.x0, box.y1, box.x1, box.y1);
  add(box.x0, box.y0, box.x0, box.y1);
  add(box.x1, box.y0, box.x1, box.y1);
}

// A browser prints the borders of a cell that goes on over pages in whole, behind a clip. The
// clip's edge may cut half of a line's width off.
void RuleCollector::note_clip(const GfxState& state) {
  double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  state.getClipBBox(&x0, &y0, &x1, &y1);
  const Box clip = box_of(x0, y0, x1, y1);
  clip_ = {std::max(clip.x0 - kThin, 0.0F), std::max(clip.y0 - kThin, 0.0F),
           std::min(clip.x1 + kThin, page_.width), std::min(clip.y1 + kThin, page_.height)};
}

void RuleCollector::stroke(const GfxState& state) {
  note_clip(state);
  const GfxPath* path = state.getPath();
  for (int i = 0; i < path->getNumSubpaths(); ++i) {
    const GfxSubpath* part = path->getSubpath(i);
    double x = 0, y = 0;
    state.transform(part->getX(0), part->getY(0), &x, &y);
    for (int point = 1; point < part->getNumPoints(); ++point) {
      if (!may_go_on()) return;
      double to_x = 0, to_y = 0;
      state.transform(part->getX(point), part->getY(point), &to_x, &to_y);
      if (!part->getCurve(point) && !part->getCurve(point - 1)) add(x, y, to_x, to_y);
      x = to_x;
      y = to_y;
    }
  }
}

void RuleCollector::fill(const GfxState& state) {
  note_clip(state);
  const GfxPath* path = state.getPath();
  GfxRGB rgb;
  state.getFillRGB(&rgb);
  for (int i = 0; i < path->getNumSubpaths(); ++i) {
    if (!may_go_on()) return;
    const GfxSubpath* part = path->getSubpath(i);
    const int points = part->getNumPoints();
    if (points < 3 || points > 6) continue;
    double x = 0, y = 0;
    state.transform(part->getX(0), part->getY(0), &x, &y);
    Box box = box_of(x, y, x, y);
    double last_x = x, last_y = y;
    bool is_box = points >= 4;
    bool is_straight = true;
    for (int point = 1; point < points && is_straight; ++point) {
      state.transform(part->getX(point), part->getY(point), &x, &y);
      is_straight = !part->getCurve(point) && std::isfinite(x) && std::isfinite(y);
      is_box = is_box && is_straight &&
               (std::abs(x - last_x) < kStraight || std::abs(y - last_y) < kStraight);
      box.add(box_of(x, y, x, y));
      last_x = x;
      last_y = y;
    }
    if (!is_box) {
      const bool is_head = is_straight && points <= 5 && box.width() < kArrowHead &&
                           box.height() < kArrowHead && !is_white(rgb);
      if (is_head) add_slant(box.x0, box.y0, box.x1, box.y1);
      continue;
    }
    if (box.height() <= kThin && box.width() > kThin) {
      add(box.x0, box.center_y(), box.x1, box.center_y());
    } else if (box.width() <= kThin) {
      add(box.center_x(), box.y0, box.center_x(), box.y1);
    } else if (box.area() < kBackground * page_.width * page_.height && !is_white(rgb) &&
               is_seen(box, color_of(rgb))) {
      add_edges(box);
    }
  }
}

}  // namespace sluice::pdf
