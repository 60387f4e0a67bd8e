// SPDX-License-Identifier: Apache-2.0
#include "xlsx/binary/records.hpp"

#include <algorithm>
#include <bit>
#include <sluice/ascii.hpp>
#include <sluice/utf8.hpp>

namespace sluice::xlsx {
namespace {

constexpr std::size_t kPiece = std::size_t{64} << 10;
constexpr std::size_t kMaxContent = std::size_t{16} << 20;

ZipStream stream_of(const OpcPackage& package, const std::string& part) {
  const ZipEntry* entry = package.zip().find(part);
  if (entry == nullptr) throw Failure(Outcome::kMalformed, part + " is missing");
  return package.zip().stream(*entry);
}

}  // namespace

bool is_binary_part(std::string_view part) {
  return ends_with_ignoring_ascii_case(part, ".bin");
}

Records::Records(const OpcPackage& package, const std::string& part)
    : part_(part), stream_(stream_of(package, part)) {}

std::optional<std::uint8_t> Records::byte() {
  if (at_ == buffer_.size()) {
    buffer_.resize(kPiece);
    buffer_.resize(stream_.read(buffer_));
    at_ = 0;
    if (buffer_.empty()) return std::nullopt;
  }
  return static_cast<std::uint8_t>(buffer_[at_++]);
}

std::uint8_t Records::needed_byte() {
  const auto next = byte();
  if (!next) throw Failure(Outcome::kMalformed, part_ + " ends inside a record");
  return *next;
}

// 2.1.4: a type of one or two bytes, a size of up to four, seven bits of each.
bool Records::next() {
  const auto first = byte();
  if (!first) return false;
  type_ = *first & 0x7F;
  if (*first >= 0x80) type_ |= static_cast<std::uint32_t>(needed_byte() & 0x7F) << 7;
  std::size_t size = 0;
  for (unsigned shift = 0; shift < 28; shift += 7) {
    const std::uint8_t part = needed_byte();
    size |= static_cast<std::size_t>(part & 0x7F) << shift;
    if (part < 0x80) break;
  }
  read_content(size);
  return true;
}

void Records::read_content(std::size_t size) {
  content_.clear();
  const bool kept = size <= kMaxContent;
  while (size > 0) {
    if (at_ == buffer_.size()) {
      needed_byte();
      --at_;
    }
    const std::size_t step = std::min(size, buffer_.size() - at_);
    if (kept) content_.append(buffer_, at_, step);
    at_ += step;
    size -= step;
  }
}

std::string_view Fields::number_bytes(std::size_t size) {
  if (size > rest_.size()) {
    ok_ = false;
    rest_ = {};
    return {};
  }
  const std::string_view bytes = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return bytes;
}

std::uint64_t Fields::number(std::size_t size) {
  const std::string_view bytes = number_bytes(size);
  std::uint64_t value = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) {
    value = value << 8 | static_cast<std::uint8_t>(bytes[i]);
  }
  return value;
}

double Fields::real() {
  return std::bit_cast<double>(number(8));
}

std::string Fields::text() {
  const std::uint32_t size = u32();
  constexpr std::uint32_t kNone = 0xFFFFFFFF;
  if (size == kNone) return {};
  const std::string_view bytes = size > rest_.size() / 2 ? number_bytes(rest_.size() + 1)
                                                         : number_bytes(std::size_t{size} * 2);
  std::string out;
  const auto unit = [&](std::size_t at) {
    return static_cast<char32_t>(static_cast<std::uint8_t>(bytes[at]) |
                                 static_cast<std::uint8_t>(bytes[at + 1]) << 8);
  };
  for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
    char32_t code = unit(at);
    const bool is_high = code >= 0xD800 && code < 0xDC00;
    const char32_t low = is_high && at + 3 < bytes.size() ? unit(at + 2) : 0;
    if (is_high && low >= 0xDC00 && low < 0xE000) {
      code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
      at += 2;
    } else if (code >= 0xD800 && code < 0xE000) {
      code = 0xFFFD;
    }
    const bool is_control = code < ' ' && code != '\n' && code != '\t';
    if (!is_control) append_utf8(out, code);
  }
  return out;
}

}  // namespace sluice::xlsx
