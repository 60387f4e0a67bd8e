#include "cli/plugin_options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli_world.h"
#include "platform/error.h"

namespace sluice::cli {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class PluginOptionsTest : public ::testing::Test {
 protected:
  PluginOptionsTest() {
    world_.add_plugin("plugins/p",
                      {.id = "p",
                       .converter = "c",
                       .more = "[converter.options.wrap]\ntype = \"integer\"\ndefault = 80\n"
                               "minimum = 20\ndescription = \"d\"\n"
                               "[converter.options.style]\ntype = \"enum\"\ndefault = \"a\"\n"
                               "values = [\"a\", \"b\"]\ndescription = \"d\"\n"
                               "[converter.options.images]\ntype = \"boolean\"\ndefault = true\n"
                               "description = \"d\"\n"});
    catalog_ = plugin::Catalog::scan(files_, {{world_.path("plugins"), "the test"}}, {});
  }
  static std::vector<PluginOption> options(const std::string& text) {
    return parse_config(text, "/c.toml").plugin_options;
  }
  std::string refusal(const std::string& text) {
    try {
      check_plugin_options(options(text), catalog_);
    } catch (const Error& error) {
      EXPECT_EQ(error.exit_code(), ExitCode::kUsage);
      return std::string(error.what()) + " | " + error.next();
    }
    return "";
  }
  std::string json(const std::string& text) {
    const auto& manifest = *catalog_.plugins().at(0);
    return options_json(options(text), manifest, manifest.converters.at(0));
  }

  World world_;
  platform::Files files_;
  plugin::Catalog catalog_;
};

TEST_F(PluginOptionsTest, UnsetOptionsHaveTheirDefaults) {
  EXPECT_EQ(json(""), R"({"wrap":80,"style":"a","images":true})");
}
TEST_F(PluginOptionsTest, SetOptionsHaveTheirValues) {
  EXPECT_EQ(json("[plugin.\"p\"]\nimages = false\nwrap = 30\nstyle = \"b\"\n"),
            R"({"wrap":30,"style":"b","images":false})");
}
TEST_F(PluginOptionsTest, OptionsOfAnotherPluginAreNotTaken) {
  EXPECT_EQ(json("[plugin.\"q\"]\nwrap = 30\n"), json(""));
}
TEST_F(PluginOptionsTest, UnknownOptionNamesLineAndNearest) {
  EXPECT_THAT(refusal("[plugin.\"p\"]\nwarp = 3\n"),
              AllOf(HasSubstr("/c.toml:2"), HasSubstr("did you mean \"wrap\"?")));
}
TEST_F(PluginOptionsTest, WrongTypeIsRefused) {
  EXPECT_THAT(refusal("[plugin.\"p\"]\nimages = 1\n"), HasSubstr("true or false"));
}
TEST_F(PluginOptionsTest, ValueOutOfRangeIsRefused) {
  EXPECT_THAT(refusal("[plugin.\"p\"]\nwrap = 3\n"), HasSubstr("a whole number from 20"));
}
TEST_F(PluginOptionsTest, ValueThatIsNotInTheEnumIsRefused) {
  EXPECT_THAT(refusal("[plugin.\"p\"]\nstyle = \"c\"\n"), HasSubstr("one of \"a\", \"b\""));
}
TEST_F(PluginOptionsTest, PluginsThatAreNotInstalledAreNamed) {
  EXPECT_THAT(check_plugin_options(options("[plugin.\"q\"]\nx = 1\ny = 2\n"), catalog_),
              ElementsAre("q"));
}

}  // namespace
}  // namespace sluice::cli
