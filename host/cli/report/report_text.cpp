// The report for a terminal.
#include <cstdio>
#include <sluice/counted.hpp>

#include "cli/report/report.h"
#include "cli/report/run_rate.h"
#include "cli/text.h"
#include "platform/clock.h"

namespace sluice::cli {
namespace {

// Of each list; the page has more.
constexpr std::size_t kTextRows = 5;
constexpr std::size_t kTextRuns = 5;
constexpr std::size_t kTextSkips = 12;

std::string milliseconds_text(std::int64_t milliseconds) {
  return human_duration(static_cast<std::uint64_t>(milliseconds));
}

// One of the report's parts: a heading, and a table below it.
class Part {
 public:
  Part(std::string heading, std::size_t columns) : heading_(std::move(heading)) {
    table_.fit(columns);
  }
  void add(std::vector<std::string> row) {
    table_.add(std::move(row));
    is_empty_ = false;
  }
  std::string text(const Paint& paint, Table::Heading heading) const {
    if (is_empty_) return "";
    return "\n" + paint.bold(heading_) + "\n" + table_.text(paint, heading);
  }

 private:
  std::string heading_;
  Table table_;
  bool is_empty_ = true;
};

std::string coverage_part(const Report& report, const Paint& paint, std::size_t columns) {
  Part part("Coverage", columns);
  part.add({"documents", counted(report.counts.documents, "document") + " from " +
                             counted(report.counts.sources, "source")});
  if (report.duplicates > 0) part.add({"duplicate", counted(report.duplicates, "source")});
  if (report.partial > 0) part.add({"partial", counted(report.partial, "document")});
  part.add({"failed", counted(report.counts.failures, "source")});
  if (!report.runs.empty()) {
    std::int64_t skipped = 0;
    for (const auto& skip : report.runs.front().skips) skipped += skip.count;
    part.add({"skipped", counted(skipped, "file") + " by the last run"});
  }
  part.add({"raw", human_size(static_cast<std::uint64_t>(report.counts.raw_bytes))});
  part.add({"markdown", human_size(static_cast<std::uint64_t>(report.counts.markdown_bytes))});
  return part.text(paint, Table::Heading::kNone);
}

std::string failures_part(const Report& report, const Paint& paint, std::size_t columns) {
  Part part("Failed, by cause", columns);
  for (const FailureCause& cause : report.causes) {
    part.add({std::to_string(cause.count), std::string(word(cause.outcome)), cause.hint});
  }
  return part.text(paint, Table::Heading::kNone);
}

std::string skips_part(const Report& report, const Paint& paint, std::size_t columns) {
  if (report.runs.empty()) return "";
  std::vector<owner::SkipCount> counts = report.runs.front().skips;
  std::stable_sort(counts.begin(), counts.end(),
                   [](const auto& a, const auto& b) { return a.count > b.count; });
  Part part("Skipped by the last run", columns);
  for (std::size_t i = 0; i < counts.size() && i < kTextSkips; ++i) {
    part.add({std::to_string(counts[i].count), counts[i].why, counts[i].kind});
  }
  return part.text(paint, Table::Heading::kNone);
}

std::string changes_part(const Report& report, const Paint& paint, std::size_t columns) {
  Part part("Changes since event " + std::to_string(report.since), columns);
  for (const auto& [op, count] : report.changes) {
    part.add({std::string(owner::word(op)), std::to_string(count)});
  }
  return part.text(paint, Table::Heading::kNone);
}

std::string runs_part(const Report& report, const Paint& paint, std::size_t columns) {
  Part part("Last runs", columns);
  part.add(
      {"WHEN", "COMMAND", "TIME", "READ", "ADDED", "UPDATED", "FAILED", "DOCUMENTS/S", "BYTES/S"});
  for (std::size_t i = 0; i < report.runs.size() && i < kTextRuns; ++i) {
    const owner::RunRow& run = report.runs[i];
    char rate[32];
    std::snprintf(rate, sizeof rate, "%.1f", documents_per_second(run));
    part.add({platform::iso_time(run.started_at), run.command + (run.is_whole ? "" : " (stopped)"),
              milliseconds_text(run.milliseconds),
              human_size(static_cast<std::uint64_t>(run.bytes)), std::to_string(run.added),
              std::to_string(run.updated), std::to_string(run.failed), rate,
              human_size(static_cast<std::uint64_t>(bytes_per_second(run)))});
  }
  return report.runs.empty() ? "" : part.text(paint, Table::Heading::kFirstRow);
}

std::string converters_part(const Report& report, const Paint& paint, std::size_t columns) {
  Part part("By converter", columns);
  part.add({"CONVERTER", "DOCUMENTS", "FAILED", "TIME", "MEDIAN", "SLOWEST", "MEMORY"});
  for (const ConverterUse& use : report.converters) {
    part.add({use.converter, std::to_string(use.documents), std::to_string(use.failed),
              milliseconds_text(use.milliseconds), milliseconds_text(use.median),
              milliseconds_text(use.slowest), human_size(use.memory)});
  }
  return report.converters.empty() ? "" : part.text(paint, Table::Heading::kFirstRow);
}

std::string documents_part(const std::string& heading, const std::vector<DocumentUse>& rows,
                      const Paint& paint, std::size_t columns) {
  Part part(heading, columns);
  part.add({"TIME", "MEMORY", "SIZE", "CONVERTER", "NAME", "PATH"});
  for (std::size_t i = 0; i < rows.size() && i < kTextRows; ++i) {
    const DocumentUse& one = rows[i];
    part.add({milliseconds_text(one.milliseconds), human_size(one.memory), human_size(one.size),
              one.converter, one.name, one.path});
  }
  return rows.empty() ? "" : part.text(paint, Table::Heading::kFirstRow);
}

}  // namespace

std::string report_text(const Report& report, const Paint& paint, std::size_t columns) {
  return visible(report.kb) + "\n" + coverage_part(report, paint, columns) +
         failures_part(report, paint, columns) + skips_part(report, paint, columns) +
         changes_part(report, paint, columns) + runs_part(report, paint, columns) +
         converters_part(report, paint, columns) +
         documents_part("Slowest documents", report.slowest, paint, columns) +
         documents_part("Largest documents", report.largest, paint, columns) +
         documents_part("Near a limit of time or memory: " + std::to_string(report.near_limits_in_all),
                   report.near_limits, paint, columns);
}

}  // namespace sluice::cli
