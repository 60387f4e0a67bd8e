// SPDX-License-Identifier: Apache-2.0
#include "xls/records.hpp"

#include <algorithm>
#include <bit>

namespace sluice::xls {
namespace {

// Records of Excel 2 to 4 have the number of a later one, but for its upper byte.
RecordType type_of(std::uint16_t number) {
  switch (number) {
    case 0x203:
    case 0x204:
    case 0x205:
    case 0x206:
    case 0x406:
    case 0x207:
    case 0x208:
    case 0x209:
    case 0x409:
    case 0x809:
    case 0x41E:
    case 0x243:
    case 0x443:
    case 0x27E:
      return static_cast<RecordType>(number & 0xFF);
    default:
      return static_cast<RecordType>(number);
  }
}

}  // namespace

bool Records::next() {
  if (next_ >= stream_.size() || stream_.size() - next_ < 4) return false;
  record_.offset = next_;
  record_.number = little_u16(stream_, next_);
  record_.type = type_of(record_.number);
  const std::size_t size = little_u16(stream_, next_ + 2);
  record_.body = stream_.substr(next_ + 4, size);
  if (record_.body.size() < size) {
    is_cut_off_ = true;
    return false;
  }
  next_ += 4 + size;
  return true;
}

Fields::Fields(std::string_view stream, const Record& record)
    : stream_(stream), rest_(record.body), next_(record.end()) {}

bool Fields::refill() {
  while (rest_.empty()) {
    Records records(stream_, next_);
    if (!records.next() || records.record().type != RecordType::kContinue) {
      ok_ = false;
      return false;
    }
    rest_ = records.record().body;
    next_ = records.record().end();
  }
  return true;
}

std::uint64_t Fields::number(std::size_t size) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < size; ++i) {
    if (!refill()) return 0;
    value |= std::uint64_t{static_cast<unsigned char>(rest_.front())} << (8 * i);
    rest_.remove_prefix(1);
  }
  return value;
}

double Fields::real() {
  return std::bit_cast<double>(number(8));
}

std::string Fields::bytes(std::size_t size) {
  std::string out;
  while (out.size() < size && refill()) {
    const std::string_view piece = rest_.substr(0, size - out.size());
    out += piece;
    rest_.remove_prefix(piece.size());
  }
  return out;
}

void Fields::skip(std::size_t size) {
  while (size > 0 && refill()) {
    const std::size_t step = std::min(size, rest_.size());
    rest_.remove_prefix(step);
    size -= step;
  }
}

std::string Fields::characters(std::size_t count, bool is_wide) {
  std::string wide;  // UTF-16LE
  while (count > 0) {
    if (rest_.empty()) {
      if (!refill()) break;
      is_wide = (u8() & 1U) != 0;
      continue;
    }
    const std::size_t unit = is_wide ? 2 : 1;
    if (rest_.size() < unit) {
      rest_ = {};  // half a character: the record is broken
      continue;
    }
    const std::size_t here = std::min(count, rest_.size() / unit);
    if (is_wide) {
      wide += rest_.substr(0, here * 2);
    } else {
      for (const char c : rest_.substr(0, here)) wide += {c, '\0'};
    }
    rest_.remove_prefix(here * unit);
    count -= here;
  }
  return utf8_of_utf16le(wide);
}

std::string Fields::rich_text(std::size_t count) {
  constexpr std::uint8_t kWide = 0x01;
  constexpr std::uint8_t kPhonetic = 0x04;
  constexpr std::uint8_t kRuns = 0x08;
  const std::uint8_t flags = u8();
  const std::size_t runs = (flags & kRuns) != 0 ? u16() : 0;
  const std::size_t phonetic = (flags & kPhonetic) != 0 ? u32() : 0;
  std::string text = characters(count, (flags & kWide) != 0);
  skip(runs * 4);
  skip(phonetic);
  return text;
}

}  // namespace sluice::xls
