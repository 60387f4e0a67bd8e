// SPDX-License-Identifier: Apache-2.0
//
// PNG (ISO/IEC 15948, 11.2.2), GIF89a (18), JPEG (ITU-T T.81, B.2.2).
#include "metafile/picture_size.hpp"

#include <sluice/little_endian.hpp>

namespace sluice::metafile {
namespace {

std::uint32_t big_endian(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const std::size_t place = at + i;
    value = value << 8 | (place < bytes.size() ? static_cast<unsigned char>(bytes[place]) : 0U);
  }
  return value;
}

// The frame's head, behind other segments.
PictureSize size_of_jpeg(std::string_view file) {
  for (std::size_t at = 2; at + 9 < file.size();) {
    if (static_cast<unsigned char>(file[at]) != 0xFF) return {};
    const auto marker = static_cast<unsigned char>(file[at + 1]);
    if (marker == 0xFF) {  // fill bytes
      ++at;
      continue;
    }
    const bool is_frame =
        marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    if (is_frame) return {big_endian(file, at + 7, 2), big_endian(file, at + 5, 2)};
    const std::uint32_t size = big_endian(file, at + 2, 2);
    if (size < 2) return {};
    at += 2 + size;
  }
  return {};
}

}  // namespace

std::optional<PictureSize> size_of_picture(std::string_view file) {
  PictureSize size;
  if (file.starts_with("\x89PNG") && file.substr(12, 4) == "IHDR") {
    size = {big_endian(file, 16, 4), big_endian(file, 20, 4)};
  } else if (file.starts_with("GIF8")) {
    size = {little_u16(file, 6), little_u16(file, 8)};
  } else if (file.starts_with("\xFF\xD8")) {
    size = size_of_jpeg(file);
  }
  constexpr std::uint32_t kMost = 1'000'000;
  if (size.width == 0 || size.height == 0 || size.width > kMost || size.height > kMost) {
    return std::nullopt;
  }
  return size;
}

}  // namespace sluice::metafile
