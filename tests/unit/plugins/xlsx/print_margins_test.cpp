// SPDX-License-Identifier: Apache-2.0
//
// The code of a sheet's print headers and footers.
#include "xlsx/print_margins.hpp"

#include <gtest/gtest.h>

namespace sluice::xlsx {
namespace {

TEST(PrintMargins, AreTheTextOfTheirParts) {
  EXPECT_EQ(text_of_margin("&LLeft&CMiddle&R&\"Arial,Bold\"&12Right"), "Left Middle Right");
  EXPECT_EQ(text_of_margin("&CPage &P of &N"), "");
  EXPECT_EQ(text_of_margin("&CGates && Weirs"), "Gates & Weirs");
  EXPECT_EQ(text_of_margin("&KFF0000Red&K01+000 plain"), "Red plain");
}

// No field is longer than what belongs to it, and no character is cut.
TEST(PrintMargins, KeepCharactersWhole) {
  EXPECT_EQ(text_of_margin("&C&\u00A0Lower &\u00E9\u00E9brook"), "Lower \u00E9brook");
  EXPECT_EQ(text_of_margin("&C&K\u00E9\u00E9\u00E9\u00E9 brook"), "\u00E9\u00E9\u00E9\u00E9 brook");
  EXPECT_EQ(text_of_margin("&C&\"\u00E9"), "");
  EXPECT_EQ(text_of_margin("&Cbrook &"), "brook &");
}

}  // namespace
}  // namespace sluice::xlsx
