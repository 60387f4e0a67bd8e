// SPDX-License-Identifier: Apache-2.0
//
// How large the picture in a file is.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace sluice::metafile {

struct PictureSize {
  std::uint32_t width = 0;  // pixels
  std::uint32_t height = 0;
};

// Of a PNG, JPEG or GIF, by its head. Nothing if it does not say, or says 0.
std::optional<PictureSize> size_of_picture(std::string_view file);

}  // namespace sluice::metafile
