// Every file of the hostile collection, and every document of the real ones, through `sluice add`:
// the program comes back in time with each outcome as it must be, its memory stays flat and its
// workers' below their limit, and nothing outside the knowledge base is touched.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "hostile/watched_run.h"
#include "kit/corpus.h"
#include "kit/files.h"
#include "kit/paths.h"

namespace sluice::test {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr std::uint64_t kMiB = 1 << 20;
constexpr std::uint64_t kMemory = 1024 * kMiB;     // what a worker gets
constexpr std::uint64_t kHostMemory = 256 * kMiB;  // what the program itself may take
constexpr std::uint64_t kTimeout = 30;             // seconds, for a document
constexpr std::chrono::seconds kPatience{600};     // for a run
#if defined(SLUICE_SANITIZED)
constexpr bool kMeasuresMemory = false;  // a sanitizer's own memory would be measured
#else
constexpr bool kMeasuresMemory = true;
#endif

fs::path shared() {
  return fs::path(sluice::test::project_folder()) / ".." / "shared";
}

// The collection, made once for a build; nothing where it cannot be made.
std::optional<fs::path> hostile_files() {
  const fs::path generator = shared() / "hostile" / "generate.py";
  if (!fs::exists(generator)) return std::nullopt;
  const fs::path files = fs::path(sluice::test::build_folder()) / "tests" / "hostile-files";
  // Written last.
  if (fs::exists(files / "manifest.json")) return files;
  const std::string command =
      "python3 '" + generator.string() + "' '" + files.string() + "' >/dev/null";
  if (std::system(command.c_str()) != 0) return std::nullopt;  // NOLINT(cert-env33-c)
  return files;
}

std::vector<Json> objects(const std::string& out, const std::string& type) {
  std::vector<Json> all;
  std::istringstream lines(out);
  std::string line;
  while (std::getline(lines, line)) {
    Json object = Json::parse(line);
    if (object["type"] == type) all.push_back(std::move(object));
  }
  return all;
}

class HostileTest : public ::testing::Test {
 protected:
  HostileTest() {
    fs::create_directories(dir_ / "beside");
    write_file(dir_ / "beside" / "secret.txt", "not for documents");
    write_file(dir_ / "etc" / "passwd", "a path that a document may hope for");
    sluice({"init", kb().string()});
    write_file(kb() / ".sluice" / "config.toml", "[limits]\ntimeout = " + std::to_string(kTimeout) +
                                                     "\nmemory = \"1GiB\"\n" +
                                                     "output = \"256MiB\"\nquarantine_after = 0\n");
  }
  fs::path kb() const { return dir_ / "kb"; }

  // Adds everything below `folder`, and looks at all but the outcomes.
  std::vector<Json> add(const fs::path& folder) {
    const auto before = surroundings(dir_.path(), kb());
    const WatchedRun run = run_watched(
        {"-C", kb().string(), "add", "-j", "2", "--json", "--hidden", folder.string()}, kPatience);
    EXPECT_FALSE(run.was_stopped) << "it hangs";
    EXPECT_THAT(run.finished.exit_code, ::testing::AnyOf(0, 3)) << run.finished.err;
    EXPECT_EQ(surroundings(dir_.path(), kb()), before) << "something outside was touched";
    if (kMeasuresMemory) {
      EXPECT_LT(run.host_peak, kHostMemory);
      EXPECT_LT(run.worker_peak, kMemory + 64 * kMiB);
    }
    EXPECT_TRUE(fs::is_empty(kb() / ".sluice" / "staging")) << "something is left in staging";
    EXPECT_EQ(objects(run.finished.out, "summary").size(), 1U);
    const auto docs = objects(run.finished.out, "doc");
    for (const Json& doc : docs) expect_sound(doc);
    return docs;
  }

  // What holds for every document.
  static void expect_sound(const Json& doc) {
    EXPECT_LT(doc["ms"].get<std::uint64_t>(), (kTimeout + 15) * 1000) << doc;
    if (doc["result"] != "failed") return;
    const std::set<std::string> faults = {"internal", "crashed", "sandbox-violation"};
    EXPECT_FALSE(faults.contains(doc["reason"].get<std::string>())) << doc;
    EXPECT_FALSE(doc["message"].is_null()) << doc;
    EXPECT_FALSE(doc["hint"].is_null()) << doc;
  }

  TempDir dir_;
};

bool has_no_converter(const Json& doc) {
  return doc["result"] == "failed" && doc["reason"] == "unsupported" && doc["converter"].is_null();
}

// Whether something within a container was refused or left out, and said so: a bomb of archives is
// taken as far as the budget of a tree goes.
bool leaves_out_within(const std::vector<Json>& docs, const std::string& container) {
  return std::any_of(docs.begin(), docs.end(), [&](const Json& doc) {
    const std::string path = doc["path"];
    const bool is_within = path == container || path.starts_with(container + "!/");
    return is_within &&
           (doc["result"] == "failed" || doc["outcome"] == "partial" || !doc["warnings"].empty());
  });
}

TEST_F(HostileTest, EachHostileFileComesOutAsItsManifestSays) {
  const auto files = hostile_files();
  if (!files) GTEST_SKIP() << "the hostile files are not there, or Python is not";
  std::map<std::string, Json> docs;
  const std::vector<Json> all = add(*files);
  for (const Json& doc : all) {
    docs[fs::path(doc["source"].get<std::string>()).filename().string()] = doc;
  }
  int looked_at = 0;
  for (const Json& entry : Json::parse(read_file(*files / "manifest.json"))) {
    const std::string file = entry["file"];
    const auto doc = docs.find(file);
    if (doc == docs.end()) {
      // A scan passes over what no converter claims; nothing that must succeed is such a file.
      EXPECT_NE(entry["expect"], "ok") << file << " is not reported";
      continue;
    }
    if (has_no_converter(doc->second)) continue;
    ++looked_at;
    const bool failed = doc->second["result"] == "failed";
    if (entry["expect"] == "error") {
      EXPECT_TRUE(failed || leaves_out_within(all, doc->second["path"]))
          << file << ": " << entry["note"] << "\n"
          << doc->second;
    } else if (entry["expect"] == "ok") {
      EXPECT_FALSE(failed) << file << ": " << entry["note"] << "\n" << doc->second;
    }
  }
  EXPECT_GT(looked_at, 20);
}

class RealDocuments : public HostileTest, public ::testing::WithParamInterface<const char*> {};

TEST_P(RealDocuments, HarmNothing) {
  const auto folder = test::corpus(GetParam());
  if (!folder) GTEST_SKIP() << "the test documents are not there";
  const auto docs = add(*folder);
  EXPECT_FALSE(docs.empty());
}

INSTANTIATE_TEST_SUITE_P(Corpus, RealDocuments,
                         ::testing::Values("calamine", "chardet", "commonmark", "csv-spectrum",
                                           "epub", "epubcheck", "html-to-markdown", "mammoth",
                                           "pandoc", "pdfminer", "pdfplumber", "pypdf-samples",
                                           "python-docx", "python-pptx", "readability"),
                         [](const auto& collection) {
                           std::string name = collection.param;
                           std::erase(name, '-');
                           return name;
                         });

}  // namespace
}  // namespace sluice::test
