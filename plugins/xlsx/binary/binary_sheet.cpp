// SPDX-License-Identifier: Apache-2.0
//
// A worksheet of a binary workbook ([MS-XLSB] 2.1.7.62): rows, each with its cells behind it, and
// the areas before and after them.
#include <algorithm>

#include "xlsx/binary/binary_parts.hpp"
#include "xlsx/binary/records.hpp"
#include "xlsx/cell_value.hpp"

namespace sluice::xlsx {
namespace {

constexpr std::size_t kMaxPrintMargins = 6;

class BinarySheetReader {
 public:
  BinarySheetReader(SheetFacts& facts, const std::function<void(const Row&)>& on_row)
      : facts_(facts), on_row_(on_row) {}

  void record(RecordType type, std::string_view content) {
    Fields fields(content);
    switch (type) {
      case RecordType::kRow:
        return begin_row(fields);
      case RecordType::kColumn:
        return column(fields);
      case RecordType::kMergedCells:
        return area(content, facts_.merges);
      case RecordType::kFilter:
        return area(content, facts_.filters);
      case RecordType::kHyperlink:
        return hyperlink(content);
      case RecordType::kPrintMargins:
        return print_margins(content);
      default:
        return cell(type, fields);
    }
  }

  void end_row() {
    if (cells_.empty()) return;
    if (!is_sorted_) sort();
    row_.cells = cells_;
    on_row_(row_);
    cells_.clear();
  }

 private:
  // 2.4.741
  void begin_row(Fields& fields) {
    end_row();
    row_.number = fields.u32() + 1;
    fields.skip(4 + 2 + 1);  // style, height, borders
    constexpr std::uint8_t kHidden = 0x10;
    row_.hidden = (fields.u8() & kHidden) != 0;
    is_known_row_ = fields.ok() && row_.number >= 1 && row_.number <= kMaxRows;
    is_sorted_ = true;
  }

  void cell(RecordType type, Fields& fields) {
    Cell cell;
    const std::uint32_t column = fields.u32();
    cell.style = fields.u24();
    fields.skip(1);
    cell.has_value = true;
    cell.has_formula = type >= RecordType::kFormulaText && type <= RecordType::kFormulaError;
    if (!read_value(type, fields, cell) || !fields.ok() || !is_known_row_) return;
    if (column >= kMaxColumns || (cell.value.empty() && !cell.has_formula)) return;
    cell.column = column + 1;
    is_sorted_ = is_sorted_ && (cells_.empty() || cells_.back().column < cell.column);
    cells_.push_back(std::move(cell));
  }

  // False if it is no record of a cell with something in it.
  static bool read_value(RecordType type, Fields& fields, Cell& cell) {
    switch (type) {
      case RecordType::kCellRk:
        cell.value = number_text(rk_value(fields.u32()));
        return true;
      case RecordType::kCellReal:
      case RecordType::kFormulaNumber:
        cell.value = number_text(fields.real());
        return true;
      case RecordType::kCellShared:
        cell.type = CellType::kShared;
        cell.value = std::to_string(fields.u32());
        return true;
      case RecordType::kCellRich:
        fields.skip(1);  // whether runs follow
        [[fallthrough]];
      case RecordType::kCellText:
      case RecordType::kFormulaText:
        cell.type = CellType::kText;
        cell.value = fields.text();
        return true;
      case RecordType::kCellBool:
      case RecordType::kFormulaBool:
        cell.type = CellType::kBoolean;
        cell.value = fields.u8() != 0 ? "1" : "0";
        return true;
      case RecordType::kCellError:
      case RecordType::kFormulaError:
        cell.type = CellType::kError;
        cell.value = error_text(fields.u8());
        return true;
      default:
        return false;
    }
  }

  // Of several cells in one place the last counts.
  void sort() {
    std::stable_sort(cells_.begin(), cells_.end(),
                     [](const Cell& a, const Cell& b) { return a.column < b.column; });
    std::reverse(cells_.begin(), cells_.end());
    cells_.erase(std::unique(cells_.begin(), cells_.end(),
                             [](const Cell& a, const Cell& b) { return a.column == b.column; }),
                 cells_.end());
    std::reverse(cells_.begin(), cells_.end());
  }

  // 2.4.323
  void column(Fields& fields) {
    const std::uint32_t first = fields.u32();
    const std::uint32_t last = fields.u32();
    fields.skip(4 + 4);  // width, style
    const bool hidden = (fields.u8() & 1U) != 0;
    if (!fields.ok() || !hidden || facts_.hidden_columns.size() >= kMaxFacts) return;
    facts_.hidden_columns.emplace_back(first + 1, last + 1);
  }

  static void area(std::string_view content, std::vector<Area>& to) {
    const auto area = read_binary_area(content);
    if (area && to.size() < kMaxFacts) to.push_back(*area);
  }

  // 2.4.692
  void hyperlink(std::string_view content) {
    const auto area = read_binary_area(content);
    Fields fields(content);
    fields.skip(16);
    std::string relationship = fields.text();
    std::string location = fields.text();
    if (!area || !fields.ok() || facts_.links.size() >= kMaxFacts) return;
    facts_.links.push_back({*area, std::move(relationship), std::move(location)});
  }

  // 2.4.37: header and footer, those of even pages, those of the first one. Only texts with a
  // length that fits are read.
  void print_margins(std::string_view content) {
    Fields fields(content);
    fields.skip(2);
    for (int i = 0; i < 6 && fields.ok(); ++i) {
      std::string code = fields.text();
      if (code.empty() || facts_.print_margins.size() >= kMaxPrintMargins) continue;
      facts_.print_margins.push_back(std::move(code));
    }
  }

  SheetFacts& facts_;
  const std::function<void(const Row&)>& on_row_;
  Row row_;
  std::vector<Cell> cells_;
  bool is_known_row_ = false;
  bool is_sorted_ = true;
};

}  // namespace

std::optional<Area> read_binary_area(std::string_view content) {
  Fields fields(content);
  Area area;
  area.first.row = fields.u32();
  area.last.row = fields.u32();
  area.first.column = fields.u32();
  area.last.column = fields.u32();
  const bool is_place = fields.ok() && area.first.row <= area.last.row &&
                        area.first.column <= area.last.column && area.last.row < kMaxRows &&
                        area.last.column < kMaxColumns;
  if (!is_place) return std::nullopt;
  for (Place* place : {&area.first, &area.last}) {
    ++place->row;
    ++place->column;
  }
  return area;
}

void read_binary_sheet(const OpcPackage& package, const std::string& part, SheetFacts& facts,
                       const std::function<void(const Row&)>& on_row) {
  Records records(package, part);
  BinarySheetReader reader(facts, on_row);
  try {
    while (records.next()) reader.record(records.type(), records.content());
  } catch (const Failure&) {
    reader.end_row();
    throw;
  }
  reader.end_row();
}

}  // namespace sluice::xlsx
