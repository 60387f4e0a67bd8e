// Links between documents, as any converter may make them: exact positions, anchors, containers.
#include "cli/command_session.h"
#include "kit/box.h"

namespace sluice::test {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;

class DocumentLinks : public CommandSession {
 protected:
  void SetUp() override { make_kb(); }

  std::vector<Json> add(const std::string& name, const std::string& text) {
    write(name, text);
    return add_docs({"--plugin", fixtures(), name});
  }
  std::string markdown(const std::string& name) const {
    return read("kb/wiki/sources/" + name + ".md");
  }
  // The first word of the Markdown from where the part begins.
  std::string at_part(const std::string& name, std::size_t part) const {
    const Json parts = Json::parse(read("kb/wiki/sources/" + name + ".parts.json"))["parts"];
    const std::string text = markdown(name).substr(parts.at(part)["offset"]);
    return text.substr(0, text.find_first_of(" \n"));
  }
  void expect_sound() {
    EXPECT_EQ(run({"-C", "kb", "check"}), 0) << out_;
    EXPECT_THAT(out_, HasSubstr("damages 0, remarks 0"));
  }
};

TEST_F(DocumentLinks, PartsStayWhereTheyBegin) {
  add("a.script",
      "part page 1\ntext One [x](\nlink-document sub/a%20b.script part sub/a%20b.script#part\n"
      "text ) and \nlink-name b [[b]]\nbody .\npart page 2\nbody Two\n");
  EXPECT_THAT(markdown("a"), HasSubstr("One [x](sub/a%20b.script#part) and [[b]].\n"));
  add("b.md", "B\n");
  EXPECT_THAT(markdown("a"), HasSubstr("One [x](sub/a%20b.script#part) and <b.md>.\n"));
  EXPECT_EQ(at_part("a", 0), "One");
  EXPECT_EQ(at_part("a", 1), "Two");
  EXPECT_EQ(run({"-C", "kb", "remove", "b"}), 0) << err_;
  EXPECT_THAT(markdown("a"), HasSubstr("and [[b]].\n"));
  EXPECT_EQ(at_part("a", 1), "Two");
  expect_sound();
}

TEST_F(DocumentLinks, AFragmentLeadsToTheAnchorThatItsSourceNames) {
  add("a.script", "text [x](\nlink-document b.script id1 b.script#id1\nbody )\n");
  add("b.script", "anchor id1 the-heading\nanchor id1 not-this-one\nbody B\n");
  EXPECT_THAT(markdown("a"), HasSubstr("[x](b.md#the-heading)\n"));
  add("b.script", "anchor id1 another\nbody B, changed\n");
  EXPECT_THAT(markdown("a"), HasSubstr("[x](b.md#another)\n"));
  add("b.script", "body B, without\n");
  EXPECT_THAT(markdown("a"), HasSubstr("[x](b.md#id1)\n"));
  expect_sound();
}

TEST_F(DocumentLinks, WithinAContainerStayThere) {
  write("y.md", "Not this one\n");
  write("a.box", Box()
                     .text("A")
                     .child("x.md", "[y](d/y.md) and [[y]] and [out](../y.md)\n")
                     .child("d/y.md", "[x](../x.md)\n")
                     .bytes());
  add_docs({"--plugin", fixtures(), "."});
  EXPECT_THAT(markdown("a-x"), HasSubstr("[y](a-y.md) and [y](a-y.md) and [out](../y.md)\n"));
  EXPECT_THAT(markdown("a-y"), HasSubstr("[x](a-x.md)\n"));
  expect_sound();
}

TEST_F(DocumentLinks, ShowListsBothWays) {
  write("a.md", "[[b]] [c](c.md) [[b]]\n");
  write("b.md", "[[b]]\n");
  write("c.md", "C\n");
  add_docs({"."});
  EXPECT_EQ(run({"-C", "kb", "--json", "show", "b"}), 0) << err_;
  const Json shown = Json::parse(out_.substr(0, out_.find('\n')));
  EXPECT_THAT(shown["links_to"].get<std::vector<std::string>>(), ElementsAre("b"));
  EXPECT_THAT(shown["linked_from"].get<std::vector<std::string>>(), ElementsAre("a", "b"));
  EXPECT_EQ(run({"-C", "kb", "show", "a"}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("links to"));
}

}  // namespace
}  // namespace sluice::test
