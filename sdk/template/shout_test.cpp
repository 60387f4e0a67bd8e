// Runs the converter without a host.
#include "shout.hpp"

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
  Shout converter;

  sluice::RecordingJob job("hello there\n\nagain", "note.shout", "text/plain");
  job.set_options(R"({"marks": 2})");
  expect(job.run(converter) == sluice::Outcome::kOk, "converts");
  expect(job.body() == "HELLO THERE!!\n\nAGAIN!!\n", "writes capitals");

  sluice::RecordingJob empty(" \n", "note.shout", "text/plain");
  empty.set_options(R"({"marks": 2})");
  expect(empty.run(converter) == sluice::Outcome::kEmpty, "says that there is nothing");
}
