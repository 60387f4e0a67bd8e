// SPDX-License-Identifier: Apache-2.0
//
// What floats over a sheet: shapes and pictures ([MS-ODRAW]), whose texts stand in records of the
// workbook behind each, and comments.
#include <sluice/office_art.hpp>

#include "xls/sheet.hpp"

namespace sluice::xls {
namespace {

constexpr std::uint16_t kCommonFacts = 0x15;  // 2.5.143, FtCmo
constexpr std::uint16_t kCommentBox = 0x19;
constexpr std::size_t kMaxShapes = 100'000;

}  // namespace

// 2.4.179; in older versions the text stands in the record, and in those behind it.
void SheetRecords::add_note(const Record& record) {
  if (notes_.size() + comments_.size() >= xlsx::kMaxComments) return;
  Fields fields(workbook_.stream, record);
  const std::uint16_t row = fields.u16();
  const std::uint16_t column = fields.u16();
  if (workbook_.version == Version::k8) {
    fields.skip(2);
    const std::uint16_t object = fields.u16();
    notes_.push_back({row, column, object, text(fields)});
    return;
  }
  constexpr std::uint16_t kGoesOn = 0xFFFF;
  fields.skip(2);
  const std::string text =
      workbook_.code_page.utf8(record.body.substr(std::min<std::size_t>(record.body.size(), 6)));
  if (row == kGoesOn) {
    if (!comments_.empty()) comments_.back().text += text;
  } else {
    comments_.push_back({{row + 1U, column + 1U}, {}, text});
  }
}

// 2.4.170: a piece of the sheet's drawing. Groups and their shapes are one run of records here: the
// pieces end where a record of the workbook belongs to the shape before.
void SheetRecords::add_drawing(const Record& record) {
  std::string bytes(record.body);
  Records behind(workbook_.stream, record.end());
  while (behind.next() && behind.record().type == RecordType::kContinue) {
    bytes += behind.record().body;
  }
  constexpr std::size_t kHeader = 8;
  std::size_t at = 0;
  while (at + kHeader <= bytes.size()) {
    ArtRecords records(std::string_view(bytes).substr(at));
    if (!records.next()) return;
    const ArtRecord& one = records.record();
    if (one.type == kArtShape) {
      if (shapes_.size() >= kMaxShapes) return;
      shapes_.emplace_back();
      object_ids_.push_back(0);
    }
    if (one.is_container()) {
      at += kHeader;
      continue;
    }
    if (!shapes_.empty() && one.type == kArtProperties) {
      const ArtProperties properties(one);
      shapes_.back().picture = properties.number(kArtPictureNumber);
      shapes_.back().description = properties.text(kArtDescription);
    } else if (!shapes_.empty() && one.type == kArtAnchor) {
      shapes_.back().place = {little_u16(one.body, 6) + 1U, little_u16(one.body, 2) + 1U};
    }
    at += one.end;
  }
}

// 2.4.181
void SheetRecords::add_object(const Record& record) {
  if (shapes_.empty() || little_u16(record.body, 0) != kCommonFacts) return;
  shapes_.back().is_comment = little_u16(record.body, 4) == kCommentBox;
  object_ids_.back() = little_u16(record.body, 6);
}

// 2.4.329: the text stands in the records that continue it.
void SheetRecords::add_text(const Record& record) {
  if (shapes_.empty()) return;
  const std::size_t count = little_u16(record.body, 10);
  if (count == 0) return;
  Fields fields(workbook_.stream, record);
  fields.skip(record.body.size());
  const bool is_wide = (fields.u8() & 1U) != 0;
  shapes_.back().text = fields.characters(count, is_wide);
}

}  // namespace sluice::xls
