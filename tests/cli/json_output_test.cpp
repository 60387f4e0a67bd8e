// --json: every object of the contract, its fields and their types.
#include "cli/command_session.h"

namespace sluice::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAreArray;

class JsonOutput : public CommandSession {
 protected:
  JsonOutput() { make_kb(); }

  static std::vector<std::string> keys(const Json& object) {
    std::vector<std::string> names;
    for (const auto& [name, value] : object.items()) names.push_back(name);
    return names;
  }
  std::vector<std::string> types() const {
    std::vector<std::string> names;
    for (const Json& object : objects()) names.push_back(object["type"]);
    return names;
  }
  static void expect_texts(const Json& object, const std::vector<std::string>& names) {
    for (const auto& name : names) EXPECT_TRUE(object.at(name).is_string()) << name;
  }
  static void expect_counts(const Json& object, const std::vector<std::string>& names) {
    for (const auto& name : names) EXPECT_TRUE(object.at(name).is_number_unsigned()) << name;
  }
  static void expect_nulls(const Json& object, const std::vector<std::string>& names) {
    for (const auto& name : names) EXPECT_TRUE(object.at(name).is_null()) << name;
  }
};

TEST_F(JsonOutput, ARunBeginsAndEndsWithItsOwnObjects) {
  write("in/a.md", "a");
  ASSERT_EQ(run({"-C", "kb", "add", "--json", "in"}), 0) << err_;
  EXPECT_THAT(types(), ElementsAre("run_start", "doc", "summary"));
  for (const Json& object : objects()) EXPECT_EQ(object["v"], 1);
  EXPECT_EQ(err_, "");
}

TEST_F(JsonOutput, RunStart) {
  write("in/a.md", "a");
  ASSERT_EQ(run({"-C", "kb", "add", "--json", "in", "-j", "3"}), 0);
  const Json start = objects("run_start").at(0);
  EXPECT_THAT(keys(start), UnorderedElementsAreArray({"v", "type", "command", "kb", "jobs",
                                                      "sandbox", "documents_per_process"}));
  EXPECT_EQ(start["command"], "add");
  EXPECT_EQ(start["kb"], work("kb").string());
  EXPECT_EQ(start["jobs"], 3);
  EXPECT_TRUE(start["sandbox"].is_string());
}

TEST_F(JsonOutput, DocOfAnAddedDocument) {
  write("in/a.md", "# A\n![p](p.png)\n");
  write("in/p.png", std::string("\x89PNG\r\n\x1a\n", 8) + "p");
  const Json doc = add_docs({"in"}).at(0);
  expect_texts(doc, {"source", "path", "result", "name", "sha256", "converter", "converter_version",
                     "raw", "markdown"});
  expect_counts(doc, {"assets", "bytes", "ms", "seq"});
  expect_nulls(doc, {"reason"});
  EXPECT_EQ(doc["source"], "in/a.md");
  EXPECT_EQ(doc["path"], work("in/a.md").string());
  EXPECT_EQ(doc["result"], "added");
  EXPECT_EQ(doc["name"], "a");
  EXPECT_EQ(doc["sha256"].get<std::string>().size(), 64U);
  EXPECT_EQ(doc["converter"], "markdown");
  EXPECT_EQ(doc["raw"], "raw/a.md");
  EXPECT_EQ(doc["markdown"], "wiki/sources/a.md");
  EXPECT_EQ(doc["assets"], 1);
  EXPECT_EQ(doc["bytes"], 16);
  EXPECT_EQ(doc["seq"], 1);
}

TEST_F(JsonOutput, ResultIsOneOfItsWords) {
  write("in/a.md", "one");
  EXPECT_EQ(add_docs({"in"}).at(0)["result"], "added");
  EXPECT_EQ(add_docs({"in"}).at(0)["result"], "unchanged");
  write("in/a.md", "another");
  EXPECT_EQ(add_docs({"in"}).at(0)["result"], "updated");
  write("in/b.md", "another");
  EXPECT_EQ(add_docs({"in"}).at(1)["result"], "duplicate");
  write("in/c.md", "");
  EXPECT_EQ(add_docs({"in/c.md"}).at(0)["result"], "failed");
}

TEST_F(JsonOutput, DocOfAnUnchangedDocumentStillDescribesIt) {
  write("in/a.md", "one");
  const Json added = add_docs({"in"}).at(0);
  const Json unchanged = add_docs({"in"}).at(0);
  for (const char* key : {"source", "path", "name", "sha256", "converter", "converter_version",
                          "raw", "markdown", "assets", "bytes"}) {
    EXPECT_EQ(added[key], unchanged[key]) << key;
  }
  expect_nulls(unchanged, {"seq", "reason"});
}

TEST_F(JsonOutput, DocOfADuplicateNamesTheDocument) {
  write("in/a.md", "the same");
  write("in/b.md", "the same");
  const auto docs = add_docs({"in"});
  ASSERT_EQ(docs.size(), 2U);
  EXPECT_EQ(docs[1]["result"], "duplicate");
  EXPECT_EQ(docs[1]["name"], "a");
  EXPECT_EQ(docs[1]["raw"], "raw/a.md");
  EXPECT_EQ(docs[1]["path"], work("in/b.md").string());
}

TEST_F(JsonOutput, DocOfAFailureHasItsOutcomeAsReason) {
  write("a.script", "encrypted it asks for a password\n");
  const auto docs = add_docs({"a.script", "--plugin", fixtures(), "--converter", "scripted"});
  ASSERT_EQ(docs.size(), 1U);
  EXPECT_EQ(docs[0]["result"], "failed");
  EXPECT_EQ(docs[0]["reason"], "encrypted");
  EXPECT_EQ(docs[0]["message"], "it asks for a password");
  EXPECT_EQ(docs[0]["converter"], "scripted");
  expect_nulls(docs[0], {"name", "raw", "markdown", "seq"});
  EXPECT_EQ(run({"-C", "kb", "add", "--json", "a.script", "--plugin", fixtures(), "--converter",
                 "scripted", "--strict"}),
            3);
}

TEST_F(JsonOutput, DocHasTheWarningsOfItsDocument) {
  write("a.script", "warn something odd\nbody text\n");
  const auto docs = add_docs({"a.script", "--plugin", fixtures()});
  ASSERT_EQ(docs.size(), 1U);
  EXPECT_EQ(docs[0]["warnings"], Json::parse(R"([{"code":"scripted","message":"something odd",
                                                    "severity":"warning","place_unit":null,
                                                    "place":null}])"));
}

TEST_F(JsonOutput, Summary) {
  write("in/a.md", "a");
  write("in/b.md", "a");
  write("in/c.md", "");
  run({"-C", "kb", "add", "--json", "in"});
  const Json summary = objects("summary").at(0);
  EXPECT_THAT(keys(summary),
              UnorderedElementsAreArray({"v", "type", "added", "updated", "unchanged", "duplicate",
                                         "failed", "failed_new", "failed_by_converter", "removed",
                                         "renamed", "refused", "skipped", "skipped_by", "bytes",
                                         "outdated", "dry_run", "seconds", "edits_kept",
                                         "edits_merged", "edits_conflicting", "edits_left"}));
  EXPECT_EQ(summary["added"], 1);
  EXPECT_EQ(summary["updated"], 0);
  EXPECT_EQ(summary["unchanged"], 0);
  EXPECT_EQ(summary["duplicate"], 1);
  EXPECT_EQ(summary["failed"], 1);
  EXPECT_TRUE(summary["seconds"].is_number_float());
}

TEST_F(JsonOutput, DocumentOfListAndOfShow) {
  write("in/a.md", "a");
  write("in/b.md", "a");
  ASSERT_EQ(run({"-C", "kb", "add", "in"}), 0);
  ASSERT_EQ(run({"-C", "kb", "list", "--json"}), 0);
  ASSERT_EQ(objects().size(), 1U);
  const Json document = objects()[0];
  EXPECT_THAT(keys(document),
              UnorderedElementsAreArray({"v", "type", "id", "name", "path", "sources", "sha256",
                                         "converter", "converter_version", "raw", "markdown",
                                         "assets", "added_at", "updated_at", "state", "outcome",
                                         "message", "attempts", "media_type", "title", "pages",
                                         "bytes", "markdown_bytes", "markdown_sha256",
                                         "asset_paths", "sidecar_paths"}));
  EXPECT_EQ(document["type"], "document");
  EXPECT_EQ(document["sources"], Json::array({work("in/a.md").string(), work("in/b.md").string()}));
  EXPECT_EQ(document["path"], work("in/a.md").string());
  EXPECT_EQ(document["state"], "ok");
  EXPECT_EQ(document["assets"], 0);
  EXPECT_THAT(document["added_at"].get<std::string>(),
              ::testing::MatchesRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z"));
  ASSERT_EQ(run({"-C", "kb", "show", "--json", "a"}), 0);
  Json shown = objects("document").at(0);
  for (const char* key : {"links_to", "linked_from"}) EXPECT_EQ(shown.at(key), Json::array());
  shown.erase("links_to");
  shown.erase("linked_from");
  EXPECT_EQ(shown, document) << "of show alone are the links";
}

TEST_F(JsonOutput, ErrorHasCodeMessageAndHint) {
  EXPECT_EQ(run({"-C", "kb", "add", "--json", "--files-from", "nowhere"}), 2);
  const auto errors = objects("error");
  ASSERT_EQ(errors.size(), 1U) << out_;
  EXPECT_THAT(keys(errors[0]), UnorderedElementsAreArray({"v", "type", "code", "message", "hint"}));
  EXPECT_EQ(errors[0]["code"], 2);
  EXPECT_EQ(errors[0]["message"], "cannot read the list nowhere: it cannot be opened");
  EXPECT_EQ(errors[0]["hint"], "check the path");
  EXPECT_THAT(err_, HasSubstr("nowhere"));
}

TEST_F(JsonOutput, ErrorOfEveryKindHasItsExitCode) {
  EXPECT_EQ(run({"list", "--json", "-C", "nowhere"}), 10);
  EXPECT_EQ(objects("error").at(0)["code"], 10);
  EXPECT_EQ(run({"list", "--json", "--no-such-option"}), 2);
  EXPECT_EQ(objects("error").at(0)["code"], 2);
  EXPECT_EQ(run({"show", "--json", "-C", "kb", "nothing"}), 1);
  EXPECT_EQ(objects("error").at(0)["code"], 1);
}

TEST_F(JsonOutput, DryRunHasAPlanForEachSource) {
  write("in/a.md", "a");
  ASSERT_EQ(run({"-C", "kb", "add", "-n", "--json", "in"}), 0);
  EXPECT_THAT(types(), ElementsAre("plan", "summary"));
  EXPECT_EQ(objects()[1]["dry_run"], true);
  EXPECT_EQ(objects()[1]["added"], 1);
  EXPECT_EQ(objects()[0]["type"], "plan");
  EXPECT_EQ(objects()[0]["would"], "add");
  EXPECT_EQ(objects()[0]["detail"], "markdown");
}

TEST_F(JsonOutput, NamesThatAreNotUtf8StayValidJson) {
  write("in/a\xff.md", "a");
  const auto docs = add_docs({"in"});
  ASSERT_EQ(docs.size(), 1U);
  EXPECT_EQ(docs[0]["source"], "in/a%FF.md");
  EXPECT_EQ(docs[0]["result"], "added");
}

}  // namespace
}  // namespace sluice::test
