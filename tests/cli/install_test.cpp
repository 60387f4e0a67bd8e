// An installation into an empty folder: the program finds its plugins, worker and configuration.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "kit/paths.h"
#include "kit/program.h"

namespace sluice::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

namespace fs = std::filesystem;

class Install : public ::testing::Test {
 protected:
  void SetUp() override {
    const Finished installed =
        Running({SLUICE_CMAKE, "--install", test::build_folder(), "--prefix", "/usr/local"},
                {{"DESTDIR", dir_.path()}})
            .wait();
    ASSERT_EQ(installed.exit_code, 0) << installed.err;
    // Away from where it was installed to: nothing of that path may be built in.
    fs::rename(dir_ / "usr/local", dir_ / "anywhere");
  }
  Finished installed(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), (dir_ / "anywhere/bin/sluice").string());
    return Running(arguments,
                   {{"XDG_CONFIG_HOME", "/nonexistent"}, {"XDG_DATA_HOME", "/nonexistent"}},
                   dir_.path())
        .wait();
  }

  TempDir dir_;
};

TEST_F(Install, ConvertsDocumentsOfEveryKind) {
  ASSERT_EQ(installed({"init", "kb"}).exit_code, 0);
  write_file(dir_ / "in/a.md", "# A\n");
  write_file(dir_ / "in/b.html", "<p>b</p>");
  write_file(dir_ / "in/c.csv", "x,y\n1,2\n");
  write_file(dir_ / "in/d.json", "{\"d\": 1}\n");
  write_file(dir_ / "in/e.txt", "e\n");
  const Finished run = installed({"-C", "kb", "add", "in"});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, ::testing::StartsWith("added 5, "));
}

TEST_F(Install, HasManualPagesAndCompletions) {
  for (const char* file :
       {"share/man/man1/sluice.1.gz", "share/man/man1/sluice-plugin-list.1.gz",
        "share/man/man5/sluice.toml.5.gz", "share/man/man7/sluice-kb.7.gz",
        "share/bash-completion/completions/sluice", "share/zsh/site-functions/_sluice",
        "share/fish/vendor_completions.d/sluice.fish"}) {
    EXPECT_TRUE(fs::is_regular_file(dir_ / "anywhere" / file)) << file;
  }
}

TEST_F(Install, FindsItsPluginsAndDefaultConfigurationBesideItself) {
  const std::string prefix = (dir_ / "anywhere").string();
  const Finished plugins = installed({"plugin", "list", "--json"});
  ASSERT_EQ(plugins.exit_code, 0) << plugins.err;
  for (const char* id : {"csv", "data", "html", "markdown", "text"}) {
    EXPECT_THAT(plugins.out, HasSubstr(prefix + "/lib/sluice/plugins/" + id));
  }
  const Finished config = installed({"config", "show", "-v"});
  ASSERT_EQ(config.exit_code, 0) << config.err;
  EXPECT_THAT(config.err, HasSubstr(prefix + "/share/sluice/config.toml"));
}

TEST_F(Install, HasWhatAPluginAuthorNeeds) {
  for (const char* part : {"include/sluice/abi.h", "include/sluice/plugin.hpp"}) {
    EXPECT_TRUE(fs::exists(dir_ / "anywhere" / part)) << part;
  }
}

}  // namespace
}  // namespace sluice::test
