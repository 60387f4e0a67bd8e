// Tests of how a converter behaves when things go wrong around it.
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <new>

#include "conformance/allocation.h"
#include "conformance/crash_site.h"
#include "conformance/forbidden_calls.h"
#include "conformance/isolation.h"
#include "conformance/test.h"
#include "conformance/trial.h"

namespace sluice::conformance {
namespace {

// The host waits about this long before it ends a worker by force.
constexpr double kMaxAfterCancel = 0.2;
constexpr unsigned kMaxRefusedCalls = 60;
constexpr std::uint64_t kMaxFailedAllocations = 24;
constexpr int kLeakRounds = 10;
// Caches may fill for a while; what grows by a block in every round never ends.
constexpr std::uint64_t kSmallestBlock = 16;

void expect_quick_return(const Context& context, Cancel cancel) {
  const Library library(library_path(context.subject), {});
  Conditions conditions;
  conditions.cancel = cancel;
  for (const Sample& sample : samples_of(context.subject, library)) {
    note("cancelling " + sample.file_name);
    const Trial trial = convert(context.subject, library, sample, conditions);
    if (trial.after_cancel > kMaxAfterCancel) {
      throw Broken(sample.file_name + ": prepare works on for " +
                   std::to_string(static_cast<int>(trial.after_cancel * 1000)) +
                   " ms after is_cancelled became 1");
    }
  }
}

Skipped cancel(const Context& context) {
  expect_quick_return(context, Cancel::kFromStart);
  return {};
}

Skipped deadline(const Context& context) {
  expect_quick_return(context, Cancel::kMidway);
  return {};
}

// Converts each sample with each of its calls refused in turn, and shows each trial to `check`.
template <class Check>
void refuse_each_call(const Context& context, Check check) {
  const Library library(library_path(context.subject), {});
  for (const Sample& sample : samples_of(context.subject, library)) {
    const Trial whole = convert(context.subject, library, sample);
    const auto calls =
        static_cast<unsigned>(std::min<std::uint64_t>(whole.calls, kMaxRefusedCalls));
    for (unsigned call = 1; call <= calls; ++call) {
      Conditions conditions;
      conditions.fail_call = call;
      note("converting " + sample.file_name + " with call " + std::to_string(call) + " refused");
      check(sample, whole, convert(context.subject, library, sample, conditions));
    }
  }
}

Skipped refusals(const Context& context) {
  refuse_each_call(context, [](const Sample& sample, const Trial& whole, const Trial& trial) {
    if (trial.refused.empty() || trial.refused[0].call == "source_map" || !trial.made_output()) {
      return;
    }
    if (trial.everything != whole.everything) {
      throw Broken(sample.file_name + ": " + trial.refused[0].call +
                   " failed with IO, but prepare says " + outcome_name(trial.outcome));
    }
  });
  return {};
}

Skipped exceptions(const Context& context) {
  const auto expect_none = [](const std::string& what, const Trial& trial) {
    if (trial.thrown) throw Broken(what + ": an exception leaves the converter: " + trial.reason);
  };
  const Library library(library_path(context.subject), {});
  for (Sample sample : samples_of(context.subject, library)) {
    for (const std::size_t size : {sample.bytes.size(), sample.bytes.size() / 2, std::size_t{1}}) {
      sample.bytes.resize(size);
      const std::string what =
          "the first " + std::to_string(size) + " bytes of " + sample.file_name;
      note("converting " + what);
      expect_none(what, convert(context.subject, library, sample));
    }
  }
  refuse_each_call(context, [&](const Sample& sample, const Trial&, const Trial& trial) {
    expect_none(sample.file_name, trial);
  });
  return {};
}

// What the host's worker does, too, so no converter sees std::bad_alloc there.
[[noreturn]] void on_no_memory() {
  std::_Exit(0);
}

// One conversion in which allocation `fail_at` fails. The text that it became, or none if it
// failed. A crash in the code of a library that the plugin uses is no fault of the plugin.
std::string convert_without_memory(const Context& context, const Library& library,
                                   const Sample& sample, const Trial& whole,
                                   std::uint64_t fail_at) {
  const Ending ending = in_process(
      [&] {
        std::set_new_handler(on_no_memory);
        forgive_crashes_of_libraries(library_path(context.subject));
        reset_allocations(fail_at);
        const Trial trial = convert(context.subject, library, sample);
        reset_allocations(0);
        // What one more warning reports is not lost in silence.
        const bool is_silent = trial.warnings <= whole.warnings;
        return trial.made_output() && is_silent ? trial.everything : std::string();
      },
      std::chrono::seconds(60), Streams::kSilent);
  const bool used_null = ending.signal == SIGSEGV || ending.signal == SIGBUS;
  if (ending.kind == Ending::Kind::kTimeout || used_null) {
    throw Broken(sample.file_name + ": allocation " + std::to_string(fail_at) +
                 " gives no memory, and " + (used_null ? ending.text : "prepare does not return"));
  }
  return ending.kind == Ending::Kind::kReturned ? ending.text : std::string();
}

Skipped memory(const Context& context) {
  if (!counts_allocations()) return "a sanitizer has malloc in this build";
  const Library library(library_path(context.subject), {});
  for (const Sample& sample : samples_of(context.subject, library)) {
    note("converting " + sample.file_name + " without memory");
    convert(context.subject, library, sample);  // caches are full now
    reset_allocations(0);
    const Trial whole = convert(context.subject, library, sample);
    const std::uint64_t all = allocations();
    const std::uint64_t step = std::max<std::uint64_t>(1, all / kMaxFailedAllocations);
    for (std::uint64_t at = 1; at <= all; at += step) {
      const std::string became = convert_without_memory(context, library, sample, whole, at);
      if (!became.empty() && became != whole.everything) {
        throw Broken(sample.file_name + ": allocation " + std::to_string(at) +
                     " gives no memory, and prepare says ok with something else in it");
      }
    }
  }
  return {};
}

Skipped leaks(const Context& context) {
  if (!counts_allocations()) return "a sanitizer looks for leaks in this build";
  const Library library(library_path(context.subject), {});
  for (const Sample& sample : samples_of(context.subject, library)) {
    note("converting " + sample.file_name + " again and again");
    std::uint64_t marks[3] = {};
    for (std::uint64_t& mark : marks) {
      for (int i = 0; i < kLeakRounds; ++i) convert(context.subject, library, sample);
      mark = allocated_bytes();
    }
    const auto grown = [&](int i) { return marks[i + 1] > marks[i] ? marks[i + 1] - marks[i] : 0; };
    if (std::min(grown(0), grown(1)) >= kLeakRounds * kSmallestBlock) {
      throw Broken(sample.file_name + ": each conversion leaves " +
                   std::to_string(grown(1) / kLeakRounds) + " bytes allocated");
    }
  }
  return {};
}

std::size_t running_threads() {
  const std::filesystem::directory_iterator tasks("/proc/self/task");
  return static_cast<std::size_t>(std::distance(begin(tasks), end(tasks)));
}

Skipped threads(const Context& context) {
  const Library library(library_path(context.subject), {});
  const auto& all = context.subject.manifest.converters;
  if (std::none_of(all.begin(), all.end(), [](const auto& one) { return one.needs.threads; })) {
    forbid({.threads = true});
  }
  for (const Sample& sample : samples_of(context.subject, library)) {
    note("converting " + sample.file_name);
    convert(context.subject, library, sample);
    if (running_threads() > 1) {
      throw Broken(sample.file_name + ": " + std::to_string(running_threads() - 1) +
                   " threads still run when prepare has returned");
    }
  }
  return {};
}

Skipped sandbox(const Context& context) {
  const Library library(library_path(context.subject), {});
  const std::vector<Sample> samples = samples_of(context.subject, library);
  forbid({.reaching_out = true});
  for (const Sample& sample : samples) {
    note("converting " + sample.file_name);
    convert(context.subject, library, sample);
  }
  return {};
}

constexpr Test kControlTests[] = {
    {"control.cancel", "Control: prepare returns soon after is_cancelled says 1.",
     "ask is_cancelled (check_cancelled) before long work", cancel},
    {"control.deadline", "Control: prepare asks again and again whether it is cancelled.",
     "ask is_cancelled (check_cancelled) once per page or thousand rows", deadline},
    {"control.refusals", "Control: a refused call means that the document is not whole.",
     "check every status, and return io or limit; in C++ let the Failure go through", refusals},
    {"control.exceptions", "Control: no exception crosses the interface.",
     "use SLUICE_PLUGIN, or catch everything in probe and prepare", exceptions},
    {"control.memory", "Control: memory can run out at any allocation.",
     "check what malloc returns, and return limit", memory},
    {"control.leaks", "Control: prepare gives back what it takes.",
     "free on every way out; `valgrind sluice-sdk bench` shows where it comes from", leaks},
    {"control.threads",
     "Threads: only with `threads = true`, and all have ended when prepare returns.",
     "write needs = { threads = true }, and join every thread", threads},
    {"control.sandbox", "Sandbox: no other process, no signal to others, no socket.",
     "do it within the library; the host ends a worker that tries", sandbox},
};

}  // namespace

std::span<const Test> control_tests() {
  return kControlTests;
}

}  // namespace sluice::conformance
