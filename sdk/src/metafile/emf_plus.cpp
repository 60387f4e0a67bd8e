// SPDX-License-Identifier: Apache-2.0
#include "metafile/emf_plus.hpp"

#include <algorithm>
#include <cmath>
#include <sluice/images.hpp>
#include <sluice/little_endian.hpp>
#include <sluice/utf8.hpp>

#include "metafile/emf_player.hpp"
#include "metafile/picture_size.hpp"

namespace sluice::metafile {
namespace {

constexpr std::uint16_t kIsNarrow = 0x4000;    // rectangles and points of whole numbers of 16 bits
constexpr std::uint16_t kIsRelative = 0x0800;  // points, each from the one before
constexpr std::uint16_t kIsColor = 0x8000;     // the brush is a color
constexpr std::uint16_t kGoesOn = 0x8000;      // of an object

enum Type : std::uint16_t {
  kHeader = 0x4001,
  kObject = 0x4008,
  kFirstDrawing = 0x4009,
  kFillRects = 0x400A,
  kDrawImage = 0x401A,
  kDrawImagePoints = 0x401B,
  kDrawString = 0x401C,
  kLastDrawing = 0x401C,
  kSave = 0x4025,
  kRestore = 0x4026,
  kBeginContainer = 0x4027,
  kBeginPlainContainer = 0x4028,
  kEndContainer = 0x4029,
  kSetWorld = 0x402A,
  kResetWorld = 0x402B,
  kMultiplyWorld = 0x402C,
  kTranslateWorld = 0x402D,
  kScaleWorld = 0x402E,
  kSetPage = 0x4030,
  kResetClip = 0x4031,
  kClipRect = 0x4032,
  kClipPath = 0x4033,
  kClipRegion = 0x4034,
  kOffsetClip = 0x4035,
  kDrawDriverString = 0x4036,
};
// 2.1.1.22
constexpr std::uint16_t kRegion = 4;
constexpr std::uint16_t kImage = 5;
constexpr std::uint16_t kFont = 6;

double short_at(std::string_view data, std::size_t at) {
  return static_cast<std::int16_t>(little_u16(data, at));
}

Box rectangle_at(std::string_view data, std::size_t at, bool is_narrow) {
  const double left = is_narrow ? short_at(data, at) : real_at(data, at);
  const double top = is_narrow ? short_at(data, at + 2) : real_at(data, at + 4);
  const double width = is_narrow ? short_at(data, at + 4) : real_at(data, at + 8);
  const double height = is_narrow ? short_at(data, at + 6) : real_at(data, at + 12);
  return {left, top, left + width, top + height};
}

bool is_usable(const Box& box) {
  return Matrix{box.left, box.top, box.right, box.bottom, 0, 0}.is_usable();
}

// 0xAARRGGBB as 0xBBGGRR; what is more transparent than not is not drawn.
bool is_visible(std::uint32_t argb) {
  return argb >> 24 >= 0x80;
}
std::uint32_t color_of(std::uint32_t argb) {
  return (argb & 0xFF) << 16 | (argb & 0xFF00) | (argb >> 16 & 0xFF);
}

std::string text_at(std::string_view data, std::size_t at, std::size_t length) {
  if (at >= data.size()) return {};
  return utf8_of_utf16le(data.substr(at, std::min(length, data.size() / 2) * 2));
}

// 2.2.1.3
Font font_of(std::string_view object) {
  Font font;
  font.height = real_at(object, 4);
  const std::uint32_t style = little_u32(object, 12);
  font.weight = (style & 1) != 0 ? 700 : 400;
  font.is_italic = (style & 2) != 0;
  font.is_underlined = (style & 4) != 0;
  font.is_struck = (style & 8) != 0;
  font.family = text_at(object, 24, little_u32(object, 20));
  return font;
}

}  // namespace

std::uint64_t EmfPlusPlayer::play(std::string_view records) {
  std::uint64_t left_out = 0;
  constexpr std::size_t kHead = 12;
  while (records.size() >= kHead) {
    const std::size_t size = little_u32(records, 4);
    if (size < kHead || size > records.size()) return left_out + 1;
    const std::size_t used = std::min<std::size_t>(little_u32(records, 8), size - kHead);
    const Record record{little_u16(records, 0), little_u16(records, 2),
                        records.substr(kHead, used)};
    if (!play(record)) ++left_out;
    records.remove_prefix(size);
  }
  return left_out;
}

bool EmfPlusPlayer::play(const Record& record) {
  switch (record.type) {
    case kObject:
      define(record);
      return true;
    case kFillRects:
      return fill_boxes(record);
    case kDrawImage:
      return draw_image(record);
    case kDrawImagePoints:
      return draw_at_points(record);
    case kDrawString:
      return draw_string(record);
    case kSave:
    case kBeginPlainContainer:
      save(record.data);
      return true;
    case kRestore:
    case kEndContainer:
      restore(record.data);
      return true;
    case kBeginContainer:
      return begin_container(record);
    case kResetClip:
      view_.clip = kNoClip;
      view_.clips = 0;
      return true;
    case kClipRect:
    case kClipPath:
    case kClipRegion:
    case kOffsetClip:
      return clip(record);
    case kSetPage:
      return set_page(record);
    case kSetWorld:
    case kResetWorld:
    case kMultiplyWorld:
    case kTranslateWorld:
    case kScaleWorld:
      set_world(record);
      return true;
    default:
      return record.type != kDrawDriverString &&
             (record.type < kFirstDrawing || record.type > kLastDrawing);
  }
}

// 2.3.5.1: one that does not fit into a record goes on in the next ones.
void EmfPlusPlayer::define(const Record& record) {
  const std::size_t index = record.flags & 0xFF;
  if (index >= objects_.size()) return;
  std::string_view data = record.data;
  const bool goes_on = (record.flags & kGoesOn) != 0;
  const std::size_t total = little_u32(data, 0);
  if (goes_on) data.remove_prefix(std::min<std::size_t>(4, data.size()));
  if (missing_ == 0) {
    objects_[index].clear();
    types_[index] = record.flags >> 8 & 0x7F;
    if (goes_on) missing_ = total;
  }
  objects_[index] += data;
  missing_ -= std::min(missing_, data.size());
}

std::string_view EmfPlusPlayer::object(const Record& record, std::uint16_t type) const {
  const std::size_t index = record.flags & 0xFF;
  const bool is_known = index < objects_.size() && types_[index] == type;
  return is_known ? std::string_view(objects_[index]) : std::string_view();
}

DeviceState EmfPlusPlayer::state_of_view() const {
  DeviceState state = device_.state();
  state.map_mode = MapMode::kText;
  state.window_origin = state.viewport_origin = Point();
  state.world = view_.world.then(view_.page);
  state.text_align = 0;
  state.draws_nothing = false;
  state.clip = view_.clip;
  state.clips = view_.clips;
  return state;
}

void EmfPlusPlayer::save(std::string_view which) {
  saved_[little_u32(which, 0) & 0xFF] = view_;
}

void EmfPlusPlayer::restore(std::string_view which) {
  if (const auto at = saved_.find(little_u32(which, 0) & 0xFF); at != saved_.end()) {
    view_ = at->second;
  }
}

// 2.3.7.1: what follows is drawn as if the second box were the first.
bool EmfPlusPlayer::begin_container(const Record& record) {
  const Box shown = rectangle_at(record.data, 0, false);
  const Box drawn = rectangle_at(record.data, 16, false);
  save(record.data.substr(std::min<std::size_t>(32, record.data.size())));
  if (!is_usable(shown) || !is_usable(drawn) || drawn.width() == 0 || drawn.height() == 0) {
    return false;
  }
  const double across = shown.width() / drawn.width();
  const double down = shown.height() / drawn.height();
  const Matrix placed = {
      across, 0, 0, down, shown.left - drawn.left * across, shown.top - drawn.top * down};
  const Matrix next = placed.then(view_.world);
  if (!next.is_usable()) return false;
  view_.world = next;
  return true;
}

// 2.3.1: boxes and regions of one box, where nothing but them is left. Other clips are not applied:
// what follows is drawn whole.
bool EmfPlusPlayer::clip(const Record& record) {
  const unsigned mode = record.flags >> 8 & 0xF;
  if (record.type == kClipRect) return clip_to_box(rectangle_at(record.data, 0, false), mode);
  return record.type == kClipRegion && clip_to_region(record);
}

// 2.2.1.8, 2.2.2.40
bool EmfPlusPlayer::clip_to_region(const Record& record) {
  constexpr std::uint32_t kBox = 0x10000000, kEmpty = 0x10000002, kAll = 0x10000003;
  const std::string_view region = object(record, kRegion);
  const unsigned mode = record.flags >> 8 & 0xF;
  constexpr double kFar = 1e6;
  switch (little_u32(region, 8)) {
    case kBox:
      return clip_to_box(rectangle_at(region, 12, false), mode);
    case kEmpty:
      return clip_to_box({}, mode);
    case kAll:
      return clip_to_box({-kFar, -kFar, kFar, kFar}, mode);
    default:
      return false;
  }
}

bool EmfPlusPlayer::clip_to_box(const Box& box, unsigned mode) {
  constexpr unsigned kReplace = 0, kIntersect = 1, kExclude = 4;
  if (!is_usable(box) || (mode != kReplace && mode != kIntersect && mode != kExclude)) return false;
  const DeviceState before = device_.state();
  device_.state() = state_of_view();
  if (mode == kReplace) device_.clip_to_all();
  if (mode == kExclude) {
    device_.clip_out(box);
  } else {
    device_.clip_to({&box, 1});
  }
  view_.clip = device_.state().clip;
  view_.clips = device_.state().clips;
  device_.state() = before;
  return true;
}

// 2.3.4.8
bool EmfPlusPlayer::draw_image(const Record& record) {
  const Box target = rectangle_at(record.data, 24, (record.flags & kIsNarrow) != 0);
  return draw_part(record, Matrix(), target);
}

// 2.3.4.9: where its upper left, upper right and lower left corners are.
bool EmfPlusPlayer::draw_at_points(const Record& record) {
  const bool is_narrow = (record.flags & kIsNarrow) != 0;
  if ((record.flags & kIsRelative) != 0 || little_u32(record.data, 24) < 3) return false;
  std::array<Point, 3> corners;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const std::size_t at = 28 + i * (is_narrow ? 4 : 8);
    corners[i] = is_narrow ? Point{short_at(record.data, at), short_at(record.data, at + 2)}
                           : Point{real_at(record.data, at), real_at(record.data, at + 4)};
  }
  const auto& [origin, right, below] = corners;
  const Matrix placed = {right.x - origin.x, right.y - origin.y, below.x - origin.x,
                         below.y - origin.y, origin.x,           origin.y};
  return placed.is_usable() && draw_part(record, placed, {0, 0, 1, 1});
}

// An image that is a file of its own (2.2.1.4, 2.2.2.2), or a part of it.
bool EmfPlusPlayer::draw_part(const Record& record, const Matrix& placed, const Box& target) {
  constexpr std::uint32_t kBitmap = 1, kCompressed = 1, kPixels = 2;
  const std::string_view image = object(record, kImage);
  const bool is_file =
      image.size() > 28 && little_u32(image, 4) == kBitmap && little_u32(image, 24) == kCompressed;
  if (!is_file || little_u32(record.data, 4) != kPixels || !is_usable(target)) return false;
  const Box part = rectangle_at(record.data, 8, false);
  const std::string_view bytes = image.substr(28);
  const std::string_view type =
      sniff_image({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
  const bool is_shown = type == "image/png" || type == "image/jpeg" || type == "image/gif";
  if (!is_shown || !(part.width() >= 1 && part.width() < 1e6) ||
      !(part.height() >= 1 && part.height() < 1e6) || !is_usable(part)) {
    return false;
  }
  // One that does not say its size is drawn from its corner on.
  const auto size = size_of_picture(bytes).value_or(
      PictureSize{static_cast<std::uint32_t>(part.width() + std::max(0.0, part.left)),
                  static_cast<std::uint32_t>(part.height() + std::max(0.0, part.top))});
  const double across = target.width() / part.width();
  const double down = target.height() / part.height();
  const Box whole = {target.left - part.left * across, target.top - part.top * down,
                     target.left + (size.width - part.left) * across,
                     target.top + (size.height - part.top) * down};
  const bool is_part = part.left >= 1 || part.top >= 1 || part.right <= size.width - 1.0 ||
                       part.bottom <= size.height - 1.0;
  if (!is_usable(whole)) return false;
  const DeviceState before = device_.state();
  device_.state() = state_of_view();
  device_.state().world = placed.then(device_.state().world);
  if (is_part) device_.clip_to({&target, 1});
  device_.picture({std::string(type), std::string(bytes), size.width, size.height},
                  is_part ? whole : target);
  device_.state() = before;
  return true;
}

// 2.3.4.20
bool EmfPlusPlayer::fill_boxes(const Record& record) {
  if ((record.flags & kIsColor) == 0) return false;
  const std::uint32_t color = little_u32(record.data, 0);
  const bool is_narrow = (record.flags & kIsNarrow) != 0;
  const std::size_t size = is_narrow ? 8 : 16;
  const std::size_t count =
      std::min<std::size_t>(little_u32(record.data, 4), record.data.size() / size);
  if (!is_visible(color)) return true;
  const DeviceState before = device_.state();
  device_.state() = state_of_view();
  for (std::size_t i = 0; i < count; ++i) {
    const Box box = rectangle_at(record.data, 8 + i * size, is_narrow);
    if (is_usable(box)) device_.fill_box(box, color_of(color));
  }
  device_.state() = before;
  return true;
}

// 2.3.4.14
bool EmfPlusPlayer::draw_string(const Record& record) {
  const std::string_view font = object(record, kFont);
  const Box box = rectangle_at(record.data, 12, false);
  const std::string text = text_at(record.data, 28, little_u32(record.data, 8));
  if (font.empty() || text.empty() || !is_usable(box)) return text.empty();
  const bool is_color = (record.flags & kIsColor) != 0;
  const DeviceState before = device_.state();
  device_.state() = state_of_view();
  device_.state().font = font_of(font);
  device_.state().text_color = is_color ? color_of(little_u32(record.data, 0)) : 0;
  const bool is_sound = std::isfinite(device_.state().font.height);
  if (is_sound) device_.text(text, {box.left, box.top}, 0, std::nullopt);
  device_.state() = before;
  return is_sound;
}

// 2.3.9.5: pixels are the units of the device; others are not known without its resolution.
bool EmfPlusPlayer::set_page(const Record& record) {
  constexpr unsigned kDisplay = 1, kPixel = 2;
  const unsigned unit = record.flags & 0xFF;
  const double scale = real_at(record.data, 0);
  const Matrix page = {scale, 0, 0, scale, 0, 0};
  if ((unit != kDisplay && unit != kPixel) || !page.is_usable() || scale == 0) return false;
  view_.page = page;
  return true;
}

// 2.3.9
void EmfPlusPlayer::set_world(const Record& record) {
  const std::string_view data = record.data;
  Matrix given;
  if (record.type == kSetWorld || record.type == kMultiplyWorld) {
    given = {real_at(data, 0),  real_at(data, 4),  real_at(data, 8),
             real_at(data, 12), real_at(data, 16), real_at(data, 20)};
  } else if (record.type == kTranslateWorld) {
    given.e = real_at(data, 0);
    given.f = real_at(data, 4);
  } else if (record.type == kScaleWorld) {
    given.a = real_at(data, 0);
    given.d = real_at(data, 4);
  }
  const bool replaces = record.type == kSetWorld || record.type == kResetWorld;
  constexpr std::uint16_t kIsAfter = 0x2000;
  const bool is_after = (record.flags & kIsAfter) != 0;
  const Matrix next = replaces   ? given
                      : is_after ? view_.world.then(given)
                                 : given.then(view_.world);
  if (next.is_usable()) view_.world = next;
}

}  // namespace sluice::metafile
