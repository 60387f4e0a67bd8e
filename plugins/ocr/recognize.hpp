// SPDX-License-Identifier: Apache-2.0
//
// One page from its picture to words: made ready, turned upright where it lies on its side,
// recognized within its time.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine.hpp"
#include "page_image.hpp"

namespace sluice::ocr {

struct RecognizeOptions {
  std::vector<std::string> languages;
  int dpi = 0;         // 0: what the picture says, or a guess
  double seconds = 0;  // of processor time, for the page
};

struct RecognizedPage {
  PageImage image;
  Reading reading;
};

// `is_cancelled`: asked now and then. Throws Failure.
RecognizedPage recognize(Engine& engine, PixPtr picture, const RecognizeOptions& options,
                         const std::function<bool()>& is_cancelled);

// That this process has had.
double processor_seconds();

// Whether what was read is text, and not a photo's pattern seen as letters.
bool has_text(const Reading& reading);

}  // namespace sluice::ocr
