// Which of a converter's options go where.
#include "plugin/option_values.h"

#include <gtest/gtest.h>

namespace sluice::plugin {
namespace {

ConverterManifest converter() {
  ConverterManifest made;
  for (const auto& [name, type] :
       {std::pair("images", Option::Type::kBoolean), std::pair("password", Option::Type::kSecret),
        std::pair("words", Option::Type::kPath), std::pair("unset", Option::Type::kPath)}) {
    Option option;
    option.name = name;
    option.type = type;
    made.options.push_back(option);
  }
  return made;
}

TEST(OptionValues, SecretsStandApartAndFilesAreKnown) {
  const OptionValues values = option_values(
      converter(), R"({"images":true,"password":"hunter2","words":"/etc/words","unset":""})");
  EXPECT_EQ(values.json, R"({"images":true,"words":"/etc/words","unset":""})");
  EXPECT_EQ(values.secrets, R"({"password":"hunter2"})");
  EXPECT_EQ(values.files, (OptionFiles{{"words", "/etc/words"}}));
}

TEST(OptionValues, TheLocaleIsNoPartOfTheKey) {
  ConverterManifest made = converter();
  Option locale;
  locale.name = "locale";
  locale.type = Option::Type::kString;
  locale.from_locale = true;
  made.options.push_back(locale);
  const OptionValues german = option_values(made, R"({"images":true,"locale":"de_DE"})");
  EXPECT_EQ(german.json, R"({"images":true,"locale":"de_DE"})");
  EXPECT_EQ(german.hash(), option_values(made, R"({"images":true,"locale":""})").hash());
  EXPECT_NE(german.hash(), option_values(made, R"({"images":false,"locale":""})").hash());
}

}  // namespace
}  // namespace sluice::plugin
