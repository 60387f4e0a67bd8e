// SPDX-License-Identifier: Apache-2.0
#include "odf/sheet_reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <sluice/blanks.hpp>
#include <sluice/number_format.hpp>

#include "odf/elements.hpp"

namespace sluice::odf {
namespace {

// Cells that stand once in the file and often in the sheet: real sheets fill a few columns so.
constexpr std::uint64_t kMaxRepeatedCells = 1'000'000;
constexpr std::size_t kUsualBytes = 100;  // of a cell: the copy of a longer one counts for several
constexpr std::size_t kMaxFacts = 100'000;  // of each kind
constexpr std::size_t kMaxCellText = std::size_t{1} << 20;

// Declarations, former contents, copies of other documents: nothing that a sheet shows.
constexpr std::array<std::string_view, 11> kSkipped = {
    "table:tracked-changes", "table:content-validations",
    "table:dde-links",       "table:named-expressions",
    "table:database-ranges", "table:data-pilot-tables",
    "table:consolidation",   "table:calculation-settings",
    "table:label-ranges",    "office:scripts",
    "text:ruby-text"};

// What the copy of a cell counts for.
std::uint64_t copy_cost_of(const xlsx::ShownCell& cell) {
  return 1 + (cell.text.size() + cell.formula.size() + cell.url.size()) / kUsualBytes;
}

std::uint32_t number_of(std::string_view text, std::uint32_t otherwise) {
  std::uint64_t value = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(value, UINT32_MAX));
}

double double_of(std::string_view text) {
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

bool is_number_type(std::string_view type) {
  return type == "float" || type == "percentage" || type == "currency";
}

// "=SUM(A1:B2)" of "of:=SUM([.A1:.B2])".
std::string formula_of(std::string_view written) {
  written = written.substr(std::min(written.find('='), written.size()));
  std::string out;
  bool in_reference = false;
  for (std::size_t i = 0; i < written.size(); ++i) {
    const char c = written[i];
    if (c == '[' || c == ']') {
      in_reference = c == '[';
    } else if (!(c == '.' && in_reference && (written[i - 1] == '[' || written[i - 1] == ':'))) {
      out += c;
    }
  }
  return out;
}

// A copy of a sheet of another file, which formulas refer to: 'file:///a.ods'#Sheet1. No program
// shows it.
bool is_copy_of_other_file(std::string_view name) {
  return name.starts_with('\'') && name.find("'#") != std::string_view::npos;
}

}  // namespace

void SheetReader::start_element(std::string_view name, const XmlAttributes& attributes) {
  if (!is_in_body_) margins_.start(name, attributes["style:display"] != "false");
  if (skipped_ > 0) {
    ++skipped_;
    return;
  }
  if (forms_ > 0 || name == "office:forms") {
    ++forms_;
    return controls_.add(name, [&](const char* wanted) { return attributes[wanted]; });
  }
  if (std::find(kSkipped.begin(), kSkipped.end(), name) != kSkipped.end()) {
    skipped_ = 1;
    return;
  }
  if (drawing_ > 0 || name.starts_with("draw:") || name.starts_with("dr3d:")) {
    return start_drawing(name, attributes);
  }
  if (place_ == Place::kCell) return start_in_cell(name, attributes);
  if (name == "style:style") {
    table_style_ =
        attributes["style:family"] == "table" ? attributes["style:name"] : std::string_view();
  } else if (name == "style:table-properties") {
    if (attributes["table:display"] == "false" && hidden_styles_.size() < kMaxFacts) {
      hidden_styles_.insert(table_style_);
    }
  } else if (name == "office:body") {
    is_in_body_ = true;
  } else if (is_in_body_ && other_body_.empty() && name.starts_with("office:") &&
             name != "office:spreadsheet") {
    other_body_ = name;
  } else if (name == "table:table") {
    if (place_ == Place::kOutside) return start_sheet(attributes);
    skipped_ = 1;
  } else if (name == "table:table-column" && place_ == Place::kSheet) {
    start_column(attributes);
  } else if (name == "table:table-row" && place_ == Place::kSheet) {
    start_row(attributes);
  } else if (place_ == Place::kRow &&
             (name == "table:table-cell" || name == "table:covered-table-cell")) {
    start_cell(attributes, name == "table:covered-table-cell");
  }
}

void SheetReader::start_sheet(const XmlAttributes& attributes) {
  if (is_copy_of_other_file(attributes["table:name"])) {
    ++sheet_;
    skipped_ = 1;
    return;
  }
  const bool is_hidden = hidden_styles_.contains(attributes["table:style-name"]);
  if (is_hidden && !options_.hidden_sheets) {
    ++hidden_sheets_;
    ++sheet_;
    skipped_ = 1;
    return;
  }
  sink_ = begin_(sheet_);
  if (!sink_) {
    ++sheet_;
    skipped_ = 1;
    return;
  }
  place_ = Place::kSheet;
  facts_ = {};
  facts_.name = attributes["table:name"];
  hidden_columns_.clear();
  left_columns_.clear();
  columns_ = 0;
  next_row_ = 1;
  hidden_before_ = 0;
  repeated_cells_ = 0;
}

void SheetReader::start_column(const XmlAttributes& attributes) {
  const std::uint32_t repeated = std::min(
      std::max(1U, number_of(attributes["table:number-columns-repeated"], 1)), xlsx::kMaxColumns);
  const std::string_view visibility = attributes["table:visibility"];
  const bool is_collapsed = visibility == "collapse" || visibility == "filter";
  if (is_collapsed && columns_ < xlsx::kMaxColumns) {
    hidden_columns_.emplace_back(columns_ + 1, columns_ + repeated);
  }
  columns_ = std::min(columns_ + repeated, xlsx::kMaxColumns);
}

bool SheetReader::is_hidden(std::uint32_t column) const {
  const auto behind =
      std::upper_bound(hidden_columns_.begin(), hidden_columns_.end(), column,
                       [](std::uint32_t place, const auto& range) { return place < range.first; });
  return behind != hidden_columns_.begin() && column <= std::prev(behind)->second;
}

void SheetReader::start_row(const XmlAttributes& attributes) {
  place_ = Place::kRow;
  const std::string_view visibility = attributes["table:visibility"];
  row_hidden_ = visibility == "collapse" || visibility == "filter";
  row_repeated_ = std::max(1U, number_of(attributes["table:number-rows-repeated"], 1));
  row_.number = next_row_;
  row_.cells.clear();
  row_has_content_ = false;
  next_column_ = 1;
}

void SheetReader::start_cell(const XmlAttributes& attributes, bool is_covered) {
  place_ = Place::kCell;
  cell_covered_ = is_covered;
  cell_repeated_ = std::max(1U, number_of(attributes["table:number-columns-repeated"], 1));
  cell_ = {};
  cell_.column = next_column_;
  type_ = attributes["office:value-type"];
  cell_.is_number = is_number_type(type_);
  value_.clear();
  for (const char* const name : {"office:value", "office:date-value", "office:time-value",
                                 "office:boolean-value", "office:string-value"}) {
    if (const auto value = attributes.find(name)) value_ = *value;
  }
  if (options_.formulas != xlsx::Formulas::kValues) {
    const std::string_view formula = attributes["table:formula"];
    if (!formula.empty()) cell_.formula = formula_of(formula);
  }
  paragraphs_ = 0;
  in_paragraph_ = 0;
  const std::uint32_t across = number_of(attributes["table:number-columns-spanned"], 1);
  const std::uint32_t down = number_of(attributes["table:number-rows-spanned"], 1);
  if ((across > 1 || down > 1) && facts_.merges.size() < kMaxFacts) {
    facts_.merges.push_back({{row_.number, next_column_},
                             {row_.number + std::min(down, xlsx::kMaxRows) - 1,
                              next_column_ + std::min(across, xlsx::kMaxColumns) - 1}});
  }
}

void SheetReader::start_in_cell(std::string_view name, const XmlAttributes& attributes) {
  if (name == "office:annotation") {
    in_comment_ = true;
    comment_ = {};
    return;
  }
  if (in_comment_) {
    in_author_ = name == "dc:creator";
    // Its date, and lists around its paragraphs.
    if (name == "dc:date" || name == "meta:date-string") skipped_ = 1;
    if (name == "text:p" && !comment_.text.empty()) comment_.text += ' ';
    return;
  }
  if (name == "table:table") {
    skipped_ = 1;
  } else if (name == "text:p") {
    ++in_paragraph_;
    if (paragraphs_++ > 0) cell_.text += '\n';
  } else if (name == "text:s" && cell_.text.size() < kMaxCellText) {
    cell_.text.append(std::clamp(number_of(attributes["text:c"], 1), 1U, kMaxBlanks), ' ');
  } else if (name == "text:tab") {
    cell_.text += ' ';
  } else if (name == "text:line-break") {
    cell_.text += '\n';
  } else if (name == "text:a" && cell_.url.empty()) {
    const std::string_view url = attributes["xlink:href"];
    if (!url.starts_with('#')) cell_.url = url;  // places of the workbook have no fragment here
  }
}

void SheetReader::start_drawing(std::string_view name, const XmlAttributes& attributes) {
  ++drawing_;
  const std::string_view reference = attributes["xlink:href"];
  if (name == "draw:image" && !reference.empty() && facts_.pictures.size() < kMaxFacts) {
    facts_.pictures.emplace_back(reference);
  } else if (name == "draw:control") {
    drawn_ += controls_.text_of(attributes["draw:control"]);
  } else if (name == "draw:object") {
    if (reference.empty()) {
      ++facts_.objects_left;
      --drawing_;
      skipped_ = 1;
    } else if (facts_.objects.size() < kMaxFacts) {
      facts_.objects.emplace_back(reference);
    }
  } else if (name == "draw:object-ole" && !reference.empty()) {
    if (facts_.ole_objects.size() < kMaxFacts) facts_.ole_objects.emplace_back(reference);
  } else if (name == "office:binary-data") {
    ++facts_.objects_left;
    --drawing_;
    skipped_ = 1;
  } else if (name == "text:p" && !drawn_.empty()) {
    drawn_ += '\n';
  } else if (name == "svg:title" || name == "svg:desc") {
    --drawing_;
    skipped_ = 1;
  }
}

void SheetReader::text(std::string_view piece) {
  if (!is_in_body_) margins_.text(piece);
  if (skipped_ > 0) return;
  if (drawing_ > 0) {
    if (drawn_.size() < kMaxCellText) drawn_ += piece;
    return;
  }
  if (place_ != Place::kCell) return;
  if (in_comment_) {
    std::string& into = in_author_ ? comment_.author : comment_.text;
    if (into.size() < kMaxCellText) into += piece;
  } else if (in_paragraph_ > 0 && cell_.text.size() < kMaxCellText) {
    cell_.text += piece;
  }
}

void SheetReader::end_element(std::string_view name) {
  if (!is_in_body_) margins_.end(name);
  if (skipped_ > 0) {
    --skipped_;
    return;
  }
  if (forms_ > 0) {
    --forms_;
    return;
  }
  if (drawing_ > 0) {
    if (--drawing_ == 0) {
      if (!is_blank(drawn_) && facts_.texts.size() < kMaxFacts) facts_.texts.push_back(drawn_);
      drawn_.clear();
    }
    return;
  }
  if (in_comment_) {
    in_author_ = false;
    if (name != "office:annotation") return;
    in_comment_ = false;
    if (facts_.comments.size() < kMaxFacts) {
      comment_.place = xlsx::place_name(row_.number, next_column_);
      comment_.text = one_line(comment_.text);
      comment_.author = one_line(comment_.author);
      if (!comment_.text.empty()) facts_.comments.push_back(std::move(comment_));
    }
    return;
  }
  if (place_ == Place::kCell) {
    if (name == "text:p" && in_paragraph_ > 0) --in_paragraph_;
    if (name == "table:table-cell" || name == "table:covered-table-cell") end_cell();
  } else if (place_ == Place::kRow && name == "table:table-row") {
    end_row();
  } else if (place_ == Place::kSheet && name == "table:table") {
    end_sheet();
  }
}

// What a cell without text shows: its value. Programs that change a file without computing it leave
// an empty paragraph.
void SheetReader::add_value() {
  const bool is_date = type_ == "date";
  if (is_date && options_.iso_dates && value_.size() == 10) cell_.text = value_;
  if (!is_blank(cell_.text) || value_.empty()) return;
  if (type_ == "percentage") {
    cell_.text = general_number(double_of(value_) * 100) + "%";
  } else if (is_number_type(type_)) {
    cell_.text = general_number(double_of(value_));
  } else if (type_ == "boolean") {
    cell_.text = value_ == "true" ? "TRUE" : "FALSE";
  } else {
    cell_.text = value_;
    const std::size_t t = is_date ? value_.find('T') : std::string::npos;
    if (t != std::string::npos) cell_.text[t] = ' ';
  }
}

void SheetReader::end_cell() {
  place_ = Place::kRow;
  add_value();
  if (options_.formulas == xlsx::Formulas::kFormulas && !cell_.formula.empty()) cell_.text.clear();
  // The writer of Markdown is the one who collapses blanks; a cell of nothing else is blank.
  const bool is_shown = !cell_covered_ && (!is_blank(cell_.text) || !cell_.formula.empty());
  const std::uint32_t first = next_column_;
  const std::uint64_t behind = std::uint64_t{first} + cell_repeated_;
  next_column_ = static_cast<std::uint32_t>(std::min<std::uint64_t>(behind, xlsx::kMaxColumns + 1));
  if (!is_shown) return;
  row_has_content_ = true;
  if (row_hidden_ && !options_.hidden_cells) return;
  const std::uint64_t cost = copy_cost_of(cell_);
  for (std::uint32_t column = first; column < next_column_; ++column) {
    if (column > first) repeated_cells_ += cost;
    if (column > first && repeated_cells_ > kMaxRepeatedCells) {
      facts_.is_cut = true;
      return;
    }
    if (!options_.hidden_cells && is_hidden(column)) {
      left_columns_.insert(column);
      continue;
    }
    cell_.column = column;
    row_.cells.push_back(cell_);
  }
}

void SheetReader::end_row() {
  place_ = Place::kSheet;
  const std::uint64_t behind = std::uint64_t{next_row_} + row_repeated_;
  const auto next = static_cast<std::uint32_t>(std::min<std::uint64_t>(behind, xlsx::kMaxRows + 1));
  if (row_hidden_ && !options_.hidden_cells) {
    hidden_before_ += next - next_row_;
    if (row_has_content_) hidden_cells_.rows += next - next_row_;
    next_row_ = next;
    return;
  }
  std::uint64_t cost = 0;
  if (next > next_row_ + 1) {
    for (const xlsx::ShownCell& cell : row_.cells) cost += copy_cost_of(cell);
  }
  for (std::uint32_t number = next_row_; number < next && !row_.cells.empty(); ++number) {
    // What stands in the file is shown; only copies are cut.
    const bool is_copy = number > next_row_;
    if (is_copy) repeated_cells_ += cost;
    if (is_copy && repeated_cells_ > kMaxRepeatedCells) {
      facts_.is_cut = true;
      break;
    }
    row_.number = number;
    row_.hidden_before = hidden_before_;
    hidden_before_ = 0;
    if (number + 1 < next) {
      xlsx::ShownRow copy = row_;
      sink_(copy);
    } else {
      sink_(row_);
    }
  }
  next_row_ = next;
}

void SheetReader::end_sheet() {
  place_ = Place::kOutside;
  const std::size_t sheet = sheet_++;
  sink_ = nullptr;
  hidden_cells_.columns += left_columns_.size();
  end_(sheet, facts_);
}

}  // namespace sluice::odf
