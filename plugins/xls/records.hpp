// SPDX-License-Identifier: Apache-2.0
//
// The records that a workbook's stream is made of ([MS-XLS] 2.1.4), in every version since Excel 2,
// and the text in them. Nothing that a record says of itself is believed: every read is checked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <sluice/code_page.hpp>
#include <sluice/little_endian.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::xls {

// 2.3; those that are read. Records that older versions have under the same last byte are those of
// the same name (see Record::type).
enum class RecordType : std::uint16_t {
  kInteger = 0x02,  // Excel 2 only
  kNumber = 0x03,
  kLabel = 0x04,
  kBoolErr = 0x05,
  kFormula = 0x06,
  kString = 0x07,
  kRow = 0x08,
  kBof = 0x09,
  kEof = 0x0A,
  kPageHeader = 0x14,
  kPageFooter = 0x15,
  kNote = 0x1C,
  kFormat = 0x1E,
  kDateMode = 0x22,
  kFilePass = 0x2F,
  kContinue = 0x3C,
  kCodePage = 0x42,
  kStyle2 = 0x43,  // a cell style of Excel 2 to 4
  kObject = 0x5D,
  kRk = 0x7E,
  kColumns = 0x7D,
  kBoundSheet = 0x85,
  kMulRk = 0xBD,
  kRString = 0xD6,
  kStyle = 0xE0,
  kMergeCells = 0xE5,
  kDrawingGroup = 0xEB,
  kDrawing = 0xEC,
  kSharedStrings = 0xFC,
  kLabelShared = 0xFD,
  kConditionalFormat = 0x1B0,
  kConditionalRule = 0x1B1,
  kText = 0x1B6,
  kHyperlink = 0x1B8,
  kConditionalExtension = 0x87B,
  kOther = 0xFFFF,
};

struct Record {
  RecordType type = RecordType::kOther;
  std::uint16_t number = 0;  // as it stands in the file
  std::size_t offset = 0;    // of its header
  std::string_view body;
  std::size_t end() const { return offset + 4 + body.size(); }
};

// Excel 2, 3, 4, 5 (and 95), 8 (97 to 2003).
enum class Version : std::uint8_t { k2 = 2, k3, k4, k5, k8 = 8 };

// Goes through the records of a stream, from any place on.
class Records {
 public:
  explicit Records(std::string_view stream, std::size_t offset = 0)
      : stream_(stream), next_(offset) {}

  // False at the end of the stream, and where it breaks off: see is_cut_off.
  bool next();
  const Record& record() const { return record_; }
  bool is_cut_off() const { return is_cut_off_; }

 private:
  std::string_view stream_;
  std::size_t next_;
  Record record_;
  bool is_cut_off_ = false;
};

// The fields of a record and of those that continue it (2.1.4), one after another. A read beyond
// the last one's end gives zero or nothing, and ok() is false.
class Fields {
 public:
  // `record` stands in `stream`.
  Fields(std::string_view stream, const Record& record);

  bool ok() const { return ok_; }
  std::uint8_t u8() { return static_cast<std::uint8_t>(number(1)); }
  std::uint16_t u16() { return static_cast<std::uint16_t>(number(2)); }
  std::uint32_t u32() { return static_cast<std::uint32_t>(number(4)); }
  double real();
  std::string bytes(std::size_t size);
  void skip(std::size_t size);
  // Characters of Excel 8: `count` of them. Where they go on in the next record, it says anew
  // whether they are wide.
  std::string characters(std::size_t count, bool is_wide);
  // A text of Excel 8 behind its count (2.5.293, XLUnicodeRichExtendedString).
  std::string rich_text(std::size_t count);

 private:
  std::uint64_t number(std::size_t size);
  // Goes on to the next record if this one is used up.
  bool refill();

  std::string_view stream_;
  std::string_view rest_;
  std::size_t next_;  // where the next record begins
  bool ok_ = true;
};

}  // namespace sluice::xls
