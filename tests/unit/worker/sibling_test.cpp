// What a document may be given of the files beside it: in trees of pictures, texts, hidden and
// ignored files and knowledge bases, only pictures that nothing keeps out.
#include "worker/sibling.h"

#include <gtest/gtest.h>
#include <sluice/abi.h>

#include <array>
#include <string>
#include <vector>

#include "kit/temp_dir.h"
#include "scan/sibling_rules.h"

namespace sluice::worker {
namespace {

using std::string_literals::operator""s;

const std::string kPicture = "\x89PNG\r\n\x1a\n picture";

class SiblingTest : public ::testing::Test {
 protected:
  // What it gets by the name of a file, of the contents of all.
  std::string got_by_name(const std::string& relative, const std::string& name) {
    auto made = std::make_shared<SourceRoot>();
    made->dir = std::move(*files_.open_dir(tree_.path()));
    made->path = tree_.path();
    made->sibling_rules = rules_;
    Source source;
    source.root = made;
    source.relative = relative;
    platform::OsHandle out;
    if (open_sibling(files_, source, ".../" + name, out) != SLUICE_STATUS_OK) return "nothing";
    std::string text(100, '\0');
    const platform::File file{std::move(out)};
    text.resize(files_.read(file, 0, std::as_writable_bytes(std::span(text.data(), text.size()))));
    return text.substr(text.rfind(' ') + 1);
  }
  // Whether the document at `relative` below `root` gets `path`, both below the tree.
  bool gets(const std::string& root, const std::string& relative, const std::string& path) {
    auto made = std::make_shared<SourceRoot>();
    made->dir = std::move(*files_.open_dir(tree_.path(root)));
    made->path = tree_.path(root);
    made->sibling_rules = rules_;
    Source source;
    source.root = made;
    source.relative = relative;
    platform::OsHandle out;
    const std::int32_t status = open_sibling(files_, source, path, out);
    EXPECT_EQ(status == SLUICE_STATUS_OK, static_cast<bool>(out)) << path;
    return status == SLUICE_STATUS_OK;
  }
  void use_rules(const std::vector<std::string>& globs = {},
                 const std::optional<std::string>& kb = std::nullopt, bool ignore_files = true) {
    scan::ScanOptions options;
    options.globs = globs;
    options.ignore_files = ignore_files;
    options.ignore = {"node_modules/"};
    rules_ = std::make_shared<scan::ScanSiblingRules>(files_, options, scan::KbPlace(files_, kb));
  }

  test::TempDir tree_;
  platform::Files files_;
  std::shared_ptr<const SiblingRules> rules_;
};

TEST_F(SiblingTest, GivesOutPicturesBelowTheRoot) {
  tree_.file("in/sub/doc.md");
  tree_.file("in/sub/a.png", kPicture);
  tree_.file("in/b.any", kPicture);
  EXPECT_TRUE(gets("in", "sub/doc.md", "a.png"));
  EXPECT_TRUE(gets("in", "sub/doc.md", "./a.png"));
  EXPECT_TRUE(gets("in", "sub/doc.md", "../b.any"));
  EXPECT_TRUE(gets("in", "sub/doc.md", "../sub/../b.any"));
}

TEST_F(SiblingTest, ContentCountsAndNoName) {
  const std::vector<std::string> pictures = {
      kPicture,
      "GIF89a\1\0\1\0"s,
      "\xff\xd8\xff\xe0\0\x10JFIF"s,
      "<svg xmlns=\"http://www.w3.org/2000/svg\"><rect/></svg>",
      "<?xml version=\"1.0\"?>\n<!-- made -->\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
      "RIFF\x24\0\0\0WEBPVP8 \0\0"s,
      "RIFF\x24\0\0\0WAVEfmt \0\0"s,
      "\0\0\0\x20"
      "ftypisom\0\0\2\0"s,
      "\x1a\x45\xdf\xa3\0\0\0\x1f"s,
      "OggS\0\2\0\0"s,
  };
  const std::vector<std::string> others = {
      "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n",
      "password = hunter2\n",
      "<html><body><svg></svg></body></html>",
      "%PDF-1.7\n",
      "PK\x03\x04\0\0"s,
      "SQLite format 3\0\x10\0"s,
      "\x7f"
      "ELF\2\1\1\0"s,
      "svg png gif",
      "",
      std::string(1000, '\0'),
  };
  tree_.file("in/doc.md");
  for (const char* name : {"x.png", "x.svg", "x.txt", "x"}) {
    const std::string file = std::string("in/") + name;
    for (std::size_t i = 0; i < pictures.size(); ++i) {
      tree_.file(file, pictures[i]);
      EXPECT_TRUE(gets("in", "doc.md", name)) << i << " as " << name;
    }
    for (std::size_t i = 0; i < others.size(); ++i) {
      tree_.file(file, others[i]);
      EXPECT_FALSE(gets("in", "doc.md", name)) << i << " as " << name;
    }
  }
}

TEST_F(SiblingTest, NothingHiddenIsGivenOut) {
  tree_.file("in/doc.md");
  for (const char* path : {".hidden.png", ".ssh/id.png", "a/.b/c.png", "a/..c.png"}) {
    tree_.file(std::string("in/") + path, kPicture);
    EXPECT_FALSE(gets("in", "doc.md", path)) << path;
  }
  tree_.symlink("in/open.png", ".ssh/id.png");
  tree_.symlink("in/open", ".ssh");
  EXPECT_FALSE(gets("in", "doc.md", "open.png"));
  EXPECT_FALSE(gets("in", "doc.md", "open/id.png"));
  // A root that is hidden itself was given.
  tree_.file(".notes/doc.md");
  tree_.file(".notes/a.png", kPicture);
  EXPECT_TRUE(gets(".notes", "doc.md", "a.png"));
}

TEST_F(SiblingTest, NothingOutsideTheRootIsGivenOut) {
  tree_.file("in/doc.md");
  tree_.file("out.png", kPicture);
  tree_.file("in2/a.png", kPicture);
  tree_.symlink("in/link.png", "../out.png");
  tree_.symlink("in/folder", "../in2");
  tree_.symlink("in/loop", "loop");
  for (const std::string& path :
       {"../out.png"s, "../in2/a.png"s, "link.png"s, "folder/a.png"s, "loop"s, "."s, ".."s, ""s,
        tree_.path("out.png"), "a\0b"s, "sub/../../out.png"s, "none.png"s}) {
    EXPECT_FALSE(gets("in", "doc.md", path)) << path;
  }
  tree_.file("in/in.png", kPicture);
  tree_.symlink("in/inside.png", "in.png");
  EXPECT_TRUE(gets("in", "doc.md", "inside.png"));
}

TEST_F(SiblingTest, NothingIgnoredIsGivenOut) {
  tree_.file("in/doc.md");
  tree_.file("in/.sluiceignore", "private/\n*.secret.png\n!kept.secret.png\n");
  tree_.file("in/sub/.gitignore", "/only-here.png\n");
  for (const char* path : {"private/a.png", "private/deep/b.png", "x.secret.png", "kept.secret.png",
                           "sub/only-here.png", "sub/fine.png"}) {
    tree_.file(std::string("in/") + path, kPicture);
  }
  tree_.symlink("in/alias.png", "private/a.png");
  tree_.file("in/node_modules/a.png", kPicture);
  use_rules();
  EXPECT_FALSE(gets("in", "doc.md", "node_modules/a.png"));
  for (const char* path : {"private/a.png", "private/deep/b.png", "x.secret.png",
                           "sub/only-here.png", "alias.png", "private/../private/a.png"}) {
    EXPECT_FALSE(gets("in", "doc.md", path)) << path;
  }
  EXPECT_TRUE(gets("in", "doc.md", "kept.secret.png"));
  EXPECT_TRUE(gets("in", "doc.md", "sub/fine.png"));
  use_rules({}, std::nullopt, false);
  EXPECT_TRUE(gets("in", "doc.md", "private/a.png")) << "--no-ignore";
}

TEST_F(SiblingTest, GlobsThatExcludeCountAndThoseThatChooseDocumentsDoNot) {
  tree_.file("in/doc.md");
  tree_.file("in/a.png", kPicture);
  tree_.file("in/private/b.png", kPicture);
  use_rules({"*.md", "!private"});
  EXPECT_TRUE(gets("in", "doc.md", "a.png"));
  EXPECT_FALSE(gets("in", "doc.md", "private/b.png"));
}

TEST_F(SiblingTest, NothingOfAKnowledgeBaseIsGivenOut) {
  tree_.file("in/doc.md");
  for (const char* kb : {"in/kb", "in/deep/other"}) {
    tree_.file(std::string(kb) + "/.sluice/config.toml", "");
    for (const char* file : {"/raw/a.png", "/wiki/sources/images/x/a.png", "/own.png"}) {
      tree_.file(kb + std::string(file), kPicture);
    }
  }
  tree_.symlink("in/way", "kb/raw");
  use_rules({}, tree_.path("in/kb"));
  for (const char* path : {"kb/raw/a.png", "kb/wiki/sources/images/x/a.png", "kb/own.png",
                           "deep/other/raw/a.png", "deep/other/own.png", "way/a.png"}) {
    EXPECT_FALSE(gets("in", "doc.md", path)) << path;
  }
  // A document that is kept inside has its pictures there; what Sluice keeps is not given out.
  tree_.file("in/kb/inbox/doc.md");
  tree_.file("in/kb/inbox/a.png", kPicture);
  EXPECT_TRUE(gets("in/kb", "inbox/doc.md", "a.png"));
  EXPECT_TRUE(gets("in/kb/inbox", "doc.md", "a.png"));
  EXPECT_FALSE(gets("in/kb", "inbox/doc.md", "../raw/a.png"));
  EXPECT_FALSE(gets("in/kb/raw", "doc.html", "a.png"));
}

TEST_F(SiblingTest, IgnoreFilesAboveARootCountWithinTheKnowledgeBase) {
  tree_.file("kb/.sluice/config.toml", "");
  tree_.file("kb/.sluiceignore", "inbox/private.png\n");
  tree_.file("kb/inbox/doc.md");
  tree_.file("kb/inbox/private.png", kPicture);
  tree_.file("kb/inbox/a.png", kPicture);
  use_rules({}, tree_.path("kb"));
  EXPECT_FALSE(gets("kb/inbox", "doc.md", "private.png"));
  EXPECT_TRUE(gets("kb/inbox", "doc.md", "a.png"));
}

TEST_F(SiblingTest, WithoutAPathThereIsNothing) {
  // Standard input.
  Source source;
  auto root = std::make_shared<SourceRoot>();
  root->dir = std::move(*files_.open_dir(tree_.path()));
  tree_.file("a.png", kPicture);
  source.root = root;
  source.relative = "stdin";
  platform::OsHandle out;
  EXPECT_EQ(open_sibling(files_, source, "a.png", out), SLUICE_STATUS_NOT_FOUND);
}

TEST_F(SiblingTest, ANameMeansTheNearestFileThatMayBeRead) {
  tree_.file("vault/a/p.png", kPicture + " a");
  tree_.file("vault/b/p.png", kPicture + " b");
  tree_.file("vault/b/c/q.PNG", kPicture + " q");
  tree_.file("vault/.hidden/r.png", kPicture + " r");
  tree_.file("vault/s.png", "no picture");
  tree_.file("vault/kb/.sluice/x", "");
  tree_.file("vault/kb/raw/t.png", kPicture + " t");
  use_rules();
  EXPECT_EQ(got_by_name("vault/b/note.md", "p.png"), "b");
  EXPECT_EQ(got_by_name("vault/note.md", "p.png"), "a");
  EXPECT_EQ(got_by_name("vault/note.md", "b/P.png"), "b");
  EXPECT_EQ(got_by_name("vault/a/note.md", "Q.png"), "q");
  for (const char* name : {"r.png", "s.png", "t.png", "none.png", "", "/", "../a/p.png"}) {
    EXPECT_EQ(got_by_name("vault/note.md", name), "nothing") << name;
  }
}

}  // namespace
}  // namespace sluice::worker
