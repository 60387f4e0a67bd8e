// SPDX-License-Identifier: Apache-2.0
//
// Windows' metafiles (WMF, EMF: [MS-WMF], [MS-EMF]) as pictures that a reader of Markdown shows:
// SVG, or PNG where a metafile holds one bitmap and nothing else. Nothing that a record says is
// believed; time and memory are bounded by the size of the metafile, and the result by 32 MiB.
//
// Drawn: lines, polygons, curves, paths, text, bitmaps, pens, brushes with hatches and patterns,
// clipping, coordinate systems; of what EMF+ alone says, pictures and parts of them, filled boxes,
// text (each in one line), and clips that are boxes. Not drawn, and counted: other steps of EMF+ that
// EMF does not say too, glyphs by number, raster operations that need what is below, regions that are
// combined other than by their intersection.
#pragma once

#include <cstdint>
#include <optional>
#include <sluice/plugin.hpp>
#include <span>
#include <string>
#include <string_view>

namespace sluice {

struct DrawnMetafile {
  std::string media_type;  // image/svg+xml or image/png
  std::string bytes;
  std::uint64_t left_out = 0;  // records that draw something, and could not be drawn
};

// Nothing if `bytes` are no metafile, or one of which nothing can be drawn.
std::optional<DrawnMetafile> draw_metafile(std::string_view bytes);

// A metafile as Office packs it (EMZ, WMZ: gzip), unpacked. Nothing if `bytes` are not packed, or
// damaged.
std::optional<std::string> unpacked_metafile(std::string_view bytes);

// Pictures of a document as assets that a reader can show.
class VisiblePictures {
 public:
  // `job` must outlive it.
  explicit VisiblePictures(Job& job) : job_(job) {}

  // Adds `bytes`, an image of the type `media_type` (see sniff_image), as an asset; of a metafile
  // what it draws, with the extension of `name` changed. Warns with the code metafile, 20 times at
  // most, where something of it is not drawn; one that cannot be drawn at all stays as it is.
  // Throws Failure.
  sluice_asset add(std::string_view name, std::string_view media_type,
                   std::span<const std::uint8_t> bytes);

 private:
  void warn(const std::string& message, Severity severity);

  Job& job_;
  unsigned warned_ = 0;
};

}  // namespace sluice
