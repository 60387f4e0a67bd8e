// SPDX-License-Identifier: Apache-2.0
#include "drawing.hpp"

#include <PDFDoc.h>
#include <Page.h>
#include <SplashOutputDev.h>
#include <splash/SplashBitmap.h>

#include <algorithm>
#include <cmath>

#include "content_size.hpp"

namespace sluice::pdf {
namespace {

constexpr double kMaxDrawnPixels = 40e6;  // A2 at 300 dpi
constexpr double kLeastDpi = 40;          // no letter can be read below it

}  // namespace

std::string draw_page(PDFDoc& document, int number, int dpi) {
  Page* page = document.getPage(number);
  if (page == nullptr || !page->isOk() || has_endless_content(*page)) return {};
  const double inches = page->getCropWidth() * page->getCropHeight() / (72.0 * 72.0);
  if (!(inches > 0)) return {};
  const double used = std::floor(std::min<double>(dpi, std::sqrt(kMaxDrawnPixels / inches)));
  if (used < kLeastDpi) return {};
  SplashColor white = {255, 255, 255};
  SplashOutputDev device(splashModeMono8, 1, false, white);
  device.startDoc(&document);
  document.displayPage(&device, number, used, used, 0, /*useMediaBox=*/false, /*crop=*/true,
                       /*printing=*/false);
  const SplashBitmap* bitmap = device.getBitmap();
  if (bitmap == nullptr || bitmap->getDataPtr() == nullptr) return {};
  const auto width = static_cast<std::size_t>(bitmap->getWidth());
  const auto height = static_cast<std::size_t>(bitmap->getHeight());
  std::string pgm = "P5\n# " + std::to_string(static_cast<int>(used)) + " dpi\n" +
                    std::to_string(width) + ' ' + std::to_string(height) + "\n255\n";
  pgm.reserve(pgm.size() + width * height);
  const auto* rows = reinterpret_cast<const char*>(bitmap->getDataPtr());
  for (std::size_t y = 0; y < height; ++y) {
    pgm.append(rows + y * static_cast<std::size_t>(bitmap->getRowSize()), width);
  }
  return pgm;
}

}  // namespace sluice::pdf
