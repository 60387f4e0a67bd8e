#include "plugin/manifest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "platform/error.h"
#include "plugin/default_options.h"
#include "plugin_folder.h"

namespace sluice::plugin {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

// What the error says, with its next step; empty if there is none.
std::string refusal(const std::string& text) {
  try {
    parse_manifest(text, "/p");
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kUsage);
    return std::string(error.what()) + " | " + error.next();
  }
  return "";
}

std::string with(const std::string& more) {
  return PluginText{.more = more}.manifest();
}

std::string replaced(const std::string& from, const std::string& to) {
  std::string text = PluginText{}.manifest();
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(Manifest, ReadsEveryField) {
  const Manifest manifest = parse_manifest(
      with("description = \"d\"\npriority = 70\nmedia_types = [\"text/x-exa\"]\n"
           "magic = [{ offset = 2, hex = \"00ff\" }]\n"
           "needs = { siblings = true, threads = true }\n"
           "[converter.options.wrap]\ntype = \"integer\"\ndefault = 80\nminimum = 20\n"
           "description = \"columns\"\n"
           "[converter.options.style]\ntype = \"enum\"\ndefault = \"b\"\nvalues = [\"a\", \"b\"]\n"
           "description = \"looks\"\n"),
      "/p");
  EXPECT_EQ(manifest.id, "example");
  EXPECT_EQ(manifest.version, "1.2.3");
  EXPECT_EQ(manifest.abi_major, 1U);
  EXPECT_EQ(manifest.library_path(), "/p/example.so");
  ASSERT_EQ(manifest.converters.size(), 1U);
  const ConverterManifest& converter = manifest.converters[0];
  EXPECT_EQ(converter.priority, 70);
  EXPECT_TRUE(converter.needs.siblings);
  ASSERT_EQ(converter.magic.size(), 1U);
  EXPECT_EQ(converter.magic[0].offset, 2U);
  EXPECT_EQ(converter.magic[0].bytes, std::string("\0\xff", 2));
  ASSERT_EQ(converter.options.size(), 2U);
  EXPECT_EQ(converter.options[0].name, "wrap");
  EXPECT_EQ(std::get<std::int64_t>(converter.options[0].default_value), 80);
  EXPECT_EQ(std::get<std::string>(converter.options[1].default_value), "b");
}

TEST(Manifest, UnknownKeyNamesFileLineAndNearestKey) {
  EXPECT_THAT(refusal(with("extension = [\"x\"]\n")),
              AllOf(HasSubstr("/p/plugin.toml:12"), HasSubstr("unknown key \"extension\""),
                    HasSubstr("did you mean \"extensions\"?")));
}

TEST(Manifest, UnknownTableIsRefused) {
  EXPECT_THAT(refusal(PluginText{}.manifest() + "[converters]\n"),
              HasSubstr("did you mean \"converter\"?"));
}

TEST(Manifest, WrongTypeNamesLineAndRightType) {
  EXPECT_THAT(refusal(with("priority = \"high\"\n")),
              AllOf(HasSubstr("plugin.toml:12"), HasSubstr("\"priority\" is a string"),
                    HasSubstr("make it a whole number")));
}

TEST(Manifest, PriorityOutOfRangeIsRefused) {
  EXPECT_THAT(refusal(with("priority = 101\n")), HasSubstr("make it 0 to 100"));
}

TEST(Manifest, SyntaxErrorNamesItsLine) {
  EXPECT_THAT(refusal("[plugin]\nid = \n"), HasSubstr("/p/plugin.toml:2"));
}

TEST(Manifest, BadIdIsRefused) {
  EXPECT_THAT(refusal(replaced("id = \"example\"", "id = \"Exa mple\"")),
              AllOf(HasSubstr("\"Exa mple\" is not an id"), HasSubstr("beginning with a letter")));
}

TEST(Manifest, IdOf65LettersIsRefused) {
  EXPECT_THAT(refusal(replaced("id = \"example\"", "id = \"" + std::string(65, 'a') + "\"")),
              HasSubstr("is not an id"));
}

TEST(Manifest, MissingVersionIsRefused) {
  EXPECT_THAT(refusal(replaced("version = \"1.2.3\"\n", "")), HasSubstr("\"version\" is missing"));
}

TEST(Manifest, AbiWithoutMinorIsRefused) {
  EXPECT_THAT(refusal(replaced("abi = \"1.0\"", "abi = \"1\"")),
              HasSubstr("is not an ABI version"));
}

TEST(Manifest, LibraryOutsideTheFolderIsRefused) {
  EXPECT_THAT(refusal(replaced("\"example.so\"", "\"../example.so\"")),
              HasSubstr("is not a plain file name"));
}

TEST(Manifest, ShortHashIsRefused) {
  EXPECT_THAT(refusal(replaced("sha256 = \"", "sha256 = \"0")), HasSubstr("64 hexadecimal digits"));
}

TEST(Manifest, ExtensionWithDotIsRefused) {
  EXPECT_THAT(refusal(replaced("\"exa\"", "\".exa\"")), HasSubstr("without the dot"));
}

TEST(Manifest, ExtensionNamedTwiceIsRefused) {
  EXPECT_THAT(refusal(replaced("\"exa\"", "\"exa\", \"exa\"")), HasSubstr("stands twice"));
}

TEST(Manifest, MediaTypeInUpperCaseIsRefused) {
  EXPECT_THAT(refusal(with("media_types = [\"Text/HTML\"]\n")), HasSubstr("in lower case"));
}

TEST(Manifest, SameConverterTwiceIsRefused) {
  EXPECT_THAT(refusal(with("[[converter]]\nid = \"example\"\nextensions = [\"b\"]\n")),
              HasSubstr("the converter \"example\" stands twice"));
}

TEST(Manifest, ConverterThatTakesNothingIsRefused) {
  EXPECT_THAT(refusal(replaced("extensions = [\"exa\"]\n", "")), HasSubstr("takes nothing"));
}

TEST(Manifest, OddHexInMagicIsRefused) {
  EXPECT_THAT(refusal(with("magic = [{ hex = \"abc\" }]\n")), HasSubstr("two digits a byte"));
}

TEST(Manifest, OptionDefaultOutOfItsRangeIsRefused) {
  EXPECT_THAT(refusal(with("[converter.options.n]\ntype = \"integer\"\ndefault = 9\nmaximum = 5\n"
                           "description = \"d\"\n")),
              HasSubstr("\"default\" is 9"));
}

TEST(Manifest, ReadsNumbersListsPathsAndSecrets) {
  const Manifest manifest = parse_manifest(
      with("[converter.options.scale]\ntype = \"number\"\ndefault = 1.5\ndescription = \"d\"\n"
           "[converter.options.whole]\ntype = \"number\"\ndefault = 2\ndescription = \"d\"\n"
           "[converter.options.langs]\ntype = \"list\"\ndefault = [\"a\", \"b\"]\n"
           "description = \"d\"\n"
           "[converter.options.words]\ntype = \"path\"\ndescription = \"d\"\n"
           "[converter.options.password]\ntype = \"secret\"\ndescription = \"d\"\n"),
      "/p");
  const auto& options = manifest.converters[0].options;
  ASSERT_EQ(options.size(), 5u);
  EXPECT_EQ(std::get<double>(options[0].default_value), 1.5);
  EXPECT_EQ(std::get<double>(options[1].default_value), 2.0);
  EXPECT_EQ(std::get<std::vector<std::string>>(options[2].default_value),
            (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(options[3].type, Option::Type::kPath);
  EXPECT_EQ(options[4].type, Option::Type::kSecret);
}

TEST(Manifest, AStringMayComeFromTheLocale) {
  const Manifest manifest =
      parse_manifest(with("[converter.options.locale]\ntype = \"string\"\ndefault = \"\"\n"
                          "default_from = \"locale\"\ndescription = \"d\"\n"),
                     "/p");
  const ConverterManifest& converter = manifest.converters[0];
  ASSERT_TRUE(converter.options[0].from_locale);
  ::setenv("LC_ALL", "de_AT.UTF-8", 1);
  EXPECT_EQ(default_options(converter), R"({"locale":"de_AT"})");
  ::setenv("LC_ALL", "C.UTF-8", 1);
  EXPECT_EQ(default_options(converter), R"({"locale":""})");
  ::unsetenv("LC_ALL");
  EXPECT_THAT(refusal(with("[converter.options.n]\ntype = \"string\"\ndefault = \"\"\n"
                           "default_from = \"lokale\"\ndescription = \"d\"\n")),
              HasSubstr("did you mean \"locale\"?"));
}

TEST(Manifest, ASecretWithADefaultAndANetworkAreRefused) {
  EXPECT_THAT(refusal(with("[converter.options.password]\ntype = \"secret\"\ndefault = \"x\"\n"
                           "description = \"d\"\n")),
              HasSubstr("default"));
  EXPECT_THAT(refusal(with("needs = { network = true }\n")),
              HasSubstr("no converter gets a network"));
}

TEST(Manifest, OptionOfUnknownTypeIsRefused) {
  EXPECT_THAT(refusal(with("[converter.options.n]\ntype = \"bool\"\ndefault = true\n"
                           "description = \"d\"\n")),
              HasSubstr("did you mean \"boolean\"?"));
}

TEST(Manifest, EnumDefaultThatIsNoValueIsRefused) {
  EXPECT_THAT(refusal(with("[converter.options.n]\ntype = \"enum\"\ndefault = \"c\"\n"
                           "values = [\"a\"]\ndescription = \"d\"\n")),
              HasSubstr("\"c\" is not one of the values"));
}

TEST(Manifest, DeepTablesAreRefusedWithoutACrash) {
  std::string deep = "[plugin]\nx";
  for (int i = 0; i < 200'000; ++i) deep += ".x";
  EXPECT_NE(refusal(deep + " = 1\n"), "");
  EXPECT_NE(refusal("x = " + std::string(200'000, '[')), "");
}

TEST(Manifest, HugeFileIsRefused) {
  EXPECT_NE(refusal(std::string(2 << 20, '#')), "");
}

}  // namespace
}  // namespace sluice::plugin
