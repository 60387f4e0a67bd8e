// Final names: collisions with other documents and with files that are not ours, and retargeting.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "owner/retarget.h"
#include "unit/owner/bundle_maker.h"
#include "unit/owner/check_runs.h"
#include "unit/owner/consistency.h"

namespace sluice::owner {
namespace {

using test::inconsistencies;
using test::plain_files;
using test::Session;
using test::words_of;
using test::Workspace;
using test::write_file;
using testing::ElementsAre;
using testing::IsEmpty;

class OwnerNaming : public testing::Test {
 protected:
  std::string suffixed(const std::string& name, const std::string& source, std::size_t digits = 8) {
    return suffixed_name(name, space_.path_key(source), digits);
  }
  // With the name of the source's folder in front.
  std::string in_folder(const std::string& name, const std::string& source) {
    return folder_name(space_, source) + "-" + name;
  }
  static std::string folder_name(const Workspace& space, const std::string& source) {
    return document_name(
        std::filesystem::path(space.path_key(source)).parent_path().filename().string());
  }
  Workspace space_;
};

TEST_F(OwnerNaming, ATakenNameGetsItsFoldersNameInFrontAndThenTheHashOfThePath) {
  space_.write("note.md", "A\n");
  space_.write("x/note.md", "B\n");
  space_.write("y/x/note.md", "C\n");
  EXPECT_THAT(
      space_.add({"note.md", "x/note.md", "y/x/note.md"}),
      ElementsAre("added note", "added x-note", "added " + suffixed("note", "y/x/note.md")));
  EXPECT_THAT(inconsistencies(space_.kb), IsEmpty());
}

// In folders: the names of `sources` after they were added in that order, without "docs/".
std::vector<std::string> names_in_mirror(const std::vector<std::string>& sources) {
  Workspace space(layout::Kind::kMirror);
  for (const std::string& source : sources) space.write(source, source + "\n");
  std::vector<std::string> names;
  for (const std::string& word : space.add(sources)) {
    EXPECT_EQ(word.rfind("added docs/", 0), 0U) << word;
    names.push_back(word.substr(std::min<std::size_t>(word.size(), 11)));
  }
  EXPECT_THAT(inconsistencies(space.kb), IsEmpty());
  EXPECT_THAT(test::check_lines(space.kb), IsEmpty());
  return names;
}

TEST_F(OwnerNaming, InMirrorLayoutFoldersKeepNamesApart) {
  EXPECT_THAT(names_in_mirror({"README.md", "a/README.md", "b/README.md", "a b/c.d/README.md"}),
              ElementsAre("README", "a/README", "b/README", "a-b/c-d/README"));
}

TEST_F(OwnerNaming, InMirrorLayoutNamesInOneFolderGetTheirExtensionAndThenAHash) {
  const auto names = names_in_mirror({"a/r.md", "a/r.txt", "a/R.txt", "a/r-txt.md"});
  ASSERT_EQ(names.size(), 4U);
  EXPECT_EQ(names[0], "a/r");
  EXPECT_EQ(names[1], "a/r-txt");
  EXPECT_EQ(names[2].rfind("a/R-", 0), 0U);
  EXPECT_EQ(names[3].rfind("a/r-txt-", 0), 0U);
}

TEST_F(OwnerNaming, InMirrorLayoutAFolderOfImagesIsNobodysDocument) {
  // A folder that differs only in case is the same one on some platforms.
  EXPECT_THAT(names_in_mirror({"images/a.md", "x/images/a.md", "IMAGES/a.md", "images.md"}),
              ElementsAre("images_/a", "x/images_/a", "IMAGES_/a-md", "images"));
}

// "a b" without an extension is raw/docs/a-b, where the folder "a-b" is to be, and the other way
// round.
TEST_F(OwnerNaming, InMirrorLayoutAFileWithoutAnExtensionAndAFolderGetAlong) {
  for (const bool file_first : {true, false}) {
    const std::vector<std::string> sources =
        file_first ? std::vector<std::string>{"a b", "a-b/x.md", "a-b/y/z.md"}
                   : std::vector<std::string>{"a-b/x.md", "a-b/y/z.md", "a b"};
    const auto names = names_in_mirror(sources);
    ASSERT_EQ(names.size(), 3U);
    EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), 3U);
    EXPECT_EQ(names[0], file_first ? "a-b" : "a-b/x");
  }
}

TEST_F(OwnerNaming, InMirrorLayoutWhatIsNotOursKeepsItsPlace) {
  Workspace space(layout::Kind::kMirror);
  std::filesystem::create_directories(space.kb + "/raw/docs");
  write_file(space.kb + "/raw/docs/a", "mine");
  std::filesystem::create_symlink("/tmp", space.kb + "/raw/docs/b");
  std::filesystem::create_directories(space.kb + "/wiki/sources/docs/images/c");
  for (const char* name : {"a/x.md", "b/x.md", "c.md"}) space.write(name, name);
  const auto words = space.add({"a/x.md", "b/x.md", "c.md"});
  ASSERT_EQ(words.size(), 3U);
  EXPECT_EQ(words[0].rfind("added docs/a-", 0), 0U) << words[0];
  EXPECT_EQ(words[1].rfind("added docs/b-", 0), 0U) << words[1];
  EXPECT_EQ(words[2], "added docs/c-md");
  EXPECT_EQ(space.text("raw/docs/a"), "mine");
}

TEST_F(OwnerNaming, ADocumentMayBeCalledImages) {
  space_.write("images.md", "A\n");
  EXPECT_THAT(space_.add({"images.md"}), ElementsAre("added images"));
  EXPECT_THAT(inconsistencies(space_.kb), IsEmpty());
}

TEST_F(OwnerNaming, NamesThatDifferOnlyInCaseCollide) {
  space_.write("note.md", "A\n");
  space_.write("Note.md", "B\n");
  EXPECT_THAT(space_.add({"note.md", "Note.md"}),
              ElementsAre("added note", "added " + in_folder("Note", "Note.md")));
}

TEST_F(OwnerNaming, NamesThatDifferOnlyInNormalizationCollide) {
  space_.write("caf\u00e9.md", "A\n");
  space_.write("cafe\u0301.md", "B\n");
  const auto words = space_.add({"caf\u00e9.md", "cafe\u0301.md"});
  ASSERT_EQ(words.size(), 2U);
  EXPECT_EQ(words[0], "added caf\u00e9");
  EXPECT_EQ(words[1], "added " + in_folder("caf\u00e9", "cafe\u0301.md"));
  EXPECT_THAT(inconsistencies(space_.kb), IsEmpty());
}

TEST_F(OwnerNaming, ATakenSuffixIsNotOverwrittenEither) {
  const std::string taken = suffixed("note", "x/note.md");
  space_.write("note.md", "A\n");
  space_.write(taken + ".md", "B\n");
  space_.write("x-note.md", "D\n");
  space_.write("x/note.md", "C\n");
  EXPECT_THAT(space_.add({"note.md", taken + ".md", "x-note.md", "x/note.md"}),
              ElementsAre("added note", "added " + taken, "added x-note",
                          "added " + suffixed("note", "x/note.md", 16)));
  EXPECT_EQ(space_.text("raw/" + taken + ".md"), "B\n");
  EXPECT_THAT(inconsistencies(space_.kb), IsEmpty());
}

TEST_F(OwnerNaming, AForeignFileInAnyOfItsPlacesKeepsItAndTheDocumentGetsAnotherName) {
  for (const char* place :
       {"raw/n.md", "wiki/sources/n.md", "wiki/sources/images/n", "wiki/sources/n.outline.json"}) {
    Workspace space;
    write_file(space.kb + "/" + place, "mine");
    space.write("n.md", "Text\nsidecar outline {}\n");
    EXPECT_THAT(space.add({"n.md"}), ElementsAre("added " + folder_name(space, "n.md") + "-n"))
        << place;
    EXPECT_EQ(space.text(place), "mine");
  }
}

TEST_F(OwnerNaming, ADanglingSymlinkInTheWayIsLeftAlone) {
  std::filesystem::create_symlink("/nowhere", space_.kb + "/raw/n.md");
  space_.write("n.md", "Text\n");
  EXPECT_THAT(space_.add({"n.md"}), ElementsAre("added " + in_folder("n", "n.md")));
  EXPECT_TRUE(std::filesystem::is_symlink(space_.kb + "/raw/n.md"));
}

TEST_F(OwnerNaming, WhenEveryNameIsTakenThatDocumentFailsAlone) {
  write_file(space_.kb + "/raw/n.md", "mine");
  write_file(space_.kb + "/raw/" + in_folder("n", "n.md") + ".md", "mine");
  for (std::size_t digits = 8; digits <= 64; digits += 8) {
    write_file(space_.kb + "/raw/" + suffixed("n", "n.md", digits) + ".md", "mine");
  }
  space_.write("a.md", "A\n");
  space_.write("n.md", "N\n");
  space_.write("z.md", "Z\n");
  EXPECT_THAT(space_.add({"a.md", "n.md", "z.md"}),
              ElementsAre("added a", "failed n.md: io", "added z"));
}

TEST_F(OwnerNaming, ASourceKeepsItsNameForLife) {
  space_.write("note.md", "A\n");
  space_.write("x/note.md", "B\n");
  space_.add({"note.md", "x/note.md"});
  space_.write("x/note.md", "Second\n");
  EXPECT_THAT(space_.add({"x/note.md"}), ElementsAre("updated x-note"));
}

TEST_F(OwnerNaming, RetargetRewritesTheRecordedPositionsAndNothingElse) {
  const std::string prose = "See images/note/a.png and ![](images/note/b.png).\n";
  space_.write("note.md", "First\n");
  space_.write("x/note.md", prose + "asset a.png A\n" + prose + "asset b.png B\n");
  space_.add({"note.md", "x/note.md"});
  const std::string name = "x-note";
  EXPECT_EQ(
      space_.text("wiki/sources/" + name + ".md"),
      prose + "![](images/" + name + "/a.png)\n" + prose + "![](images/" + name + "/b.png)\n");
  EXPECT_EQ(space_.text("wiki/sources/images/" + name + "/b.png"), "B");
  EXPECT_THAT(inconsistencies(space_.kb), IsEmpty());
}

class Retarget : public OwnerNaming {
 protected:
  Retarget() : session_(space_.kb) {
    space_.write("note.md", "Text\nasset a.png A\n");
    bundle_ = session_.make(space_.source("note.md"));
  }
  bool retarget_to(const std::string& name) {
    return retarget(plain_files(), session_.staging.dir(), bundle_, name, "out.md");
  }
  Session session_;
  Bundle bundle_;
};

TEST_F(Retarget, DescribesTheNewFile) {
  ASSERT_TRUE(retarget_to("longer-name"));
  const std::string text = "Text\n![](images/longer-name/a.png)\n";
  EXPECT_EQ(bundle_.markdown.name, "out.md");
  EXPECT_EQ(bundle_.markdown.size(), text.size());
  EXPECT_EQ(bundle_.markdown.sha256, platform::sha256(text));
}

TEST_F(Retarget, RefusesPositionsThatDoNotHoldTheName) {
  const auto right = bundle_.name_positions;
  for (const auto& positions : {std::vector<std::uint64_t>{0}, {1'000'000}, {right[0], right[0]}}) {
    bundle_.name_positions = positions;
    EXPECT_FALSE(retarget_to("other"));
    EXPECT_FALSE(plain_files().info(session_.staging.dir(), "out.md"));
    EXPECT_EQ(bundle_.placeholder_name, "note");
  }
}

TEST_F(Retarget, ABundleWhosePositionsAreWrongFailsAlone) {
  space_.write("first/note.md", "First\n");
  space_.write("z.md", "Z\n");
  session_.add({space_.source("first/note.md")});
  std::vector<Bundle> bundles;
  bundle_ = session_.make(space_.source("note.md"));
  bundle_.name_positions[0] = 0;
  bundles.push_back(std::move(bundle_));
  bundles.push_back(session_.make(space_.source("z.md")));
  session_.owner.commit(std::move(bundles));
  session_.owner.finish();
  EXPECT_THAT(words_of(session_.results),
              ElementsAre("added note", "failed note.md: internal", "added z"));
  EXPECT_THAT(inconsistencies(space_.kb), IsEmpty());
}

}  // namespace
}  // namespace sluice::owner
