#include "cli/report/report_json.h"

#include "cli/report/run_rate.h"
#include "platform/clock.h"

namespace sluice::cli {
namespace {

std::int64_t as_number(std::uint64_t value) {
  return static_cast<std::int64_t>(value);
}

JsonObject json_of(const owner::Counts& counts) {
  JsonObject object;
  object.number("documents", counts.documents)
      .number("sources", counts.sources)
      .number("failed", counts.failures)
      .number("raw_bytes", counts.raw_bytes)
      .number("markdown_bytes", counts.markdown_bytes)
      .number("assets", counts.assets)
      .number("asset_bytes", counts.asset_bytes)
      .number("damaged_documents", counts.damaged_documents);
  return object;
}

JsonObject json_of(const FailureCause& cause) {
  JsonObject object;
  object.text("outcome", word(cause.outcome))
      .number("count", cause.count)
      .text_or_null("hint", cause.hint);
  return object;
}

JsonObject json_of(const owner::SkipCount& skip) {
  JsonObject object;
  object.text("why", skip.why).text("kind", skip.kind).number("count", skip.count);
  return object;
}

JsonObject json_of(const owner::RunRow& run) {
  JsonObject object;
  object.text("command", run.command)
      .text("started_at", platform::iso_time(run.started_at))
      .number("ms", run.milliseconds)
      .flag("whole", run.is_whole)
      .number("added", run.added)
      .number("updated", run.updated)
      .number("unchanged", run.unchanged)
      .number("duplicate", run.duplicate)
      .number("failed", run.failed)
      .number("failed_new", run.failed_new)
      .number("removed", run.removed)
      .number("renamed", run.renamed)
      .number("bytes", run.bytes)
      .decimal("documents_per_second", documents_per_second(run))
      .decimal("bytes_per_second", bytes_per_second(run));
  return object;
}

JsonObject json_of(const ConverterUse& use) {
  JsonObject object;
  object.text("converter", use.converter)
      .number("documents", use.documents)
      .number("failed", use.failed)
      .number("bytes", as_number(use.bytes))
      .number("ms", use.milliseconds)
      .number("median_ms", use.median)
      .number("slowest_ms", use.slowest)
      .number("memory", as_number(use.memory))
      .number("time_limit_ms", use.time_limit)
      .number("memory_limit", as_number(use.memory_limit));
  return object;
}

JsonObject json_of(const DocumentUse& use) {
  JsonObject object;
  object.text("name", use.name)
      .path("path", use.path)
      .text("markdown", use.markdown)
      .text("converter", use.converter)
      .number("bytes", as_number(use.size))
      .number("ms", use.milliseconds)
      .number("memory", as_number(use.memory));
  return object;
}

JsonObject json_of(const owner::Event& event) {
  JsonObject object;
  object.number("seq", event.seq)
      .text("at", platform::iso_time(event.at))
      .text("op", owner::word(event.op))
      .text("name", event.name)
      .path("path", event.path_key);
  return object;
}

template <class Row>
std::vector<JsonObject> json_of_all(const std::vector<Row>& rows) {
  std::vector<JsonObject> objects;
  objects.reserve(rows.size());
  for (const Row& row : rows) objects.push_back(json_of(row));
  return objects;
}

std::vector<JsonObject> changes_json(const Report& report) {
  std::vector<JsonObject> objects;
  for (const auto& [op, count] : report.changes) {
    objects.emplace_back().text("op", owner::word(op)).number("count", count);
  }
  return objects;
}

}  // namespace

JsonObject& add_report(JsonObject& object, const Report& report) {
  return object.path("kb", report.kb)
      .text("made_at", platform::iso_time(report.made_at))
      .object("counts", json_of(report.counts))
      .number("duplicates", report.duplicates)
      .number("partial", report.partial)
      .objects("failed_by_cause", json_of_all(report.causes))
      .objects("skipped",
               json_of_all(report.runs.empty() ? std::vector<owner::SkipCount>() : report.runs[0].skips))
      .objects("runs", json_of_all(report.runs))
      .number("since", report.since)
      .objects("changes", changes_json(report))
      .objects("events", json_of_all(report.events))
      .objects("converters", json_of_all(report.converters))
      .objects("slowest", json_of_all(report.slowest))
      .objects("largest", json_of_all(report.largest))
      .objects("near_limits", json_of_all(report.near_limits))
      .number("near_limits_in_all", report.near_limits_in_all);
}

}  // namespace sluice::cli
