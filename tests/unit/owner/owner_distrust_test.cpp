// What the owner is given is decided again: sources that changed, skips that are stale, staged
// files that are no longer what the lane left. One failure is one document's.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <functional>

#include "unit/owner/bundle_maker.h"
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
using testing::HasSubstr;
using testing::IsEmpty;

class OwnerDistrust : public testing::Test {
 protected:
  void TearDown() override { EXPECT_THAT(inconsistencies(space_.kb), IsEmpty()); }

  std::vector<std::string> commit(Session& session, std::vector<Bundle> bundles) {
    session.owner.commit(std::move(bundles));
    session.owner.finish();
    return words_of(session.results);
  }
  std::vector<std::string> commit(Session& session, Bundle bundle) {
    std::vector<Bundle> bundles;
    bundles.push_back(std::move(bundle));
    return commit(session, std::move(bundles));
  }
  // A bundle as a lane makes it that found nothing to do.
  Bundle skipped(const std::string& name, Bundle::Kind kind) {
    Bundle bundle;
    bundle.source = space_.source(name);
    bundle.kind = kind;
    bundle.outcome = Outcome::kOk;
    bundle.identity =
        plain_files().resolve_info(bundle.source.root->dir, bundle.source.relative)->identity;
    bundle.sha256 = platform::sha256(test::read_file(space_.docs + "/" + name));
    return bundle;
  }
  Workspace space_;
};

TEST_F(OwnerDistrust, ASourceThatChangedSinceItsPrepareIsPreparedAgain) {
  space_.write("a.md", "Old\n");
  Session session(space_.kb);
  Bundle bundle = session.make(space_.source("a.md"));
  space_.write("a.md", "Newer\n");
  EXPECT_THAT(commit(session, std::move(bundle)), ElementsAre("added a"));
  EXPECT_EQ(session.prepared_again, 1);
  EXPECT_EQ(space_.text("raw/a.md"), "Newer\n");
  EXPECT_EQ(space_.text("wiki/sources/a.md"), "Newer\n");
}

TEST_F(OwnerDistrust, ASourceThatKeepsChangingFailsAsUnstable) {
  space_.write("a.md", "0\n");
  space_.write("b.md", "B\n");
  Session session(space_.kb);
  std::string text = "0\n";
  session.prepare_again = [&](const Source& source, unsigned attempt) {
    Bundle bundle = test::BundleMaker(session.staging, source, attempt).make();
    if (source.relative == "a.md") space_.write("a.md", text += "more\n");
    return bundle;
  };
  std::vector<Bundle> bundles;
  bundles.push_back(session.make(space_.source("a.md")));
  bundles.push_back(session.make(space_.source("b.md")));
  space_.write("a.md", text += "more\n");
  EXPECT_THAT(commit(session, std::move(bundles)),
              ElementsAre("failed a.md: source-unstable", "added b"));
  EXPECT_EQ(session.prepared_again, 3);
}

TEST_F(OwnerDistrust, ASourceThatVanishedFailsAlone) {
  space_.write("a.md", "A\n");
  space_.write("b.md", "B\n");
  Session session(space_.kb);
  std::vector<Bundle> bundles;
  bundles.push_back(session.make(space_.source("a.md")));
  bundles.push_back(session.make(space_.source("b.md")));
  std::filesystem::remove(space_.docs + "/a.md");
  EXPECT_THAT(commit(session, std::move(bundles)), ElementsAre("failed a.md: io", "added b"));
}

TEST_F(OwnerDistrust, KnownBytesThatLeftTheRegistryArePrepared) {
  space_.write("a.md", "A\n");
  Session session(space_.kb);
  EXPECT_THAT(commit(session, skipped("a.md", Bundle::Kind::kKnown)), ElementsAre("added a"));
  EXPECT_EQ(session.prepared_again, 1);
}

TEST_F(OwnerDistrust, KnownBytesThatAreOnRecordBecomeADuplicateWithoutConverting) {
  space_.write("a.md", "A\n");
  space_.write("b.md", "A\n");
  space_.add({"a.md"});
  Session session(space_.kb);
  EXPECT_THAT(commit(session, skipped("b.md", Bundle::Kind::kKnown)), ElementsAre("duplicate a"));
  EXPECT_EQ(session.prepared_again, 0);
}

TEST_F(OwnerDistrust, AStaleSkipDoesNotWinOverAChangedSource) {
  space_.write("a.md", "A\n");
  space_.add({"a.md"});
  Bundle bundle = skipped("a.md", Bundle::Kind::kUnchanged);
  space_.write("a.md", "Changed\n");
  Session session(space_.kb);
  EXPECT_THAT(commit(session, std::move(bundle)), ElementsAre("updated a"));
  EXPECT_EQ(space_.text("raw/a.md"), "Changed\n");
}

TEST_F(OwnerDistrust, ASkipOfASourceThatIsNotOnRecordIsPrepared) {
  space_.write("a.md", "A\n");
  space_.write("b.md", "B\n");
  space_.add({"a.md"});
  std::vector<Bundle> bundles;
  bundles.push_back(skipped("a.md", Bundle::Kind::kUnchanged));
  bundles.push_back(skipped("b.md", Bundle::Kind::kUnchanged));
  Session session(space_.kb);
  EXPECT_THAT(commit(session, std::move(bundles)), ElementsAre("unchanged a", "added b"));
}

TEST_F(OwnerDistrust, AnIdentityThatIsNoProofIsReadAgain) {
  space_.write("a.md", "A\n");
  {
    Session session(space_.kb);
    Bundle bundle = session.make(space_.source("a.md"));
    bundle.identity_settled = false;
    commit(session, std::move(bundle));
  }
  Session session(space_.kb);
  EXPECT_THAT(commit(session, skipped("a.md", Bundle::Kind::kUnchanged)),
              ElementsAre("unchanged a"));
  EXPECT_EQ(session.prepared_again, 1);
}

// Does something to what stands in staging for a.md, between prepare and commit.
class HostileStaging : public OwnerDistrust {
 protected:
  void expect_refused(const std::function<void(const std::string& staging)>& tamper) {
    space_.write("a.md", "A\nasset a.png PNG\nsidecar outline {}\n");
    space_.write("b.md", "B\n");
    Session session(space_.kb);
    std::vector<Bundle> bundles;
    bundles.push_back(session.make(space_.source("a.md")));
    bundles.push_back(session.make(space_.source("b.md")));
    staged_ = space_.kb + "/" + layout::batch_dir(session.staging.batch()) + "/";
    raw_ = staged_ + bundles[0].raw.name;
    markdown_ = staged_ + bundles[0].markdown.name;
    assets_ = staged_ + bundles[0].assets_dir;
    sidecar_ = staged_ + bundles[0].sidecars[0].file.name;
    tamper(staged_);
    EXPECT_THAT(commit(session, std::move(bundles)),
                ElementsAre("failed a.md: sandbox-violation", "added b"));
    EXPECT_FALSE(space_.has("raw/a.md"));
  }
  std::string staged_, raw_, markdown_, assets_, sidecar_;
};

TEST_F(HostileStaging, OtherContentOfTheSameSize) {
  expect_refused([&](auto&) { write_file(markdown_, "X\n![](images/a/a.png)\n"); });
}
TEST_F(HostileStaging, LongerContent) {
  expect_refused([&](auto&) { write_file(raw_, "Something else, and more of it than before"); });
}
TEST_F(HostileStaging, AMissingFile) {
  expect_refused([&](auto&) { std::filesystem::remove(sidecar_); });
}
TEST_F(HostileStaging, ASymlinkToTheSameBytes) {
  expect_refused([&](const std::string& staging) {
    std::filesystem::rename(raw_, staging + "elsewhere");
    std::filesystem::create_symlink("elsewhere", raw_);
  });
}
TEST_F(HostileStaging, ASecondLink) {
  expect_refused([&](const std::string& staging) {
    std::filesystem::create_hard_link(raw_, staging + "second");
  });
}
TEST_F(HostileStaging, AFifo) {
  expect_refused([&](auto&) {
    std::filesystem::remove(markdown_);
    ASSERT_EQ(::mkfifo(markdown_.c_str(), 0600), 0);
  });
}
TEST_F(HostileStaging, ADirectoryInPlaceOfAFile) {
  expect_refused([&](auto&) {
    std::filesystem::remove(raw_);
    std::filesystem::create_directory(raw_);
  });
}
TEST_F(HostileStaging, AnExtraFileAmongTheAssets) {
  expect_refused([&](auto&) { write_file(assets_ + "/extra", "E"); });
}
TEST_F(HostileStaging, AChangedAsset) {
  expect_refused([&](auto&) { write_file(assets_ + "/a.png", "GNP"); });
}
TEST_F(HostileStaging, ASymlinkInPlaceOfTheAssetsFolder) {
  expect_refused([&](const std::string& staging) {
    std::filesystem::rename(assets_, staging + "moved");
    std::filesystem::create_directory_symlink("moved", assets_);
  });
}

TEST_F(HostileStaging, ASymlinkInPlaceOfAnAsset) {
  expect_refused([&](const std::string& staging) {
    std::filesystem::rename(assets_ + "/a.png", staging + "elsewhere");
    std::filesystem::create_symlink("../elsewhere", assets_ + "/a.png");
  });
}
TEST_F(HostileStaging, ASymlinkOutOfTheKnowledgeBase) {
  write_file(space_.docs + "/../secret", "A\n");
  expect_refused([&](auto&) {
    std::filesystem::remove(markdown_);
    std::filesystem::create_symlink(space_.docs + "/../secret", markdown_);
  });
}
TEST_F(HostileStaging, AHardLinkFromElsewhereInPlaceOfAFile) {
  write_file(space_.docs + "/../other", "A\n");
  expect_refused([&](auto&) {
    std::filesystem::remove(raw_);
    std::filesystem::create_hard_link(space_.docs + "/../other", raw_);
  });
}
TEST_F(HostileStaging, ASocket) {
  expect_refused([&](auto&) {
    std::filesystem::remove(raw_);
    ASSERT_EQ(::mknod(raw_.c_str(), S_IFSOCK | 0600, 0), 0);
  });
}
TEST_F(HostileStaging, ADevice) {
  if (::geteuid() != 0) GTEST_SKIP() << "making a device takes privileges";
  expect_refused([&](auto&) {
    std::filesystem::remove(sidecar_);
    if (::mknod(sidecar_.c_str(), S_IFCHR | 0600, makedev(1, 5)) != 0) {
      std::filesystem::create_directory(sidecar_);  // not even root may: some other thing
    }
  });
}
TEST_F(HostileStaging, ASparseGiant) {
  expect_refused([&](auto&) { std::filesystem::resize_file(markdown_, 1ULL << 40); });
}
TEST_F(HostileStaging, AFolderAmongTheAssets) {
  expect_refused([&](auto&) { std::filesystem::create_directory(assets_ + "/deeper"); });
}
TEST_F(HostileStaging, ANameThatIsNotOursAmongTheAssets) {
  expect_refused([&](auto&) { write_file(assets_ + "/..\\..\\x\n\xff", "E"); });
}
TEST_F(HostileStaging, AFileThatGrowsWithoutEnd) {
  expect_refused([&](auto&) {
    std::ofstream(markdown_, std::ios::binary | std::ios::app) << std::string(1 << 20, 'x');
  });
}
TEST_F(HostileStaging, AFileThatIsStillWrittenWithTheSameBytes) {
  int writer = -1;
  expect_refused([&](auto&) {
    writer = ::open(markdown_.c_str(), O_WRONLY | O_CLOEXEC);
    ASSERT_EQ(::pwrite(writer, "A", 1, 0), 1);
  });
  ::close(writer);
}
// What nobody asked for goes with the batch, whatever it is.
TEST_F(HostileStaging, ForeignThingsBesideTheFilesAreCleanedUp) {
  space_.write("a.md", "A\n");
  Session session(space_.kb);
  Bundle bundle = session.make(space_.source("a.md"));
  const std::string staging = space_.kb + "/" + layout::batch_dir(session.staging.batch()) + "/";
  std::filesystem::create_directories(staging + "deep/er/and/deeper");
  std::filesystem::create_symlink("/etc/passwd", staging + "link");
  ASSERT_EQ(::mkfifo((staging + "fifo").c_str(), 0), 0);
  write_file(staging + "read-only/file", "x");
  std::filesystem::permissions(staging + "read-only", std::filesystem::perms::none);
  EXPECT_THAT(commit(session, std::move(bundle)), ElementsAre("added a"));
  EXPECT_FALSE(std::filesystem::exists(staging));
  EXPECT_TRUE(std::filesystem::exists("/etc/passwd"));
}

class OwnerFailures : public OwnerDistrust {
 protected:
  std::vector<FailureRow> failures() { return space_.open().registry().last_failures(100); }
};

TEST_F(OwnerFailures, OneFailingDocumentAmongManyFailsAlone) {
  std::vector<std::string> names;
  std::vector<std::string> expected;
  for (int i = 0; i < 40; ++i) {
    const std::string name = "n" + std::to_string(i);
    space_.write(name + ".md", i == 17 ? "fail malformed it is cut off\n" : name);
    names.push_back(name + ".md");
    expected.push_back(i == 17 ? "failed n17.md: malformed" : "added " + name);
  }
  EXPECT_EQ(space_.add(names), expected);
}

TEST_F(OwnerFailures, AFailureIsKeptWithItsReasonAndDoesNotPileUp) {
  space_.write("a.md", "fail encrypted it wants a password\n");
  space_.add({"a.md"});
  space_.add({"a.md"});
  const auto rows = failures();
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].path_key, space_.path_key("a.md"));
  EXPECT_EQ(rows[0].outcome, Outcome::kEncrypted);
  EXPECT_EQ(rows[0].reason, "it wants a password");
  EXPECT_EQ(rows[0].converter, "toy");
}

TEST_F(OwnerFailures, SuccessClearsTheFailure) {
  space_.write("a.md", "fail malformed bad\n");
  space_.add({"a.md"});
  space_.write("a.md", "Good\n");
  EXPECT_THAT(space_.add({"a.md"}), ElementsAre("added a"));
  EXPECT_THAT(failures(), IsEmpty());
}

TEST_F(OwnerFailures, GoingBackToTheOldContentClearsTheFailure) {
  space_.write("a.md", "Good\n");
  space_.add({"a.md"});
  space_.write("a.md", "fail malformed bad\n");
  EXPECT_THAT(space_.add({"a.md"}), ElementsAre("failed a.md: malformed"));
  EXPECT_EQ(space_.text("raw/a.md"), "Good\n");
  EXPECT_EQ(failures().size(), 1U);
  space_.write("a.md", "Good\n");
  EXPECT_THAT(space_.add({"a.md"}), ElementsAre("unchanged a"));
  EXPECT_THAT(failures(), IsEmpty());
}

TEST_F(OwnerFailures, BecomingADuplicateClearsTheFailure) {
  space_.write("a.md", "Good\n");
  space_.write("b.md", "fail malformed bad\n");
  space_.add({"a.md", "b.md"});
  space_.write("b.md", "Good\n");
  EXPECT_THAT(space_.add({"b.md"}), ElementsAre("duplicate a"));
  EXPECT_THAT(failures(), IsEmpty());
}

TEST_F(OwnerFailures, ACancelledDocumentIsNotPutOnRecord) {
  space_.write("a.md", "fail cancelled stopped\n");
  EXPECT_THAT(space_.add({"a.md"}), ElementsAre("failed a.md: cancelled"));
  EXPECT_THAT(failures(), IsEmpty());
}

}  // namespace
}  // namespace sluice::owner
