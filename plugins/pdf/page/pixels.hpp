// SPDX-License-Identifier: Apache-2.0
//
// The data of one image as a file. Each function gives nothing where its way is not to be had.
#pragma once

#include <cstddef>
#include <string>

#include "images.hpp"

namespace sluice::pdf {

// Whether the data is JPEG that a viewer shows as the document does.
bool may_stay_jpeg(const ImageSource& source);
// The JPEG data inside, if a viewer shows it as the document does: gray or RGB, nothing masked.
std::string jpeg_as_it_is(const ImageSource& source, std::size_t most);
// FlateDecode data with a PNG predictor, as a PNG.
std::string png_as_it_is(const ImageSource& source, std::size_t most);
// Decoded, with masks as transparency. Stencils are black on white.
std::string pixels_as_png(const ImageSource& source);

}  // namespace sluice::pdf
