// SPDX-License-Identifier: Apache-2.0
#include "ppt/stream.hpp"

#include <set>
#include <sluice/little_endian.hpp>
#include <sluice/plugin.hpp>

namespace sluice::ppt {
namespace {

constexpr std::size_t kHeader = 8;

std::optional<ArtRecord> record_at(std::string_view bytes, std::uint32_t offset) {
  if (offset >= bytes.size()) return std::nullopt;
  ArtRecords records(bytes.substr(offset));
  return records.next() ? std::optional(records.record()) : std::nullopt;
}

}  // namespace

std::optional<ArtRecord> child_of(std::string_view body, std::uint16_t type) {
  ArtRecords records(body);
  while (records.next()) {
    if (records.record().type == type) return records.record();
  }
  return std::nullopt;
}

Stream::Stream(CompoundFile& file, std::string_view password) {
  bytes_ = read_stream(file, "PowerPoint Document", is_whole_);
  if (bytes_.empty()) {
    throw Failure(
        file.find("PP40") != nullptr ? Outcome::kUnsupported : Outcome::kMalformed,
        file.find("PP40") != nullptr
            ? "it is a presentation of PowerPoint 95 or before; save it anew in a newer one"
            : "there is no presentation in it");
  }
  pictures_ = read_stream(file, "Pictures", is_whole_);
  const std::string user = read_stream(file, "Current User", is_whole_);
  read_edits(little_u32(user, kHeader + 8), password);
  if (!object(document_)) find_document();
}

// 2.3.3: each edit leads to the one before it.
void Stream::read_edits(std::uint32_t offset, std::string_view password) {
  std::set<std::uint32_t> seen;
  bool is_newest = true;
  while (seen.insert(offset).second) {
    const auto edit = record_at(bytes_, offset);
    if (!edit || edit->type != kEdit) return;
    read_places(little_u32(edit->body, 12));
    if (std::exchange(is_newest, false)) {
      document_ = little_u32(edit->body, 16);
      constexpr std::size_t kWithEncryption = 32;
      if (edit->body.size() >= kWithEncryption) {
        const auto session = record_at(bytes_, places_[little_u32(edit->body, 28)]);
        if (!session || session->type != kEncryption) {
          throw Failure(Outcome::kMalformed, "the description of the encryption is missing");
        }
        cipher_.emplace(session->body, password);
        pictures_.clear();
      }
    }
    offset = little_u32(edit->body, 8);
    if (offset == 0) return;
  }
}

// 2.3.4: runs of numbers, each number's place. Those of newer edits stay.
void Stream::read_places(std::uint32_t offset) {
  const auto record = record_at(bytes_, offset);
  if (!record || record->type != kPlaces) return;
  FieldReader fields(record->body);
  while (fields.left() >= 4) {
    const std::uint32_t run = fields.u32();
    const std::uint32_t first = run & 0xFFFFF;
    for (std::uint32_t i = 0; i < run >> 20 && fields.left() >= 4; ++i) {
      places_.emplace(first + i, fields.u32());
    }
  }
}

// Of a file whose edits are lost: the last document that stands in it.
void Stream::find_document() {
  ArtRecords records(bytes_);
  std::uint32_t begin = 0;
  std::uint32_t number = 0x100000;  // beyond all numbers of objects
  bool found = false;
  while (records.next()) {
    if (records.record().type == kDocument) {
      document_ = number++;
      places_[document_] = begin;
      found = true;
    }
    begin = static_cast<std::uint32_t>(records.record().end);
  }
  is_whole_ = false;
  if (!found) throw Failure(Outcome::kMalformed, "the presentation's document is not in it");
}

std::optional<ArtRecord> Stream::object(std::uint32_t number) {
  const auto place = places_.find(number);
  if (place == places_.end()) return std::nullopt;
  if (!cipher_) return record_at(bytes_, place->second);
  const auto [known, is_new] = decrypted_.emplace(number, std::string());
  std::string& bytes = known->second;
  if (is_new && place->second < bytes_.size()) {
    // 2.3.7: the record's header says how much of it there is.
    OfficeCipher::Stream key = cipher_->block(number);
    bytes = bytes_.substr(place->second, kHeader);
    key.decrypt(bytes);
    std::string body = bytes_.substr(place->second, kHeader + little_u32(bytes, 4));
    body.erase(0, kHeader);
    key.decrypt(body);
    bytes += body;
  }
  return record_at(bytes, 0);
}

}  // namespace sluice::ppt
