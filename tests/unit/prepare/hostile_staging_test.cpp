// What stands in staging once a worker is gone is looked at before it is taken: whatever somebody
// put in the place of its files fails the document, reaches nothing outside, and is cleaned up.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <functional>

#include "model/layout.h"
#include "prepare/prepare_fixture.h"

namespace sluice::prepare {
namespace {

namespace fs = std::filesystem;

// Lets a test change a file right before the host opens it to see what the worker left.
class MeddledFiles : public platform::Files {
 public:
  std::optional<platform::File> open_read(const platform::Dir& at, const std::string& path,
                                          platform::Symlinks symlinks) override {
    if (path == meddle_with && before_opening) std::exchange(before_opening, {})();
    return platform::Files::open_read(at, path, symlinks);
  }
  std::string meddle_with;
  std::function<void()> before_opening;
};

class HostileStagingTest : public PrepareTest {
 protected:
  HostileStagingTest() { tree_.file("outside", std::string(300'000, 'o')); }

  // A document with a body that is a file of its own and an asset; `file` is the one that is
  // changed, by its path below the staging.
  Bundle prepare_meddled(const std::string& file,
                         const std::function<void(const fs::path&)>& meddle) {
    const Source document = source(
        "a.alone", "repeat 9000000 x\nasset a.png image/png " + std::string(1000, 'p') + "\n");
    const fs::path path = tree_.path("staging/" + file);
    meddled_.meddle_with = path.filename().string();
    bool was_meddled = false;
    meddled_.before_opening = [&] {
      was_meddled = true;
      meddle(path);
    };
    PrepareContext context{meddled_, *router_, options_of_, *staging_, registry_, settings_};
    const Bundle bundle = prepare_one(context, document);
    EXPECT_TRUE(was_meddled) << "the test does not test what it should";
    return bundle;
  }
  void expect_refused(const std::function<void(const fs::path&)>& meddle) {
    for (const std::string& file :
         {layout::staged_body(sequence_, 0), layout::staged_assets(sequence_, 0) + "/~1"}) {
      const Bundle bundle = prepare_meddled(file, meddle);
      EXPECT_EQ(bundle.kind, Bundle::Kind::kFailed) << file;
      EXPECT_EQ(word(bundle.outcome), word(Outcome::kSandboxViolation)) << file << bundle.reason;
      EXPECT_EQ(tree_.read("outside"), std::string(300'000, 'o'));
      clear();
    }
  }
  void clear() {
    // What could not be unlinked as a file goes with the batch; here there is none.
    for (const auto& entry : fs::directory_iterator(tree_.path("staging"))) {
      left_.push_back(entry.path().filename().string());
      fs::remove_all(entry.path());
    }
    sequence_ = 0;
  }

  MeddledFiles meddled_;
  std::vector<std::string> left_;
};

TEST_F(HostileStagingTest, ASymlink) {
  expect_refused([&](const fs::path& file) {
    fs::remove(file);
    fs::create_symlink(tree_.path("outside"), file);
  });
}

TEST_F(HostileStagingTest, AHardLink) {
  expect_refused([&](const fs::path& file) {
    fs::remove(file);
    fs::create_hard_link(tree_.path("outside"), file);
  });
}

TEST_F(HostileStagingTest, AFifo) {
  expect_refused([](const fs::path& file) {
    fs::remove(file);
    ASSERT_EQ(::mkfifo(file.c_str(), 0600), 0);
  });
}

TEST_F(HostileStagingTest, AFolder) {
  expect_refused([](const fs::path& file) {
    fs::remove(file);
    fs::create_directory(file);
  });
}

TEST_F(HostileStagingTest, ASparseGiant) {
  expect_refused([](const fs::path& file) { fs::resize_file(file, 1ULL << 32); });
}

TEST_F(HostileStagingTest, AFileThatIsStillWritten) {
  std::vector<int> writers;
  expect_refused([&](const fs::path& file) {
    writers.push_back(::open(file.c_str(), O_WRONLY | O_CLOEXEC));
    ASSERT_GE(writers.back(), 0);
  });
  for (const int writer : writers) ::close(writer);
}

TEST_F(HostileStagingTest, AFileThatIsGone) {
  const Bundle bundle = prepare_meddled(layout::staged_body(sequence_, 0),
                                        [](const fs::path& file) { fs::remove(file); });
  EXPECT_EQ(bundle.kind, Bundle::Kind::kFailed);
}

TEST_F(HostileStagingTest, NothingOfIt) {
  // The same document, left alone, is well.
  const Bundle bundle =
      prepare_meddled(layout::staged_body(sequence_, 0), [](const fs::path& /*file*/) {});
  EXPECT_EQ(bundle.kind, Bundle::Kind::kPrepared) << bundle.reason;
}

}  // namespace
}  // namespace sluice::prepare
