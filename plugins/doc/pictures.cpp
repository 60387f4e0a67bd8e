// SPDX-License-Identifier: Apache-2.0
#include "doc/pictures.hpp"

#include <sluice/images.hpp>
#include <sluice/little_endian.hpp>

#include "office_xml/xml_text.hpp"

namespace sluice::doc {
namespace {

constexpr std::uint64_t kInStore = std::uint64_t{1} << 32;

// The properties of a shape, and the picture that stands behind it, if there is one.
struct InlineShape {
  ArtProperties properties;
  std::optional<ArtPicture> picture;
};

}  // namespace

Pictures::Pictures(const Streams& streams, office_xml::Package& package)
    : streams_(streams), package_(package) {
  read_drawings(streams.at(Table::kDrawings));
}

// 2.9.171: the store and more, then each drawing behind a byte that says where it is.
void Pictures::read_drawings(std::string_view bytes) {
  ArtRecords groups(bytes);
  if (!groups.next()) return;
  ArtRecords parts(groups.record().body);
  while (parts.next()) {
    if (parts.record().type != kArtPictureStore) continue;
    std::string_view rest = parts.record().body;
    ArtRecords entries(rest);
    std::size_t begin = 0;
    constexpr std::size_t kMost = 100'000;
    while (entries.next() && store_.size() < kMost) {
      store_.push_back(rest.substr(begin, entries.record().end - begin));
      begin = entries.record().end;
    }
  }
  bytes.remove_prefix(groups.record().end);
  while (bytes.size() > 1) {
    bytes.remove_prefix(1);
    ArtRecords drawing(bytes);
    if (!drawing.next()) return;
    read_shapes(drawing.record().body);
    bytes.remove_prefix(drawing.record().end);
  }
}

// Groups within groups, as one run of records.
void Pictures::read_shapes(std::string_view drawing) {
  constexpr std::size_t kHeader = 8;
  std::uint32_t number = 0;
  for (std::size_t at = 0; at + kHeader <= drawing.size();) {
    ArtRecords records(drawing.substr(at));
    if (!records.next()) return;
    const ArtRecord& record = records.record();
    if (record.type == kArtShapeFacts) number = little_u32(record.body, 0);
    if (record.type == kArtProperties) {
      const ArtProperties properties(record);
      shapes_[number] = {properties.number(kArtPictureNumber), properties.text(kArtDescription)};
    }
    at += record.is_container() ? kHeader : record.end;
  }
}

std::optional<ArtPicture> Pictures::stored(std::uint32_t number) const {
  if (number == 0 || number > store_.size()) return std::nullopt;
  ArtRecords entries(store_[number - 1]);
  return entries.next() ? read_art_entry(entries.record(), streams_.main) : std::nullopt;
}

std::string Pictures::picture_xml(const std::optional<ArtPicture>& picture, std::uint64_t key,
                                  const std::string& description) {
  const auto [known, is_new] = ids_.emplace(key, std::string());
  if (is_new) {
    const std::string extension(picture ? extension_for(picture->media_type) : std::string_view());
    if (extension.empty()) {
      ++lost_;
    } else {
      const std::string name = "word/media/image" + std::to_string(ids_.size()) + "." + extension;
      package_.part(name, picture->bytes);
      known->second = package_.relate(kMainPart, "image", name);
    }
  }
  if (known->second.empty()) return {};
  std::string out = "<w:drawing><wp:inline><wp:docPr";
  office_xml::append_attribute(out, "descr", description);
  return out + "/><a:graphic><a:blip r:embed=\"" + known->second +
         "\"/></a:graphic></wp:inline></w:drawing>";
}

// 2.9.192
std::string Pictures::inline_xml(std::uint32_t place) {
  if (const auto known = ids_.find(place); known != ids_.end()) {
    return picture_xml(std::nullopt, place, {});
  }
  if (place >= streams_.data.size()) return {};
  const std::string_view data = std::string_view(streams_.data).substr(place);
  const std::string_view facts = data.substr(0, little_u32(data, 0));
  const std::size_t header = little_u16(facts, 4);
  const std::uint16_t kind = little_u16(facts, 6);
  constexpr std::uint16_t kShape = 0x64;
  constexpr std::uint16_t kShapeWithFile = 0x66;
  if (kind != kShape && kind != kShapeWithFile) return {};
  std::string_view bytes = facts.substr(std::min(facts.size(), header));
  if (kind == kShapeWithFile) {
    bytes.remove_prefix(std::min<std::size_t>(bytes.size(), 1 + little_u8(bytes, 0)));
  }
  InlineShape shape;
  ArtRecords records(bytes);
  while (records.next()) {
    const ArtRecord& record = records.record();
    if (record.type == kArtShape) {
      ArtRecords parts(record.body);
      while (parts.next()) {
        if (parts.record().type == kArtProperties) shape.properties = ArtProperties(parts.record());
      }
    } else if (!shape.picture) {
      shape.picture = read_art_entry(record, {});
    }
  }
  // A rule, or another shape without a picture.
  if (!shape.picture && shape.properties.number(kArtPictureNumber) == 0) return {};
  return picture_xml(shape.picture, place, shape.properties.text(kArtDescription));
}

std::string Pictures::shape_xml(std::uint32_t number) {
  const auto shape = shapes_.find(number);
  if (shape == shapes_.end() || shape->second.picture == 0) return {};
  const std::uint64_t key = kInStore | shape->second.picture;
  const bool is_known = ids_.contains(key);
  return picture_xml(is_known ? std::nullopt : stored(shape->second.picture), key,
                     shape->second.description);
}

}  // namespace sluice::doc
