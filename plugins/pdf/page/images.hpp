// SPDX-License-Identifier: Apache-2.0
//
// Images of a page to assets: JPEG and PNG data is passed through as it is where it can be, other
// pixels are written as PNG. Each image of the document is written once. The data of inline images
// is always consumed, or the content after it could not be read.
#pragma once

#include <cstdint>
#include <exception>
#include <map>
#include <optional>
#include <sluice/plugin.hpp>
#include <string>
#include <vector>

#include "content.hpp"

class GfxState;
class GfxImageColorMap;
class Object;
class Stream;

namespace sluice::pdf {

struct ImageMask {
  Stream* stream = nullptr;
  int width = 0;
  int height = 0;
  GfxImageColorMap* colors = nullptr;  // of a soft mask; none: one bit a pixel
  bool invert = false;
};

// An image as poppler hands it to the device.
struct ImageSource {
  GfxState* state = nullptr;
  Object* ref = nullptr;
  Stream* stream = nullptr;
  int width = 0;
  int height = 0;
  GfxImageColorMap* colors = nullptr;
  const int* mask_colors = nullptr;
  ImageMask mask = {};
  bool is_mask = false;  // one bit a pixel, painted in the fill colour
  bool invert = false;
  bool is_inline = false;
};

struct ImageOptions {
  bool extract = true;
  float smallest = 16;  // points on the page, either side; smaller ones are decoration
};

// What is done about an image: scans are many pages of large images that end as `empty`, so that
// nothing is decoded before the document is known to have text.
enum class ImageWork : std::uint8_t {
  kEncode,
  kWaitForText,  // large ones of pages without text so far are counted only: images_waiting
};

class ImageTaker {
 public:
  ImageTaker(Job& job, ImageOptions options);

  void start_page(PageContent& page);
  void set_work(ImageWork work) { work_ = work; }
  // Notes the image, as content of `mark`; if it is hidden only its data is consumed. Throws
  // nothing: poppler is on the stack, and does not expect it.
  void take(const ImageSource& source, std::int32_t mark, bool hidden) noexcept;
  // Whether taking images failed for good; and throws that failure, once.
  bool has_failed() const { return failure_ != nullptr; }
  void throw_failure();

 private:
  // Size and two hashes of an image's encoded bytes.
  struct Identity {
    std::uint64_t size = 0;
    std::uint64_t first = 0;
    std::uint64_t second = 0;
    auto operator<=>(const Identity&) const = default;
  };

  void take_or_throw(const ImageSource& source, std::int32_t mark, bool hidden);
  std::optional<Box> place_of(const ImageSource& source) const;
  std::optional<sluice_asset> asset_of(const ImageSource& source);
  std::optional<sluice_asset> encode(const ImageSource& source);
  sluice_asset keep_nothing_of(const ImageSource& source);
  std::nullopt_t leave_out(const char* why);
  sluice_asset keep(const char* media_type, const std::string& bytes);

  Job& job_;
  ImageOptions options_;
  bool assets_are_kept_;
  PageContent* page_ = nullptr;
  ImageWork work_ = ImageWork::kEncode;
  std::map<std::pair<int, int>, std::optional<sluice_asset>> by_reference_;
  std::map<Identity, sluice_asset> by_content_;
  std::uint64_t pixels_left_;
  unsigned count_ = 0;
  std::exception_ptr failure_;
};

}  // namespace sluice::pdf
