// SPDX-License-Identifier: Apache-2.0
//
// What recognition found on a page, in the form in which pages are read: words with box, baseline
// and size in points, and drawn lines. Sizes come from the letters, not from the rows that
// recognition saw: a row of capitals alone looks taller than it is.
#pragma once

#include <vector>

#include "engine.hpp"
#include "page_image.hpp"
#include "pdf/page/content.hpp"

namespace sluice::ocr {

// The faces that recognition knows: words of lines with thick strokes have the second one.
inline constexpr std::uint16_t kPlainFace = 0;
inline constexpr std::uint16_t kBoldFace = 1;
std::vector<pdf::Face> recognized_faces();

pdf::PageContent page_content(const PageImage& page, const Reading& reading, int number);

}  // namespace sluice::ocr
