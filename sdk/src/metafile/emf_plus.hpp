// SPDX-License-Identifier: Apache-2.0
//
// Plays what a picture says in EMF+ alone ([MS-EMFPLUS]), in comments of an enhanced metafile:
// pictures, filled rectangles and text, where transformations put them. Other steps are counted.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "metafile/device.hpp"

namespace sluice::metafile {

class EmfPlusPlayer {
 public:
  // `device` must outlive it.
  explicit EmfPlusPlayer(Device& device) : device_(device) {}

  // Plays the records of one comment. Returns how many steps could not be drawn.
  std::uint64_t play(std::string_view records);

 private:
  struct Record {
    std::uint16_t type = 0;
    std::uint16_t flags = 0;
    std::string_view data;
  };
  struct View {
    Matrix world;
    Matrix page;
    ClipId clip = kNoClip;
    unsigned clips = 0;
  };

  // False if it draws something, and was not drawn.
  bool play(const Record& record);
  void define(const Record& record);
  bool draw_image(const Record& record);
  bool draw_at_points(const Record& record);
  bool draw_part(const Record& record, const Matrix& placed, const Box& target);
  bool fill_boxes(const Record& record);
  bool draw_string(const Record& record);
  bool set_page(const Record& record);
  void set_world(const Record& record);
  void save(std::string_view which);
  void restore(std::string_view which);
  bool begin_container(const Record& record);
  bool clip(const Record& record);
  bool clip_to_region(const Record& record);
  // How a clip and the one before it become one (2.1.1.6).
  bool clip_to_box(const Box& box, unsigned mode);
  // The device as these records see it: units, world and page of their own.
  DeviceState state_of_view() const;
  // An object by the low byte of the flags; empty if it is of another type.
  std::string_view object(const Record& record, std::uint16_t type) const;

  Device& device_;
  View view_;
  std::map<std::uint32_t, View> saved_;
  std::array<std::string, 64> objects_;  // as they stand
  std::array<std::uint16_t, 64> types_{};
  std::size_t missing_ = 0;  // bytes of an object that goes on in the next record
};

}  // namespace sluice::metafile
