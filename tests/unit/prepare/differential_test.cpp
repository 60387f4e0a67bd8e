// The same converter under the host and under RecordingJob: what plugin authors test against makes
// of each behaviour, good or odd, what the host makes of it.
#include <gtest/gtest.h>

#include "model/names.h"
#include "prepare/prepare_fixture.h"
#include "prepare/recorded.h"

namespace sluice::prepare {
namespace {

// Every line is a document for the converter of tests/fixtures/plugins/scripted.
const char* const kScripts[] = {
    "body plain",
    "text no line end",
    "body a\\r\\nb\\rc",
    "text a\\r\ntext \\nb",
    "body \\xFF",
    "body a\\xE2\\x82",
    "text \\xE2\ntext \\x82\\xACx",
    "text \\xE2\ntext x",
    "body \\xF0\\x9F\\x98",
    "body \\xC0\\x80 \\xED\\xA0\\x80",
    "body a\\0b",
    "text \\n\\n\\n",
    "text   \\x09",
    "",
    "asset a.png image/png x\ntext ![](\nlink 1\ntext ) and words",
    "asset a.png image/png x\nasset b.png image/png x\nbody two of one",
    "unfinished-asset a.png\nbody x",
    "unfinished-asset a.png\ntext ![](\nlink 1\ntext )",
    "unfinished-asset a.png\nunfinished-asset b.png\nbody x",
    "unfinished-asset a.png",
    "child a.txt Words\ntext [a](\nlink-child 1\ntext ) and words",
    "child (b)%20.txt Words\ntext [b](\nlink-child 1\ntext )",
    "child a.txt Words\nchild b.txt More",
    "unfinished-child a.txt\nbody x",
    "unfinished-child a.txt\nunfinished-child b.txt\nbody x\nlink-child 2",
    "link-child 7\nbody x",
    "link-child 0",
    "child \xFF Words\nbody x",
    "link 7\nbody x",
    "link 0",
    "asset a.png png x\nbody no slash in the type",
    "sidecar outline {}\nbody x",
    "sidecar outline {\nbody x",
    "sidecar Outline {}\nbody x",
    "sidecar outline {}\nsidecar outline {}\nbody x",
    "meta created 2024-05-31\nbody x",
    "meta created yesterday\nbody x",
    "meta modified 31.5.2024\nbody x",
    "meta pages many\nbody x",
    "meta language klingon!!\nbody x",
    "meta language en-GB\nbody x",
    "meta title \\xFF\nbody x",
    "meta Title x\nbody x",
    "meta sha256 x\nbody x",
    "warn something is odd\nbody x",
    "warn \nbody x",
    "sibling a.png\nbody x",
    "scratch x",
    "name",
    "size",
    "empty nothing to see",
    "body x\nempty says so all the same",
    "body x\npartial page 3 is missing",
    "partial all is missing",
    "body x\nunsupported another format",
    "malformed cut off",
    "encrypted it needs a password",
    "limit too deep",
    "missing-dependency no tables",
    "io cannot read",
    "internal a bug",
    "throw",
    "no-such-command",
    "not mine",
    "not mine because it is too old",
    "probe throws",
};

std::string trimmed(std::string text) {
  text.erase(0, std::min(text.find_first_not_of('\n'), text.size()));
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

class DifferentialTest : public PrepareTest, public ::testing::WithParamInterface<const char*> {};

TEST_P(DifferentialTest, RecordingJobAndHostAgree) {
  const Bundle bundle = prepare("a.alone", GetParam());
  const Recorded recorded = record(GetParam(), document_name("a"));
  EXPECT_EQ(recorded.outcome, static_cast<int>(bundle.outcome))
      << "host: " << bundle.reason << "\nrecording job: " << recorded.reason;
  // The host has words of its own for an outcome without a reason.
  if (!recorded.reason.empty()) {
    EXPECT_EQ(recorded.reason, bundle.reason);
  }
  if (bundle.kind != Bundle::Kind::kPrepared) return;
  EXPECT_EQ(trimmed(recorded.markdown), trimmed(body(bundle)));
  std::string warnings;
  for (const Warning& warning : bundle.warnings) {
    warnings += warning.code + ": " + warning.message + "\n";
  }
  EXPECT_EQ(recorded.warnings, warnings);
}

INSTANTIATE_TEST_SUITE_P(Scripts, DifferentialTest, ::testing::ValuesIn(kScripts));

}  // namespace
}  // namespace sluice::prepare
