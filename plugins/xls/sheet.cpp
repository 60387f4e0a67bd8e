// SPDX-License-Identifier: Apache-2.0
#include "xls/sheet.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "xls/area.hpp"
#include "xls/hyperlink.hpp"
#include "xlsx/cell_value.hpp"

namespace sluice::xls {
namespace {

constexpr std::size_t kMaxRow = 65'536;
constexpr std::size_t kMaxColumn = 256;
constexpr std::size_t kMaxPrintMargins = 6;
constexpr std::size_t kNumberSize = 6;  // of MulRk: a style and a number

Record record_at(std::string_view stream, std::size_t offset) {
  Records records(stream, offset);
  return records.next() ? records.record() : Record();
}

}  // namespace

SheetRecords::SheetRecords(Job& job, const Workbook& workbook, const Sheet& sheet,
                           const xlsx::SheetLinks& sheets)
    : workbook_(workbook), sheets_(sheets), conditional_(workbook) {
  constexpr std::size_t kBetweenChecks = 100'000;
  Records records(workbook.stream, sheet.offset);
  std::size_t depth = 0;
  std::size_t count = 0;
  while (records.next()) {
    if (++count % kBetweenChecks == 0) job.check_cancelled();
    const RecordType type = records.record().type;
    if (type == RecordType::kBof && ++depth == 2) ++charts_;
    if (type == RecordType::kEof && --depth == 0) break;
    if (depth == 1) record(records.record());
  }
  is_cut_off_ = depth > 0;
  facts_.has_own_number_formats = conditional_.have_number_formats();
  const auto by_place = [](const CellPlace& a, const CellPlace& b) {
    return std::tie(a.row, a.column) < std::tie(b.row, b.column);
  };
  if (!std::is_sorted(cells_.begin(), cells_.end(), by_place)) {
    std::stable_sort(cells_.begin(), cells_.end(), by_place);
  }
  finish_comments();
  std::stable_sort(shapes_.begin(), shapes_.end(), [](const Shape& a, const Shape& b) {
    return std::tie(a.place.row, a.place.column) < std::tie(b.place.row, b.place.column);
  });
}

void SheetRecords::record(const Record& record) {
  switch (record.type) {
    case RecordType::kInteger:
    case RecordType::kNumber:
    case RecordType::kLabel:
    case RecordType::kBoolErr:
    case RecordType::kFormula:
    case RecordType::kRk:
    case RecordType::kMulRk:
    case RecordType::kRString:
    case RecordType::kLabelShared:
      return add_cell(record);
    case RecordType::kRow:
      return add_row(record);
    case RecordType::kColumns:
      return add_columns(record);
    case RecordType::kMergeCells:
      return add_merges(record);
    case RecordType::kHyperlink:
      return add_link(record);
    case RecordType::kPageHeader:
    case RecordType::kPageFooter:
      return add_print_margin(record);
    case RecordType::kNote:
      return add_note(record);
    case RecordType::kDrawing:
      return add_drawing(record);
    case RecordType::kObject:
      return add_object(record);
    case RecordType::kText:
      return add_text(record);
    case RecordType::kConditionalFormat:
      return conditional_.add_areas(record);
    case RecordType::kConditionalRule:
      return conditional_.add_rule(record);
    case RecordType::kConditionalExtension:
      return conditional_.add_extension(record);
    default:
      return;
  }
}

void SheetRecords::add_cell(const Record& record) {
  CellPlace place{little_u16(record.body, 0), little_u16(record.body, 2), 0,
                  static_cast<std::uint32_t>(record.offset)};
  std::size_t count = 1;
  if (record.type == RecordType::kMulRk && record.body.size() >= 6) {
    count = (record.body.size() - 6) / kNumberSize;
  }
  for (; place.nth < count && place.column < kMaxColumn; ++place.nth, ++place.column) {
    cells_.push_back(place);
  }
}

// 2.4.221
void SheetRecords::add_row(const Record& record) {
  constexpr std::uint16_t kHidden = 0x20;
  if (workbook_.version == Version::k2) return;
  if ((little_u16(record.body, 12) & kHidden) == 0) return;
  hidden_rows_.resize(kMaxRow);
  hidden_rows_[little_u16(record.body, 0)] = true;
}

// 2.4.53
void SheetRecords::add_columns(const Record& record) {
  const bool is_hidden = (little_u16(record.body, 8) & 1U) != 0;
  if (!is_hidden || facts_.hidden_columns.size() >= xlsx::kMaxFacts) return;
  facts_.hidden_columns.emplace_back(little_u16(record.body, 0) + 1U,
                                     little_u16(record.body, 2) + 1U);
}

// 2.4.168
void SheetRecords::add_merges(const Record& record) {
  FieldReader fields(record.body);
  for (std::size_t left = fields.u16(); left > 0; --left) {
    const xlsx::Area area = read_area(fields);
    if (!fields.ok() || facts_.merges.size() >= xlsx::kMaxFacts) return;
    facts_.merges.push_back(area);
  }
}

// 2.4.136; an empty one has no text.
void SheetRecords::add_print_margin(const Record& record) {
  if (record.body.empty() || facts_.print_margins.size() >= kMaxPrintMargins) return;
  Fields fields(workbook_.stream, record);
  const std::size_t size = workbook_.version == Version::k8 ? fields.u16() : fields.u8();
  facts_.print_margins.push_back(workbook_.text(fields, size));
}

void SheetRecords::add_link(const Record& record) {
  Fields fields(workbook_.stream, record);
  xlsx::Hyperlink link;
  link.area = read_area(fields);
  fields.skip(16);  // a class
  HyperlinkTarget target = read_hyperlink(fields);
  // The address stands where packages have the relationship that leads to it; see url_of.
  link.relationship = std::move(target.address);
  link.location = std::move(target.location);
  if (facts_.links.size() < xlsx::kMaxFacts) facts_.links.push_back(std::move(link));
}

std::string SheetRecords::url_of(const xlsx::Hyperlink& link) {
  if (link.relationship.empty()) return sheets_.target(link.location);
  const bool is_whole = link.location.empty() || link.relationship.find('#') != std::string::npos;
  return is_whole ? link.relationship : link.relationship + "#" + link.location;
}

void SheetRecords::finish_comments() {
  std::map<std::uint16_t, const Shape*> by_object;
  for (std::size_t i = 0; i < shapes_.size(); ++i) by_object[object_ids_[i]] = &shapes_[i];
  for (Note& note : notes_) {
    const auto shape = by_object.find(note.object);
    if (shape == by_object.end()) continue;
    comments_.push_back({{note.row + 1U, note.column + 1U}, note.author, shape->second->text});
  }
  std::erase_if(shapes_, [](const Shape& shape) {
    return shape.is_comment || (shape.picture == 0 && shape.text.empty());
  });
}

std::string SheetRecords::text(Fields& fields) const {
  return workbook_.text(fields, fields.u16());
}

// Whether a cell's record is as Excel 2 has it: three bytes of looks, short texts.
bool SheetRecords::is_of_excel_2(const Record& record) const {
  return workbook_.version == Version::k2 && record.number < 0x100;
}

// The style of a cell; in Excel 2 the number of its format stands in the cell itself.
void SheetRecords::fill_style(const Record& record, Fields& fields, xlsx::Cell& cell) const {
  if (!is_of_excel_2(record)) {
    cell.style = fields.u16();
    return;
  }
  const std::uint32_t style = fields.u8() & 0x3FU;
  const std::uint32_t format = fields.u8() & 0x3FU;
  fields.skip(1);
  cell.style = workbook_.cells_name_formats ? format : style;
}

// 2.4.127; 2.5.133: what the formula came to.
void SheetRecords::fill_formula(const Record& record, Fields& fields, xlsx::Cell& cell) const {
  const std::string value = fields.bytes(8);
  constexpr std::uint16_t kNoNumber = 0xFFFF;
  cell.has_formula = true;
  cell.has_value = true;
  if (little_u16(value, 6) != kNoNumber) {
    cell.value = xlsx::number_text(FieldReader(value).real());
    return;
  }
  switch (value[0]) {
    case 0: {
      cell.type = xlsx::CellType::kText;
      // The text is in a record of its own, behind others that belong to the formula.
      Records records(workbook_.stream, record.end());
      constexpr int kMostBetween = 8;
      for (int i = 0; i < kMostBetween && records.next(); ++i) {
        if (records.record().type == RecordType::kFormula) return;
        if (records.record().type != RecordType::kString) continue;
        Fields string(workbook_.stream, records.record());
        cell.value =
            is_of_excel_2(records.record()) ? workbook_.text(string, string.u8()) : text(string);
        return;
      }
      return;
    }
    case 1:
      cell.type = xlsx::CellType::kBoolean;
      cell.value = value[2] != 0 ? "1" : "0";
      return;
    case 2:
      cell.type = xlsx::CellType::kError;
      cell.value = xlsx::error_text(static_cast<std::uint8_t>(value[2]));
      return;
    default:
      cell.type = xlsx::CellType::kText;
  }
}

// False if the record ends before its value.
bool SheetRecords::fill_cell(const CellPlace& place, xlsx::Cell& cell) const {
  const Record record = record_at(workbook_.stream, place.offset);
  Fields fields(workbook_.stream, record);
  fields.skip(4 + place.nth * kNumberSize);
  cell = {};
  cell.column = place.column + 1U;
  cell.has_value = true;
  fill_style(record, fields, cell);
  switch (record.type) {
    case RecordType::kInteger:
      cell.value = std::to_string(fields.u16());
      break;
    case RecordType::kNumber:
      cell.value = xlsx::number_text(fields.real());
      break;
    case RecordType::kRk:
    case RecordType::kMulRk:
      cell.value = xlsx::number_text(xlsx::rk_value(fields.u32()));
      break;
    case RecordType::kLabelShared:
      cell.type = xlsx::CellType::kShared;
      cell.value = std::to_string(fields.u32());
      break;
    case RecordType::kBoolErr: {
      const std::uint8_t value = fields.u8();
      const bool is_error = fields.u8() != 0;
      cell.type = is_error ? xlsx::CellType::kError : xlsx::CellType::kBoolean;
      cell.value = is_error ? xlsx::error_text(value) : value != 0 ? "1" : "0";
      break;
    }
    case RecordType::kFormula:
      fill_formula(record, fields, cell);
      break;
    default:
      cell.type = xlsx::CellType::kText;
      cell.value = is_of_excel_2(record) ? workbook_.text(fields, fields.u8()) : text(fields);
  }
  return fields.ok();
}

void SheetRecords::read(xlsx::SheetFacts& facts,
                        const std::function<void(const xlsx::Row&)>& on_row) {
  facts = facts_;
  std::vector<xlsx::Cell> cells;
  for (auto at = cells_.begin(); at != cells_.end();) {
    xlsx::Row row;
    row.number = at->row + 1U;
    row.hidden = !hidden_rows_.empty() && hidden_rows_[at->row];
    cells.clear();
    for (const std::uint16_t number = at->row; at != cells_.end() && at->row == number; ++at) {
      xlsx::Cell cell;
      if (!fill_cell(*at, cell) || (cell.value.empty() && !cell.has_formula)) continue;
      // Of several cells in one place the last counts.
      if (!cells.empty() && cells.back().column == cell.column) cells.pop_back();
      cells.push_back(std::move(cell));
    }
    row.cells = cells;
    if (!cells.empty()) on_row(row);
  }
  if (is_cut_off_) throw Failure(Outcome::kMalformed, "a sheet of the workbook is cut off");
}

}  // namespace sluice::xls
