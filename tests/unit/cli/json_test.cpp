#include "cli/json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace sluice::cli {
namespace {

nlohmann::json parsed(const std::string& line) {
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  return nlohmann::json::parse(line);
}

TEST(Json, EveryLineHasItsVersionAndType) {
  const auto json = parsed(run_start_json("add", "/kb", 4, SandboxLayers{}));
  EXPECT_EQ(json["v"], 1);
  EXPECT_EQ(json["type"], "run_start");
  EXPECT_EQ(json["command"], "add");
  EXPECT_EQ(json["kb"], "/kb");
  EXPECT_EQ(json["jobs"], 4);
  EXPECT_EQ(json["sandbox"], "off");
}

TEST(Json, DocumentOfARunHasAllItsFields) {
  owner::DocumentResult result;
  result.result = owner::Result::kAdded;
  result.source.given = "in/a.md";
  result.source.relative = "a.md";
  result.name = "a";
  result.sha256[0] = 0xab;
  result.raw = "raw/a.md";
  result.seq = 7;
  const auto json = parsed(doc_json(result));
  for (const char* key : {"source", "path", "result", "reason", "name", "sha256", "converter",
                          "converter_version", "raw", "markdown", "assets", "bytes", "ms", "seq"}) {
    EXPECT_TRUE(json.contains(key)) << key;
  }
  EXPECT_EQ(json["result"], "added");
  EXPECT_EQ(json["seq"], 7);
  EXPECT_EQ(json["reason"], nullptr);
  EXPECT_EQ(json["sha256"].get<std::string>().size(), 64U);
}

TEST(Json, FailureHasItsOutcomeAsReason) {
  owner::DocumentResult result;
  result.result = owner::Result::kFailed;
  result.outcome = Outcome::kTimeout;
  const auto json = parsed(doc_json(result));
  EXPECT_EQ(json["reason"], "timeout");
  EXPECT_EQ(json["name"], nullptr);
  EXPECT_EQ(json["seq"], nullptr);
}

TEST(Json, NamesThatAreNotUtf8AreEncoded) {
  owner::DocumentResult result;
  result.source.given = "a\xff\n.md";
  EXPECT_EQ(parsed(doc_json(result))["source"], "a%FF%0A.md");
}

TEST(Json, SummaryCounts) {
  const auto json = parsed(summary_json({1, 2, 3, 4, 5}, 0.5));
  EXPECT_EQ(json["updated"], 2);
  EXPECT_EQ(json["failed"], 5);
  EXPECT_EQ(json["seconds"], 0.5);
}

TEST(Json, RecordedDocumentHasAllItsFields) {
  owner::Document document;
  document.name = "a";
  document.state = owner::DocumentState::kOk;
  const auto json = parsed(document_json(document, {{"x/a.md", "y/a.md"}, {}, {}, {}}));
  for (const char* key :
       {"name", "path", "sources", "sha256", "converter", "converter_version", "raw", "markdown",
        "assets", "added_at", "updated_at", "state", "outcome", "message", "attempts"}) {
    EXPECT_TRUE(json.contains(key)) << key;
  }
  EXPECT_EQ(json["sources"].size(), 2U);
}

TEST(Json, ErrorHasCodeMessageAndHint) {
  const auto json = parsed(error_json(Error("do", "it", "no", "try", ExitCode::kNoKb)));
  EXPECT_EQ(json["code"], 10);
  EXPECT_EQ(json["message"], "cannot do it: no");
  EXPECT_EQ(json["hint"], "try");
}

}  // namespace
}  // namespace sluice::cli
