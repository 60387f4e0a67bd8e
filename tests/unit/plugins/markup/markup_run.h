// Runs a converter of source text.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sluice/testing.hpp>
#include <string>
#include <utility>

#include "markup/converters.hpp"

namespace sluice::markup {

template <class MadeConverter>
std::string markdown_by(const std::string& source) {
  RecordingJob job(source, "a.txt", "text/plain");
  MadeConverter converter;
  EXPECT_EQ(job.run(converter), Outcome::kOk) << job.reason();
  EXPECT_THAT(job.violations(), ::testing::IsEmpty());
  return job.render("a");
}

}  // namespace sluice::markup
