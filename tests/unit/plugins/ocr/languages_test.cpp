// SPDX-License-Identifier: Apache-2.0
//
// Which languages are recognized where the user names none.
#include "ocr/languages.hpp"

#include <gtest/gtest.h>

namespace sluice::ocr {
namespace {

using Names = std::vector<std::string>;

TEST(OcrLanguages, ALocaleNamesALanguage) {
  EXPECT_EQ(language_of_locale("de_AT"), "deu");
  EXPECT_EQ(language_of_locale("pt"), "por");
  EXPECT_EQ(language_of_locale("nn_NO"), "nor");
  EXPECT_EQ(language_of_locale("zh_HK"), "chi_tra");
  EXPECT_EQ(language_of_locale("zh_CN"), "chi_sim");
  EXPECT_EQ(language_of_locale("tlh"), "");
  EXPECT_EQ(language_of_locale(""), "");
}

TEST(OcrLanguages, ThatOfTheLocaleComesFirst) {
  EXPECT_EQ(default_languages({"deu", "eng", "fra"}, "fr_FR"), (Names{"fra", "deu", "eng"}));
  EXPECT_EQ(default_languages({"eng"}, "fr_FR"), (Names{"eng"})) << "its data are not there";
  EXPECT_EQ(default_languages({"deu", "eng"}, ""), (Names{"deu", "eng"}));
}

TEST(OcrLanguages, OfManyOnlyTheUsersAndEnglishAreChosen) {
  const Names many = {"ces", "deu", "eng", "fra", "ita"};
  EXPECT_EQ(default_languages(many, "it_CH"), (Names{"ita", "eng"}));
  EXPECT_EQ(default_languages(many, "en_US"), (Names{"eng"}));
  EXPECT_EQ(default_languages(many, ""), (Names{"eng"}));
  EXPECT_EQ(default_languages({"ces", "deu", "fra", "ita"}, ""), (Names{"ces"}));
}

}  // namespace
}  // namespace sluice::ocr
