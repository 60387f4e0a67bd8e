// SPDX-License-Identifier: Apache-2.0
//
// Tables, with rules and without.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "pdf/structure/table_pages.hpp"
#include "pdf_maker.h"

namespace sluice::test {
namespace {

using ::testing::HasSubstr;

// A table of three rows and columns, 100 points a column.
std::string cells(double x, double y) {
  const char* const kText[3][3] = {
      {"gate", "width", "opens"}, {"north", "1.20", "40 cm"}, {"middle", "2.40", "55 cm"}};
  std::string content;
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < 3; ++column) {
      content += show(x + 100 * column, y - 20 * row, 10, kText[row][column]);
    }
  }
  return content;
}
const char* const kTable =
    "| gate | width | opens |\n| --- | --- | --- |\n| north | 1.20 | 40 cm |\n| middle | 2.40 | 55 "
    "cm |\n";

TEST(PdfTables, RuledTablesKeepTheirCells) {
  std::string rules;
  for (int i = 0; i <= 3; ++i) {
    rules += rule(45, 715 - 20 * i, 345, 715 - 20 * i) + rule(45 + 100 * i, 715, 45 + 100 * i, 655);
  }
  EXPECT_THAT(page_markdown(rules + cells(50, 700) + show_lines(50, 600, 10, kProse)),
              HasSubstr(kTable));
}

TEST(PdfTables, TablesMayBeRuledWithThinBoxesAndFrames) {
  std::string rules;
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < 3; ++column) {
      rules += std::to_string(45 + 100 * column) + " " + std::to_string(695 - 20 * row) +
               " 100 20 re S\n";
    }
  }
  EXPECT_THAT(page_markdown(rules + cells(50, 700)), HasSubstr(kTable));
  std::string thin;
  for (int i = 0; i <= 3; ++i) {
    thin += "45 " + std::to_string(715 - 20 * i) + " 300 0.5 re f\n";
    thin += std::to_string(45 + 100 * i) + " 655 0.5 60 re f\n";
  }
  EXPECT_THAT(page_markdown(thin + cells(50, 700)), HasSubstr(kTable));
}

TEST(PdfTables, ACellMaySpanColumns) {
  std::string rules = rule(45, 715, 345, 715) + rule(45, 695, 345, 695) + rule(45, 675, 345, 675) +
                      rule(45, 715, 45, 675) + rule(345, 715, 345, 675) + rule(145, 695, 145, 675) +
                      rule(245, 695, 245, 675);
  const std::string text =
      page_markdown(rules + show(50, 700, 10, "over all") + show(50, 680, 10, "a") +
                    show(150, 680, 10, "b") + show(250, 680, 10, "c"));
  EXPECT_THAT(text, HasSubstr("| over all | | |\n| --- | --- | --- |\n| a | b | c |\n"));
}

TEST(PdfTables, TablesWithoutRulesAreFoundByTheirColumns) {
  EXPECT_THAT(page_markdown(show_lines(50, 780, 10, kProse) + cells(50, 700) +
                            show_lines(50, 600, 10, kProse)),
              HasSubstr(kTable));
}

TEST(PdfTables, WrappedCellsStayInTheirRow) {
  const std::string text =
      page_markdown(cells(50, 740) + show(50, 670, 10, "south") + show(150, 670, 10, "1.20") +
                    show(250, 670, 10, "40 cm, if the") + show(250, 658, 10, "ice allows"));
  EXPECT_THAT(text, HasSubstr("| south | 1.20 | 40 cm, if the ice allows |"));
}

TEST(PdfTables, RowsOfFiguresWithoutRulesBetweenThemAreRows) {
  const std::string text = page_markdown(
      rule(50, 700, 250, 700) + rule(50, 680, 250, 680) + rule(50, 630, 250, 630) +
      rule(50, 630, 50, 700) + rule(150, 630, 150, 700) + rule(250, 630, 250, 700) +
      show(55, 686, 10, "Gate") + show(155, 686, 10, "Flow") + show(55, 668, 10, "north") +
      show(155, 668, 10, "12.5") + show(55, 654, 10, "south") + show(155, 654, 10, "7") +
      show(55, 640, 10, "east") + show(155, 640, 10, "300"));
  EXPECT_THAT(text, HasSubstr("| north | 12.5 |\n| south | 7 |\n| east | 300 |\n"));
}

TEST(PdfTables, AListingBelowATableIsNoneOfItsRows) {
  std::string content = show_lines(50, 760, 10, kProse);
  const std::vector<std::string> gates = {"Gate", "North", "South", "East"};
  const std::vector<std::string> widths = {"Width", "6.0", "12.5", "7.25"};
  for (int i = 0; i < 4; ++i) {
    content += show(50, 700 - 14 * i, 10, gates[i]) + show(150, 700 - 14 * i, 10, widths[i]) +
               show(210, 700 - 14 * i, 10, "of oak");
  }
  content += show(50, 640, 10, "if gate:", Font::kMono) +
             show(62, 628, 10, "open()    # slow", Font::kMono);
  EXPECT_THAT(page_markdown(content),
              HasSubstr("| East | 7.25 | of oak |\n\n```\nif gate:\n  open()    # slow\n```\n"));
}

TEST(PdfTables, AListingDoesNotTakeColumnsFromTheTableAbove) {
  std::string content = show_lines(50, 760, 10, kProse);
  for (int i = 0; i < 4; ++i) {
    const int y = 700 - 14 * i;
    content += show(50, y, 10, "gate") + show(100, y, 10, "7.25") + show(320, y, 10, "of oak");
  }
  for (int i = 0; i < 9; ++i) {
    content += show(50, 640 - 12 * i, 10, "gate.open(slowly)", Font::kMono);
  }
  EXPECT_THAT(page_markdown(content), HasSubstr("| gate | 7.25 | of oak |\n\n```\ngate.open"));
}

// A spreadsheet cuts a cell's text off where the next cell has text.
TEST(PdfTables, TextThatIsCutOffEndsItsCell) {
  const auto clipped = [](double x, double y, double width, const std::string& text) {
    return "q " + std::to_string(x - 1) + " " + std::to_string(y - 4) + " " +
           std::to_string(width) + " 14 re W n " + show(x, y, 10, text) + "Q\n";
  };
  const auto line = [](double y, const std::string& item, const std::string& place) {
    return show(50, y, 10, item) + show(100, y, 10, place);
  };
  EXPECT_EQ(page_markdown(line(740, "Item", "Place") + clipped(50, 728, 49, "Bolts of zincs") +
                          show(100, 728, 10, "Shelf A") + line(716, "Nuts", "Shelf B") +
                          line(704, "Saw", "Room 2") + line(692, "Axe", "Shelf C")),
            "| Item | Place |\n| --- | --- |\n| Bolts of zincs | Shelf A |\n| Nuts | Shelf B |\n"
            "| Saw | Room 2 |\n| Axe | Shelf C |\n");
}

std::string fill(const std::string& gray, double x, double y, double width, double height) {
  return gray + " g " + std::to_string(x) + " " + std::to_string(y) + " " + std::to_string(width) +
         " " + std::to_string(height) + " re f 0 g\n";
}
// Rules of a table of rows that high and columns that wide, from its upper left corner.
std::string grid(double x, double y, const std::vector<double>& widths,
                 const std::vector<double>& heights) {
  double right = x, bottom = y;
  for (const double width : widths) right += width;
  for (const double height : heights) bottom -= height;
  std::string content = rule(x, y, right, y) + rule(x, y, x, bottom);
  for (double at = x; const double width : widths) {
    at += width;
    content += rule(at, y, at, bottom);
  }
  for (double at = y; const double height : heights) {
    at -= height;
    content += rule(x, at, right, at);
  }
  return content;
}

// Word fills a cell, and then each line of its text.
TEST(PdfTables, ShadedLinesOfACellAreNoRows) {
  const std::string content =
      grid(45, 715, {100, 100, 100}, {30, 20, 20}) + fill("0.8", 45, 685, 300, 30) +
      fill("0.8", 46, 700, 98, 13) + fill("0.8", 46, 687, 98, 13) + show(50, 703, 10, "gates of") +
      show(50, 690, 10, "the mill") + show(150, 703, 10, "width") + show(250, 703, 10, "opens") +
      show(50, 670, 10, "north") + show(150, 670, 10, "1.20") + show(250, 670, 10, "40 cm") +
      show(50, 650, 10, "middle") + show(150, 650, 10, "2.40") + show(250, 650, 10, "55 cm");
  EXPECT_THAT(page_markdown(content), HasSubstr("| gates of the mill | width | opens |\n"));
}

// Word fills the padding of a cell by itself, beside the text.
TEST(PdfTables, ShadedPaddingIsNoColumn) {
  std::string content = grid(45, 715, {100, 100, 100}, {20, 20, 20}) + cells(50, 700);
  content += fill("0.8", 145, 675, 5.4, 20) + fill("0.8", 150.4, 675, 89.2, 20) +
             fill("0.8", 239.6, 675, 5.4, 20);
  EXPECT_THAT(page_markdown(content), HasSubstr(kTable));
}

// A part of the cells of each row is filled: only rules part columns.
TEST(PdfTables, ColouredCellsStayInTheirColumns) {
  std::string content = grid(45, 715, {100, 100, 100}, {20, 20, 20}) +
                        fill("0.9", 45.5, 695.5, 99, 19) + fill("0.7", 145.5, 675.5, 99, 19) +
                        fill("0.5", 246, 656, 98, 18) + cells(50, 700);
  EXPECT_THAT(page_markdown(content), HasSubstr(kTable));
}

// Two columns of prose whose lines are not level are no table of centred cells.
TEST(PdfTables, ColumnsWhoseLinesAreNotLevelAreReadDown) {
  std::string content;
  for (int i = 0; i < 6; ++i) {
    content += show(50, 700 - 12 * i, 10, "the brook rises in the hills above the old mill") +
               show(310, 694 - 12 * i, 10, "the gates are opened for a week in the spring");
  }
  EXPECT_THAT(page_markdown(content),
              ::testing::AllOf(HasSubstr("old mill the brook"), HasSubstr("spring the gates")));
}

TEST(PdfTables, AHeadOverACurrencySignAndItsFiguresSpansNoColumn) {
  std::string content = show(190, 740, 10, "Jan 2025") + show(290, 740, 10, "Jan 2024");
  const std::vector<std::string> labels = {"Cost of the mill", "Research", "Sales", "Total"};
  for (int i = 0; i < 4; ++i) {
    const double y = 724 - 14 * i;
    content += show(50, y, 10, labels[static_cast<std::size_t>(i)]) + show(218, y, 10, "178") +
               show(318, y, 10, "141");
    if (i == 0 || i == 3) content += show(190, y, 10, "$") + show(290, y, 10, "$");
  }
  EXPECT_THAT(page_markdown(content),
              ::testing::AllOf(HasSubstr("| | Jan 2025 | Jan 2024 |"),
                               HasSubstr("| Cost of the mill | $ 178 | $ 141 |")));
}

TEST(PdfTables, ALabelWithoutFiguresMayBeTheLastRow) {
  std::string content = show(50, 640, 10, "middle") + show_lines(50, 600, 10, kProse);
  content += cells(50, 700);
  EXPECT_THAT(page_markdown(content), HasSubstr("| middle | 2.40 | 55 cm |\n| middle | | |\n"));
}

TEST(PdfTables, AHeadBehindTheLastFiguresJoinsTheColumnBeforeIt) {
  std::string content;
  for (const double y : {740.0, 728.0})
    content += show(200, y, 10, y > 730 ? "Gates" : "of oak") +
               show(320, y, 10, y > 730 ? "Weirs" : "of elm");
  for (int i = 0; i < 4; ++i)
    content += show(50, 712 - 14 * i, 10, "Mill " + std::string(1, static_cast<char>('A' + i))) +
               show(200, 712 - 14 * i, 10, std::to_string(12 + i));
  EXPECT_THAT(page_markdown(content),
              ::testing::AllOf(HasSubstr("Weirs"), HasSubstr("| Mill D | 15 |")));
}

// Sections of bold labels between rows of figures. Labels of the last one reach farther than those
// above, over the middle of the gutter there.
TEST(PdfTables, ManySectionsAreOneTable) {
  const auto line = [](double y, const std::string& label, int figure) {
    return show(50, y, 10, label) + show(250, y, 10, std::to_string(figure)) +
           show(290, y, 10, std::to_string(figure + 1));
  };
  std::string content = line(722, "First", 1);
  for (int i = 0; i < 3; ++i) {
    const std::string label = i == 2 ? "Lower mill of the brook at the old weir" : "Lower";
    content += show(50, 708 - 42 * i, 10, "Part " + std::to_string(i), Font::kBold) +
               line(694 - 42 * i, "Upper", 10 + i) + line(680 - 42 * i, label, 20 + i);
  }
  EXPECT_THAT(page_markdown(content),
              HasSubstr("| Lower | 21 | 22 |\n| **Part 2** | | |\n| Upper |"));
}

// Each of its two words stands over one of its two columns.
TEST(PdfTables, AHeadOfTwoWordsSpansItsColumns) {
  std::string content = show(236, 740, 10, "Gates (2008)");
  content += show(250, 726, 10, "old") + show(277, 726, 10, "new");
  for (int i = 0; i < 4; ++i) {
    content += show(50, 708 - 14 * i, 10, "Mill") + show(250, 708 - 14 * i, 10, "12") +
               show(277, 708 - 14 * i, 10, "34");
  }
  EXPECT_THAT(page_markdown(content), HasSubstr("Gates (2008)"));
}

TEST(PdfTables, DashesForNothingAreNoBullets) {
  std::string content;
  const char* const kText[4][4] = {{"gate", "2023", "2024", "2025"},
                                   {"north", "-", "120", "-"},
                                   {"middle", "-", "-", "-"},
                                   {"south", "17", "-", "-"}};
  for (int row = 0; row < 4; ++row) {
    for (int column = 0; column < 4; ++column)
      content += show(50 + 100 * column, 700 - 16 * row, 10, kText[row][column]);
  }
  EXPECT_THAT(page_markdown(content), HasSubstr("| middle | - | - | - |\n| south | 17 | - | - |"));
}

TEST(PdfTables, NamesApartFromTheFiguresAboveBeginAnotherTable) {
  const auto two = [](double y, const std::string& label, const std::string& figure) {
    return show(50, y, 10, label) + show(250, y, 10, figure);
  };
  EXPECT_THAT(
      page_markdown(two(700, "gate", "width") + two(686, "north", "1.20") +
                    two(672, "middle", "2.40") + two(658, "south", "3.10") +
                    two(636, "weir", "boats") + two(622, "upper", "12") + two(608, "lower", "14")),
      HasSubstr("| south | 3.10 |\n\n| weir | boats |\n| --- | --- |\n| upper | 12 |"));
}

// Rows down to the lower margin, from `first` on.
std::string rows_of_prices(int first, double y) {
  std::string content;
  for (int i = first; y > 40; ++i, y -= 20) {
    content += show(50, y, 10, "gate " + std::to_string(i)) +
               show(250, y, 10, std::to_string(100 + i)) + show(400, y, 10, "oak");
  }
  return content;
}
std::string head_of_prices(double y) {
  return show(50, y, 10, "Gate", Font::kBold) + show(250, y, 10, "Price", Font::kBold) +
         show(400, y, 10, "Wood", Font::kBold);
}

std::string markdown_of_pages(const std::vector<std::string>& pages) {
  PdfMaker maker;
  for (const std::string& page : pages) maker.add_page(page);
  return PdfRun(maker.make()).markdown();
}

TEST(PdfTables, ATableOverPagesIsOneWithItsHeadOnce) {
  const std::string markdown = markdown_of_pages(
      {head_of_prices(400) + rows_of_prices(1, 380), head_of_prices(760) + rows_of_prices(18, 740),
       head_of_prices(760) + show(50, 740, 10, "gate 99") + show(250, 740, 10, "199") +
           show(400, 740, 10, "elm")});
  EXPECT_THAT(markdown, ::testing::AllOf(HasSubstr("| gate 17 | 117 | oak |\n| gate 18 | 118 |"),
                                         HasSubstr("| oak |\n| gate 99 | 199 | elm |")));
  EXPECT_EQ(markdown.find("| **Gate** |"), markdown.rfind("| **Gate** |"));
}

TEST(PdfTables, ATableGoesOnWithoutItsHead) {
  EXPECT_THAT(
      markdown_of_pages({head_of_prices(400) + rows_of_prices(1, 380), rows_of_prices(18, 760)}),
      HasSubstr("| gate 17 | 117 | oak |\n| gate 18 | 118 | oak |"));
}

TEST(PdfTables, AnotherTableOnTheNextPageIsAnother) {
  const std::string first = head_of_prices(400) + rows_of_prices(1, 380);
  const std::string other = show(50, 760, 10, "Weir", Font::kBold) +
                            show(250, 760, 10, "Count", Font::kBold) +
                            show(400, 760, 10, "Owner", Font::kBold) + rows_of_prices(20, 740);
  EXPECT_THAT(markdown_of_pages({first, other}), HasSubstr("\n\n| **Weir** | **Count** |"));
  // One that ends in the middle of its page has no rest.
  const std::string early = head_of_prices(760) + show(50, 740, 10, "gate 1") +
                            show(250, 740, 10, "101") + show(400, 740, 10, "oak") +
                            show(50, 720, 10, "gate 2") + show(250, 720, 10, "102") +
                            show(400, 720, 10, "elm");
  EXPECT_THAT(markdown_of_pages({early, rows_of_prices(18, 760)}),
              HasSubstr("| elm |\n\n| gate 18"));
}

// A listing of a whole register: what is known of its upper part is not worked out again on each
// page.
TEST(PdfTables, ATableOverManyPagesTakesTimeOfItsSizeAlone) {
  constexpr std::uint16_t kPages = 8'000;
  constexpr std::uint32_t kRows = 20, kColumns = 3;
  pdf::Story story;
  for (std::uint16_t page = 0; page < kPages; ++page) {
    story.pages.push_back({.number = page + 1, .width = 600, .height = 800, .first_piece = page});
    pdf::Table table{.rows = {}, .columns = kColumns, .box = {}};
    for (std::uint32_t r = 0; r < kRows; ++r) {
      pdf::TableRow& row = table.rows.emplace_back();
      for (std::uint32_t c = 0; c < kColumns; ++c) {
        pdf::Line line;
        const float x = 50 + 200 * static_cast<float>(c), y = 100 + 30 * static_cast<float>(r);
        line.box = {x, y, x + 100, y + 10};
        row.cells.push_back({.first_line = static_cast<std::uint32_t>(story.lines.size()),
                             .lines = 1,
                             .column = static_cast<std::uint16_t>(c)});
        story.lines.push_back(line);
      }
    }
    story.tables.push_back(std::move(table));
    story.pieces.push_back({.kind = pdf::PieceKind::kTable, .index = page, .page = page});
  }
  const auto begin = std::chrono::steady_clock::now();
  pdf::join_tables_over_pages(story, std::vector<bool>(story.lines.size(), false));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(2));
  EXPECT_EQ(story.tables.front().rows.size(), std::size_t{kPages} * (kRows - 1) + 1);
}

// As far above the names as these are from the figures.
TEST(PdfTables, LinesOfAHeadMayBeFarFromEachOther) {
  const auto row = [](double y, const std::string& label, const std::vector<std::string>& cells) {
    std::string content = label.empty() ? "" : show(50, y, 10, label);
    for (std::size_t i = 0; i < cells.size(); ++i)
      content += show(250 + 90 * static_cast<double>(i), y, 10, cells[i]);
    return content;
  };
  const std::string text =
      page_markdown(show_lines(50, 780, 10, kProse) + show(318, 720, 10, "Year Ended") +
                    row(704, "", {"Jan 26", "Jan 28", "Jan 29"}) +
                    row(686, "Cost of gates", {"178", "141", "138"}) +
                    row(672, "Cost of weirs", {"423", "532", "892"}) +
                    row(658, "Cost of oak", {"13", "76", "80"}));
  EXPECT_THAT(text, HasSubstr("| | Year Ended | | |\n| --- | --- | --- | --- |\n| | Jan 26 |"));
}

// Four cells of a ruled table, marked 0 to 3.
std::string marked_grid() {
  std::string content;
  for (const double x : {45, 145, 245}) content += rule(x, 755, x, 715);
  for (const double y : {755, 735, 715}) content += rule(45, y, 245, y);
  return content + marked(0, show(50, 740, 10, "Mill")) + marked(1, show(150, 740, 10, "Gates")) +
         marked(2, show(50, 720, 10, "Upper")) + marked(3, show(150, 720, 10, "12"));
}
constexpr const char* kGrid = "| Mill | Gates |\n| --- | --- |\n| Upper | 12 |\n";

// Tags may call a table text, or know other rows: its rules say more.
TEST(PdfTables, ParagraphsByTagsMayBeCellsOfATable) {
  EXPECT_EQ(tagged_markdown(marked_grid(), {{"P", 0}, {"P", 0}, {"P", 0}, {"P", 0}}, {1, 2, 3, 4}),
            kGrid);
}

TEST(PdfTables, RulesAgainstRowsOfTags) {
  EXPECT_EQ(tagged_markdown(marked_grid(),
                            {{"Table", 0}, {"TR", 1}, {"TD", 2}, {"TD", 2}, {"TD", 2}, {"TD", 2}},
                            {3, 4, 5, 6}),
            kGrid);
}

TEST(PdfTables, ACellByTagsAroundTextIsText) {
  EXPECT_THAT(tagged_markdown(marked(0, show_lines(50, 740, 10, kProse)),
                              {{"Table", 0}, {"TR", 1}, {"TD", 2}}, {3}),
              AllOf(HasSubstr("meadows, before it reaches"), Not(HasSubstr("|"))));
}

}  // namespace
}  // namespace sluice::test
