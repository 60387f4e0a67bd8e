// The csv-spectrum collection: what its JSON says is in a table can be read back from the Markdown.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <vector>

#include "kit/corpus.h"
#include "kit/files.h"
#include "unit/plugins/csv/csv_run.h"

namespace sluice::csv {
namespace {

using test::corpus;
using test::read_file;
using Row = std::vector<std::string>;

// A cell as a reader of GFM sees it.
std::string cell_text(std::string cell) {
  std::string out;
  for (std::size_t at = 0; at < cell.size(); ++at) {
    if (cell[at] == '\\' && at + 1 < cell.size() && std::ispunct(cell[at + 1]) != 0) {
      out.push_back(cell[++at]);
    } else if (cell.compare(at, 4, "<br>") == 0) {
      out.push_back('\n');
      at += 3;
    } else {
      out.push_back(cell[at]);
    }
  }
  const auto begin = out.find_first_not_of(' ');
  return begin == std::string::npos ? "" : out.substr(begin, out.find_last_not_of(' ') - begin + 1);
}

std::vector<Row> read_table(const std::string& markdown) {
  std::vector<Row> rows;
  std::istringstream lines(markdown);
  for (std::string line; std::getline(lines, line);) {
    Row row;
    std::string cell;
    for (std::size_t at = 1; at < line.size(); ++at) {
      if (line[at] == '|' && line[at - 1] != '\\') {
        row.push_back(cell_text(std::exchange(cell, {})));
      } else {
        cell.push_back(line[at]);
      }
    }
    rows.push_back(row);
  }
  return rows;
}

TEST(CsvSpectrum, EachTableCanBeReadBack) {
  const auto folder = corpus("csv-spectrum");
  if (!folder) GTEST_SKIP() << "no test documents; set SLUICE_CORPUS";
  int tables = 0;
  for (const auto& entry : std::filesystem::directory_iterator(*folder / "csvs")) {
    const auto name = entry.path().stem().string();
    SCOPED_TRACE(name);
    if (name == "location_coordinates") continue;  // its JSON is of another table
    // Line breaks inside cells are LF in Markdown.
    const auto expected = nlohmann::json::parse(read_file(*folder / "json" / (name + ".json")));
    const auto rows = read_table(Sample(read_file(entry.path())).markdown());
    ASSERT_EQ(rows.size(), expected.size() + 2);
    for (std::size_t i = 0; i < expected.size(); ++i) {
      for (std::size_t column = 0; column < rows[0].size(); ++column) {
        std::string value = expected[i].at(rows[0][column]).get<std::string>();
        value.erase(std::remove(value.begin(), value.end(), '\r'), value.end());
        // Blanks before a line break are none in Markdown.
        for (auto at = value.find(" \n"); at != std::string::npos; at = value.find(" \n")) {
          value.erase(at, 1);
        }
        EXPECT_EQ(rows[i + 2][column], value);
      }
      EXPECT_EQ(expected[i].size(), rows[0].size());
    }
    ++tables;
  }
  EXPECT_GE(tables, 11);
}

}  // namespace
}  // namespace sluice::csv
