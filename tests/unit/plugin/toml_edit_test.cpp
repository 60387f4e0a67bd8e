// Changing one list in somebody's file: everything else stays byte for byte.
#include "plugin/toml_edit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/error.h"

namespace sluice::plugin {
namespace {

std::string changed(const std::string& text, const std::vector<std::string>& values = {"a", "b"}) {
  return with_toml_list(text, "config.toml", "plugins", "deny", values);
}

TEST(TomlEdit, AddsTheTableToAFileWithoutIt) {
  EXPECT_EQ(changed(""), "[plugins]\ndeny = [\"a\", \"b\"]\n");
  EXPECT_EQ(changed("x = 1\n"), "x = 1\n\n[plugins]\ndeny = [\"a\", \"b\"]\n");
  EXPECT_EQ(changed("x = 1"), "x = 1\n\n[plugins]\ndeny = [\"a\", \"b\"]\n");
}

TEST(TomlEdit, AddsTheKeyBehindItsHeader) {
  EXPECT_EQ(changed("# mine\n[plugins] # these\norder = [\"x\"]\n\n[limits]\ntimeout = 3\n"),
            "# mine\n[plugins] # these\ndeny = [\"a\", \"b\"]\norder = [\"x\"]\n\n[limits]\n"
            "timeout = 3\n");
  EXPECT_EQ(changed("[plugins]"), "[plugins]\ndeny = [\"a\", \"b\"]\n");
}

TEST(TomlEdit, ReplacesTheListInItsPlace) {
  EXPECT_EQ(changed("[plugins]\ndeny = ['x']  # why\norder = []\n", {}),
            "[plugins]\ndeny = []  # why\norder = []\n");
}

TEST(TomlEdit, ReplacesAListOfSeveralLinesWithBracketsInIt) {
  EXPECT_EQ(changed("[plugins]\r\ndeny = [ # one ] of \"them\n  \"x]\\\"]\",\n  'y[\"',\n]\n"
                    "order = [\"z\"]\n",
                    {"q"}),
            "[plugins]\r\ndeny = [\"q\"]\norder = [\"z\"]\n");
}

TEST(TomlEdit, CountsCharactersAndNotBytes) {
  EXPECT_EQ(
      changed("'\xC3\xA4\xF0\x9F\x98\x80' = 1\nplugins.order = []\nplugins.deny = ['x']\n", {"q"}),
      "'\xC3\xA4\xF0\x9F\x98\x80' = 1\nplugins.order = []\nplugins.deny = [\"q\"]\n");
}

TEST(TomlEdit, EscapesWhatItWrites) {
  EXPECT_EQ(changed("", {"a\"\n"}), "[plugins]\ndeny = [\"a\\\"\\u000a\"]\n");
}

TEST(TomlEdit, RefusesWhatItDoesNotUnderstandAndSaysWhatToWrite) {
  for (const char* text : {"plugins = { order = [] }\n", "plugins.order = []\n",
                           "[plugins.\"x\"]\ny = 1\n", "plugins = 3\n"}) {
    try {
      const std::string out = changed(text);
      // A subtable leaves room for its parent's header.
      EXPECT_NE(out.find("[plugins]\ndeny = [\"a\", \"b\"]\n"), std::string::npos) << out;
    } catch (const Error& error) {
      EXPECT_EQ(error.exit_code(), ExitCode::kUsage);
      EXPECT_NE(error.next().find("deny = [\"a\", \"b\"]"), std::string::npos) << error.next();
    }
  }
}

TEST(TomlEdit, AFileThatDoesNotParseIsRefusedWithItsLine) {
  try {
    changed("[plugins]\ndeny = [\n");
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), ::testing::HasSubstr("config.toml:"));
  }
}

}  // namespace
}  // namespace sluice::plugin
