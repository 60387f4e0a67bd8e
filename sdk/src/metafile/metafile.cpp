// SPDX-License-Identifier: Apache-2.0
#include "sluice/metafile.hpp"

#include <sluice/counted.hpp>
#include <sluice/images.hpp>
#include <sluice/utf8.hpp>

#include "metafile/players.hpp"

namespace sluice {
namespace {

using metafile::Drawing;

// A bitmap that fills the picture, as it was: what programs make of screenshots and photographs.
bool is_one_bitmap(const Drawing& drawing) {
  const metafile::SvgSurface& surface = drawing.surface;
  if (surface.shapes() != 1 || surface.pictures() != 1 || surface.has_clips()) return false;
  const metafile::Matrix& place = surface.last_place();
  const metafile::Picture& picture = surface.last_picture();
  if (place.b != 0 || place.c != 0 || place.a <= 0 || place.d <= 0) return false;
  const double shape = place.a / place.d * picture.height / picture.width;
  constexpr double kSameShape = 0.03;
  return std::abs(shape - 1) < kSameShape && place.a > drawing.box.width() * 0.9 &&
         place.d > drawing.box.height() * 0.9;
}

}  // namespace

std::optional<DrawnMetafile> draw_metafile(std::string_view bytes) {
  std::optional<Drawing> drawing = metafile::play_emf(bytes);
  if (!drawing) drawing = metafile::play_wmf(bytes);
  if (!drawing || drawing->surface.shapes() == 0) return std::nullopt;
  if (is_one_bitmap(*drawing)) {
    const metafile::Picture& picture = drawing->surface.last_picture();
    return DrawnMetafile{picture.media_type, picture.bytes, drawing->left_out};
  }
  std::string svg = drawing->surface.finish(drawing->box);
  return DrawnMetafile{"image/svg+xml", std::move(svg), drawing->left_out};
}

void VisiblePictures::warn(const std::string& message, Severity severity) {
  constexpr unsigned kMaxWarnings = 20;
  if (warned_++ < kMaxWarnings) job_.warn("metafile", message, severity);
}

sluice_asset VisiblePictures::add(std::string_view name, std::string_view media_type,
                                  std::span<const std::uint8_t> bytes) {
  if (media_type != "image/emf" && media_type != "image/wmf") {
    return job_.add_asset(name, media_type, bytes);
  }
  const auto drawn = draw_metafile({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  const std::string shown = valid_utf8(name);
  if (!drawn) {
    warn("the picture " + shown +
             " is a Windows metafile that cannot be converted; most readers do not show it",
         Severity::kWarning);
    return job_.add_asset(name, media_type, bytes);
  }
  if (drawn->left_out > 0) {
    warn("of the picture " + shown + ", a Windows metafile, " +
             counted(drawn->left_out, "drawing step") + " could not be converted",
         Severity::kWarning);
  }
  const std::string stem(name.substr(0, name.rfind('.')));
  return job_.add_asset(
      stem + "." + std::string(extension_for(drawn->media_type)), drawn->media_type,
      {reinterpret_cast<const std::uint8_t*>(drawn->bytes.data()), drawn->bytes.size()});
}

}  // namespace sluice
