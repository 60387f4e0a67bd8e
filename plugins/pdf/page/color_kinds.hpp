// SPDX-License-Identifier: Apache-2.0
//
// What the colours of an image are: whether its samples can stay as they are.
#pragma once

#include <string>

class Dict;
class GfxImageColorMap;
class Object;

namespace sluice::pdf {

// How the Decode array maps samples to values.
enum class SampleOrder { kPlain, kReversed, kOther };
SampleOrder order_of(const GfxImageColorMap& colors);

bool is_gray(GfxImageColorMap& colors);
bool is_gray_or_rgb(GfxImageColorMap& colors);
// The palette of an indexed image as PNG wants it, or nothing.
std::string palette_of(GfxImageColorMap& colors);

// Whether FlateDecode is the only filter; `parameters` are then its own, or null.
bool is_flate_alone(const Dict& image, Object& parameters);
int integer_of(const Dict& dict, const char* key, int otherwise);

}  // namespace sluice::pdf
