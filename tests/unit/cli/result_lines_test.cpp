// What a person reads of a document that did not go well.
#include "cli/result_lines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/cli/cli_world.h"

namespace sluice::cli {
namespace {

using owner::DocumentResult;
using owner::Result;

Paint plain() {
  World world;
  return {When::kNever, false, world.io()};
}

DocumentResult result_with(Result result, Outcome outcome, const std::string& warning) {
  DocumentResult made;
  made.result = result;
  made.source.given = "a.zip";
  made.outcome = outcome;
  made.reason = "1 file is damaged";
  made.warnings = {{.code = "damaged", .message = warning}};
  return made;
}

TEST(WarningLines, DoNotRepeatTheReason) {
  EXPECT_EQ(WarningLines().lines_of(
                result_with(Result::kAdded, Outcome::kPartial, "1 file is damaged"), 1, plain()),
            "partial a.zip: 1 file is damaged\n");
  EXPECT_EQ(WarningLines().lines_of(
                result_with(Result::kFailed, Outcome::kMalformed, "1 file is damaged"), 1, plain()),
            "");
}

TEST(WarningLines, SayWhatTheReasonDoesNot) {
  EXPECT_EQ(WarningLines().lines_of(
                result_with(Result::kAdded, Outcome::kPartial, "2 links are lost"), 0, plain()),
            "partial a.zip: 1 file is damaged\nwarning a.zip: 2 links are lost\n");
  EXPECT_EQ(WarningLines().lines_of(result_with(Result::kAdded, Outcome::kOk, "1 file is damaged"),
                                    0, plain()),
            "warning a.zip: 1 file is damaged\n");
}

}  // namespace
}  // namespace sluice::cli
