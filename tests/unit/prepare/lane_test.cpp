// One document through a lane: what is staged for it, and what is not.
#include <gmock/gmock.h>
#include <sys/stat.h>

#include <fstream>

#include "platform/error.h"
#include "prepare/prepare_fixture.h"

namespace sluice::prepare {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

using LaneTest = PrepareTest;

TEST_F(LaneTest, StagesRawCopyAndMarkdown) {
  const Bundle bundle = prepare("Nice Report.script", "meta title Hello\nbody # Hello\nbody text");
  ASSERT_EQ(bundle.kind, Bundle::Kind::kPrepared) << bundle.reason;
  EXPECT_EQ(bundle.outcome, Outcome::kOk);
  EXPECT_EQ(bundle.placeholder_name, "Nice-Report");
  EXPECT_EQ(staged(bundle.raw.name), "meta title Hello\nbody # Hello\nbody text");
  const std::string sha = platform::to_hex(bundle.sha256);
  EXPECT_EQ(sha, platform::to_hex(platform::sha256(staged(bundle.raw.name))));
  EXPECT_EQ(staged(bundle.markdown.name),
            "---\ntitle: Hello\nsource: Nice Report.script\nsha256: \"" + sha + "\"\nmedia_type: " +
                bundle.media_type + "\nconverter: scripted 1.2.3\n---\n\n# Hello\ntext\n");
  EXPECT_THAT(staging_listing(), ElementsAre(bundle.markdown.name, bundle.raw.name));
}

TEST_F(LaneTest, DescribesStagedFilesAsTheyAre) {
  const Bundle bundle = prepare("a.script", "asset a.png image/png x\nlink 1\nsidecar outline {}");
  ASSERT_EQ(bundle.kind, Bundle::Kind::kPrepared) << bundle.reason;
  const auto expect_as_described = [this](const platform::Dir& dir, const StagedFile& file,
                                          const std::string& content) {
    const auto info = files_.info(dir, file.name);
    ASSERT_TRUE(info) << file.name;
    EXPECT_EQ(info->identity, file.identity) << file.name;
    EXPECT_EQ(file.sha256, platform::sha256(content)) << file.name;
  };
  const platform::Dir& staging = staging_->dir();
  expect_as_described(staging, bundle.raw, staged(bundle.raw.name));
  expect_as_described(staging, bundle.markdown, staged(bundle.markdown.name));
  ASSERT_THAT(bundle.sidecars, SizeIs(1));
  EXPECT_EQ(bundle.sidecars[0].kind, "outline");
  expect_as_described(staging, bundle.sidecars[0].file, "{}");
  ASSERT_THAT(bundle.assets, SizeIs(1));
  expect_as_described(*files_.open_dir(staging, bundle.assets_dir), bundle.assets[0], "x");
  EXPECT_EQ(bundle.staged_bytes,
            bundle.raw.size() + bundle.markdown.size() + bundle.assets[0].size() + 2);
}

TEST_F(LaneTest, LinksToAssetsAtTheRecordedPositions) {
  const Bundle bundle =
      prepare("doc.script",
              "text \\r\nasset My Pic.png image/png x\nbody one\\r\nasset b.png image/png bb\n"
              "text ![a](\nlink 2\ntext ) ![b](\nlink 2\nbody )");
  ASSERT_EQ(bundle.kind, Bundle::Kind::kPrepared) << bundle.reason;
  EXPECT_EQ(body(bundle), "one\n![a](images/doc/b.png) ![b](images/doc/b.png)\n");
  const std::string text = staged(bundle.markdown.name);
  ASSERT_THAT(bundle.name_positions, SizeIs(2));
  for (const std::uint64_t position : bundle.name_positions) {
    EXPECT_EQ(text.substr(position, 3), "doc");
    EXPECT_EQ(text.substr(position - 7, 7), "images/");
  }
}

TEST_F(LaneTest, FoldsAssetsOfEqualBytesAndKeepsNamesApart) {
  const Bundle bundle = prepare("a.script",
                                "asset a.png image/png x\nasset A.png image/png y\n"
                                "asset ../../evil.png image/png x\nasset b.exe image/png z\n"
                                "link 1\nbody\nlink 2\nbody\nlink 3\nbody\nlink 4");
  ASSERT_EQ(bundle.kind, Bundle::Kind::kPrepared) << bundle.reason;
  EXPECT_EQ(body(bundle), "images/a/a.png\nimages/a/A-2.png\nimages/a/a.png\nimages/a/b.png\n");
  EXPECT_THAT(staging_listing(), SizeIs(6));  // raw, md, the folder, three assets
}

TEST_F(LaneTest, DropsUnfinishedAssetsAndTheirLinks) {
  const Bundle bundle = prepare("a.script", "unfinished-asset a.png\ntext ![x](\nlink 1\nbody )");
  ASSERT_EQ(bundle.kind, Bundle::Kind::kPrepared) << bundle.reason;
  EXPECT_EQ(body(bundle), "![x]()\n");
  EXPECT_THAT(bundle.assets, IsEmpty());
  EXPECT_EQ(bundle.assets_dir, "");
  EXPECT_THAT(staging_listing(), ElementsAre(bundle.markdown.name, bundle.raw.name));
}

TEST_F(LaneTest, MendsWhatIsNotText) {
  const Bundle bundle =
      prepare("a.script", "text \\xEF\\xBB\\xBFa\\r\\nb\\rc\\0d\\xFF\\xE4\\n\\n\\n");
  ASSERT_EQ(bundle.kind, Bundle::Kind::kPrepared) << bundle.reason;
  EXPECT_EQ(body(bundle), "a\nb\ncd\xEF\xBF\xBD\xEF\xBF\xBD\n");
  ASSERT_THAT(bundle.warnings, SizeIs(1));
  EXPECT_EQ(bundle.warnings[0].code, "invalid-utf8");
}

TEST_F(LaneTest, StreamsALargeBody) {
  // In the result's frame; in the run's memory; from there on in a file.
  for (const std::size_t lines :
       {std::size_t{1'000}, std::size_t{100'000}, std::size_t{1'000'000}}) {
    sequence_ = lines;
    const Bundle bundle =
        prepare("a.script", "asset p.png image/png x\nlink 1\nrepeat " + std::to_string(lines) +
                                " 0123456789\\r\nlink 1\nbody");
    ASSERT_EQ(bundle.kind, Bundle::Kind::kPrepared) << bundle.reason;
    const std::string text = body(bundle);
    EXPECT_EQ(text.size(), lines * 11 + 2 * std::string("images/a/p.png").size() + 1);
    EXPECT_EQ(text.find('\r'), std::string::npos);
    EXPECT_THAT(text, StartsWith("images/a/p.png0123456789\n0"));
    EXPECT_THAT(text, EndsWith("0123456789\nimages/a/p.png\n"));
    ASSERT_THAT(bundle.name_positions, SizeIs(2));
    EXPECT_EQ(staged(bundle.markdown.name).substr(bundle.name_positions[1], 2), "a/");
    EXPECT_THAT(staging_listing(), SizeIs(4));  // no body file left
    std::filesystem::remove_all(tree_.path("staging"));
    tree_.folder("staging");
    staging_ = std::make_unique<FixedStaging>(*files_.open_dir(tree_.path("staging")));
  }
}

TEST_F(LaneTest, KeepsTheLargeBodiesOfOneRunApart) {
  std::vector<Source> sources;
  for (const char* letter : {"a", "b", "c"}) {
    sources.push_back(
        source(std::string(letter) + ".script", std::string("repeat 300000 ") + letter + "\nbody"));
  }
  const std::vector<Bundle> bundles = prepare_all(sources, 1);
  ASSERT_THAT(bundles, SizeIs(3));
  for (std::size_t i = 0; i < bundles.size(); ++i) {
    std::string expected;
    for (int line = 0; line < 300'000; ++line) expected += {"abc"[i], '\n'};
    EXPECT_TRUE(body(bundles[i]) == expected) << "body " << i;
  }
  EXPECT_THAT(staging_listing(), SizeIs(6));
}

TEST_F(LaneTest, HandsALargeSourceOverAsAFile) {
  const std::string text = "size\nname\n" + std::string(3 << 20, '\n');
  const Bundle bundle = prepare("big.script", text);
  ASSERT_EQ(bundle.kind, Bundle::Kind::kPrepared) << bundle.reason;
  EXPECT_EQ(body(bundle), std::to_string(text.size()) + "\nbig.script\n");
  EXPECT_EQ(bundle.sha256, platform::sha256(text));
  EXPECT_EQ(staged(bundle.raw.name), text);
}

TEST_F(LaneTest, GivesTheConverterItsOptions) {
  const Bundle bundle = prepare("a.script", "greet");
  EXPECT_EQ(body(bundle), "{\"greeting\":\"hello\"}\n");
  EXPECT_EQ(bundle.options_hash, platform::to_hex(platform::sha256(R"({"greeting":"hello"})")));
}

TEST_F(LaneTest, KeepsWarningsAndReasonOfAPartialResult) {
  const Bundle bundle = prepare("a.script", "body x\nwarn one page is broken\npartial page 2");
  EXPECT_EQ(bundle.kind, Bundle::Kind::kPrepared);
  EXPECT_EQ(bundle.outcome, Outcome::kPartial);
  EXPECT_EQ(bundle.reason, "page 2");
  ASSERT_THAT(bundle.warnings, SizeIs(1));
  EXPECT_EQ(bundle.warnings[0].message, "one page is broken");
}

TEST_F(LaneTest, PicturesAloneAreAPartialDocument) {
  const Bundle bundle = prepare(
      "a.script", "asset a.png image/png x\ntext <!-- page 1 -->\\n\\n![](\nlink 1\nbody )");
  EXPECT_EQ(bundle.kind, Bundle::Kind::kPrepared);
  EXPECT_EQ(word(bundle.outcome), word(Outcome::kPartial));
  EXPECT_EQ(bundle.reason, "it holds pictures and no text");
  EXPECT_EQ(bundle.assets.size(), 1U);
  // A scan of pages is as good as nothing until its text is recognized.
  const Bundle scan =
      prepare("b.script", "asset a.png image/png x\ntext ![](\nlink 1\nbody )\nempty scanned");
  EXPECT_EQ(scan.kind, Bundle::Kind::kFailed);
  EXPECT_EQ(word(scan.outcome), word(Outcome::kEmpty));
  EXPECT_EQ(scan.reason, "scanned");
}

TEST_F(LaneTest, LeavesOutFrontMatterWhereToldTo) {
  settings_.output.front_matter = false;
  EXPECT_EQ(staged(prepare("a.script", "meta title T\nbody x").markdown.name), "x\n");
}

TEST_F(LaneTest, FailsABlankDocumentAsEmptyAndLeavesNothing) {
  for (const char* script : {"body", "text  \\n \\x09\\n", "empty scanned", ""}) {
    const Bundle bundle = prepare("a.script", script);
    EXPECT_EQ(bundle.kind, Bundle::Kind::kFailed) << script;
    EXPECT_EQ(bundle.outcome, Outcome::kEmpty) << script;
    EXPECT_THAT(staging_listing(), IsEmpty()) << script;
  }
}

TEST_F(LaneTest, LeavesNothingOfAFailedDocument) {
  const Bundle bundle = prepare("a.script",
                                "asset a.png image/png x\nrepeat 90000 abcdefgh\nscratch x\n"
                                "sidecar outline {}\nmalformed broken beyond repair");
  EXPECT_EQ(bundle.outcome, Outcome::kMalformed);
  EXPECT_EQ(bundle.reason, "broken beyond repair");
  EXPECT_EQ(bundle.converter, "scripted");
  EXPECT_THAT(staging_listing(), IsEmpty());
}

TEST_F(LaneTest, NamesTypeAndExtensionWhereThereIsNoConverter) {
  const Bundle bundle = prepare("a.xyz", std::string("\x01\x02\x03\0", 4));
  EXPECT_EQ(bundle.outcome, Outcome::kUnsupported);
  EXPECT_THAT(bundle.reason, HasSubstr("application/octet-stream"));
  EXPECT_THAT(bundle.reason, HasSubstr(".xyz"));
  EXPECT_THAT(staging_listing(), IsEmpty());
}

TEST_F(LaneTest, SaysWhyAProbeDeclinesOrFails) {
  const Bundle declined = prepare("a.script", "not mine because it is too old");
  EXPECT_EQ(declined.converter, "scripted-second");
  const Bundle tail = prepare("b.script", std::string(200'000, '\n') + "not mine at its end");
  EXPECT_EQ(tail.converter, "scripted-second");
  const Bundle thrown = prepare("c.alone", "probe throws");
  EXPECT_EQ(thrown.outcome, Outcome::kInternal);
  EXPECT_EQ(thrown.reason, "a bug in the probe");
}

TEST_F(LaneTest, LetsTheNextInLineTry) {
  for (const char* script : {"unsupported no\nbody second", "not mine\nbody second",
                             "asset a.png image/png x\ncrash\nbody second"}) {
    const Bundle bundle = prepare("a.script", script);
    EXPECT_EQ(bundle.kind, Bundle::Kind::kPrepared) << bundle.reason;
    EXPECT_EQ(bundle.converter, "scripted-second");
    EXPECT_EQ(body(bundle), "second\n");
    ASSERT_THAT(bundle.attempts, SizeIs(2));
    EXPECT_EQ(bundle.attempts[0].converter, "scripted");
    EXPECT_FALSE(bundle.attempts[0].is_reported);
    EXPECT_TRUE(bundle.attempts[1].is_reported);
    ASSERT_THAT(bundle.warnings, SizeIs(1));
    EXPECT_THAT(bundle.warnings[0].message, HasSubstr("scripted-second took over"));
  }
}

TEST_F(LaneTest, ReportsTheFirstFailureThatSaysMore) {
  const Bundle bundle = prepare("a.script", "missing-dependency no data\n");
  EXPECT_EQ(bundle.outcome, Outcome::kMissingDependency);
  EXPECT_EQ(bundle.reason, "no data");
}

TEST_F(LaneTest, ReadsFilesBesideTheSourceOnlyBelowTheRoot) {
  const std::string gif = "GIF89a";
  tree_.file("in/sub/pic.txt", gif + "PIC");
  tree_.file("in/shared.txt", gif + "SHARED");
  tree_.file("secret.txt", gif + "SECRET");
  tree_.symlink("in/sub/inside.txt", "../shared.txt");
  tree_.symlink("in/sub/outside.txt", "../../secret.txt");
  tree_.folder("in/sub/folder");
  ::mkfifo(tree_.path("in/sub/fifo").c_str(), 0600);
  const Bundle bundle =
      prepare("sub/a.script",
              "sibling pic.txt\nsibling ../shared.txt\nsibling inside.txt\nsibling outside.txt\n"
              "sibling ../../secret.txt\nsibling " +
                  tree_.path("secret.txt") +
                  "\nsibling folder\nsibling fifo\nsibling none.txt\nsibling pic.txt");
  ASSERT_EQ(bundle.kind, Bundle::Kind::kPrepared) << bundle.reason;
  EXPECT_EQ(body(bundle),
            "found: GIF89aPIC\nfound: GIF89aSHARED\nfound: GIF89aSHARED\nnot found\nnot found\n"
            "not found\nnot found\nnot found\nnot found\nfound: GIF89aPIC\n");
}

TEST_F(LaneTest, DeniesWhatTheManifestDoesNotAskFor) {
  const Bundle sibling = prepare("a.alone", "sibling a.alone");
  EXPECT_EQ(sibling.outcome, Outcome::kInternal);
  EXPECT_THAT(sibling.reason, HasSubstr("plugin.toml"));
  EXPECT_EQ(prepare("b.alone", "scratch x").outcome, Outcome::kInternal);
}

TEST_F(LaneTest, LendsAsManyTemporaryFilesAsTheManifestSays) {
  EXPECT_EQ(body(prepare("a.script", "scratch-files 2")), "opened 2\n");
  const Bundle over = prepare("b.script", "scratch-files 3");
  EXPECT_EQ(over.outcome, Outcome::kLimit) << over.reason;
}

TEST_F(LaneTest, LendsATemporaryFile) {
  const Bundle bundle = prepare("a.script", "scratch some text");
  EXPECT_EQ(body(bundle), "scratch: some text\n");
  EXPECT_THAT(staging_listing(), ElementsAre(bundle.markdown.name, bundle.raw.name));
}

TEST_F(LaneTest, RefusesBadArgumentsWithoutHarm) {
  const Bundle bundle = prepare("a.bare", "try");
  ASSERT_EQ(bundle.kind, Bundle::Kind::kPrepared) << bundle.reason;
  EXPECT_EQ(body(bundle),
            "sibling -6\nscratch -6\nlink -1\nasset_write -1\nasset_name -1\nsidecar_kind -1\n"
            "sidecar_json -1\nkey -1\nvalue -1\ndate -1\nlanguage -1\npages -1\noption -5\n"
            "warning -1\nfinish -1\n");
}

// --- sources ---

TEST_F(LaneTest, FailsWhatIsNotARegularFile) {
  ::mkfifo(tree_.path("in/fifo.script").c_str(), 0600);
  tree_.folder("in/folder.script");
  tree_.file("out.script", "body x");
  tree_.symlink("in/escape.script", "../out.script");
  for (const char* name : {"fifo.script", "folder.script", "escape.script", "gone.script"}) {
    const Bundle bundle = prepare(existing(name));
    EXPECT_EQ(bundle.kind, Bundle::Kind::kFailed) << name;
    EXPECT_EQ(bundle.outcome, Outcome::kIo) << name;
    EXPECT_NE(bundle.reason, "") << name;
  }
  EXPECT_THAT(staging_listing(), IsEmpty());
}

TEST_F(LaneTest, FollowsASymlinkInsideTheRoot) {
  tree_.file("in/real.script", "body x");
  tree_.symlink("in/link.script", "real.script");
  EXPECT_EQ(body(prepare(existing("link.script"))), "x\n");
}

TEST_F(LaneTest, RefusesASourceOverTheLimit) {
  settings_.limits.source_bytes = 100;
  const Bundle bundle = prepare("a.script", std::string(101, '\n'));
  EXPECT_EQ(bundle.outcome, Outcome::kLimit);
  EXPECT_THAT(bundle.reason, HasSubstr("100"));
}

// Opens, but fails or changes the source as it is read.
class TroubledFiles : public platform::Files {
 public:
  std::size_t read(const platform::File& file, std::uint64_t offset,
                   std::span<std::byte> buffer) override {
    const std::size_t got = platform::Files::read(file, offset, buffer);
    if (on_read) on_read();
    return got;
  }
  std::optional<platform::File> open_read(const platform::Dir& at, const std::string& path,
                                          platform::Symlinks symlinks) override {
    if (path == unreadable) {
      throw SystemError("open", path, std::make_error_code(std::errc::permission_denied));
    }
    return platform::Files::open_read(at, path, symlinks);
  }
  void write(const platform::File& file, std::uint64_t offset,
             std::span<const std::byte> bytes) override {
    if (writes_left-- == 0) {
      writes_left = 0;
      throw SystemError("write", "a file", std::make_error_code(std::errc::no_space_on_device));
    }
    platform::Files::write(file, offset, bytes);
  }
  std::function<void()> on_read;
  std::string unreadable;
  std::uint64_t writes_left = 1 << 30;
};

TEST_F(LaneTest, ReportsAnUnreadableSource) {
  TroubledFiles files;
  files.unreadable = "a.script";
  PrepareContext troubled = {files, *router_, options_of_, *staging_, nullptr, settings_};
  const Bundle bundle = prepare_one(troubled, source("a.script", "body x"));
  EXPECT_EQ(bundle.outcome, Outcome::kIo);
  EXPECT_THAT(bundle.reason, HasSubstr("ermission denied"));
}

TEST_F(LaneTest, ReadsAgainWhatChangedAndGivesUpAfterAWhile) {
  for (const std::size_t size : {std::size_t{10}, std::size_t{1} << 20}) {
    TroubledFiles files;
    PrepareContext troubled = {files, *router_, options_of_, *staging_, nullptr, settings_};
    int changes = 1;
    int version = 0;
    const auto change = [&] {
      if (changes-- > 0) {
        tree_.file("in/a.script", "body " + std::to_string(++version) + std::string(size, '\n'));
      }
    };
    files.on_read = change;
    const Source one = source("a.script", "body 0" + std::string(size, '\n'));
    const Bundle once = prepare_one(troubled, one);
    ASSERT_EQ(once.kind, Bundle::Kind::kPrepared) << once.reason;
    EXPECT_EQ(body(once), "1\n");
    EXPECT_EQ(once.sha256, platform::sha256(staged(once.raw.name)));
    changes = 1000;
    const Bundle always = prepare_one(troubled, existing("a.script"));
    EXPECT_EQ(always.outcome, Outcome::kSourceUnstable);
    files.unlink(staging_->dir(), once.raw.name);
    files.unlink(staging_->dir(), once.markdown.name);
    EXPECT_THAT(staging_listing(), IsEmpty());
  }
}

TEST_F(LaneTest, AFullDiskFailsTheDocumentAlone) {
  TroubledFiles files;
  files.writes_left = 0;
  PrepareContext troubled = {files, *router_, options_of_, *staging_, nullptr, settings_};
  const Bundle bundle = prepare_one(troubled, source("a.script", "body x"));
  EXPECT_EQ(bundle.outcome, Outcome::kIo);
  EXPECT_THAT(staging_listing(), IsEmpty());
}

// --- hints ---

class OneView : public RegistryView {
 public:
  explicit OneView(std::optional<KnownSource> known) : known_(std::move(known)) {}
  std::optional<KnownSource> source(std::string_view path_key) override {
    return path_key == "a.script" ? known_ : std::nullopt;
  }
  bool has_content(const platform::Sha256Digest& sha256) override {
    return known_ && known_->sha256 == sha256;
  }

 private:
  std::optional<KnownSource> known_;
};

class OneViews : public RegistryViews {
 public:
  std::unique_ptr<RegistryView> open() override { return std::make_unique<OneView>(known); }
  std::optional<RegistryView::KnownSource> known;
};

TEST_F(LaneTest, DoesNotOpenWhatIsUnchanged) {
  OneViews views;
  registry_ = &views;
  const Source one = source("a.script", "body x");
  const Bundle first = prepare(one);
  ASSERT_EQ(first.kind, Bundle::Kind::kPrepared);
  ASSERT_TRUE(first.identity_settled);
  views.known = {first.identity, true, first.sha256, "given-name"};

  TroubledFiles files;
  files.unreadable = "a.script";
  PrepareContext context = {files, *router_, options_of_, *staging_, &views, settings_};
  const Bundle again = prepare_one(context, one);
  EXPECT_EQ(again.kind, Bundle::Kind::kUnchanged);
  EXPECT_EQ(again.sha256, first.sha256);

  views.known->identity_settled = false;
  files.unreadable.clear();
  EXPECT_EQ(prepare_one(context, one).kind, Bundle::Kind::kKnown);
}

TEST_F(LaneTest, ConvertsNothingThatIsKnownAndKeepsTheNameOnRecord) {
  OneViews views;
  registry_ = &views;
  const std::string large = "body x" + std::string(1 << 18, '\n');
  for (const std::string& text : {std::string("body x"), large}) {
    views.known = RegistryView::KnownSource{{}, true, platform::sha256(text), "given-name"};
    EXPECT_EQ(prepare("a.script", text).kind, Bundle::Kind::kKnown);
    EXPECT_THAT(staging_listing(), IsEmpty());
  }
  views.known->sha256 = {};
  EXPECT_EQ(prepare("a.script", "body x").placeholder_name, "given-name");
}

TEST_F(LaneTest, NoticesAChangeRightAfterTheReading) {
  // Time and again a change within the clock's resolution: the identity must differ each time.
  for (int i = 0; i < 20; ++i) {
    const Bundle before = prepare("a.script", "body 1");
    tree_.file("in/a.script", "body 2");
    const auto now = files_.info(root_->dir, "a.script");
    ASSERT_NE(before.identity, now->identity);
  }
}

}  // namespace
}  // namespace sluice::prepare
