// SPDX-License-Identifier: Apache-2.0
#include "rtf/compressed.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <sluice/little_endian.hpp>
#include <sluice/plugin.hpp>
#include <string_view>

namespace sluice::rtf {
namespace {

constexpr std::size_t kHeaderBytes = 16;
constexpr std::uint32_t kCompressed = 0x75465A4C;    // "LZFu"
constexpr std::uint32_t kUncompressed = 0x414C454D;  // "MELA"
constexpr std::size_t kWindow = 4096;

// What the window holds before the first byte (3.1.1.1).
constexpr std::string_view kInitialWindow =
    "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    "\\fscript \\fdecor MS "
    "Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    "\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";
static_assert(kInitialWindow.size() == 207);

// CRC-32 without its two inversions (3.1.3.2).
std::uint32_t checksum(std::span<const std::uint8_t> bytes) {
  uLong sum = 0xFFFFFFFF;
  while (!bytes.empty()) {
    const std::size_t step = std::min<std::size_t>(bytes.size(), std::size_t{1} << 30);
    sum = crc32(sum, bytes.data(), static_cast<uInt>(step));
    bytes = bytes.subspan(step);
  }
  return static_cast<std::uint32_t>(sum) ^ 0xFFFFFFFF;
}

// Runs of flags, literal bytes, and references into the window (3.1.3.1). False if the end is
// missing.
bool inflate(std::span<const std::uint8_t> in, std::size_t size, std::string& out) {
  std::array<char, kWindow> window{};
  std::copy(kInitialWindow.begin(), kInitialWindow.end(), window.begin());
  std::size_t write = kInitialWindow.size();
  std::size_t at = 0;
  const auto put = [&](char c) {
    window.at(write) = c;
    write = (write + 1) % kWindow;
    out += c;
  };
  while (at < in.size()) {
    const unsigned flags = in[at++];
    for (unsigned bit = 0; bit < 8; ++bit) {
      if (at >= in.size()) return out.size() >= size;
      if ((flags >> bit & 1U) == 0) {
        put(static_cast<char>(in[at++]));
        continue;
      }
      if (at + 1 >= in.size()) return out.size() >= size;
      const unsigned reference = static_cast<unsigned>(in[at]) << 8 | in[at + 1];
      at += 2;
      std::size_t read = reference >> 4;
      if (read == write) return true;  // the mark of the end
      for (unsigned length = (reference & 0xF) + 2; length > 0; --length) {
        put(window.at(read));
        read = (read + 1) % kWindow;
      }
    }
  }
  return out.size() >= size;
}

}  // namespace

Decompressed decompressed(std::span<const std::uint8_t> bytes) {
  if (bytes.size() < kHeaderBytes) {
    throw Failure(Outcome::kMalformed, "the compressed RTF is shorter than its header");
  }
  const std::string_view header(reinterpret_cast<const char*>(bytes.data()), kHeaderBytes);
  const std::size_t stated = little_u32(header, 0);
  const std::size_t size = little_u32(header, 4);
  const std::uint32_t kind = little_u32(header, 8);
  const auto content = bytes.subspan(kHeaderBytes);
  Decompressed result;
  if (kind == kUncompressed) {
    const std::size_t length = std::min(size, content.size());
    result.rtf.assign(reinterpret_cast<const char*>(content.data()), length);
    result.is_damaged = length < size;
    return result;
  }
  if (kind != kCompressed)
    throw Failure(Outcome::kMalformed, "the RTF is compressed in a way that is not known");
  // The stated size counts what follows it.
  const std::size_t length = std::min(content.size(), stated > 12 ? stated - 12 : 0);
  const bool whole = inflate(content.first(length), size, result.rtf);
  result.is_damaged = !whole || length + 12 < stated || result.rtf.size() < size ||
                      checksum(content.first(length)) != little_u32(header, 12);
  if (result.rtf.size() > size) result.rtf.resize(size);
  return result;
}

}  // namespace sluice::rtf
