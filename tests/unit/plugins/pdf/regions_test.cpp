// SPDX-License-Identifier: Apache-2.0
//
// How a region is read, across or down: labels with a hanging indent, lists side by side, headings
// below columns, tables without rules.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <tuple>

#include "pdf/layout/evidence.hpp"
#include "pdf/layout/layout.hpp"
#include "pdf_maker.h"

namespace sluice::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// A text of three lines, the later two of which go on in small letters.
std::string text_at(double x, double y, const std::string& name) {
  return show_lines(x, y, 10,
                    {name + " is paid on the first day of each month to the owner of the mill,",
                     "who keeps the weir and the gates in order and has the brook cleared",
                     "of ice and leaves."});
}

TEST(PdfRegions, NumbersOfClausesAreReadWithTheirText) {
  const std::string text = page_markdown(
      show(50, 740, 10, "1.") + show(90, 740, 10, "RENT", Font::kBold) + show(50, 720, 10, "1.1") +
      text_at(90, 720, "The rent") + show(50, 672, 10, "1.2") + text_at(90, 672, "The fee") +
      show(50, 624, 10, "2.") + show(90, 624, 10, "END", Font::kBold) + show(50, 604, 10, "2.1") +
      text_at(90, 604, "The last rent"));
  EXPECT_THAT(text, AllOf(HasSubstr("1.1 The rent is paid"), HasSubstr("1.2 The fee is paid"),
                          HasSubstr("2.1 The last rent is paid")));
}

TEST(PdfRegions, DatesAreReadWithTheirEntries) {
  const std::string text = page_markdown(
      show(50, 740, 10, "2019 - 2023") + show(160, 740, 10, "Engineer, Lower Brook Mill") +
      show(160, 726, 10, "\x95 Built the pumps of the mill and kept them running") +
      show(50, 700, 10, "2015 - 2019") + show(160, 700, 10, "Fitter, Upper Weir") +
      show(160, 686, 10, "\x95 Fitted the gates of the new weir"));
  EXPECT_THAT(text, AllOf(HasSubstr("2019 - 2023 Engineer"), HasSubstr("2015 - 2019 Fitter")));
  EXPECT_LT(text.find("Built the pumps"), text.find("2015 - 2019"));
}

TEST(PdfRegions, NamesOfFieldsAreReadWithTheirValues) {
  const std::string text = page_markdown(
      show(50, 740, 10, "Name:", Font::kBold) + show(120, 740, 10, "Pump of the type A") +
      show(50, 720, 10, "Use:", Font::kBold) + text_at(120, 720, "The pump") +
      show(50, 670, 10, "Weight:", Font::kBold) + show(120, 670, 10, "12 kg"));
  EXPECT_LT(text.find("Name:"), text.find("Pump of"));
  EXPECT_LT(text.find("Pump of"), text.find("Use:"));
  EXPECT_LT(text.find("Use:"), text.find("The pump is"));
  EXPECT_LT(text.find("leaves."), text.find("Weight:"));
  EXPECT_LT(text.find("Weight:"), text.find("12 kg"));
}

TEST(PdfRegions, TermsAreReadWithTheirTexts) {
  const std::string text =
      page_markdown(show(50, 740, 10, "Weir") + text_at(120, 740, "The weir") +
                    show(50, 690, 10, "Sluice") + text_at(120, 690, "The sluice"));
  EXPECT_THAT(text, AllOf(HasSubstr("Weir The weir is"), HasSubstr("Sluice The sluice is")));
}

TEST(PdfRegions, NumbersOfClausesAndDatesAreKnown) {
  for (const char* text : {"1.", "1.1", "12.4.1.", "(a)", "iv)", "\u00A7 5", "Art. 3"})
    EXPECT_TRUE(pdf::is_clause_number(text)) << text;
  for (const char* text : {"1", "1.234", "100.5", "Weir", "2019", "1.1 Rent", ""})
    EXPECT_FALSE(pdf::is_clause_number(text)) << text;
  for (const char* text : {"2019 - 2023", "March 2024", "01.03.2024", "since 2015"})
    EXPECT_TRUE(pdf::is_date(text)) << text;
  for (const char* text : {"12019", "1850 kg", "the mill of the Lower Brook in 2019", ""})
    EXPECT_FALSE(pdf::is_date(text)) << text;
}

TEST(PdfRegions, AHeadingBelowColumnsHeadsTheTextBelowIt) {
  std::string content =
      show_lines(50, 740, 10,
                 {"Left one of the brook that rises in", "the hills above the mill and runs on",
                  "for many miles, and", "left two of the weir in the meadows"});
  content +=
      show_lines(320, 740, 10,
                 {"Right one of the gates that are of oak", "and open in the spring for the",
                  "salmon, and right two of the ice that", "stays until the month of March"});
  content += show(50, 670, 14, "Dates", Font::kBold);
  content +=
      show_lines(50, 645, 10,
                 {"Below both columns stands a text that is as wide as the page and says when "
                  "the gates are opened,",
                  "and when they are shut again, which is in the month of May."});
  const std::string text = page_markdown(content);
  EXPECT_LT(text.find("right two"), text.find("Dates"));
  EXPECT_LT(text.find("Dates"), text.find("Below both"));
}

TEST(PdfRegions, ListsSideBySideAreNoTable) {
  const std::string text =
      page_markdown(show(50, 740, 12, "Left head") + show(320, 740, 12, "Right head") +
                    show(50, 720, 12, "\x95 gates") + show(320, 720, 12, "\x95 brooks") +
                    show(50, 700, 12, "\x95 weirs") + show(320, 700, 12, "\x95 mills"));
  EXPECT_THAT(text, AllOf(HasSubstr("- gates\n- weirs\n"), HasSubstr("- brooks\n- mills\n"),
                          Not(HasSubstr("|"))));
}

// A number that ends at x, in Helvetica's figures.
std::string figure(double x, double y, const std::string& text) {
  return show(x - 5.56 * static_cast<double>(text.size()), y, 10, text);
}

TEST(PdfRegions, HeadsAtTheLeftBelongToFiguresAtTheRight) {
  std::string content = show(50, 740, 10, "Region");
  for (int i = 0; i < 3; ++i) content += show(100 + 48 * i, 740, 10, std::to_string(2021 + i));
  const std::vector<std::vector<std::string>> rows = {
      {"North", "10", "12", "15"}, {"South", "5", "6", "7"}, {"East", "100", "120", "90"}};
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const double y = 727 - 13 * static_cast<double>(r);
    content += show(50, y, 10, rows[r][0]);
    for (std::size_t c = 1; c < 4; ++c)
      content += figure(98 + 48 * static_cast<double>(c), y, rows[r][c]);
  }
  EXPECT_THAT(page_markdown(content),
              HasSubstr("| Region | 2021 | 2022 | 2023 |\n| --- | --- | --- | --- |\n"
                        "| North | 10 | 12 | 15 |\n| South | 5 | 6 | 7 |\n"));
}

TEST(PdfRegions, ALongCellJoinsNoColumns) {
  std::string content;
  const std::vector<std::vector<std::string>> rows = {
      {"Surname", "Name", "Day"},        {"Smith", "Ann", "1"},  {"Jones", "Bob", "2"},
      {"Featherstonehaugh", "Cid", "3"}, {"White", "Dan", "14"}, {"Brown", "Eve", "25"}};
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const double y = 740 - 16 * static_cast<double>(r);
    content += show(50, y, 10, rows[r][0]);
    content += show(rows[r][0].size() > 10 ? 138 : 100, y, 10, rows[r][1]);
    content += show(250, y, 10, rows[r][2]);
  }
  EXPECT_THAT(page_markdown(content),
              AllOf(HasSubstr("| Surname | Name | Day |"), HasSubstr("| Smith | Ann | 1 |")));
}

TEST(PdfRegions, PunctuationOutsideOfALinkIsNotLinked) {
  PdfMaker maker;
  // Helvetica: "see (the HOWTO)." begins at 50; the area is over "the HOWTO" alone.
  maker.add_page(show(50, 700, 10, "see (the HOWTO). And the end."), "",
                 "/Annots [<< /Type /Annot /Subtype /Link /Rect [72.3 697 119.3 709] /A << /S /URI "
                 "/URI (http://example.org/) >> >>]");
  EXPECT_THAT(PdfRun(maker.make()).markdown(),
              HasSubstr("see ([the HOWTO](http://example.org/)). And"));
}

TEST(PdfRegions, HyphensAtLineEndsThatDoNotBreakAreHyphens) {
  PdfMaker maker;
  maker.set_font("F5", font_for(maker, "<61> <2011>\n", 1));
  maker.add_page(
      "BT /F1 10 Tf 50 700 Td (The keeper of the mill was meas) Tj /F5 10 Tf (a) Tj ET\n" +
      show(50, 688, 10, "uring the brook with great care and a self-") +
      show(50, 676, 10, "evident, Email-") + show(50, 664, 10, "based plan."));
  EXPECT_THAT(PdfRun(maker.make()).markdown(),
              AllOf(HasSubstr("measuring"), HasSubstr("self-evident"), HasSubstr("Email-based")));
}

// The lines of text of a page with these words: text, left edge, baseline.
std::vector<std::string> lines_of_words(
    const std::vector<std::tuple<std::string, float, float>>& words) {
  pdf::PageContent page;
  page.number = 1;
  page.width = 600;
  page.height = 800;
  page.directions.push_back(pdf::quarter_direction(0));
  for (const auto& [text, x, y] : words) {
    pdf::Word word;
    word.box = {x, y - 8, x + 5, y + 2};
    word.baseline = y;
    word.size = 10;
    word.text = static_cast<std::uint32_t>(page.text.size());
    word.bytes = static_cast<std::uint32_t>(text.size());
    word.chars = 1;
    page.text += text;
    page.words.push_back(word);
  }
  pdf::Story story;
  pdf::lay_out(page, std::vector<pdf::Face>(1), {}, story);
  std::vector<std::string> lines;
  for (const pdf::Line& line : story.lines) lines.push_back(story.text_of(line));
  return lines;
}

TEST(PdfRegions, TallBracketsArePutTogetherInTheMiddleOfTheirLines) {
  std::vector<std::tuple<std::string, float, float>> words;
  const char* const kLeft[] = {"\u239B", "\u239C", "\u239D"};
  const char* const kRight[] = {"\u239E", "\u239F", "\u23A0"};
  for (int i = 0; i < 3; ++i) {
    const float y = 94 + 12 * static_cast<float>(i);
    words.emplace_back(kLeft[i], 50.0F, y);
    words.emplace_back(kRight[i], 67.0F, y);
    words.emplace_back(std::string(1, static_cast<char>('a' + i)), 58.0F, y + 6);
  }
  words.emplace_back("x", 43.0F, 112.0F);
  const std::vector<std::string> lines = lines_of_words(words);
  EXPECT_THAT(lines, ::testing::ElementsAre("a", "x ( b )", "c"));
}

}  // namespace
}  // namespace sluice::test
