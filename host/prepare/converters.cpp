#include "prepare/converters.h"

#include <sluice/abi.h>

#include <algorithm>
#include <utility>

#include "model/layout.h"
#include "platform/error.h"
#include "prepare/web_pictures.h"
#include "prepare/worker_start.h"
#include "staging/staged_file.h"

namespace sluice::prepare {
namespace {

constexpr unsigned kMaxTries = 3;  // of a document whose process was killed by someone else
// A run of several documents is not waited for as long as one document may take: what it does not
// finish gets the full time alone.
constexpr std::chrono::milliseconds kBatchPatience{10'000};

// What a document may owe to those before it in the same process: memory they used, time they took.
bool may_depend_on_company(const wire::Result& result) {
  return result.memory_short || result.outcome == SLUICE_OUTCOME_LIMIT ||
         result.outcome == SLUICE_OUTCOME_CANCELLED || result.outcome == SLUICE_OUTCOME_IO ||
         result.outcome == SLUICE_OUTCOME_INTERNAL;
}

// What a run wrote since the last look while it lived, before nobody can see it any more. A run
// that ended badly has its reason already.
void look_once_more(worker::Broker& broker, worker::RunEnd& end) {
  if (end.how != worker::RunEnd::How::kExited) return;
  end.limit = broker.over_limit(worker::Broker::Look::kNow);
  if (end.limit != LimitKind::kNone) end.how = worker::RunEnd::How::kOverLimit;
}

std::string since(std::chrono::steady_clock::time_point begin) {
  const auto spent = std::chrono::steady_clock::now() - begin;
  return std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(spent).count()) +
         " ms";
}

std::string words_of(const worker::RunEnd& end) {
  switch (end.how) {
    case worker::RunEnd::How::kExited:
      return end.code == 0 ? "it ended" : "it ended with code " + std::to_string(end.code);
    case worker::RunEnd::How::kSignal:
      return "it was killed by " + platform::signal_name(end.code);
    case worker::RunEnd::How::kTimedOut:
      return "its time was up";
    case worker::RunEnd::How::kCancelled:
      return "it was stopped";
    case worker::RunEnd::How::kOverLimit:
      return "it reached a limit of the disk";
    case worker::RunEnd::How::kLost:
      break;
  }
  return "its worker is lost: " + end.reason;
}

}  // namespace

const Converters::Options& Converters::options(const plugin::Candidate& candidate) {
  const auto found = options_.find(candidate.converter);
  if (found != options_.end()) return found->second;
  Options options;
  options.values = plugin::option_values(
      *candidate.converter, context_.options_of(*candidate.plugin, *candidate.converter));
  options.hash = options.values.hash();
  return options_.emplace(candidate.converter, std::move(options)).first->second;
}

Converters::Slot& Converters::slot_of(const plugin::Manifest& plugin) {
  return slots_[plugin.id];
}

// A worker serves all converters of its plugin, so it may have what any of them may.
Limits Converters::limits_of(const plugin::Manifest& plugin) const {
  Limits all = context_.settings.limits_of(plugin.converters.front().id);
  for (const plugin::ConverterManifest& converter : plugin.converters) {
    const Limits& one = context_.settings.limits_of(converter.id);
    all.memory = std::max(all.memory, one.memory);
    all.output_bytes = std::max(all.output_bytes, one.output_bytes);
    all.scratch_bytes = std::max(all.scratch_bytes, one.scratch_bytes);
    all.cpu_time = std::max(all.cpu_time, one.cpu_time);
    all.wall_time = std::max(all.wall_time, one.wall_time);
    all.load_time = std::max(all.load_time, one.load_time);
    all.documents_per_process = std::max(all.documents_per_process, one.documents_per_process);
  }
  return all;
}

worker::WorkerSettings Converters::worker_settings(const plugin::Manifest& plugin) const {
  const PrepareSettings& settings = context_.settings;
  return {
      settings.worker_program,
      settings.worker_stderr ? platform::Child::Stderr::kInherit : platform::Child::Stderr::kNull,
      settings.sandbox, limits_of(plugin), settings.on_confined};
}

worker::Worker* Converters::worker_of(Slot& slot, const plugin::Manifest& plugin) {
  if (slot.worker || slot.unusable) return slot.worker.get();
  const auto begin = std::chrono::steady_clock::now();
  StartedWorker started = start_worker(context_.files, worker_settings(plugin), plugin, stop_);
  slot.worker = std::move(started.worker);
  slot.unusable = std::move(started.unusable);
  if (wants_debug(context_.log)) {
    context_.log->write(
        Log::Level::kDebug,
        "plugin " + plugin.id + ": " +
            (slot.worker ? "a worker has loaded it and its test documents come out right"
                         : "it cannot be used: " + slot.unusable->reason) +
            " (" + since(begin) + ")");
  }
  return slot.worker.get();
}

std::optional<worker::RunEnd> Converters::run(std::span<Document* const> documents) {
  const plugin::Candidate& candidate = documents[0]->converter();
  Slot& slot = slot_of(*candidate.plugin);
  worker::Worker* worker = worker_of(slot, *candidate.plugin);
  if (worker == nullptr) return std::nullopt;
  const Limits& limits = context_.settings.limits_of(candidate.converter->id);
  const auto patience =
      documents.size() == 1 ? limits.wall_time : std::min(limits.wall_time, kBatchPatience);
  worker::RunEnd end = run_in(*worker, documents, patience);
  if (end.worker_ended) slot.worker.reset();
  return end;
}

worker::RunEnd Converters::run_in(worker::Worker& worker, std::span<Document* const> documents,
                                  std::chrono::milliseconds patience) {
  const plugin::Candidate& candidate = documents[0]->converter();
  const Limits& limits = context_.settings.limits_of(candidate.converter->id);
  const plugin::Needs& needs = candidate.converter->needs;
  const platform::Dir& staging = context_.staging.dir();
  wire::RunInput input;
  input.converter = candidate.converter->id;
  const plugin::OptionValues& values = options(candidate).values;
  input.options = values.json;
  input.secrets = values.secrets;
  input.memory_bytes = limits.memory;
  input.cpu_seconds = static_cast<std::uint64_t>(limits.cpu_time.count());
  input.output_bytes = limits.output_bytes;
  input.assets = limits.assets;
  input.keeps_assets = context_.settings.keeps_assets;
  input.siblings = needs.siblings;
  input.scratch_files = needs.scratch_files;
  input.scratch_bytes = limits.scratch_bytes;
  input.threads = needs.threads;
  std::vector<std::string> names;
  names.reserve(documents.size());
  std::vector<platform::File> sources;
  for (const Document* document : documents) {
    names.push_back(document->bundle.source.file_name());
    wire::JobInput job;
    job.file_name = names.back();
    job.media_type = document->bundle.media_type;
    job.declared_charset = document->declared_charset;
    job.source_bytes = document->bundle.raw.size();
    job.children = document->most_children;
    job.child_bytes = document->most_child_bytes;
    job.is_inline = document->is_whole;
    if (document->is_whole) {
      job.source = document->content;
    } else {
      std::optional<platform::File> raw =
          context_.files.open_read(staging, document->bundle.raw.name);
      if (!raw)
        throw Error("open", document->bundle.raw.name, "it is gone from staging", "run it again");
      sources.push_back(std::move(*raw));
    }
    input.jobs.push_back(job);
  }
  std::vector<const platform::OsHandle*> handles;
  for (const platform::File& source : sources) handles.push_back(&source.handle);
  worker::Broker broker(context_.files, staging, limits, needs, values.files, documents);
  if (const plugin::Candidate* by = recognizer(*candidate.plugin)) {
    broker.set_recognize(
        [this, by](const platform::File& picture, std::uint64_t size, platform::OsHandle& out) {
          return recognize(*by, picture, size, out);
        });
  }
  const WebPictures pictures(context_, stop_);
  broker.set_web_pictures(
      [&pictures](Document& page, const std::string& path, platform::OsHandle& out) {
        return pictures.open(page, path, out);
      });
  const auto begin = std::chrono::steady_clock::now();
  worker::RunEnd end = worker.run(input, handles, broker, patience, stop_);
  if (wants_debug(context_.log)) {
    context_.log->write(Log::Level::kDebug, "converter " + candidate.converter->id + ": a run of " +
                                                std::to_string(documents.size()) + " from " +
                                                documents[0]->bundle.source.given + " on: " +
                                                words_of(end) + " (" + since(begin) + ")");
  }
  if (needs.scratch_files != 0) look_once_more(broker, end);
  for (Document* document : documents) {
    document->memory_body = end.body;
    std::uint64_t& memory = document->bundle.memory;
    memory = std::max(memory, std::min(end.memory, limits.memory));
  }
  return end;
}

// Which system call the sandbox killed the document's process for. The kernel says that to nobody
// who has no rights over the system, so the document runs once more, in a worker whose filter traps
// such calls and still allows none. Nothing else of that run counts.
std::string Converters::forbidden_call_of(Document& document) {
  const plugin::Manifest& plugin = *document.converter().plugin;
  const Limits& limits = context_.settings.limits_of(document.converter().converter->id);
  worker::WorkerSettings settings = worker_settings(plugin);
  settings.names_forbidden = true;
  const StartedWorker started = start_worker(context_.files, settings, plugin, stop_);
  if (!started.worker) return {};
  clear_worker_files(context_.files, context_.staging.dir(), document);
  Document* const alone[] = {&document};
  const worker::RunEnd end =
      run_in(*started.worker, alone, std::min(limits.wall_time, kBatchPatience));
  clear_worker_files(context_.files, context_.staging.dir(), document);
  document.memory_body = {};
  return end.forbidden_call;
}

std::vector<Verdict> Converters::convert(std::span<Document* const> documents) {
  std::vector<Verdict> verdicts(documents.size());
  std::vector<bool> settled(documents.size(), false);
  const std::string& converter = documents[0]->converter().converter->id;
  const Limits& limits = context_.settings.limits_of(converter);
  if (documents.size() > 1) {
    std::optional<worker::RunEnd> end = run(documents);
    // Whose temporary files are too large, each shows alone.
    const bool usable = end && end->how != worker::RunEnd::How::kOverLimit;
    for (std::size_t i = 0; usable && i < documents.size(); ++i) {
      if (!end->results[i] || may_depend_on_company(*end->results[i])) continue;
      settled[i] = true;
      verdicts[i] = verdict_of(std::move(*end->results[i]), limits, converter);
    }
  }
  for (std::size_t i = 0; i < documents.size(); ++i) {
    if (!settled[i]) verdicts[i] = convert_alone(*documents[i]);
  }
  return verdicts;
}

Verdict Converters::convert_alone(Document& document) {
  const plugin::Candidate& candidate = document.converter();
  const Limits& limits = context_.settings.limits_of(candidate.converter->id);
  for (unsigned tries = 1;; ++tries) {
    if (stop_.load(std::memory_order_relaxed)) {
      return {.outcome = Outcome::kCancelled, .reason = "stopped"};
    }
    clear_worker_files(context_.files, context_.staging.dir(), document);
    Document* const alone[] = {&document};
    std::optional<worker::RunEnd> end = run(alone);
    if (!end && stop_.load(std::memory_order_relaxed)) continue;  // it ended the loading, too
    if (!end) return *slot_of(*candidate.plugin).unusable;
    if (was_violation(*end)) end->forbidden_call = forbidden_call_of(document);
    const bool blameless = killed_by_another(*end, limits);
    if (blameless && !end->results[0] && tries < kMaxTries) continue;
    return verdict_of(*end, limits, candidate.converter->id);
  }
}

}  // namespace sluice::prepare
