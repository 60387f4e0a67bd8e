#include "cli/report/report.h"

#include <algorithm>
#include <utility>

#include "cli/commands/log.h"
#include "cli/json.h"
#include "platform/clock.h"

namespace sluice::cli {
namespace {

using owner::Document;

// Of the slowest, largest and nearest: as many as a reader looks at.
constexpr std::size_t kReportedDocuments = 20;
constexpr std::size_t kReportedEvents = 500;
// Runs in the chart and its table.
constexpr int kReportedRuns = 100;
// A document that took half of a limit fails on a machine that is half as fast, or busy with twice
// as much; and the next version of it may be twice as large.
constexpr double kNearLimit = 0.5;

DocumentUse use_of(const Document& document) {
  return {document.name, document.path_key,     document.markdown, document.converter,
          document.size, document.milliseconds, document.memory};
}

// The documents with the largest values, the largest first; of equals, the first that came.
class Largest {
 public:
  void add(const Document& document, double value) {
    if (value <= 0) return;
    ++count_;
    if (entries_.size() == kReportedDocuments && value <= entries_.back().first) return;
    const auto place =
        std::upper_bound(entries_.begin(), entries_.end(), value,
                         [](double one, const auto& entry) { return one > entry.first; });
    entries_.insert(place, {value, use_of(document)});
    if (entries_.size() > kReportedDocuments) entries_.pop_back();
  }
  std::int64_t count() const { return count_; }
  std::vector<DocumentUse> take() {
    std::vector<DocumentUse> documents;
    for (auto& entry : entries_) documents.push_back(std::move(entry.second));
    return documents;
  }

 private:
  std::vector<std::pair<double, DocumentUse>> entries_;
  std::int64_t count_ = 0;
};

double share(double value, double limit) {
  return limit > 0 ? value / limit : 0;
}

// The larger part of its limits that the document took; 0 if it is not near any.
double nearness(const Document& document, const Limits& limits) {
  const double part =
      std::max(share(static_cast<double>(document.milliseconds),
                     static_cast<double>(limits.wall_time.count())),
               share(static_cast<double>(document.memory), static_cast<double>(limits.memory)));
  return part >= kNearLimit ? part : 0;
}

class ConverterUses {
 public:
  void add(const Document& document) {
    One& one = uses_[document.converter];
    ++one.use.documents;
    one.use.bytes += document.size;
    one.use.memory = std::max(one.use.memory, document.memory);
    // Of a document that an older Sluice made, it is not known.
    if (document.memory > 0 || document.milliseconds > 0) {
      one.use.milliseconds += document.milliseconds;
      one.times.push_back(document.milliseconds);
    }
  }
  void add_failure(const std::string& converter) {
    if (!converter.empty()) ++uses_[converter].use.failed;
  }
  std::vector<ConverterUse> take(const LimitsOf& limits_of) {
    std::vector<ConverterUse> all;
    for (auto& [converter, one] : uses_) {
      one.use.converter = converter;
      if (!one.times.empty()) {
        const auto middle =
            one.times.begin() + static_cast<std::ptrdiff_t>((one.times.size() - 1) / 2);
        std::nth_element(one.times.begin(), middle, one.times.end());
        one.use.median = *middle;
        one.use.slowest = *std::max_element(one.times.begin(), one.times.end());
      }
      const Limits& limits = limits_of(converter);
      one.use.time_limit = limits.wall_time.count();
      one.use.memory_limit = limits.memory;
      all.push_back(std::move(one.use));
    }
    return all;
  }

 private:
  struct One {
    ConverterUse use;
    std::vector<std::int64_t> times;
  };
  std::map<std::string, One> uses_;
};

void add_documents(Report& report, const owner::Registry& registry, const LimitsOf& limits_of,
                   ConverterUses& uses) {
  Largest slowest;
  Largest largest;
  Largest nearest;
  registry.each_document([&](const Document& document) {
    uses.add(document);
    if (document.outcome == Outcome::kPartial) ++report.partial;
    slowest.add(document, static_cast<double>(document.milliseconds));
    largest.add(document, static_cast<double>(document.size));
    nearest.add(document, nearness(document, limits_of(document.converter)));
  });
  report.slowest = slowest.take();
  report.largest = largest.take();
  report.near_limits_in_all = nearest.count();
  report.near_limits = nearest.take();
}

void add_failures(Report& report, const owner::Registry& registry, ConverterUses& uses) {
  std::map<std::pair<Outcome, std::string>, std::int64_t> causes;
  registry.each_failure([&](const owner::FailureRow& failure) {
    uses.add_failure(failure.converter);
    ++causes[{failure.outcome, hint_of(failure)}];
  });
  for (const auto& [cause, count] : causes) {
    report.causes.push_back({cause.first, cause.second, count});
  }
  std::stable_sort(report.causes.begin(), report.causes.end(),
                   [](const auto& a, const auto& b) { return a.count > b.count; });
}

void add_changes(Report& report, const owner::Registry& registry) {
  std::vector<owner::Event> all;
  registry.each_event_after(report.since, [&](const owner::Event& event) {
    ++report.changes[event.op];
    all.push_back(event);
    // Only the newest are kept, in bulk.
    if (all.size() >= 4 * kReportedEvents) {
      all.erase(all.begin(), all.end() - static_cast<std::ptrdiff_t>(kReportedEvents));
    }
  });
  const std::size_t kept = std::min(all.size(), kReportedEvents);
  report.events.assign(all.rbegin(), all.rbegin() + static_cast<std::ptrdiff_t>(kept));
}

}  // namespace

Report make_report(const owner::KnowledgeBase& kb, std::optional<std::int64_t> since,
                   const LimitsOf& limits_of) {
  const owner::Registry& registry = kb.registry();
  if (since) check_event_number(registry, *since);
  Report report;
  report.kb = kb.path();
  report.made_at = platform::record_time_s();
  report.counts = registry.counts();
  report.duplicates = report.counts.sources - report.counts.documents;
  report.runs = registry.last_runs(kReportedRuns);
  report.since = since ? *since : report.runs.empty() ? 0 : report.runs.front().events_before;
  ConverterUses uses;
  add_documents(report, registry, limits_of, uses);
  add_failures(report, registry, uses);
  add_changes(report, registry);
  report.converters = uses.take(limits_of);
  return report;
}

}  // namespace sluice::cli
