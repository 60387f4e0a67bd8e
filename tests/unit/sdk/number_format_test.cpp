#include <gtest/gtest.h>

#include <sluice/number_format.hpp>
#include <string>

namespace sluice {
namespace {

std::string shown(double value, std::string_view code, Epoch epoch = Epoch::k1900,
                  DateStyle style = DateStyle::kShown) {
  return NumberFormat(code).number(value, epoch, style);
}

TEST(NumberFormat, GeneralShowsFifteenDigits) {
  EXPECT_EQ(general_number(0), "0");
  EXPECT_EQ(general_number(-1234.5678), "-1234.5678");
  EXPECT_EQ(general_number(1.0 / 3), "0.333333333333333");
  EXPECT_EQ(general_number(2.0 / 3), "0.666666666666667");
  EXPECT_EQ(general_number(0.1 + 0.2), "0.3");
  EXPECT_EQ(general_number(99999.99999999999), "100000");
  EXPECT_EQ(general_number(1e15), "1000000000000000");
  EXPECT_EQ(general_number(1.5e-7), "0.00000015");
}

TEST(NumberFormat, GeneralTurnsToExponentsFarOut) {
  EXPECT_EQ(general_number(1e16), "1E+16");
  EXPECT_EQ(general_number(1.25e100), "1.25E+100");
  EXPECT_EQ(general_number(-1e-10), "-1E-10");
}

TEST(NumberFormat, RoundsHalfAwayFromZero) {
  EXPECT_EQ(shown(2.5, "0"), "3");
  EXPECT_EQ(shown(-2.5, "0"), "-3");
  EXPECT_EQ(shown(1.005, "0.00"), "1.01");  // the decimal number, not the binary one
  EXPECT_EQ(shown(999.999, "0.00"), "1000.00");
  EXPECT_EQ(shown(0.5, "0"), "1");
}

TEST(NumberFormat, LosesTheSignOfWhatRoundsToZero) {
  EXPECT_EQ(shown(-0.004, "0.00"), "0.00");
  EXPECT_EQ(shown(-0.004, "0.00;-0.00"), "-0.00");
}

TEST(NumberFormat, FillsPlaces) {
  EXPECT_EQ(shown(5, "000"), "005");
  EXPECT_EQ(shown(0, "#"), "");
  EXPECT_EQ(shown(0.25, "#.##"), ".25");
  EXPECT_EQ(shown(5, "#.##"), "5");
  EXPECT_EQ(shown(1234.5, "0.0#"), "1234.5");
  EXPECT_EQ(shown(0.25, "0.???"), "0.25");
  EXPECT_EQ(shown(12345678901, "(000) 000-0000"), "(1234) 567-8901");
  EXPECT_EQ(shown(1235, "00\"-\"00"), "12-35");
}

TEST(NumberFormat, GroupsThousandsAndDividesByThem) {
  EXPECT_EQ(shown(1234567.891, "#,##0.00"), "1,234,567.89");
  EXPECT_EQ(shown(123, "#,##0"), "123");
  EXPECT_EQ(shown(1234567, "0.0,,"), "1.2");
  EXPECT_EQ(shown(1234567, "#,##0,\"k\""), "1,235k");
}

TEST(NumberFormat, ShowsPercentAndCurrency) {
  EXPECT_EQ(shown(0.256, "0%"), "26%");
  EXPECT_EQ(shown(0.256, "0.0 %"), "25.6 %");
  EXPECT_EQ(shown(1234.5, "$#,##0.00"), "$1,234.50");
  EXPECT_EQ(shown(-1234.5, "[$€-407] #,##0.00"), "-€ 1,234.50");
  EXPECT_EQ(shown(1234.5, "#,##0.00\\ [$€-407]"), "1,234.50 €");
  EXPECT_EQ(shown(5, "[$USD] 0"), "USD 5");
}

TEST(NumberFormat, ChoosesTheSection) {
  const char* accounting = "_(* #,##0_);_(* \\(#,##0\\);_(* \"-\"_);_(@_)";
  EXPECT_EQ(shown(1234, accounting), "1,234");
  EXPECT_EQ(shown(-1234, accounting), "(1,234)");
  EXPECT_EQ(shown(0, accounting), "-");
  EXPECT_EQ(shown(500, "[>100]\"big\";[<0]\"neg\";0.0"), "big");
  EXPECT_EQ(shown(-5, "[>100]\"big\";[<0]\"neg\";0.0"), "neg");
  EXPECT_EQ(shown(5, "[>100]\"big\";[<0]\"neg\";0.0"), "5.0");
  EXPECT_EQ(shown(7, ";;;"), "");
  EXPECT_EQ(shown(7, "\"text only\""), "text only");
  EXPECT_EQ(shown(-5, "[Red]0;[Blue]-0"), "-5");
}

TEST(NumberFormat, ShowsExponentsAndFractions) {
  EXPECT_EQ(shown(1234.5678, "0.00E+00"), "1.23E+03");
  EXPECT_EQ(shown(0.25, "0.00E+00"), "2.50E-01");
  EXPECT_EQ(shown(45123.75, "##0.0E+0"), "45.1E+3");
  EXPECT_EQ(shown(0, "0.0E+0"), "0.0E+0");
  EXPECT_EQ(shown(9.999, "0.0E+0"), "1.0E+1");
  EXPECT_EQ(shown(1234.5678, "# ?/?"), "1234 4/7");
  EXPECT_EQ(shown(0.25, "# ?/8"), "2/8");
  EXPECT_EQ(shown(2.5, "?/?"), "5/2");
  EXPECT_EQ(shown(5, "# ?\?/??"), "5");
}

TEST(NumberFormat, ShowsDates) {
  EXPECT_EQ(shown(45123.756789, "yyyy-mm-dd"), "2023-07-16");
  EXPECT_EQ(shown(45123, "dddd, mmmm d, yyyy"), "Sunday, July 16, 2023");
  EXPECT_EQ(shown(45123, "d-mmm-yy"), "16-Jul-23");
  EXPECT_EQ(shown(45123, "mmmmm"), "J");
  EXPECT_EQ(shown(45123, "[$-407]d. mmmm yyyy"), "16. Juli 2023");
  EXPECT_EQ(shown(45123, "[$-40C]d mmmm yyyy"), "16 juillet 2023");
  EXPECT_EQ(shown(45123, "yyyy\"年\"m\"月\"d\"日\""), "2023年7月16日");
  EXPECT_EQ(shown(44197, "[$-411]ggge\"年\"m\"月\"d\"日\";@"), "令和3年1月1日");
}

TEST(NumberFormat, TellsMinutesFromMonths) {
  EXPECT_EQ(shown(45123.756789, "h:mm"), "18:09");
  EXPECT_EQ(shown(45123.756789, "mm:ss"), "09:47");
  EXPECT_EQ(shown(45123.756789, "yyyy-mm-dd hh:mm:ss"), "2023-07-16 18:09:47");
  EXPECT_EQ(shown(45123.756789, "m/d h:mm AM/PM"), "7/16 6:09 PM");
}

TEST(NumberFormat, ShowsTimesAndDurations) {
  EXPECT_EQ(shown(0.5, "h:mm AM/PM"), "12:00 PM");
  EXPECT_EQ(shown(0, "h:mm AM/PM"), "12:00 AM");
  EXPECT_EQ(shown(1.25, "[h]:mm:ss"), "30:00:00");
  EXPECT_EQ(shown(10.632060185185185, "[hh]:mm:ss"), "255:10:10");
  EXPECT_EQ(shown(1.25, "[mm]:ss"), "1800:00");
  EXPECT_EQ(shown(-0.25, "[h]:mm"), "-6:00");
  EXPECT_EQ(shown(0.999999999, "[h]:mm:ss"), "24:00:00");
  EXPECT_EQ(shown(2.999999, "yyyy-mm-dd hh:mm:ss.000"), "1900-01-02 23:59:59.914");
  // Stored as a whole second with the error of a double.
  EXPECT_EQ(shown(45123.75675925925, "hh:mm:ss"), "18:09:44");
}

TEST(NumberFormat, KnowsTheLeapDayThatNeverWas) {
  EXPECT_EQ(shown(1, "yyyy-mm-dd"), "1900-01-01");
  EXPECT_EQ(shown(59, "yyyy-mm-dd"), "1900-02-28");
  EXPECT_EQ(shown(60, "yyyy-mm-dd"), "1900-02-29");
  EXPECT_EQ(shown(61, "yyyy-mm-dd"), "1900-03-01");
}

TEST(NumberFormat, CountsFrom1904) {
  EXPECT_EQ(shown(0, "yyyy-mm-dd", Epoch::k1904), "1904-01-01");
  EXPECT_EQ(shown(43661, "yyyy-mm-dd", Epoch::k1904), "2023-07-16");
}

TEST(NumberFormat, ShowsWhatCannotBeADateAsANumber) {
  EXPECT_EQ(shown(-5, "yyyy-mm-dd"), "-5");
  EXPECT_EQ(shown(1e10, "yyyy-mm-dd"), "10000000000");
  EXPECT_EQ(shown(2'958'465, "yyyy-mm-dd"), "9999-12-31");
  EXPECT_EQ(shown(2'958'466, "yyyy-mm-dd"), "2958466");
}

TEST(NumberFormat, WritesWholeDatesAsIsoIfAsked) {
  EXPECT_EQ(shown(45123.75, "d/m/yy", Epoch::k1900, DateStyle::kIso), "2023-07-16");
  EXPECT_EQ(shown(45123.75, "m/d/yy h:mm", Epoch::k1900, DateStyle::kIso), "2023-07-16 18:00");
  EXPECT_EQ(shown(45123.75, "mmm yyyy", Epoch::k1900, DateStyle::kIso), "Jul 2023");
  EXPECT_EQ(shown(1.25, "[h]:mm", Epoch::k1900, DateStyle::kIso), "30:00");
}

TEST(NumberFormat, KnowsFormatsByNumber) {
  EXPECT_EQ(NumberFormat::builtin(4).number(1234.5), "1,234.50");
  EXPECT_EQ(NumberFormat::builtin(10).number(0.5), "50.00%");
  EXPECT_EQ(NumberFormat::builtin(44).number(-12), "$(12.00)");
  EXPECT_EQ(NumberFormat::builtin(46).number(1.5), "36:00:00");
  EXPECT_EQ(NumberFormat::builtin(9999).number(1.5), "1.5");
}

TEST(NumberFormat, WritesDatesOfTheReadersSystemAsIso) {
  EXPECT_EQ(NumberFormat::builtin(14).number(45123.75), "2023-07-16");
  EXPECT_EQ(NumberFormat::builtin(22).number(45123.25), "2023-07-16 06:00");
}

TEST(NumberFormat, ShowsText) {
  EXPECT_EQ(NumberFormat("@").text("a"), "a");
  EXPECT_EQ(NumberFormat("0.0").text("a"), "a");
  EXPECT_EQ(NumberFormat("0;0;0;\"<\"@\">\"").text("a"), "<a>");
  EXPECT_EQ(NumberFormat(";;;").text("a"), "");
}

TEST(NumberFormat, NeverFails) {
  for (const char* code : {"",
                           "\"",
                           "[",
                           "[$",
                           "\\",
                           "_",
                           "*",
                           "[>",
                           "[h",
                           "0E+",
                           "/",
                           "?/",
                           "0/0/0",
                           "E+0",
                           ".",
                           ",",
                           "%",
                           "[>x]0",
                           "yyyyyyyyyyyy",
                           "0.00.00",
                           "[$-zzz]0",
                           "\xff\xfe",
                           "hhhhhh:mmmmmm",
                           "#?0#?0.0?#0?#E+0#?",
                           "AM/PM",
                           "s.000000000"}) {
    for (const double value : {0.0, 1.5, -1.5, 1e300, -1e300, 1e-300, 45123.75}) {
      shown(value, code);
    }
    NumberFormat(code).text("x");
  }
  EXPECT_EQ(shown(1.0 / 0.0, "0"), "#NUM!");
}

// Seconds are rounded to what is shown of them; minutes and hours are cut off.
TEST(NumberFormat, RoundsSecondsAndCutsMinutes) {
  const auto shown = [](const char* code, double serial) {
    return NumberFormat(code).number(serial);
  };
  EXPECT_EQ(shown("hh:mm:ss", 12345.6789), "16:17:37");
  EXPECT_EQ(shown("hh:mm:ss.0", 12345.6789), "16:17:37.0");
  EXPECT_EQ(shown("hh:mm:ss.000", 12345.6789), "16:17:36.960");
  EXPECT_EQ(shown("hh:mm", 12345.6789), "16:17");
  EXPECT_EQ(shown("yyyy-mm-dd hh:mm:ss", 12345 + 86399.7 / 86400), "1933-10-19 00:00:00");
  for (int tenths = 0; tenths < 864'000; tenths += 997) {
    const int rounded = (tenths + 5) / 10 % 86'400;
    char expected[16];
    std::snprintf(expected, sizeof expected, "%02d:%02d:%02d", rounded / 3600, rounded / 60 % 60,
                  rounded % 60);
    EXPECT_EQ(shown("hh:mm:ss", 40000 + tenths / 864'000.0), expected) << tenths;
  }
}

}  // namespace
}  // namespace sluice
