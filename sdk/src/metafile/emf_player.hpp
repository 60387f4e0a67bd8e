// SPDX-License-Identifier: Apache-2.0
//
// Plays the records of an enhanced metafile ([MS-EMF] 2.3) on a Device.
#pragma once

#include <map>
#include <string_view>
#include <vector>

#include "metafile/emf_plus.hpp"
#include "metafile/font_text.hpp"
#include "metafile/players.hpp"

namespace sluice::metafile {

// Most of its functions play one kind of record each, and get the whole record.
class EmfPlayer {
 public:
  // `bytes` must begin with a header, and outlive it.
  explicit EmfPlayer(std::string_view bytes);

  void play();
  Drawing finish() &&;

 private:
  using Record = std::string_view;
  using Play = void (EmfPlayer::*)(Record);
  // How the points of a record are stored.
  enum class Width : std::uint8_t { kWide, kNarrow };

  // From where the part of a bitmap is counted.
  enum class Origin : std::uint8_t { kTop, kBottom };

  struct Entry {
    std::uint32_t type;
    Play play;
  };
  static const Entry* find(std::uint32_t type);

  void read_header();
  static bool is_drawing(std::uint32_t type);

  // --- emf_player.cpp: the state, clipping, paths ---
  void set_state(Record record);
  void set_mapping(Record record);
  void scale_extent(Record record);
  void set_world(Record record);
  void save(Record record);
  void restore(Record record);
  void clip_to_box(Record record);
  void clip_to_region(Record record);
  void clip_to_path(Record record);
  void path(Record record);
  void comment(Record record);

  // --- emf_objects.cpp ---
  void create_pen(Record record);
  void create_brush(Record record);
  void create_pattern(Record record);
  void create_font(Record record);
  void create_palette(Record record);
  void select_object(Record record);
  void delete_object(Record record);

  // --- emf_shapes.cpp ---
  void poly(Record record);
  void poly_poly(Record record);
  void poly_draw(Record record);
  void line(Record record);
  void box_shape(Record record);
  void arc(Record record);
  void angle_arc(Record record);
  void pixel(Record record);
  void region(Record record);
  void gradient(Record record);
  void text(Record record);
  void many_texts(Record record);
  void small_text(Record record);

  // --- emf_pictures.cpp ---
  void blit(Record record);
  void bitmap(Record record);
  void draw_bitmap(Record record, std::size_t places, const Box& target, const Part& part,
                   std::uint32_t operation, Origin origin);

  std::vector<Point> points(Record record, std::size_t at, std::size_t count, Width width) const;
  void text_at(Record record, std::size_t at, bool is_wide);
  void add_object(std::uint32_t index, Object object);
  void leave_out() { ++drawing_.left_out; }

  std::string_view bytes_;
  Drawing drawing_;
  Matrix to_picture_;
  Point units_per_mm_ = {96 / 25.4, 96 / 25.4};
  Device device_;
  EmfPlusPlayer plus_{device_};
  Bitmaps bitmaps_;
  FontTexts texts_;
  std::map<std::uint32_t, Object> objects_;
  bool is_clockwise_ = false;
  bool is_plus_only_ = false;  // EMF+ says all; the other records are a rest
};

// A number of a record, signed.
std::int32_t signed_at(std::string_view record, std::size_t at);
Box box_at(std::string_view record, std::size_t at);
float real_at(std::string_view record, std::size_t at);
// Bytes within the record, by the offset and the size that stand at `at`; as much as there is.
std::string_view piece_of(std::string_view record, std::size_t at);

}  // namespace sluice::metafile
