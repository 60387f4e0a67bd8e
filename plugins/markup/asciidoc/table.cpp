// SPDX-License-Identifier: Apache-2.0
#include "markup/asciidoc/table.hpp"

#include <algorithm>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>

#include "markup/rst_lines.hpp"

namespace sluice::markup::asciidoc {
namespace {

// Tables have a few dozen columns; what a specification multiplies beyond this is cut off.
constexpr std::uint32_t kMaxColumns = 1'000;
// Copies of repeated cells in a table: people repeat some dozens of short ones. The copy of a cell
// that is longer than usual counts for several.
constexpr std::size_t kMaxCopies = 100'000;
constexpr std::size_t kUsualBytes = 100;

std::uint32_t read_number(std::string_view text, std::size_t& at) {
  std::uint32_t value = 0;
  while (at < text.size() && is_ascii_digit(static_cast<unsigned char>(text[at])))
    value = std::min(value * 10 + static_cast<std::uint32_t>(text[at++] - '0'), kMaxColumns);
  return value;
}

Align align_of(char c) {
  return c == '<' ? Align::kLeft : c == '>' ? Align::kRight : Align::kCenter;
}

// "3*,2a,>1,^" in cols="...".
std::vector<Column> read_columns(std::string_view text) {
  std::vector<Column> columns;
  if (text.find(',') == std::string_view::npos && text.find('*') == std::string_view::npos &&
      is_ascii_number(trimmed(text))) {
    std::size_t at = 0;
    columns.resize(read_number(trimmed(text), at));
    return columns;
  }
  while (!text.empty() && columns.size() < kMaxColumns) {
    const std::size_t end = std::min(text.find_first_of(",;"), text.size());
    const std::string_view one = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    std::size_t at = 0;
    std::uint32_t times = read_number(one, at);
    if (at >= one.size() || one[at] != '*') times = 1;
    Column column;
    for (const char c : one) {
      if (c == '<' || c == '>' || c == '^') column.align = align_of(c);
      if (is_ascii_lower(static_cast<unsigned char>(c))) column.style = c;
    }
    columns.insert(columns.end(), std::clamp<std::size_t>(times, 1, kMaxColumns), column);
  }
  return columns;
}

// What a cell says in front of its mark, "2+", ".3+^a", "3*": how much of the end of `before` it
// is.
std::size_t read_specification(std::string_view before, Cell& cell, std::uint32_t& times) {
  constexpr std::string_view kSigns = "0123456789.+*<>^adehlmsv";
  std::size_t begin = before.size();
  while (begin > 0 && before.size() - begin < 24 &&
         kSigns.find(before[begin - 1]) != std::string_view::npos)
    --begin;
  if (begin > 0 && before[begin - 1] != ' ' && before[begin - 1] != '\n') return 0;
  const std::string_view text = before.substr(begin);
  std::size_t at = 0;
  Cell found;
  std::uint32_t found_times = 1;
  const std::uint32_t columns = read_number(text, at);
  std::uint32_t rows = 0;
  if (at < text.size() && text[at] == '.' && at + 1 < text.size() &&
      is_ascii_digit(static_cast<unsigned char>(text[at + 1]))) {
    ++at;
    rows = read_number(text, at);
  }
  if (columns > 0 || rows > 0) {
    if (at >= text.size()) return 0;
    if (text[at] == '*') {
      found_times = std::max(columns, 1U);
    } else if (text[at] == '+') {
      found.columns = std::max(columns, 1U);
      found.rows = std::max(rows, 1U);
    } else {
      return 0;
    }
    ++at;
  }
  while (at < text.size() && std::string_view("<>^.").find(text[at]) != std::string_view::npos)
    ++at;
  if (at < text.size() && is_ascii_lower(static_cast<unsigned char>(text[at])))
    found.style = text[at++];
  if (at != text.size()) return 0;
  cell = found;
  times = found_times;
  return text.size();
}

// A mark behind a backslash is text.
std::string without_escapes(std::string_view text, char mark) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\\' && at + 1 < text.size() && text[at + 1] == mark) ++at;
    out += text[at];
  }
  return out;
}

struct Cells {
  std::vector<Cell> all;  // in the order in which they stand
  std::size_t in_first_line = 0;
  std::size_t copies = 0;

  void add(Cell cell, std::uint32_t times) {
    const std::size_t cost = 1 + cell.text.size() / kUsualBytes;
    for (; times > 1 && copies <= kMaxCopies; --times) {
      copies += cost;
      all.push_back(cell);
    }
    all.push_back(std::move(cell));
  }
};

Cells read_cells(std::string_view text, char mark) {
  Cells cells;
  Cell open;
  std::uint32_t times = 1;
  bool has_open = false;
  bool is_first_line = true;
  std::size_t begin = 0;
  const auto close = [&](std::string_view content) {
    if (!has_open) return;
    open.text = without_escapes(trimmed(content), mark);
    cells.add(std::move(open), times);
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\n' && has_open && is_first_line) {
      is_first_line = false;
      cells.in_first_line = times + open.columns - 1;
      for (const Cell& cell : cells.all) cells.in_first_line += cell.columns;
    }
    if (text[at] != mark || (at > 0 && text[at - 1] == '\\')) continue;
    Cell next;
    std::uint32_t next_times = 1;
    const std::string_view before = text.substr(begin, at - begin);
    const std::size_t size = read_specification(before, next, next_times);
    close(before.substr(0, before.size() - size));
    open = next;
    times = next_times;
    has_open = true;
    begin = at + 1;
  }
  close(text.substr(begin));
  if (is_first_line) {
    for (const Cell& cell : cells.all) cells.in_first_line += cell.columns;
  }
  return cells;
}

std::vector<std::vector<Cell>> in_rows(std::vector<Cell> cells, std::size_t width) {
  std::vector<std::vector<Cell>> rows;
  std::vector<std::uint32_t> covered(std::max<std::size_t>(width, 1));  // by cells of rows above
  std::size_t column = covered.size();
  for (Cell& cell : cells) {
    while (true) {
      if (column >= covered.size()) {
        if (rows.size() > cells.size()) return rows;
        rows.emplace_back();
        column = 0;
      }
      if (covered[column] == 0) break;
      --covered[column++];
    }
    cell.columns =
        std::min<std::uint32_t>(cell.columns, static_cast<std::uint32_t>(covered.size() - column));
    cell.column = column;
    for (std::uint32_t i = 0; i < cell.columns; ++i) covered[column++] = cell.rows - 1;
    rows.back().push_back(std::move(cell));
  }
  return rows;
}

}  // namespace

Table read_table(const Lines& lines, std::string_view delimiter, const BlockAttributes& block) {
  Table table;
  table.columns = read_columns(block.value("cols"));
  const std::string_view format = block.value("format");
  std::string_view separator = block.value("separator");
  const bool is_values = delimiter[0] == ',' || format == "csv" || format == "tsv";
  const bool is_colons = delimiter[0] == ':' || format == "dsv";
  if (is_values || is_colons) {
    for (const std::string_view line : lines) {
      if (line.empty()) continue;
      std::string text(line);
      const char sign = !separator.empty() ? separator[0] : is_colons ? ':' : ',';
      if (sign != ',') std::replace(text.begin(), text.end(), sign, ',');
      table.rows.emplace_back();
      for (std::string& value : csv_cells(text)) {
        table.rows.back().emplace_back();
        table.rows.back().back().text = std::move(value);
      }
    }
    return table;
  }
  const char mark = !separator.empty() ? separator[0] : delimiter[0];
  std::string text;
  for (const std::string_view line : lines) text.append(line).append("\n");
  Cells cells = read_cells(text, mark);
  table.is_cut = cells.copies > kMaxCopies;
  const std::size_t width = table.columns.empty() ? cells.in_first_line : table.columns.size();
  table.rows = in_rows(std::move(cells.all), std::min<std::size_t>(width, kMaxColumns));
  return table;
}

}  // namespace sluice::markup::asciidoc
