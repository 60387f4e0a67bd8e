// Documents within documents, as a user meets them: added, changed, removed and shown as a tree.
#include "cli/command_session.h"
#include "kit/box.h"

namespace sluice::test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;

class ChildrenTest : public CommandSession {
 protected:
  void SetUp() override { make_kb(); }

  // "added a.box!/one.md: a-one" for each document, in order.
  std::vector<std::string> add(const std::vector<std::string>& words) {
    std::vector<std::string> all = {"--plugin", fixtures()};
    all.insert(all.end(), words.begin(), words.end());
    std::vector<std::string> lines;
    for (const Json& doc : add_docs(all)) {
      std::string path = doc["path"].get<std::string>();
      const std::string here = work("").string();
      if (path.starts_with(here)) path.erase(0, here.size());
      const char* end = doc["name"].is_null() ? "reason" : "name";
      lines.push_back(doc["result"].get<std::string>() + " " + path + ": " +
                      doc[end].get<std::string>());
    }
    return lines;
  }
  void write_box(const std::string& name, const Box& box) { write(name, box.bytes()); }
  std::string markdown(const std::string& name) const {
    const std::string text = read("kb/wiki/sources/" + name + ".md");
    const std::size_t end = text.find("\n---\n\n");
    return end == std::string::npos ? text : text.substr(end + 6);
  }
  // Nothing is wrong, and nothing is left.
  void expect_sound() {
    EXPECT_EQ(run({"-C", "kb", "check"}), 0) << out_;
    EXPECT_THAT(out_, HasSubstr("damages 0, remarks 0"));
    EXPECT_TRUE(std::filesystem::is_empty(work("kb/.sluice/staging")));
  }
};

TEST_F(ChildrenTest, EachIsADocumentOfItsOwn) {
  write_box("a.box",
            Box().text("Hello").child("notes.md", "# Notes\n").child("data.csv", "a,b\n1,2\n"));
  EXPECT_THAT(add({"a.box"}), ElementsAre("added a.box: a", "added a.box!/notes.md: a-notes",
                                          "added a.box!/data.csv: a-data"));
  EXPECT_EQ(markdown("a"), "Hello\n- [1](a-notes.md)\n- [2](a-data.md)\n");
  EXPECT_EQ(markdown("a-notes"), "# Notes\n");
  EXPECT_EQ(read("kb/raw/a.box"), read("a.box"));
  EXPECT_EQ(read("kb/raw/a-notes.md"), "# Notes\n");
  EXPECT_THAT(read("kb/wiki/log.md"), HasSubstr("a.box!/notes.md"));
  expect_sound();
}

TEST_F(ChildrenTest, ContainersMayHoldContainers) {
  const Box inner = Box().child("deep.md", "# Deep\n");
  write_box("a.box", Box().child("in.box", Box().child("mid.box", inner)).child("z.md", "Z\n"));
  EXPECT_THAT(add({"a.box"}), ElementsAre("added a.box: a", "added a.box!/in.box: a-in",
                                          "added a.box!/in.box!/mid.box: a-mid",
                                          "added a.box!/in.box!/mid.box!/deep.md: a-deep",
                                          "added a.box!/z.md: a-z"));
  EXPECT_EQ(markdown("a-mid"), "- [1](a-deep.md)\n");
  expect_sound();
}

TEST_F(ChildrenTest, TellsWhatHoldsThem) {
  write_box("a.box", Box().child("in.box", Box().child("x.md", "X\n")));
  const auto docs = add_docs({"--plugin", fixtures(), "a.box"});
  EXPECT_FALSE(docs[0].contains("parent"));
  EXPECT_EQ(docs[1]["parent"], docs[0]["path"]);
  EXPECT_EQ(docs[2]["parent"], docs[1]["path"]);
  ASSERT_EQ(run({"-C", "kb", "show", "--json", "a-in"}), 0);
  EXPECT_EQ(objects("document")[0]["parent"], docs[0]["path"]);
  EXPECT_THAT(objects("document")[0]["children"], ElementsAre(docs[2]["path"]));
  ASSERT_EQ(run({"-C", "kb", "show", "a"}), 0);
  EXPECT_THAT(out_, HasSubstr("in.box -> a-in"));
  ASSERT_EQ(run({"-C", "kb", "show", docs[2]["path"].get<std::string>()}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("name        a-x"));
}

TEST_F(ChildrenTest, OneThatFailsIsALineOfItsOwnAndTextInItsContainer) {
  write_box("a.box", Box().child("bad file.xyz", std::string("\0\1\2", 3)).child("good.md", "G\n"));
  EXPECT_THAT(add({"a.box"}),
              ElementsAre("added a.box: a", "failed a.box!/bad file.xyz: unsupported",
                          "added a.box!/good.md: a-good"));
  EXPECT_EQ(markdown("a"), "- [1](bad%20file.xyz)\n- [2](a-good.md)\n");
  EXPECT_THAT(add({"a.box"}), Contains("failed a.box!/bad file.xyz: unsupported"));
  EXPECT_EQ(objects("summary")[0]["failed_new"], 0);
  ASSERT_EQ(run({"-C", "kb", "list", "--failed"}), 0);
  EXPECT_THAT(out_, HasSubstr("a.box!/bad file.xyz: unsupported"));
  expect_sound();
}

TEST_F(ChildrenTest, AnUnchangedSourceCostsNothingForAllWithinIt) {
  write_box("a.box", Box().child("a.md", "A\n").child("b.md", "B\n"));
  add({"a.box"});
  const Tree before = tree_of(work("kb"));
  EXPECT_THAT(add({"a.box"}), ElementsAre("unchanged a.box: a", "unchanged a.box!/a.md: a-a",
                                          "unchanged a.box!/b.md: a-b"));
  EXPECT_THAT(changes_since(before), IsEmpty());
}

TEST_F(ChildrenTest, AChangedSourceReplacesItsSet) {
  write_box("a.box", Box().child("stays.md", "S\n").child("goes.md", "G\n").child("new.md", "1\n"));
  add({"a.box"});
  write_box("a.box", Box().child("stays.md", "S\n").child("new.md", "2\n").child("more.md", "M\n"));
  EXPECT_THAT(add({"a.box"}),
              ElementsAre("updated a.box: a", "unchanged a.box!/stays.md: a-stays",
                          "updated a.box!/new.md: a-new", "added a.box!/more.md: a-more",
                          "removed a.box!/goes.md: a-goes"));
  EXPECT_EQ(markdown("a"), "- [1](a-stays.md)\n- [2](a-new.md)\n- [3](a-more.md)\n");
  EXPECT_FALSE(exists("kb/raw/a-goes.md"));
  expect_sound();
}

TEST_F(ChildrenTest, ContentMayMoveBetweenNames) {
  write_box("a.box", Box().child("x.md", "1\n").child("y.md", "2\n"));
  add({"a.box"});
  write_box("a.box", Box().child("x.md", "2\n").child("y.md", "1\n"));
  add({"a.box"});
  const std::string text = markdown("a");
  // Wherever the names ended up, each link leads to the content of its document.
  const auto linked = [&](const std::string& label) {
    const std::size_t from = text.find("[" + label + "](") + label.size() + 3;
    return markdown(text.substr(from, text.find(".md)", from) - from));
  };
  EXPECT_EQ(linked("1"), "2\n");
  EXPECT_EQ(linked("2"), "1\n");
  expect_sound();
}

TEST_F(ChildrenTest, WhatIsKnownElsewhereIsADuplicate) {
  write("plain.md", "# Same\n");
  write_box("a.box", Box().child("same.md", "# Same\n"));
  EXPECT_THAT(add({"plain.md", "a.box"}), ElementsAre("added plain.md: plain", "added a.box: a",
                                                      "duplicate a.box!/same.md: plain"));
  EXPECT_EQ(markdown("a"), "- [1](plain.md)\n");
  write_box("a.box", Box().text("empty now"));
  add({"a.box"});
  EXPECT_TRUE(exists("kb/wiki/sources/plain.md"));
  expect_sound();
}

TEST_F(ChildrenTest, ADuplicateContainerGetsItsOwnSetWhenTheFirstChanges) {
  write_box("a.box", Box().child("x.md", "X\n"));
  write_box("b.box", Box().child("x.md", "X\n"));
  EXPECT_THAT(add({"a.box", "b.box"}),
              ElementsAre("added a.box: a", "added a.box!/x.md: a-x", "duplicate b.box: a"));
  write_box("a.box", Box().child("x.md", "other\n"));
  EXPECT_THAT(add({"a.box"}),
              IsSupersetOf({"updated a.box: a", "added b.box: b", "added b.box!/x.md: b-x"}));
  expect_sound();
}

TEST_F(ChildrenTest, RemovingASourceTakesAllWithinIt) {
  write_box(
      "a.box",
      Box().child("in.box", Box().child("x.md", "X\n")).child("bad.xyz", std::string(3, '\0')));
  add({"a.box"});
  ASSERT_EQ(run({"-C", "kb", "remove", "-n", "a"}), 0);
  EXPECT_THAT(out_, HasSubstr("and with it 3 documents within it"));
  ASSERT_EQ(run({"-C", "kb", "remove", "a"}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("removed  a-x"));
  ASSERT_EQ(run({"-C", "kb", "list"}), 0);
  EXPECT_EQ(out_, "");
  ASSERT_EQ(run({"-C", "kb", "list", "--failed"}), 0);
  EXPECT_EQ(out_, "");
  expect_sound();
  EXPECT_THAT(add({"a.box"}), Contains("added a.box!/in.box!/x.md: a-x"));
}

TEST_F(ChildrenTest, ARepairBringsThemBackThroughTheirSource) {
  env_["SLUICE_PLUGINS_PATHS"] = fixtures();
  write_box("a.box", Box().child("x.md", "X\n").child("y.md", "Y\n"));
  add({"a.box"});
  std::filesystem::remove(work("kb/wiki/sources/a-x.md"));
  std::filesystem::remove(work("kb/raw/a-y.md"));
  EXPECT_EQ(run({"-C", "kb", "check", "--repair"}), 0) << out_ << err_;
  EXPECT_EQ(markdown("a-x"), "X\n");
  EXPECT_EQ(read("kb/raw/a-y.md"), "Y\n");
  expect_sound();
}

TEST_F(ChildrenTest, OneThatFailedIsTriedAgainWithOtherConverters) {
  write_box("a.box", Box().child("a.script", "body Now there is a converter\n"));
  env_["SLUICE_PLUGINS_DENY"] = "text";
  const auto docs = add_docs({"--plugin", fixtures() + "/box", "a.box"});
  ASSERT_EQ(docs.size(), 2U) << err_;
  EXPECT_EQ(docs[1]["reason"], "unsupported");
  env_.erase("SLUICE_PLUGINS_DENY");
  EXPECT_THAT(add({"a.box"}), ElementsAre("updated a.box: a", "added a.box!/a.script: a-a"));
  EXPECT_EQ(markdown("a"), "- [1](a-a.md)\n");
  expect_sound();
}

TEST_F(ChildrenTest, AFileOfTheSamePathIsNeverMixedUpWithOne) {
  write_box("a.box", Box().child("x.md", "within\n"));
  write("a.box!/x.md", "beside\n");
  // Whichever comes first keeps the path.
  EXPECT_THAT(add({"a.box", "a.box!/x.md"}),
              ElementsAre("added a.box: a", "added a.box!/x.md: a-x", "failed a.box!/x.md: io"));
  EXPECT_EQ(markdown("a-x"), "within\n");
  expect_sound();
}

TEST_F(ChildrenTest, RawFilesOfThemCanBeLeftOut) {
  env_["SLUICE_OUTPUT_RAW_CHILDREN"] = "false";
  write_box("a.box", Box().child("x.md", "X\n").child("in.box", Box().child("y.md", "Y\n")));
  add({"a.box"});
  EXPECT_TRUE(exists("kb/raw/a.box"));
  EXPECT_FALSE(exists("kb/raw/a-x.md"));
  EXPECT_FALSE(exists("kb/raw/a-in.box"));
  EXPECT_EQ(markdown("a-x"), "X\n");
  expect_sound();
  write_box("a.box", Box().child("x.md", "X, changed\n"));
  EXPECT_THAT(add({"a.box"}), Contains("updated a.box!/x.md: a-x"));
  expect_sound();
  // From then on they are kept: of what is added anew.
  env_.erase("SLUICE_OUTPUT_RAW_CHILDREN");
  write_box("a.box", Box().child("x.md", "X, again\n"));
  add({"a.box"});
  EXPECT_EQ(read("kb/raw/a-x.md"), "X, again\n");
  ASSERT_EQ(run({"-C", "kb", "remove", "a"}), 0) << err_;
  EXPECT_FALSE(exists("kb/raw/a-x.md"));
  expect_sound();
}

// Its converter's process may write files as large as all documents within it together.
TEST_F(ChildrenTest, TheLargestLimitOfASizeMayBeThatOfTrees) {
  write("kb/.sluice/config.toml",
        "[limits]\noutput = \"1MiB\"\nscratch = \"0B\"\ntree_bytes = \"64MiB\"\n");
  write_box("a.box", Box().child("x.md", "X\n"));
  EXPECT_THAT(add({"a.box"}), ElementsAre("added a.box: a", "added a.box!/x.md: a-x"));
}

TEST_F(ChildrenTest, ConvertTellsOfThemOrKeepsThemBeside) {
  write_box("a.box", Box().child("x.md", "X\n").child("in.box", Box().child("x.md", "Y\n")));
  ASSERT_EQ(run({"convert", "--plugin", fixtures(), "a.box"}), 0) << err_;
  EXPECT_THAT(err_, HasSubstr("3 documents within it are left out; give --assets DIR"));
  ASSERT_EQ(run({"convert", "--plugin", fixtures(), "a.box", "--assets", "out"}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("- [1](out/a-x.md)\n- [2](out/a-in.md)\n"));
  EXPECT_THAT(read("out/a-x.md"), HasSubstr("\nX\n"));
  const std::string in = read("out/a-in.md");
  const std::size_t from = in.find("- [1](") + 6;
  EXPECT_THAT(read("out/" + in.substr(from, in.find(')', from) - from)), HasSubstr("\nY\n"));
}

TEST_F(ChildrenTest, TheNumberOfJobsChangesNothing) {
  for (int i = 0; i < 12; ++i) {
    const std::string n = std::to_string(i);
    write_box("docs/" + n + ".box", Box()
                                        .child("same.md", "Same\n")
                                        .child("own.md", n + "\n")
                                        .child("in.box", Box().child("deep.md", "D" + n + "\n")));
  }
  std::vector<Tree> trees;
  for (const char* jobs : {"1", "4"}) {
    std::filesystem::remove_all(work("kb"));
    env_["SOURCE_DATE_EPOCH"] = "1700000000";
    ::setenv("SOURCE_DATE_EPOCH", "1700000000", 1);
    make_kb();
    add({"-j", jobs, "docs"});
    trees.push_back(published_tree(work("kb")));
    ::unsetenv("SOURCE_DATE_EPOCH");
  }
  EXPECT_THAT(differences(trees[0], trees[1]), IsEmpty());
  EXPECT_GT(trees[0].size(), 12U * 3 * 2);
}

}  // namespace
}  // namespace sluice::test
