// SPDX-License-Identifier: Apache-2.0
#include "content.hpp"

namespace sluice::pdf {

Box Direction::from_page(const Box& box) const {
  const auto x = [this](float px, float py) { return px * cosine + py * sine; };
  const auto y = [this](float px, float py) { return py * cosine - px * sine; };
  return box_of(x(box.x0, box.y0), y(box.x0, box.y0), x(box.x1, box.y1), y(box.x1, box.y1));
}

Box Direction::to_page(const Box& box) const {
  const auto x = [this](float dx, float dy) { return dx * cosine - dy * sine; };
  const auto y = [this](float dx, float dy) { return dx * sine + dy * cosine; };
  return box_of(x(box.x0, box.y0), y(box.x0, box.y0), x(box.x1, box.y1), y(box.x1, box.y1));
}

Direction quarter_direction(int quarters) {
  constexpr float kCosines[] = {1, 0, -1, 0};
  Direction direction;
  direction.degrees = 90 * quarters;
  direction.cosine = kCosines[quarters % 4];
  direction.sine = kCosines[(quarters + 3) % 4];
  return direction;
}

std::uint8_t direction_index(int quarters, std::vector<Direction>& directions) {
  std::size_t index = 0;
  while (index < directions.size() && directions[index].degrees != 90 * quarters) ++index;
  if (index == directions.size()) directions.push_back(quarter_direction(quarters));
  return static_cast<std::uint8_t>(index);
}

void PageContent::clear() {
  text.clear();
  words.clear();
  directions.clear();
  rules.clear();
  slants.clear();
  links.clear();
  images.clear();
  marks.clear();
  outside.clear();
  images_left_out = 0;
  images_waiting = 0;
  lost_glyphs = 0;
  is_unreadable = false;
  right_to_left = false;
  cut_off = false;
}

}  // namespace sluice::pdf
