// SPDX-License-Identifier: Apache-2.0
#include "images.hpp"

#include <Object.h>  // Dict.h does not stand alone
// clang-format off
#include <Dict.h>
// clang-format on
#include <GfxState.h>
#include <Stream.h>

#include <algorithm>
#include <cmath>

#include "jbig2.hpp"
#include "pixels.hpp"
#include "samples.hpp"

namespace sluice::pdf {
namespace {

constexpr std::uint64_t kMaxPixels = 64'000'000;  // of one image
// Of all images that are decoded, and besides for each byte of the document: a scanned page of nine
// million pixels takes ten kilobytes at least, and books have hundreds of them.
constexpr std::uint64_t kMaxPixelsOfAll = 2'000'000'000;
constexpr std::uint64_t kMaxPixelsPerByte = 1'024;
constexpr std::size_t kMaxEncodedBytes = std::size_t{128} << 20;
constexpr unsigned kMaxImages = 3'000;  // of a document
constexpr std::size_t kMaxPlacedOnPage = 500;
// A logo is encoded in less time than its page is read again; a page at 72 dpi has 480,000 pixels.
constexpr std::uint64_t kSmallPixels = 100'000;

// Reads an inline image to its end, so that the content after it is found.
void consume(const ImageSource& source) {
  const int components = source.colors != nullptr ? source.colors->getNumPixelComps() : 1;
  const int bits = source.colors != nullptr ? source.colors->getBits() : 1;
  const std::uint64_t row =
      (static_cast<std::uint64_t>(source.width) * static_cast<std::uint64_t>(components * bits) +
       7) /
      8;
  const std::uint64_t bytes =
      std::min<std::uint64_t>(row * static_cast<std::uint64_t>(source.height), kMaxEncodedBytes);
  source.stream->reset();
  for (std::uint64_t i = 0; i < bytes; ++i) {
    if (source.stream->getChar() == EOF) break;
  }
  source.stream->close();
}

// 0 where there is no image.
std::uint64_t pixels_of(int width, int height) {
  if (width <= 0 || height <= 0) return 0;
  return static_cast<std::uint64_t>(width) * static_cast<std::uint64_t>(height);
}

std::uint64_t fnv(std::string_view bytes, std::uint64_t hash) {
  for (const char c : bytes) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  }
  return hash;
}

}  // namespace

ImageTaker::ImageTaker(Job& job, ImageOptions options)
    : job_(job),
      options_(options),
      assets_are_kept_(job.assets_are_kept()),
      pixels_left_(kMaxPixelsOfAll + kMaxPixelsPerByte * job.source_size()) {}

void ImageTaker::start_page(PageContent& page) {
  page_ = &page;
}

std::optional<Box> ImageTaker::place_of(const ImageSource& source) const {
  const double* m = source.state->getCTM();
  Box box = box_of(m[4], m[5], m[0] + m[4], m[1] + m[5]);
  box.add(box_of(m[2] + m[4], m[3] + m[5], m[0] + m[2] + m[4], m[1] + m[3] + m[5]));
  double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  source.state->getClipBBox(&x0, &y0, &x1, &y1);
  const Box clip = box_of(x0, y0, x1, y1);
  box = {std::max(box.x0, clip.x0), std::max(box.y0, clip.y0), std::min(box.x1, clip.x1),
         std::min(box.y1, clip.y1)};
  if (!std::isfinite(box.area())) return std::nullopt;
  if (box.width() < options_.smallest || box.height() < options_.smallest) return std::nullopt;
  if (source.width < 4 || source.height < 4) return std::nullopt;
  return box;
}

void ImageTaker::take(const ImageSource& source, std::int32_t mark, bool hidden) noexcept {
  if (failure_ != nullptr) return;
  try {
    take_or_throw(source, mark, hidden);
  } catch (...) {
    failure_ = std::current_exception();
  }
}

void ImageTaker::throw_failure() {
  if (failure_ != nullptr) std::rethrow_exception(std::exchange(failure_, nullptr));
}

void ImageTaker::take_or_throw(const ImageSource& source, std::int32_t mark, bool hidden) {
  if (source.width <= 0 || source.height <= 0) return;
  const auto box = hidden ? std::nullopt : place_of(source);
  const bool wanted = box && options_.extract && page_->images.size() < kMaxPlacedOnPage;
  std::optional<sluice_asset> asset;
  if (wanted && work_ == ImageWork::kWaitForText && page_->words.empty() &&
      pixels_of(source.width, source.height) > kSmallPixels) {
    ++page_->images_waiting;
  } else if (wanted) {
    asset = asset_of(source);
  }
  // Without an asset folder, what became an asset was not read either.
  if (source.is_inline && (!asset || !assets_are_kept_)) consume(source);
  if (asset) {
    page_->images.push_back({*box, *asset, {}, mark});
  } else {
    ++page_->images_left_out;
  }
}

std::optional<sluice_asset> ImageTaker::asset_of(const ImageSource& source) {
  if (source.ref == nullptr || !source.ref->isRef()) return encode(source);
  const std::pair key(source.ref->getRef().num, source.ref->getRef().gen);
  const auto known = by_reference_.find(key);
  if (known != by_reference_.end()) return known->second;
  const auto asset = encode(source);
  by_reference_.emplace(key, asset);
  return asset;
}

// The host drops what is in the asset; it needs only to differ from the others.
sluice_asset ImageTaker::keep_nothing_of(const ImageSource& source) {
  const bool jpeg = !source.is_inline && may_stay_jpeg(source);
  return keep(jpeg ? "image/jpeg" : "image/png", "image " + std::to_string(count_));
}

sluice_asset ImageTaker::keep(const char* media_type, const std::string& bytes) {
  const Identity identity{bytes.size(), fnv(bytes, 0xCBF29CE484222325U),
                          std::hash<std::string_view>()(bytes)};
  const auto known = by_content_.find(identity);
  if (known != by_content_.end()) return known->second;
  const std::string name = "page-" + std::to_string(page_->number) + "-image-" +
                           std::to_string(page_->images.size() + 1) +
                           (std::string_view(media_type) == "image/jpeg" ? ".jpg" : ".png");
  const sluice_asset asset = job_.add_asset(
      name, media_type, {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
  by_content_.emplace(identity, asset);
  return asset;
}

std::optional<sluice_asset> ImageTaker::encode(const ImageSource& source) {
  if (count_ >= kMaxImages || pixels_of(source.width, source.height) > kMaxPixels) {
    return leave_out("there are too many or it is too large");
  }
  ++count_;
  if (!assets_are_kept_) return keep_nothing_of(source);
  if (!source.is_inline) {
    const std::string jpeg = jpeg_as_it_is(source, kMaxEncodedBytes);
    if (!jpeg.empty()) return keep("image/jpeg", jpeg);
    const std::string png = png_as_it_is(source, kMaxEncodedBytes);
    if (!png.empty()) return keep("image/png", png);
  }
  const std::uint64_t pixels =
      pixels_of(source.width, source.height) + pixels_of(source.mask.width, source.mask.height);
  if (pixels > pixels_left_) return leave_out("there are too many or it is too large");
  pixels_left_ -= pixels;
  const ImageData data(source.stream, source.width, source.height);
  const ImageData mask(source.mask.stream, source.mask.width, source.mask.height);
  if (data.is_lost()) return leave_out("its data is damaged");
  if (data.is_damaged() || mask.is_damaged()) {
    job_.warn("image-damaged", "a part of an image on page " + std::to_string(page_->number) +
                                   " is missing: its data is damaged");
  }
  ImageSource decoded = source;
  decoded.stream = data.stream();
  decoded.mask.stream = mask.stream();
  std::string png = samples_as_png(decoded, kMaxEncodedBytes);
  if (png.empty()) png = pixels_as_png(decoded);
  if (png.empty()) return std::nullopt;
  return keep("image/png", png);
}

std::nullopt_t ImageTaker::leave_out(const char* why) {
  job_.warn("image-left-out",
            "an image on page " + std::to_string(page_->number) + " is left out: " + why);
  return std::nullopt;
}

}  // namespace sluice::pdf
