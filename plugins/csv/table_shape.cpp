// SPDX-License-Identifier: Apache-2.0
#include "csv/table_shape.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <sluice/ascii.hpp>
#include <sluice/plugin.hpp>
#include <string>
#include <vector>

#include "csv/cells.hpp"
#include "csv/row_reader.hpp"

namespace sluice::csv {
namespace {

// The comments of a VCF file, the longest preamble known, are a few hundred lines.
constexpr std::size_t kMaxRows = 1000;

// What of a row tells a table from what stands above it.
struct RowFacts {
  std::size_t cells = 0;
  std::size_t used = 0;  // up to the last cell that is not empty
  std::size_t filled = 0;
  bool starts_filled = false;
  bool has_number = false;
  bool is_comment = false;
};

RowFacts facts_of(const RowReader::Cells& cells) {
  RowFacts facts;
  facts.cells = cells.size();
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].empty()) continue;
    facts.used = i + 1;
    ++facts.filled;
    facts.has_number = facts.has_number || is_number(cells[i]);
  }
  facts.starts_filled = !cells.empty() && !cells[0].empty();
  facts.is_comment = facts.starts_filled && cells[0][0] == '#';
  return facts;
}

// A sample as one delimiter divides it.
class Division {
 public:
  Division(std::string_view sample, char delimiter) {
    RowReader reader(delimiter, [&](const RowReader::Cells& cells) {
      if (rows_.size() < kMaxRows) rows_.push_back(facts_of(cells));
    });
    try {
      reader.feed(sample);
      reader.finish();
    } catch (const Failure&) {
      rows_.clear();  // more columns than any table has
    }
    find_width();
    leading_ = count_leading();
    if (!is_table_below(leading_)) leading_ = 0;
  }

  std::size_t leading_rows() const { return leading_; }

  // How many of the rows have the table's width, in percent; 0 if they are no table.
  std::size_t coverage() const {
    const bool is_table = width_ >= 2 && (leading_ > 0 || rows_[0].cells >= 2);
    return is_table ? matching_ * 100 / rows_.size() : 0;
  }

 private:
  // The number of cells, two at least, that most rows have.
  void find_width() {
    std::map<std::size_t, std::size_t> rows_of_width;
    for (const RowFacts& row : rows_) {
      if (row.cells >= 2) ++rows_of_width[row.cells];
    }
    for (const auto& [width, rows] : rows_of_width) {
      if (rows < matching_) continue;
      width_ = width;
      matching_ = rows;
    }
  }

  std::size_t count_leading() const {
    if (width_ < 2) return 0;
    std::size_t at = 0;
    while (at < rows_.size() && is_leading(at)) ++at;
    return at == rows_.size() ? 0 : at;
  }

  bool is_leading(std::size_t at) const {
    const RowFacts& row = rows_[at];
    if (row.filled == 0) return at > 0;
    if (row.is_comment) return !is_header_in_comment(at);
    // Of two columns, one may have no name in the header.
    if (width_ == 2) return row.cells == 1;
    // A title is in the first cell, and a spreadsheet writes the empty ones behind it, too. A line
    // of a preamble may have a name and a value. A header that is short by a cell is a header.
    const bool is_title = row.filled == 1 && row.starts_filled;
    return is_title || (row.cells < width_ && row.used <= width_ / 2);
  }

  // "#CHROM<tab>POS": the last of the comments has the columns' names, unless a row of names
  // follows.
  bool is_header_in_comment(std::size_t at) const {
    if (rows_[at].cells != width_ || at + 1 == rows_.size() || rows_[at + 1].is_comment) {
      return false;
    }
    const bool next_is_body = rows_[at + 1].has_number;
    const bool body_has_numbers =
        std::any_of(rows_.begin() + static_cast<long>(at) + 1, rows_.end(),
                    [](const RowFacts& row) { return row.has_number; });
    return next_is_body || !body_has_numbers;
  }

  // Whether what follows the leading rows is a table, so that they are no rows of it.
  bool is_table_below(std::size_t leading) const {
    if (leading == 0) return true;
    const std::size_t below = rows_.size() - leading;
    if (matching_ * 100 < below * 80) return false;
    if (width_ > 2) return matching_ >= 2;
    // Of a list of names one a line, some have a comma; a column of decimal commas has it too.
    const bool are_all_comments =
        std::all_of(rows_.begin(), rows_.begin() + static_cast<long>(leading),
                    [](const RowFacts& row) { return row.is_comment; });
    return are_all_comments ||
           (matching_ >= 3 && leading < matching_ && !rows_[leading].has_number);
  }

  std::vector<RowFacts> rows_;
  std::size_t width_ = 0;
  std::size_t matching_ = 0;  // rows that are `width_` wide
  std::size_t leading_ = 0;
};

// Without the last line, which may be cut off, if there is another.
std::string_view whole_lines(std::string_view sample) {
  const auto end = sample.find_last_of("\r\n");
  return end != std::string_view::npos && end > 0 ? sample.substr(0, end) : sample;
}

// Whether there are commas, each between two digits.
bool has_decimal_commas_only(std::string_view sample) {
  std::size_t at = sample.find(',');
  if (at == std::string_view::npos) return false;
  for (; at != std::string_view::npos; at = sample.find(',', at + 1)) {
    const bool is_decimal = at > 0 && at + 1 < sample.size() && is_ascii_digit(sample[at - 1]) &&
                            is_ascii_digit(sample[at + 1]);
    if (!is_decimal) return false;
  }
  return true;
}

}  // namespace

TableShape shape_with(std::string_view sample, char delimiter) {
  return {delimiter, Division(whole_lines(sample), delimiter).leading_rows()};
}

TableShape guess_shape(std::string_view sample) {
  sample = whole_lines(sample);
  TableShape best{has_decimal_commas_only(sample) ? '\t' : ',', 0};
  std::size_t best_coverage = 0;
  // The rarer a character is inside of cells, the earlier it comes: the first of equals wins.
  for (const char candidate : {'\t', ';', '|', ','}) {
    const Division division(sample, candidate);
    if (division.coverage() <= best_coverage) continue;
    best = {candidate, division.leading_rows()};
    best_coverage = division.coverage();
  }
  return best;
}

std::optional<char> named_delimiter(std::string_view sample) {
  const auto line = sample.substr(0, sample.find_first_of("\r\n"));
  constexpr std::string_view kPrefix = "sep=";
  if (line.size() != kPrefix.size() + 1 || line.back() == '"' || line.back() == ' ' ||
      !equal_ignoring_ascii_case(line.substr(0, kPrefix.size()), kPrefix)) {
    return std::nullopt;
  }
  return line.back();
}

}  // namespace sluice::csv
