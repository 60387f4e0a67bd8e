// What people did to published files is never lost, and never in the way.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/owner/bundle_maker.h"
#include "unit/owner/consistency.h"

namespace sluice::owner {
namespace {

using test::hash8;
using test::inconsistencies;
using test::Workspace;
using test::write_file;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class KeptFiles : public testing::Test {
 protected:
  KeptFiles() {
    space_.write("note.md", "One\nasset a.png A\nsidecar outline {}\n");
    space_.add({"note.md"});
  }
  Workspace space_;
};

TEST_F(KeptFiles, AHandEditedMarkdownIsKeptBesideTheNewOne) {
  write_file(space_.kb + "/wiki/sources/note.md", "My edit\n");
  space_.write("note.md", "Second\n");
  EXPECT_THAT(space_.add({"note.md"}), ElementsAre("updated note"));
  EXPECT_EQ(space_.text("wiki/sources/note.md"), "Second\n");
  const std::string kept = "note.md.orig-" + hash8("My edit\n");
  EXPECT_EQ(space_.text("wiki/sources/" + kept), "My edit\n");
  EXPECT_THAT(space_.warnings, ElementsAre(HasSubstr(kept)));
}

TEST_F(KeptFiles, AHandEditedFolderOfImagesIsKept) {
  write_file(space_.kb + "/wiki/sources/images/note/mine.png", "M");
  space_.write("note.md", "asset b.png B\n");
  space_.add({"note.md"});
  EXPECT_FALSE(space_.has("wiki/sources/images/note/mine.png"));
  EXPECT_TRUE(space_.has("wiki/sources/images/note/b.png"));
  ASSERT_EQ(space_.warnings.size(), 1U);
  std::string kept;
  for (const auto& [path, bytes] : test::published_tree(space_.kb)) {
    if (path.find(".orig-") != std::string::npos && path.ends_with("/mine.png")) kept = path;
  }
  EXPECT_EQ(space_.text(kept), "M");
}

TEST_F(KeptFiles, ASidecarEditedByHandIsKeptWhenItIsRemoved) {
  write_file(space_.kb + "/wiki/sources/note.outline.json", "[]");
  space_.write("note.md", "Second\n");
  space_.add({"note.md"});
  EXPECT_FALSE(space_.has("wiki/sources/note.outline.json"));
  EXPECT_EQ(space_.text("wiki/sources/note.outline.json.orig-" + hash8("[]")), "[]");
}

TEST_F(KeptFiles, TwoEditsAreBothKept) {
  for (const char* version : {"Second\n", "Third one\n"}) {
    write_file(space_.kb + "/wiki/sources/note.md", "My edit\n");
    write_file(space_.kb + "/wiki/sources/note.md.orig-" + hash8("My edit\n"), "in the way");
    space_.write("note.md", version);
    space_.add({"note.md"});
  }
  EXPECT_EQ(space_.text("wiki/sources/note.md.orig-" + hash8("My edit\n")), "in the way");
  const std::string hex = platform::to_hex(platform::sha256("My edit\n"));
  EXPECT_EQ(space_.text("wiki/sources/note.md.orig-" + hex.substr(0, 16)), "My edit\n");
}

TEST_F(KeptFiles, AFileThatTheUserDeletedComesBackWithTheNextVersion) {
  std::filesystem::remove(space_.kb + "/wiki/sources/note.md");
  std::filesystem::remove(space_.kb + "/raw/note.md");
  std::filesystem::remove_all(space_.kb + "/wiki/sources/images/note");
  std::filesystem::remove(space_.kb + "/wiki/sources/note.outline.json");
  space_.write("note.md", "Second\nasset b.png B\n");
  EXPECT_THAT(space_.add({"note.md"}), ElementsAre("updated note"));
  EXPECT_THAT(space_.warnings, IsEmpty());
  EXPECT_THAT(inconsistencies(space_.kb), IsEmpty());
}

TEST_F(KeptFiles, ADirectoryInPlaceOfAFileIsKept) {
  std::filesystem::remove(space_.kb + "/wiki/sources/note.md");
  write_file(space_.kb + "/wiki/sources/note.md/inner", "I");
  space_.write("note.md", "Second\n");
  space_.add({"note.md"});
  EXPECT_EQ(space_.text("wiki/sources/note.md"), "Second\n");
  EXPECT_EQ(space_.text("wiki/sources/note.md.orig-00000000/inner"), "I");
}

TEST_F(KeptFiles, ASymlinkInPlaceOfAFileIsKeptAndNotWrittenThrough) {
  write_file(space_.docs + "/outside", "outside");
  std::filesystem::remove(space_.kb + "/wiki/sources/note.md");
  std::filesystem::create_symlink(space_.docs + "/outside", space_.kb + "/wiki/sources/note.md");
  space_.write("note.md", "Second\n");
  space_.add({"note.md"});
  EXPECT_EQ(space_.text("wiki/sources/note.md"), "Second\n");
  EXPECT_EQ(test::read_file(space_.docs + "/outside"), "outside");
  EXPECT_TRUE(std::filesystem::is_symlink(space_.kb + "/wiki/sources/note.md.orig-00000000"));
}

TEST_F(KeptFiles, AFileThatAppearsWhereANewSidecarGoesIsKept) {
  write_file(space_.kb + "/wiki/sources/note.index.json", "mine");
  space_.write("note.md", "Second\nsidecar index []\n");
  space_.add({"note.md"});
  EXPECT_EQ(space_.text("wiki/sources/note.index.json"), "[]");
  EXPECT_EQ(space_.text("wiki/sources/note.index.json.orig-" + hash8("mine")), "mine");
}

TEST_F(KeptFiles, ARemovedDocumentLeavesTheHandEditedPart) {
  write_file(space_.kb + "/wiki/sources/note.md", "My edit\n");
  space_.write("other.md", "Other\n");
  space_.add({"other.md"});
  space_.write("note.md", "Other\n");
  EXPECT_THAT(space_.add({"note.md"}), ElementsAre("duplicate other"));
  EXPECT_FALSE(space_.has("raw/note.md"));
  EXPECT_EQ(space_.text("wiki/sources/note.md.orig-" + hash8("My edit\n")), "My edit\n");
}

TEST_F(KeptFiles, OtherFilesInTheWikiAreNeverTouched) {
  write_file(space_.kb + "/wiki/index.md", "mine");
  write_file(space_.kb + "/wiki/sources/own.md", "mine too");
  space_.write("note.md", "Second\n");
  space_.add({"note.md"});
  EXPECT_EQ(space_.text("wiki/index.md"), "mine");
  EXPECT_EQ(space_.text("wiki/sources/own.md"), "mine too");
}

TEST_F(KeptFiles, PublishedFilesGetTheModeOfANewFile) {
  const mode_t before = ::umask(027);
  Workspace space;
  space.write("note.md", "Text\nasset a.png A\n");
  ::chmod((space.docs + "/note.md").c_str(), 0400);
  space.add({"note.md"});
  ::umask(before);
  const auto mode = [&](const std::string& path) {
    struct stat st {};
    ::stat((space.kb + "/" + path).c_str(), &st);
    return st.st_mode & 07777;
  };
  EXPECT_EQ(mode("raw/note.md"), 0640U);
  EXPECT_EQ(mode("wiki/sources/note.md"), 0640U);
  EXPECT_EQ(mode("wiki/sources/images/note"), 0750U);
  EXPECT_EQ(mode("wiki/sources/images/note/a.png"), 0640U);
}

}  // namespace
}  // namespace sluice::owner
