#include "conformance/suite.h"

#include <algorithm>
#include <string_view>

namespace sluice::conformance {
namespace {

std::string while_doing(const Ending& ending) {
  return ending.doing.empty() ? "" : " while " + ending.doing;
}

// The function's answer begins with its verdict.
std::string answer_of(const Test& test, const Context& context) {
  try {
    const Skipped reason = test.run(context);
    return reason.empty() ? "p" : "s" + reason;
  } catch (const Broken& broken) {
    return std::string("f") + broken.what();
  }
}

bool must_load(const Test& test) {
  const std::string_view id = test.id;
  return id != "load.manifest" && id != "load.rights" && id != "load.opens" && id != "load.exports";
}

}  // namespace

std::vector<Test> all_tests() {
  std::vector<Test> all;
  for (const auto tests :
       {loading_tests(), input_tests(), output_tests(), control_tests(), host_tests()}) {
    all.insert(all.end(), tests.begin(), tests.end());
  }
  return all;
}

std::string library_path(const Subject& subject) {
  return subject.manifest.library_path();
}

const char* verdict_name(Result::Verdict verdict) {
  switch (verdict) {
    case Result::Verdict::kPassed:
      return "passed";
    case Result::Verdict::kFailed:
      return "failed";
    case Result::Verdict::kSkipped:
      return "skipped";
  }
  return "";
}

Result run_test(const Test& test, const Context& context, const Effort& effort) {
  const Ending ending =
      in_process([&] { return answer_of(test, context); }, effort.patience, effort.streams);
  Result result;
  result.test = test;
  result.verdict = Result::Verdict::kFailed;
  switch (ending.kind) {
    case Ending::Kind::kReturned:
      if (ending.text[0] == 'p') result.verdict = Result::Verdict::kPassed;
      if (ending.text[0] == 's') result.verdict = Result::Verdict::kSkipped;
      result.detail = ending.text.substr(1);
      break;
    case Ending::Kind::kThrew:
      result.detail = ending.text + while_doing(ending);
      break;
    case Ending::Kind::kDied:
      result.detail = ending.text + while_doing(ending);
      break;
    case Ending::Kind::kTimeout:
      result.detail = "it does not end within " + std::to_string(effort.patience.count()) + " s" +
                      while_doing(ending);
      break;
  }
  return result;
}

std::vector<Result> run_tests(const std::vector<Test>& tests, const Context& context,
                              const Effort& effort) {
  std::vector<Result> results;
  bool loads = true;
  bool host_takes_it = true;
  for (const Test& test : tests) {
    const std::string_view id = test.id;
    if (!loads && must_load(test)) {
      results.push_back({test, Result::Verdict::kSkipped, "the library cannot be loaded"});
      continue;
    }
    if (!host_takes_it && id.rfind("host.", 0) == 0) {
      results.push_back(
          {test, Result::Verdict::kSkipped, "the host refuses it for what failed before"});
      continue;
    }
    results.push_back(run_test(test, context, effort));
    if (results.back().verdict != Result::Verdict::kFailed) continue;
    if (id == "load.manifest" || id == "load.opens") loads = false;
    if (id.rfind("load.", 0) == 0) host_takes_it = false;
  }
  return results;
}

}  // namespace sluice::conformance
