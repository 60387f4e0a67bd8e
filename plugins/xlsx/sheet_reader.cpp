// SPDX-License-Identifier: Apache-2.0
#include "xlsx/sheet_reader.hpp"

#include <algorithm>
#include <charconv>
#include <sluice/xml_stream.hpp>

#include "xlsx/binary/binary_parts.hpp"
#include "xlsx/binary/records.hpp"
#include "xlsx/rich_text.hpp"
#include "xlsx/shared_strings.hpp"
#include "xlsx/truth.hpp"

namespace sluice::xlsx {
namespace {

std::uint32_t number_of(std::string_view text, std::uint32_t otherwise = 0) {
  std::uint32_t number = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

CellType type_of(std::string_view t) {
  if (t.empty() || t == "n") return CellType::kNumber;
  if (t == "s") return CellType::kShared;
  if (t == "b") return CellType::kBoolean;
  if (t == "e") return CellType::kError;
  if (t == "d") return CellType::kDate;
  return CellType::kText;  // str, inlineStr
}

// 'c' of "x:c", the names of nearly all elements; 0 of longer names.
char letter_of(std::string_view name) {
  return name.size() == 3 && name[0] == 'x' && name[1] == ':' ? name[2] : '\0';
}

// A sheet has six at most.
constexpr std::size_t kMaxPrintMargins = 6;

bool is_print_margin(std::string_view name) {
  return name == "x:oddHeader" || name == "x:oddFooter" || name == "x:evenHeader" ||
         name == "x:evenFooter" || name == "x:firstHeader" || name == "x:firstFooter";
}

class SheetReader : public XmlHandler {
 public:
  SheetReader(SheetFacts& facts, const std::function<void(const Row&)>& on_row)
      : facts_(facts), on_row_(on_row) {}

  void start_element(std::string_view name, const XmlAttributes& attributes) override {
    if (letter_of(name) == 'c') return start_cell(attributes);
    if (in_cell_) return start_in_cell(name, attributes);
    if (name == "x:row") return start_row(attributes);
    start_fact(name, attributes);
  }

  void end_element(std::string_view name) override {
    if (!in_cell_) {
      if (name == "x:row") end_row();
      into_ = nullptr;
      return;
    }
    switch (letter_of(name)) {
      case 'c':
        return end_cell();
      case 'v':
      case 'f':
        into_ = nullptr;
        return;
      default:
        rich_.end(name);
        if (name == "x:is") into_ = nullptr;
    }
  }

  void text(std::string_view piece) override {
    if (into_ == &inline_) {
      if (rich_.in_text()) rich_.append(inline_, piece);
    } else if (into_ != nullptr) {
      into_->append(piece);
    }
  }

 private:
  void start_row(const XmlAttributes& attributes) {
    const std::uint32_t number = number_of(attributes["r"]);
    row_.number = number != 0 ? number : row_.number + 1;
    row_.hidden = is_true(attributes["hidden"]);
    used_ = 0;
    column_ = 0;
    sorted_ = true;
  }

  void start_cell(const XmlAttributes& attributes) {
    in_cell_ = true;
    const auto place = parse_place(attributes["r"]);
    const std::uint32_t column = place ? place->column : column_ + 1;
    // Cells may say their row, too; the row's own number counts, if it is in a row.
    sorted_ = sorted_ && column > column_;
    column_ = column;
    if (used_ == cells_.size()) cells_.emplace_back();
    Cell& cell = cells_[used_];
    cell.column = column;
    cell.style = number_of(attributes["s"]);
    cell.type = type_of(attributes["t"]);
    cell.value_metadata = cell.type == CellType::kError ? number_of(attributes["vm"]) : 0;
    cell.has_formula = false;
    cell.has_value = false;
    cell.value.clear();
    cell.formula.clear();
    inline_.clear();
    has_inline_ = false;
    rich_.reset();
  }

  void start_in_cell(std::string_view name, const XmlAttributes& attributes) {
    Cell& cell = cells_[used_];
    const char letter = letter_of(name);
    if (letter == 'v') {
      cell.has_value = true;
      into_ = &cell.value;
    } else if (letter == 'f') {
      cell.has_formula = true;
      into_ = &cell.formula;
    } else if (name == "x:is") {
      has_inline_ = true;
      into_ = &inline_;
    } else {
      rich_.start(name, attributes);
    }
  }

  void end_cell() {
    in_cell_ = false;
    into_ = nullptr;
    Cell& cell = cells_[used_];
    if (has_inline_ && cell.value.empty()) {
      cell.type = CellType::kText;
      cell.value = inline_;
    }
    if (cell.type == CellType::kText && cell.value.find("_x") != std::string::npos) {
      inline_.clear();
      append_xstring(inline_, cell.value);
      cell.value = inline_;
    }
    const bool says_something = !cell.value.empty() || cell.has_formula;
    if (says_something && cell.column <= kMaxColumns) ++used_;
  }

  void end_row() {
    if (used_ == 0 || row_.number > kMaxRows) return;
    if (!sorted_) sort();
    row_.cells = {cells_.data(), used_};
    on_row_(row_);
  }

  // Of several cells in one place the last counts.
  void sort() {
    const auto end = cells_.begin() + static_cast<std::ptrdiff_t>(used_);
    std::stable_sort(cells_.begin(), end,
                     [](const Cell& a, const Cell& b) { return a.column < b.column; });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < used_; ++i) {
      if (kept > 0 && cells_[kept - 1].column == cells_[i].column) --kept;
      if (kept != i) std::swap(cells_[kept], cells_[i]);
      ++kept;
    }
    used_ = kept;
  }

  void start_fact(std::string_view name, const XmlAttributes& attributes) {
    if (name == "x:col" && is_true(attributes["hidden"])) {
      if (facts_.hidden_columns.size() < kMaxFacts) {
        facts_.hidden_columns.emplace_back(number_of(attributes["min"]),
                                           number_of(attributes["max"]));
      }
    } else if (name == "x:mergeCell") {
      const auto area = parse_area(attributes["ref"]);
      if (area && facts_.merges.size() < kMaxFacts) facts_.merges.push_back(*area);
    } else if (name == "x:hyperlink") {
      const auto area = parse_area(attributes["ref"]);
      if (area && facts_.links.size() < kMaxFacts) {
        facts_.links.push_back(
            {*area, std::string(attributes["r:id"]), std::string(attributes["location"])});
      }
    } else if (name == "x:autoFilter") {
      const auto area = parse_area(attributes["ref"]);
      if (area && facts_.filters.size() < kMaxFacts) facts_.filters.push_back(*area);
    } else if (name == "x:numFmt") {  // outside of the styles only in rules of extLst
      facts_.has_own_number_formats = true;
    } else if (is_print_margin(name) && facts_.print_margins.size() < kMaxPrintMargins) {
      into_ = &facts_.print_margins.emplace_back();
    }
  }

  SheetFacts& facts_;
  const std::function<void(const Row&)>& on_row_;
  Row row_;
  std::vector<Cell> cells_;  // the row's, and room for more
  std::size_t used_ = 0;
  std::uint32_t column_ = 0;
  bool sorted_ = true;
  bool in_cell_ = false;
  bool has_inline_ = false;
  std::string inline_;
  std::string* into_ = nullptr;
  RichText rich_;
};

}  // namespace

bool SheetFacts::column_hidden(std::uint32_t column) const {
  return std::any_of(hidden_columns.begin(), hidden_columns.end(), [column](const auto& range) {
    return column >= range.first && column <= range.second;
  });
}

void read_sheet(const OpcPackage& package, const std::string& part, SheetFacts& facts,
                const std::function<void(const Row&)>& on_row) {
  if (is_binary_part(part)) return read_binary_sheet(package, part, facts, on_row);
  const ZipEntry* entry = package.zip().find(part);
  if (entry == nullptr) throw Failure(Outcome::kMalformed, part + " is missing");
  ZipStream bytes = package.zip().stream(*entry);
  SheetReader reader(facts, on_row);
  stream_xml(bytes, part, office_namespaces(), reader);
}

}  // namespace sluice::xlsx
