// SPDX-License-Identifier: Apache-2.0
//
// From glyphs on paper to text in reading order.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "pdf_maker.h"

namespace sluice::test {
namespace {

using ::testing::HasSubstr;

const std::vector<std::string> kLeft = {
    "The brook rises in the hills above the", "old mill and runs for miles through",
    "meadows before it reaches the weir,", "where the water has been measured",
    "since the first winter of the war."};
const std::vector<std::string> kRight = {
    "In spring the gates are opened for a", "week so that the salmon can pass, and",
    "the keeper notes the level twice in", "every hour until the flood is over,",
    "as his father did before him."};

TEST(PdfLayout, ReadsTwoColumnsOneAfterTheOther) {
  const std::string text =
      page_markdown(show_lines(50, 700, 10, kLeft) + show_lines(310, 700, 10, kRight));
  EXPECT_EQ(text,
            "The brook rises in the hills above the old mill and runs for miles through meadows "
            "before it reaches "
            "the weir, where the water has been measured since the first winter of the war.\n\n"
            "In spring the gates are opened for a week so that the salmon can pass, and the keeper "
            "notes the level "
            "twice in every hour until the flood is over, as his father did before him.\n");
}

TEST(PdfLayout, ReadsColumnsThatAreDrawnLineByLine) {
  std::string content;
  for (std::size_t i = 0; i < kLeft.size(); ++i) {
    content += show(50, 700 - 12.0 * static_cast<double>(i), 10, kLeft[i]);
    content += show(310, 700 - 12.0 * static_cast<double>(i), 10, kRight[i]);
  }
  const std::string text = page_markdown(content);
  EXPECT_LT(text.find("first winter of the war"), text.find("In spring the gates"));
}

TEST(PdfLayout, ATitleOverTwoColumnsComesFirst) {
  const std::string text =
      page_markdown(show(150, 760, 18, "The Brook and Its Keepers, a History") +
                    show_lines(50, 700, 10, kLeft) + show_lines(310, 700, 10, kRight));
  EXPECT_EQ(text.find("# The Brook and Its Keepers, a History\n"), 0U) << text;
}

TEST(PdfLayout, NarrowColumnsOfFewFullLinesAreReadDown) {
  // Three letters i are as wide as two letters r.
  const std::vector<std::string> lines = {"current barriers mirror", "mirror cuiiient barriers",
                                          "baiiiiers mirror current", "the mill."};
  const std::string text =
      page_markdown(show_lines(50, 700, 10, lines) + show_lines(168, 700, 10, lines) +
                    show_lines(286, 700, 10, {lines[0], lines[1], lines[2], "a brook."}));
  EXPECT_THAT(text, HasSubstr("mirror current the mill.\n\ncurrent barriers mirror mirror"));
  EXPECT_THAT(text, Not(HasSubstr("|")));
}

TEST(PdfLayout, TablesWithALineBetweenThemKeepTheirOwnColumns) {
  const auto row = [](double y, const std::vector<std::pair<double, std::string>>& cells) {
    std::string content;
    for (const auto& [x, text] : cells) content += show(x, y, 10, text);
    return content;
  };
  const std::string text =
      page_markdown(row(700, {{50, "Gate"}, {120, "Width"}, {160, "Depth"}, {200, "Doors"}}) +
                    row(682, {{50, "North"}, {120, "6.0"}, {160, "3.2"}, {200, "2"}}) +
                    row(664, {{50, "South"}, {120, "12.5"}, {160, "4.0"}, {200, "4"}}) +
                    row(637, {{50, "The rain"}}) +
                    row(610, {{50, "January"}, {120, "seventy mm"}, {190, "frost and wind"}}) +
                    row(592, {{50, "March"}, {120, "sixty-one mm"}, {190, "wind"}}) +
                    row(574, {{50, "April"}, {120, "forty-one mm"}, {190, "ice on the brook"}}));
  EXPECT_THAT(text, HasSubstr("| Gate | Width | Depth | Doors |"));
  EXPECT_THAT(text, HasSubstr("\nThe rain\n"));
  EXPECT_THAT(text, HasSubstr("| March | sixty-one mm | wind |"));
}

TEST(PdfLayout, AnInitialOverSeveralLinesBeginsTheFirst) {
  const std::string text = page_markdown(
      show(50, 676, 34, "O") +
      show_lines(79, 700, 10,
                 {"nce upon a time the water of the lowlands was kept at bay by nothing",
                  "more than earth and reed, and every winter the floods reclaimed what",
                  "the summer had taken from them, as they had done in the years before"}) +
      show(50, 664, 10, "and would do in those that were to come after them, for all time."));
  EXPECT_THAT(text, HasSubstr("Once upon a time"));
  EXPECT_THAT(text, HasSubstr("nothing more than earth"));
  EXPECT_THAT(text, HasSubstr("years before and would"));
}

// The next line begins left of those beside the initial: no new paragraph, whatever ends before it.
TEST(PdfLayout, ShortLinesBesideAnInitialAreNoParagraphOfTheirOwn) {
  const std::string text = page_markdown(
      show(50, 688, 34, "O") +
      show_lines(79, 700, 10,
                 {"nce upon a time there was a small house by the sea, where an old",
                  "man lived with his cat. They were all quite happy until one day"}) +
      show_lines(50, 676, 10,
                 {"the wind came up and blew the roof off, so that the rain fell in, and they",
                  "had to move to the village."}));
  EXPECT_THAT(text, HasSubstr("until one day the wind came up"));
}

TEST(PdfLayout, CenteredLinesBetweenTitleAndTextAreNoColumn) {
  // Each letter is six points wide.
  const auto line = [](double x, double y, const std::string& text) {
    return show(x, y, 10, text, Font::kMono);
  };
  const std::string text = page_markdown(
      show(50, 750, 16, "The Mill") + line(257, 720, "Jane Miller") +
      line(251, 706, "12 March 2025") + line(60, 680, "The doors") + line(60, 668, "The hinges") +
      line(50, 600,
           "The brook rises in the hills above the old mill and runs for miles through itxx") +
      line(50, 588, "and the meadows, before it reaches the weir."));
  EXPECT_THAT(text, HasSubstr("# The Mill\n\nJane Miller"));
}

TEST(PdfLayout, WordsInSmallCapitalsDoNotMakeTheirLineSmall) {
  const std::string text = page_markdown(
      show_lines(50, 700, 10, {"Running text of the usual size stands here, and more of it too."}) +
      "BT /F1 10 Tf 50 640 Td (in m) Tj 4 Ts /F1 8.3 Tf (2) Tj 0 Ts /F1 10 Tf ( as B) Tj /F1 7.5 "
      "Tf (ERNOULLISAYS) Tj /F1 10 Tf ( of a v) Tj 4 Ts /F1 8.3 Tf (3) Tj 0 Ts /F1 10 Tf ( too) "
      "Tj ET\n");
  EXPECT_THAT(text, HasSubstr("in m<sup>2</sup> as"));
  EXPECT_THAT(text, HasSubstr("of a v<sup>3</sup> too"));
}

TEST(PdfLayout, AHeadingInTheNextColumnIsBesideTextNotInIt) {
  // The gutter is ten points wide.
  const std::vector<std::string> left = {"keeper of the upper mill never",
                                         "left his gate open when brooks",
                                         "were high. He was a careful mn"};
  const auto mono = [](double x, double y, double size, const std::string& text) {
    return show(x, y, size, text, Font::kMono);
  };
  std::string content;
  for (int i = 0; i < 12; ++i) {
    content += mono(50, 700 - 12 * i, 10, left[i % 3]);
    if (i < 5 || i > 7) content += mono(240, 700 - 12 * i, 10, "The weir is below it and theirs");
  }
  content += mono(240, 700 - 12 * 6, 15, "2 The weir");
  const std::string text = page_markdown(content);
  EXPECT_THAT(text, HasSubstr("\n\n2 The weir\n\n"));
}

TEST(PdfLayout, NumbersBesideAPoemAreNoColumnOfATable) {
  std::string content;
  for (int i = 0; i < 25; ++i) {
    content += show(50, 750 - 14 * i, 10, "And down the brook the water ran to the sea");
    if (i % 6 == 5) content += show(400, 750 - 14 * i, 10, std::to_string(i + 1));
  }
  EXPECT_THAT(page_markdown(content), Not(HasSubstr("|")));
}

TEST(PdfLayout, ABlankMayStandBeforeTheMarkOfANote) {
  const std::string text = page_markdown(
      show_lines(50, 700, 10, {"Running text of the usual size stands here, and more of it too."}) +
      "BT /F1 10 Tf 50 640 Td (of the old mill.) Tj 3.6 Ts /F1 7 Tf [-600 (1)] TJ ET\n");
  EXPECT_THAT(text, HasSubstr("of the old mill. <sup>1</sup>"));
}

TEST(PdfLayout, ReadsTextThatIsDrawnOutOfOrder) {
  const std::string text =
      page_markdown(show(50, 676, 10, "third line of the text, drawn first.") +
                    show(50, 700, 10, "The first line of the text is drawn last, the") +
                    show(50, 688, 10, "second one after it, and then there is the"));
  EXPECT_EQ(text,
            "The first line of the text is drawn last, the second one after it, and then there is "
            "the third line of "
            "the text, drawn first.\n");
}

TEST(PdfLayout, PutsBlanksWhereWordsAreOnlyMovedApart) {
  const std::string text =
      page_markdown("BT /F1 10 Tf 50 700 Td [(moved) -400 (apart) -30 (ly)] TJ ET\n");
  EXPECT_EQ(text, "moved apartly\n");
}

TEST(PdfLayout, WidelySpacedLettersAreOneWord) {
  EXPECT_EQ(page_markdown("BT /F1 10 Tf 3 Tc 50 700 Td (WIDE TITLE) Tj ET\n"), "WIDE TITLE\n");
}

TEST(PdfLayout, TextDrawnTwiceForBoldnessIsThereOnce) {
  EXPECT_EQ(page_markdown(show(50, 700, 10, "Important notice") +
                          show(50.3, 700, 10, "Important notice")),
            "Important notice\n");
  EXPECT_EQ(page_markdown("BT /F1 10 Tf 1 0 0 1 50 700 Tm (I) Tj 1 0 0 1 50.2 700 Tm (I) Tj "
                          "1 0 0 1 52.8 700 Tm (t) Tj 1 0 0 1 53 700 Tm (t) Tj ET\n"),
            "It\n");
}

TEST(PdfLayout, TextDrawnTwiceInOtherWordsIsThereOnce) {
  // Without some letters, spaced so that the others stand where they do in the whole text.
  EXPECT_EQ(page_markdown("BT /F1 10 Tf 5 Tc 50 700 Td (O) Tj 2.78 Tc (t3) Tj 0 Tc ET\n" +
                          show(50, 700, 10, "Oct 3")),
            "Oct 3\n");
  EXPECT_EQ(page_markdown("BT /F1 10 Tf 2.78 Tc 50 700 Td (/S) Tj 0 Tc ET\n" +
                          show(50, 650, 10, "Corn") + show(50, 700, 10, "/ Surpass, sown")),
            "/ Surpass, sown\n\nCorn\n");
  // What says something else stays, wherever it stands.
  EXPECT_THAT(page_markdown(show(50, 700, 10, "Weir gate") + show(52, 700, 10, "Mill")),
              HasSubstr("Mill"));
}

TEST(PdfLayout, TextDrawnTwiceOnceCutOffByItsCellIsThereOnce) {
  EXPECT_EQ(page_markdown(show(50, 700, 10, "HERB") + "q 45 690 35 20 re W n\n" +
                          show(50, 700, 10, "HERB:") + "Q\n" + show(120, 700, 10, "Corn")),
            "HERB: Corn\n");
}

TEST(PdfLayout, TurnedPagesAndTurnedTextAreRead) {
  PdfMaker maker;
  maker.add_page(show_lines(50, 700, 10, kLeft), "", "/Rotate 90");
  const PdfRun turned(maker.make());
  EXPECT_THAT(turned.markdown(),
              HasSubstr("The brook rises in the hills above the old mill and runs"));

  const std::string upright =
      page_markdown(show_lines(50, 700, 10, kLeft) +
                    "BT /F1 10 Tf 0 1 -1 0 30 300 Tm (Text up the margin) Tj ET\n");
  EXPECT_THAT(upright, HasSubstr("first winter of the war.\n\nText up the margin\n"));
}

TEST(PdfLayout, SlantedTextStaysInOnePiece) {
  EXPECT_EQ(page_markdown("BT /F1 20 Tf 0.866 0.5 -0.5 0.866 100 300 Tm (Draft copy only) Tj ET\n"),
            "Draft copy only\n");
}

TEST(PdfLayout, SuperscriptsAndSubscriptsStandWhereTheyBelong) {
  const std::string text = page_markdown(
      "BT /F1 10 Tf 1 0 0 1 50 700 Tm (An area of 20 km) Tj /F1 6 Tf 4 Ts (2) Tj 0 Ts /F1 10 Tf ( "
      "and H) Tj "
      "/F1 6 Tf -3 Ts (2) Tj 0 Ts /F1 10 Tf (O in it.) Tj ET\n");
  EXPECT_EQ(text, "An area of 20 km<sup>2</sup> and H<sub>2</sub>O in it.\n");
}

TEST(PdfLayout, AccentsDrawnOverLettersAreComposed) {
  // An umlaut as TeX draws it: the accent, back, the letter.
  EXPECT_EQ(page_markdown("BT /F1 10 Tf 1 0 0 1 50 700 Tm (M) Tj 1 0 0 1 59.4 700 Tm (\\250) Tj "
                          "1 0 0 1 58.3 700 Tm (u) Tj 1 0 0 1 63.9 700 Tm (hle) Tj ET\n"),
            "M\u00FChle\n");
}

TEST(PdfLayout, LigaturesBecomeLetters) {
  PdfMaker maker;
  maker.set_font("F9",
                 "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Type /Encoding "
                 "/Differences "
                 "[1 /fi /ffi] >> >>");
  maker.add_page("BT /F9 10 Tf 50 700 Td (\\001nd e\\002cient) Tj ET\n");
  EXPECT_EQ(PdfRun(maker.make()).markdown(), "find efficient\n");
}

TEST(PdfLayout, RightToLeftTextIsInLogicalOrder) {
  // Shalom olam, drawn from left to right as it looks: mem sofit first.
  PdfMaker maker;
  maker.set_font(
      "F9",
      font_for(maker,
               "<61> <05E9>\n<62> <05DC>\n<63> <05D5>\n<64> <05DD>\n<65> <05E2>\n<66> <0031>\n"
               "<67> <0032>\n",
               7));
  maker.add_page(
      "BT /F9 10 Tf 1 0 0 1 100 700 Tm (dbce) Tj 1 0 0 1 130 700 Tm (dcba) Tj ET\n"
      "BT /F9 10 Tf 1 0 0 1 100 600 Tm (dcba) Tj 1 0 0 1 130 600 Tm (fg) Tj ET\n");
  EXPECT_EQ(PdfRun(maker.make()).markdown(),
            "\u05E9\u05DC\u05D5\u05DD \u05E2\u05D5\u05DC\u05DD\n\n12 \u05E9\u05DC\u05D5\u05DD\n");
}

TEST(PdfLayout, RightToLeftGlyphsMayBeDrawnInLogicalOrder) {
  PdfMaker maker;
  maker.set_font("F9", font_for(maker, "<61> <05E9>\n<62> <05DC>\n<63> <05D5>\n<64> <05DD>\n", 4));
  maker.add_page(
      "BT /F9 10 Tf 1 0 0 1 124 700 Tm (a) Tj 1 0 0 1 118 700 Tm (b) Tj 1 0 0 1 112 700 Tm (c) Tj "
      "1 0 0 1 106 700 Tm (d) Tj ET\n");
  EXPECT_EQ(PdfRun(maker.make()).markdown(), "\u05E9\u05DC\u05D5\u05DD\n");
}

// Shin, lamed, vav, mem sofit; brackets, a full stop, digits, a bullet; a dash, a Latin letter,
// Arabic digits with the sign between thousands, a vowel mark, alef, bet.
std::string hebrew_font(PdfMaker& maker) {
  return font_for(maker,
                  "<61> <05E9>\n<62> <05DC>\n<63> <05D5>\n<64> <05DD>\n<65> <0028>\n<66> <0029>\n"
                  "<67> <002E>\n<68> <0031>\n<69> <0032>\n<6A> <2022>\n<6B> <2013>\n<6C> <004D>\n"
                  "<6D> <0661>\n<6E> <0662>\n<6F> <066C>\n<70> <05B8>\n<71> <05D0>\n<72> <05D1>\n",
                  18);
}
const std::string kShalom = "\u05E9\u05DC\u05D5\u05DD";

std::string right_to_left(const std::string& content) {
  PdfMaker maker;
  maker.set_font("F9", hebrew_font(maker));
  maker.add_page(content);
  return PdfRun(maker.make()).markdown();
}

TEST(PdfLayout, RightToLeftBracketsAreThoseThatAreMeant) {
  // As they are drawn, from the left: a bracket that opens, and one that closes.
  EXPECT_EQ(right_to_left("BT /F9 10 Tf 100 700 Td (edcbaf) Tj ET\n"), "(" + kShalom + ")\n");
  // Some writers have them as they are meant.
  EXPECT_EQ(right_to_left("BT /F9 10 Tf 100 700 Td (fdcbae) Tj ET\n"), "(" + kShalom + ")\n");
}

TEST(PdfLayout, RightToLeftPunctuationFollowsItsNumber) {
  EXPECT_EQ(right_to_left("BT /F9 10 Tf 1 0 0 1 100 700 Tm (gehi) Tj "
                          "1 0 0 1 130 700 Tm (dcbaf) Tj ET\n"),
            "(" + kShalom + " 12).\n");
  // The stop drawn for itself, after a blank that stands elsewhere.
  EXPECT_EQ(right_to_left("BT /F9 10 Tf 1 0 0 1 112 700 Tm (hi) Tj 1 0 0 1 130 700 Tm (dcba) Tj "
                          "1 0 0 1 154 700 Tm ( ) Tj 1 0 0 1 106 700 Tm (g) Tj ET\n"),
            kShalom + " 12.\n");
}

TEST(PdfLayout, RightToLeftItemsHaveTheirMarksOnTheRight) {
  EXPECT_EQ(right_to_left("BT /F9 10 Tf 1 0 0 1 300 700 Tm (dcba) Tj 1 0 0 1 350 700 Tm (j) Tj "
                          "1 0 0 1 306 685 Tm (cba) Tj 1 0 0 1 350 685 Tm (j) Tj "
                          "1 0 0 1 300 670 Tm (dcba) Tj 1 0 0 1 350 670 Tm (j) Tj ET\n"),
            "- " + kShalom + "\n- \u05E9\u05DC\u05D5\n- " + kShalom + "\n");
  EXPECT_EQ(right_to_left("BT /F9 10 Tf 1 0 0 1 300 700 Tm (dcba) Tj 1 0 0 1 350 700 Tm (gh) Tj "
                          "1 0 0 1 300 685 Tm (dcba) Tj 1 0 0 1 350 685 Tm (gi) Tj ET\n"),
            "1. " + kShalom + "\n2. " + kShalom + "\n");
  // In Arabic digits.
  EXPECT_EQ(right_to_left("BT /F9 10 Tf 1 0 0 1 300 700 Tm (dcba) Tj 1 0 0 1 350 700 Tm (gm) Tj "
                          "1 0 0 1 300 685 Tm (dcba) Tj 1 0 0 1 350 685 Tm (gn) Tj ET\n"),
            "1. " + kShalom + "\n2. " + kShalom + "\n");
  // In letters: alef, bet.
  EXPECT_EQ(right_to_left("BT /F9 10 Tf 1 0 0 1 300 700 Tm (dcba) Tj 1 0 0 1 350 700 Tm (gq) Tj "
                          "1 0 0 1 300 685 Tm (dcba) Tj 1 0 0 1 350 685 Tm (gr) Tj ET\n"),
            "- \u05D0. " + kShalom + "\n- \u05D1. " + kShalom + "\n");
}

TEST(PdfLayout, RightToLeftTablesBeginOnTheRight) {
  std::string content = "0.5 w ";
  for (const int y : {600, 620, 640}) {
    content += "100 " + std::to_string(y) + " m 300 " + std::to_string(y) + " l S ";
  }
  for (const int x : {100, 200, 300}) {
    content += std::to_string(x) + " 600 m " + std::to_string(x) + " 640 l S ";
  }
  content +=
      "BT /F9 10 Tf 1 0 0 1 150 627 Tm (cba) Tj 1 0 0 1 250 627 Tm (dcba) Tj "
      "1 0 0 1 150 607 Tm (hi) Tj 1 0 0 1 250 607 Tm (ba) Tj ET\n";
  EXPECT_EQ(right_to_left(content), "| " + kShalom +
                                        " | \u05E9\u05DC\u05D5 |\n| --- | --- |\n"
                                        "| \u05E9\u05DC | 12 |\n");
}

TEST(PdfLayout, RightToLeftTablesOfLeftToRightPagesBeginOnTheRight) {
  const std::string english =
      show(100, 700, 10, "A page of English text, which shows a table in another language.");
  EXPECT_EQ(right_to_left(english +
                          "0.5 w 100 600 m 300 600 l S 100 620 m 300 620 l S 100 640 m 300 640 l S "
                          "100 600 m 100 640 l S 200 600 m 200 640 l S 300 600 m 300 640 l S "
                          "BT /F9 10 Tf 1 0 0 1 150 627 Tm (cba) Tj 1 0 0 1 250 627 Tm (dcba) Tj "
                          "1 0 0 1 150 607 Tm (hi) Tj 1 0 0 1 250 607 Tm (ba) Tj ET\n"),
            // All glyphs of the font are as wide, as those of code are.
            "A page of English text, which shows a table in another language.\n\n| `" + kShalom +
                "` | `\u05E9\u05DC\u05D5` |\n| --- | --- |\n| `\u05E9\u05DC` | `12` |\n");
}

TEST(PdfLayout, RightToLeftRangesBeginOnTheRight) {
  EXPECT_EQ(right_to_left("BT /F9 10 Tf 1 0 0 1 100 700 Tm (ikh) Tj "
                          "1 0 0 1 130 700 Tm (dcba) Tj ET\n"),
            kShalom + " 1\u20132\n");
}

TEST(PdfLayout, RightToLeftTextKeepsNumbersBehindLatinWords) {
  EXPECT_EQ(right_to_left("BT /F9 10 Tf 1 0 0 1 100 700 Tm (dcba) Tj 1 0 0 1 130 700 Tm (lll) Tj "
                          "1 0 0 1 154 700 Tm (hi) Tj 1 0 0 1 172 700 Tm (dcba) Tj ET\n"),
            kShalom + " MMM 12 " + kShalom + "\n");
}

TEST(PdfLayout, RightToLeftBracketsMayHoldLatinWords) {
  // From the left: M (M), of which the brackets are as they are drawn.
  EXPECT_EQ(right_to_left("BT /F9 10 Tf 1 0 0 1 100 700 Tm (l) Tj 1 0 0 1 112 700 Tm (elf) Tj "
                          "1 0 0 1 136 700 Tm (dcba) Tj ET\n"),
            kShalom + " M (M)\n");
}

TEST(PdfLayout, ArabicDigitsKeepTheSignsBetweenThem) {
  EXPECT_EQ(right_to_left("BT /F9 10 Tf 1 0 0 1 100 700 Tm (mnonm) Tj "
                          "1 0 0 1 136 700 Tm (dcba) Tj ET\n"),
            kShalom + " \u0661\u0662\u066C\u0662\u0661\n");
}

TEST(PdfLayout, VowelMarksStayOnTheirLetters) {
  // Drawn from the left, each mark before the letter that it is on, and lower.
  EXPECT_EQ(right_to_left("BT /F9 10 Tf 1 0 0 1 100 700 Tm (dc) Tj 1 0 0 1 112 697 Tm (p) Tj "
                          "1 0 0 1 112 700 Tm (b) Tj 1 0 0 1 118 697 Tm (p) Tj "
                          "1 0 0 1 118 700 Tm (a) Tj ET\n"),
            "\u05E9\u05B8\u05DC\u05B8\u05D5\u05DD\n");
}

TEST(PdfLayout, RightToLeftColumnsBeginOnTheRight) {
  std::string content = "BT /F9 10 Tf ";
  for (int line = 0; line < 8; ++line) {
    const std::string y = std::to_string(700 - 12 * line) + " Tm ";
    content += "1 0 0 1 100 " + y + "(hi) Tj 1 0 0 1 118 " + y;
    content += "(dcbadcbadcbadcbadcbadcbadcba) Tj 1 0 0 1 330 " + y;
    content += "(dcbadcbadcbadcbadcbadcbadcbadcb) Tj ";
  }
  const std::string markdown = right_to_left(content + "ET\n");
  // The left column's lines are those with a number.
  const std::size_t number = markdown.find("12");
  ASSERT_NE(number, std::string::npos) << markdown;
  const std::string before = markdown.substr(0, number);
  EXPECT_EQ(std::count(before.begin(), before.end(), ' '), 8) << markdown;
}

const char* const kJapaneseFont =
    "<< /Type /Font /Subtype /Type0 /BaseFont /Ryumin-Light /Encoding /90ms-RKSJ-H "
    "/DescendantFonts [<< /Type /Font "
    "/Subtype /CIDFontType0 /BaseFont /Ryumin-Light /CIDSystemInfo << /Registry (Adobe) /Ordering "
    "(Japan1) "
    "/Supplement 2 >> /DW 1000 >>] >>";

TEST(PdfLayout, CjkLinesAreJoinedWithoutBlanks) {
  PdfMaker maker;
  maker.set_font("F9", kJapaneseFont);
  maker.add_page(
      "BT /F9 10 Tf 50 700 Td <834a8369838a8341834a8369838a8341> Tj 0 -14 Td <834a8369838a8341> Tj "
      "ET\n");
  EXPECT_EQ(PdfRun(maker.make()).markdown(),
            "\u30AB\u30CA\u30EA\u30A2\u30AB\u30CA\u30EA\u30A2\u30AB\u30CA\u30EA\u30A2\n");
}

TEST(PdfLayout, VerticalWritingRunsDownAndToTheLeft) {
  PdfMaker maker;
  std::string font = kJapaneseFont;
  font.replace(font.find("RKSJ-H"), 6, "RKSJ-V");
  maker.set_font("F9", font);
  maker.add_page("BT /F9 10 Tf 300 700 Td <834a8369> Tj -14 0 Td <838a8341> Tj ET\n");
  EXPECT_EQ(PdfRun(maker.make()).markdown(), "\u30AB\u30CA\u30EA\u30A2\n");
}

TEST(PdfLayout, GlyphsPutBelowEachOtherAreVerticalWriting) {
  PdfMaker maker;
  maker.set_font("F9", kJapaneseFont);
  std::string content;
  const auto put = [&content](int x, int y) {
    for (const char* glyph : {"834a", "8369", "838a", "8341"}) {  // ka, na, ri, a
      content += "BT /F9 10 Tf " + std::to_string(x) + " " + std::to_string(y) + " Td <" + glyph +
                 "> Tj ET\n";
      y -= 11;
    }
  };
  for (int column = 0; column < 8; ++column) put(400 - 14 * column, 700);
  maker.add_page(content);
  std::string expected;
  for (int column = 0; column < 8; ++column) expected += "\u30AB\u30CA\u30EA\u30A2";
  EXPECT_EQ(PdfRun(maker.make()).markdown(), expected + "\n");
}

TEST(PdfLayout, ActualTextReplacesWhatIsDrawn) {
  EXPECT_EQ(
      page_markdown(
          "BT /F1 10 Tf 50 700 Td (pre) Tj /Span << /ActualText (fix) >> BDC (xyz) Tj EMC ET\n"),
      "prefix\n");
}

TEST(PdfLayout, TextOutsideThePageIsLeftOutAndTold) {
  PdfMaker maker;
  maker.add_page(show(50, 700, 10, "Inside.") + show(50, 900, 10, "above the page") +
                 show(150, 900, 10, "beside") + show(50, 920, 10, "higher"));
  maker.add_page(show(50, 700, 10, "Again.") + show(50, 900, 10, "above the page"));
  const PdfRun run(maker.make());
  EXPECT_EQ(run.markdown(), "Inside.\n\nAgain.\n");
  ASSERT_EQ(run.job->warnings().size(), 1U);
  EXPECT_EQ(run.job->warnings()[0].code, "left-out");
  EXPECT_EQ(run.job->warnings()[0].message,
            "3 lines of text outside of the pages are left out: \"above the page\" \"beside\" "
            "\"higher\"");
}

// It is told, too, if there is nothing else: on one page, or in the whole document.
TEST(PdfLayout, TextOutsideOfPagesWithoutTextIsTold) {
  const std::string outside = show(50, 900, 10, "above the page");
  for (const bool has_text : {true, false}) {
    PdfMaker maker;
    maker.add_page(outside);
    if (has_text) maker.add_page(show(50, 700, 10, "Inside."));
    const PdfRun run(maker.make());
    EXPECT_EQ(run.outcome, has_text ? Outcome::kOk : Outcome::kEmpty);
    ASSERT_EQ(run.job->warnings().size(), 1U);
    EXPECT_EQ(run.job->warnings()[0].message,
              "1 line of text outside of the page is left out: \"above the page\"");
  }
}

}  // namespace
}  // namespace sluice::test
