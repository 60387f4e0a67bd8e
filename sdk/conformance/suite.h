// Runs tests, each in a process of its own, and reports.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "conformance/isolation.h"
#include "conformance/test.h"

namespace sluice::conformance {

struct Result {
  enum class Verdict { kPassed, kFailed, kSkipped };
  Test test{};
  Verdict verdict = Verdict::kPassed;
  std::string detail;  // what is broken, or why it was left out
};

struct Effort {
  std::chrono::seconds patience{120};  // for one test
  Streams streams = Streams::kSilent;
};

// Runs one test.
Result run_test(const Test& test, const Context& context, const Effort& effort);

// Runs `tests` in order. What needs a library that loads is left out when load.manifest or
// load.opens failed: it would only fail for the same reason.
std::vector<Result> run_tests(const std::vector<Test>& tests, const Context& context,
                              const Effort& effort);

const char* verdict_name(Result::Verdict verdict);

}  // namespace sluice::conformance
