// SPDX-License-Identifier: Apache-2.0
#include "page_image.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <sluice/outcome.hpp>

#include "fills.hpp"

namespace sluice::ocr {
namespace {

// Resolutions that scanners, fax machines and programs really write; others are mistakes.
constexpr int kLeastDpi = 60;
constexpr int kMostDpi = 2400;
// Paper is no longer than A2's long side: more inches mean that the resolution is made up.
constexpr float kLongestPaper = 24;
// Pages with more pixels become smaller first: 300 an inch show all that there is of small print.
constexpr float kWantedDpi = 300;
constexpr float kRichDpi = 420;
// Tesseract reads small letters of 20 to 40 pixels best (10 points at 300 dpi have 20). Below 13 it
// mistakes one letter for another; letters above 60, it takes for drawings.
constexpr int kLeastLetter = 13;
constexpr int kWantedLetter = 24;
constexpr int kMostLetter = 60;
constexpr float kMostEnlarged = 4;
constexpr std::uint64_t kMaxPixels = 40'000'000;  // of the page that is recognized: A2 at 300 dpi
// A page without a resolution is assumed to have this height; a screen shows as much
// text.
constexpr float kGuessedHeight = 11;
constexpr float kLeastGuess = 96, kMostGuess = 400;  // dots an inch
// Dots an inch across, for one along: fax has up to two; more is a mistake.
constexpr float kFewerLines = 1.1F, kFewestLines = 3;
constexpr float kSameScale = 0.01F;  // a resolution that is rounded
constexpr float kDeg = 3.14159265F / 180;
constexpr float kLeastSkew = 0.15F;  // degrees; a line of A4 then rises by half a millimetre
constexpr float kSureSkew = 3.0F;    // leptonica's confidence for "certainly skewed"

PixPtr flattened(PixPtr pix) {
  if (pixGetColormap(pix.get()) != nullptr) {
    pix = kept(pixRemoveColormap(pix.get(), REMOVE_CMAP_BASED_ON_SRC));
  }
  // What is transparent shows the paper.
  if (pixGetDepth(pix.get()) == 32 && pixGetSpp(pix.get()) == 4) {
    pix = kept(pixAlphaBlendUniform(pix.get(), 0xffffff00));
  }
  return pix;
}

// Fax has fewer lines than columns: pixels become square.
PixPtr squared(PixPtr pix) {
  const int x = pixGetXRes(pix.get());
  const int y = pixGetYRes(pix.get());
  if (x < kLeastDpi || y < kLeastDpi || x > kMostDpi || y > kMostDpi) return pix;
  const float ratio = static_cast<float>(x) / static_cast<float>(y);
  if (ratio < kFewerLines && ratio > 1 / kFewerLines) return pix;
  if (ratio > kFewestLines || ratio < 1 / kFewestLines) return pix;
  const float wide = std::max(1.0F, 1 / ratio);
  const float high = std::max(1.0F, ratio);
  PixPtr out = kept(pixScale(pix.get(), wide, high));
  pixSetResolution(out.get(), std::max(x, y), std::max(x, y));
  return out;
}

float longest_side(Pix* pix) {
  return static_cast<float>(std::max(pixGetWidth(pix), pixGetHeight(pix)));
}

// By how much it may be enlarged at most.
float most_scale(Pix* pix) {
  const double pixels = static_cast<double>(pixGetWidth(pix)) * pixGetHeight(pix);
  return static_cast<float>(std::sqrt(static_cast<double>(kMaxPixels) / pixels));
}

// Sets dpi, and returns by how much the picture is to be made smaller.
float scale_of(Pix* pix, int given, PageImage& page) {
  const int named = given > 0 ? given : pixGetXRes(pix);
  const bool plausible = named >= kLeastDpi && named <= kMostDpi &&
                         longest_side(pix) / static_cast<float>(named) <= kLongestPaper;
  // 72 and 96 stand in pictures that no scanner made; their size says more.
  const bool is_default = given <= 0 && (named == 72 || named == 96);
  page.dpi_is_known = plausible && !is_default;
  page.dpi = page.dpi_is_known
                 ? static_cast<float>(named)
                 : std::clamp(longest_side(pix) / kGuessedHeight, kLeastGuess, kMostGuess);
  const float scale = std::min(page.dpi > kRichDpi ? kWantedDpi / page.dpi : 1.0F, most_scale(pix));
  page.dpi *= scale;
  return scale;
}

PixPtr grey_of(PixPtr pix, float scale) {
  if (pixGetDepth(pix.get()) == 1) {
    // Smaller black and white loses its thin lines, unless it becomes grey.
    if (scale < 1 - kSameScale) return kept(pixScaleToGray(pix.get(), scale));
    if (scale > 1 + kSameScale) pix = kept(pixScale(pix.get(), scale, scale));
    return kept(pixConvertTo8(pix.get(), 0));
  }
  // Large colour pictures become small before they become grey copies.
  PixPtr grey = kept(pixConvertTo8(pix.get(), 0));
  pix.reset();
  if (std::abs(scale - 1) < kSameScale) return grey;
  return kept(scale < 1 ? pixScaleAreaMap(grey.get(), scale, scale)
                        : pixScaleGrayLI(grey.get(), scale, scale));
}

// The level that half of the pixels are above.
int median_level(Pix* grey) {
  l_float32 level = 255;
  const int step = std::max(1, static_cast<int>(longest_side(grey)) / 500);
  if (pixGetRankValueMasked(grey, nullptr, 0, 0, step, 0.5F, &level, nullptr) != 0) return 255;
  return static_cast<int>(level);
}

PixPtr evened(PixPtr grey) {
  // Needs some tiles of 10 pixels; smaller pictures have no shadows.
  if (pixGetWidth(grey.get()) < 100 || pixGetHeight(grey.get()) < 100) return grey;
  // Leptonica's usual tiles; the paper becomes nearly white, so that corners that a rotation brings
  // in are no darker or lighter than it.
  constexpr int kPaper = 250;
  PixPtr out(pixBackgroundNorm(grey.get(), nullptr, nullptr, 10, 15, 60, 40, kPaper, 2, 1));
  return out == nullptr ? std::move(grey) : std::move(out);
}

PixPtr ink_of(Pix* grey) {
  Pix* ink = nullptr;
  if (pixOtsuAdaptiveThreshold(grey, pixGetWidth(grey), pixGetHeight(grey), 0, 0, 0.1F, nullptr,
                               &ink) == 0) {
    return kept(ink);
  }
  return kept(pixConvertTo1(grey, 160));
}

// The height of most letters, which are small ones; 0 if there are too few to tell.
int letter_height(Pix* ink) {
  constexpr int kLeast = 4;        // smaller ones are dots, commas and dust
  constexpr int kMostWidth = 4;    // heights: wider ones are rules
  constexpr std::size_t kFew = 6;  // letters
  std::vector<int> heights;
  const Marks marks(ink);
  for (int i = 0; i < marks.count(); ++i) {
    const Stroke mark = marks.at(i);
    const int height = mark.y1 - mark.y0;
    if (height >= kLeast && mark.x1 - mark.x0 <= kMostWidth * height) heights.push_back(height);
  }
  if (heights.size() < kFew) return 0;
  const auto middle = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2);
  std::nth_element(heights.begin(), middle, heights.end());
  return *middle;
}

// Letters of a size that recognition knows. `edges` of fills lie on the page.
void fit_letters(PageImage& page, std::vector<Stroke>& edges) {
  const int height = letter_height(page.ink.get());
  if (height == 0 || (height >= kLeastLetter && height <= kMostLetter)) return;
  float scale = static_cast<float>(kWantedLetter) / static_cast<float>(height);
  scale = std::min({scale, kMostEnlarged, most_scale(page.grey.get())});
  page.grey = kept(scale < 1 ? pixScaleAreaMap(page.grey.get(), scale, scale)
                             : pixScaleGrayLI(page.grey.get(), scale, scale));
  page.ink = ink_of(page.grey.get());
  page.dpi *= scale;
  const auto scaled = [scale](int at) { return static_cast<int>(static_cast<float>(at) * scale); };
  for (Stroke& edge : edges) {
    edge = {scaled(edge.x0), scaled(edge.y0), scaled(edge.x1), scaled(edge.y1), edge.is_horizontal};
  }
}

// By how many degrees it is skewed; 0 where that is little or uncertain.
float skew_of(Pix* ink) {
  l_float32 angle = 0;
  l_float32 confidence = 0;
  if (pixFindSkew(ink, &angle, &confidence) != 0) return 0;
  return confidence < kSureSkew || std::abs(angle) < kLeastSkew ? 0 : angle;
}

PixPtr rotated(const PixPtr& pix, float degrees) {
  return kept(pixRotate(pix.get(), degrees * kDeg, L_ROTATE_AREA_MAP, L_BRING_IN_WHITE,
                        pixGetWidth(pix.get()), pixGetHeight(pix.get())));
}

// `raw`: the page as it is, straight. Its fills become paper: evening the light would leave their
// edges, which are returned.
std::vector<Stroke> take_fills(PixPtr raw, PageImage& page) {
  const std::vector<Fill> fills = fills_in(raw.get(), page.dpi);
  if (fills.empty()) return {};
  whiten_fills(fills, raw.get());
  page.grey = evened(std::move(raw));
  page.ink = ink_of(page.grey.get());
  return edges_of(fills, page.grey.get());
}

}  // namespace

PageImage make_page_image(PixPtr picture, int dpi) {
  PageImage page;
  picture = squared(flattened(std::move(picture)));
  const float scale = scale_of(picture.get(), dpi, page);
  page.grey = grey_of(std::move(picture), scale);
  // White letters on black.
  constexpr int kDark = 100;
  if (median_level(page.grey.get()) < kDark) {
    page.grey = kept(pixInvert(nullptr, page.grey.get()));
  }
  PixPtr raw = std::move(page.grey);
  page.grey = evened(kept(pixCopy(nullptr, raw.get())));
  page.ink = ink_of(page.grey.get());
  if (const float skew = skew_of(page.ink.get()); skew != 0) {
    raw = rotated(raw, skew);
    page.grey = rotated(page.grey, skew);
    page.ink = ink_of(page.grey.get());
  }
  std::vector<Stroke> edges = take_fills(std::move(raw), page);
  fit_letters(page, edges);
  page.strokes = strokes_in(page.ink.get(), page.dpi);
  page.letters = kept(pixCopy(nullptr, page.grey.get()));
  erase_strokes(page.strokes, page.ink.get(), page.letters.get());
  page.strokes.insert(page.strokes.end(), edges.begin(), edges.end());
  return page;
}

void turn(PageImage& page, int quarters) {
  if (quarters % 4 == 0) return;
  for (Stroke& stroke : page.strokes) {
    stroke =
        turned(stroke, pixGetWidth(page.ink.get()), pixGetHeight(page.ink.get()), quarters % 4);
  }
  page.grey = kept(pixRotateOrth(page.grey.get(), quarters % 4));
  page.ink = kept(pixRotateOrth(page.ink.get(), quarters % 4));
  page.letters = kept(pixRotateOrth(page.letters.get(), quarters % 4));
}

bool may_have_text(const PageImage& page) {
  // A word has at least two letters, each between 3 and 144 points high and no blot.
  const auto least = static_cast<int>(page.dpi * 3 / 72);
  const auto most = static_cast<int>(page.dpi * 2);
  int letters = 0;
  constexpr int kEnough = 2;
  const Marks marks(page.ink.get());
  for (int i = 0; i < marks.count() && letters < kEnough; ++i) {
    const Stroke mark = marks.at(i);
    const int height = mark.y1 - mark.y0;
    if (height >= least && height <= most && mark.x1 - mark.x0 <= 4 * most) ++letters;
  }
  return letters >= kEnough;
}

}  // namespace sluice::ocr
