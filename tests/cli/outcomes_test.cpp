// What the user sees of the first converter in line, for each way in which its turn can end: in
// text, in --json and by `show`, be it that the document is made, that it fails, or that the next
// in line takes over.
#include "cli/real_program.h"
#include "platform/sha256.h"

namespace sluice::test {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

namespace fs = std::filesystem;

enum class End { kMade, kFailed, kTakenOver };

// What is to be seen of one document.
struct Seen {
  End end = End::kFailed;
  std::string first;      // the first converter in line
  std::string outcome;    // of its turn
  std::string reason;     // a part of the text; empty: none is given
  std::string successor;  // who takes over
  std::string how;        // and how the warning says it
};

class Outcomes : public RealProgram {
 protected:
  // Adds the same content twice, as text and as --json, and looks at both.
  void expect(const Seen& seen, const std::string& extension, const std::string& content,
              const std::vector<std::string>& options,
              const std::map<std::string, std::string>& env) {
    const int code = seen.end == End::kFailed ? 3 : 0;
    write("in/text." + extension, content);
    std::vector<std::string> words = {"in/text." + extension};
    words.insert(words.end(), options.begin(), options.end());
    const Finished text = add(words, env);
    EXPECT_EQ(text.exit_code, code) << text.out << text.err;
    expect_text(seen, text.err, "in/text." + extension);

    write("in/json." + extension, content + "not the same\n");
    words[0] = "in/json." + extension;
    words.emplace_back("--json");
    const Finished json = add(words, env);
    EXPECT_EQ(json.exit_code, code) << json.out << json.err;
    const auto docs = objects(json.out, "doc");
    ASSERT_EQ(docs.size(), 1U) << json.out << json.err;
    expect_doc(seen, docs[0]);

    for (const char* stem : {"in/text.", "in/json."}) expect_shown(seen, stem + extension);
    expect_listed(seen);
    expect_consistent();
    EXPECT_EQ(run({"check"}).exit_code, 0);
  }

 private:
  static void expect_text(const Seen& seen, const std::string& err, const std::string& path) {
    const std::string end = seen.outcome + (seen.reason.empty() ? "" : ": ");
    switch (seen.end) {
      case End::kMade:
        EXPECT_EQ(err, seen.outcome == "ok" ? "" : "partial " + path + ": " + seen.reason + "\n");
        break;
      case End::kFailed:
        EXPECT_THAT(err, ::testing::StartsWith("failed  " + path + ": " + seen.outcome + " (" +
                                               seen.first + "): "));
        EXPECT_THAT(err, AllOf(HasSubstr(seen.reason), ContainsRegex("; .+\n$"))) << "no hint";
        EXPECT_EQ(std::count(err.begin(), err.end(), '\n'), 1) << err;
        break;
      case End::kTakenOver:
        EXPECT_THAT(err, ::testing::StartsWith("warning " + path + ": the converter " + seen.first +
                                               " " + seen.how + " (" + end));
        EXPECT_THAT(
            err, AllOf(HasSubstr(seen.reason), HasSubstr("); " + seen.successor + " took over")));
        EXPECT_EQ(std::count(err.begin(), err.end(), '\n'), 1) << err;
        break;
    }
  }

  void expect_doc(const Seen& seen, const Json& doc) const {
    const bool failed = seen.end == End::kFailed;
    EXPECT_EQ(doc["result"], failed ? "failed" : "added") << doc;
    EXPECT_EQ(doc["converter"], seen.end == End::kTakenOver ? seen.successor : seen.first) << doc;
    EXPECT_EQ(doc["outcome"], seen.end == End::kTakenOver ? "ok" : seen.outcome) << doc;
    EXPECT_EQ(doc["reason"], failed ? Json(seen.outcome) : Json()) << doc;
    EXPECT_EQ(doc["hint"].is_string(), failed) << doc;
    if (seen.end != End::kTakenOver) expect_reason(seen, doc["message"]);
    expect_attempts(seen, doc["attempts"]);
    int takeovers = 0;
    for (const Json& warning : doc["warnings"]) takeovers += warning["code"] == "takeover" ? 1 : 0;
    EXPECT_EQ(takeovers, seen.end == End::kTakenOver ? 1 : 0) << doc;
  }

  static void expect_reason(const Seen& seen, const Json& reason) {
    if (seen.reason.empty()) {
      EXPECT_TRUE(reason.is_null()) << reason;
    } else {
      ASSERT_TRUE(reason.is_string()) << reason;
      EXPECT_THAT(reason.get<std::string>(), HasSubstr(seen.reason));
    }
  }

  static void expect_attempts(const Seen& seen, const Json& attempts) {
    if (seen.end != End::kTakenOver) {
      EXPECT_EQ(attempts, Json::array());
      return;
    }
    ASSERT_EQ(attempts.size(), 1U) << attempts;
    EXPECT_EQ(attempts[0]["converter"], seen.first);
    EXPECT_EQ(attempts[0]["outcome"], seen.outcome);
    EXPECT_THAT(attempts[0]["converter_version"].get<std::string>(), ContainsRegex("^[0-9.]+$"));
    expect_reason(seen, attempts[0]["reason"]);
  }

  void expect_shown(const Seen& seen, const std::string& path) {
    const Finished text = run({"show", path});
    const Finished json = run({"show", path, "--json"});
    EXPECT_EQ(text.exit_code, 0) << text.err;
    if (seen.end == End::kFailed) {
      const auto failures = objects(json.out, "failure");
      ASSERT_EQ(failures.size(), 1U) << json.out << json.err;
      EXPECT_EQ(failures[0]["reason"], seen.outcome);
      EXPECT_EQ(failures[0]["converter"], seen.first);
      EXPECT_TRUE(failures[0]["hint"].is_string());
      expect_reason(seen, failures[0]["message"]);
      expect_attempts(seen, failures[0]["attempts"]);
      EXPECT_THAT(text.out, AllOf(ContainsRegex("outcome +" + seen.outcome + "\n"),
                                  ContainsRegex("try +.+\n"), HasSubstr(seen.reason),
                                  ContainsRegex("converter +" + seen.first + "\n")));
      return;
    }
    const auto documents = objects(json.out, "document");
    ASSERT_EQ(documents.size(), 1U) << json.out << json.err;
    expect_attempts(seen, documents[0]["attempts"]);
    if (seen.end == End::kTakenOver) {
      EXPECT_EQ(documents[0]["outcome"], "ok");
      EXPECT_THAT(text.out, AllOf(ContainsRegex("state +ok\n"),
                                  ContainsRegex("converter +" + seen.successor + " [0-9.]+\n"),
                                  ContainsRegex("attempt +" + seen.first +
                                                " [0-9.]+: " + seen.outcome + "[:\n]"),
                                  HasSubstr(seen.reason)));
      return;
    }
    EXPECT_EQ(documents[0]["outcome"], seen.outcome);
    expect_reason(seen, documents[0]["message"]);
    EXPECT_THAT(text.out, Not(ContainsRegex("\nattempt ")));
    EXPECT_THAT(text.out, ContainsRegex("state +ok" + (seen.outcome == "ok"
                                                           ? std::string("\n")
                                                           : ", partial: " + seen.reason + "\n")));
  }

  void expect_listed(const Seen& seen) {
    const Finished list = run({"list"});
    EXPECT_EQ(std::count(list.out.begin(), list.out.end(), '\n'), seen.end == End::kFailed ? 0 : 2);
    if (seen.outcome == "partial") {
      EXPECT_THAT(list.out, HasSubstr("  partial: " + seen.reason));
    }
    for (const Json& document : objects(run({"list", "--json"}).out, "document")) {
      EXPECT_EQ(document["outcome"], seen.end == End::kTakenOver ? "ok" : seen.outcome);
      expect_attempts(seen, document["attempts"]);
    }
  }
};

// What the first converter does with a document that the second would convert in any case.
struct Conversion {
  const char* name;
  std::string commands;
  const char* outcome;
  const char* reason;
  End end;
  std::vector<std::string> options = {};
};

void PrintTo(const Conversion& one, std::ostream* out) {
  *out << one.name;
}

class OutcomeOfAConversion : public Outcomes, public ::testing::WithParamInterface<Conversion> {};

TEST_P(OutcomeOfAConversion, IsSeenInTextJsonAndShow) {
  const Conversion& one = GetParam();
  const bool declined = std::string(one.outcome) == "unsupported";
  const Seen seen = {one.end,    "scripted",        one.outcome,
                     one.reason, "scripted-second", declined ? "did not take it" : "failed"};
  std::vector<std::string> options = {"--plugin", fixtures() + "/scripted"};
  options.insert(options.end(), one.options.begin(), one.options.end());
  expect(seen, "script", one.commands + "body a line of both\n", options, {});
}

INSTANTIATE_TEST_SUITE_P(
    First, OutcomeOfAConversion,
    ::testing::Values(
        Conversion{"ok", "first body fine\n", "ok", "", End::kMade},
        Conversion{"partial", "first partial page 3 is missing\n", "partial", "page 3 is missing",
                   End::kMade},
        Conversion{"empty", "first empty no text at all\n", "empty", "no text at all",
                   End::kFailed},
        Conversion{"unsupported", "first unsupported another dialect\n", "unsupported",
                   "another dialect", End::kTakenOver},
        Conversion{"malformed", "first malformed no trailer\n", "malformed", "no trailer",
                   End::kFailed},
        Conversion{"encrypted", "first encrypted a password\n", "encrypted", "a password",
                   End::kFailed},
        Conversion{"limit", "first limit too deep\n", "limit", "too deep", End::kFailed},
        Conversion{"missing_dependency", "first missing-dependency no font\n", "missing-dependency",
                   "no font", End::kTakenOver},
        Conversion{"io", "first io cannot read on\n", "io", "cannot read on", End::kFailed},
        Conversion{"internal", "first internal a bug\n", "internal", "a bug", End::kTakenOver},
        Conversion{"thrown", "first throw\n", "internal", "exception", End::kTakenOver},
        Conversion{"crashed", "first crash\n", "crashed", "SIGSEGV", End::kTakenOver},
        Conversion{"timeout",
                   "first hang-deaf\n",
                   "timeout",
                   "300 milliseconds",
                   End::kFailed,
                   {"--timeout", "0.3"}},
        Conversion{"sandbox_violation", "first violate\n", "sandbox-violation", "forbids",
                   End::kFailed}),
    [](const auto& test) { return std::string(test.param.name); });

#ifndef SLUICE_SANITIZED  // sanitizers need more memory than the limit
INSTANTIATE_TEST_SUITE_P(FirstInLittleMemory, OutcomeOfAConversion,
                         ::testing::Values(Conversion{"out_of_memory",
                                                      "first allocate\n",
                                                      "out-of-memory",
                                                      "128",
                                                      End::kFailed,
                                                      {"--memory-limit", "128MiB"}}),
                         [](const auto& test) { return std::string(test.param.name); });
#endif

// A plugin that cannot be used. Its documents are plain text, which another converter reads.
struct Refusal {
  const char* name;
  const char* plugin;
  const char* extension;
  const char* outcome;
  const char* reason;
  End end;
  // What somebody did to its folder.
  void (*change)(const fs::path& folder) = [](const fs::path&) {};
};

void replace(const fs::path& file, const std::string& old, const std::string& by) {
  std::string text = read_file(file);
  const auto at = text.find(old);
  ASSERT_NE(at, std::string::npos) << old;
  write_file(file, text.replace(at, old.size(), by));
}

const fs::path kSings = "canary-sings.so";

void append_to_library(const fs::path& folder) {
  write_file(folder / kSings, read_file(folder / kSings) + "more");
}

void put_text_in_place_of_library(const fs::path& folder) {
  const auto sha256 = [&] {
    return platform::to_hex(platform::sha256(read_file(folder / kSings)));
  };
  const std::string before = sha256();
  write_file(folder / kSings, "no library\n");
  replace(folder / "plugin.toml", before, sha256());
}

void PrintTo(const Refusal& one, std::ostream* out) {
  *out << one.name;
}

class OutcomeOfAPlugin : public Outcomes, public ::testing::WithParamInterface<Refusal> {};

TEST_P(OutcomeOfAPlugin, ThatCannotBeUsedIsSeenInTextJsonAndShow) {
  const Refusal& one = GetParam();
  const fs::path folder = fs::path(path("plugins")) / one.plugin;
  fs::create_directories(folder);
  fs::copy(fs::path(fixtures()) / one.plugin, folder, fs::copy_options::recursive);
  one.change(folder);
  const Seen seen = {one.end, one.plugin, one.outcome, one.reason, "text", "could not be used"};
  expect(seen, one.extension, "plain words\n", {}, {{"SLUICE_PLUGIN_PATH", path("plugins")}});
}

INSTANTIATE_TEST_SUITE_P(
    First, OutcomeOfAPlugin,
    ::testing::Values(
        Refusal{"wrong_hash", "canary-sings", "sings", "internal", "SHA-256", End::kFailed,
                append_to_library},
        Refusal{"writable_by_all", "canary-sings", "sings", "internal", "everybody may write",
                End::kFailed,
                [](const fs::path& folder) { fs::permissions(folder, fs::perms(0777)); }},
        Refusal{"wrong_abi", "canary-sings", "sings", "internal", "plugin ABI 9.0", End::kTakenOver,
                [](const fs::path& folder) {
                  replace(folder / "plugin.toml", "abi = \"1.0\"", "abi = \"9.0\"");
                }},
        Refusal{"no_library", "canary-sings", "sings", "missing-dependency",
                "canary-sings.so: there is no such file", End::kTakenOver,
                [](const fs::path& folder) { fs::remove(folder / kSings); }},
        Refusal{"text_for_a_library", "canary-sings", "sings", "internal", "not a shared library",
                End::kTakenOver, put_text_in_place_of_library},
        Refusal{"missing_symbol", "nothing", "nothing", "internal", "sluice_plugin_v9",
                End::kTakenOver},
        Refusal{"garbage", "garbage", "garbage", "internal", "a size that cannot be",
                End::kTakenOver},
        Refusal{"other_id", "impostor", "impostor", "internal", "plugin.toml says",
                End::kTakenOver},
        Refusal{"unfit", "canary-fails", "fails", "missing-dependency", "a font is missing",
                End::kTakenOver},
        Refusal{"unfit_by_result", "canary-differs", "differs", "missing-dependency",
                "its test document became", End::kTakenOver},
        Refusal{"unfit_by_crash", "canary-crashes", "crashes", "crashed", "SIGABRT",
                End::kTakenOver},
        Refusal{"crash_while_loading", "early-crash", "earlycrash", "crashed", "SIGSEGV",
                End::kTakenOver},
        Refusal{"exception_while_loading", "early-throw", "earlythrow", "internal",
                "the dictionary is missing", End::kTakenOver}),
    [](const auto& test) { return std::string(test.param.name); });

// What a failure names is what `plugin info` finds, be its plugin usable or refused.
TEST_F(Outcomes, NameConvertersThatPluginInfoFinds) {
  const fs::path folder = path("plugins/scripted");
  fs::create_directories(folder);
  fs::copy(fs::path(fixtures()) / "scripted", folder, fs::copy_options::recursive);
  const std::map<std::string, std::string> env = {{"SLUICE_PLUGIN_PATH", path("plugins")}};
  const Finished info = run({"plugin", "info", "scripted-alone", "--json"}, env);
  EXPECT_EQ(info.exit_code, 0) << info.err;
  EXPECT_EQ(objects(info.out, "plugin").at(0)["id"], "scripted");
  EXPECT_THAT(run({"plugin", "info", "sripted-alone"}, env).err,
              HasSubstr("did you mean \"scripted-alone\"?"));
  replace(folder / "plugin.toml", "abi = \"1.0\"", "abi = \"9.0\"");
  const Finished refused = run({"plugin", "info", "scripted-alone"}, env);
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.err, HasSubstr("plugin ABI 9.0"));
}

// Two runs of one source: what the registry says is of the last one.
class HistoryOfAttempts : public Outcomes {};

TEST_F(HistoryOfAttempts, ChangesWithTheSource) {
  const std::vector<std::string> words = {"a.script", "--plugin", fixtures() + "/scripted"};
  const auto attempts = [this] { return documents().at("a")["attempts"].size(); };
  write("a.script", "first crash\nbody one\n");
  ASSERT_EQ(add(words).exit_code, 0);
  EXPECT_EQ(attempts(), 1U);
  // The old document stands, and its attempts do; the failure has its own.
  write("a.script", "first unsupported not mine\nmalformed no trailer\n");
  ASSERT_EQ(add(words).exit_code, 3);
  EXPECT_EQ(attempts(), 1U);
  const auto failures = objects(run({"show", "a", "--json"}).out, "failure");
  ASSERT_EQ(failures.size(), 1U);
  EXPECT_EQ(failures[0]["converter"], "scripted-second");
  EXPECT_EQ(failures[0]["attempts"].at(0)["reason"], "not mine");
  EXPECT_THAT(run({"show", "a"}).out,
              ContainsRegex("attempt +scripted 1.2.3: unsupported: not mine\n"));
  write("a.script", "body two\n");
  ASSERT_EQ(add(words).exit_code, 0);
  EXPECT_EQ(attempts(), 0U);
  EXPECT_TRUE(objects(run({"show", "a", "--json"}).out, "failure").empty());
  write("a.script", "first crash\nbody three\n");
  ASSERT_EQ(add(words).exit_code, 0);
  ASSERT_EQ(run({"remove", "a"}).exit_code, 0);
  EXPECT_EQ(run({"check"}).exit_code, 0) << "its attempts go with it";
}

// What is only good to know is counted, and told if asked: a thousand documents have a thousand.
TEST_F(Outcomes, NotesAreCountedAndShownIfAsked) {
  write("in/a.rtf", "{\\rtf1 Text{\\v secret}\\par}");
  const Finished brief = add({"in/a.rtf"});
  EXPECT_EQ(brief.err, "");
  EXPECT_THAT(brief.out, ::testing::StartsWith("notes 1: left-out 1 (-v shows them)\n"));
  write("in/b.rtf", "{\\rtf1 Other text{\\v secret}\\par}");
  const Finished full = add({"-v", "in/b.rtf"});
  EXPECT_THAT(full.err,
              HasSubstr("note in/b.rtf: 1 piece of hidden text is left out (to keep it, set "
                        "[plugin.rtf] hidden_text = true): \"secret\"\n"));
  EXPECT_THAT(full.out, Not(HasSubstr("notes 1")));
}

}  // namespace
}  // namespace sluice::test
