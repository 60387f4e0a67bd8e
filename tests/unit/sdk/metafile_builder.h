// Builds metafiles record by record, for tests of what is drawn of them.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::test {

inline std::string little(std::uint64_t value, int size) {
  std::string out;
  for (int i = 0; i < size; ++i) out.push_back(static_cast<char>(value >> (8 * i) & 0xFF));
  return out;
}
// Numbers of 32 or 16 bits, signed or not.
inline std::string words(std::initializer_list<std::int64_t> values) {
  std::string out;
  for (const std::int64_t value : values) out += little(static_cast<std::uint64_t>(value), 4);
  return out;
}
inline std::string shorts(std::initializer_list<std::int64_t> values) {
  std::string out;
  for (const std::int64_t value : values) out += little(static_cast<std::uint64_t>(value), 2);
  return out;
}
inline std::string utf16(std::string_view ascii) {
  std::string out;
  for (const char c : ascii) out += std::string{c, '\0'};
  return out;
}

inline constexpr std::uint32_t kStockWhiteBrush = 0x80000000;
inline constexpr std::uint32_t kStockBlackBrush = 0x80000004;
inline constexpr std::uint32_t kStockNullBrush = 0x80000005;
inline constexpr std::uint32_t kStockBlackPen = 0x80000007;
inline constexpr std::uint32_t kStockNullPen = 0x80000008;

// An enhanced metafile for a device of 96 dots an inch: a unit is a pixel of the picture.
class Emf {
 public:
  // The picture is `width` by `height` pixels.
  explicit Emf(int width = 100, int height = 50) : width_(width), height_(height) {}

  // `body`: what follows type and size; filled up to a multiple of four.
  Emf& record(std::uint32_t type, std::string body = {}) {
    body.resize((body.size() + 3) / 4 * 4);
    records_ += little(type, 4) + little(body.size() + 8, 4) + body;
    return *this;
  }
  Emf& select(std::uint32_t object) { return record(37, words({object})); }
  Emf& null_pen() { return select(kStockNullPen); }
  Emf& brush(std::uint32_t index, std::uint32_t color, std::uint32_t style = 0,
             std::uint32_t hatch = 0) {
    return record(39, words({index, style, color, hatch})).select(index);
  }
  Emf& rectangle(int left, int top, int right, int bottom) {
    return record(43, words({left, top, right, bottom}));
  }
  Emf& text(std::string_view ascii, int x, int y, std::uint32_t options = 0, int advance = 0) {
    std::string body = words({0, 0, 0, 0, 1, 0, 0, x, y, static_cast<std::int64_t>(ascii.size()),
                              76, options, 0, 0, 0, 0});
    std::string advances;
    for (std::size_t i = 0; i < ascii.size(); ++i) advances += words({advance});
    std::string chars = utf16(ascii);
    chars.resize((chars.size() + 3) / 4 * 4);
    body += words({advance == 0 ? 0 : static_cast<std::int64_t>(76 + chars.size())});
    return record(84, body + chars + advances);
  }
  // STRETCHDIBITS of a bitmap, as stored, into a box.
  Emf& bitmap(const std::string& header, const std::string& bits, int x, int y, int width,
              int height, std::uint32_t operation = 0x00CC0020,
              std::initializer_list<std::int64_t> part = {0, 0, 0, 0}) {
    const auto at = static_cast<std::int64_t>(80);
    return record(81, words({0, 0, 0, 0, x, y}) + words(part) +
                          words({at, static_cast<std::int64_t>(header.size()),
                                 at + static_cast<std::int64_t>(header.size()),
                                 static_cast<std::int64_t>(bits.size()), 0,
                                 static_cast<std::int64_t>(operation), width, height}) +
                          header + bits);
  }

  std::string bytes() const {
    const auto frame = [](int pixels) { return pixels * 2540 / 96; };
    const std::string end = little(14, 4) + words({20, 0, 0, 20});
    return words({1, 108, 0, 0, width_ - 1, height_ - 1, 0, 0, frame(width_), frame(height_)}) +
           " EMF" + words({0x10000, static_cast<std::int64_t>(108 + records_.size() + 20), 3}) +
           shorts({16, 0}) + words({0, 0, 0, 960, 960, 254, 254, 0, 0, 0, 0, 0}) + records_ + end;
  }

 private:
  int width_;
  int height_;
  std::string records_;
};

// A placeable metafile of 16-bit Windows, with 96 units an inch.
class Wmf {
 public:
  explicit Wmf(int width = 100, int height = 50) : width_(width), height_(height) {}

  Wmf& record(std::uint16_t function, std::string body = {}) {
    body.resize((body.size() + 1) / 2 * 2);
    records_ += little(body.size() / 2 + 3, 4) + little(function, 2) + body;
    return *this;
  }
  Wmf& select(int index) { return record(0x012D, shorts({index})); }

  std::string bytes(bool is_placeable = true) const {
    const std::string head = words({0x9AC6CDD7}) + shorts({0, 0, 0, width_, height_, 96, 0, 0, 0});
    return (is_placeable ? head : std::string()) + shorts({1, 9, 0x300}) + words({1000}) +
           shorts({8}) + words({100}) + shorts({0}) + records_ + words({3}) + shorts({0});
  }

 private:
  int width_;
  int height_;
  std::string records_;
};

// The header of a device-independent bitmap, without a palette; `height` below 0: from the top.
inline std::string bitmap_header(int width, int height, int depth, int packing = 0) {
  return words({40, width, height}) + shorts({1, depth}) + words({packing, 0, 0, 0, 0, 0});
}

}  // namespace sluice::test
