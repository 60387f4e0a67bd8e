// SPDX-License-Identifier: Apache-2.0
#include "xls/hyperlink.hpp"

#include <algorithm>

namespace sluice::xls {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::size_t kMaxText = 64 << 10;  // bytes

std::string up_to_zero(std::string text) {
  return text.substr(0, text.find('\0'));
}

// 2.3.7.9: characters, with their terminating zero, behind their count.
std::string text(Fields& fields) {
  const std::size_t size = fields.u32();
  if (size > kMaxText / 2) return {};
  return up_to_zero(utf8_of_utf16le(fields.bytes(size * 2)));
}

// 2.3.7.8
std::string file_address(Fields& fields) {
  fields.skip(2);
  const std::size_t size = fields.u32();
  if (size > kMaxText) return {};
  std::string path = up_to_zero(fields.bytes(size));
  fields.skip(4 + 20);
  if (fields.u32() > 0) {
    const std::size_t wide = fields.u32();
    fields.skip(2);
    if (wide <= kMaxText) path = utf8_of_utf16le(fields.bytes(wide));
  }
  std::replace(path.begin(), path.end(), '\\', '/');
  return path;
}

std::string moniker_address(Fields& fields) {
  constexpr auto kUrl = "\xE0\xC9\xEA\x79\xF9\xBA\xCE\x11\x8C\x82\x00\xAA\x00\x4B\xA9\x0B"sv;
  constexpr auto kFile = "\x03\x03\x00\x00\x00\x00\x00\x00\xC0\x00\x00\x00\x00\x00\x00\x46"sv;
  const std::string kind = fields.bytes(16);
  if (kind == kFile) return file_address(fields);
  if (kind != kUrl) return {};
  const std::size_t size = fields.u32();
  return size > kMaxText ? std::string() : up_to_zero(utf8_of_utf16le(fields.bytes(size)));
}

}  // namespace

HyperlinkTarget read_hyperlink(Fields& fields) {
  constexpr std::uint32_t kHasMoniker = 0x01;
  constexpr std::uint32_t kHasLocation = 0x08;
  constexpr std::uint32_t kHasName = 0x10;
  constexpr std::uint32_t kHasFrame = 0x80;
  constexpr std::uint32_t kMonikerIsText = 0x100;
  HyperlinkTarget target;
  fields.skip(4);  // version
  const std::uint32_t flags = fields.u32();
  if ((flags & kHasName) != 0) text(fields);
  if ((flags & kHasFrame) != 0) text(fields);
  if ((flags & kHasMoniker) != 0) {
    target.address = (flags & kMonikerIsText) != 0 ? text(fields) : moniker_address(fields);
  }
  if ((flags & kHasLocation) != 0) target.location = text(fields);
  return target;
}

}  // namespace sluice::xls
