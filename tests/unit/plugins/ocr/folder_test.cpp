// SPDX-License-Identifier: Apache-2.0
//
// The real program on a folder with a scan and a photo.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "drawn_page.h"
#include "kit/files.h"
#include "kit/program.h"
#include "kit/temp_dir.h"

namespace sluice::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class OcrFolder : public ::testing::Test {
 protected:
  OcrFolder() {
    write_file(dir_ / "in/scan.png", packed(drawn(some_text(80, 600), 150)));
    ocr::PixPtr photo(pixCreate(400, 300, 8));
    write_file(dir_ / "in/photo.png", packed(photo));
    EXPECT_EQ(run({"init", (dir_ / "kb").string()}).exit_code, 0);
  }
  Finished run(std::vector<std::string> words) const {
    return sluice(std::move(words), {{"SLUICE_PLUGINS_DENY", ""}}, dir_.path());
  }

  TempDir dir_;
};

TEST_F(OcrFolder, AScanIsADocumentAndAPhotoIsSkipped) {
  for (int round = 0; round < 2; ++round) {
    const Finished done = run({"-C", "kb", "add", "in"});
    EXPECT_EQ(done.exit_code, 0) << done.err;
    EXPECT_THAT(done.out, HasSubstr("skipped 1: no text 1"));
    EXPECT_THAT(done.out, HasSubstr("failed 0"));
    EXPECT_THAT(done.out, HasSubstr(round == 0 ? "added 1" : "unchanged 1"));
  }
  const std::string markdown = read_file(dir_ / "kb/wiki/sources/scan.md");
  EXPECT_THAT(markdown, HasSubstr("The harbour office keeps two ledgers for all vessels"));
  EXPECT_THAT(markdown, HasSubstr("converter: ocr"));
}

// What one report skips, no other reports as failed.
TEST_F(OcrFolder, ASkippedPhotoHasFailedNowhere) {
  ASSERT_EQ(run({"-C", "kb", "add", "in"}).exit_code, 0);
  EXPECT_EQ(run({"-C", "kb", "list", "--failed"}).out, "");
  EXPECT_THAT(run({"-C", "kb", "status"}).out, HasSubstr("failures        0"));
  EXPECT_THAT(run({"-C", "kb", "--json", "report"}).out, HasSubstr("\"failed\":0"));
  EXPECT_THAT(run({"-C", "kb", "retry"}).out, Not(HasSubstr("skipped 1")));
  EXPECT_THAT(run({"-C", "kb", "sync", "in"}).out, HasSubstr("skipped 1: no text 1"));
  for (const char* command : {"add", "sync"}) {
    const std::string planned = run({"-C", "kb", command, "-n", "in"}).out;
    EXPECT_THAT(planned, HasSubstr("skipped 1: no text 1"));
    EXPECT_THAT(planned, HasSubstr("fail 0, skip 1"));
  }
}

TEST_F(OcrFolder, PrepareAndCommitSkipAPhotoToo) {
  const Finished prepared = run({"prepare", "in", "--out", "out"});
  EXPECT_EQ(prepared.exit_code, 0) << prepared.err;
  EXPECT_EQ(prepared.err, "");
  EXPECT_THAT(prepared.out, HasSubstr("skipped 1: no text 1"));
  EXPECT_THAT(prepared.out, HasSubstr("prepared 1, unchanged 0, failed 0, skipped 1"));
  EXPECT_THAT(run({"--json", "prepare", "in", "--out", "other"}).out,
              HasSubstr("\"result\":\"skipped\",\"outcome\":\"empty\""));
  const Finished committed = run({"-C", "kb", "commit", "out"});
  EXPECT_EQ(committed.exit_code, 0) << committed.err;
  EXPECT_THAT(committed.out, HasSubstr("added 1"));
  EXPECT_THAT(committed.out, HasSubstr("failed 0, skipped 1"));
}

TEST_F(OcrFolder, APhotoThatIsNamedFails) {
  const Finished done = run({"-C", "kb", "add", "in/photo.png"});
  EXPECT_EQ(done.exit_code, 3) << done.err;
  EXPECT_THAT(done.err, HasSubstr("empty (ocr): the picture shows no text that can be read"));
  EXPECT_THAT(run({"-C", "kb", "list", "--failed"}).out, HasSubstr("photo.png: empty"));
}

}  // namespace
}  // namespace sluice::test
