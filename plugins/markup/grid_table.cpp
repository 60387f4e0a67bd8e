// SPDX-License-Identifier: Apache-2.0
#include "markup/grid_table.hpp"

#include <algorithm>
#include <sluice/blanks.hpp>
#include <sluice/utf8.hpp>

namespace sluice::markup {
namespace {

// A drawing this large is no table of people; the search for its cells takes time for each corner.
constexpr std::size_t kMaxRows = 5'000;
constexpr std::size_t kMaxColumns = 200;

// Where columns begin and end in bytes: places of `+` in any border.
std::vector<std::size_t> corners_of(const Lines& lines, std::size_t begin, std::size_t end) {
  std::vector<std::size_t> corners;
  for (std::size_t i = begin; i < end; ++i) {
    if (!is_grid_border(lines[i])) continue;
    for (std::size_t at = 0; at < lines[i].size(); ++at) {
      if (lines[i][at] == '+') corners.push_back(at);
    }
    if (corners.size() > kMaxColumns * kMaxColumns) break;
  }
  std::sort(corners.begin(), corners.end());
  corners.erase(std::unique(corners.begin(), corners.end()), corners.end());
  return corners;
}

// Where a column begins in a line of text, whose characters have one to four bytes.
std::size_t byte_at(std::string_view line, std::size_t column) {
  std::size_t at = 0;
  for (; column > 0 && at < line.size(); --column) next_char(line, at);
  return at;
}

// The byte at a column; a blank behind the line's end.
char char_at(std::string_view line, std::size_t column) {
  const std::size_t at = byte_at(line, column);
  return at < line.size() ? line[at] : ' ';
}

bool is_border_part(std::string_view line, std::size_t from, std::size_t to) {
  line.remove_prefix(byte_at(line, from));
  if (line.size() <= to - from) return false;
  return line.substr(0, to - from + 1).find_first_not_of("-=+") == std::string_view::npos;
}

std::string_view part(std::string_view line, std::size_t from, std::size_t to) {
  line.remove_prefix(byte_at(line, from));
  std::string_view text = line.substr(0, byte_at(line, to - from));
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

}  // namespace

bool is_grid_border(std::string_view line) {
  return line.size() >= 3 && line.starts_with('+') && line.ends_with('+') &&
         (line[1] == '-' || line[1] == '=') &&
         line.find_first_not_of("+-=|") == std::string_view::npos;
}

bool is_simple_border(std::string_view line) {
  return line.starts_with('=') && line.find(" =") != std::string_view::npos &&
         line.find_first_not_of("= ") == std::string_view::npos;
}

std::optional<std::vector<GridRow>> read_grid(const Lines& lines, std::size_t begin,
                                              std::size_t end) {
  if (end - begin < 3 || end - begin > kMaxRows || !is_grid_border(lines[end - 1]))
    return std::nullopt;
  const std::vector<std::size_t> corners = corners_of(lines, begin, end);
  if (corners.size() < 2 || corners.size() > kMaxColumns) return std::nullopt;
  const std::size_t columns = corners.size() - 1;
  // For each column, the lines at which a border ends a cell.
  std::vector<std::size_t> row_starts;
  for (std::size_t i = begin; i + 1 < end; ++i) {
    if (lines[i].starts_with('+') || lines[i].find("+-") != std::string_view::npos ||
        lines[i].find("+=") != std::string_view::npos) {
      bool any = false;
      for (std::size_t c = 0; c < columns && !any; ++c)
        any = is_border_part(lines[i], corners[c], corners[c + 1]);
      if (any) row_starts.push_back(i);
    }
  }
  std::vector<GridRow> rows(row_starts.size());
  std::vector<std::size_t> taken(columns, begin);  // the line up to which a cell covers the column
  for (std::size_t r = 0; r < row_starts.size(); ++r) {
    const std::size_t top = row_starts[r];
    for (std::size_t c = 0; c < columns;) {
      if (taken[c] > top || !is_border_part(lines[top], corners[c], corners[c + 1])) {
        ++c;
        continue;
      }
      // To the right as far as no `|` stands in the first line of text.
      std::size_t right = c + 1;
      const std::string_view first = top + 1 < end ? lines[top + 1] : std::string_view();
      while (right < columns && char_at(first, corners[right]) != '|' &&
             char_at(first, corners[right]) != '+') {
        ++right;
      }
      std::size_t bottom = top + 1;
      while (bottom < end && !is_border_part(lines[bottom], corners[c], corners[right])) ++bottom;
      if (bottom == end) return std::nullopt;
      GridCell cell;
      cell.columns = static_cast<std::uint32_t>(right - c);
      const auto own = row_starts.begin() + static_cast<std::ptrdiff_t>(r);
      cell.rows = static_cast<std::uint32_t>(std::lower_bound(own, row_starts.end(), bottom) - own);
      Lines text;
      for (std::size_t i = top + 1; i < bottom; ++i)
        text.push_back(part(lines[i], corners[c] + 1, corners[right]));
      cell.lines = without_indent(text, 0, text.size(), least_indent(text, 0, text.size()));
      rows[r].push_back(std::move(cell));
      for (std::size_t k = c; k < right; ++k) taken[k] = bottom;
      c = right;
    }
  }
  return rows;
}

std::size_t last_simple_border(const Lines& lines) {
  for (std::size_t at = lines.size(); at-- > 1;) {
    const bool is_last = at + 1 == lines.size() || lines[at + 1].empty();
    if (is_last && is_simple_border(lines[at])) return at;
  }
  return 0;
}

std::optional<SimpleTable> read_simple_table(const Lines& lines, std::size_t begin) {
  std::vector<std::pair<std::size_t, std::size_t>> columns;
  const std::string_view border = lines[begin];
  for (std::size_t at = 0; at < border.size();) {
    if (border[at] != '=') {
      ++at;
      continue;
    }
    const std::size_t end = std::min(border.find(' ', at), border.size());
    columns.emplace_back(at, end);
    at = end;
  }
  if (columns.size() > kMaxColumns) return std::nullopt;
  // The last border is one that a blank line, or the end, follows.
  std::size_t last = begin + 1;
  int borders = 1;
  for (; last < lines.size(); ++last) {
    if (!is_simple_border(lines[last])) continue;
    ++borders;
    if (last + 1 == lines.size() || lines[last + 1].empty()) break;
  }
  if (last >= lines.size() || borders < 2) return std::nullopt;
  SimpleTable table;
  table.end = last + 1;
  for (std::size_t i = begin + 1; i < last; ++i) {
    const std::string_view line = lines[i];
    if (line.empty() || is_simple_border(line) ||
        line.find_first_not_of("- ") == std::string_view::npos)
      continue;
    // Without text in the first column, a line goes on with the row above.
    const bool goes_on =
        !table.rows.empty() && is_blank(part(line, columns[0].first, columns[0].second));
    if (!goes_on) table.rows.emplace_back(columns.size());
    for (std::size_t c = 0; c < columns.size(); ++c) {
      // Text that crosses the room between columns belongs to both.
      std::size_t last_column = c;
      while (last_column + 1 < columns.size() &&
             char_at(line, columns[last_column].second) != ' ') {
        ++last_column;
      }
      const std::size_t to =
          last_column + 1 < columns.size() ? columns[last_column + 1].first : line.size();
      table.rows.back()[c].lines.push_back(part(line, columns[c].first, to));
      c = last_column;
    }
  }
  return table;
}

}  // namespace sluice::markup
