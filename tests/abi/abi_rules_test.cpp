// The forms of metadata, each with what just fits and what just does not.
#include <gtest/gtest.h>

#include <sluice/abi_rules.hpp>

namespace sluice::abi_rules {
namespace {

TEST(AbiRules, Dates) {
  for (const char* date : {"2024", "2024-05", "2024-05-31", "2024-05-31T12:00",
                           "2024-05-31T12:00:59", "2024-05-31T12:00:59.123", "2024-05-31T12:00Z",
                           "2024-05-31T12:00:00+02:00", "2024-05-31T12:00:00-0530", "0001-01-01"}) {
    EXPECT_TRUE(is_iso_date(date)) << date;
  }
  for (const char* text : {"",
                           "yesterday",
                           "24",
                           "2024-",
                           "2024-13",
                           "2024-00",
                           "2024-05-32",
                           "2024-5-3",
                           "2024/05/31",
                           "2024-05-31 12:00",
                           "2024-05-31T",
                           "2024-05-31T12",
                           "2024-05-31T12:60",
                           "2024-05-31T12:00:00.",
                           "2024-05-31T12:00z",
                           "2024-05-31T12:00+",
                           "2024-05-31T12:00+2",
                           "2024-05-31T12:00Zx",
                           "20240531",
                           "D:20240531"}) {
    EXPECT_FALSE(is_iso_date(text)) << text;
  }
}

TEST(AbiRules, Languages) {
  for (const char* tag : {"en", "en-GB", "zh-Hant-TW", "x-klingon", "de-1996"}) {
    EXPECT_TRUE(is_language_tag(tag)) << tag;
  }
  for (const char* text :
       {"", "-", "en-", "en_GB", "klingon!!", "englishlanguage", "1996", "en--GB"}) {
    EXPECT_FALSE(is_language_tag(text)) << text;
  }
}

TEST(AbiRules, FaultsNameTheValue) {
  EXPECT_EQ(metadata_fault("created", "2024"), "");
  EXPECT_EQ(metadata_fault("title", "yesterday"), "");
  EXPECT_NE(metadata_fault("created", "yesterday").find("created \"yesterday\""),
            std::string::npos);
  EXPECT_NE(metadata_fault("pages", "many"), "");
  EXPECT_NE(metadata_fault("pages", "-1"), "");
  EXPECT_EQ(metadata_fault("pages", "12"), "");
}

}  // namespace
}  // namespace sluice::abi_rules
