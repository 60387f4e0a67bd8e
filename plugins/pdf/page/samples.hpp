// SPDX-License-Identifier: Apache-2.0
//
// Samples that mean in a PNG what they mean in the document (gray, RGB, a palette, a stencil) as
// they are stored, without a look at each pixel's colour: a fax page stays at one bit a pixel.
#pragma once

#include <cstddef>
#include <string>

#include "images.hpp"

namespace sluice::pdf {

// Nothing where colours have to be worked out pixel by pixel, or something is masked.
std::string samples_as_png(const ImageSource& source, std::size_t most_encoded);

}  // namespace sluice::pdf
