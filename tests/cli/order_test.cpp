// The same input gives the same trees and the same order of events, whatever --jobs says.
#include "cli/real_program.h"
#include "kit/corpus.h"

namespace sluice::test {
namespace {

using ::testing::IsEmpty;

namespace fs = std::filesystem;

class Order : public RealProgram {
 protected:
  struct Result {
    int exit_code;
    Tree published;
    std::string log;
    std::vector<std::string> events;
  };

  // A new knowledge base at the same place, so that paths are the same.
  Result ingest(const std::vector<std::string>& paths, const std::string& jobs) {
    fs::remove_all(kb());
    const std::map<std::string, std::string> env = {{"SOURCE_DATE_EPOCH", "1700000000"}};
    EXPECT_EQ(sluice({"init", kb().string()}, env).exit_code, 0);
    std::vector<std::string> arguments = {"--json", "-j", jobs};
    arguments.insert(arguments.end(), paths.begin(), paths.end());
    const Finished run = add(arguments, env);
    std::vector<std::string> events;
    for (Json& doc : objects(run.out, "doc")) {
      doc.erase("ms");
      events.push_back(doc.dump());
    }
    return {run.exit_code, without_log(published_tree(kb())), read("kb/wiki/log.md"), events};
  }

  void expect_same_for_all_jobs(const std::vector<std::string>& paths) {
    const Result one = ingest(paths, "1");
    EXPECT_GT(one.published.size(), 20U);
    const Result eight = ingest(paths, "8");
    EXPECT_EQ(one.exit_code, eight.exit_code);
    EXPECT_THAT(differences(one.published, eight.published), IsEmpty());
    EXPECT_EQ(one.log, eight.log);
    EXPECT_EQ(one.events, eight.events);
  }
};

TEST_F(Order, JobsChangeNothing) {
  make_mixed_documents(dir_ / "in", 60);
  expect_same_for_all_jobs({"in"});
}

TEST_F(Order, JobsChangeNothingWithDocumentsThatTakeTurnsInBeingSlow) {
  for (int i = 0; i < 24; ++i) {
    const std::string number = std::to_string(10 + i);
    write("in/n" + number + ".md", "note " + number);
    write("in/s" + number + ".script",
          i % 6 == 0 ? "sleep 120\nbody slow " + number + "\n" : "body quick " + number + "\n");
    write("in/x" + number + ".script", i % 6 == 3 ? "encrypted\n" : "body x " + number + "\n");
  }
  expect_same_for_all_jobs({"in", "--plugin", fixtures()});
}

TEST_F(Order, JobsChangeNothingOnRealDocuments) {
  std::vector<std::string> paths;
  for (const char* part : {"commonmark", "csv-spectrum", "html-to-markdown"}) {
    if (const auto folder = test::corpus(part)) paths.push_back(folder->string());
  }
  if (paths.empty()) GTEST_SKIP() << "none of these folders";
  expect_same_for_all_jobs(paths);
}

TEST_F(Order, EventsAreNumberedInTheOrderOfTheSources) {
  make_mixed_documents(dir_ / "in", 40);
  const Finished run = add({"in", "--json", "-j", "8"});
  std::string last;
  int seq = 0;
  for (const Json& doc : objects(run.out, "doc")) {
    EXPECT_LT(last, doc["source"].get<std::string>());
    last = doc["source"];
    if (doc["seq"].is_null()) continue;
    EXPECT_EQ(doc["seq"], ++seq);
  }
  EXPECT_GT(seq, 100);
}

}  // namespace
}  // namespace sluice::test
