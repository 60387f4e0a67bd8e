// What happens where the kernel lacks a layer, or is asked for none. The kernel is a real one with
// the layer's calls taken away, see without.cpp.
#include "kit/paths.h"
#include "sandbox/targets.h"

namespace sluice::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class Levels : public Escape {
 protected:
  // Runs sluice on the knowledge base where these layers are missing.
  Finished run_without(const std::vector<std::string>& layers, std::vector<std::string> arguments,
                       const std::string& level = "") {
    std::vector<std::string> command = {test::build_folder() + "/tests/sandbox_without"};
    command.insert(command.end(), layers.begin(), layers.end());
    command.insert(command.end(), {"--", sluice_program(), "-C", kb().string()});
    command.insert(command.end(), arguments.begin(), arguments.end());
    std::map<std::string, std::string> env = {{"XDG_CONFIG_HOME", "/nonexistent"},
                                              {"XDG_DATA_HOME", "/nonexistent"}};
    if (!level.empty()) env["SLUICE_SANDBOX_LEVEL"] = level;
    return Running(std::move(command), std::move(env), dir_.path()).wait();
  }
  // All but the index and the empty log that a reader of the registry leaves.
  Tree state_of_kb() {
    Tree tree = tree_of(kb());
    tree.erase(".sluice/registry.db-shm");
    const auto log = tree.find(".sluice/registry.db-wal");
    if (log != tree.end() && log->second.empty()) tree.erase(log);
    return tree;
  }
  std::string state_of(const Finished& run) {
    return objects(run.out, "run_start").at(0)["sandbox"];
  }
};

TEST_F(Levels, AllOfItIsNoWarning) {
  write("a.md", "# A\n");
  const Finished run = add({"a.md", "--json"});
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_EQ(run.err, "");
  EXPECT_EQ(state_of(run), "full");
}

TEST_F(Levels, WithoutLandlockTheBestEffortGoesOnWithAWarning) {
  write("a.md", "# A\n");
  const Finished run = run_without({"landlock"}, {"add", "a.md", "--json"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(state_of(run), "reduced");
  EXPECT_THAT(run.err, AllOf(HasSubstr("warning the sandbox is not complete"),
                             HasSubstr("Landlock is missing (this kernel does not have it)"),
                             HasSubstr("may read your files")));
}

TEST_F(Levels, WithoutTheFilterTheBestEffortGoesOnWithAWarning) {
  write("a.md", "# A\n");
  const Finished run = run_without({"seccomp"}, {"add", "a.md", "--json"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(state_of(run), "reduced");
  EXPECT_THAT(run.err, HasSubstr("the filter on system calls is missing"));
}

TEST_F(Levels, WithoutBothItIsOff) {
  write("a.md", "# A\n");
  const Finished run = run_without({"landlock-off", "seccomp"}, {"add", "a.md", "--json"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(state_of(run), "off");
  EXPECT_THAT(run.err, HasSubstr("switched off when the system started"));
}

TEST_F(Levels, QuietIsQuiet) {
  write("a.md", "# A\n");
  EXPECT_EQ(run_without({"landlock"}, {"-q", "add", "a.md"}).err, "");
}

TEST_F(Levels, RequiredAndMissingIsExitCode12BeforeAnythingIsTouched) {
  write("a.md", "# A\n");
  for (const char* layer : {"landlock", "seccomp"}) {
    const Tree before = state_of_kb();
    const Finished run = run_without({layer}, {"add", "a.md"}, "required");
    EXPECT_EQ(run.exit_code, 12) << run.err;
    EXPECT_THAT(run.err, AllOf(HasSubstr("sandbox that is required"), HasSubstr("doctor")));
    EXPECT_TRUE(before == state_of_kb());
    EXPECT_EQ(run_without({layer}, {"convert", "a.md"}, "required").exit_code, 12);
  }
}

TEST_F(Levels, RequiredByTheKnowledgeBase) {
  write("a.md", "# A\n");
  write("kb/.sluice/config.toml", "[sandbox]\nlevel = \"required\"\n");
  EXPECT_EQ(run_without({"landlock"}, {"add", "a.md"}).exit_code, 12);
  EXPECT_EQ(add({"a.md"}).exit_code, 0);
}

TEST_F(Levels, AKnowledgeBaseCannotSwitchItOff) {
  write("a.md", "# A\n");
  write("kb/.sluice/config.toml", "[sandbox]\nlevel = \"off\"\ndocuments_per_process = 60\n");
  const Finished run = add({"a.md", "--json"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(state_of(run), "full");
  EXPECT_THAT(run.err, AllOf(HasSubstr("sandbox.level"), HasSubstr("documents_per_process"),
                             HasSubstr("would lower a guard")));
}

TEST_F(Levels, AKnowledgeBaseCannotBringPlugins) {
  write("a.md", "# A\n");
  write("kb/.sluice/config.toml", "[plugins]\npaths = [\"" + fixtures() + "\"]\n");
  const Finished run = add({"a.md"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.err, AllOf(HasSubstr("plugins.paths"), HasSubstr("would lower a guard")));
}

TEST_F(Levels, OffIsSaid) {
  write("a.md", "# A\n");
  const Finished run = add({"a.md", "--json"}, {{"SLUICE_SANDBOX_LEVEL", "off"}});
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_EQ(state_of(run), "off");
  EXPECT_THAT(run.err, HasSubstr("warning the sandbox is off"));
}

TEST_F(Levels, OneDocumentAProcessIsTheDefaultAndSharingIsSaid) {
  write("a.md", "# A\n");
  const Finished alone = add({"a.md", "--json"});
  EXPECT_EQ(objects(alone.out, "run_start").at(0)["documents_per_process"], 1);
  write("b.md", "# B\n");
  const Finished shared = add({"b.md", "--json"}, {{"SLUICE_SANDBOX_DOCUMENTS_PER_PROCESS", "60"}});
  EXPECT_EQ(shared.exit_code, 0) << shared.err;
  EXPECT_EQ(objects(shared.out, "run_start").at(0)["documents_per_process"], 60);
  EXPECT_EQ(state_of(shared), "reduced");
  EXPECT_THAT(shared.err, AllOf(HasSubstr("documents_per_process is 60"),
                                HasSubstr("may see and forge the other documents")));
}

TEST_F(Levels, RequiredRefusesSharingAProcess) {
  write("a.md", "# A\n");
  const Finished run = add({"a.md"}, {{"SLUICE_SANDBOX_LEVEL", "required"},
                                      {"SLUICE_SANDBOX_DOCUMENTS_PER_PROCESS", "2"}});
  EXPECT_EQ(run.exit_code, 12) << run.err;
  EXPECT_THAT(run.err, HasSubstr("documents_per_process"));
}

// Each layer holds what is its own without the other.
TEST_F(Levels, LandlockAloneKeepsFilesApart) {
  write("m.hostile", order("read-secret"));
  const Finished run = run_without({"seccomp"}, {"add", "m.hostile", "--plugin", plugins()});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(read_file(kb() / "wiki/sources/m.md"), HasSubstr("denied: EACCES"));
}

TEST_F(Levels, TheFilterAloneKeepsProcessesAndTheNetworkOut) {
  for (const char* name : {"fork", "connect-tcp", "kill", "chmod", "write-kb", "create-outside"}) {
    write("in/" + std::string(name) + ".hostile", order(name));
  }
  const Finished run = run_without({"landlock"}, {"add", "in", "--json", "--plugin", plugins()});
  EXPECT_EQ(run.exit_code, 3) << run.err;
  expect_untouched();
  EXPECT_TRUE(victim_lives());
  EXPECT_THAT(read_file(kb() / "wiki/sources/write-kb.md"), HasSubstr("denied"));
  EXPECT_THAT(read_file(kb() / "wiki/sources/create-outside.md"), HasSubstr("denied"));
}

TEST_F(Levels, DoctorShowsEachLayerAndWhyItIsMissing) {
  EXPECT_THAT(run({"doctor"}).out, AllOf(HasSubstr("sandbox: complete; level = \"best-effort\""),
                                         HasSubstr("sandbox files: Landlock "),
                                         HasSubstr("sandbox system calls: only")));
  EXPECT_THAT(run_without({"landlock"}, {"doctor"}).out,
              AllOf(HasSubstr("warning sandbox: not complete"),
                    HasSubstr("sandbox files: no Landlock: this kernel does not have it"),
                    HasSubstr("usable here")));
  const Finished required = run_without({"seccomp"}, {"doctor"}, "required");
  EXPECT_EQ(required.exit_code, 1);
  EXPECT_THAT(required.out, HasSubstr("failed  sandbox system calls: no filter"));
}

}  // namespace
}  // namespace sluice::test
