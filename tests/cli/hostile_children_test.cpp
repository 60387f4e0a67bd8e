// Boxes that were made to do harm: each is cut where the budget of its tree ends, with a word to
// the user, and nothing is ever written under a name that a container chose.
#include "cli/command_session.h"
#include "kit/box.h"

namespace sluice::test {
namespace {

using ::testing::HasSubstr;

// The box with other boxes in it, so many deep.
Box nested(int depth) {
  Box box = Box().child("end.md", "The end\n");
  for (int i = 0; i < depth; ++i) box = Box().child("in.box", box);
  return box;
}

class HostileChildrenTest : public CommandSession {
 protected:
  void SetUp() override { make_kb(); }

  std::vector<Json> add(const Box& box) {
    write("a.box", box.bytes());
    std::vector<Json> docs = add_docs({"--plugin", fixtures(), "a.box"});
    EXPECT_FALSE(docs.empty()) << out_ << err_;
    expect_contained();
    return docs;
  }
  static std::size_t count(const std::vector<Json>& docs, const std::string& result) {
    std::size_t found = 0;
    for (const Json& doc : docs) found += doc["result"] == result ? 1 : 0;
    return found;
  }
  // All that is published is Sluice's, and so is all beside the knowledge base.
  void expect_contained() {
    EXPECT_EQ(run({"-C", "kb", "check"}), 0) << out_;
    EXPECT_THAT(out_, HasSubstr("damages 0, remarks 0"));
    std::vector<std::string> beside;
    for (const auto& entry : std::filesystem::directory_iterator(work(""))) {
      beside.push_back(entry.path().filename().string());
    }
    EXPECT_THAT(beside, ::testing::UnorderedElementsAre("a.box", "kb"));
  }
};

TEST_F(HostileChildrenTest, DepthIsCut) {
  const auto docs = add(nested(20));
  ASSERT_EQ(docs.size(), 9U);  // the source, and eight containers in it
  EXPECT_EQ(count(docs, "added"), 9U);
  EXPECT_EQ(docs[7]["outcome"], "ok");
  EXPECT_EQ(docs[8]["outcome"], "partial");
  EXPECT_THAT(docs[8]["message"], HasSubstr("limit: more than 8 ([limits] tree_depth)"));
}

TEST_F(HostileChildrenTest, CountIsCut) {
  env_["SLUICE_LIMITS_TREE_DOCUMENTS"] = "10";
  const auto docs = add(Box()
                            .line("many 4 ", "a.md")
                            .child("in.box", Box().line("many 20 ", "b.md"))
                            .child("last.md", "L\n"));
  // Four, the box and the last one, then four of the box's.
  EXPECT_EQ(count(docs, "added") + count(docs, "duplicate"), 11U);
  EXPECT_EQ(docs[0]["outcome"], "ok");
  EXPECT_EQ(docs[5]["outcome"], "partial");
  EXPECT_THAT(docs[5]["message"], HasSubstr("16 documents within it are left out"));
  EXPECT_THAT(docs[5]["message"], HasSubstr("[limits] tree_documents"));
}

TEST_F(HostileChildrenTest, BytesAreCut) {
  env_["SLUICE_LIMITS_TREE_BYTES"] = "1MiB";
  const auto docs =
      add(Box().child("a.md", "A\n").line("fill 2000000 ", "big.txt").child("b.md", "B\n"));
  EXPECT_EQ(docs[0]["result"], "added");
  EXPECT_EQ(docs[0]["outcome"], "partial");
  EXPECT_EQ(docs[1]["result"], "added");
  EXPECT_EQ(docs[2]["result"], "failed");
  EXPECT_EQ(docs[2]["reason"], "limit");
  EXPECT_THAT(docs[2]["hint"], HasSubstr("tree_bytes"));
  EXPECT_EQ(docs.size(), 3U);
}

TEST_F(HostileChildrenTest, RatioIsCut) {
  // Within bounds alone, but a bomb for its size.
  const auto docs = add(Box().line("fill 60000000 ", "a.bin").line("fill 60000000 ", "b.bin"));
  EXPECT_EQ(docs[1]["result"], "added");
  EXPECT_EQ(docs[2]["reason"], "limit");
  EXPECT_THAT(docs[2]["hint"], HasSubstr("tree_ratio"));
}

TEST_F(HostileChildrenTest, BombsInBombsShareOneBudget) {
  Box box = Box().line("fill 30000000 ", "zeros.bin");
  for (int i = 0; i < 4; ++i) box = Box().child("in.box", box).line("fill 30000000 ", "zeros.bin");
  const auto docs = add(box);
  EXPECT_EQ(docs[0]["result"], "added");
  std::size_t cut = 0;
  for (const Json& doc : docs) cut += doc["reason"] == "limit" ? 1 : 0;
  EXPECT_GE(cut, 1U);
  EXPECT_LE(docs.size(), 10U);
}

TEST_F(HostileChildrenTest, TimeIsCut) {
  env_["SLUICE_LIMITS_TREE_TIME"] = "1";
  Box box;
  for (int i = 0; i < 8; ++i)
    box.child(std::to_string(i) + ".script", "sleep 400\nbody " + std::to_string(i) + "\n");
  const auto docs = add(box);
  EXPECT_EQ(docs[0]["result"], "added");
  EXPECT_EQ(docs.back()["reason"], "limit");
  EXPECT_THAT(docs.back()["hint"], HasSubstr("tree_time"));
  // Another day it may be quicker: it is no failure that stays.
  env_.erase("SLUICE_LIMITS_TREE_TIME");
  EXPECT_EQ(add(box).back()["result"], "added");
}

TEST_F(HostileChildrenTest, ConvertersOfChildrenThatCrashHarmNobodyElse) {
  const auto docs =
      add(Box().child("a.alone", "crash\n").child("b.alone", "violate\n").child("c.md", "C\n"));
  EXPECT_EQ(docs[0]["result"], "added");
  EXPECT_EQ(docs[1]["attempts"][0]["outcome"], "crashed");
  EXPECT_EQ(docs[2]["reason"], "sandbox-violation");
  EXPECT_EQ(docs[3]["result"], "added");
}

TEST_F(HostileChildrenTest, AContainerThatFailsHandsOverNothing) {
  const auto docs = add(Box().child("a.md", "A\n").line("nonsense", ""));
  ASSERT_EQ(docs.size(), 1U);
  EXPECT_EQ(docs[0]["reason"], "malformed");
}

TEST_F(HostileChildrenTest, ItselfWithinItselfEnds) {
  // A box whose bytes are those of its own child cannot be; a chain of equal boxes can.
  const Box leaf = Box().child("x.md", "X\n");
  const auto docs = add(Box().child("1.box", leaf).child("2.box", leaf).child("3.box", leaf));
  EXPECT_EQ(count(docs, "duplicate"), 2U);
  EXPECT_EQ(docs.size(), 5U);
}

// Every one of these is a name that somebody has sent to harm an unpacker, or that breaks one.
const char* const kNames[] = {
    "../escape.md",
    "../../../../etc/passwd",
    "/etc/passwd",
    "//server/share/x.md",
    "..",
    ".",
    "",
    "/",
    "...",
    "a/../../b.md",
    "C:\\Windows\\system32\\x.md",
    "..\\..\\x.md",
    "CON",
    "nul.md",
    "a\x01\x02\x1f.md",
    "tab\there.md",
    "\xE2\x80\xAEgpj.md",
    "x!/y.md",
    "x!/",
    "a.box!/a.md",
    ".sluice/registry.db",
    "raw/a.md",
    "-rf",
    "name with  spaces .md ",
    "caf\xC3\xA9.md",
    "cafe\xCC\x81.md",
    "UPPER.md",
    "upper.md",
    "%2e%2e%2fx.md",
    "[x](y).md",
    "`x`.md",
};

TEST_F(HostileChildrenTest, NamesAreOnlyEverNames) {
  Box box;
  int i = 0;
  for (const char* name : kNames) box.child(name, "Document " + std::to_string(i++) + "\n");
  box.child(std::string(5000, 'n') + ".md", "Long\n");
  box.child(std::string(300, '/') + "x.md", "Slashes\n");
  std::string deep;
  for (int part = 0; part < 400; ++part) deep += "folder/";
  box.child(deep + "x.md", "Deep\n");
  for (int same = 0; same < 5; ++same) box.child("same.md", "Same " + std::to_string(same) + "\n");
  const auto docs = add(box);
  ASSERT_EQ(docs.size(), 1 + std::size(kNames) + 3 + 5);
  std::set<std::string> paths;
  for (const Json& doc : docs) {
    EXPECT_EQ(doc["result"], "added") << doc;
    const std::string path = doc["path"];
    EXPECT_TRUE(paths.insert(path).second) << path;
    if (doc == docs[0]) continue;
    const std::string name = path.substr(docs[0]["path"].get<std::string>().size());
    EXPECT_TRUE(name.starts_with("!/")) << path;
    EXPECT_EQ(("/" + name + "/").find("/../"), std::string::npos) << path;
    EXPECT_EQ(name.find("!/", 2), std::string::npos) << path;  // not a container within it
    EXPECT_LE(name.size(), 1100U);
  }
}

TEST_F(HostileChildrenTest, NameThatIsNoUtf8IsRefusedToTheConverterAlone) {
  write("a.box", Box().child("\xFF\xFE.md", "X\n").bytes());
  const auto docs = add_docs({"--plugin", fixtures(), "a.box"});
  ASSERT_EQ(docs.size(), 1U);
  EXPECT_EQ(docs[0]["attempts"][0]["outcome"], "internal");
  EXPECT_THAT(docs[0]["attempts"][0]["reason"].get<std::string>(), HasSubstr("not UTF-8"));
}

TEST_F(HostileChildrenTest, OneThatIsNeverFinishedIsToldAndLeftOut) {
  const auto docs = add(Box().text("Words").line("unfinished ", "half.md").child("x.md", "X\n"));
  ASSERT_EQ(docs.size(), 2U);
  EXPECT_THAT(docs[0]["warnings"].dump(), HasSubstr("never finished"));
}

TEST_F(HostileChildrenTest, ManyLinksToOneAllLeadThere) {
  Box box = Box().child("x.md", "X\n");
  for (int i = 0; i < 1000; ++i) box.line("same ", "1");
  add(box);
  const std::string text = read("kb/wiki/sources/a.md");
  std::size_t links = 0;
  for (std::size_t at = text.find("(a-x.md)"); at != std::string::npos;
       at = text.find("(a-x.md)", at + 1)) {
    ++links;
  }
  EXPECT_EQ(links, 1001U);
}

}  // namespace
}  // namespace sluice::test
