// SPDX-License-Identifier: Apache-2.0
#include "metafile/emf_player.hpp"

#include <array>
#include <bit>
#include <sluice/little_endian.hpp>

namespace sluice::metafile {
namespace {

constexpr std::size_t kHeaderSize = 88;
constexpr std::uint32_t kEndOfFile = 14;

// How regions and paths are combined with what is clipped already ([MS-EMF] 2.1.29).
enum class Combine : std::uint32_t { kAnd = 1, kOr = 2, kXor = 3, kDifference = 4, kCopy = 5 };

}  // namespace

std::int32_t signed_at(std::string_view record, std::size_t at) {
  return static_cast<std::int32_t>(little_u32(record, at));
}

Box box_at(std::string_view record, std::size_t at) {
  return {double(signed_at(record, at)), double(signed_at(record, at + 4)),
          double(signed_at(record, at + 8)), double(signed_at(record, at + 12))};
}

float real_at(std::string_view record, std::size_t at) {
  return std::bit_cast<float>(little_u32(record, at));
}

const EmfPlayer::Entry* EmfPlayer::find(std::uint32_t type) {
  static constexpr auto kEntries = std::to_array<Entry>({
      {2, &EmfPlayer::poly},
      {3, &EmfPlayer::poly},
      {4, &EmfPlayer::poly},
      {5, &EmfPlayer::poly},
      {6, &EmfPlayer::poly},
      {7, &EmfPlayer::poly_poly},
      {8, &EmfPlayer::poly_poly},
      {9, &EmfPlayer::set_mapping},
      {10, &EmfPlayer::set_mapping},
      {11, &EmfPlayer::set_mapping},
      {12, &EmfPlayer::set_mapping},
      {15, &EmfPlayer::pixel},
      {17, &EmfPlayer::set_mapping},
      {18, &EmfPlayer::set_state},
      {19, &EmfPlayer::set_state},
      {20, &EmfPlayer::set_state},
      {22, &EmfPlayer::set_state},
      {24, &EmfPlayer::set_state},
      {25, &EmfPlayer::set_state},
      {27, &EmfPlayer::line},
      {29, &EmfPlayer::clip_to_box},
      {30, &EmfPlayer::clip_to_box},
      {31, &EmfPlayer::scale_extent},
      {32, &EmfPlayer::scale_extent},
      {33, &EmfPlayer::save},
      {34, &EmfPlayer::restore},
      {35, &EmfPlayer::set_world},
      {36, &EmfPlayer::set_world},
      {37, &EmfPlayer::select_object},
      {38, &EmfPlayer::create_pen},
      {39, &EmfPlayer::create_brush},
      {40, &EmfPlayer::delete_object},
      {41, &EmfPlayer::angle_arc},
      {42, &EmfPlayer::box_shape},
      {43, &EmfPlayer::box_shape},
      {44, &EmfPlayer::box_shape},
      {45, &EmfPlayer::arc},
      {46, &EmfPlayer::arc},
      {47, &EmfPlayer::arc},
      {49, &EmfPlayer::create_palette},
      {54, &EmfPlayer::line},
      {55, &EmfPlayer::arc},
      {56, &EmfPlayer::poly_draw},
      {57, &EmfPlayer::set_state},
      {59, &EmfPlayer::path},
      {60, &EmfPlayer::path},
      {61, &EmfPlayer::path},
      {62, &EmfPlayer::path},
      {63, &EmfPlayer::path},
      {64, &EmfPlayer::path},
      {67, &EmfPlayer::clip_to_path},
      {68, &EmfPlayer::path},
      {70, &EmfPlayer::comment},
      {71, &EmfPlayer::region},
      {74, &EmfPlayer::region},
      {75, &EmfPlayer::clip_to_region},
      {76, &EmfPlayer::blit},
      {77, &EmfPlayer::blit},
      {78, &EmfPlayer::blit},
      {80, &EmfPlayer::bitmap},
      {81, &EmfPlayer::bitmap},
      {82, &EmfPlayer::create_font},
      {83, &EmfPlayer::text},
      {84, &EmfPlayer::text},
      {85, &EmfPlayer::poly},
      {86, &EmfPlayer::poly},
      {87, &EmfPlayer::poly},
      {88, &EmfPlayer::poly},
      {89, &EmfPlayer::poly},
      {90, &EmfPlayer::poly_poly},
      {91, &EmfPlayer::poly_poly},
      {92, &EmfPlayer::poly_draw},
      {93, &EmfPlayer::create_pattern},
      {94, &EmfPlayer::create_pattern},
      {95, &EmfPlayer::create_pen},
      {96, &EmfPlayer::many_texts},
      {97, &EmfPlayer::many_texts},
      {108, &EmfPlayer::small_text},
      {114, &EmfPlayer::blit},
      {116, &EmfPlayer::blit},
      {118, &EmfPlayer::gradient},
  });
  const auto* const found = std::lower_bound(
      kEntries.begin(), kEntries.end(), type,
      [](const Entry& entry, std::uint32_t wanted) { return entry.type < wanted; });
  return found != kEntries.end() && found->type == type ? found : nullptr;
}

// Of those that have no entry: fills of an area that is found by its color, frames of regions,
// inversions, bitmaps in parallelograms. All others only set what does not show.
bool EmfPlayer::is_drawing(std::uint32_t type) {
  return type == 26 || type == 53 || type == 72 || type == 73 || type == 79;
}

EmfPlayer::EmfPlayer(std::string_view bytes)
    : bytes_(bytes), device_(drawing_.surface, Matrix(), units_per_mm_) {
  read_header();
}

// 2.2.9: the frame in hundredths of a millimetre, and how large the device is that it was made for.
void EmfPlayer::read_header() {
  const Box bounds = box_at(bytes_, 8);
  const Box frame = box_at(bytes_, 24);
  const Point device = {double(signed_at(bytes_, 72)), double(signed_at(bytes_, 76))};
  const Point mm = {double(signed_at(bytes_, 80)), double(signed_at(bytes_, 84))};
  if (device.x > 0 && device.y > 0 && mm.x > 0 && mm.y > 0) {
    units_per_mm_ = {device.x / mm.x, device.y / mm.y};
  }
  Point scale = {kPixelsPerMm / units_per_mm_.x, kPixelsPerMm / units_per_mm_.y};
  Box shown = {frame.left / 100 * units_per_mm_.x, frame.top / 100 * units_per_mm_.y,
               frame.right / 100 * units_per_mm_.x, frame.bottom / 100 * units_per_mm_.y};
  if (shown.width() <= 0 || shown.height() <= 0) {
    shown = {bounds.left, bounds.top, bounds.right + 1, bounds.bottom + 1};
  }
  to_picture_ = {scale.x, 0, 0, scale.y, -shown.left * scale.x, -shown.top * scale.y};
  drawing_.box = {0, 0, std::max(1.0, shown.width() * scale.x),
                  std::max(1.0, shown.height() * scale.y)};
  device_.place(to_picture_, units_per_mm_, drawing_.box);
}

void EmfPlayer::play() {
  for (std::size_t at = 0; at + 8 <= bytes_.size();) {
    const std::uint32_t type = little_u32(bytes_, at);
    const std::uint32_t size = little_u32(bytes_, at + 4);
    if (size < 8 || size > bytes_.size() - at) {
      // What follows is not to be found.
      leave_out();
      return;
    }
    if (type == kEndOfFile) return;
    if (drawing_.surface.is_full()) return leave_out();
    if (const Entry* const entry = find(type)) {
      (this->*entry->play)(bytes_.substr(at, size));
    } else if (is_drawing(type)) {
      leave_out();
    }
    at += size;
  }
}

Drawing EmfPlayer::finish() && {
  return std::move(drawing_);
}

void EmfPlayer::set_state(Record record) {
  const std::uint32_t value = little_u32(record, 8);
  DeviceState& state = device_.state();
  switch (little_u32(record, 0)) {
    case 18:
      state.is_opaque = value == 2;
      break;
    case 19:
      state.is_even_odd = value == 1;
      break;
    case 20:
      state.draws_nothing = value == kRopNothing;
      if (!is_plain_rop(value)) leave_out();
      break;
    case 22:
      state.text_align = value;
      break;
    case 24:
      state.text_color = value & 0xFFFFFF;
      break;
    case 25:
      state.background = value & 0xFFFFFF;
      break;
    default:
      is_clockwise_ = value == 2;
      break;
  }
}

void EmfPlayer::set_mapping(Record record) {
  const Point value = {double(signed_at(record, 8)), double(signed_at(record, 12))};
  DeviceState& state = device_.state();
  switch (little_u32(record, 0)) {
    case 9:
      state.window_size = value;
      break;
    case 10:
      state.window_origin = value;
      break;
    case 11:
      state.viewport_size = value;
      break;
    case 12:
      state.viewport_origin = value;
      break;
    default:
      state.map_mode = static_cast<MapMode>(little_u32(record, 8));
      break;
  }
}

void EmfPlayer::scale_extent(Record record) {
  const Box by = box_at(record, 8);  // x times left / top, y times right / bottom
  if (by.top == 0 || by.bottom == 0) return;
  DeviceState& state = device_.state();
  Point& size = little_u32(record, 0) == 31 ? state.viewport_size : state.window_size;
  size = {size.x * by.left / by.top, size.y * by.right / by.bottom};
}

void EmfPlayer::set_world(Record record) {
  const Matrix given = {real_at(record, 8),  real_at(record, 12), real_at(record, 16),
                        real_at(record, 20), real_at(record, 24), real_at(record, 28)};
  Matrix& world = device_.state().world;
  constexpr std::uint32_t kSet = 35;
  enum : std::uint32_t { kIdentity = 1, kBefore = 2, kAfter = 3 };
  const std::uint32_t mode = little_u32(record, 0) == kSet ? 0 : little_u32(record, 32);
  Matrix next = given;
  if (mode == kIdentity) next = Matrix();
  if (mode == kBefore) next = given.then(world);
  if (mode == kAfter) next = world.then(given);
  if (next.is_usable()) world = next;
}

void EmfPlayer::save(Record) {
  device_.save();
}

void EmfPlayer::restore(Record record) {
  device_.restore(signed_at(record, 8));
}

void EmfPlayer::clip_to_box(Record record) {
  const Box box = box_at(record, 8);
  constexpr std::uint32_t kExclude = 29;
  if (little_u32(record, 0) == kExclude) {
    device_.clip_out(box);
  } else {
    device_.clip_to({&box, 1});
  }
}

// 2.2.24: rectangles, in units of the device.
void EmfPlayer::clip_to_region(Record record) {
  const auto mode = static_cast<Combine>(little_u32(record, 12));
  const bool is_empty = little_u32(record, 8) == 0;
  if (mode == Combine::kCopy) device_.clip_to_all();
  if (is_empty) return;
  if (mode != Combine::kCopy && mode != Combine::kAnd) return leave_out();
  std::vector<Box> boxes;
  const std::size_t count = little_u32(record, 24);
  for (std::size_t i = 0; i < count && 48 + (i + 1) * 16 <= record.size(); ++i) {
    boxes.push_back(box_at(record, 48 + i * 16));
  }
  device_.clip_to_device(boxes);
}

void EmfPlayer::clip_to_path(Record record) {
  const auto mode = static_cast<Combine>(little_u32(record, 8));
  if (mode == Combine::kCopy) device_.clip_to_all();
  if (mode == Combine::kCopy || mode == Combine::kAnd) return device_.clip_to_path();
  device_.abort_path();
  leave_out();
}

void EmfPlayer::path(Record record) {
  switch (little_u32(record, 0)) {
    case 59:
      device_.begin_path();
      break;
    case 60:
      device_.end_path();
      break;
    case 61:
      device_.close_figure();
      break;
    case 62:
      device_.draw_path(true, false);
      break;
    case 63:
      device_.draw_path(true, true);
      break;
    case 64:
      device_.draw_path(false, true);
      break;
    default:
      device_.abort_path();
      break;
  }
}

// [MS-EMFPLUS]: a file that has EMF+ says in its header whether the other records draw all as well.
void EmfPlayer::comment(Record record) {
  constexpr std::uint32_t kEmfPlus = 0x2B464D45;
  constexpr std::uint16_t kPlusHeader = 0x4001;
  if (little_u32(record, 12) != kEmfPlus) return;
  if (little_u16(record, 16) == kPlusHeader) is_plus_only_ = (little_u16(record, 18) & 1) == 0;
  if (!is_plus_only_) return;
  const std::size_t size = little_u32(record, 8);  // from the mark on
  drawing_.left_out += plus_.play(record.substr(16, std::max<std::size_t>(size, 4) - 4));
}

std::optional<Drawing> play_emf(std::string_view bytes) {
  if (bytes.size() < kHeaderSize || little_u32(bytes, 0) != 1 || bytes.substr(40, 4) != " EMF") {
    return std::nullopt;
  }
  EmfPlayer player(bytes);
  player.play();
  return std::move(player).finish();
}

}  // namespace sluice::metafile
