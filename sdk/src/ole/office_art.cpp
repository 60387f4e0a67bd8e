// SPDX-License-Identifier: Apache-2.0
#include <libdeflate.h>

#include <algorithm>
#include <memory>
#include <sluice/images.hpp>
#include <sluice/little_endian.hpp>
#include <sluice/office_art.hpp>

namespace sluice {
namespace {

constexpr std::size_t kHeaderSize = 8;
constexpr std::size_t kIdSize = 16;  // of a picture, a hash of its bytes

std::string little_bytes(std::uint64_t value, std::size_t size) {
  std::string out;
  for (std::size_t i = 0; i < size; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
  return out;
}

// A bitmap without the header that a file has ([MS-WMF] 2.2.2.9): where its pixels begin follows
// from the size of its table of colours.
std::string bitmap_file(std::string_view bitmap) {
  constexpr std::size_t kFileHeader = 14;
  const std::uint32_t header = little_u32(bitmap, 0);
  const std::uint16_t depth = header >= 40 ? little_u16(bitmap, 14) : little_u16(bitmap, 10);
  std::uint64_t colours = header >= 40 ? little_u32(bitmap, 32) : 0;
  if (colours == 0 && depth <= 8) colours = std::uint64_t{1} << depth;
  constexpr std::uint32_t kMasks = 3;
  const bool has_masks = header == 40 && little_u32(bitmap, 16) == kMasks;
  const std::uint64_t begin =
      kFileHeader + header + colours * (header >= 40 ? 4 : 3) + (has_masks ? 12 : 0);
  if (begin > bitmap.size() + kFileHeader) return {};
  return "BM" + little_bytes(bitmap.size() + kFileHeader, 4) + std::string(4, '\0') +
         little_bytes(begin, 4) + std::string(bitmap);
}

// A Windows metafile with the header by which readers know it ([MS-WMF] 2.3.2.3). `width` and
// `height` in EMU.
std::string placeable_metafile(const std::string& metafile, std::uint32_t width,
                               std::uint32_t height) {
  constexpr std::uint32_t kEmuPerTwip = 635;
  constexpr std::uint32_t kMost = 32'767;
  std::string header = little_bytes(0x9AC6CDD7, 4) + little_bytes(0, 2 + 4) +
                       little_bytes(std::min(width / kEmuPerTwip, kMost), 2) +
                       little_bytes(std::min(height / kEmuPerTwip, kMost), 2) +
                       little_bytes(1440, 2) + little_bytes(0, 4);
  std::uint16_t sum = 0;
  for (std::size_t at = 0; at < header.size(); at += 2) sum ^= little_u16(header, at);
  return header + little_bytes(sum, 2) + metafile;
}

}  // namespace

std::string inflated(std::string_view bytes, std::uint32_t size) {
  constexpr std::uint32_t kMost = std::uint32_t{256} << 20;
  constexpr std::uint64_t kMaxRatio = 1'100;  // deflate cannot do more than 1,032
  if (size > kMost || size > bytes.size() * kMaxRatio) return {};
  std::string out(size, '\0');
  struct Free {
    void operator()(libdeflate_decompressor* it) const { libdeflate_free_decompressor(it); }
  };
  const std::unique_ptr<libdeflate_decompressor, Free> decompressor(
      libdeflate_alloc_decompressor());
  std::size_t given = 0;
  const bool done = decompressor && libdeflate_zlib_decompress(decompressor.get(), bytes.data(),
                                                               bytes.size(), out.data(), out.size(),
                                                               &given) == LIBDEFLATE_SUCCESS;
  out.resize(done ? given : 0);
  return out;
}

namespace {

// 2.2.24 to 2.2.26
std::optional<ArtPicture> read_metafile(const ArtRecord& record, std::string_view media_type,
                                        bool has_two_ids) {
  FieldReader fields(record.body);
  fields.skip(has_two_ids ? 2 * kIdSize : kIdSize);
  const std::uint32_t size = fields.u32();
  fields.skip(16);  // bounds
  const std::uint32_t width = fields.u32();
  const std::uint32_t height = fields.u32();
  const std::uint32_t saved = fields.u32();
  constexpr std::uint8_t kDeflated = 0;
  const bool is_deflated = fields.u8() == kDeflated;
  fields.skip(1);
  const std::string_view bytes = fields.bytes(std::min<std::size_t>(saved, fields.left()));
  std::string content = is_deflated ? inflated(bytes, size) : std::string(bytes);
  if (!fields.ok() || content.empty()) return std::nullopt;
  if (media_type == "image/wmf" && !content.starts_with("\xD7\xCD\xC6\x9A")) {
    content = placeable_metafile(content, width, height);
  }
  return ArtPicture{std::string(media_type), std::move(content)};
}

std::optional<ArtPicture> read_bitmap(const ArtRecord& record, bool has_two_ids) {
  const std::size_t begin = (has_two_ids ? 2 * kIdSize : kIdSize) + 1;
  if (record.body.size() <= begin) return std::nullopt;
  constexpr std::uint16_t kBareBitmap = 0xF01F;
  std::string bytes(record.body.substr(begin));
  if (record.type == kBareBitmap) bytes = bitmap_file(bytes);
  const auto type =
      sniff_image({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
  if (type.empty()) return std::nullopt;
  return ArtPicture{std::string(type), std::move(bytes)};
}

}  // namespace

bool ArtRecords::next() {
  const std::size_t at = record_.end;
  if (at > bytes_.size() || bytes_.size() - at < kHeaderSize) return false;
  const std::uint16_t start = little_u16(bytes_, at);
  record_.version = start & 0xF;
  record_.instance = static_cast<std::uint16_t>(start >> 4);
  record_.type = little_u16(bytes_, at + 2);
  record_.body = bytes_.substr(at + kHeaderSize, little_u32(bytes_, at + 4));
  record_.end = at + kHeaderSize + record_.body.size();
  return true;
}

ArtProperties::ArtProperties(const ArtRecord& record) {
  constexpr std::size_t kEntry = 6;
  std::size_t text_at = std::size_t{record.instance} * kEntry;
  for (std::size_t i = 0; i < record.instance && (i + 1) * kEntry <= record.body.size(); ++i) {
    const std::uint16_t bits = little_u16(record.body, i * kEntry);
    const std::uint32_t value = little_u32(record.body, i * kEntry + 2);
    const auto id = static_cast<std::uint16_t>(bits & 0x3FFF);
    numbers_[id] = value;
    constexpr std::uint16_t kHasText = 0x8000;
    if ((bits & kHasText) == 0) continue;
    if (text_at < record.body.size()) {
      texts_[id] = utf8_of_utf16le(record.body.substr(text_at, value));
    }
    text_at += value;
  }
}

std::uint32_t ArtProperties::number(std::uint16_t id) const {
  const auto found = numbers_.find(id);
  return found == numbers_.end() ? 0 : found->second;
}

std::string ArtProperties::text(std::uint16_t id) const {
  const auto found = texts_.find(id);
  return found == texts_.end() ? std::string() : found->second.substr(0, found->second.find('\0'));
}

// 2.2.23: the instance tells whether there are two ids.
std::optional<ArtPicture> read_art_picture(const ArtRecord& record) {
  switch (record.type) {
    case 0xF01A:
      return read_metafile(record, "image/emf", record.instance == 0x3D5);
    case 0xF01B:
      return read_metafile(record, "image/wmf", record.instance == 0x217);
    case 0xF01C:
      return read_metafile(record, "image/x-pict", record.instance == 0x543);
    case 0xF01D:
    case 0xF02A:
      return read_bitmap(record, record.instance == 0x46B || record.instance == 0x6E3);
    case 0xF01E:
      return read_bitmap(record, record.instance == 0x6E1);
    case 0xF01F:
      return read_bitmap(record, record.instance == 0x7A9);
    case 0xF029:
      return read_bitmap(record, record.instance == 0x6E5);
    default:
      return std::nullopt;
  }
}

std::optional<ArtPicture> read_art_entry(const ArtRecord& entry, std::string_view delayed) {
  if (entry.type != kArtPictureEntry) return read_art_picture(entry);
  // A header, a name, and the picture.
  constexpr std::size_t kEntryHeader = 36;
  const std::size_t begin = kEntryHeader + little_u8(entry.body, 33);
  std::string_view bytes =
      begin < entry.body.size() ? entry.body.substr(begin) : std::string_view();
  const std::uint32_t offset = little_u32(entry.body, 28);
  if (bytes.empty() && offset < delayed.size()) bytes = delayed.substr(offset);
  ArtRecords records(bytes);
  return records.next() ? read_art_picture(records.record()) : std::nullopt;
}

ArtPictures::ArtPictures(Job& job, std::string_view store, std::string_view delayed)
    : job_(job), delayed_(delayed), pictures_(job) {
  constexpr std::size_t kMaxPictures = 100'000;
  ArtRecords records(store);
  while (records.next() && entries_.size() < kMaxPictures) entries_.push_back(records.record());
}

void ArtPictures::warn(std::string_view message) {
  constexpr unsigned kMaxWarnings = 20;
  if (warned_++ < kMaxWarnings) job_.warn("missing-image", message);
}

std::optional<sluice_asset> ArtPictures::add(const std::optional<ArtPicture>& picture) {
  const std::string extension(picture ? extension_for(picture->media_type) : std::string_view());
  if (!picture || extension.empty()) {
    warn(picture ? "a picture of a kind that is not known (PICT) was left out"
                 : "a picture is damaged and was left out");
    return std::nullopt;
  }
  const auto known = by_content_.find(picture->bytes);
  if (known != by_content_.end()) return known->second;
  const auto asset = pictures_.add(
      "image" + std::to_string(++added_) + "." + extension, picture->media_type,
      {reinterpret_cast<const std::uint8_t*>(picture->bytes.data()), picture->bytes.size()});
  by_content_.emplace(picture->bytes, asset);
  return asset;
}

std::optional<sluice_asset> ArtPictures::asset(std::uint32_t number) {
  if (number == 0 || number > entries_.size()) return std::nullopt;
  const auto [known, is_new] = known_.emplace(number, std::nullopt);
  if (is_new) known->second = add(read_art_entry(entries_[number - 1], delayed_));
  return known->second;
}

}  // namespace sluice
