// A password that an option gives to a converter reaches it, and nothing else: no output, no log,
// no file of the knowledge base, whatever is asked for and whatever goes wrong.
#include "cli/real_program.h"

namespace sluice::test {
namespace {

using ::testing::HasSubstr;

namespace fs = std::filesystem;

constexpr const char* kPassword = "correct-horse-battery-staple";

class Secrets : public RealProgram {
 protected:
  Secrets() {
    write("config/sluice/config.toml",
          std::string("[plugin.odd]\npassword = \"") + kPassword + "\"\n");
    fs::permissions(dir_ / "config/sluice/config.toml", fs::perms(0600));
  }

  // Runs a command with everything that talks, and looks for the password in all of it.
  Finished run_and_look(std::vector<std::string> words, bool configured = true) {
    words.insert(words.end(), {"-vv", "--log", path("log")});
    if (fs::exists(fixtures() + "/odd"))
      words.insert(words.end(), {"--plugin", fixtures() + "/odd"});
    std::map<std::string, std::string> env = {{"SLUICE_DUMMY", "1"}};
    if (configured) env["XDG_CONFIG_HOME"] = path("config");
    Finished done = run(words, env);
    look_in("standard output of " + words[0], done.out);
    look_in("standard error of " + words[0], done.err);
    for (const auto& [name, bytes] : tree_of(kb())) look_in(name, bytes);
    for (const auto& entry : fs::directory_iterator(dir_.path())) {
      if (entry.path().filename().string().starts_with("log")) {
        look_in("the log", read_file(entry.path()));
      }
    }
    return done;
  }
  static void look_in(const std::string& place, const std::string& bytes) {
    EXPECT_EQ(bytes.find(kPassword), std::string::npos) << "the password is in " << place;
  }
};

TEST_F(Secrets, OfTheConfigurationStayThere) {
  write("a.odd", "string-size password\nwrite opened\n");
  write("b.odd", "write x\nreason no luck with it\noutcome 5\n");
  EXPECT_EQ(run_and_look({"add", "a.odd", "b.odd", "--json"}).exit_code, 3);
  EXPECT_THAT(read("kb/wiki/sources/a.md"), HasSubstr("= 28\n")) << "it reached the converter";
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"list", "--json"},
                                             {"list", "--failed"},
                                             {"show", "a", "--json"},
                                             {"show", "b.odd"},
                                             {"status", "--json"},
                                             {"config", "show"},
                                             {"config", "show", "--json"},
                                             {"config", "check"},
                                             {"plugin", "list", "--json"},
                                             {"plugin", "info", "odd"},
                                             {"plugin", "info", "odd", "--json"},
                                             {"plugin", "why", "a.odd"},
                                             {"doctor"},
                                             {"convert", "a.odd"},
                                             {"check"}}) {
    run_and_look(words);
  }
  // Again, so that the rows of the first run are compared.
  run_and_look({"add", "a.odd", "b.odd"});
}

TEST_F(Secrets, OfTheCommandLineStayThere) {
  write("a.odd", "string-size password\nwrite opened\n");
  const std::string given = std::string("odd.password=") + kPassword;
  EXPECT_EQ(run_and_look({"add", "a.odd", "--option", given, "--json"}, false).exit_code, 0);
  EXPECT_THAT(read("kb/wiki/sources/a.md"), HasSubstr("= 28\n"));
  run_and_look({"convert", "a.odd", "--option", given}, false);
}

// A slip of the hand must not print it, either.
TEST_F(Secrets, OfAMistypedOptionAreNotPrinted) {
  write("a.odd", "write x\n");
  const std::string value = kPassword;
  for (const std::string& given :
       {"odd.pasword=" + value, "ood.password=" + value, "password=" + value, value,
        "odd.password:" + value, "odd=" + value, ".=" + value, "odd.count=" + value}) {
    const Finished refused = run_and_look({"add", "a.odd", "--option", given}, false);
    EXPECT_EQ(refused.exit_code, 2) << given;
  }
}

TEST_F(Secrets, OfTheWrongTypeOrOfNoPluginAreNotPrinted) {
  write("a.odd", "write x\n");
  for (const std::string& text :
       {"[plugin.odd]\npassword = [\"" + std::string(kPassword) + "\"]\n",
        "[plugin.odd]\npasword = \"" + std::string(kPassword) + "\"\n",
        "[plugin.gone]\npassword = \"" + std::string(kPassword) + "\"\n"}) {
    write("config/sluice/config.toml", text);
    run_and_look({"add", "a.odd"});
    run_and_look({"config", "show"});
    run_and_look({"config", "show", "--json"});
    run_and_look({"config", "check"});
  }
}

}  // namespace
}  // namespace sluice::test
