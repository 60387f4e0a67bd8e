// SPDX-License-Identifier: Apache-2.0
//
// JBIG2 images by poppler's own decoder, for builds without libjbig2dec. Poppler has no bound for
// what an image asks for: one that is made to ask for too much fails its document at the worker's
// limits.
#include <Stream.h>

#include "jbig2.hpp"

namespace sluice::pdf {

ImageData::ImageData(Stream* stream, int /*width*/, int /*height*/) : stream_(stream) {}

ImageData::~ImageData() = default;

}  // namespace sluice::pdf
