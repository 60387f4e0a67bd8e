// A sheet is a plane: which rectangles of it become tables. Tables of several shapes are laid side
// by side and one below another; each must come out as it does alone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/plugins/xlsx/workbook_builder.h"

namespace sluice::xlsx {
namespace {

using Table = std::vector<std::vector<std::string>>;  // numbers begin with '='

const Table kFruit = {{"Fruit", "Qty"}, {"Apple", "=1"}, {"Pear", "=2"}};
const Table kCity = {{"City", "People"}, {"Oslo", "=700"}, {"Bergen", "=280"}};
const Table kWide = {{"Who", "What", "When"},
                     {"Ann", "sings", "=8"},
                     {"Bob", "drums", "=9"},
                     {"Cid", "waits", "=10"}};

// Puts tables on a sheet and gives its Markdown without the sheet's heading.
class Plane {
 public:
  void put(const Table& table, int row, int column) {
    for (std::size_t i = 0; i < table.size(); ++i) {
      for (std::size_t j = 0; j < table[i].size(); ++j) {
        if (table[i][j].empty()) continue;
        cells_[row + static_cast<int>(i)][column + static_cast<int>(j)] = table[i][j];
      }
    }
  }
  // Makes a table of an area, as the sheet's author does.
  void define(const std::string& area) { tables_.push_back(area); }
  std::string markdown() const {
    std::string rows;
    for (const auto& [at, cells] : cells_) {
      std::string all;
      for (const auto& [column, value] : cells) {
        const std::string place =
            std::string(1, static_cast<char>('A' + column)) + std::to_string(at);
        all += value[0] == '=' ? number(place, value.substr(1)) : text(place, value);
      }
      rows += row(at, all);
    }
    WorkbookBuilder builder;
    builder.sheet("S", rows);
    for (std::size_t i = 0; i < tables_.size(); ++i) {
      const std::string part = "/xl/tables/table" + std::to_string(i) + ".xml";
      builder.package().part(part.substr(1), "<table" + kMain + " ref='" + tables_[i] + "'/>");
      builder.package().relate(builder.sheet_part(), "t" + std::to_string(i), "table", part);
    }
    const std::string whole = Sample(builder).markdown();
    return whole.substr(whole.find("\n\n") + 2);
  }

 private:
  std::map<int, std::map<int, std::string>> cells_;
  std::vector<std::string> tables_;
};

std::string alone(const Table& table) {
  Plane plane;
  plane.put(table, 1, 0);
  return plane.markdown();
}

TEST(Blocks, SideBySideAreTablesOfTheirOwn) {
  const std::vector<Table> tables = {kFruit, kCity, kWide};
  for (const Table& left : tables) {
    for (const Table& right : tables) {
      for (const int room : {1, 2, 3, 5}) {
        for (const int drop : {0, 1, 2}) {
          Plane plane;
          plane.put(left, 1, 0);
          plane.put(right, 1 + drop, static_cast<int>(left[0].size()) + room);
          EXPECT_EQ(plane.markdown(), alone(left) + "\n" + alone(right)) << room << " " << drop;
        }
      }
    }
  }
}

TEST(Blocks, ThreeSideBySide) {
  Plane plane;
  plane.put(kFruit, 1, 0);
  plane.put(kCity, 1, 3);
  plane.put(kWide, 2, 6);
  EXPECT_EQ(plane.markdown(), alone(kFruit) + "\n" + alone(kCity) + "\n" + alone(kWide));
}

// Two tables with their titles, one directly below the other, and beside them a block whose rows do
// not end where theirs do.
TEST(Blocks, ATablesEdgePartsNothingBesideIt) {
  const Table beside = {{"City", "People"}, {"Oslo", "=700"},  {"Bergen", "=280"},
                        {"Rome", "=2800"},  {"Bari", "=320"},  {"Turin", "=840"},
                        {"Lyon", "=520"},   {"Lille", "=230"}, {"Nice", "=340"}};
  for (const int room : {1, 2, 3}) {
    for (std::size_t rows = 3; rows <= beside.size(); ++rows) {
      const Table right(beside.begin(), beside.begin() + static_cast<std::ptrdiff_t>(rows));
      Plane plane;
      plane.put({{"Sold"}}, 1, 0);
      plane.put(kFruit, 2, 0);
      plane.define("A2:B4");
      plane.put({{"Bought"}}, 5, 0);
      plane.put(kFruit, 6, 0);
      plane.define("A6:B8");
      plane.put({{"Towns"}}, 1, 2 + room);
      plane.put(right, 2, 2 + room);
      EXPECT_EQ(plane.markdown(), "Sold\n\n" + alone(kFruit) + "\nBought\n\n" + alone(kFruit) +
                                      "\nTowns\n\n" + alone(right))
          << room << " " << rows;
    }
  }
}

// What stands beside a title alone stays with it.
TEST(Blocks, ADateBesideATitleIsNoBlock) {
  Plane plane;
  plane.put({{"Date", "", "", "May"}}, 1, 0);
  plane.put(kFruit, 2, 0);
  plane.define("A2:B4");
  EXPECT_EQ(plane.markdown(), "| Date | May |\n| --- | --- |\n\n" + alone(kFruit));
}

// The table below has the columns on both sides of the room.
TEST(Blocks, ATableThatReachesOverTheRoomStaysWhole) {
  const Table wide = {{"Who", "What", "", "When", "Where"}, {"Ann", "sings", "", "=8", "Oslo"}};
  Plane plane;
  plane.put(kFruit, 1, 0);
  plane.define("A1:B3");
  plane.put({{"a note"}}, 2, 3);
  plane.put(wide, 4, 0);
  plane.define("A4:E5");
  EXPECT_NE(plane.markdown().find(alone(wide)), std::string::npos) << plane.markdown();
}

// A blank column that only makes room divides no table.
TEST(Blocks, NumbersBehindABlankColumnAreOfTheSameTable) {
  Plane plane;
  plane.put({{"Item", "Unit", "", "Jan", "Feb"},
             {"Oak", "m", "", "=1", "=2"},
             {"Elm", "m", "", "=3", "=4"}},
            1, 0);
  EXPECT_EQ(plane.markdown(),
            "| Item | Unit | Jan | Feb |\n| --- | --- | ---: | ---: |\n| Oak | m | 1 | 2 |\n"
            "| Elm | m | 3 | 4 |\n");
}

// Groups with blank rows between them, whatever their number and size.
TEST(Blocks, GroupsWithBlankRowsAreOneTable) {
  for (int groups = 1; groups <= 4; ++groups) {
    for (int size = 1; size <= 3; ++size) {
      for (int gap = 1; gap <= 2; ++gap) {
        Table table = {{"", "=2023", "=2024"}};
        std::string expected = "| | 2023 | 2024 |\n| --- | ---: | ---: |\n";
        for (int group = 0; group < groups; ++group) {
          if (group > 0) table.resize(table.size() + static_cast<std::size_t>(gap));
          const std::string name = "Group " + std::to_string(group);
          table.push_back({name});
          expected += "| " + name + " | | |\n";
          for (int i = 0; i < size + (group == 0 ? 1 : 0); ++i) {
            const std::string value = std::to_string(group * 10 + i + 5);
            table.push_back({"Town " + value, "=" + value, "=" + value});
            expected += "| Town " + value + " | " + value + " | " + value + " |\n";
          }
        }
        Plane plane;
        plane.put(table, 1, 0);
        EXPECT_EQ(plane.markdown(), expected);
      }
    }
  }
}

TEST(Blocks, ATableBelowWithATitleIsAnother) {
  Plane plane;
  plane.put(kFruit, 1, 0);
  plane.put({{"Cities"}}, 5, 0);
  plane.put(kCity, 6, 0);
  EXPECT_EQ(plane.markdown(), alone(kFruit) + "\nCities\n\n" + alone(kCity));
}

TEST(Blocks, ARowOfDataIsNoHeader) {
  Plane plane;
  plane.put(kFruit, 1, 0);
  plane.put({{"Rome", "=7", "=9"}, {"Bari", "=3", "=4"}}, 8, 0);
  EXPECT_EQ(
      plane.markdown(),
      alone(kFruit) + "\n| | | |\n| --- | ---: | ---: |\n| Rome | 7 | 9 |\n| Bari | 3 | 4 |\n");
  // Years and numbers that count up are names.
  Plane years;
  years.put(kFruit, 1, 0);
  years.put({{"Town", "=2023", "=2024"}, {"Bari", "=3", "=4"}}, 8, 0);
  EXPECT_THAT(years.markdown(), testing::HasSubstr("| Town | 2023 | 2024 |\n| ---"));
}

}  // namespace
}  // namespace sluice::xlsx
