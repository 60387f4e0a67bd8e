// SPDX-License-Identifier: Apache-2.0
//
// Every rule by which a page is read decides a page: without it the page reads otherwise.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "pdf/layout/centred_rows.hpp"
#include "pdf/layout/drawings.hpp"
#include "pdf/layout/grid_rules.hpp"
#include "pdf/layout/reading_rules.hpp"
#include "pdf/layout/sections.hpp"
#include "pdf/layout/spread_heads.hpp"
#include "pdf/layout/table_rows.hpp"
#include "pdf/layout/tight_columns.hpp"
#include "pdf_maker.h"

namespace sluice::test {
namespace {

using ::testing::HasSubstr;

struct Case {
  std::string content;   // of a page
  std::string expected;  // in its Markdown
};

// A row of cells at given places.
std::string row(double y, const std::vector<double>& places, const std::vector<std::string>& cells,
                Font font = Font::kRegular) {
  std::string content;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (!cells[i].empty()) content += show(places[i], y, 10, cells[i], font);
  }
  return content;
}

std::string text_at(double x, double y, const std::string& name) {
  return show_lines(x, y, 10,
                    {name + " is paid on the first day of each month to the owner of the mill,",
                     "who keeps the weir and the gates in order and has the brook cleared",
                     "of ice and leaves."});
}

std::string clause_at(double x, double y, const std::string& name) {
  return show_lines(x, y, 10,
                    {name + " is paid on the first day of each month to the mill of the Upper",
                     "Brook Company, which keeps the weir and the gates in order and has the",
                     "Town's permission."});
}

std::string clauses() {
  return show(50, 740, 10, "1.") + show(90, 740, 10, "RENT", Font::kBold) +
         show(50, 720, 10, "1.1") + clause_at(90, 720, "The rent") + show(50, 672, 10, "1.2") +
         clause_at(90, 672, "The fee") + show(50, 624, 10, "2.") +
         show(90, 624, 10, "END", Font::kBold) + show(50, 604, 10, "2.1") +
         clause_at(90, 604, "The last rent");
}

std::string entries() {
  return show(50, 740, 10, "2019 - 2023") + show(160, 740, 10, "Engineer, Lower Brook Mill") +
         show(160, 726, 10, "Built the pumps of the mill and kept them running") +
         show(160, 712, 10, "Led those who keep the weir") + show(50, 690, 10, "2015 - 2019") +
         show(160, 690, 10, "Fitter, Upper Weir") +
         show(160, 676, 10, "Fitted the gates of the new weir") +
         show(160, 662, 10, "Kept the books of the mill");
}

std::string fields() {
  return show(50, 740, 10, "Its name in the new books:") +
         show_lines(220, 740, 10, {"Pump of the mill", "Made of oak", "For clean water"}) +
         show(50, 690, 10, "Where it is used by now:") +
         show_lines(220, 690, 10, {"Gardens", "Fields of the brook", "Small houses"}) +
         show(50, 640, 10, "How heavy it is in water:") +
         show_lines(220, 640, 10, {"Twelve pounds", "More in the winter"});
}

std::string terms() {
  return show(50, 740, 10, "Weir") + text_at(120, 740, "The weir") + show(50, 690, 10, "Sluice") +
         text_at(120, 690, "The sluice");
}

std::string form() {
  std::string content;
  for (int i = 0; i < 4; ++i) {
    content += show(50, 740 - 14 * i, 10, i % 2 == 0 ? "Gate " + std::to_string(i) : "Weir x");
    content += show(150, 740 - 14 * i, 10,
                    "The miller opens it each spring when the ice of the brook " +
                        std::string(i % 2 == 0 ? "melts" : "is gone"));
  }
  return content;
}

std::string drawing() {
  const std::vector<double> six = {50, 140, 230, 320, 410, 500};
  return row(740, six, {"Brook", "", "", "", "", "Weir"}) +
         row(726, six, {"Mill", "Gate", "", "", "", ""}) +
         row(712, six, {"", "", "Pond", "", "Sluice", ""}) +
         row(698, six, {"", "", "", "Race", "", "Wheel"}) +
         row(684, six, {"", "Oak", "", "", "Elm", ""}) +
         row(670, six, {"Ash", "", "Fir", "", "", ""}) +
         row(656, six, {"Yew", "", "", "Lime", "", ""});
}

std::string prices(double y) {
  const std::vector<double> places = {50, 150, 300, 400};
  return row(y, places, {"Pos", "Item", "Count", "Price"}) +
         row(y - 24, places, {"1", "Bolt", "10", "1.20"}) +
         row(y - 48, places, {"2", "Nut", "20", "0.30"}) +
         row(y - 72, places, {"3", "Gate", "30", "8.00"});
}

// Rules at these places, each over the whole of the others.
std::string rules(const std::vector<double>& xs, const std::vector<double>& ys) {
  std::string content;
  for (const double x : xs) content += rule(x, ys.front(), x, ys.back());
  for (const double y : ys) content += rule(xs.front(), y, xs.back(), y);
  return content;
}

std::string long_text(double x, double y, const std::string& first) {
  std::vector<std::string> lines = {first + " begins its text"};
  for (int i = 0; i < 9; ++i)
    lines.push_back("of the mill and of the brook and the weir, its gates of oak and elm and ash");
  return show_lines(x, y, 6, lines);
}

// A line whose every word is placed: on its page, operators say nothing about cells.
std::string word_by_word() {
  std::string content;
  for (int i = 0; i < 20; ++i) content += show(50 + 4 * i, 500, 10, "i");
  return content;
}

std::string text_in_columns(double y, double size, int lines) {
  std::string content;
  for (int i = 0; i < lines; ++i) {
    content +=
        show(50, y - 1.2 * size * i, size, "the brook rises in the hills above the old mill") +
        show(310, y - 1.2 * size * i, size, "the gates are opened for a week in the spring");
  }
  return content;
}

// What a grid of rules looks like and is not.
void add_grids(std::map<std::string_view, Case>& all) {
  all["few-cells"] = {
      rules({45, 195, 345}, {755, 730}) + show(50, 740, 10, "Wheel") + show(200, 740, 10, "of oak"),
      "Wheel of oak"};
  all["long-texts"] = {rules({45, 300, 555}, {760, 660, 560}) + long_text(50, 740, "Upper") +
                           long_text(305, 740, "Middle") + long_text(50, 640, "Lower"),
                       "ash\n\nMiddle begins"};
  const std::vector<double> three = {60, 160, 260};
  all["frame"] = {rules({45, 400, 555}, {760, 640, 600}) +
                      row(740, three, {"Mill", "Gates", "Weirs"}) +
                      row(726, three, {"Upper", "of oak", "of elm"}) +
                      row(712, three, {"Lower", "of ash", "of fir"}) + show(410, 740, 10, "Seal") +
                      show(60, 615, 10, "Signed"),
                  "| Upper | of oak | of elm |"};
  all["labels-with-figures"] = {
      rule(45, 755, 345, 755) + rule(45, 735, 345, 735) + rule(45, 715, 345, 715) +
          rule(45, 675, 345, 675) + rule(45, 755, 45, 675) + rule(345, 755, 345, 675) +
          rule(245, 755, 245, 715) + row(740, {50, 250}, {"Mill of the brook", "Gates"}) +
          row(720, {50, 250}, {"Upper", "12"}) + row(700, {50, 250}, {"Lower", "14"}) +
          row(680, {50, 250}, {"Outer", "16"}),
      "| Lower | 14 |"};
  all["figures-side-by-side"] = {rules({45, 145, 345}, {755, 735, 655}) +
                                     row(740, {50, 150, 250}, {"Mill", "Gates", "Weirs"}) +
                                     row(720, {50, 150, 250}, {"Upper", "12", "3"}) +
                                     row(700, {50, 150, 250}, {"Lower", "14", "5"}) +
                                     row(680, {50, 150, 250}, {"Outer", "16", "7"}),
                                 "| Lower | 14 | 5 |"};
}

// Names over two columns each, in one cell.
Case spread_heads() {
  std::string content = rule(45, 775, 445, 775) + rules({45, 145, 220, 295, 370, 445}, {755, 655}) +
                        rule(45, 735, 445, 735) + rule(45, 715, 445, 715) +
                        rule(45, 695, 445, 695) + rule(45, 675, 445, 675) + rule(45, 775, 45, 755) +
                        rule(145, 775, 145, 755) + rule(445, 775, 445, 755) +
                        show(208, 760, 10, "2019") + show(358, 760, 10, "2020");
  const std::vector<double> places = {50, 150, 225, 300, 375};
  content += row(740, places, {"Mill", "Gates", "Weirs", "Gates", "Weirs"});
  for (int i = 0; i < 4; ++i)
    content += row(720 - 20 * i, places,
                   {"Mill " + std::string(1, static_cast<char>('A' + i)), "12", "3", "14", "5"});
  return {content, "| | 2019 | | 2020 | |\n"};
}

// Columns with no more than a blank between them, and heads over several.
void add_close_columns(std::map<std::string_view, Case>& all) {
  // Helvetica: a digit has 5.56 points, a blank 2.78.
  const auto count = [](double y, const std::string& item, const std::string& figures,
                        const std::string& note) {
    const double width = 5.56 * static_cast<double>(figures.size());
    return show(50, y, 10, item) + (figures.empty() ? "" : show(200 - width, y, 10, figures)) +
           (note.empty() ? "" : show(202, y, 10, note));
  };
  all[pdf::kTightColumns] = {
      word_by_word() + row(740, {50, 150, 202}, {"Item", "Count", "Note"}) +
          count(726, "Bolt", "120", "in use") + count(712, "Nut", "40", "") +
          count(698, "Washer", "", "none left") + count(684, "Saw", "3", "old") +
          count(670, "Axe", "7", "new"),
      "| Item | Count | Note |\n| --- | --- | --- |\n| Bolt | 120 | in use |\n| Nut | 40 | |\n"
      "| Washer | | none left |\n| Saw | 3 | old |"};
  const auto figures = [](double y, const std::string& mill) {
    return show(50, y, 10, mill) + show(185, y, 10, "100") + show(253.3, y, 10, "96") +
           show(313.3, y, 10, "98");
  };
  // "gate's rates" ends at 201.7, "before noon" begins 6 points behind it and ends at 261.3.
  const std::string below = figures(716, "Upper") + figures(704, "Lower") + figures(692, "Outer");
  all[pdf::kGluedHeads] = {
      word_by_word() + show(50, 728, 10, "Mill") + show(149.8, 728, 10, "gate's rates") +
          show(208, 728, 10, "before noon") + show(284, 728, 10, "at night") + below,
      "| Mill | gate's rates | before noon | at night |"};
  const auto four = [](double y, const std::string& mill) {
    return row(y, {50, 150, 210, 270, 330}, {mill, "12", "34", "56", "78"});
  };
  all[pdf::kGroupedHeads] = {
      show(172, 752, 10, "Gates") + show(292, 752, 10, "Weirs") +
          row(740, {50, 150, 210, 270, 330}, {"Mill", "old", "new", "old", "new"}) +
          four(716, "Upper") + four(704, "Lower") + four(692, "Outer"),
      "| | Gates | | Weirs | |\n| --- | --- | --- | --- | --- |\n| Mill | old | new | old | new |"};
  all["under-a-group"] = {
      show(150, 752, 10, "Gates of the mills") + show(270, 752, 10, "Weirs of the mills") +
          row(740, {210, 330}, {"brand-", "brand-"}) +
          row(728, {50, 150, 210, 270, 330}, {"Mill", "old", "new", "old", "new"}) +
          four(704, "Upper") + four(680, "Lower") + four(656, "Outer") + four(632, "Inner"),
      "| | Gates of the mills | | Weirs of the mills | |\n"};
}

std::map<std::string_view, Case> cases() {
  const std::vector<double> three = {50, 200, 300};
  std::map<std::string_view, Case> all;
  all["text-goes-on-below"] = {
      show_lines(50, 740, 10, {"The committee reviewed the annual", "report and"}) +
          show_lines(330, 740, 10, {"approved the budget for the", "coming year."}),
      "annual report and approved the budget for the coming year."};
  // Long labels wrap: neither a table of two columns nor labels beside prose.
  all["leaders"] = {
      show_lines(50, 740, 10, {"Wheel of the mill, of oak, and", "all its pins"}) +
          show(115, 728, 10, " . . . . . . . . . . . . . . .") + show(230, 728, 10, "120.50") +
          show_lines(50, 716, 10, {"Gate of the weir, of elm, and", "two bolts"}) +
          show(100, 704, 10, " . . . . . . . . . . . . . . . . . .") + show(230, 704, 10, "17.20"),
      "all its pins | 120.50 |"};
  all["two-columns"] = {row(740, {50, 200}, {"Wheel", "Oak"}) +
                            row(726, {50, 200}, {"Gate", "Elm"}) +
                            row(712, {50, 200}, {"Weir", "Stone"}),
                        "| Wheel | Oak |\n| --- | --- |\n| Gate | Elm |"};
  all["labels-beside-prose"] = {form(), "| Gate 0 | The miller"};
  all["many-columns"] = {row(740, three, {"Wheel", "Oak", "Old"}) +
                             row(726, three, {"Gate", "Elm", "New"}) +
                             row(712, three, {"Weir", "Stone", "Old"}),
                         "| Gate | Elm | New |"};
  all["clause-numbers"] = {clauses(), "1.2 The fee is paid"};
  all["dates"] = {entries(), "2015 - 2019 Fitter"};
  all["colons"] = {fields(), "Where it is used by now: Gardens"};
  all["short-labels"] = {terms(), "Sluice The sluice is"};
  all["two-rows"] = {show(50, 740, 10, "Jane Roe") + show(330, 740, 10, "Upper Mill") +
                         show(50, 726, 10, "Miller") + show(330, 726, 10, "March 1"),
                     "Jane Roe Upper Mill"};
  all["words-of-a-drawing"] = {drawing(), "Brook Weir"};
  add_close_columns(all);
  all["head-of-lines"] = {
      row(752, three, {"Mill", "Gates", "Weirs"}) + row(740, three, {"", "of oak", "of elm"}) +
          row(728, three, {"Upper", "12", "3"}) + row(716, three, {"Lower", "14", "5"}),
      "| Mill | Gates of oak | Weirs of elm |"};
  all["two-figures"] = {
      row(740, three, {"Mill", "Gates", "Weirs"}) + row(716, three, {"Upper", "12", ""}) +
          row(704, three, {"", "14", ""}) + row(680, three, {"Lower", "16", "7"}) +
          row(656, three, {"Outer", "18", "9"}) + row(632, three, {"Inner", "20", "1"}) +
          row(620, three, {"", "", "of stone"}) + row(596, three, {"Old", "21", "of oak"}) +
          row(584, three, {"", "", "and elm"}) + row(560, three, {"New", "22", "of oak"}) +
          row(548, three, {"", "", "and elm"}) + row(536, three, {"", "", "and ash"}) +
          row(512, three, {"Far", "23", "of oak"}),
      "| Upper | 12 | |\n| | 14 | |"};
  const auto pair = [](double x, double y, const std::string& label, const std::string& value) {
    return show(x, y, 10, label, Font::kBold) + show(x + 90, y, 10, value);
  };
  all["pair-below-pair"] = {pair(50, 740, "Name", "Jane Roe") + pair(320, 740, "Mill", "Upper") +
                                pair(50, 727, "Town", "Brook") + pair(320, 727, "Weir", "Old") +
                                pair(50, 714, "Road", "Mill Road") + pair(320, 714, "Gate", "Elm") +
                                pair(320, 701, "Wood", "Oak") + pair(320, 688, "Turns", "9,800") +
                                pair(50, 675, "Order", "R-17") + pair(320, 675, "Owner", "Ann Poe"),
                            "| **Gate** | Elm |\n| | | **Wood** | Oak |"};
  all["label-goes-on"] = {
      row(740, three, {"Mill", "Gates", "Weirs"}) + row(728, three, {"Upper", "12", "3"}) +
          row(716, three, {"Mills of the lower brook", "", ""}) +
          row(704, three, {"and the pond", "14", "5"}) + row(692, three, {"Outer", "16", "7"}),
      "| Mills of the lower brook and the pond | 14 | 5 |"};
  all["label-hangs"] = {row(740, three, {"Mill", "Gates", "Weirs"}) +
                            row(728, three, {"Mill of the lower brook", "12", "3"}) +
                            show(56, 716, 10, "Uppertown") + row(704, three, {"Outer", "14", "5"}) +
                            row(692, three, {"Inner", "16", "7"}),
                        "| Mill of the lower brook Uppertown | 12 | 3 |"};
  all["same-columns"] = {
      row(740, three, {"Mill", "Gate", "Weir"}) + row(728, three, {"Upper", "Oak", "Old"}) +
          row(704, three, {"Lower", "Elm", "New"}) + row(692, three, {"Outer", "Ash", "Old"}) +
          row(668, three, {"Inner", "Oak", "New"}) + row(656, three, {"Far", "Elm", "Old"}),
      "| Upper | Oak | Old |\n| Lower | Elm | New |\n| Outer | Ash | Old |"};
  all["rows-apart"] = {
      row(740, three, {"Mill", "Gate", "Weir"}) + row(716, three, {"Upper mill", "Oak", "Old"}) +
          row(704, three, {"Of the brook", "", ""}) +
          row(680, three, {"Lower mill", "Elm", "New"}) + row(668, three, {"Of the pond", "", ""}) +
          row(644, three, {"Outer mill", "Ash", "Old"}),
      "| Oak | Old |\n| Lower mill"};
  all["wrapped-cells"] = {
      row(740, three, {"Mill", "Gate", "Weir"}) + row(728, three, {"Upper", "Oak that is", "Old"}) +
          row(716, three, {"", "very old", ""}) + row(704, three, {"Lower", "Elm", "New"}) +
          row(692, three, {"Outer", "Ash", "New"}),
      "| Upper | Oak that is very old | Old |"};
  all[pdf::kOtherColumnsBelow] = {
      show(50, 780, 10, "The Upper Brook Mill") + show(310, 780, 10, "Invoice number 17") +
          show(50, 766, 10, "Mill Road 1 of the Town") + show(310, 766, 10, "Date 01.03.2024") +
          show(50, 752, 10, "1234 Lower Brook Town") + show(310, 752, 10, "Customer 7001") +
          show(50, 720, 14, "Invoice", Font::kBold) + prices(690),
      "Invoice\n\n| Pos | Item | Count | Price |"};
  all[pdf::kCentredCells] = {
      row(740, three, {"Mill", "Gates", "Weirs"}) + row(722, three, {"", "Oak and", ""}) +
          row(716, three, {"Upper", "", "239.9"}) + row(710, three, {"", "elm", ""}) +
          row(692, three, {"Lower", "Ash", "12.5"}) + row(674, three, {"", "", "239.9"}) +
          row(668, three, {"Outer", "Elm", ""}) + row(662, three, {"", "", "5"}),
      "| Upper | Oak and elm | 239.9 |\n| Lower | Ash | 12.5 |\n| Outer | Elm | 239.95 |"};
  all[pdf::kHeadAbove] = {
      row(764, {200}, {"Oak and elm"}) + row(752, three, {"Mill", "Gates", "Weirs"}) +
          row(740, three, {"Upper", "12", "3"}) + row(728, three, {"Lower", "14", "5"}) +
          row(716, three, {"Outer", "16", "7"}),
      "| Mill | Oak and elm Gates | Weirs |"};
  const std::vector<double> near = {50, 105, 140};
  all[pdf::kPlacedCells] = {row(740, near, {"Mill gates", "Price", "Share"}, Font::kBold) +
                                row(724, near, {"Upper gate", "120.50", "18.2%"}) +
                                row(708, near, {"Lower gate", "", "7.9%"}) +
                                row(692, near, {"Outer weir", "86.00", ""}) +
                                row(676, near, {"Inner weir", "100.25", "61.3%"}),
                            "| **Mill gates** | **Price** | **Share** |\n| --- | --- | --- |\n"
                            "| Upper gate | 120.50 | 18.2% |\n| Lower gate | | 7.9% |\n"
                            "| Outer weir | 86.00 | |"};
  all[pdf::kHeadAgain] = {
      row(740, three, {"Mill", "Gates", "Weirs"}, Font::kBold) +
          row(724, three, {"Upper", "12", "3"}) + row(708, three, {"Lower", "14", "5"}) +
          row(692, three, {"Brook", "Fish", "Boats"}, Font::kBold) +
          row(676, three, {"Old", "9", "6"}) + row(660, three, {"New", "4", "7"}),
      "| Lower | 14 | 5 |\n\n| **Brook** |"};
  std::string arrows;
  for (int i = 0; i < 6; ++i) arrows += rule(45 + 50 * i, 700, 95 + 50 * i, i % 2 == 0 ? 755 : 690);
  all[pdf::kDrawings] = {arrows + rule(45, 690, 45, 760) + rule(45, 690, 360, 690) +
                             row(740, three, {"Wheel", "Oak", "Old"}) +
                             row(720, three, {"Gate", "Elm", "New"}) +
                             row(700, three, {"Weir", "Stone", "Old"}),
                         "Wheel Oak Old\\\nGate Elm New"};
  all[pdf::kHeadsOfColumns] = {show(50, 740, 12, "Upper Mill", Font::kBold) +
                                   show(310, 740, 12, "Lower Mill", Font::kBold) +
                                   text_in_columns(700, 10, 6),
                               "Upper Mill\n\nthe brook"};
  all[pdf::kCaptionOverColumns] = {text_in_columns(740, 8, 4) + text_in_columns(690, 10, 8),
                                   "spring\n\nthe brook"};
  add_grids(all);
  all[pdf::kSpreadHeads] = spread_heads();
  return all;
}

std::string markdown_of(const std::string& content, std::string_view without) {
  PdfMaker maker;
  maker.add_page(content);
  pdf::RuleSettings rules;
  rules.without = without;
  return PdfRun(maker.make(), {}, rules).markdown();
}

std::vector<std::string_view> names() {
  std::vector<std::string_view> all;
  for (const pdf::ReadingRule& rule : pdf::reading_rules()) all.push_back(rule.name);
  for (const pdf::RowRule& rule : pdf::row_rules()) all.push_back(rule.name);
  for (const pdf::GridRule& rule : pdf::grid_rules()) all.push_back(rule.name);
  for (const std::string_view name : {pdf::kTightColumns, pdf::kGluedHeads, pdf::kGroupedHeads})
    all.push_back(name);
  all.push_back(pdf::kOtherColumnsBelow);
  all.push_back(pdf::kHeadAbove);
  all.push_back(pdf::kCentredCells);
  all.push_back(pdf::kPlacedCells);
  all.push_back(pdf::kHeadAgain);
  all.push_back(pdf::kSpreadHeads);
  all.push_back(pdf::kHeadsOfColumns);
  all.push_back(pdf::kDrawings);
  all.push_back(pdf::kCaptionOverColumns);
  return all;
}

TEST(PdfRules, EachDecidesAPage) {
  const std::map<std::string_view, Case> pages = cases();
  EXPECT_EQ(pages.size(), names().size());
  for (const std::string_view name : names()) {
    const auto page = pages.find(name);
    ASSERT_NE(page, pages.end()) << name << " has no page";
    EXPECT_THAT(markdown_of(page->second.content, {}), HasSubstr(page->second.expected)) << name;
    EXPECT_THAT(markdown_of(page->second.content, name),
                ::testing::Not(HasSubstr(page->second.expected)))
        << "without " << name;
  }
}

TEST(PdfRules, ATraceSaysWhichDecided) {
  PdfMaker maker;
  maker.add_page(clauses());
  pdf::Trace trace;
  pdf::RuleSettings rules;
  rules.trace = &trace;
  const PdfRun run(maker.make(), {}, rules);
  ASSERT_FALSE(trace.decisions.empty());
  EXPECT_EQ(trace.decisions.front().rule, "clause-numbers");
  EXPECT_EQ(trace.decisions.front().result, "rows");
  EXPECT_EQ(trace.decisions.front().page, 1);
}

}  // namespace
}  // namespace sluice::test
