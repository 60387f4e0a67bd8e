#include "plugin/router.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugin_folder.h"

namespace sluice::plugin {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class RouterTest : public ::testing::Test {
 protected:
  void add(const std::string& id, const std::string& claims) {
    std::string manifest = PluginText{.id = id, .converter = id}.manifest();
    const std::string own = "extensions = [\"exa\"]\n";
    manifest.replace(manifest.find(own), own.size(), claims);
    write_file(temp_ / id / "plugin.toml", manifest);
    write_file(temp_ / id / "example.so", "x");
  }
  Router router(std::vector<std::string> order = {}) {
    const Catalog catalog = Catalog::scan(files_, {{temp_.path(), "the test"}},
                                          {.allow = {}, .deny = {}, .order = std::move(order)});
    EXPECT_TRUE(catalog.refused().empty());
    return Router(catalog);
  }
  static std::vector<std::string> ids(const std::vector<Candidate>& line) {
    std::vector<std::string> out;
    for (const Candidate& candidate : line) out.push_back(candidate.converter->id);
    return out;
  }

  test::TempDir temp_;
  platform::Files files_;
};

TEST_F(RouterTest, MediaTypeComesBeforeTheBroaderOne) {
  add("text", "media_types = [\"text/plain\"]\npriority = 90\n");
  add("csv", "media_types = [\"text/csv\"]\n");
  EXPECT_THAT(ids(router().route({"text/csv", ""}, "", "a.csv")), ElementsAre("csv", "text"));
}

TEST_F(RouterTest, ExtensionComesBeforePlainText) {
  add("text", "media_types = [\"text/plain\"]\npriority = 90\n");
  add("mine", "extensions = [\"exa\"]\n");
  EXPECT_THAT(ids(router().route({"text/plain", ""}, "", "a.EXA")), ElementsAre("mine", "text"));
}

TEST_F(RouterTest, ExtensionDoesNotBeatCertainContent) {
  add("mine", "extensions = [\"md\"]\n");
  EXPECT_THAT(ids(router().route({"application/pdf", ""}, "", "a.md")), IsEmpty());
}

TEST_F(RouterTest, MagicOfAConverterCounts) {
  add("mine", "magic = [{ offset = 1, hex = \"4142\" }]\n");
  EXPECT_THAT(ids(router().route({"application/octet-stream", ""}, "xAB", "a")),
              ElementsAre("mine"));
  EXPECT_THAT(ids(router().route({"application/octet-stream", ""}, "AB", "a")), IsEmpty());
}

TEST_F(RouterTest, HigherPriorityGoesFirst) {
  add("a", "media_types = [\"text/html\"]\npriority = 40\n");
  add("b", "media_types = [\"text/html\"]\npriority = 60\n");
  EXPECT_THAT(ids(router().route({"text/html", ""}, "", "a")), ElementsAre("b", "a"));
}

TEST_F(RouterTest, SearchOrderSettlesTies) {
  add("b", "media_types = [\"text/html\"]\n");
  add("a", "media_types = [\"text/html\"]\n");
  EXPECT_THAT(ids(router().route({"text/html", ""}, "", "a")), ElementsAre("a", "b"));
}

TEST_F(RouterTest, ConfiguredOrderBeatsPriority) {
  add("a", "media_types = [\"text/html\"]\npriority = 90\n");
  add("b", "media_types = [\"text/html\"]\npriority = 10\n");
  const auto line = router({"b"}).route({"text/html", ""}, "", "a");
  EXPECT_THAT(ids(line), ElementsAre("b", "a"));
  EXPECT_THAT(line[0].why, HasSubstr("[plugins] order"));
}

TEST_F(RouterTest, ChosenConverterIsTheOnlyOne) {
  add("a", "media_types = [\"text/html\"]\n");
  add("b", "media_types = [\"text/csv\"]\n");
  EXPECT_THAT(ids(router().route({"text/html", ""}, "", "a", "b")), ElementsAre("b"));
  EXPECT_THAT(ids(router().route({"text/html", ""}, "", "a", "c")), IsEmpty());
}

TEST_F(RouterTest, OtherSpellingsOfATypeAreTheSame) {
  add("a", "media_types = [\"text/x-markdown\"]\n");
  EXPECT_THAT(ids(router().route({"Text/Markdown; charset=utf-8", ""}, "", "a")), ElementsAre("a"));
}

TEST_F(RouterTest, ExplainsItsChoice) {
  add("a", "media_types = [\"text/html\"]\n");
  EXPECT_EQ(router().route({"text/html", ""}, "", "a")[0].why, "media type text/html; priority 50");
}

TEST_F(RouterTest, KnowsTheExtensionsOfItsConverters) {
  add("a", "extensions = [\"md\"]\n");
  EXPECT_TRUE(router().knows_extension("md"));
  EXPECT_FALSE(router().knows_extension("pdf"));
}

}  // namespace
}  // namespace sluice::plugin
