#include "conformance/trial.h"

#include <algorithm>
#include <cstring>

#include "conformance/allocation.h"
#include "conformance/guarded.h"
#include "conformance/stop_watch.h"
#include "conformance/watched_job.h"

namespace sluice::conformance {
namespace {

// What stands between the recording job and the converter.
struct Between {
  const sluice_converter& real;
  const Conditions& conditions;
  Trial& trial;
};

// Calls into the plugin; an exception that leaves it is noted.
template <class Call>
auto in_plugin(Trial& trial, Call call) -> decltype(call()) {
  try {
    return call();
  } catch (const std::exception& error) {
    trial.reason = error.what();
  } catch (...) {
    trial.reason = "an exception of unknown type";
  }
  trial.thrown = true;
  return {};
}

std::int32_t probe(void* context, const sluice_probe* given) {
  auto& between = *static_cast<Between*>(context);
  sluice_probe input = *given;
  std::unique_ptr<Guarded> head, tail, table;
  const auto guard = [](sluice_bytes& bytes) {
    const auto size = static_cast<std::size_t>(bytes.size);
    auto room =
        std::make_unique<Guarded>(std::string_view(reinterpret_cast<const char*>(bytes.data), size),
                                  size, Guarded::Access::kRead);
    bytes.data = static_cast<const std::uint8_t*>(room->data());
    return room;
  };
  if (between.conditions.guard_probe) {
    head = guard(input.head);
    tail = guard(input.tail);
  }
  const sluice_probe* handed = &input;
  if (between.conditions.tables != Tables::kPlain) {
    table = table_in(between.conditions.tables, &input, sizeof input);
    handed = static_cast<const sluice_probe*>(table->data());
  }
  return in_plugin(between.trial, [&] { return between.real.probe(between.real.context, handed); });
}

sluice_outcome prepare(void* context, sluice_job* job) {
  auto& between = *static_cast<Between*>(context);
  Trial& trial = between.trial;
  trial.prepared = true;
  StopWatch stop(between.conditions.cancel);
  WatchedJob watched(job, between.conditions, stop, trial);
  trial.returned =
      in_plugin(trial, [&] { return between.real.prepare(between.real.context, watched.table()); });
  trial.after_cancel = stop.worked_since();
  return trial.thrown ? static_cast<sluice_outcome>(SLUICE_OUTCOME_INTERNAL) : trial.returned;
}

void add(std::string& everything, std::string_view name, std::string_view value) {
  everything.append(name).append(" ").append(std::to_string(value.size())).append(":");
  everything.append(value).append("\n");
}

void note_output(const RecordingJob& job, Trial& trial) {
  trial.body = job.body();
  add(trial.everything, "outcome", outcome_name(trial.outcome));
  add(trial.everything, "reason", job.reason());
  add(trial.everything, "body", job.body());
  for (const auto& link : job.links()) {
    add(trial.everything, "link", std::to_string(link.offset) + " " + std::to_string(link.asset));
  }
  for (const auto& asset : job.assets()) {
    add(trial.everything, asset.file_name, asset.bytes);
    if (!asset.finished) ++trial.unfinished_assets;
  }
  for (const auto& [key, value] : job.metadata()) add(trial.everything, key, value);
  for (const auto& [kind, json] : job.sidecars()) add(trial.everything, kind, json);
  for (const auto& warning : job.warnings()) {
    add(trial.everything, warning.code, warning.message);
    // What the recording job adds itself when the body is no UTF-8.
    if (warning.code == "invalid-utf8") ++trial.broken_characters;
  }
}

}  // namespace

const char* outcome_name(Outcome outcome) {
  static constexpr const char* kNames[] = {"ok",          "empty",     "partial",
                                           "unsupported", "malformed", "encrypted",
                                           "limit",       "cancelled", "missing-dependency",
                                           "io",          "internal"};
  const auto index = static_cast<std::size_t>(outcome);
  return index < std::size(kNames) ? kNames[index] : "unknown";
}

Trial convert(const Subject& subject, const Library& library, const Sample& sample,
              const Conditions& conditions) {
  Trial trial;
  const plugin::ConverterManifest& manifest = subject.converter(sample.converter);
  RecordingJob job(sample.bytes, sample.file_name, sample.media_type);
  job.set_options(conditions.options.empty() ? all_defaults(manifest) : conditions.options);
  if (!manifest.needs.siblings) job.deny_siblings();
  job.allow_scratch(manifest.needs.scratch_files);
  RecordingJob::Limits limits;
  limits.body_bytes = conditions.body_limit.value_or(std::uint64_t{64} << 20);
  limits.asset_bytes = std::uint64_t{64} << 20;
  job.set_limits(limits);

  Between between{library.converter(sample.converter), conditions, trial};
  sluice_converter table = between.real;
  table.context = &between;
  table.prepare = prepare;
  if (between.real.probe != nullptr) table.probe = probe;
  trial.outcome = job.run(table);
  if (!trial.thrown) trial.reason = job.reason();
  note_output(job, trial);
  return trial;
}

}  // namespace sluice::conformance
