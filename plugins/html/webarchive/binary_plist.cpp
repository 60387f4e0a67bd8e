// SPDX-License-Identifier: Apache-2.0
#include <sluice/little_endian.hpp>
#include <sluice/plugin.hpp>
#include <sluice/utf8.hpp>
#include <utility>

#include "plist_readers.hpp"

namespace sluice::html {

class BinaryPlistReader {
 public:
  explicit BinaryPlistReader(std::string_view source) : source_(source) {}

  PropertyList read() {
    read_trailer();
    list_.nodes_.reserve(count_);
    for (std::uint64_t i = 0; i < count_; ++i) {
      read_object(number(table_ + i * place_size_, place_size_));
    }
    return std::move(list_);
  }

 private:
  static constexpr std::size_t kHeader = 8;
  static constexpr std::size_t kTrailer = 32;

  [[noreturn]] static void refuse(const char* why) {
    throw Failure(Outcome::kMalformed, std::string("the property list is damaged: ") + why);
  }

  // REQUIRES: the bytes are there, `size` is at most 8.
  std::uint64_t number(std::uint64_t at, unsigned size) const {
    std::uint64_t value = 0;
    for (unsigned i = 0; i < size; ++i) {
      value = value << 8 | static_cast<unsigned char>(source_[at + i]);
    }
    return value;
  }

  void read_trailer() {
    if (source_.size() < kHeader + kTrailer) refuse("it is cut off");
    if (!source_.starts_with("bplist0")) {
      throw Failure(Outcome::kUnsupported, "this version of property lists is not known");
    }
    const std::uint64_t trailer = source_.size() - kTrailer;
    place_size_ = static_cast<unsigned char>(source_[trailer + 6]);
    reference_size_ = static_cast<unsigned char>(source_[trailer + 7]);
    count_ = number(trailer + 8, 8);
    const std::uint64_t root = number(trailer + 16, 8);
    table_ = number(trailer + 24, 8);
    if (place_size_ < 1 || place_size_ > 8 || reference_size_ < 1 || reference_size_ > 4) {
      refuse("it has no valid trailer; is the file cut off?");
    }
    if (table_ < kHeader || table_ > trailer || count_ > (trailer - table_) / place_size_) {
      refuse("the table of its objects is cut off");
    }
    if (root >= count_) refuse("it has no root");
    list_.root_ = static_cast<PropertyList::Id>(root);
    unclaimed_ = table_ - kHeader;
  }

  // Each byte belongs to one object: so no list is longer in memory than in its file.
  void claim(std::uint64_t at, std::uint64_t size) {
    if (at < kHeader || at > table_ || size > table_ - at)
      refuse("an object leads out of the file");
    if (size > unclaimed_) refuse("its objects overlap");
    unclaimed_ -= size;
  }

  void read_object(std::uint64_t at) {
    claim(at, 1);
    const unsigned marker = static_cast<unsigned char>(source_[at++]);
    const unsigned type = marker >> 4;
    std::uint64_t count = marker & 0xF;
    const bool has_count = type == 0x4 || type == 0x5 || type == 0x6 || type >= 0xA;
    if (has_count && count == 0xF) count = read_count(at);
    PropertyList::Node node;
    switch (type) {
      case 0x4:
        node.kind = PlistKind::kData;
        node.bytes = bytes(at, count, 1);
        break;
      case 0x5:
        node.kind = PlistKind::kString;
        node.bytes = utf8(bytes(at, count, 1));
        break;
      case 0x6:
        node.kind = PlistKind::kString;
        node.bytes = from_utf16(bytes(at, count, 2));
        break;
      case 0xA:
        node.kind = PlistKind::kArray;
        read_members(at, count, 1, node);
        break;
      case 0xD:
        node.kind = PlistKind::kDictionary;
        read_members(at, count, 2, node);
        break;
      default:
        break;
    }
    list_.nodes_.push_back(node);
  }

  // A count that does not fit the marker is an integer object of its own.
  std::uint64_t read_count(std::uint64_t& at) {
    claim(at, 1);
    const unsigned marker = static_cast<unsigned char>(source_[at++]);
    if (marker >> 4 != 0x1 || (marker & 0xF) > 3) refuse("a count is no number");
    const unsigned size = 1U << (marker & 0xF);
    claim(at, size);
    const std::uint64_t count = number(at, size);
    at += size;
    return count;
  }

  std::string_view bytes(std::uint64_t at, std::uint64_t count, unsigned each) {
    if (count > source_.size()) refuse("an object leads out of the file");
    claim(at, count * each);
    return source_.substr(at, count * each);
  }

  // Strings of one byte are ASCII, whatever a damaged file has.
  std::string_view utf8(std::string_view text) {
    if (is_valid_utf8(text)) return text;
    return list_.decoded_.emplace_back(valid_utf8(text));
  }

  // It is stored with the high bytes first.
  std::string_view from_utf16(std::string_view wide) {
    std::string swapped(wide);
    for (std::size_t i = 0; i + 1 < swapped.size(); i += 2) std::swap(swapped[i], swapped[i + 1]);
    return list_.decoded_.emplace_back(utf8_of_utf16le(swapped));
  }

  void read_members(std::uint64_t at, std::uint64_t count, unsigned each,
                    PropertyList::Node& node) {
    const std::string_view references = bytes(at, count, each * reference_size_);
    node.first = static_cast<std::uint32_t>(list_.members_.size());
    node.count = static_cast<std::uint32_t>(count);
    for (std::uint64_t i = 0; i < references.size(); i += reference_size_) {
      const std::uint64_t id = number(at + i, reference_size_);
      if (id >= count_) refuse("an object refers to one that is not there");
      list_.members_.push_back(static_cast<PropertyList::Id>(id));
    }
  }

  std::string_view source_;
  PropertyList list_;
  unsigned place_size_ = 0;
  unsigned reference_size_ = 0;
  std::uint64_t count_ = 0;      // of objects
  std::uint64_t table_ = 0;      // where their places are
  std::uint64_t unclaimed_ = 0;  // bytes of no object yet
};

PropertyList read_binary_plist(std::string_view source) {
  // Places in the file are counted in 32 bits.
  if (source.size() > 0xFFFF'FFFFU) {
    throw Failure(Outcome::kLimit, "the property list is larger than 4 GiB");
  }
  return BinaryPlistReader(source).read();
}

}  // namespace sluice::html
