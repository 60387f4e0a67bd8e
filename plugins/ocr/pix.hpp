// SPDX-License-Identifier: Apache-2.0
//
// An image of leptonica's that frees itself. Nothing else of the plugin calls pixDestroy.
#pragma once

#include <leptonica/allheaders.h>

#include <memory>
#include <sluice/outcome.hpp>

namespace sluice::ocr {

struct PixDeleter {
  void operator()(Pix* pix) const { pixDestroy(&pix); }
};
using PixPtr = std::unique_ptr<Pix, PixDeleter>;

// What leptonica made; it makes nothing if memory runs out.
inline PixPtr kept(Pix* pix) {
  if (pix == nullptr) throw Failure(Outcome::kLimit, "the picture needs too much memory");
  return PixPtr(pix);
}

}  // namespace sluice::ocr
