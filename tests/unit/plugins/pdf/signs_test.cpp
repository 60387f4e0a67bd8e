// SPDX-License-Identifier: Apache-2.0
//
// Signs that a page draws: bullets, boxes to tick, the buttons of a form.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pdf_maker.h"

namespace sluice::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string square(double x, double y, double side, const char* how) {
  char buffer[120];
  std::snprintf(buffer, sizeof buffer, "%g %g %g %g re %s\n", x, y, side, side, how);
  return buffer;
}
// Two lines from corner to corner.
std::string cross(double x, double y, double side) {
  char buffer[200];
  std::snprintf(buffer, sizeof buffer, "%g %g m %g %g l %g %g m %g %g l S\n", x, y, x + side,
                y + side, x, y + side, x + side, y);
  return buffer;
}
// A disc as programs draw it: four curves.
std::string disc(double x, double y, double r) {
  const double k = 0.5523 * r;
  char buffer[400];
  std::snprintf(buffer, sizeof buffer,
                "%g %g m %g %g %g %g %g %g c %g %g %g %g %g %g c %g %g %g %g %g %g c "
                "%g %g %g %g %g %g c h f\n",
                x + r, y, x + r, y + k, x + k, y + r, x, y + r, x - k, y + r, x - r, y + k, x - r,
                y, x - r, y - k, x - k, y - r, x, y - r, x + k, y - r, x + r, y - k, x + r, y);
  return buffer;
}

TEST(PdfSigns, DiscsBeforeLinesAreBullets) {
  const std::string text = page_markdown(show(50, 720, 10, "Bring with you:") + disc(64, 703, 1.8) +
                                         show(74, 700, 10, "a warm coat") + disc(64, 689, 1.8) +
                                         show(74, 686, 10, "two lamps") + disc(64, 675, 1.8) +
                                         show(74, 672, 10, "rope"));
  EXPECT_THAT(text, HasSubstr("- a warm coat\n- two lamps\n- rope\n"));
}

TEST(PdfSigns, OneDiscAloneIsDecoration) {
  const std::string text =
      page_markdown(show(50, 720, 10, "Before it.") + disc(64, 703, 1.8) +
                    show(74, 700, 10, "a line with a dot that somebody drew before it"));
  EXPECT_THAT(text, Not(HasSubstr("- a line")));
}

TEST(PdfSigns, TheKeysOfALegendAreNoBullets) {
  const std::string text =
      page_markdown("1 0 0 rg " + square(60, 701, 5, "f") + show(74, 700, 10, "2021") +
                    "0 1 0 rg " + square(60, 687, 5, "f") + show(74, 686, 10, "2022") +
                    "0 0 1 rg " + square(60, 673, 5, "f") + show(74, 672, 10, "2023"));
  EXPECT_THAT(text, Not(HasSubstr("- 20")));
}

TEST(PdfSigns, BoxesBeforeLinesAreTasksWithTheirState) {
  const std::string text = page_markdown(
      show(50, 720, 10, "Check all that apply:") + square(60, 699, 9, "S") + cross(60, 699, 9) +
      show(76, 700, 10, "law enforcement was told") + square(60, 683, 9, "S") +
      show(76, 684, 10, "the case was closed") + square(60, 667, 9, "S") + show(61.5, 668, 9, "X") +
      show(76, 668, 10, "somebody moved out"));
  EXPECT_THAT(text, HasSubstr("- [x] law enforcement was told\n- [ ] the case was closed\n- [x] "
                              "somebody moved out\n"));
}

TEST(PdfSigns, AChoiceWithinALineStaysALine) {
  const std::string text = page_markdown(show(50, 700, 10, "Gender:") + square(92, 699, 8, "S") +
                                         show(104, 700, 10, "female") + square(140, 699, 8, "S") +
                                         cross(140, 699, 8) + show(152, 700, 10, "male"));
  EXPECT_THAT(text, HasSubstr("Gender: \u2610 female \u2612 male"));
  const std::string first = page_markdown(
      square(50, 699, 8, "S") + show(62, 700, 10, "Yes") + square(90, 699, 8, "S") +
      cross(90, 699, 8) + show(102, 700, 10, "No") + show(130, 700, 10, "Were charges filed?"));
  EXPECT_THAT(first, HasSubstr("\u2610 Yes \u2612 No Were charges filed?"));
}

TEST(PdfSigns, SquaresInARowAreAGridToWriteIn) {
  std::string page = show(50, 700, 10, "Date:");
  for (int i = 0; i < 8; ++i) page += square(84 + 12 * i, 698, 12, "S");
  EXPECT_THAT(page_markdown(page), Not(HasSubstr("\u2610")));
}

// It has the look of plain text, though no page has a font.
TEST(PdfSigns, AFormsButtonMayBeAllThereIs) {
  PdfMaker maker;
  const int button = maker.add(
      "<< /Type /Annot /Subtype /Widget /FT /Btn /T (b) /Rect [150 698 160 708] "
      "/AP << /N << /Yes 20 0 R /Off 20 0 R >> >> /F 4 /AS /Yes /V /Yes >>");
  const std::string field = std::to_string(button) + " 0 R";
  maker.set_catalog("/AcroForm << /Fields [" + field + "] >>");
  maker.add_page("", "", "/Annots [" + field + "]");
  EXPECT_THAT(PdfRun(maker.make()).markdown(), HasSubstr("\u2612"));
}

TEST(PdfSigns, AFormsButtonsShowTheirState) {
  PdfMaker maker;
  const auto button = [&](int y, const char* flags, const char* state) {
    return maker.add("<< /Type /Annot /Subtype /Widget /FT /Btn /T (b" + std::to_string(y) +
                     ") /Rect [150 " + std::to_string(y) + " 160 " + std::to_string(y + 10) +
                     "] /AP << /N << /Yes 20 0 R /Off 20 0 R >> >> /F 4 " + flags + " /AS /" +
                     state + " /V /" + state + " >>");
  };
  std::string fields;
  for (const int field : {button(698, "", "Yes"), button(678, "", "Off"),
                          button(658, "/Ff 32768", "Yes"), button(638, "/Ff 65536", "Off")}) {
    fields += std::to_string(field) + " 0 R ";
  }
  maker.set_catalog("/AcroForm << /Fields [" + fields + "] >>");
  maker.add_page(show(50, 700, 10, "I agree to it all:") + show(50, 680, 10, "Newsletter:") +
                     show(50, 660, 10, "By post:") + show(50, 640, 10, "Send:"),
                 "", "/Annots [" + fields + "]");
  const std::string text = PdfRun(maker.make()).markdown();
  EXPECT_THAT(text, HasSubstr("I agree to it all: \u2612"));
  EXPECT_THAT(text, HasSubstr("Newsletter: \u2610"));
  EXPECT_THAT(text, HasSubstr("By post: \u2612"));
  EXPECT_THAT(text, Not(HasSubstr("Send: \u2610")));  // a push button has no state
}

}  // namespace
}  // namespace sluice::test
