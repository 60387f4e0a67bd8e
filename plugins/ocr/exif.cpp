// SPDX-License-Identifier: Apache-2.0
#include "exif.hpp"

#include <array>
#include <cstddef>
#include <string_view>

namespace sluice::ocr {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::size_t kMaxEntries = 200;  // of the first directory; cameras write about a dozen

std::uint32_t number(std::string_view bytes, std::size_t at, std::size_t size, bool little) {
  if (at > bytes.size() || bytes.size() - at < size) return 0;
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < size; ++i) {
    value = value << 8 | static_cast<unsigned char>(bytes[at + (little ? size - 1 - i : i)]);
  }
  return value;
}

// The EXIF segment's TIFF structure; empty if there is none before the image.
std::string_view exif_of(std::string_view jpeg) {
  std::size_t at = 2;
  while (at + 4 <= jpeg.size() && jpeg[at] == '\xff') {
    const auto marker = static_cast<unsigned char>(jpeg[at + 1]);
    const std::size_t size = number(jpeg, at + 2, 2, false);
    if (marker == 0xDA || size < 2) break;  // the image begins
    const std::string_view body = jpeg.substr(at + 4, size - 2);
    if (marker == 0xE1 && body.starts_with("Exif\0\0"sv)) return body.substr(6);
    at += 2 + size;
  }
  return {};
}

}  // namespace

Orientation orientation_of(std::span<const std::uint8_t> jpeg) {
  const std::string_view exif = exif_of({reinterpret_cast<const char*>(jpeg.data()), jpeg.size()});
  const bool little = exif.starts_with("II");
  const std::size_t directory = number(exif, 4, 4, little);
  const std::size_t entries = number(exif, directory, 2, little);
  // Values 1 to 8: mirrored, and turned clockwise so many times.
  constexpr std::array<Orientation, 9> kOrientations = {
      {{}, {}, {true, 0}, {false, 2}, {true, 2}, {true, 3}, {false, 1}, {true, 1}, {false, 3}}};
  for (std::size_t i = 0; i < entries && i < kMaxEntries; ++i) {
    const std::size_t entry = directory + 2 + i * 12;
    if (number(exif, entry, 2, little) != 274) continue;
    const std::uint32_t value = number(exif, entry + 8, 2, little);
    return value < kOrientations.size() ? kOrientations[value] : Orientation{};
  }
  return {};
}

}  // namespace sluice::ocr
