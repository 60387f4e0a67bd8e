// Every example of the CommonMark specification, and its prose, come out as they are.
#include <gtest/gtest.h>

#include "kit/corpus.h"
#include "kit/files.h"
#include "unit/plugins/markdown/markdown_run.h"

namespace sluice::markdown_plugin {
namespace {

using test::corpus;
using test::read_file;

// The sources of the examples: between a line "```...``` example" and a line ".", with → for a tab.
std::vector<std::string> examples(const std::string& spec) {
  const std::string open = std::string(32, '`') + " example\n";
  std::vector<std::string> found;
  for (auto at = spec.find(open); at != std::string::npos; at = spec.find(open, at)) {
    at += open.size();
    const auto end = spec.find("\n.\n", at - 1);
    std::string source = spec.substr(at, end + 1 - at);
    const std::string arrow = "\xE2\x86\x92";
    for (auto tab = source.find(arrow); tab != std::string::npos; tab = source.find(arrow)) {
      source.replace(tab, arrow.size(), "\t");
    }
    found.push_back(source);
    at = end;
  }
  return found;
}

TEST(CommonMarkSpec, ExamplesAreUnchanged) {
  const auto folder = corpus("commonmark");
  if (!folder) GTEST_SKIP() << "no test documents; set SLUICE_CORPUS";
  const auto sources = examples(read_file(*folder / "spec.txt"));
  ASSERT_GT(sources.size(), 600u);
  for (const std::string& source : sources) {
    Sample run(source);
    EXPECT_EQ(run.markdown(), source);
  }
}

// With an image wherever an example shows one, each is linked, and each link can be placed.
TEST(CommonMarkSpec, ImagesOfTheExamplesAreLinked) {
  const auto folder = corpus("commonmark");
  if (!folder) GTEST_SKIP() << "no test documents; set SLUICE_CORPUS";
  std::size_t linked = 0;
  for (std::string source : examples(read_file(*folder / "spec.txt"))) {
    // The examples' "/url" is an absolute path, which is never an image of the document.
    for (auto at = source.find("/url"); at != std::string::npos; at = source.find("/url", at)) {
      source.erase(at, 1);
    }
    Sample run(source);
    for (const char* path : {"url", "train.jpg", "path/to/train.jpg", "url2"}) {
      run.job.add_sibling(path, png(path));
    }
    run.markdown();
    linked += run.job.links().size();
    for (const auto& warning : run.job.warnings()) EXPECT_NE(warning.code, "unplaced-image");
  }
  EXPECT_GE(linked, 15u);
}

}  // namespace
}  // namespace sluice::markdown_plugin
