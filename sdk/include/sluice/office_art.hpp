// SPDX-License-Identifier: Apache-2.0
//
// The drawings of Office 97 to 2003 ([MS-ODRAW]): records within records, and the pictures in them.
// Nothing that a record says of itself is believed.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <sluice/metafile.hpp>
#include <sluice/plugin.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

// 2.2.1, and what PowerPoint and Excel put into the same form.
struct ArtRecord {
  std::uint8_t version = 0;
  std::uint16_t instance = 0;
  std::uint16_t type = 0;
  std::string_view body;  // as much as there is of it
  std::size_t end = 0;    // where the next record begins, in the bytes that are gone through

  bool is_container() const { return version == 0xF; }
};

// The records of a run of bytes, one after another; those within a container by a reader over its
// body.
class ArtRecords {
 public:
  explicit ArtRecords(std::string_view bytes) : bytes_(bytes) {}
  // False at the end, or where less than a header is left.
  bool next();
  const ArtRecord& record() const { return record_; }

 private:
  std::string_view bytes_;
  ArtRecord record_;
};

inline constexpr std::uint16_t kArtPictureStore = 0xF001;
inline constexpr std::uint16_t kArtShapeGroup = 0xF003;
inline constexpr std::uint16_t kArtShape = 0xF004;
inline constexpr std::uint16_t kArtPictureEntry = 0xF007;
inline constexpr std::uint16_t kArtShapeFacts = 0xF00A;
inline constexpr std::uint16_t kArtProperties = 0xF00B;
inline constexpr std::uint16_t kArtTextbox = 0xF00D;
inline constexpr std::uint16_t kArtChildAnchor = 0xF00F;
inline constexpr std::uint16_t kArtAnchor = 0xF010;
inline constexpr std::uint16_t kArtClientData = 0xF011;
inline constexpr std::uint16_t kArtFirstPicture = 0xF018;
inline constexpr std::uint16_t kArtLastPicture = 0xF117;

inline constexpr std::uint16_t kArtPictureNumber = 0x0104;  // a property: from 1 on
inline constexpr std::uint16_t kArtDescription = 0x0381;    // a text: what the picture shows

// The properties of a shape (2.3.1): numbers, and texts behind them.
class ArtProperties {
 public:
  ArtProperties() = default;
  explicit ArtProperties(const ArtRecord& record);
  // 0 if there is none.
  std::uint32_t number(std::uint16_t id) const;
  std::string text(std::uint16_t id) const;

 private:
  std::map<std::uint16_t, std::uint32_t> numbers_;
  std::map<std::uint16_t, std::string> texts_;
};

struct ArtPicture {
  std::string media_type;  // "image/png"; of PICT "image/x-pict"
  std::string bytes;
};

// A picture's record (2.2.23): metafiles are inflated, bitmaps get the header that files have.
// Nothing if it is none, or damaged.
std::optional<ArtPicture> read_art_picture(const ArtRecord& record);

// `size` bytes out of a zlib stream, as Office packs things; empty if it does not give them.
std::string inflated(std::string_view bytes, std::uint32_t size);

// That of an entry of a picture store (2.2.32), which holds the picture, or its place in `delayed`;
// also of a picture's record itself.
std::optional<ArtPicture> read_art_entry(const ArtRecord& entry, std::string_view delayed);

// The pictures of a document as assets of its job, each written once.
class ArtPictures {
 public:
  // `store`: a container of kArtPictureStore, or empty; `delayed`: the bytes that its entries point
  // into, for those that do not hold their pictures themselves. All must outlive it.
  ArtPictures(Job& job, std::string_view store, std::string_view delayed);

  // The asset of picture `number`, from 1 on; nothing if it cannot be shown. Warns 20 times at
  // most.
  std::optional<sluice_asset> asset(std::uint32_t number);

 private:
  void warn(std::string_view message);
  std::optional<sluice_asset> add(const std::optional<ArtPicture>& picture);

  Job& job_;
  std::vector<ArtRecord> entries_;
  std::string_view delayed_;
  VisiblePictures pictures_;
  std::map<std::uint32_t, std::optional<sluice_asset>> known_;
  std::map<std::string, std::optional<sluice_asset>> by_content_;
  unsigned warned_ = 0;
  unsigned added_ = 0;
};

}  // namespace sluice
