// SPDX-License-Identifier: Apache-2.0
#include "tiff_pages.hpp"

#include <algorithm>
#include <set>

namespace sluice::ocr {
namespace {

constexpr std::size_t kEntryBytes = 12;

enum Tag : std::uint32_t {
  kSubfileType = 254,
  kWidth = 256,
  kLength = 257,
  kBitsPerSample = 258,
  kSamplesPerPixel = 277,
};

class Reader {
 public:
  explicit Reader(std::span<const std::uint8_t> file)
      : file_(file), is_little_(file.size() > 1 && file[0] == 'I') {}

  bool has(std::size_t at, std::size_t size) const {
    return at <= file_.size() && file_.size() - at >= size;
  }
  // 0 outside of the file.
  std::uint32_t number(std::size_t at, std::size_t size) const {
    if (!has(at, size)) return 0;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i) {
      const std::size_t place = is_little_ ? size - 1 - i : i;
      value = value << 8 | file_[at + place];
    }
    return value;
  }
  // The first value of an entry of the types SHORT and LONG.
  std::uint32_t value(std::size_t entry) const {
    const std::uint32_t type = number(entry + 2, 2);
    const std::uint32_t count = number(entry + 4, 4);
    if (type == 3) return number(count > 2 ? number(entry + 8, 4) : entry + 8, 2);
    return number(entry + 8, 4);
  }

 private:
  std::span<const std::uint8_t> file_;
  bool is_little_;
};

TiffPage page_at(const Reader& in, std::size_t offset, std::size_t entries) {
  TiffPage page;
  page.offset = offset;
  unsigned bits = 1;
  unsigned samples = 1;
  for (std::size_t i = 0; i < entries; ++i) {
    const std::size_t entry = offset + 2 + i * kEntryBytes;
    switch (in.number(entry, 2)) {
      case kSubfileType:
        // Bit 0: a reduced copy; bit 2: a mask.
        page.is_thumbnail = (in.value(entry) & 5U) != 0;
        break;
      case kWidth:
        page.width = in.value(entry);
        break;
      case kLength:
        page.height = in.value(entry);
        break;
      case kBitsPerSample:
        bits = in.value(entry);
        break;
      case kSamplesPerPixel:
        samples = in.value(entry);
        break;
      default:
        break;
    }
  }
  page.bits = std::clamp(bits, 1U, 64U) * std::clamp(samples, 1U, 64U);
  return page;
}

}  // namespace

TiffPages read_tiff_pages(std::span<const std::uint8_t> file, std::size_t most) {
  TiffPages all;
  const Reader in(file);
  std::set<std::size_t> seen;
  for (std::size_t at = in.number(4, 4); at != 0;) {
    const std::size_t entries = in.number(at, 2);
    const std::size_t end = at + 2 + entries * kEntryBytes;
    if (entries == 0 || !in.has(at, 2) || !in.has(end, 0) || !seen.insert(at).second) {
      all.is_cut = true;
      break;
    }
    if (all.pages.size() == most) {
      all.has_more = true;
      break;
    }
    const TiffPage page = page_at(in, at, entries);
    if (!page.is_thumbnail) all.pages.push_back(page);
    // Thumbnails are no pages, but a chain of nothing else must end, too.
    if (seen.size() > 4 * most) {
      all.has_more = true;
      break;
    }
    at = in.number(end, 4);
  }
  return all;
}

}  // namespace sluice::ocr
