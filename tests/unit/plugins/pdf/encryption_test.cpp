// SPDX-License-Identifier: Apache-2.0
//
// Documents with passwords, from the test documents; skipped without them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "kit/corpus.h"
#include "kit/files.h"
#include "pdf_maker.h"

namespace sluice::test {
namespace {

using test::corpus;
using test::read_file;

class PdfEncryption : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!corpus("pdfminer")) GTEST_SKIP() << "no test documents";
  }
  static PdfRun run(const std::string& name, const std::string& password) {
    PdfOptions options;
    options.password = password;
    return PdfRun(read_file(*corpus("pdfminer") / "samples" / name), options);
  }
};

TEST_F(PdfEncryption, TheEmptyPasswordOpensByItself) {
  EXPECT_EQ(run("nonfree/dmca.pdf", "").outcome, Outcome::kOk);
}

TEST_F(PdfEncryption, APasswordThatIsMissingOrWrongIsSaidToBe) {
  for (const char* name : {"rc4-40", "rc4-128", "aes-128", "aes-256"}) {
    const std::string file = std::string("encryption/") + name + ".pdf";
    const PdfRun missing = run(file, "");
    EXPECT_EQ(missing.outcome, Outcome::kEncrypted) << file;
    EXPECT_THAT(missing.job->reason(), ::testing::HasSubstr("needs a password")) << file;
    const PdfRun wrong = run(file, "not this");
    EXPECT_EQ(wrong.outcome, Outcome::kEncrypted) << file;
    EXPECT_THAT(wrong.job->reason(), ::testing::HasSubstr("wrong")) << file;
  }
}

TEST_F(PdfEncryption, TheRightPasswordOpens) {
  for (const char* name : {"rc4-40", "rc4-128", "aes-128", "aes-256"}) {
    const std::string file = std::string("encryption/") + name + ".pdf";
    const PdfRun opened = run(file, "foo");
    EXPECT_EQ(opened.outcome, Outcome::kOk) << file << opened.job->reason();
    EXPECT_FALSE(opened.job->body().empty()) << file;
  }
}

}  // namespace
}  // namespace sluice::test
