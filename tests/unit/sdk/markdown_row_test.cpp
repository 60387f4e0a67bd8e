// SPDX-License-Identifier: Apache-2.0
//
// A row written at once is the row that its cells make one by one, wherever a table stands and
// whatever is in it.
#include <gtest/gtest.h>

#include <array>
#include <random>
#include <sluice/markdown_writer.hpp>
#include <string>
#include <vector>

#include "unit/sdk/markdown_kit.h"

namespace sluice {
namespace {

using Row = std::vector<std::string>;
enum class RowCalls { kAtOnce, kByCell };

void write_row(MarkdownWriter& out, const Row& row, RowCalls calls) {
  if (calls == RowCalls::kAtOnce) {
    const std::vector<std::string_view> cells(row.begin(), row.end());
    return out.row(cells);
  }
  out.begin_row();
  for (std::string_view cell : row) {
    out.begin_cell();
    for (auto end = cell.find('\n'); end != std::string_view::npos; end = cell.find('\n')) {
      out.text(cell.substr(0, end));
      out.line_break();
      cell.remove_prefix(end + 1);
    }
    out.text(cell);
    out.end_cell();
  }
  out.end_row();
}

// A table of random cells in a random place, the same for both kinds of calls.
std::string table(std::uint32_t seed, RowCalls calls) {
  return test::written([&](auto& out) {
    std::mt19937 random(seed);
    const auto below = [&random](std::size_t end) { return random() % end; };
    constexpr std::array<std::string_view, 24> kPieces{
        "word",       "12.50", " ",    "  ",   "\t",       "\n",     "*",   "_",
        "`",          "|",     ":",    "!",    "\\",       "[x](y)", "<b>", "&amp;",
        "http://a.b", "12:30", "\x01", "\x7F", "\xC3\xA9", "$5$",    "~~",  "\r\n"};
    const auto cell = [&] {
      std::string text;
      for (std::size_t left = below(4); left > 0; --left) text += kPieces[below(kPieces.size())];
      return text;
    };
    const std::size_t place = below(6);
    if (place == 1) out.begin_list(), out.begin_item();
    if (place == 2) out.begin_quote();
    if (place == 3) out.begin_style(Style::kStrong);
    if (place == 4) out.begin_link("http://x.y");
    TableOptions options;
    const std::size_t columns = below(10) == 0 ? 70 : 1 + below(5);
    options.columns = below(5) == 0 ? 0 : static_cast<std::uint32_t>(columns);
    out.begin_table(options);
    for (std::size_t rows = below(7); rows > 0; --rows) {
      if (below(12) == 0) {  // a cell that reaches down
        CellOptions cell_options;
        cell_options.row_span = 2;
        out.begin_row();
        out.begin_cell(cell_options);
        out.text("span");
        out.end_cell();
        out.end_row();
      }
      if (below(12) == 0) out.text("stray");
      Row row;
      for (std::size_t cells = below(columns + 2); cells > 0; --cells) row.push_back(cell());
      write_row(out, row, calls);
    }
    if (place == 5) {  // a table within a cell
      out.begin_row();
      out.begin_cell();
      out.begin_table({});
      write_row(out, {cell(), cell()}, calls);
      out.end_table();
      out.end_cell();
    }
    out.end_table();
    out.text("behind");
  });
}

TEST(MarkdownRow, IsTheSameAsItsCells) {
  for (std::uint32_t seed = 1; seed <= 20'000; ++seed) {
    ASSERT_EQ(table(seed, RowCalls::kAtOnce), table(seed, RowCalls::kByCell)) << seed;
  }
}

TEST(MarkdownRow, WritesItsCells) {
  EXPECT_EQ(test::written([](auto& out) {
              TableOptions options;
              options.columns = 3;
              out.begin_table(options);
              for (const Row& row :
                   {Row{"a", "b", "c"}, Row{"1", "two words"}, Row{"x|y", "l\nm", "", "z"}}) {
                write_row(out, row, RowCalls::kAtOnce);
              }
              out.end_table();
            }),
            "| a | b | c |\n| --- | --- | --- |\n| 1 | two words | |\n| x\\|y | l<br>m | |\n");
}

}  // namespace
}  // namespace sluice
