// SPDX-License-Identifier: Apache-2.0
#include "doc/fib.hpp"

#include <algorithm>
#include <sluice/little_endian.hpp>
#include <sluice/office_cipher.hpp>

namespace sluice::doc {
namespace {

constexpr std::uint16_t kMark = 0xA5EC;
constexpr std::uint16_t kOldMark = 0xA5DC;   // Word 6 and 95
constexpr std::uint16_t kFirstNew = 0x00C1;  // Word 97
constexpr std::size_t kPairs = 0x9A;
constexpr std::size_t kFlags = 0x0A;
constexpr std::size_t kPlainHead = 68;  // never encrypted
constexpr std::size_t kBlockSize = 512;

void decrypt(Streams& streams, std::string_view password) {
  constexpr std::uint16_t kXor = 0x8000;
  if ((little_u16(streams.main, kFlags) & kXor) != 0 || streams.is_old) {
    throw Failure(Outcome::kEncrypted,
                  "the document is protected in the way of Word 95, which is not opened; save it "
                  "without a password in Word");
  }
  const std::size_t header =
      std::min<std::size_t>(little_u32(streams.main, 0x0E), streams.table.size());
  const OfficeCipher cipher(std::string_view(streams.table).substr(0, header), password);
  const auto decrypt_from = [&](std::string& stream, std::size_t plain) {
    plain = std::min(plain, stream.size());
    cipher.decrypt(std::span(stream).subspan(plain), plain, kBlockSize);
  };
  decrypt_from(streams.main, kPlainHead);
  decrypt_from(streams.table, header);
  decrypt_from(streams.data, 0);
}

// 2.5.4, and the places of the same counts in Word 6.
void read_stories(Streams& streams) {
  const std::size_t counts = streams.is_old ? 0x34 : 0x4C;
  const auto count = [&](std::size_t index) {
    // More characters than the file has bytes are no count.
    return static_cast<std::uint32_t>(
        std::min<std::uint64_t>(little_u32(streams.main, counts + index * 4), streams.main.size()));
  };
  std::uint32_t at = 0;
  const auto next = [&](std::size_t index) {
    const StoryRange range{at, at + count(index)};
    at = range.end;
    return range;
  };
  streams.body = next(0);
  streams.footnotes = next(1);
  streams.headers = next(2);
  at += count(3);  // macros, of old
  streams.comments = next(4);
  streams.endnotes = next(5);
  streams.text_boxes = next(6);
}

}  // namespace

std::string_view Streams::at(Table number) const {
  const std::size_t pair = kPairs + static_cast<std::size_t>(number) * 8;
  const std::uint32_t offset = little_u32(main, pair);
  const std::uint32_t size = little_u32(main, pair + 4);
  if (is_old || offset >= table.size()) return {};
  return std::string_view(table).substr(offset, size);
}

Streams read_streams(CompoundFile& file, std::string_view password) {
  Streams streams;
  streams.main = read_stream(file, "WordDocument", streams.is_whole);
  const std::uint16_t mark = little_u16(streams.main, 0);
  if (mark != kMark && mark != kOldMark) {
    throw Failure(Outcome::kMalformed, streams.main.empty()
                                           ? "there is no Word document in it"
                                           : "it does not begin as a Word document does");
  }
  streams.is_old = little_u16(streams.main, 2) < kFirstNew;
  streams.language = little_u16(streams.main, 6);
  const std::uint16_t flags = little_u16(streams.main, kFlags);
  if (!streams.is_old) {
    constexpr std::uint16_t kSecondTable = 0x0200;
    const bool is_second = (flags & kSecondTable) != 0;
    streams.table = read_stream(file, is_second ? "1Table" : "0Table", streams.is_whole);
    streams.data = read_stream(file, "Data", streams.is_whole);
  }
  constexpr std::uint16_t kEncrypted = 0x0100;
  if ((flags & kEncrypted) != 0) decrypt(streams, password);
  read_stories(streams);
  return streams;
}

PlaceList::PlaceList(std::string_view bytes, std::size_t value_size)
    : bytes_(bytes),
      value_size_(value_size),
      count_(bytes.size() < 4 ? 0 : (bytes.size() - 4) / (value_size + 4)) {}

std::uint32_t PlaceList::place(std::size_t index) const {
  return little_u32(bytes_, index * 4);
}

std::string_view PlaceList::value(std::size_t index) const {
  return bytes_.substr((count_ + 1) * 4 + index * value_size_, value_size_);
}

}  // namespace sluice::doc
