#include "prepare/converters.h"

#include <sluice/abi.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <utility>

#include "platform/error.h"
#include "plugin/catalog.h"
#include "prepare/layout.h"
#include "prepare/staged_file.h"

namespace sluice::prepare {
namespace {

constexpr unsigned kMaxDeaths = 8;  // of a worker in a row, before its plugin is given up
constexpr unsigned kMaxTries = 3;   // of a document whose process was killed by someone else
// A run of several documents is not waited for as long as one document may take: what it does not
// finish gets the full time alone.
constexpr std::chrono::milliseconds kBatchPatience{10'000};

std::string signal_name(int number) {
  switch (number) {
    case SIGSEGV:
      return "SIGSEGV";
    case SIGABRT:
      return "SIGABRT";
    case SIGFPE:
      return "SIGFPE";
    case SIGILL:
      return "SIGILL";
#if defined(SIGBUS)
    case SIGBUS:
      return "SIGBUS";
    case SIGTRAP:
      return "SIGTRAP";
#endif
    default:
      return "signal " + std::to_string(number);
  }
}

std::string seconds_text(std::chrono::milliseconds time) {
  const auto milliseconds = time.count();
  if (milliseconds % 1000 != 0) return std::to_string(milliseconds) + " milliseconds";
  return milliseconds == 1000 ? "1 second" : std::to_string(milliseconds / 1000) + " seconds";
}

std::string mebibytes_text(std::uint64_t bytes) {
  return std::to_string(bytes >> 20) + " MiB";
}

Outcome outcome_of(std::int32_t abi) {
  constexpr std::array kOutcomes = {
      Outcome::kOk,          Outcome::kEmpty,     Outcome::kPartial,
      Outcome::kUnsupported, Outcome::kMalformed, Outcome::kEncrypted,
      Outcome::kLimit,       Outcome::kCancelled, Outcome::kMissingDependency,
      Outcome::kIo,          Outcome::kInternal};
  return kOutcomes.at(static_cast<std::size_t>(abi));
}

// What a document may owe to those before it in the same process: memory they used, time they took.
bool may_depend_on_company(const wire::Result& result) {
  return result.memory_short || result.outcome == SLUICE_OUTCOME_LIMIT ||
         result.outcome == SLUICE_OUTCOME_CANCELLED || result.outcome == SLUICE_OUTCOME_IO ||
         result.outcome == SLUICE_OUTCOME_INTERNAL;
}

// SIGKILL is also what the kernel sends where a converter ignores that its processor time is up.
bool is_out_of_cpu(const RunEnd& end, const Limits& limits) {
#if defined(SIGXCPU)
  return end.how == RunEnd::How::kSignal &&
         (end.code == SIGXCPU || (end.code == SIGKILL && end.cpu_time >= limits.cpu_time));
#else
  return false;
#endif
}

bool killed_by_another(const RunEnd& end, const Limits& limits) {
  return end.how == RunEnd::How::kLost ||
         (end.how == RunEnd::How::kSignal && end.code == SIGKILL && !is_out_of_cpu(end, limits));
}

Verdict verdict_of_result(wire::Result&& result, const std::string& memory_reason) {
  if (result.memory_short) return {Outcome::kOutOfMemory, memory_reason, {}};
  const Outcome outcome = outcome_of(result.outcome);
  std::string reason = result.reason;
  return {outcome, std::move(reason), std::move(result)};
}

}  // namespace

const Converters::Options& Converters::options(const plugin::Candidate& candidate) {
  const auto found = options_.find(candidate.converter);
  if (found != options_.end()) return found->second;
  Options options;
  options.json = context_.options_of(*candidate.plugin, *candidate.converter);
  options.hash = platform::to_hex(platform::sha256(options.json));
  return options_.emplace(candidate.converter, std::move(options)).first->second;
}

Converters::Slot& Converters::slot_of(const plugin::Manifest& plugin) {
  return slots_[plugin.id];
}

std::string Converters::blamed(const plugin::Manifest& plugin, const std::string& cause) const {
  return "plugin " + plugin.id + ": " + cause;
}

Worker* Converters::worker_of(Slot& slot, const plugin::Manifest& plugin) {
  while (!slot.worker && slot.given_up.empty()) {
    try {
      plugin::verify_library(context_.files, plugin);
      make_scratch(slot, plugin);
      const PrepareSettings& settings = context_.settings;
      const WorkerSettings how{settings.worker_program,
                               settings.worker_stderr ? platform::Child::Stderr::kInherit
                                                      : platform::Child::Stderr::kNull,
                               settings.sandbox};
      slot.worker =
          std::make_unique<Worker>(context_.files, how, plugin, slot.scratch_dir(), stop_);
    } catch (const WorkerDied& died) {
      note_death(slot, plugin, died.what());
    } catch (const PluginUnfit& unfit) {
      slot.given_up = blamed(plugin, unfit.what());
      slot.given_up_as = Outcome::kMissingDependency;
    } catch (const SandboxMissing& missing) {
      slot.given_up = blamed(plugin, std::string("the sandbox is required: ") + missing.what());
    } catch (const WorkerRefused& refused) {
      slot.given_up = blamed(plugin, refused.what());
    } catch (const Error& error) {
      slot.given_up = blamed(plugin, error.what());
    }
  }
  return slot.worker.get();
}

void Converters::make_scratch(Slot& slot, const plugin::Manifest& plugin) {
  const auto& converters = plugin.converters;
  if (slot.scratch || std::none_of(converters.begin(), converters.end(),
                                   [](const auto& one) { return one.needs.scratch; })) {
    return;
  }
  slot.scratch = std::make_unique<Scratch>(context_.files, context_.staging.dir(), plugin.id);
}

void Converters::note_death(Slot& slot, const plugin::Manifest& plugin, const std::string& cause) {
  slot.worker.reset();
  if (++slot.deaths >= kMaxDeaths) slot.given_up = blamed(plugin, cause);
}

std::optional<RunEnd> Converters::run(std::span<Document* const> documents) {
  const plugin::Candidate& candidate = documents[0]->converter();
  Slot& slot = slot_of(*candidate.plugin);
  Worker* worker = worker_of(slot, *candidate.plugin);
  if (worker == nullptr) return std::nullopt;

  const Limits& limits = context_.settings.limits;
  const plugin::Needs& needs = candidate.converter->needs;
  const platform::Dir& staging = context_.staging.dir();
  wire::RunInput input;
  input.converter = candidate.converter->id;
  input.options = options(candidate).json;
  input.memory_bytes = limits.memory;
  input.cpu_seconds = static_cast<std::uint64_t>(limits.cpu_time.count());
  input.output_bytes = limits.output_bytes;
  input.assets = limits.assets;
  input.siblings = needs.siblings;
  input.scratch = needs.scratch;
  input.threads = needs.threads;
  std::vector<std::string> names;
  names.reserve(documents.size());
  std::vector<platform::File> sources;
  for (const Document* document : documents) {
    names.push_back(document->bundle.source.file_name());
    wire::JobInput job;
    job.file_name = names.back();
    job.media_type = document->bundle.media_type;
    job.source_bytes = document->bundle.raw.size();
    job.is_inline = document->is_whole;
    if (document->is_whole) {
      job.source = document->content;
    } else {
      std::optional<platform::File> raw =
          context_.files.open_read(staging, document->bundle.raw.name);
      if (!raw) throw Error("open", document->bundle.raw.name, "it is gone from staging");
      sources.push_back(std::move(*raw));
    }
    input.jobs.push_back(job);
  }
  std::vector<const platform::OsHandle*> handles;
  for (const platform::File& source : sources) handles.push_back(&source.handle);
  const auto patience =
      documents.size() == 1 ? limits.wall_time : std::min(limits.wall_time, kBatchPatience);
  Broker broker(context_.files, staging, slot.scratch_dir(), limits, needs, documents);
  RunEnd end = worker->run(input, handles, broker, patience, stop_);
  if (slot.scratch) slot.scratch->clear();
  for (Document* document : documents) document->has_scratch = false;
  if (end.how != RunEnd::How::kLost) {
    slot.deaths = 0;
  } else {
    note_death(slot, *candidate.plugin, end.reason);
  }
  return end;
}

std::vector<Verdict> Converters::convert(std::span<Document* const> documents) {
  std::vector<Verdict> verdicts(documents.size());
  std::vector<bool> settled(documents.size(), false);
  if (documents.size() > 1) {
    std::optional<RunEnd> end = run(documents);
    for (std::size_t i = 0; end && i < documents.size(); ++i) {
      if (!end->results[i] || may_depend_on_company(*end->results[i])) continue;
      settled[i] = true;
      verdicts[i] = verdict_of_result(std::move(*end->results[i]), {});
    }
  }
  for (std::size_t i = 0; i < documents.size(); ++i) {
    if (!settled[i]) verdicts[i] = convert_alone(*documents[i]);
  }
  return verdicts;
}

Verdict Converters::convert_alone(Document& document) {
  const plugin::Manifest& plugin = *document.converter().plugin;
  for (unsigned tries = 1;; ++tries) {
    if (stop_.load(std::memory_order_relaxed)) return {Outcome::kCancelled, "stopped", {}};
    clear_worker_files(context_.files, context_.staging.dir(), document);
    Document* const alone[] = {&document};
    std::optional<RunEnd> end = run(alone);
    if (!end) return {slot_of(plugin).given_up_as, slot_of(plugin).given_up, {}};
    const bool blameless = killed_by_another(*end, context_.settings.limits);
    if (blameless && !end->results[0] && tries < kMaxTries) continue;
    return verdict_of(*end, document);
  }
}

// REQUIRES: a run of this document alone.
Verdict Converters::verdict_of(RunEnd& end, const Document& document) const {
  const Limits& limits = context_.settings.limits;
  const std::string memory = "it needs more than " + mebibytes_text(limits.memory) + " of memory";
  std::optional<wire::Result>& result = end.results[0];
  if (end.how == RunEnd::How::kCancelled) return {Outcome::kCancelled, "stopped", {}};
  if (end.how == RunEnd::How::kTimedOut &&
      (!result || result->outcome == SLUICE_OUTCOME_CANCELLED)) {
    return {Outcome::kTimeout, "it took longer than " + seconds_text(limits.wall_time), {}};
  }
  if (result) return verdict_of_result(std::move(*result), memory);
  if (is_out_of_cpu(end, limits)) {
    return {Outcome::kTimeout,
            "it used more than " + seconds_text(limits.cpu_time) + " of processor time",
            {}};
  }
  const std::string& converter = document.converter().converter->id;
  switch (end.how) {
    case RunEnd::How::kExited:
      if (end.code == wire::kExitOutOfMemory) return {Outcome::kOutOfMemory, memory, {}};
      if (end.code == wire::kExitProtocol) {
        return {Outcome::kInternal, "the process of the converter could not begin", {}};
      }
      if (end.code == wire::kExitDone) {
        return {Outcome::kInternal, "the converter " + converter + " left no sound result", {}};
      }
      return {
          Outcome::kInternal,
          "the converter " + converter + " ended its process with code " + std::to_string(end.code),
          {}};
    case RunEnd::How::kSignal:
#if defined(SIGSYS)
      if (end.code == SIGSYS) {
        return {Outcome::kSandboxViolation, "the converter did something that it may not do", {}};
      }
      if (end.code == SIGKILL) {
        return {Outcome::kOutOfMemory,
                "its process was killed by the system, most likely for want of memory",
                {}};
      }
#endif
      return {Outcome::kCrashed,
              "the converter " + converter + " crashed (" + signal_name(end.code) + ")",
              {}};
    default:
      return {Outcome::kInternal, blamed(*document.converter().plugin, end.reason), {}};
  }
}

}  // namespace sluice::prepare
