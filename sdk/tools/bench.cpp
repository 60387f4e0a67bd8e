// `sluice-sdk bench`: how long each sample takes, and what it needs, without the host.
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <iostream>
#include <nlohmann/json.hpp>

#include "conformance/allocation.h"
#include "conformance/isolation.h"
#include "conformance/trial.h"
#include "platform/error.h"
#include "tools/commands.h"

namespace sluice::tool {
namespace {

using conformance::Ending;
using conformance::Sample;
using conformance::Subject;
using Json = nlohmann::ordered_json;

double work_seconds() {
  timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

// In a process of its own, so that its peak of memory is the sample's.
std::string measure(const Subject& subject, const Sample& sample, unsigned runs) {
  const conformance::Library library(subject.manifest.library_path(), {});
  conformance::reset_allocations(0);
  const conformance::Trial trial = conformance::convert(subject, library, sample);
  const std::uint64_t allocations = conformance::allocations();
  std::vector<double> times;
  for (unsigned i = 0; i < runs; ++i) {
    const double start = work_seconds();
    conformance::convert(subject, library, sample);
    times.push_back(work_seconds() - start);
  }
  std::sort(times.begin(), times.end());
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const double median = times[times.size() / 2];
  const Json all = {
      {"sample", sample.file_name},
      {"outcome", conformance::outcome_name(trial.outcome)},
      {"source_bytes", sample.bytes.size()},
      {"body_bytes", trial.body.size()},
      {"least_ms", times.front() * 1000},
      {"median_ms", median * 1000},
      {"mb_per_s", median > 0 ? static_cast<double>(sample.bytes.size()) / 1e6 / median : 0},
      {"allocations", allocations},
      {"peak_kib", usage.ru_maxrss}};
  return all.dump();
}

void print_row(const Json& row) {
  std::printf("%-32s %-10s %9.3f %9.3f %9.1f %9llu %9llu\n",
              row["sample"].get<std::string>().substr(0, 32).c_str(),
              row["outcome"].get<std::string>().c_str(), row["least_ms"].get<double>(),
              row["median_ms"].get<double>(), row["mb_per_s"].get<double>(),
              static_cast<unsigned long long>(row["allocations"].get<std::uint64_t>()),
              static_cast<unsigned long long>(row["peak_kib"].get<std::uint64_t>()));
}

}  // namespace

int bench(const BenchArguments& wanted) {
  Subject subject = conformance::read_subject(plugin_folder(wanted.plugin));
  conformance::add_samples(subject, wanted.samples);
  if (subject.samples.empty()) {
    throw Error("measure", subject.folder, "no sample in " + wanted.samples + " is for it",
                "give a folder with documents of its formats", ExitCode::kUsage);
  }
  if (wanted.format == Format::kText) {
    std::printf("%-32s %-10s %9s %9s %9s %9s %9s\n", "sample", "outcome", "least ms", "median ms",
                "MB/s", "allocs", "peak KiB");
  }
  Json rows = Json::array();
  for (const Sample& sample : subject.samples) {
    const Ending ending =
        conformance::in_process([&] { return measure(subject, sample, wanted.runs); },
                                std::chrono::seconds(600), conformance::Streams::kSilent);
    if (ending.kind != Ending::Kind::kReturned) {
      throw Error(
          "measure", sample.file_name,
          ending.kind == Ending::Kind::kTimeout ? "it does not end within 600 s" : ending.text);
    }
    rows.push_back(Json::parse(ending.text));
    if (wanted.format == Format::kText) print_row(rows.back());
  }
  if (wanted.format == Format::kJson) std::cout << rows.dump(2) << "\n";
  return 0;
}

}  // namespace sluice::tool
