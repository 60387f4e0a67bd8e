// SPDX-License-Identifier: Apache-2.0
//
// Plays the records of a metafile of 16-bit Windows ([MS-WMF] 2.3) on a Device.
#pragma once

#include <set>
#include <string_view>
#include <vector>

#include "metafile/font_text.hpp"
#include "metafile/players.hpp"

namespace sluice::metafile {

// Most of its functions play a few kinds of records each, and get the record behind its header.
class WmfPlayer {
 public:
  explicit WmfPlayer(std::string_view bytes) : bytes_(bytes) {}

  // False if it has no header, or says nowhere how large it is.
  bool begin();
  void play();
  Drawing finish() && { return std::move(drawing_); }

 private:
  using Record = std::string_view;

  bool find_window();
  void play(std::uint16_t function, Record record);
  bool set_state(std::uint16_t function, Record record);
  bool set_window(std::uint16_t function, Record record);
  bool make_object(std::uint16_t function, Record record);
  bool draw_shape(std::uint16_t function, Record record);
  bool draw_bitmap(std::uint16_t function, Record record);

  void create_pen(Record record);
  void create_font(Record record);
  void create_pattern(Record record);
  void poly_polygon(Record record);
  void text(Record record);
  void text_in_box(Record record);
  // From where the part of a bitmap is counted: records that come from a bitmap in a file count
  // from the bottom, where its rows begin.
  enum class Origin : std::uint8_t { kTop, kBottom };
  void draw(Record record, std::size_t bitmap, const Box& target, const Part& part,
            std::uint32_t operation, Origin origin);
  void fill(std::uint32_t operation, const Box& target);
  void add_object(Object object);
  std::vector<Point> points(Record record, std::size_t at, std::size_t count) const;
  void leave_out() { ++drawing_.left_out; }

  std::string_view bytes_;
  std::size_t first_ = 0;  // where the records begin
  Drawing drawing_;
  Device device_{drawing_.surface, Matrix(), {1, 1}};
  Bitmaps bitmaps_;
  FontTexts texts_;
  std::vector<Object> objects_;
  std::set<std::size_t> free_;  // their places that are empty
};

}  // namespace sluice::metafile
