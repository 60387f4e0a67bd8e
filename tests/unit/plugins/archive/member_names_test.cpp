// Names of members in encodings that the archive does not state.
#include "archive/member_names.hpp"

#include <gtest/gtest.h>

#include <sluice/plugin.hpp>

namespace sluice::archive {
namespace {

std::string decoded(const std::string& raw, const std::string& charset = "auto") {
  return MemberNames(charset).decoded(raw);
}

TEST(MemberNames, KeepsAsciiAndUtf8) {
  EXPECT_EQ(decoded("a/b.txt"), "a/b.txt");
  EXPECT_EQ(decoded("Grüße.txt"), "Grüße.txt");
}

TEST(MemberNames, ReadsShiftJis) {
  EXPECT_EQ(decoded("\x83\x65\x83\x58\x83\x67.txt"), "テスト.txt");
  EXPECT_EQ(decoded("\x90\xbf\x8b\x81\x8f\x91.pdf"), "請求書.pdf");
}

TEST(MemberNames, ReadsWesternNamesOfDosAsTheFormatSays) {
  EXPECT_EQ(decoded("caf\x82.txt"), "café.txt");
  EXPECT_EQ(decoded("Kn\x94"
                    "del.txt"),
            "Knödel.txt");
  EXPECT_EQ(decoded("r\x82sum\x82.txt"), "résumé.txt");
  EXPECT_EQ(decoded("\x9A"
                    "bung.doc"),
            "Übung.doc");
  EXPECT_EQ(decoded("Ma\xe1"
                    "e und Gr\x94\xe1"
                    "en.xls"),
            "Maße und Größen.xls");
  EXPECT_EQ(decoded("ni\xa4os.txt"), "niños.txt");
}

TEST(MemberNames, ReadsRussianNamesOfDos) {
  MemberNames names("auto");
  const std::string report =
      "\x8e\xe2\xe7\xa5\xe2 \xa7\xa0 \xaf\xa5\xe0\xa2\xeb\xa9 \xaa\xa2\xa0\xe0\xe2\xa0\xab.doc";
  names.learn(report);
  EXPECT_EQ(names.decoded(report), "Отчет за первый квартал.doc");
}

TEST(MemberNames, ReadsChineseAndKoreanNames) {
  EXPECT_EQ(decoded("\xb9\xa4\xd7\xf7\xb1\xa8\xb8\xe6\xd7\xdc\xbd\xe1.doc"), "工作报告总结.doc");
}

// One name alone says little; those beside it in the archive do.
TEST(MemberNames, LearnsFromAllNames) {
  MemberNames names("auto");
  names.learn("\x83\x65\x83\x58\x83\x67.txt");
  names.learn("\x90\xbf\x8b\x81\x8f\x91.pdf");
  EXPECT_EQ(names.decoded("\x95\x5c.xls"), "表.xls");
}

TEST(MemberNames, DoesAsTheUserSays) {
  EXPECT_EQ(decoded("\xcf\xf0\xe8\xe2\xe5\xf2.txt", "windows-1251"), "Привет.txt");
  EXPECT_THROW(MemberNames("no-such-encoding"), Failure);
}

}  // namespace
}  // namespace sluice::archive
