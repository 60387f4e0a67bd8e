// kill -9 of the program, or of one of its workers, at random moments: the next command recovers,
// and a last run ends in the same trees as one that nobody disturbed.
#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <random>
#include <thread>

#include "kit/program.h"

namespace sluice::test {
namespace {

namespace fs = std::filesystem;

// Documents of every kind that is routed, some with images, in a few folders.
void make_documents(const fs::path& root, int version) {
  const std::string png = std::string("\x89PNG\r\n\x1a\n", 8) + "not quite, but it has the magic";
  for (int i = 0; i < 120; ++i) {
    const fs::path folder = root / ("part-" + std::to_string(i % 7));
    const std::string number = std::to_string(i);
    const std::string text = "version " + std::to_string(version) + " of " + number + "\n\n";
    write_file(folder / ("note-" + number + ".md"), "# Note " + number + "\n\n" + text +
                                                        "![image](pictures/" +
                                                        std::to_string(i % 5) + ".png)\n");
    write_file(folder / "pictures" / (std::to_string(i % 5) + ".png"), png + std::to_string(i % 5));
    write_file(folder / ("table-" + number + ".csv"),
               "a,b\n" + number + "," + std::to_string(version) + "\n");
    write_file(folder / ("page-" + number + ".html"),
               "<title>Page " + number + "</title><p>" + text + "</p>");
  }
}

void kill_somewhere(Running& run, std::mt19937& random) {
  const auto delay = std::uniform_int_distribution(0, 150)(random);
  std::this_thread::sleep_for(std::chrono::milliseconds(delay));
  if (random() % 3 == 0) {
    const auto workers = run.descendants();
    if (!workers.empty()) {
      ::kill(workers[random() % workers.size()], SIGKILL);
      return;  // the run goes on without it
    }
  }
  run.signal(SIGKILL);
}

TEST(Kill, EveryRunRecoversAndTheLastOneEndsAsIfUndisturbed) {
  std::mt19937 random(20240229);
  TempDir dir;
  const std::string documents = (dir / "documents").string();
  const std::string disturbed = (dir / "disturbed").string();
  ASSERT_EQ(sluice({"init", disturbed}).exit_code, 0);
  int killed = 0;
  for (int round = 0; round < 60; ++round) {
    // Every third round all documents change: a run over unchanged ones ends before it is killed.
    if (round % 3 == 0) make_documents(dir / "documents", round / 3);
    Running run(
        {sluice_program(), "-C", disturbed, "-j", "2", "--progress", "never", "add", documents},
        test::test_environment());
    kill_somewhere(run, random);
    const Finished finished = run.wait();
    if (finished.exit_code == 128 + SIGKILL) ++killed;
    ASSERT_TRUE(finished.exit_code == 128 + SIGKILL || finished.exit_code == 0 ||
                finished.exit_code == 3)
        << finished.exit_code << finished.err;
    const Finished next = sluice({"-C", disturbed, "recover"});
    ASSERT_EQ(next.exit_code, 0) << "round " << round << ": " << next.err << next.out;
  }
  EXPECT_GT(killed, 20);

  const Finished last = sluice({"-C", disturbed, "add", documents});
  ASSERT_EQ(last.exit_code, 0) << last.err;
  const std::string undisturbed = (dir / "undisturbed").string();
  ASSERT_EQ(sluice({"init", undisturbed}).exit_code, 0);
  ASSERT_EQ(sluice({"-C", undisturbed, "add", documents}).exit_code, 0);
  EXPECT_EQ(without_log(published_tree(disturbed)), without_log(published_tree(undisturbed)));
  EXPECT_EQ(tree_of(fs::path(disturbed) / ".sluice" / "staging"), Tree());
}

TEST(Kill, TheNextListShowsOnlyWholeDocuments) {
  std::mt19937 random(7);
  TempDir dir;
  make_documents(dir / "documents", 0);
  for (int round = 0; round < 10; ++round) {
    const fs::path kb = dir / ("kb-" + std::to_string(round));
    ASSERT_EQ(sluice({"init", kb.string()}).exit_code, 0);
    Running run({sluice_program(), "-C", kb.string(), "add", (dir / "documents").string()},
                test::test_environment());
    std::this_thread::sleep_for(std::chrono::milliseconds(random() % 200));
    run.signal(SIGKILL);
    run.wait();
    const Finished list = sluice({"-C", kb.string(), "list"});
    ASSERT_EQ(list.exit_code, 0) << list.err;
    // What is listed is there, and what is there is listed.
    std::size_t markdown = 0;
    for (const auto& entry : fs::directory_iterator(kb / "wiki" / "sources")) {
      if (entry.path().extension() != ".md") continue;
      ++markdown;
      EXPECT_NE(list.out.find(entry.path().stem().string()), std::string::npos) << entry.path();
    }
    const auto raw = static_cast<std::size_t>(
        std::distance(fs::directory_iterator(kb / "raw"), fs::directory_iterator()));
    EXPECT_EQ(raw, markdown) << "round " << round;
  }
}

}  // namespace
}  // namespace sluice::test
