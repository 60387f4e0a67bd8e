// sluice plugin, as a user types it: install, remove, enable, disable, order, pin, verify, and what
// add and why do then.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "cli/real_program.h"
#include "platform/sha256.h"

namespace sluice::test {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

namespace fs = std::filesystem;

class PluginCommands : public RealProgram {
 protected:
  PluginCommands() { write("note.sings", "la la\n"); }

  // In a home of its own.
  Finished sluice(std::vector<std::string> words) {
    return run(std::move(words), {{"HOME", path("home")},
                                  {"XDG_CONFIG_HOME", ""},
                                  {"XDG_DATA_HOME", ""},
                                  {"XDG_CACHE_HOME", ""},
                                  {"SLUICE_PLUGINS_DENY", ""}});
  }
  Finished install(const std::string& source, std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"plugin", "install", source});
    return sluice(more);
  }
  std::string fixture(const std::string& id) const { return fixtures() + "/" + id; }
  fs::path mine(const std::string& id = "") const {
    return dir_ / "home/.local/share/sluice/plugins" / id;
  }
  std::string config() const { return read("home/.config/sluice/config.toml"); }
  // A copy of a fixture that may be changed.
  std::string copy_of(const std::string& id) {
    fs::create_directories(dir_ / "copies");
    fs::remove_all(dir_ / "copies" / id);
    fs::copy(fixture(id), dir_ / "copies" / id, fs::copy_options::recursive);
    return path("copies/" + id);
  }
  void replace(const fs::path& file, const std::string& old, const std::string& by) {
    std::string text = read_file(file);
    const auto at = text.find(old);
    ASSERT_NE(at, std::string::npos) << old;
    write_file(file, text.replace(at, old.size(), by));
  }
  // What `plugin list` says of a plugin.
  Json listed(const std::string& id, std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"plugin", "list", "--json"});
    for (Json& plugin : objects(sluice(more).out, "plugin")) {
      if (plugin["id"] == id) return plugin;
    }
    return {};
  }
};

TEST_F(PluginCommands, AnInstalledFolderIsUsed) {
  const Finished done = install(fixture("canary-sings"));
  ASSERT_EQ(done.exit_code, 0) << done.err;
  EXPECT_EQ(done.out, "installed canary-sings 1.0.0 in " + mine("canary-sings").string() + "\n");
  EXPECT_EQ(done.err, "");
  EXPECT_EQ(fs::status(mine("canary-sings/canary-sings.so")).permissions(), fs::perms(0600));
  EXPECT_EQ(listed("canary-sings")["state"], "ok");
  EXPECT_THAT(sluice({"plugin", "why", "note.sings"}).out, ContainsRegex("gets +canary-sings"));
  const auto docs = objects(sluice({"add", "note.sings", "--json"}).out, "doc");
  ASSERT_EQ(docs.size(), 1U);
  EXPECT_EQ(docs[0]["converter"], "canary-sings");
  EXPECT_THAT(tree_of(mine()), Not(::testing::Contains(::testing::Key(HasSubstr(".staging")))));
}

TEST_F(PluginCommands, ATarFileIsInstalledAndRemoved) {
  ASSERT_EQ(std::system(
                ("tar --format=ustar -C " + fixtures() + " -cf " + path("p.tar") + " canary-sings")
                    .c_str()),
            0);
  const Finished done = install("p.tar", {"--json"});
  ASSERT_EQ(done.exit_code, 0) << done.err;
  const Json change = objects(done.out, "plugin_change").at(0);
  EXPECT_EQ(change["action"], "installed");
  EXPECT_EQ(change["version"], "1.0.0");
  const Finished removed = sluice({"plugin", "remove", "canary-sings"});
  EXPECT_EQ(removed.exit_code, 0) << removed.err;
  EXPECT_FALSE(fs::exists(mine("canary-sings")));
  EXPECT_EQ(sluice({"plugin", "remove", "canary-sings"}).exit_code, 1);
}

TEST_F(PluginCommands, AnInstalledPluginIsReplacedOnlyOnRequest) {
  ASSERT_EQ(install(fixture("canary-sings")).exit_code, 0);
  const Tree before = tree_of(mine());
  const std::string newer = copy_of("canary-sings");
  replace(newer + "/plugin.toml", "[plugin]", "# newer\n[plugin]");
  const Finished refused = install(newer);
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.err, AllOf(HasSubstr("it is installed in"), HasSubstr("--replace")));
  EXPECT_EQ(tree_of(mine()), before);
  const Finished done = install(newer, {"--replace"});
  EXPECT_EQ(done.exit_code, 0) << done.err;
  EXPECT_THAT(done.out, ::testing::StartsWith("replaced canary-sings"));
  EXPECT_THAT(read_file(mine("canary-sings/plugin.toml")), HasSubstr("# newer"));
  EXPECT_FALSE(fs::exists(mine(".staging")));
}

// One that cannot be used is not installed, and leaves no trace.
TEST_F(PluginCommands, ABrokenPluginIsNotInstalled) {
  const std::string wrong_hash = copy_of("canary-sings");
  write_file(wrong_hash + "/canary-sings.so", "x");
  EXPECT_THAT(install(wrong_hash).err, HasSubstr("SHA-256"));
  const std::string wrong_abi = copy_of("canary-sings");
  replace(wrong_abi + "/plugin.toml", "abi = \"1.0\"", "abi = \"9.0\"");
  EXPECT_THAT(install(wrong_abi).err, HasSubstr("plugin ABI 9.0"));
  const std::string no_manifest = copy_of("canary-sings");
  fs::remove(no_manifest + "/plugin.toml");
  EXPECT_THAT(install(no_manifest).err, HasSubstr("there is no such file"));
  for (const char* id : {"impostor", "garbage", "nothing", "early-crash", "canary-fails"}) {
    const Finished refused = install(fixture(id));
    EXPECT_EQ(refused.exit_code, 1) << id;
    EXPECT_THAT(refused.err, ContainsRegex("try: .+\n")) << id;
  }
  for (const auto& [name, content] : tree_of(mine())) EXPECT_EQ(name, ".lock");
}

// What a killed install leaves is neither a plugin nor in the way.
TEST_F(PluginCommands, ALeftoverOfAKilledInstallIsRemoved) {
  fs::create_directories(mine(".staging/deep"));
  write_file(mine(".staging/plugin.toml"), "nonsense");
  EXPECT_THAT(sluice({"plugin", "list"}).out, Not(HasSubstr("staging")));
  ASSERT_EQ(install(fixture("canary-sings")).exit_code, 0);
  EXPECT_FALSE(fs::exists(mine(".staging")));
}

TEST_F(PluginCommands, OnlyOnesOwnAreRemoved) {
  const Finished refused = sluice({"plugin", "remove", "pdf"});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.err, AllOf(HasSubstr("not one of yours"), HasSubstr("plugin disable pdf")));
  EXPECT_THAT(sluice({"plugin", "remove", "pdv"}).err, HasSubstr("did you mean \"pdf\"?"));
}

TEST_F(PluginCommands, AFolderThatIsNoPluginAnyMoreIsRemovedByItsName) {
  ASSERT_EQ(install(fixture("canary-sings")).exit_code, 0);
  write_file(mine("canary-sings/plugin.toml"), "nonsense");
  EXPECT_EQ(sluice({"plugin", "remove", "canary-sings"}).exit_code, 0);
  EXPECT_FALSE(fs::exists(mine("canary-sings")));
}

TEST_F(PluginCommands, WhatAPrefixInstallationPutsIntoTheHomeIsFound) {
  fs::create_directories(dir_ / "home/.local/lib/sluice/plugins");
  fs::copy(fixture("canary-sings"), dir_ / "home/.local/lib/sluice/plugins/canary-sings",
           fs::copy_options::recursive);
  EXPECT_EQ(listed("canary-sings")["state"], "ok");
}

TEST_F(PluginCommands, ADisabledPluginIsNotUsedUntilItIsEnabled) {
  ASSERT_EQ(install(fixture("canary-sings")).exit_code, 0);
  write("home/.config/sluice/config.toml", "# mine\n[limits]\ntimeout = 30 # s\n");
  const Finished done = sluice({"plugin", "disable", "canary-sings", "pdf"});
  ASSERT_EQ(done.exit_code, 0) << done.err;
  EXPECT_EQ(config(),
            "# mine\n[limits]\ntimeout = 30 # s\n\n[plugins]\n"
            "deny = [\"canary-sings\", \"pdf\"]\n");
  EXPECT_EQ(listed("canary-sings")["state"], "disabled");
  EXPECT_THAT(sluice({"plugin", "list"}).out, HasSubstr("disabled"));
  EXPECT_THAT(sluice({"plugin", "why", "note.sings"}).out, Not(HasSubstr("canary-sings")));
  ASSERT_EQ(sluice({"plugin", "enable", "canary-sings"}).exit_code, 0);
  EXPECT_THAT(config(), HasSubstr("deny = [\"pdf\"]"));
  EXPECT_EQ(listed("canary-sings")["state"], "ok");
  EXPECT_EQ(sluice({"plugin", "enable", "canary-sings"}).exit_code, 0) << "twice is no error";
}

TEST_F(PluginCommands, EnablingObeysTheListOfAllowedOnes) {
  ASSERT_EQ(install(fixture("canary-sings")).exit_code, 0);
  write("home/.config/sluice/config.toml", "[plugins]\nallow = [\"text\"]\n");
  ASSERT_EQ(sluice({"plugin", "enable", "canary-sings"}).exit_code, 0);
  EXPECT_THAT(config(), HasSubstr("allow = [\"text\", \"canary-sings\"]"));
  EXPECT_EQ(listed("canary-sings")["state"], "ok");
}

TEST_F(PluginCommands, AStrongerSettingIsNamed) {
  write("kb/.sluice/config.toml", "[plugins]\ndeny = [\"pdf\"]\n");
  const Finished refused = sluice({"plugin", "enable", "pdf"});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.err, HasSubstr("kb/.sluice/config.toml:2 overrides it"));
}

TEST_F(PluginCommands, UnknownIdsAreUsageErrors) {
  for (const char* command : {"enable", "disable", "order", "verify"}) {
    const Finished refused = sluice({"plugin", command, "txet"});
    EXPECT_NE(refused.exit_code, 0) << command;
    EXPECT_THAT(refused.err, HasSubstr("did you mean \"text\"?")) << command;
  }
  EXPECT_FALSE(fs::exists(dir_ / "home/.config"));
}

TEST_F(PluginCommands, TheOrderIsSetShownAndCleared) {
  ASSERT_EQ(sluice({"plugin", "order", "text", "html"}).exit_code, 0);
  EXPECT_EQ(sluice({"plugin", "order"}).out, "text\nhtml\n");
  EXPECT_EQ(objects(sluice({"plugin", "order", "--json"}).out, "plugin_order").at(0)["order"],
            Json::array({"text", "html"}));
  ASSERT_EQ(sluice({"plugin", "order", "--clear"}).exit_code, 0);
  EXPECT_EQ(sluice({"plugin", "order"}).out, "");
}

TEST_F(PluginCommands, ALockedRunUsesNothingThatIsNotPinned) {
  const Finished none = sluice({"add", "note.sings", "--locked"});
  EXPECT_EQ(none.exit_code, 2);
  EXPECT_THAT(none.err, HasSubstr("sluice plugin pin"));

  ASSERT_EQ(install(fixture("canary-sings")).exit_code, 0);
  const Finished pinned = sluice({"plugin", "pin"});
  ASSERT_EQ(pinned.exit_code, 0) << pinned.err;
  EXPECT_THAT(pinned.out, HasSubstr("pinned canary-sings 1.0.0 in "));
  EXPECT_EQ(sluice({"add", "note.sings", "--locked"}).exit_code, 0);
  EXPECT_EQ(listed("canary-sings")["pinned"], true);

  // The same version, the same library, another word in the manifest.
  const std::string other = copy_of("canary-sings");
  replace(other + "/plugin.toml", "[plugin]", "# other\n[plugin]");
  ASSERT_EQ(install(other, {"--replace"}).exit_code, 0);
  EXPECT_EQ(listed("canary-sings")["pinned"], false);
  write("second.sings", "la\n");
  const auto docs = objects(sluice({"add", "second.sings", "--locked", "--json"}).out, "doc");
  ASSERT_EQ(docs.size(), 1U);
  EXPECT_EQ(docs[0]["result"], "failed") << "nobody takes over from it";
  EXPECT_THAT(docs[0]["message"].get<std::string>(), HasSubstr("not the one in the lock file"));
  EXPECT_EQ(sluice({"plugin", "verify"}).exit_code, 1);
  EXPECT_EQ(sluice({"add", "second.sings"}).exit_code, 0) << "only --locked asks for it";
  // By configuration, too.
  write("home/.config/sluice/config.toml", "[plugins]\nlocked = true\n");
  write("third.sings", "lo\n");
  EXPECT_EQ(sluice({"add", "third.sings"}).exit_code, 3);
  ASSERT_EQ(sluice({"plugin", "pin"}).exit_code, 0);
  EXPECT_EQ(sluice({"add", "third.sings"}).exit_code, 0);
}

TEST_F(PluginCommands, ALockFileThatOthersMayWriteIsRefused) {
  ASSERT_EQ(sluice({"plugin", "pin"}).exit_code, 0);
  fs::permissions(dir_ / "home/.config/sluice/plugins.lock", fs::perms(0666));
  const Finished refused = sluice({"add", "note.sings", "--locked"});
  EXPECT_NE(refused.exit_code, 0);
  EXPECT_THAT(refused.err, HasSubstr("everybody may write"));
}

// A plugin that is sound by its files, and that no worker can use.
TEST_F(PluginCommands, ListSaysWhatAWorkerSaysAndVerifyFails) {
  fs::create_directories(mine());
  fs::copy(fixture("impostor"), mine("impostor"), fs::copy_options::recursive);
  const Json plugin = listed("impostor");
  EXPECT_EQ(plugin["state"], "refused");
  EXPECT_THAT(plugin["reason"].get<std::string>(), HasSubstr("plugin.toml says"));
  EXPECT_EQ(sluice({"plugin", "verify", "impostor"}).exit_code, 1);
  EXPECT_EQ(sluice({"plugin", "verify", "text"}).exit_code, 0);
  write("x.impostor", "x");
  EXPECT_THAT(sluice({"plugin", "why", "x.impostor"}).out, HasSubstr("plugin.toml says"));
}

// What list remembers must not hide a change.
TEST_F(PluginCommands, ListSeesAChangeBehindItsBack) {
  ASSERT_EQ(install(fixture("canary-sings")).exit_code, 0);
  ASSERT_EQ(listed("canary-sings")["state"], "ok");
  ::sleep(4);  // so that it is remembered
  ASSERT_EQ(listed("canary-sings")["state"], "ok");
  ASSERT_TRUE(fs::exists(dir_ / "home/.cache/sluice/plugin-checks"));
  const fs::path library = mine("canary-sings/canary-sings.so");
  const auto time = fs::last_write_time(library);
  std::string bytes = read_file(library);
  bytes[bytes.size() / 2] ^= 1;
  write_file(library, bytes);
  fs::last_write_time(library, time);
  EXPECT_EQ(listed("canary-sings")["state"], "refused");
}

#ifndef SLUICE_SANITIZED
double children_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_CHILDREN, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

std::string replaced_all(std::string text, const std::string& old, const std::string& by) {
  for (std::size_t at = 0; (at = text.find(old, at)) != std::string::npos; at += by.size()) {
    text.replace(at, old.size(), by);
  }
  return text;
}

// Measured: 40 ms of processor time on a quiet machine, 0.9 s without remembering. The bound leaves
// room for a busy one.
TEST_F(PluginCommands, ListOfAHundredLargePluginsIsQuickOnceTheyAreKnown) {
  const std::size_t ours = objects(sluice({"plugin", "list", "--json"}).out, "plugin").size();
  const std::string library = read_file(fixture("canary-sings") + "/canary-sings.so");
  const std::string manifest = read_file(fixture("canary-sings") + "/plugin.toml");
  const std::string hash = platform::to_hex(platform::sha256(library));
  for (int i = 0; i < 100; ++i) {
    const std::string id = "canary-" + std::to_string(10000 + i);  // as long as the fixture's
    const std::string folder = "home/.local/share/sluice/plugins/" + id;
    std::string own = replaced_all(library, "canary-sings", id);
    own.resize(2 << 20);
    const std::string text = replaced_all(manifest, "canary-sings", id);
    write(folder + "/" + id + ".so", own);
    write(folder + "/plugin.toml",
          replaced_all(text, hash, platform::to_hex(platform::sha256(own))));
  }
  ::sleep(4);  // so that they have settled
  ASSERT_EQ(listed("canary-10099")["state"], "ok") << listed("canary-10099");
  const double before = children_seconds();
  const Finished again = sluice({"plugin", "list", "--json"});
  const double took = children_seconds() - before;
  RecordProperty("milliseconds", static_cast<int>(took * 1000));
  EXPECT_EQ(objects(again.out, "plugin").size(), 100 + ours);
  EXPECT_LT(took, 0.15);
  // And --verify reads all of them: one byte, in place, and nothing of its times.
  const fs::path last = mine("canary-10042/canary-10042.so");
  std::fstream(last, std::ios::in | std::ios::out | std::ios::binary).seekp(-1, std::ios::end)
      << "x";
  EXPECT_EQ(listed("canary-10042", {"--verify"})["state"], "refused");
}
#endif

}  // namespace
}  // namespace sluice::test
