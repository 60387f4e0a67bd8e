// `sluice-sdk validate`: runs the conformance kit on a plugin and reports.
#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "conformance/suite.h"
#include "platform/error.h"
#include "tools/commands.h"
#include "tools/places.h"

namespace sluice::tool {
namespace {

using conformance::Result;
using conformance::Test;
using Verdict = Result::Verdict;

constexpr int kLeftOut = 77;  // as CTest's SKIP_RETURN_CODE and Automake have it

std::vector<Test> chosen(const std::vector<std::string>& ids) {
  std::vector<Test> all = conformance::all_tests();
  if (ids.empty()) return all;
  for (const std::string& id : ids) {
    if (std::none_of(all.begin(), all.end(), [&](const Test& test) { return id == test.id; })) {
      throw Error("run the test", id, "there is none of that name",
                  "`sluice-sdk validate --list` lists them", ExitCode::kUsage);
    }
  }
  std::erase_if(all, [&](const Test& test) {
    return std::find(ids.begin(), ids.end(), test.id) == ids.end();
  });
  return all;
}

long count(const std::vector<Result>& results, Verdict verdict) {
  return std::count_if(results.begin(), results.end(),
                       [&](const Result& result) { return result.verdict == verdict; });
}

void print_text(const std::vector<Result>& results, bool quiet) {
  for (const Result& result : results) {
    if (quiet && result.verdict != Verdict::kFailed) continue;
    std::cout << conformance::verdict_name(result.verdict) << "  " << result.test.id;
    if (!result.detail.empty()) std::cout << ": " << result.detail;
    std::cout << "\n";
    if (result.verdict != Verdict::kFailed) continue;
    std::cout << "    rule: " << result.test.rule << "\n    mend: " << result.test.mend << "\n";
  }
  if (quiet) return;
  std::cout << results.size() << " tests: " << count(results, Verdict::kPassed) << " passed, "
            << count(results, Verdict::kFailed) << " failed, " << count(results, Verdict::kSkipped)
            << " skipped\n";
}

void print_json(const std::vector<Result>& results) {
  nlohmann::ordered_json tests = nlohmann::ordered_json::array();
  for (const Result& result : results) {
    nlohmann::ordered_json test = {{"id", result.test.id},
                                   {"verdict", conformance::verdict_name(result.verdict)},
                                   {"detail", result.detail},
                                   {"rule", result.test.rule}};
    if (result.verdict == Verdict::kFailed) test["mend"] = result.test.mend;
    tests.push_back(test);
  }
  const nlohmann::ordered_json all = {{"tests", tests},
                                      {"passed", count(results, Verdict::kPassed)},
                                      {"failed", count(results, Verdict::kFailed)},
                                      {"skipped", count(results, Verdict::kSkipped)}};
  std::cout << all.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << "\n";
}

// A manifest that cannot be read fails its test before there is anything to run.
std::vector<Result> run_all(const ValidateArguments& wanted, const std::vector<Test>& tests) {
  conformance::Subject subject;
  try {
    subject = conformance::read_subject(wanted.folder);
  } catch (const Error& error) {
    const Test manifest = conformance::all_tests()[0];
    const std::string next = error.next().empty() ? "" : "; " + error.next();
    std::vector<Result> results = {{manifest, Verdict::kFailed, error.what() + next}};
    for (const Test& test : tests) {
      if (std::string(test.id) == manifest.id) continue;
      results.push_back({test, Verdict::kSkipped, "plugin.toml cannot be read"});
    }
    return results;
  }
  if (!wanted.samples.empty()) conformance::add_samples(subject, wanted.samples);
  conformance::add_made_up_samples(subject);
  const conformance::Context context{subject, sluice_program(), wanted.seed};
  conformance::Effort effort;
  effort.patience = std::chrono::seconds(wanted.patience);
  if (wanted.show_output) effort.streams = conformance::Streams::kShown;
  return conformance::run_tests(tests, context, effort);
}

}  // namespace

int validate(const ValidateArguments& wanted) {
  if (wanted.list) {
    for (const Test& test : conformance::all_tests()) {
      std::cout << test.id << " " << test.rule << "\n";
    }
    return 0;
  }
  if (wanted.folder.empty()) {
    throw Error("validate", "a plugin", "no folder is given", "sluice-sdk validate FOLDER",
                ExitCode::kUsage);
  }
  const std::vector<Test> tests = chosen(wanted.tests);
  const std::vector<Result> results = run_all(wanted, tests);
  if (wanted.format == Format::kJson) {
    print_json(results);
  } else {
    print_text(results, wanted.quiet);
  }
  if (count(results, Verdict::kFailed) > 0) return 1;
  const bool alone = tests.size() == 1 && results[0].verdict == Verdict::kSkipped;
  return alone ? kLeftOut : 0;
}

}  // namespace sluice::tool
