#include "plugin/catalog.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/error.h"
#include "plugin_folder.h"

namespace sluice::plugin {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

class CatalogTest : public ::testing::Test {
 protected:
  Catalog scan(const std::vector<fs::path>& paths, const Policy& policy = {}) {
    std::vector<SearchPath> search;
    for (const fs::path& path : paths) search.push_back({path.string(), "the test"});
    return Catalog::scan(files_, search, policy);
  }
  static std::vector<std::string> ids(const Catalog& catalog) {
    std::vector<std::string> out;
    for (const auto& plugin : catalog.plugins()) out.push_back(plugin->id);
    return out;
  }
  std::string only_reason(const Catalog& catalog) {
    EXPECT_EQ(catalog.refused().size(), 1U);
    return catalog.refused().empty() ? "" : catalog.refused()[0].reason;
  }

  test::TempDir temp_;
  fs::path dir_ = temp_.path();
  platform::Files files_;
};

TEST_F(CatalogTest, TakesAFolderOfPluginFoldersInTheOrderOfTheirNames) {
  write_plugin(dir_ / "b", {.id = "beta", .converter = "beta"});
  write_plugin(dir_ / "a", {.id = "alpha", .converter = "alpha"});
  EXPECT_THAT(ids(scan({dir_})), ElementsAre("alpha", "beta"));
}

TEST_F(CatalogTest, TakesAPluginFolderItself) {
  write_plugin(dir_ / "a");
  EXPECT_THAT(ids(scan({dir_ / "a"})), ElementsAre("example"));
}

TEST_F(CatalogTest, OptionalFolderMayBeMissing) {
  EXPECT_TRUE(scan({dir_ / "none"}).refused().empty());
}

TEST_F(CatalogTest, FolderNamedByTheUserMayNotBeMissing) {
  const Catalog catalog = Catalog::scan(
      files_, {{(dir_ / "none").string(), "--plugin", SearchPath::Presence::kRequired}}, {});
  EXPECT_THAT(only_reason(catalog), AllOf(HasSubstr("no such folder"), HasSubstr("--plugin")));
}

TEST_F(CatalogTest, RequiredFolderWithoutAPluginIsRefused) {
  const Catalog catalog =
      Catalog::scan(files_, {{dir_.string(), "--plugin", SearchPath::Presence::kRequired}}, {});
  EXPECT_THAT(only_reason(catalog), HasSubstr("no plugin.toml"));
}

TEST_F(CatalogTest, SecondPluginOfAnIdIsRefusedNamingBoth) {
  write_plugin(dir_ / "one" / "p");
  write_plugin(dir_ / "two" / "p", {.converter = "other"});
  const Catalog catalog = scan({dir_ / "one", dir_ / "two"});
  EXPECT_THAT(ids(catalog), ElementsAre("example"));
  EXPECT_EQ(catalog.plugins()[0]->folder, (dir_ / "one" / "p").string());
  EXPECT_THAT(only_reason(catalog), AllOf(HasSubstr("/one/p"), HasSubstr("/two/p"),
                                          HasSubstr("its id is already in use")));
}

TEST_F(CatalogTest, SecondConverterOfAnIdIsRefused) {
  write_plugin(dir_ / "a");
  write_plugin(dir_ / "b", {.id = "other"});
  EXPECT_THAT(only_reason(scan({dir_})), HasSubstr("its converter \"example\" is already in use"));
}

TEST_F(CatalogTest, SameFolderByTwoWaysIsOnePlugin) {
  write_plugin(dir_ / "a");
  const Catalog catalog = scan({dir_ / "a", dir_});
  EXPECT_EQ(catalog.plugins().size(), 1U);
  EXPECT_TRUE(catalog.refused().empty());
}

TEST_F(CatalogTest, WorldWritablePluginFolderIsRefused) {
  write_plugin(dir_ / "a");
  fs::permissions(dir_ / "a", fs::perms::others_write, fs::perm_options::add);
  EXPECT_THAT(only_reason(scan({dir_})), HasSubstr("everybody may write"));
}

TEST_F(CatalogTest, WorldWritableFolderOfPluginsIsRefused) {
  write_plugin(dir_ / "all" / "a");
  fs::permissions(dir_ / "all", fs::perms::others_write, fs::perm_options::add);
  const Catalog catalog = scan({dir_ / "all"});
  EXPECT_THAT(ids(catalog), ElementsAre());
  ASSERT_EQ(catalog.refused().size(), 2U) << "the folder, and each plugin in it";
  for (const Refused& refused : catalog.refused()) {
    EXPECT_EQ(refused.why, Refused::Why::kUnsafe);
    EXPECT_THAT(refused.reason, HasSubstr("/all: everybody may write"));
  }
  EXPECT_TRUE(catalog.refused()[1].stands_in_line());
}

TEST_F(CatalogTest, WorldWritableLibraryIsRefused) {
  write_plugin(dir_ / "a");
  fs::permissions(dir_ / "a" / "example.so", fs::perms::others_write, fs::perm_options::add);
  EXPECT_THAT(only_reason(scan({dir_})), HasSubstr("example.so"));
}

TEST_F(CatalogTest, WorldWritableManifestIsRefused) {
  write_plugin(dir_ / "a");
  fs::permissions(dir_ / "a" / "plugin.toml", fs::perms::others_write, fs::perm_options::add);
  EXPECT_THAT(only_reason(scan({dir_})), HasSubstr("plugin.toml"));
}

TEST_F(CatalogTest, MissingLibraryIsRefused) {
  write_plugin(dir_ / "a");
  fs::remove(dir_ / "a" / "example.so");
  EXPECT_THAT(only_reason(scan({dir_})), HasSubstr("there is no such file"));
}

TEST_F(CatalogTest, OneBadPluginLeavesTheOthers) {
  write_plugin(dir_ / "a");
  write_file(dir_ / "bad" / "plugin.toml", "nonsense");
  const Catalog catalog = scan({dir_});
  EXPECT_THAT(ids(catalog), ElementsAre("example"));
  EXPECT_THAT(only_reason(catalog), HasSubstr("plugin.toml:1"));
}

TEST_F(CatalogTest, NewerAbiMajorIsRefusedByName) {
  write_plugin(dir_ / "a", {.abi = "2.0"});
  const Catalog catalog = scan({dir_});
  EXPECT_EQ(catalog.refused()[0].id, "example");
  EXPECT_THAT(only_reason(catalog), AllOf(HasSubstr("example"), HasSubstr("ABI 2.0")));
}

TEST_F(CatalogTest, NewerAbiMinorIsRefusedByName) {
  write_plugin(dir_ / "a", {.abi = "1.999"});
  EXPECT_THAT(only_reason(scan({dir_})), HasSubstr("install a newer Sluice"));
}

TEST_F(CatalogTest, DeniedPluginIsLeftOut) {
  write_plugin(dir_ / "a");
  EXPECT_THAT(only_reason(scan({dir_}, {.allow = {}, .deny = {"example"}, .order = {}})),
              HasSubstr("[plugins] deny"));
}

TEST_F(CatalogTest, PluginThatIsNotAllowedIsLeftOut) {
  write_plugin(dir_ / "a");
  EXPECT_THAT(only_reason(scan({dir_}, {.allow = {"other"}, .deny = {}, .order = {}})),
              HasSubstr("[plugins] allow"));
}

TEST_F(CatalogTest, DeniedPluginDoesNotTakeTheIdOfAnother) {
  write_plugin(dir_ / "a", {.id = "one", .converter = "same"});
  write_plugin(dir_ / "b", {.id = "two", .converter = "same"});
  EXPECT_THAT(ids(scan({dir_}, {.allow = {}, .deny = {"one"}, .order = {}})), ElementsAre("two"));
}

TEST_F(CatalogTest, LibraryWithItsHashIsVerified) {
  write_plugin(dir_ / "a");
  EXPECT_NO_THROW(verify_library(files_, *scan({dir_}).plugins()[0]));
}

TEST_F(CatalogTest, LibraryWithAnotherHashIsRefused) {
  write_plugin(dir_ / "a");
  const Catalog catalog = scan({dir_});
  write_file(dir_ / "a" / "example.so", "something else");
  try {
    verify_library(files_, *catalog.plugins()[0]);
    FAIL() << "a changed library was taken";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("does not have the SHA-256"));
  }
}

TEST_F(CatalogTest, LibraryThatIsASymlinkIsRefused) {
  write_plugin(dir_ / "a");
  fs::rename(dir_ / "a" / "example.so", dir_ / "real.so");
  fs::create_symlink(dir_ / "real.so", dir_ / "a" / "example.so");
  EXPECT_EQ(scan({dir_}).plugins().size(), 0U);
}

}  // namespace
}  // namespace sluice::plugin
