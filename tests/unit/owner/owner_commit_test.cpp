// What a commit makes of a source: added, updated, unchanged, duplicate, and who keeps which name.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/owner/bundle_maker.h"
#include "unit/owner/consistency.h"
#include "unit/owner/watched_files.h"

namespace sluice::owner {
namespace {

using test::inconsistencies;
using test::published_tree;
using test::Session;
using test::words_of;
using test::Workspace;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class OwnerCommit : public testing::Test {
 protected:
  void TearDown() override { EXPECT_THAT(inconsistencies(space_.kb), IsEmpty()); }
  Workspace space_;
};

TEST_F(OwnerCommit, AnAddedDocumentStandsInItsPlaces) {
  space_.write("note.md", "Hello\nasset a.png PNG\nsidecar outline {}\n");
  EXPECT_THAT(space_.add({"note.md"}), ElementsAre("added note"));
  EXPECT_EQ(space_.text("raw/note.md"), "Hello\nasset a.png PNG\nsidecar outline {}\n");
  EXPECT_EQ(space_.text("wiki/sources/note.md"), "Hello\n![](images/note/a.png)\n");
  EXPECT_EQ(space_.text("wiki/sources/images/note/a.png"), "PNG");
  EXPECT_EQ(space_.text("wiki/sources/note.outline.json"), "{}");
}

TEST_F(OwnerCommit, ReportNamesWhatWasCommitted) {
  space_.write("note.md", "Hello\n");
  Session session(space_.kb);
  session.add({space_.source("note.md")});
  ASSERT_EQ(session.results.size(), 1U);
  const DocumentResult& result = session.results.front();
  EXPECT_EQ(result.raw, "raw/note.md");
  EXPECT_EQ(result.markdown, "wiki/sources/note.md");
  EXPECT_EQ(result.seq, 1);
  EXPECT_EQ(result.bytes, 6U);
  EXPECT_EQ(result.sha256, platform::sha256("Hello\n"));
}

TEST_F(OwnerCommit, ASourceWithoutExtensionIsPublishedWithoutOne) {
  space_.write("README", "Hello\n");
  EXPECT_THAT(space_.add({"README"}), ElementsAre("added README"));
  EXPECT_TRUE(space_.has("raw/README"));
}

TEST_F(OwnerCommit, NewContentReplacesTheOldUnderTheSameName) {
  space_.write("note.md", "One\n");
  space_.add({"note.md"});
  space_.write("note.md", "Second\n");
  EXPECT_THAT(space_.add({"note.md"}), ElementsAre("updated note"));
  EXPECT_EQ(space_.text("raw/note.md"), "Second\n");
  EXPECT_EQ(space_.text("wiki/sources/note.md"), "Second\n");
  EXPECT_THAT(space_.warnings, IsEmpty());
}

TEST_F(OwnerCommit, ImagesOfTheOldVersionDoNotSurviveAnUpdate) {
  space_.write("note.md", "asset old.png OLD\nasset both.png ONE\n");
  space_.add({"note.md"});
  space_.write("note.md", "asset both.png TWO\nasset new.png NEW\n");
  space_.add({"note.md"});
  EXPECT_FALSE(space_.has("wiki/sources/images/note/old.png"));
  EXPECT_EQ(space_.text("wiki/sources/images/note/both.png"), "TWO");
  EXPECT_EQ(space_.text("wiki/sources/images/note/new.png"), "NEW");
}

TEST_F(OwnerCommit, ImagesAndSidecarsThatTheNewVersionLacksAreRemoved) {
  space_.write("note.md", "asset a.png PNG\nsidecar outline {}\n");
  space_.add({"note.md"});
  space_.write("note.md", "Plain now\n");
  EXPECT_THAT(space_.add({"note.md"}), ElementsAre("updated note"));
  EXPECT_FALSE(space_.has("wiki/sources/images/note"));
  EXPECT_FALSE(space_.has("wiki/sources/note.outline.json"));
}

TEST_F(OwnerCommit, ASecondRunReportsUnchangedAndWritesNothing) {
  space_.write("a.md", "A\n");
  space_.write("b.md", "B\n");
  space_.add({"a.md", "b.md"});
  const std::string registry = space_.kb + "/.sluice/registry.db";
  const auto bytes = test::read_file(registry);
  const auto time = std::filesystem::last_write_time(registry);
  const auto tree = published_tree(space_.kb);
  std::vector<std::string> changes;
  test::WatchedFiles files([&](test::Call call, std::string_view what, const std::string& name) {
    if (call == test::Call::kChange && what != "open_or_create" && what != "make_dir") {
      changes.push_back(std::string(what) + " " + name);
    }
  });
  {
    Session session(space_.kb, files);
    std::vector<Bundle> bundles;
    for (const auto& source : space_.sources({"a.md", "b.md"})) {
      Bundle bundle;
      bundle.source = source;
      bundle.kind = Bundle::Kind::kUnchanged;
      bundle.identity = files.resolve_info(source.root->dir, source.relative)->identity;
      bundles.push_back(std::move(bundle));
    }
    session.owner.start();
    session.owner.commit(std::move(bundles));
    session.owner.finish();
    EXPECT_THAT(words_of(session.results), ElementsAre("unchanged a", "unchanged b"));
  }
  EXPECT_THAT(changes, IsEmpty());
  EXPECT_EQ(test::read_file(registry), bytes);
  EXPECT_EQ(std::filesystem::last_write_time(registry), time);
  EXPECT_EQ(published_tree(space_.kb), tree);
  EXPECT_THAT(space_.leftovers(), IsEmpty());
}

TEST_F(OwnerCommit, SameBytesReadAgainAreUnchanged) {
  space_.write("a.md", "A\n");
  space_.add({"a.md"});
  EXPECT_THAT(space_.add({"a.md"}), ElementsAre("unchanged a"));
  EXPECT_THAT(space_.events(), ElementsAre("added a"));
}

TEST_F(OwnerCommit, SameBytesUnderAnotherPathAreADuplicateWithBothPathsOnRecord) {
  space_.write("a.md", "Same\n");
  space_.write("b.md", "Same\n");
  EXPECT_THAT(space_.add({"a.md", "b.md"}), ElementsAre("added a", "duplicate a"));
  auto kb = space_.open();
  const auto document = kb.registry().document_by_name("a");
  ASSERT_TRUE(document);
  const auto sources = kb.registry().sources_of(document->id);
  ASSERT_EQ(sources.size(), 2U);
  EXPECT_EQ(sources[0].path_key, space_.path_key("a.md"));
  EXPECT_EQ(sources[1].path_key, space_.path_key("b.md"));
  EXPECT_FALSE(space_.has("raw/b.md"));
}

TEST_F(OwnerCommit, ADuplicateThatChangesBecomesADocumentAndLeavesTheOtherAlone) {
  space_.write("a.md", "Same\n");
  space_.write("b.md", "Same\n");
  space_.add({"a.md", "b.md"});
  space_.write("b.md", "Its own now\n");
  EXPECT_THAT(space_.add({"b.md"}), ElementsAre("added b"));
  EXPECT_EQ(space_.text("raw/a.md"), "Same\n");
  EXPECT_EQ(space_.text("raw/b.md"), "Its own now\n");
}

TEST_F(OwnerCommit, WhenTheOriginalChangesItsDuplicateBecomesADocumentAtOnce) {
  space_.write("a.md", "Same\n");
  space_.write("b.md", "Same\n");
  space_.add({"a.md", "b.md"});
  space_.write("a.md", "Changed\n");
  EXPECT_THAT(space_.add({"a.md"}), ElementsAre("updated a", "added b"));
  EXPECT_EQ(space_.text("raw/a.md"), "Changed\n");
  EXPECT_EQ(space_.text("raw/b.md"), "Same\n");
}

TEST_F(OwnerCommit, AllOfManyDuplicatesSurviveAChangeOfTheirOriginal) {
  for (const char* name : {"a.md", "b.md", "c.md", "d.md"}) space_.write(name, "asset x.png X\n");
  space_.add({"a.md", "b.md", "c.md", "d.md"});
  space_.write("a.md", "Changed\n");
  EXPECT_THAT(space_.add({"a.md"}),
              ElementsAre("updated a", "added b", "duplicate b", "duplicate b"));
}

TEST_F(OwnerCommit, DuplicatesAreFoundFromARootThatPrefixesEveryPath) {
  space_.write("a.md", "Same\n");
  space_.add({"a.md"});
  // A source of the knowledge base's own folder: its path key is relative, its root's prefix empty.
  test::write_file(space_.kb + "/mine.md", "Mine\n");
  auto root = std::make_shared<SourceRoot>();
  root->dir = std::move(*test::plain_files().open_dir(space_.kb));
  root->path = root->given = space_.kb;
  Source mine;
  mine.sequence = 100;
  mine.root = root;
  mine.relative = "mine.md";
  {
    Session session(space_.kb);
    session.add({mine});
  }
  space_.write("copy.md", "Mine\n");
  EXPECT_THAT(space_.add({"copy.md"}), ElementsAre("duplicate mine"));
  test::write_file(space_.kb + "/mine.md", "Mine, changed\n");
  Session session(space_.kb);
  session.add({mine});
  EXPECT_THAT(words_of(session.results), ElementsAre("updated mine", "added copy"));
  EXPECT_THAT(session.warnings, IsEmpty());
}

TEST_F(OwnerCommit, ADuplicateThatIsGoneWhenItsContentIsReplacedIsReported) {
  space_.write("a.md", "Same\n");
  space_.write("b.md", "Same\n");
  space_.add({"a.md", "b.md"});
  std::filesystem::remove(space_.docs + "/b.md");
  space_.write("a.md", "Changed\n");
  EXPECT_THAT(space_.add({"a.md"}), ElementsAre("updated a"));
  EXPECT_THAT(space_.warnings, ElementsAre(HasSubstr("b.md")));
  auto kb = space_.open();
  EXPECT_TRUE(kb.registry().has_failure(space_.path_key("b.md")));
}

TEST_F(OwnerCommit, OrderAndNamesDoNotDependOnTheSizeOfGroups) {
  std::vector<std::vector<std::string>> events;
  for (const std::size_t group_size : {1U, 2U, 512U}) {
    Workspace space;
    space.write("a.md", "Same\n");
    space.write("b.md", "Same\n");
    space.add({"a.md", "b.md"});
    space.write("a.md", "Changed\n");
    space.write("x/b.md", "Another b\n");
    space.write("c.md", "C\n");
    OwnerSettings settings;
    settings.group_documents = group_size;
    Session session(space.kb, test::plain_files(), settings);
    session.add(space.sources({"a.md", "x/b.md", "c.md"}));
    events.emplace_back();
    for (const auto& result : session.results) {
      events.back().push_back(result.source.file_name() + " " + std::string(word(result.result)));
    }
    events.back().push_back(space.text("raw/b.md"));
  }
  EXPECT_EQ(events[0], events[1]);
  EXPECT_EQ(events[0], events[2]);
}

TEST_F(OwnerCommit, ASourceThatBecomesACopyOfAnotherTakesItsOwnDocumentAway) {
  space_.write("a.md", "A\n");
  space_.write("b.md", "B\nasset b.png B\nsidecar outline {}\n");
  space_.add({"a.md", "b.md"});
  space_.write("b.md", "A\n");
  EXPECT_THAT(space_.add({"b.md"}), ElementsAre("duplicate a"));
  EXPECT_FALSE(space_.has("raw/b.md"));
  EXPECT_FALSE(space_.has("wiki/sources/b.md"));
  EXPECT_FALSE(space_.has("wiki/sources/b.outline.json"));
  EXPECT_FALSE(space_.has("wiki/sources/images/b"));
  EXPECT_THAT(space_.events(), ElementsAre("added a", "added b", "removed b", "duplicate a"));
}

TEST_F(OwnerCommit, ADocumentWithOtherSourcesStaysWhenItsFirstSourceLeaves) {
  space_.write("a.md", "A\n");
  space_.write("b.md", "B\n");
  space_.write("c.md", "B\n");
  space_.add({"a.md", "b.md", "c.md"});
  space_.write("b.md", "A\n");
  EXPECT_THAT(space_.add({"b.md"}), ElementsAre("duplicate a"));
  EXPECT_EQ(space_.text("raw/b.md"), "B\n");
  EXPECT_EQ(space_.open().registry().document_by_name("b")->path_key, space_.path_key("c.md"));
}

TEST_F(OwnerCommit, ANameThatWasGivenUpCanBeTakenInTheSameRun) {
  space_.write("a.md", "A\n");
  space_.write("b.md", "B\n");
  space_.add({"a.md", "b.md"});
  space_.write("b.md", "A\n");
  space_.write("x/b.md", "Another\n");
  EXPECT_THAT(space_.add({"b.md", "x/b.md"}), ElementsAre("duplicate a", "added b"));
  EXPECT_EQ(space_.text("raw/b.md"), "Another\n");
}

TEST_F(OwnerCommit, TheSameSourceTwiceInOneRunIsTakenOnce) {
  space_.write("a.md", "A\n");
  EXPECT_THAT(space_.add({"a.md", "a.md"}), ElementsAre("added a", "unchanged a"));
}

TEST_F(OwnerCommit, EventsFollowTheOrderOfTheInput) {
  std::vector<std::string> names;
  std::vector<std::string> expected;
  for (int i = 9; i >= 0; --i) {
    const std::string name = "n" + std::to_string(i);
    space_.write(name + ".md", name);
    names.push_back(name + ".md");
    expected.push_back("added " + name);
  }
  OwnerSettings settings;
  settings.group_documents = 3;
  Session session(space_.kb, test::plain_files(), settings);
  session.add(space_.sources(names));
  EXPECT_EQ(space_.events(), expected);
  EXPECT_EQ(words_of(session.results), expected);
}

TEST_F(OwnerCommit, TwoOwnersInterleaveWithoutLoss) {
  for (int i = 0; i < 4; ++i) {
    space_.write("a" + std::to_string(i) + ".md", "A" + std::to_string(i));
    space_.write("b" + std::to_string(i) + ".md", "B" + std::to_string(i));
  }
  {
    Session one(space_.kb);
    Session two(space_.kb);
    for (int i = 0; i < 4; ++i) {
      one.owner.commit({});
      std::vector<Bundle> mine;
      mine.push_back(one.make(space_.source("a" + std::to_string(i) + ".md")));
      one.owner.commit(std::move(mine));
      std::vector<Bundle> others;
      others.push_back(two.make(space_.source("b" + std::to_string(i) + ".md")));
      two.owner.commit(std::move(others));
      one.owner.start();  // a reaper in the middle of it harms nobody
    }
    one.owner.finish();
    two.owner.finish();
    EXPECT_THAT(one.warnings, IsEmpty());
    EXPECT_THAT(two.warnings, IsEmpty());
  }
  EXPECT_EQ(space_.open().registry().counts().documents, 8);
}

}  // namespace
}  // namespace sluice::owner
