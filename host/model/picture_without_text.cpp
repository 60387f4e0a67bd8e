#include "model/picture_without_text.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "model/names.h"

namespace sluice {

bool is_picture_without_text(const Source& source, Outcome outcome) {
  if (outcome != Outcome::kEmpty || source.is_child() || source.is_named) return false;
  constexpr std::array<std::string_view, 8> kPictures = {"bmp", "gif", "jpeg", "jpg",
                                                         "png", "tif", "tiff", "webp"};
  return std::ranges::find(kPictures, extension_of(source.file_name())) != kPictures.end();
}

}  // namespace sluice
