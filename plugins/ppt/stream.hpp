// SPDX-License-Identifier: Apache-2.0
//
// The stream of a presentation ([MS-PPT] 2.1.2): objects by their numbers. A program that saves
// fast adds the objects that changed, and a list of where they are; the newest list counts first.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <sluice/compound_file.hpp>
#include <sluice/office_art.hpp>
#include <sluice/office_cipher.hpp>
#include <string>
#include <string_view>

namespace sluice::ppt {

// 2.13.24; those that are read.
inline constexpr std::uint16_t kDocument = 0x03E8;
inline constexpr std::uint16_t kSlide = 0x03EE;
inline constexpr std::uint16_t kSlideFacts = 0x03EF;
inline constexpr std::uint16_t kNotes = 0x03F0;
inline constexpr std::uint16_t kMaster = 0x03F8;
inline constexpr std::uint16_t kSlidePlace = 0x03F3;
inline constexpr std::uint16_t kShowFacts = 0x03F9;
inline constexpr std::uint16_t kFonts = 0x07D5;
inline constexpr std::uint16_t kLinks = 0x0409;
inline constexpr std::uint16_t kDrawingGroup = 0x040B;
inline constexpr std::uint16_t kDrawing = 0x040C;
inline constexpr std::uint16_t kPlaceholder = 0x0BC3;
inline constexpr std::uint16_t kOutlineText = 0x0F9E;
inline constexpr std::uint16_t kTextHeader = 0x0F9F;
inline constexpr std::uint16_t kWideText = 0x0FA0;
inline constexpr std::uint16_t kTextStyle = 0x0FA1;
inline constexpr std::uint16_t kNarrowText = 0x0FA8;
inline constexpr std::uint16_t kString = 0x0FBA;
inline constexpr std::uint16_t kFontName = 0x0FB7;
inline constexpr std::uint16_t kSlideList = 0x0FF0;
inline constexpr std::uint16_t kFooters = 0x0FD9;
inline constexpr std::uint16_t kFooterFacts = 0x0FDA;
inline constexpr std::uint16_t kInteraction = 0x0FF2;
inline constexpr std::uint16_t kInteractionFacts = 0x0FF3;
inline constexpr std::uint16_t kLinkRange = 0x0FDF;
inline constexpr std::uint16_t kLink = 0x0FD7;
inline constexpr std::uint16_t kLinkFacts = 0x0FD3;
inline constexpr std::uint16_t kSlideNumber = 0x0FD8;
inline constexpr std::uint16_t kDate = 0x0FF7;
inline constexpr std::uint16_t kGenericDate = 0x0FF8;
inline constexpr std::uint16_t kHeaderText = 0x0FF9;
inline constexpr std::uint16_t kFooterText = 0x0FFA;
inline constexpr std::uint16_t kDateOfPicture = 0x1015;
inline constexpr std::uint16_t kEmbedded = 0x0FCC;
inline constexpr std::uint16_t kObjectFacts = 0x0FC3;
inline constexpr std::uint16_t kObjectShown = 0x0BC1;
inline constexpr std::uint16_t kObjectData = 0x1011;
inline constexpr std::uint16_t kVideo = 0x1005;
inline constexpr std::uint16_t kAviFilm = 0x1006;
inline constexpr std::uint16_t kMciFilm = 0x1007;
inline constexpr std::uint16_t kMidiSound = 0x100D;
inline constexpr std::uint16_t kWaveSound = 0x100F;
inline constexpr std::uint16_t kLinkedWaveSound = 0x1010;
inline constexpr std::uint16_t kTags = 0x1388;
inline constexpr std::uint16_t kBinaryTag = 0x138A;
inline constexpr std::uint16_t kTagData = 0x138B;
inline constexpr std::uint16_t kEdit = 0x0FF5;
inline constexpr std::uint16_t kPlaces = 0x1772;
inline constexpr std::uint16_t kComment = 0x2EE0;
inline constexpr std::uint16_t kEncryption = 0x2F14;

class Stream {
 public:
  // Throws Failure: kMalformed if there is no presentation, kEncrypted, kUnsupported.
  Stream(CompoundFile& file, std::string_view password);

  // The record of that number, decrypted; nothing if there is none. Valid as long as the stream.
  std::optional<ArtRecord> object(std::uint32_t number);
  std::uint32_t document() const { return document_; }
  // The stream of pictures; empty if it is encrypted.
  std::string_view pictures() const { return pictures_; }
  bool is_whole() const { return is_whole_; }

 private:
  void read_edits(std::uint32_t offset, std::string_view password);
  void read_places(std::uint32_t offset);
  void find_document();

  std::string bytes_;
  std::string pictures_;
  std::map<std::uint32_t, std::uint32_t> places_;  // of objects, by number
  std::map<std::uint32_t, std::string> decrypted_;
  std::optional<OfficeCipher> cipher_;
  std::uint32_t document_ = 0;
  bool is_whole_ = true;
};

// The first record of that type within a container's body.
std::optional<ArtRecord> child_of(std::string_view body, std::uint16_t type);

}  // namespace sluice::ppt
