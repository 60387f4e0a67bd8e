// Rows as libcsv makes them, whether a line goes through it or is split without.
#include "csv/row_reader.hpp"

#include <csv.h>
#include <gtest/gtest.h>

#include <random>
#include <sluice/plugin.hpp>
#include <string>
#include <vector>

namespace sluice::csv {
namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows rows_of(std::string_view text, char delimiter, std::mt19937& random) {
  Rows rows;
  RowReader reader(delimiter, [&rows](const RowReader::Cells& cells) {
    rows.emplace_back(cells.begin(), cells.end());
  });
  while (!text.empty()) {
    const auto piece = text.substr(0, 1 + random() % 40);
    reader.feed(piece);
    text.remove_prefix(piece.size());
  }
  reader.finish();
  EXPECT_EQ(reader.unclosed_quotes(), 0U);
  return rows;
}

Rows rows_of_libcsv(const std::string& text, char delimiter) {
  struct Collected {
    Rows rows;
    std::vector<std::string> cells;
  } collected;
  csv_parser parser{};
  csv_init(&parser, 0);
  csv_set_delim(&parser, static_cast<unsigned char>(delimiter));
  const auto on_cell = [](void* data, std::size_t size, void* to) {
    static_cast<Collected*>(to)->cells.emplace_back(size == 0 ? "" : static_cast<const char*>(data),
                                                    size);
  };
  const auto on_row = [](int, void* to) {
    auto& rows = *static_cast<Collected*>(to);
    rows.rows.push_back(std::exchange(rows.cells, {}));
  };
  csv_parse(&parser, text.data(), text.size(), on_cell, on_row, &collected);
  csv_fini(&parser, on_cell, on_row, &collected);
  csv_free(&parser);
  return collected.rows;
}

std::string random_cell(std::mt19937& random, bool may_be_quoted) {
  constexpr std::string_view kLetters = "ab1 \t.\xC3\xA9";
  std::string cell;
  for (auto length = random() % 6; length > 0; --length)
    cell += kLetters[random() % kLetters.size()];
  if (!may_be_quoted || random() % 6 != 0) return cell;
  const char* const inside[] = {"", "\"\"", "\n", ",", ";", "\t", " "};
  return "\"" + cell + inside[random() % std::size(inside)] + cell + "\"";
}

// Of lines that are not blank; libcsv and the reader differ on those by intention.
std::string random_text(std::mt19937& random, char delimiter, bool may_be_quoted) {
  const char* const ends[] = {"\n", "\r\n", "\r"};
  const std::string_view end = ends[random() % std::size(ends)];
  std::string text;
  for (auto lines = random() % 30; lines > 0; --lines) {
    text += "x";
    text += random_cell(random, false);
    for (auto cells = random() % 7; cells > 0; --cells) {
      text += delimiter;
      text += random_cell(random, may_be_quoted);
    }
    if (lines > 1 || random() % 2 == 0) text += end;
  }
  return text;
}

TEST(RowReader, GivesTheRowsOfLibcsv) {
  std::mt19937 random(11);
  for (int i = 0; i < 3000; ++i) {
    const char delimiter = ",;\t|"[random() % 4];
    const std::string text = random_text(random, delimiter, i % 2 == 0);
    ASSERT_EQ(rows_of(text, delimiter, random), rows_of_libcsv(text, delimiter)) << text;
  }
}

TEST(RowReader, CellsAtTheEdgesOfALineMayBeEmpty) {
  std::mt19937 random(1);
  EXPECT_EQ(rows_of(",a,\n,\n , b c ,\t\n", ',', random),
            (Rows{{"", "a", ""}, {"", ""}, {"", "b c", ""}}));
}

TEST(RowReader, BlankLinesAreNoRowsWhateverDivides) {
  std::mt19937 random(1);
  for (const char delimiter : {',', '\t'}) {
    EXPECT_EQ(rows_of("a\n\n \t \n\t\t\nb", delimiter, random), (Rows{{"a"}, {"b"}}));
  }
}

TEST(RowReader, RefusesLinesAndColumnsOverTheLimit) {
  const auto feed = [](const std::string& text) {
    RowReader reader(',', [](const RowReader::Cells&) {});
    reader.feed(text);
  };
  EXPECT_NO_THROW(feed(std::string(kMaxColumns - 1, ',') + "\n"));
  EXPECT_THROW(feed(std::string(kMaxColumns, ',') + "\n"), Failure);
  EXPECT_NO_THROW(feed(std::string(kMaxRowBytes, 'a') + "\n"));
  EXPECT_THROW(feed(std::string(kMaxRowBytes + 1, 'a') + "\n"), Failure);
  EXPECT_THROW(feed(std::string(kMaxRowBytes + 1, 'a')), Failure);
}

}  // namespace
}  // namespace sluice::csv
