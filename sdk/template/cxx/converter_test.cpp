// Runs the converter without a host.
#include "converter.hpp"

#include <cstdlib>
#include <iostream>
#include <sluice/testing.hpp>

namespace {

void expect(bool condition, const char* what) {
  if (condition) return;
  std::cerr << "failed: " << what << "\n";
  std::exit(1);
}

}  // namespace

int main() {
  %CLASS% converter;

  sluice::RecordingJob job("Greeting\n\nhello *there*\n\nagain", "note.%EXTENSION%", "text/plain");
  job.set_options(R"({"title": true})");
  expect(job.run(converter) == sluice::Outcome::kOk, "converts");
  expect(job.body() == "# Greeting\n\nhello \\*there\\*\n\nagain\n", "writes a title and paragraphs");
  expect(job.violations().empty(), "keeps the rules");

  sluice::RecordingJob empty(" \n", "note.%EXTENSION%", "text/plain");
  empty.set_options(R"({"title": false})");
  expect(empty.run(converter) == sluice::Outcome::kEmpty, "says that there is nothing");

  expect(sluice::canary_fault(converter, R"({"title": true})").empty(), "converts its canary");
}
