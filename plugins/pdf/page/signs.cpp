// SPDX-License-Identifier: Apache-2.0
#include "signs.hpp"

#include <GfxState.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>
#include <tuple>

#include "../shared_measures.hpp"

namespace sluice::pdf {
namespace {

constexpr std::size_t kMaxShapes = 4'000;  // of a page; a map or a plot has more, and no signs
constexpr int kMaxPoints = 64;             // of one shape
constexpr float kSmallest = 1.2F, kLargest = 24;  // points, each side
// Sides of a bullet and of a box, in sizes of the text beside them. Bullets of LibreOffice, Word
// and TeX measure .2 to .6, boxes of forms .6 to 1.6.
constexpr float kSmallestBullet = 0.12F, kLargestBullet = 0.75F;
constexpr float kSmallestBox = 0.55F, kLargestBox = 1.9F;
// How far from its text a sign may stand, in the same sizes.
constexpr float kBulletReach = 2.5F, kBoxReach = 2.5F;
// A word that ends nearer than this before a small disc is in one line with it: a dot, no bullet.
constexpr float kClearBefore = 1.5F;

constexpr float kGapToText = 0.4F;      // of a sign that becomes a word, at most
constexpr float kSquare = 0.75F;        // of the longer side, at least
constexpr float kFrameAndColor = 0.9F;  // of a shape around another: both are a key of a legend
constexpr float kStrokeOfShape = 1.5F;  // points around a shape: half of its stroke lies outside
constexpr float kLeastTick = 0.35F;     // of the box's side; shorter lines are dirt, or its corners
constexpr float kBelowSign = 0.2F;      // of a sign that stands alone, as of letters

constexpr std::string_view kBulletSign = "\u2022", kEmptyBox = "\u2610", kTickedBox = "\u2612";

float longer_side(const Box& box) {
  return std::max(box.width(), box.height());
}
bool is_square(const Box& box) {
  return box.width() > kSquare * box.height() && box.height() > kSquare * box.width();
}
Box grown(Box box, float by) {
  return {box.x0 - by, box.y0 - by, box.x1 + by, box.y1 + by};
}
bool holds_all_of(const Box& box, const Box& inner) {
  return inner.x0 >= box.x0 && inner.x1 <= box.x1 && inner.y0 >= box.y0 && inner.y1 <= box.y1;
}

std::uint32_t rgb_of(const GfxRGB& color) {
  const auto byte = [](int part) {
    return static_cast<std::uint32_t>(std::clamp(part / (gfxColorComp1 / 255), 0, 255));
  };
  return byte(color.r) << 16 | byte(color.g) << 8 | byte(color.b);
}

constexpr std::uint32_t kWhite = 0xFFFFFF;
// Colours that nobody tells from white by eye.
bool is_nearly_white(std::uint32_t color) {
  constexpr std::uint32_t kLeast = 0xFC;
  return (color >> 16) >= kLeast && (color >> 8 & 0xFF) >= kLeast && (color & 0xFF) >= kLeast;
}

// The upright words of a page by height, to find those beside a shape.
class Neighbours {
 public:
  Neighbours(const PageContent& page, std::uint8_t upright) : page_(page) {
    for (std::uint32_t i = 0; i < page.words.size(); ++i) {
      if (page.words[i].direction == upright) by_height_.push_back(i);
    }
    std::sort(by_height_.begin(), by_height_.end(), [&](std::uint32_t a, std::uint32_t b) {
      return page.words[a].box.center_y() < page.words[b].box.center_y();
    });
  }

  static constexpr std::int32_t kNone = -1;
  struct Found {
    std::int32_t left = kNone, right = kNone;  // the nearest word on either side
    std::vector<std::uint32_t> inside;         // words whose middle the box holds
  };

  Found beside(const Box& box) const {
    Found found;
    const auto begin = std::lower_bound(
        by_height_.begin(), by_height_.end(), box.center_y() - kLargest,
        [&](std::uint32_t word, float y) { return page_.words[word].box.center_y() < y; });
    float left = -1e9F, right = 1e9F;
    for (auto at = begin; at != by_height_.end(); ++at) {
      const Box& word = page_.words[*at].box;
      if (word.center_y() > box.center_y() + kLargest) break;
      if (box.holds_center_of(word)) {
        found.inside.push_back(*at);
      } else if (box.center_y() < word.y0 || box.center_y() > word.y1) {
        continue;
      } else if (word.center_x() > box.center_x() && word.x0 < right) {
        right = word.x0;
        found.right = static_cast<std::int32_t>(*at);
      } else if (word.center_x() < box.center_x() && word.x1 > left) {
        left = word.x1;
        found.left = static_cast<std::int32_t>(*at);
      }
    }
    return found;
  }

 private:
  const PageContent& page_;
  std::vector<std::uint32_t> by_height_;
};

// A sign to be, and the word that it stands at.
struct Sign {
  Box box;
  std::string_view text;
  std::int32_t at = Neighbours::kNone;
  bool before = true;  // the word
};

class Signs {
 public:
  Signs(PageContent& page, std::uint8_t upright)
      : page_(page), upright_(upright), neighbours_(page, upright), gone_(page.words.size()) {}

  void add_buttons(const std::vector<Button>& buttons) {
    for (const Button& button : buttons) {
      const Neighbours::Found found = neighbours_.beside(button.box);
      clear(button.box, found);
      taken_.push_back(button.box);
      place(button.box, button.is_on ? kTickedBox : kEmptyBox, found, 1e9F);
    }
  }

  void add_boxes(const std::vector<Shape>& shapes) {
    for (const Shape& shape : shapes) {
      if (shape.filled || shape.curved || shape.slanted || !shape.closed) continue;
      if (!is_square(shape.box) || is_taken(shape.box) || touches_another(shape, shapes)) continue;
      const Neighbours::Found found = neighbours_.beside(shape.box);
      const float size = size_beside(found);
      if (longer_side(shape.box) < kSmallestBox * size ||
          longer_side(shape.box) > kLargestBox * size) {
        continue;
      }
      bool ticked = false;
      if (!may_be_ticked(shape.box, shapes, found, ticked)) continue;
      if (!place(shape.box, ticked ? kTickedBox : kEmptyBox, found, kBoxReach * size)) continue;
      clear(shape.box, found);
      taken_.push_back(shape.box);
    }
  }

  void add_bullets(const std::vector<Shape>& shapes) {
    // Bullets of one list are alike and stand below each other, and so do the beginnings of its
    // lines; the keys of a legend differ in colour.
    std::map<std::tuple<long, long, long, std::uint32_t>, std::vector<Sign>> lists;
    for (const Shape& shape : shapes) {
      if (!shape.filled || shape.slanted || !is_square(shape.box) || is_taken(shape.box)) continue;
      const Neighbours::Found found = neighbours_.beside(shape.box);
      if (found.right == Neighbours::kNone || !found.inside.empty()) continue;
      const Word& word = page_.words[static_cast<std::size_t>(found.right)];
      const float side = longer_side(shape.box);
      if (side < kSmallestBullet * word.size || side > kLargestBullet * word.size) continue;
      if (word.box.x0 - shape.box.x1 > kBulletReach * word.size) continue;
      if (found.left != Neighbours::kNone &&
          shape.box.x0 - page_.words[static_cast<std::size_t>(found.left)].box.x1 <
              kClearBefore * word.size) {
        continue;
      }
      if (is_labelled_by_structure(word)) continue;
      auto& list = lists[{std::lround(shape.box.x0), std::lround(word.box.x0 / 2),
                          std::lround(2 * side), shape.color}];
      list.push_back({shape.box, kBulletSign, found.right, true});
    }
    for (auto& [key, list] : lists) {
      if (list.size() < 2) continue;
      for (Sign& sign : list) {
        remove_rules(sign.box);
        signs_.push_back(sign);
      }
    }
  }

  void write() {
    if (signs_.empty() && std::none_of(gone_.begin(), gone_.end(), [](bool g) { return g; })) {
      return;
    }
    std::vector<std::vector<Word>> before(page_.words.size()), after(page_.words.size());
    std::vector<Word> alone;
    for (const Sign& sign : signs_) {
      Word word = make_word(sign);
      if (sign.at == Neighbours::kNone) {
        alone.push_back(word);
      } else {
        (sign.before ? before : after)[static_cast<std::size_t>(sign.at)].push_back(word);
      }
    }
    std::vector<Word> words;
    words.reserve(page_.words.size() + signs_.size());
    for (std::size_t i = 0; i < page_.words.size(); ++i) {
      words.insert(words.end(), before[i].begin(), before[i].end());
      if (!gone_[i]) words.push_back(page_.words[i]);
      if (!before[i].empty() && !gone_[i]) words.back().blank_before = true;
      words.insert(words.end(), after[i].begin(), after[i].end());
    }
    words.insert(words.end(), alone.begin(), alone.end());
    page_.words = std::move(words);
  }

 private:
  bool is_taken(const Box& box) const {
    return std::any_of(taken_.begin(), taken_.end(),
                       [&](const Box& taken) { return grown(taken, 2).holds_center_of(box); });
  }
  // Squares side by side are a grid to write letters in, or a table.
  static bool touches_another(const Shape& shape, const std::vector<Shape>& shapes) {
    return std::any_of(shapes.begin(), shapes.end(), [&](const Shape& other) {
      const Box& a = shape.box;
      const Box& b = other.box;
      if (other.slanted || other.curved || !is_square(b)) return false;
      if (std::abs(a.center_x() - b.center_x()) < 1 && std::abs(a.center_y() - b.center_y()) < 1) {
        return other.filled && longer_side(b) > kFrameAndColor * longer_side(a);
      }
      const float reach = longer_side(a) + kStrokeOfShape;
      return std::abs(a.center_x() - b.center_x()) < reach &&
             std::abs(a.center_y() - b.center_y()) < 1;
    });
  }
  float size_beside(const Neighbours::Found& found) const {
    const auto at = found.right != Neighbours::kNone ? found.right : found.left;
    return at == Neighbours::kNone ? 0 : page_.words[static_cast<std::size_t>(at)].size;
  }
  // A box has nothing in it but what ticks it: one sign, or lines across it.
  bool may_be_ticked(const Box& box, const std::vector<Shape>& shapes,
                     const Neighbours::Found& found, bool& ticked) const {
    if (found.inside.size() > 1) return false;
    if (found.inside.size() == 1) {
      if (page_.words[found.inside.front()].chars != 1) return false;
      ticked = true;
    }
    const Box around = grown(box, kStrokeOfShape);
    for (const Shape& shape : shapes) {
      if (!shape.slanted || !holds_all_of(around, shape.box)) continue;
      if (longer_side(shape.box) > kLeastTick * longer_side(box)) ticked = true;
    }
    return true;
  }
  bool is_labelled_by_structure(const Word& word) const {
    if (word.mark < 0) return false;
    const Role role = page_.marks[static_cast<std::size_t>(word.mark)].role;
    return role == Role::kListLabel || role == Role::kListBody;
  }

  bool place(const Box& box, std::string_view text, const Neighbours::Found& found, float reach) {
    const auto distance = [&](std::int32_t at, bool right) {
      if (at == Neighbours::kNone) return 1e9F;
      const Box& word = page_.words[static_cast<std::size_t>(at)].box;
      return std::max(0.0F, right ? word.x0 - box.x1 : box.x0 - word.x1);
    };
    const float left = distance(found.left, false), right = distance(found.right, true);
    if (std::min(left, right) > reach) return false;
    Sign sign{box, text, right <= left ? found.right : found.left, right <= left};
    signs_.push_back(sign);
    return true;
  }

  // What is drawn within a box that became a sign.
  void clear(const Box& box, const Neighbours::Found& found) {
    for (const std::uint32_t word : found.inside) {
      if (page_.words[word].chars == 1) gone_[word] = true;
    }
    remove_rules(box);
  }
  void remove_rules(const Box& box) {
    const Box around = grown(box, kStrokeOfShape);
    std::erase_if(page_.rules, [&](const Rule& rule) {
      return holds_all_of(around, {rule.x0, rule.y0, rule.x1, rule.y1});
    });
    std::erase_if(page_.slants, [&](const Slant& slant) {
      return holds_all_of(around, box_of(slant.x0, slant.y0, slant.x1, slant.y1));
    });
  }

  Word make_word(const Sign& sign) {
    Word word;
    if (sign.at != Neighbours::kNone) {
      word = page_.words[static_cast<std::size_t>(sign.at)];
      // Beside its text: a gutter between a column of boxes and a column of texts says nothing.
      const Box text = word.box;
      const float gap = kGapToText * word.size;
      word.box.x0 = sign.before ? std::max(sign.box.x0, text.x0 - gap - sign.box.width())
                                : std::min(sign.box.x0, text.x1 + gap);
      word.box.x1 = word.box.x0 + sign.box.width();
    } else {
      word.box = sign.box;
      word.size = sign.box.height();
      word.baseline = sign.box.y1 - kBelowSign * sign.box.height();
      word.direction = upright_;
    }
    word.text = static_cast<std::uint32_t>(page_.text.size());
    word.bytes = static_cast<std::uint32_t>(sign.text.size());
    word.chars = 1;
    word.blank_before = true;
    word.link = -1;
    page_.text += sign.text;
    return word;
  }

  PageContent& page_;
  std::uint8_t upright_;
  Neighbours neighbours_;
  std::vector<bool> gone_;
  std::vector<Box> taken_;
  std::vector<Sign> signs_;
};

}  // namespace

void ShapeCollector::stroke(const GfxState& state) {
  add(state, false, 0);
}

void ShapeCollector::fill(const GfxState& state) {
  GfxRGB color;
  state.getFillRGB(&color);
  const std::uint32_t rgb = rgb_of(color);
  if (!is_nearly_white(rgb)) add(state, true, rgb);
}

void ShapeCollector::add(const GfxState& state, bool filled, std::uint32_t color) {
  const GfxPath* path = state.getPath();
  for (int i = 0; i < path->getNumSubpaths(); ++i) {
    if (shapes_.size() >= kMaxShapes) return;
    const GfxSubpath* part = path->getSubpath(i);
    const int points = part->getNumPoints();
    if (points < 2 || points > kMaxPoints) continue;
    Shape shape;
    shape.filled = filled;
    shape.color = color;
    double last_x = 0, last_y = 0;
    for (int point = 0; point < points; ++point) {
      double x = 0, y = 0;
      state.transform(part->getX(point), part->getY(point), &x, &y);
      if (!std::isfinite(x) || !std::isfinite(y)) return;
      const Box here = box_of(x, y, x, y);
      if (point == 0) {
        shape.box = here;
      } else {
        shape.box.add(here);
        const bool curve = part->getCurve(point) || part->getCurve(point - 1);
        shape.curved = shape.curved || curve;
        shape.slanted = shape.slanted || (!curve && std::abs(x - last_x) > kStraight &&
                                          std::abs(y - last_y) > kStraight);
      }
      if (longer_side(shape.box) > kLargest) break;
      last_x = x;
      last_y = y;
    }
    const float side = longer_side(shape.box);
    if (side < kSmallest || side > kLargest) continue;
    shape.closed = part->isClosed() || points >= 5;
    // A disc has no slanted side, and a diamond is a bullet, too; a filled triangle is an arrow's
    // head.
    if (shape.curved || (filled && points >= 5)) shape.slanted = false;
    shapes_.push_back(shape);
  }
}

void add_signs(PageContent& page, const std::vector<Shape>& shapes,
               const std::vector<Button>& buttons, std::uint8_t upright) {
  if (shapes.empty() && buttons.empty()) return;
  Signs signs(page, upright);
  signs.add_buttons(buttons);
  if (shapes.size() < kMaxShapes) {
    signs.add_boxes(shapes);
    signs.add_bullets(shapes);
  }
  signs.write();
}

}  // namespace sluice::pdf
