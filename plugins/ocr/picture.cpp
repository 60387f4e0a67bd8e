// SPDX-License-Identifier: Apache-2.0
#include "picture.hpp"

#include <algorithm>
#include <sluice/outcome.hpp>
#include <string>
#include <string_view>

#include "exif.hpp"

namespace sluice::ocr {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::size_t kMaxPages = 5'000;
// A decoded image: A4 in colour at 800 dpi, A0 in black and white at 600 dpi. A plain memory limit
// of 1 GiB holds it and the copies that are made of it.
constexpr std::uint64_t kMaxDecodedBytes = std::uint64_t{256} << 20;
constexpr std::uint64_t kMaxSide = 100'000;

struct Size {
  std::uint64_t width = 0;
  std::uint64_t height = 0;
  unsigned bits = 8;  // of a decoded pixel
};

std::string_view text_of(std::span<const std::uint8_t> file) {
  return {reinterpret_cast<const char*>(file.data()), file.size()};
}

std::uint32_t little(std::span<const std::uint8_t> file, std::size_t at, std::size_t size) {
  std::uint32_t value = 0;
  for (std::size_t i = size; i-- > 0;)
    value = value << 8 | (at + i < file.size() ? file[at + i] : 0U);
  return value;
}

// What decoders keep for a pixel of so many bits in the file.
unsigned decoded_bits(unsigned bits) {
  if (bits <= 1) return 1;
  return bits <= 8 ? 8 : 32;
}

Size size_of(std::span<const std::uint8_t> file, Format format) {
  switch (format) {
    case Format::kGif:
      return {little(file, 6, 2), little(file, 8, 2), 32};
    case Format::kBmp: {
      // A height below zero: its rows run from the top down.
      const std::uint32_t height = little(file, 22, 4);
      return {little(file, 18, 4), height >> 31 != 0 ? 0U - height : height,
              decoded_bits(little(file, 28, 2))};
    }
    default:
      break;
  }
  l_int32 kind = 0, width = 0, height = 0, bits = 0, samples = 0, has_colors = 0;
  const bool known = pixReadHeaderMem(file.data(), file.size(), &kind, &width, &height, &bits,
                                      &samples, &has_colors) == 0;
  if (!known || width <= 0 || height <= 0) return {};
  return {static_cast<std::uint64_t>(width), static_cast<std::uint64_t>(height),
          decoded_bits(static_cast<unsigned>(std::max(1, bits) * std::max(1, samples)))};
}

// Throws if a decoder would need too much for it.
void check(const Size& size) {
  if (size.width == 0 || size.height == 0) {
    throw Failure(Outcome::kMalformed, "the picture's header cannot be read");
  }
  const bool fits = size.width <= kMaxSide && size.height <= kMaxSide &&
                    size.width * size.height <= kMaxDecodedBytes / size.bits * 8;
  if (fits) return;
  throw Failure(Outcome::kLimit, "the picture has " + std::to_string(size.width) + " x " +
                                     std::to_string(size.height) +
                                     " pixels, more than a scanned page can have");
}

// Of a JPEG: each of the wrong ways in which a camera may have been held.
PixPtr upright(PixPtr pix, Orientation orientation) {
  if (orientation.is_mirrored) pix.reset(pixFlipLR(nullptr, pix.get()));
  if (pix != nullptr && orientation.quarter_turns != 0) {
    pix.reset(pixRotateOrth(pix.get(), orientation.quarter_turns));
  }
  return pix;
}

Pix* decode(std::span<const std::uint8_t> file, Format format) {
  switch (format) {
    case Format::kPng:
      return pixReadMemPng(file.data(), file.size());
    case Format::kJpeg: {
      l_int32 warnings = 0;
      return pixReadMemJpeg(file.data(), file.size(), 0, 1, &warnings, 0);
    }
    case Format::kWebp:
      return pixReadMemWebP(file.data(), file.size());
    case Format::kBmp:
      return pixReadMemBmp(file.data(), file.size());
    case Format::kGif:
      return pixReadMemGif(file.data(), file.size());
    case Format::kPnm:
      return pixReadMemPnm(file.data(), file.size());
    case Format::kTiff:
    case Format::kUnknown:
      break;
  }
  return nullptr;
}

}  // namespace

Format format_of(std::span<const std::uint8_t> file) {
  const std::string_view text = text_of(file.subspan(0, std::min<std::size_t>(file.size(), 16)));
  if (text.starts_with("\x89PNG\r\n\x1a\n"sv)) return Format::kPng;
  if (text.starts_with("\xff\xd8\xff"sv)) return Format::kJpeg;
  if (text.starts_with("II*\0"sv) || text.starts_with("MM\0*"sv)) return Format::kTiff;
  if (text.starts_with("RIFF"sv) && text.size() > 11 && text.substr(8, 4) == "WEBP") {
    return Format::kWebp;
  }
  if (text.starts_with("BM"sv) && text.size() > 10 && text.substr(6, 4) == "\0\0\0\0"sv) {
    return Format::kBmp;
  }
  if (text.starts_with("GIF87a"sv) || text.starts_with("GIF89a"sv)) return Format::kGif;
  const bool is_pnm = text.size() > 2 && text[0] == 'P' && (text[1] == '4' || text[1] == '5');
  return is_pnm ? Format::kPnm : Format::kUnknown;
}

Picture::Picture(std::span<const std::uint8_t> file) : file_(file), format_(format_of(file)) {
  if (format_ == Format::kUnknown) {
    throw Failure(Outcome::kUnsupported, "it is no picture of a kind that can be read");
  }
  if (format_ != Format::kTiff) return;
  tiff_ = read_tiff_pages(file, kMaxPages);
  if (tiff_.pages.empty()) {
    throw Failure(Outcome::kMalformed, "the file has no page: its first directory cannot be read");
  }
}

PixPtr Picture::read(std::size_t page) const {
  PixPtr pix;
  if (format_ == Format::kTiff) {
    const TiffPage& found = tiff_.pages[page];
    check({found.width, found.height, decoded_bits(found.bits)});
    std::size_t offset = found.offset;
    pix.reset(pixReadMemFromMultipageTiff(file_.data(), file_.size(), &offset));
  } else {
    check(size_of(file_, format_));
    pix.reset(decode(file_, format_));
    if (pix != nullptr && format_ == Format::kJpeg)
      pix = upright(std::move(pix), orientation_of(file_));
  }
  if (pix == nullptr) throw Failure(Outcome::kMalformed, "the picture cannot be decoded");
  return pix;
}

}  // namespace sluice::ocr
