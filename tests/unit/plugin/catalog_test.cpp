#include "plugin/catalog.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/error.h"
#include "plugin/trust.h"
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
  EXPECT_NO_THROW(verify_files(files_, *scan({dir_}).plugins()[0]));
}

TEST_F(CatalogTest, LibraryWithAnotherHashIsRefused) {
  write_plugin(dir_ / "a");
  const Catalog catalog = scan({dir_});
  write_file(dir_ / "a" / "example.so", "something else");
  try {
    verify_files(files_, *catalog.plugins()[0]);
    FAIL() << "a changed library was taken";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("does not have the SHA-256"));
  }
}

TEST_F(CatalogTest, EveryFileBesideTheLibraryIsChecked) {
  write_plugin(dir_ / "a", {.data = "words"});
  EXPECT_NO_THROW(verify_files(files_, *scan({dir_}).plugins().at(0)));
  write_file(dir_ / "a" / "words.dat", "other words");
  const Catalog changed = scan({dir_});
  EXPECT_THROW(verify_files(files_, *changed.plugins().at(0)), Untrusted);
  fs::permissions(dir_ / "a" / "words.dat", fs::perms::others_write, fs::perm_options::add);
  EXPECT_THAT(only_reason(scan({dir_})), HasSubstr("words.dat: everybody may write"));
  fs::remove(dir_ / "a" / "words.dat");
  EXPECT_THAT(only_reason(scan({dir_})), HasSubstr("words.dat: there is no such file"));
  fs::create_symlink("plugin.toml", dir_ / "a" / "words.dat");
  EXPECT_EQ(scan({dir_}).plugins().size(), 0U);
}

TEST_F(CatalogTest, WhatBelongsToAnotherUserIsRefused) {
  const std::vector<std::string> parts = {"", "plugin.toml", "example.so", "words.dat"};
  for (const std::string& part : parts) {
    const fs::path folder = dir_ / ("of" + part);
    write_plugin(folder / "a", {.data = "words"});
    const fs::path given = folder / "a" / part;
    if (::chown(given.c_str(), 65533, 65533) != 0) GTEST_SKIP() << "only root can give it away";
    EXPECT_THAT(only_reason(scan({folder})), HasSubstr("it belongs to another user")) << part;
  }
}

// As in /tmp: everybody may add a plugin of their own, and nobody can touch the user's.
TEST_F(CatalogTest, InAStickyFolderOnlyTheUsersOwnPluginsAreTaken) {
  write_plugin(dir_ / "all" / "mine");
  write_plugin(dir_ / "all" / "theirs", {.id = "other", .converter = "other"});
  fs::permissions(dir_ / "all", fs::perms(01777));
  if (::chown((dir_ / "all" / "theirs").c_str(), 65533, 65533) != 0) {
    GTEST_SKIP() << "only root can give it away";
  }
  const Catalog catalog = scan({dir_ / "all"});
  EXPECT_THAT(ids(catalog), ElementsAre("example"));
  EXPECT_THAT(only_reason(catalog), HasSubstr("all/theirs: it belongs to another user"));
}

TEST_F(CatalogTest, ThePlaceOfAPluginCountsHoweverItIsReached) {
  write_plugin(dir_ / "open" / "a");
  fs::permissions(dir_ / "open", fs::perms(0777));
  EXPECT_THAT(only_reason(scan({dir_ / "open" / "a"})), HasSubstr("/open: everybody may write"));
  fs::create_directory(dir_ / "links");
  fs::create_symlink(dir_ / "open" / "a", dir_ / "links" / "a");
  EXPECT_THAT(only_reason(scan({dir_ / "links"})), HasSubstr("everybody may write"));
}

TEST_F(CatalogTest, TheCacheSavesReadingAndHidesNoChange) {
  write_plugin(dir_ / "a");
  const Catalog catalog = scan({dir_});
  const std::string library = (dir_ / "a" / "example.so").string();
  CheckCache cache(files_, "");
  // A hash that is not the file's shows that the file is not read.
  const auto dir = files_.open_dir((dir_ / "a").string());
  const timespec long_ago[2] = {{1'000'000'000, 0}, {1'000'000'000, 0}};
  ASSERT_EQ(::utimensat(AT_FDCWD, library.c_str(), long_ago, 0), 0);
  platform::FileIdentity identity = files_.info(*dir, "example.so")->identity;
  cache.set_hash(identity, platform::sha256("x"));
  EXPECT_NO_THROW(verify_files(files_, *catalog.plugins()[0], &cache)) << "changed just now";
  ::usleep(3'100'000);
  cache.set_hash(identity, platform::sha256("x"));
  EXPECT_THROW(verify_files(files_, *catalog.plugins()[0], &cache), Untrusted);
  EXPECT_NO_THROW(verify_files(files_, *catalog.plugins()[0]));
  // The same size and the same time of change: the inode's own time tells.
  write_file(library, "not a real librarz");
  ASSERT_EQ(::utimensat(AT_FDCWD, library.c_str(), long_ago, 0), 0);
  CheckCache fresh(files_, "");
  fresh.set_hash(identity, catalog.plugins()[0]->sha256);
  EXPECT_THROW(verify_files(files_, *catalog.plugins()[0], &fresh), Untrusted);
}

TEST_F(CatalogTest, LibraryThatIsASymlinkIsRefused) {
  write_plugin(dir_ / "a");
  fs::rename(dir_ / "a" / "example.so", dir_ / "real.so");
  fs::create_symlink(dir_ / "real.so", dir_ / "a" / "example.so");
  EXPECT_EQ(scan({dir_}).plugins().size(), 0U);
}

}  // namespace
}  // namespace sluice::plugin
