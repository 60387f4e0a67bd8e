// SPDX-License-Identifier: Apache-2.0
//
// The records that the parts of a binary workbook (.xlsb) are made of ([MS-XLSB] 2.1.4), and the
// fields in them. No length or count of a record is trusted: every read is checked.
#pragma once

#include <cstdint>
#include <optional>
#include <sluice/opc.hpp>
#include <string>
#include <string_view>

namespace sluice::xlsx {

// Whether a part is of the binary form: writers name them .bin.
bool is_binary_part(std::string_view part);

// [MS-XLSB] 2.3.2; those that are read.
enum class RecordType : std::uint32_t {
  kRow = 0,
  kCellBlank = 1,
  kCellRk = 2,
  kCellError = 3,
  kCellBool = 4,
  kCellReal = 5,
  kCellText = 6,
  kCellShared = 7,
  kFormulaText = 8,
  kFormulaNumber = 9,
  kFormulaBool = 10,
  kFormulaError = 11,
  kString = 19,
  kFormat = 44,
  kStyle = 47,
  kColumn = 60,
  kCellRich = 62,
  kWorkbookProperties = 153,
  kSheet = 156,
  kFilter = 161,
  kMergedCells = 176,
  kTable = 343,
  kConditionalFormat = 461,
  kConditionalRule = 463,
  kPrintMargins = 479,
  kHyperlink = 494,
  kDifferentials = 505,
  kDifferential = 507,
  kCellStyles = 617,
  kCellStylesEnd = 618,
};

// The records of one part, one after another, in memory that does not grow with the part.
class Records {
 public:
  // Throws Failure(kMalformed) if the part is missing.
  Records(const OpcPackage& package, const std::string& part);

  // Goes on to the next record; false at the part's end. Throws Failure(kMalformed) if it ends
  // inside a record, and what ZipStream::read throws.
  bool next();
  RecordType type() const { return static_cast<RecordType>(type_); }
  // Valid until next(). A record of more than 16 MiB, which no writer makes, has none.
  std::string_view content() const { return content_; }

 private:
  // The next byte, or nothing at the part's end.
  std::optional<std::uint8_t> byte();
  std::uint8_t needed_byte();
  void read_content(std::size_t size);

  std::string part_;
  ZipStream stream_;
  std::string buffer_;
  std::size_t at_ = 0;
  std::uint32_t type_ = 0;
  std::string content_;
};

// The fields of one record, in order. A read beyond its end gives nothing, and ok() is false.
class Fields {
 public:
  explicit Fields(std::string_view content) : rest_(content) {}

  bool ok() const { return ok_; }
  std::uint8_t u8() { return static_cast<std::uint8_t>(number(1)); }
  std::uint16_t u16() { return static_cast<std::uint16_t>(number(2)); }
  std::uint32_t u24() { return static_cast<std::uint32_t>(number(3)); }
  std::uint32_t u32() { return static_cast<std::uint32_t>(number(4)); }
  double real();
  // XLWideString (2.5.169), and XLNullableWideString with no string as an empty one: UTF-8.
  std::string text();
  void skip(std::size_t bytes) { number_bytes(bytes); }

 private:
  std::string_view number_bytes(std::size_t size);
  std::uint64_t number(std::size_t size);

  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace sluice::xlsx
