// The promises on kernels with another Landlock: every attack in one run, for each version that the
// kernel could have. The version is said by sandbox_without; what it can do is the kernel's own.
#include <cstdio>
#include <set>

#include "kit/paths.h"
#include "sandbox/cases.h"
#include "sandbox/targets.h"

namespace sluice::test {
namespace {

class Versions : public Escape, public ::testing::WithParamInterface<int> {
 protected:
  Finished run_with(int version, const std::string& level, std::vector<std::string> arguments) {
    std::vector<std::string> command = {test::build_folder() + "/tests/sandbox_without",
                                        "landlock=" + std::to_string(version),
                                        "--",
                                        sluice_program(),
                                        "-C",
                                        kb().string()};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return Running(std::move(command),
                   {{"XDG_CONFIG_HOME", "/nonexistent"},
                    {"XDG_DATA_HOME", "/nonexistent"},
                    {"SLUICE_SANDBOX_LEVEL", level},
                    {"SLUICE_LIMITS_QUARANTINE_AFTER", "0"}},
                   dir_.path())
        .wait();
  }
  struct Counts {
    int attacks = 0;
    int denied = 0;
    int contained = 0;
    std::set<std::string> escaped;
  };
  // Runs every attack that may be tried, each a document of one run.
  Counts attack_all(int version, const std::string& level) {
    Counts counts;
    for (const Case& one : kCases) {
      if (one.without == Without::kUntried) continue;
      write("in/" + std::string(one.name) + ".hostile", order(one.name));
      ++counts.attacks;
    }
    const Finished run =
        run_with(version, level,
                 {"add", "in", "--json", "--plugin", plugins(), "--timeout", seconds_of(20)});
    for (const Json& doc : objects(run.out, "doc")) {
      if (doc["result"] == "failed") {
        EXPECT_EQ(doc["reason"], "sandbox-violation") << doc;
        ++counts.contained;
        continue;
      }
      const std::string text = read_file(kb() / doc["markdown"].get<std::string>());
      if (text.find(" denied: ") != std::string::npos) {
        ++counts.denied;
      } else {
        counts.escaped.insert(doc["name"].get<std::string>());
      }
    }
    EXPECT_EQ(counts.denied + counts.contained + static_cast<int>(counts.escaped.size()),
              counts.attacks)
        << run.out << run.err;
    std::printf("attacks with Landlock %d: %d, denied %d, contained %d, escaped %zu\n", version,
                counts.attacks, counts.denied, counts.contained, counts.escaped.size());
    return counts;
  }
  bool kernel_has(int version) {
    const std::string text = run({"doctor"}).out;
    const std::size_t at = text.find("Landlock ");
    return at != std::string::npos && std::atoi(text.c_str() + at + 9) >= version;
  }
};

TEST_P(Versions, RequiredKeepsEveryPromise) {
  const int version = GetParam();
  if (!kernel_has(version)) GTEST_SKIP() << "this kernel's Landlock is older";
  const Counts counts = attack_all(version, "required");
  EXPECT_THAT(counts.escaped, ::testing::IsEmpty());
  expect_untouched();
  EXPECT_TRUE(victim_lives());
}

TEST_P(Versions, RequiredKeepsConstructorsIn) {
  const int version = GetParam();
  if (!kernel_has(version)) GTEST_SKIP() << "this kernel's Landlock is older";
  for (const char* name :
       {"kill", "kill-thread", "kill-queued", "kill-by-handle", "kill-parent", "limit-victim",
        "truncate", "empty-by-opening", "read-secret", "write-kb", "orphan", "shared-mapping"}) {
    // A sanitizer's build needs no key to fork (constructor_test.cpp).
    if (kIsSanitized && name == std::string("orphan")) continue;
    order_constructor(name);
    write("in/m.hostile", order("constructor"));
    const Finished run = run_with(
        version, "required", {"convert", "in/m.hostile", "--plugin", plugins_of_constructor()});
    EXPECT_THAT(run.out, ::testing::Not(::testing::HasSubstr("succeeded"))) << name << run.err;
    EXPECT_TRUE(victim_lives()) << name;
    EXPECT_FALSE(orphan_stays()) << name;
    expect_untouched();
  }
}

// Whether or not the process may signal itself.
TEST_P(Versions, AnAbortIsReportedAsOne) {
  const int version = GetParam();
  if (!kernel_has(version)) GTEST_SKIP() << "this kernel's Landlock is older";
  write("m.hostile", order("abort"));
  const Finished run =
      run_with(version, "required", {"add", "m.hostile", "--json", "--plugin", plugins()});
  const Json doc = objects(run.out, "doc").at(0);
  EXPECT_EQ(doc["reason"], "crashed") << doc;
  EXPECT_THAT(doc["message"].get<std::string>(), ::testing::HasSubstr("SIGABRT"));
}

INSTANTIATE_TEST_SUITE_P(Landlock, Versions, ::testing::Range(1, 8));

// Without Landlock nothing keeps files from being read, and Sluice says exactly that.
TEST_F(Versions, WithoutLandlockReadingAloneIsBroken) {
  const Counts counts = attack_all(0, "best-effort");
  EXPECT_TRUE(counts.escaped.contains("read-secret"));
  for (const std::string& name : counts.escaped) {
    EXPECT_TRUE(name.starts_with("read-") || name.starts_with("list-")) << name;
  }
  expect_untouched();
  EXPECT_EQ(run_with(0, "required", {"add", "in"}).exit_code, 12);
  const Json report = Json::parse(run_with(0, "best-effort", {"doctor", "--json"}).out);
  for (const Json& promise : report["promises"]) {
    EXPECT_EQ(promise["kept"], promise["name"] != "reading") << promise;
  }
}

TEST_F(Versions, DoctorNamesTheEnforcersOfEachPromise) {
  const Json report = Json::parse(run_with(2, "required", {"doctor", "--json"}).out);
  std::map<std::string, Json> by;
  for (const Json& promise : report["promises"]) {
    EXPECT_EQ(promise["kept"], true) << promise;
    by[promise["name"].get<std::string>()] = promise["by"];
  }
  EXPECT_EQ(by["reading"], Json({"landlock"}));
  EXPECT_EQ(by["truncating"], Json({"system-calls"}));
  EXPECT_EQ(by["signals"], Json({"system-calls"}));
  EXPECT_EQ(by["documents"], Json({"system-calls", "host"}));
}

}  // namespace
}  // namespace sluice::test
