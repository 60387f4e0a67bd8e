#include <gtest/gtest.h>

#include <cctype>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/counted.hpp>
#include <sluice/dates.hpp>
#include <sluice/list_marks.hpp>
#include <sluice/utf8.hpp>
#include <string>

namespace sluice {
namespace {

TEST(Counted, SaysOneOrMany) {
  EXPECT_EQ(counted(0, "page"), "0 pages");
  EXPECT_EQ(counted(1, "page"), "1 page");
  EXPECT_EQ(counted(2, "page"), "2 pages");
  EXPECT_EQ(counted(1, "row is missing", "rows are missing"), "1 row is missing");
  EXPECT_EQ(counted(21, "row is missing", "rows are missing"), "21 rows are missing");
}

// The C library in the locale "C" is the judge.
TEST(Ascii, ClassesAgreeWithTheCLibrary) {
  for (int c = 0; c < 0x80; ++c) {
    const auto character = static_cast<char32_t>(c);
    EXPECT_EQ(is_ascii_digit(character), std::isdigit(c) != 0) << c;
    EXPECT_EQ(is_ascii_lower(character), std::islower(c) != 0) << c;
    EXPECT_EQ(is_ascii_upper(character), std::isupper(c) != 0) << c;
    EXPECT_EQ(is_ascii_letter(character), std::isalpha(c) != 0) << c;
    EXPECT_EQ(is_ascii_alphanumeric(character), std::isalnum(c) != 0) << c;
    EXPECT_EQ(is_ascii_punctuation(character), std::ispunct(c) != 0) << c;
    EXPECT_EQ(hex_value(character) >= 0, std::isxdigit(c) != 0) << c;
    EXPECT_EQ(ascii_lower(static_cast<char>(c)), static_cast<char>(std::tolower(c))) << c;
    EXPECT_EQ(ascii_upper(static_cast<char>(c)), static_cast<char>(std::toupper(c))) << c;
    EXPECT_EQ(kAsciiBlanks.find(static_cast<char>(c)) != std::string_view::npos,
              std::isspace(c) != 0)
        << c;
  }
}

TEST(Ascii, BytesBeyondAreInNoClass) {
  for (int byte = 0x80; byte < 0x100; ++byte) {
    const char c = static_cast<char>(byte);
    EXPECT_FALSE(is_ascii_alphanumeric(c) || is_ascii_punctuation(c)) << byte;
    EXPECT_EQ(hex_value(c), -1) << byte;
    EXPECT_EQ(ascii_lower(c), c) << byte;
    EXPECT_EQ(ascii_upper(c), c) << byte;
  }
}

TEST(Ascii, TextsChangeTheirCase) {
  EXPECT_EQ(ascii_upper(std::string_view("Begin-1 \xC3\xA9z")), "BEGIN-1 \xC3\xA9Z");
  EXPECT_EQ(ascii_lower(std::string_view("Begin-1 \xC3\x89Z")), "begin-1 \xC3\x89z");
}

TEST(Ascii, HexValuesCount) {
  int expected = 0;
  for (const char c : std::string_view("0123456789abcdef")) EXPECT_EQ(hex_value(c), expected++);
  EXPECT_EQ(hex_value('F'), 15);
}

TEST(Ascii, ComparesWithoutCase) {
  EXPECT_TRUE(equal_ignoring_ascii_case("Image/PNG", "image/png"));
  EXPECT_FALSE(equal_ignoring_ascii_case("a", "ab"));
  EXPECT_FALSE(equal_ignoring_ascii_case("\xC3\x89", "\xC3\xA9"));
  EXPECT_TRUE(starts_with_ignoring_ascii_case("DATA:x", "data:"));
  EXPECT_FALSE(starts_with_ignoring_ascii_case("dat", "data:"));
  EXPECT_TRUE(ends_with_ignoring_ascii_case("a.XHTML", ".xhtml"));
  EXPECT_FALSE(ends_with_ignoring_ascii_case("l", ".html"));
}

TEST(Blanks, AreTrimmedAtBothEnds) {
  EXPECT_EQ(trimmed(" \t\r\n\f\va b \n"), "a b");
  EXPECT_EQ(trimmed("\n\n"), "");
  EXPECT_EQ(trimmed(""), "");
  EXPECT_EQ(trimmed("\n a ", " "), "\n a");
}

TEST(Blanks, OfAnyWidthAreBlank) {
  EXPECT_TRUE(is_blank(""));
  EXPECT_TRUE(is_blank(" \t\r\n\v\f"));
  EXPECT_TRUE(is_blank("\u00A0\u2003\u200B\u202F\u3000\uFEFF"));
  EXPECT_FALSE(is_blank(" ."));
  EXPECT_FALSE(is_blank("\u00E0"));  // shares a byte with U+00A0
  EXPECT_FALSE(is_blank("\xC2"));    // no character at all: a reader sees U+FFFD
  EXPECT_FALSE(is_blank("\u200D"));
}

TEST(Blanks, BecomeOneInALine) {
  EXPECT_EQ(one_line(" a \r\n\t b\n"), "a b");
  EXPECT_EQ(one_line(" \n"), "");
  EXPECT_EQ(one_line("caf\u00E9", 4), "caf");
  EXPECT_EQ(one_line("a bc", 2), "a");
  EXPECT_EQ(one_line(std::string(20'000, 'x')).size(), 8u * 1024);
  EXPECT_EQ(one_line("a  b", std::string_view::npos), "a b");
}

TEST(Dates, AreReadAsFarAsTheyGo) {
  EXPECT_EQ(iso_date("2024-03-01"), "2024-03-01");
  EXPECT_EQ(iso_date(" 2024-03-01T10:00:00Z\n"), "2024-03-01T10:00:00Z");
  EXPECT_EQ(iso_date("2024-03-01 10:00"), "2024-03-01");
  EXPECT_EQ(iso_date("2024-03"), "");
  EXPECT_EQ(iso_date("2024-03", DatePrecision::kMonth), "2024-03");
  EXPECT_EQ(iso_date("2024-3", DatePrecision::kYear), "2024");
  EXPECT_EQ(iso_date("203", DatePrecision::kYear), "");
  EXPECT_EQ(iso_date("01/03/2024", DatePrecision::kYear), "");
  EXPECT_EQ(iso_date_size("2024-03-0x"), 7u);
}

TEST(ListMarks, AreBulletsOrBoxes) {
  EXPECT_EQ(bullet_of(U'\u2022'), Bullet::kSure);
  EXPECT_EQ(bullet_of(U'-'), Bullet::kPossible);
  EXPECT_EQ(bullet_of(U'\u2610'), Bullet::kBox);
  EXPECT_EQ(bullet_of(U'a'), Bullet::kNone);
  EXPECT_EQ(task_of(U'\u2612'), Task::kDone);
  EXPECT_EQ(task_of(U'\u25A1'), Task::kNone);
}

TEST(ListMarks, TaskBoxesHaveTheirSize) {
  EXPECT_EQ(task_box_of("\u2610 buy").task, Task::kOpen);
  EXPECT_EQ(task_box_of("\u2611").task, Task::kDone);
  EXPECT_EQ(task_box_of("\u2611 ").size, 3u);
  EXPECT_EQ(task_box_of("buy \u2610").task, Task::kNone);
  EXPECT_EQ(task_box_of("").size, 0u);
}

TEST(Utf8Steps, VisitEachCharacterOnce) {
  const std::string text = "a\u00E9\u3042\U0001F600\xFF";
  std::u32string seen;
  for (std::size_t at = 0; at < text.size();) seen += next_char(text, at);
  EXPECT_EQ(seen, U"a\u00E9\u3042\U0001F600\uFFFD");
  EXPECT_EQ(first_char("\u3042a"), U'\u3042');
  EXPECT_EQ(last_char("a\U0001F600"), U'\U0001F600');
  EXPECT_EQ(last_char("\x80\x80\x80\x80\x80"), U'\uFFFD');
  EXPECT_EQ(first_char(""), U'\0');
  EXPECT_EQ(last_char(""), U'\0');
}

}  // namespace
}  // namespace sluice
