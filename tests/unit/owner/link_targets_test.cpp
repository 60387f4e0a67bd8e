// Which keys a link waits for, and which of several files of its name it means.
#include "owner/link_targets.h"

#include <gtest/gtest.h>

namespace sluice::owner {
namespace {

using Texts = std::vector<std::string>;

Texts by_path(std::string_view from, std::string_view path) {
  return targets_by_path("/home/kb", from, path);
}

TEST(LinkTargets, APathCountsFromTheSourcesFolder) {
  EXPECT_EQ(by_path("/v/a/x.md", "b.html"), Texts{"/v/a/b.html"});
  EXPECT_EQ(by_path("/v/a/x.md", "./b.html"), Texts{"/v/a/b.html"});
  EXPECT_EQ(by_path("/v/a/x.md", "../c//d.pdf"), Texts{"/v/c/d.pdf"});
  EXPECT_EQ(by_path("/x.md", "b.html"), Texts{"/b.html"});
  EXPECT_EQ(by_path("/x.md", "../b.html"), Texts{});
}

TEST(LinkTargets, PathsInAndOutOfTheKnowledgeBaseMeet) {
  EXPECT_EQ(by_path("docs/x.md", "y.md"), Texts{"docs/y.md"});
  EXPECT_EQ(by_path("docs/x.md", "../y.md"), Texts{"y.md"});
  EXPECT_EQ(by_path("docs/x.md", "../../y.md"), Texts{"/home/y.md"});
  EXPECT_EQ(by_path("/home/x.md", "kb/docs/y.md"), Texts{"docs/y.md"});
}

TEST(LinkTargets, AFolderMeansItsPageAndANameMayLackItsExtension) {
  EXPECT_EQ(by_path("/v/x.html", "guide/"), Texts{"/v/guide/index.html"});
  EXPECT_EQ(by_path("/v/g/x.html", ".."), Texts{"/v/index.html"});
  EXPECT_EQ(by_path("/v/x.md", "Note"), (Texts{"/v/Note", "/v/Note.md", "/v/Note/index.html"}));
}

TEST(LinkTargets, NoPathLeadsOutOfAContainer) {
  EXPECT_EQ(by_path("/v/a.zip!/d/x.md", "y.md"), Texts{"/v/a.zip!/d/y.md"});
  EXPECT_EQ(by_path("/v/a.zip!/d/x.md", "../y.md"), Texts{"/v/a.zip!/y.md"});
  EXPECT_EQ(by_path("/v/a.zip!/d/x.md", "../../y.md"), Texts{});
}

TEST(LinkTargets, ANameIsTheSameInAnyCase) {
  EXPECT_EQ(file_key("/v/Ein Ärger.MD"), file_key("w/ein ärger.md"));
  EXPECT_EQ(file_keys_by_name("Folder/My Note"), Texts{"my note.md"});
  EXPECT_EQ(file_keys_by_name("Node.js"), (Texts{"node.js", "node.js.md"}));
  EXPECT_EQ(file_keys_by_name("folder/"), Texts{});
}

int nearest(std::string_view from, std::string_view path, const Texts& keys) {
  return nearest_candidate(from, path, {keys.begin(), keys.end()});
}

TEST(LinkTargets, TheNearestOfSeveralFilesOfANameCounts) {
  EXPECT_EQ(nearest("/v/a/x.md", "N", {"/v/N.md", "/v/a/N.md", "/v/b/N.md"}), 1);
  EXPECT_EQ(nearest("/v/a/x.md", "N", {"/v/b/c/N.md", "/v/b/N.md"}), 1);
  EXPECT_EQ(nearest("/v/a/x.md", "N", {"/v/c/N.md", "/v/b/N.md"}), 1);
  EXPECT_EQ(nearest("/v/a/x.md", "B/N", {"/v/a/N.md", "/v/b/N.md"}), 1);
  EXPECT_EQ(nearest("/v/a/x.md", "xb/N", {"/v/b/N.md"}), -1);
  EXPECT_EQ(nearest("/v/a/x.md", "N", {"/v/a.zip!/N.md"}), -1);
  EXPECT_EQ(nearest("/v/a.zip!/x.md", "N", {"/v/N.md", "/v/a.zip!/d/N.md"}), 1);
  EXPECT_EQ(nearest("/v/x.md", "N", {}), -1);
}

}  // namespace
}  // namespace sluice::owner
