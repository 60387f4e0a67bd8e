// Plugins that cannot be loaded: what the user reads is the cause, by name, and all commands say
// the same.
#include <algorithm>
#include <chrono>
#include <functional>

#include "cli/real_program.h"
#include "platform/sha256.h"

namespace sluice::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

namespace fs = std::filesystem;

struct Broken {
  const char* name;     // of the fixture, or of the change to the sound one
  const char* outcome;  // of its documents
  const char* reason;   // a part of it
  // What is done to a sound library's bytes.
  std::function<void(std::string& bytes)> change = {};
};

void PrintTo(const Broken& one, std::ostream* out) {
  *out << one.name;
}

// Fields of an ELF header (System V ABI).
constexpr std::size_t kClass = 4;
constexpr std::size_t kType = 16;
constexpr std::size_t kMachine = 18;

class Loading : public RealProgram, public ::testing::WithParamInterface<Broken> {
 protected:
  static std::string broken(const std::string& id) {
    return test::build_folder() + "/tests/broken-plugins/" + id;
  }
  std::string prepare(const Broken& one) {
    const std::string id = std::string("broken-") + (one.change ? "sound" : one.name);
    const fs::path folder = dir_ / "plugins" / id;
    fs::create_directories(folder);
    fs::copy(broken(id), folder, fs::copy_options::recursive);
    if (!one.change) return id;
    const fs::path library = folder / (id + ".so");
    std::string bytes = read_file(library);
    std::string manifest = read_file(folder / "plugin.toml");
    const std::string before = platform::to_hex(platform::sha256(bytes));
    one.change(bytes);
    write_file(library, bytes);
    manifest.replace(manifest.find(before), before.size(),
                     platform::to_hex(platform::sha256(bytes)));
    write_file(folder / "plugin.toml", manifest);
    return id;
  }
  Finished sluice(std::vector<std::string> words) {
    return run(std::move(words), {{"SLUICE_PLUGIN_PATH", path("plugins")},
                                  {"SLUICE_LIMITS_LOAD_TIME", "2"},
                                  {"SLUICE_LIMITS_MEMORY", "512MiB"}});
  }
};

TEST_P(Loading, SaysWhyEverywhere) {
  const Broken& one = GetParam();
  const std::string id = prepare(one);
  // Binary: nobody else takes it.
  write("x.broken", std::string("\0\1\2\3", 4));
  const auto begin = std::chrono::steady_clock::now();
  const Finished added = sluice({"add", "x.broken", "--json"});
  const auto took = std::chrono::steady_clock::now() - begin;
  EXPECT_LT(took, std::chrono::seconds(60));
  EXPECT_EQ(added.exit_code, 3) << added.err;
  const auto docs = objects(added.out, "doc");
  ASSERT_EQ(docs.size(), 1U) << added.out << added.err;
  EXPECT_EQ(docs[0]["reason"], one.outcome) << docs[0];
  EXPECT_EQ(docs[0]["converter"], id);
  EXPECT_THAT(docs[0]["message"].get<std::string>(), HasSubstr(one.reason));
  EXPECT_TRUE(docs[0]["hint"].is_string()) << "what to do";
  for (const char* gone : {"boost", "dlerror", "basic_ios", "Bad file descriptor"}) {
    EXPECT_THAT(docs[0]["message"].get<std::string>(), ::testing::Not(HasSubstr(gone)));
  }
  for (const Json& plugin : objects(sluice({"plugin", "list", "--json"}).out, "plugin")) {
    if (plugin["folder"] != path("plugins/" + id)) continue;
    EXPECT_EQ(plugin["state"], "refused");
    EXPECT_THAT(plugin["reason"].get<std::string>(), HasSubstr(one.reason));
  }
  const Finished why = sluice({"plugin", "why", "x.broken"});
  EXPECT_EQ(why.exit_code, 1);
  EXPECT_THAT(why.out, AllOf(HasSubstr("refused"), HasSubstr(one.reason)));
  const Finished named = sluice({"convert", "x.broken", "--plugin", path("plugins/" + id)});
  EXPECT_EQ(named.exit_code, 2);
  EXPECT_THAT(named.err, HasSubstr(one.reason));
  expect_consistent();
}

INSTANTIATE_TEST_SUITE_P(
    Files, Loading,
    ::testing::Values(
        Broken{"empty", "internal", "not a shared library", [](std::string& b) { b.clear(); }},
        Broken{"text", "internal", "not a shared library",
               [](std::string& b) { b = "#!/bin/sh\nexit 0\n" + std::string(200, '#'); }},
        Broken{"header_alone", "internal", "not a shared library",
               [](std::string& b) { b.resize(64); }},
        Broken{"half", "internal", "not a shared library",
               [](std::string& b) { b.resize(b.size() / 2); }},
        Broken{"of_32_bits", "internal", "32-bit", [](std::string& b) { b[kClass] = 1; }},
        Broken{"of_another_machine", "internal", "for ELF machine 40",
               [](std::string& b) { b[kMachine] = 40; }},
        Broken{"a_program", "internal", "another ELF file", [](std::string& b) { b[kType] = 2; }}),
    [](const auto& test) { return std::string(test.param.name); });

std::string test_name(const Broken& one) {
  std::string name = one.name;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(
    Needs, Loading,
    ::testing::Values(Broken{"needs-symbol", "missing-dependency",
                             "undefined symbol: sluice_function_that_nobody_has"},
                      Broken{"needs-library", "missing-dependency", "libsluice-not-there-1.so"}),
    [](const auto& test) { return test_name(test.param); });

INSTANTIATE_TEST_SUITE_P(
    Constructors, Loading,
    ::testing::Values(Broken{"throws", "internal", "the model /opt/m.bin is missing"},
                      Broken{"throws-number", "internal", "an exception of unknown type"},
                      Broken{"aborts", "crashed", "SIGABRT"},
                      Broken{"exits", "crashed", "exit code 7"},
                      Broken{"hangs", "timeout", "longer than 2000 milliseconds"},
                      Broken{"spins", "timeout", "longer than 2000 milliseconds"},
                      Broken{"connects", "sandbox-violation", "the sandbox forbids socket"}),
    [](const auto& test) { return test_name(test.param); });

#ifndef SLUICE_SANITIZED  // sanitizers have no limit on memory
INSTANTIATE_TEST_SUITE_P(Memory, Loading,
                         ::testing::Values(Broken{"allocates", "out-of-memory",
                                                  "more memory than a document may have"}),
                         [](const auto& test) { return test_name(test.param); });
#endif

INSTANTIATE_TEST_SUITE_P(
    Descriptors, Loading,
    ::testing::Values(
        Broken{"no-size", "internal", "a size that cannot be (0 bytes)"},
        Broken{"huge-size", "internal", "a size that cannot be"},
        Broken{"other-major", "internal", "needs plugin interface 2.0, this host has 1.0"},
        Broken{"newer-minor", "internal", "needs plugin interface 1.99"},
        Broken{"other-id", "internal", "its id is \"another\""},
        Broken{"long-id", "internal", "id is not a usable text"},
        Broken{"other-version", "internal", "its version is \"9.9.9\""},
        Broken{"other-converter", "internal", "which the library does not have"},
        Broken{"short-converter", "internal", "converter table has a size that cannot be"},
        Broken{"no-prepare", "internal", "no prepare function"},
        Broken{"no-converters", "internal", "list of converters is not usable"},
        Broken{"many-converters", "internal", "list of converters is not usable"},
        Broken{"declines", "missing-dependency", "the model /opt/m.bin is missing"},
        Broken{"declines-silently", "missing-dependency", "gives no reason"}),
    [](const auto& test) { return test_name(test.param); });

// The sound one among them loads: what is refused above is refused for its fault alone.
TEST_F(Loading, TheSoundOneIsUsed) {
  prepare({"sound", "", ""});
  for (const Json& plugin : objects(sluice({"plugin", "list", "--json"}).out, "plugin")) {
    if (plugin["id"] != "broken-sound") continue;
    EXPECT_EQ(plugin["state"], "ok") << plugin;
  }
}

}  // namespace
}  // namespace sluice::test
