// SPDX-License-Identifier: Apache-2.0
//
// Runs the HTML converter on a page in memory.
#pragma once

#include <memory>
#include <sluice/testing.hpp>
#include <string>

#include "html/converter.hpp"

namespace sluice::test {

struct HtmlRun {
  explicit HtmlRun(std::string page, const std::string& main_content = "never")
      : job(std::make_unique<RecordingJob>(std::move(page), "page.html", "text/html")) {
    job->set_options("{\"main_content\":\"" + main_content + "\",\"unwrap_redirects\":false}");
  }
  Outcome run() {
    html::HtmlConverter converter;
    return job->run(converter);
  }
  std::unique_ptr<RecordingJob> job;
};

inline std::string markdown_of(std::string page, const std::string& main_content = "never") {
  HtmlRun run(std::move(page), main_content);
  const Outcome outcome = run.run();
  if (outcome != Outcome::kOk) return "outcome " + run.job->reason();
  return run.job->render("page");
}

}  // namespace sluice::test
