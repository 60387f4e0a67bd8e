// Inputs that are slow or deep where a converter is careless. Each must end within the test's time.
#include <gtest/gtest.h>

#include "unit/plugins/markdown/markdown_run.h"

namespace sluice::markdown_plugin {
namespace {

std::string repeat(const std::string& piece, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += piece;
  return out;
}

TEST(HostileMarkdown, EndsAndStaysAsItIs) {
  constexpr int kMany = 20'000;
  for (const std::string& source : {
           repeat("> ", 500) + "x",
           repeat("![", kMany),
           repeat("![a](", kMany),
           repeat("[a](<", kMany),
           repeat("<img src=\"", kMany),
           repeat("<!-- ", kMany),
           "<div>\n" + repeat("<script>", kMany),
           repeat("<img src='m.png' ", kMany),
           repeat("`\\", kMany),
           repeat("![a](b\\(.png) &amp; `", kMany),
           "---\na: [" + repeat("[,", kMany) + "\n---\n",
           repeat("*a_ ", kMany),
       }) {
    Sample run(source);
    const std::string published = run.markdown();
    // Front matter that cannot be read stays, as a code block.
    EXPECT_NE(published.find(source.substr(4, 20)), std::string::npos);
    if (source[0] != '-') {
      EXPECT_EQ(published, source);
    }
  }
}

TEST(HostileMarkdown, ListsOnlySomeOfManyMissingImages) {
  std::string source;
  for (int i = 0; i < 1000; ++i) source += "![a](" + std::to_string(i) + ".png)\n";
  Sample run(source);
  EXPECT_EQ(run.markdown(), source);
  EXPECT_EQ(run.job.warnings().size(), 21u);
}

}  // namespace
}  // namespace sluice::markdown_plugin
