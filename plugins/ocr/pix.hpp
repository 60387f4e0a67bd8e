// SPDX-License-Identifier: Apache-2.0
//
// An image of leptonica's that frees itself. Nothing else of the plugin calls pixDestroy.
#pragma once

#include <leptonica/allheaders.h>

#include <memory>

namespace sluice::ocr {

struct PixDeleter {
  void operator()(Pix* pix) const { pixDestroy(&pix); }
};
using PixPtr = std::unique_ptr<Pix, PixDeleter>;

}  // namespace sluice::ocr
