// Images that a Markdown document shows: copied, told apart, linked where they stand.
#include "cli/real_program.h"

namespace sluice::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

namespace fs = std::filesystem;

class Images : public RealProgram {
 protected:
  // Adds in/docs/a.md with this text and gives its Markdown, without front matter.
  std::string markdown_of(const std::string& text) {
    write("in/docs/a.md", text);
    const Finished run = add({"in"});
    EXPECT_EQ(run.exit_code, 0) << run.err;
    err_ = run.err;
    const std::string markdown = read("kb/wiki/sources/a.md");
    return markdown.substr(markdown.find("\n---\n") + 5);
  }
  // The published images of that document, by name.
  Tree images() const { return tree_of(kb() / "wiki/sources/images/a"); }

  std::string err_;
};

TEST_F(Images, BesideTheDocumentAreCopiedAndLinked) {
  write("in/docs/p.png", png("beside"));
  EXPECT_THAT(markdown_of("text ![p](p.png) text\n"),
              HasSubstr("text ![p](images/a/p.png) text\n"));
  EXPECT_EQ(images(), (Tree{{"p.png", png("beside")}}));
}

TEST_F(Images, OfTheSameNameAreToldApart) {
  write("in/docs/one/p.png", png("one"));
  write("in/docs/two/p.png", png("two"));
  const std::string text = markdown_of("![1](one/p.png)\n![2](two/p.png)\n");
  const Tree published = images();
  ASSERT_EQ(published.size(), 2U);
  for (const auto& [name, content] : published) {
    const std::string number = content == png("one") ? "1" : "2";
    EXPECT_THAT(text, HasSubstr("![" + number + "](images/a/" + name + ")")) << name;
  }
}

TEST_F(Images, AboveTheRootAreNotReached) {
  write("secret.png", png("secret"));
  const std::string text =
      markdown_of("![s](../../secret.png)\n![s](" + path("secret.png") + ")\n");
  EXPECT_THAT(text, AllOf(HasSubstr("](../../secret.png)"), HasSubstr("](" + path("secret.png"))));
  EXPECT_THAT(images(), IsEmpty());
}

TEST_F(Images, ThroughASymlinkOutOfTheRootAreNotReached) {
  write("secret.png", png("secret"));
  fs::create_directories(dir_ / "in/docs");
  fs::create_symlink(dir_ / "secret.png", dir_ / "in/docs/link.png");
  EXPECT_THAT(markdown_of("![s](link.png)\n"), HasSubstr("](link.png)"));
  EXPECT_THAT(images(), IsEmpty());
}

TEST_F(Images, OneFolderUpWithinTheRootAreCopied) {
  write("in/pictures/p.png", png("up"));
  EXPECT_THAT(markdown_of("![p](../pictures/p.png)\n"), HasSubstr("![p](images/a/p.png)"));
  EXPECT_EQ(images(), (Tree{{"p.png", png("up")}}));
}

TEST_F(Images, WithBlanksTitlesAndAnglesAreLinked) {
  write("in/docs/my picture.png", png("blank"));
  write("in/docs/q.png", png("q"));
  const std::string text = markdown_of(
      "![1](my%20picture.png)\n![2](<my picture.png> \"Title\")\n![3](q.png 'other title')\n");
  EXPECT_EQ(images().size(), 2U);
  EXPECT_THAT(text,
              AllOf(Not(HasSubstr("](my%20picture")), Not(HasSubstr("](<my picture")),
                    HasSubstr("\"Title\")"), HasSubstr("![3](images/a/q.png 'other title')")));
}

TEST_F(Images, OfHtmlElementsAreLinked) {
  write("in/docs/p.png", png("html"));
  EXPECT_THAT(markdown_of("<img alt=\"x\" src=\"p.png\" width=3>\n"),
              HasSubstr("<img alt=\"x\" src=\"images/a/p.png\" width=3>"));
}

TEST_F(Images, InCodeAreText) {
  write("in/docs/p.png", png("code"));
  const std::string text = markdown_of("`![p](p.png)` and\n\n    ![p](p.png)\n\n![p](p.png)\n");
  EXPECT_THAT(text, AllOf(HasSubstr("`![p](p.png)` and"), HasSubstr("\n    ![p](p.png)\n"),
                          HasSubstr("\n![p](images/a/p.png)\n")));
}

TEST_F(Images, InDataUrisAreExtracted) {
  const std::string text = markdown_of("![p](data:image/png;base64,iVBORw0KGgo=)\n");
  ASSERT_EQ(images().size(), 1U);
  EXPECT_EQ(images().begin()->second, png(""));
  EXPECT_THAT(text, HasSubstr("](images/a/" + images().begin()->first + ")"));
}

TEST_F(Images, WithAHostileSubtypeReachNoFileName) {
  markdown_of("![p](data:image/x/../../../evil;base64,iVBORw0KGgo=)\nmore text\n");
  for (const auto& [name, content] : images()) EXPECT_EQ(name.find('/'), std::string::npos) << name;
  EXPECT_FALSE(fs::exists(kb() / "wiki/evil"));
}

TEST_F(Images, ThatAreMissingOrDirectoriesAreAWarning) {
  write("in/docs/sub/x.md", "another document");
  const std::string text = markdown_of("![d](sub) ![gone](gone.png) ![dot](.) [l](sub/)\n");
  EXPECT_THAT(text, HasSubstr("![d](sub) ![gone](gone.png) ![dot](.) [l](sub/)"));
  EXPECT_THAT(images(), IsEmpty());
  EXPECT_THAT(err_, HasSubstr("gone.png"));
}

TEST_F(Images, OfTheOldVersionGoWithIt) {
  write("in/docs/p.png", png("p"));
  write("in/docs/q.png", png("q"));
  markdown_of("![p](p.png)\n");
  markdown_of("now ![q](q.png)\n");
  EXPECT_EQ(images(), (Tree{{"q.png", png("q")}}));
  markdown_of("no image at all\n");
  EXPECT_THAT(images(), IsEmpty());
}

TEST_F(Images, OfADocumentUnderATakenNameAreItsOwn) {
  write("in/docs/p.png", png("first"));
  markdown_of("![p](p.png) and [text](images/a/p.png)\n");
  write("other/a.md", "![p](p.png) and prose about images/a/p.png\n");
  write("other/p.png", png("second"));
  ASSERT_EQ(add({"other"}).exit_code, 0);
  for (const auto& [name, document] : documents()) {
    if (name == "a") continue;
    EXPECT_THAT(read_file(kb() / document["markdown"].get<std::string>()),
                HasSubstr("![p](images/" + name + "/p.png) and prose about images/a/p.png\n"));
    EXPECT_EQ(read_file(kb() / "wiki/sources/images" / name / "p.png"), png("second"));
  }
  EXPECT_EQ(images(), (Tree{{"p.png", png("first")}}));
}

}  // namespace
}  // namespace sluice::test
