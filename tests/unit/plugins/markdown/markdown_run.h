// Runs the Markdown converter on a text with images beside it.
#pragma once

#include <gtest/gtest.h>

#include <sluice/testing.hpp>
#include <string>
#include <utility>

#include "markdown/converter.hpp"

namespace sluice::markdown_plugin {

inline constexpr const char* kDefaults = R"({"images": true, "front_matter": "metadata"})";

// The smallest thing that counts as a PNG; `tag` tells two of them apart.
inline std::string png(const std::string& tag = "") {
  return std::string("\x89PNG\r\n\x1A\n", 8) + tag;
}

struct Sample {
  explicit Sample(std::string source, const char* options = kDefaults)
      : job(std::move(source), "note.md", "text/markdown") {
    job.set_options(options);
  }
  // Converts and gives the document as published under the name "note".
  std::string markdown() {
    MarkdownConverter converter;
    outcome = job.run(converter);
    // Many hold a picture alone, which is partial.
    EXPECT_TRUE(outcome == Outcome::kOk || outcome == Outcome::kPartial ||
                outcome == Outcome::kEmpty)
        << job.reason();
    return job.render("note");
  }
  RecordingJob job;
  Outcome outcome = Outcome::kInternal;
};

}  // namespace sluice::markdown_plugin
