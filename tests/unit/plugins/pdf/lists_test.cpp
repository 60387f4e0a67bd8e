// SPDX-License-Identifier: Apache-2.0
//
// Lists: markers, numbers, nesting.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pdf_maker.h"

namespace sluice::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(PdfLists, ListsKeepTheirNumbersAndNesting) {
  const std::string text = page_markdown(
      show(50, 740, 10,
           "What to do at the weir when the water rises in the night, in this order:") +
      show(60, 720, 10, "1.") + show(75, 720, 10, "Open the middle gate.") +
      show(75, 706, 10, "\x95") + show(90, 706, 10, "slowly") + show(75, 692, 10, "\x95") +
      show(90, 692, 10, "not against ice, which would break the boards and") +
      show(90, 680, 10, "carry them away") + show(60, 666, 10, "2.") +
      show(75, 666, 10, "Wait for the level to settle."));
  EXPECT_THAT(text, HasSubstr("1. Open the middle gate.\n   - slowly\n   - not against ice, which "
                              "would break the boards and carry them away\n2. Wait for the level"));
}

// The last line of the item is full and ends no sentence: only its indentation tells.
TEST(PdfLists, AParagraphCloseBelowAListIsNoPartOfIt) {
  const std::string text = page_markdown(
      show(50, 740, 10,
           "The mill stands on the left bank, below the two weirs of the Lower Brook, and") +
      show(50, 728, 10, "has these wheels:") + show(50, 714, 10, "\x95") +
      show(65, 714, 10, "one that turns the stones, which the miller bought when the first of") +
      show(65, 702, 10,
           "them had been carried away by the flood of the winter before the long war") +
      show(50, 688, 10,
           "Grain is brought on the water as far as the bridge, and from there by cart to") +
      show(50, 676, 10, "the yard."));
  EXPECT_THAT(text, HasSubstr("the winter before the long war\n\nGrain is brought on the water"));
}

TEST(PdfLists, ItemsAreCountedInLettersOfOtherScripts) {
  PdfMaker maker;
  // a: Cyrillic a, b: be, c: a closing bracket.
  maker.set_font("F9", font_for(maker, "<61> <0430>\n<62> <0431>\n<63> <0029>\n", 3));
  maker.add_page(
      "BT /F9 10 Tf 1 0 0 1 60 640 Tm (ac) Tj 1 0 0 1 80 640 Tm (abba) Tj "
      "1 0 0 1 60 626 Tm (bc) Tj 1 0 0 1 80 626 Tm (bab) Tj ET\n");
  EXPECT_THAT(PdfRun(maker.make()).markdown(),
              HasSubstr("- \u0430) \u0430\u0431\u0431\u0430\n- \u0431) \u0431\u0430\u0431\n"));
}

TEST(PdfLists, AYearAtTheStartOfALineIsNoListNumber) {
  const std::string text = page_markdown(show_lines(
      50, 700, 10,
      {"The weir was built in a long and cold winter by the people of the village in the year",
       "19. They had no other work and were paid in bread, as was the custom at the time."}));
  EXPECT_THAT(text, HasSubstr("in the year 19. They had"));
}

TEST(PdfLists, APageNumberBetweenDashesIsNoItem) {
  const std::string text =
      page_markdown(show_lines(50, 700, 10, kProse) + show(50, 560, 10, "- depth of 8 -") +
                    show(50, 546, 10, "- 8 berths") + show(290, 60, 10, "- 8 -"));
  EXPECT_THAT(text, HasSubstr("- depth of 8 -\n- 8 berths"));
  EXPECT_THAT(text, Not(HasSubstr("\n- 8 -")));
  EXPECT_THAT(text, HasSubstr("\n\\- 8 -"));
}

TEST(PdfLists, TheLetterOOfATypewriterIsABullet) {
  const std::string text = page_markdown(
      show_lines(50, 700, 10, kProse) + show(60, 650, 10, "1.") + show(80, 650, 10, "one") +
      show(80, 638, 10, "o", Font::kMono) + show(98, 638, 10, "open") +
      show(80, 626, 10, "o", Font::kMono) + show(98, 626, 10, "close") + show(60, 614, 10, "2.") +
      show(80, 614, 10, "two"));
  EXPECT_THAT(text, HasSubstr("1. one\n   - open\n   - close\n2. two\n"));
}

TEST(PdfLists, TheBulletsOfTexAreThereAsPictures) {
  PdfMaker maker;
  const int glyph = maker.add_stream("", "500 0 0 0 500 500 d1 100 100 300 300 re f");
  maker.set_font("F5",
                 "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 500 500] /FontMatrix [.001 0 "
                 "0 .001 0 0] /CharProcs << /a136 " +
                     std::to_string(glyph) +
                     " 0 R >> /Encoding << /Type /Encoding /Differences [136 /a136] >> "
                     "/FirstChar 136 /LastChar 136 /Widths [500] >>");
  maker.add_page(show_lines(50, 700, 10, kProse) + "BT /F5 10 Tf 60 650 Td (\x88) Tj ET\n" +
                 show(70, 650, 10, "the doors") + "BT /F5 10 Tf 60 638 Td (\x88) Tj ET\n" +
                 show(70, 638, 10, "the hinges"));
  EXPECT_THAT(PdfRun(maker.make()).markdown(), HasSubstr("- the doors\n- the hinges\n"));
}

TEST(PdfLists, MarkersFarFromTheirItemsAreNoColumn) {
  const std::string text = page_markdown(
      show_lines(50, 700, 10, kProse) + show(60, 650, 10, "1.") + show(84, 650, 10, "one") +
      show(60, 636, 10, "2.") + show(84, 636, 10, "two") + show(96, 622, 10, "a.") +
      show(120, 622, 10, "alpha") + show(96, 608, 10, "b.") + show(120, 608, 10, "beta") +
      show(96, 594, 10, "c.") + show(120, 594, 10, "gamma"));
  EXPECT_THAT(text, HasSubstr("1. one\n2. two\n   - a. alpha\n   - b. beta\n   - c. gamma\n"));
}

TEST(PdfLists, ListsGoOnAtTheirDepthOnTheNextPage) {
  PdfMaker maker;
  maker.add_page(show_lines(50, 700, 10, kProse) + show(70, 640, 10, "1.") +
                 show(84, 640, 10, "Look at the doors:") + show(90, 628, 10, "\x95") +
                 show(104, 628, 10, "the hinges"));
  maker.add_page(show(90, 760, 10, "\x95") + show(104, 760, 10, "the seals") +
                 show(70, 748, 10, "2.") + show(84, 748, 10, "Open them slowly.") +
                 show_lines(50, 700, 10, kProse));
  EXPECT_THAT(PdfRun(maker.make()).markdown(),
              HasSubstr("1. Look at the doors:\n   - the hinges\n   - the seals\n2. Open them"));
}

TEST(PdfLists, BoxesToTickAreTasks) {
  PdfMaker maker;
  maker.set_font("F5", font_for(maker, "<61> <2610>\n<62> <2611>\n", 2));
  const auto box = [](int y, const std::string& which) {
    return "BT /F5 10 Tf 50 " + std::to_string(y) + " Td (" + which + ") Tj ET\n";
  };
  maker.add_page(box(700, "a") + show(65, 700, 10, "Open the gate") + box(686, "b") +
                 show(65, 686, 10, "Look at the doors") + show_lines(50, 650, 10, kProse));
  EXPECT_THAT(PdfRun(maker.make()).markdown(),
              HasSubstr("- [ ] Open the gate\n- [x] Look at the doors\n"));
}

TEST(PdfLists, ListsMayBeginWithAnyNumberThatCountsOn) {
  const std::string text = page_markdown(
      show_lines(50, 700, 10, kProse) + show(60, 650, 10, "8.") + show(75, 650, 10, "eight") +
      show(60, 638, 10, "9.") + show(75, 638, 10, "nine") + show_lines(50, 610, 10, kProse) +
      show(50, 560, 10, "1999. It was the year of the flood."));
  EXPECT_THAT(text, HasSubstr("8. eight\n9. nine\n"));
  EXPECT_THAT(text, Not(HasSubstr("\n1999. It")));
}

TEST(PdfLists, ItemsMayHaveNumbersOfSeveralParts) {
  const std::string text = page_markdown(
      show_lines(50, 700, 10, kProse) + show(60, 650, 10, "1.") + show(100, 650, 10, "one") +
      show(60, 636, 10, "2.") + show(100, 636, 10, "two") + show(70, 622, 10, "2.1.") +
      show(110, 622, 10, "a part") + show(70, 608, 10, "2.2.") + show(110, 608, 10, "another") +
      show(60, 594, 10, "3.") + show(100, 594, 10, "three"));
  EXPECT_THAT(text, HasSubstr("1. one\n2. two\n   - 2.1. a part\n   - 2.2. another\n3. three\n"));
}

TEST(PdfLists, QuestionsAnswersAndStarsAreNoItems) {
  const std::string text =
      page_markdown(show_lines(50, 700, 10, kProse) + show(50, 650, 10, "A: It is a gate.") +
                    show(280, 620, 10, "* * *"));
  EXPECT_THAT(text, HasSubstr("\nA: It is a gate.\n"));
  EXPECT_THAT(text, Not(HasSubstr("- ")));
}

}  // namespace
}  // namespace sluice::test
