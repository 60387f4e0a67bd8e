// Converts documents in workers: one per plugin, started when first needed and again after it died.
// Turns the end of a run into each document's outcome. A document's result does not depend on the
// documents that were converted together with it.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/outcome.h"
#include "plugin/option_values.h"
#include "prepare/context.h"
#include "prepare/verdict.h"
#include "staging/document.h"
#include "worker/client.h"
#include "worker/wire.h"

namespace sluice::prepare {

class Converters {
 public:
  Converters(const PrepareContext& context, const std::atomic<bool>& stop)
      : context_(context), stop_(stop) {}

  // Options of a converter, and the hash in hex of those that are no secrets.
  struct Options {
    plugin::OptionValues values;
    std::string hash;
  };
  const Options& options(const plugin::Candidate& candidate);

  // Converts documents that are all routed to the same converter. Verdicts come in their order.
  std::vector<Verdict> convert(std::span<Document* const> documents);

 private:
  // A plugin's worker, or why there is none any more.
  struct Slot {
    std::unique_ptr<worker::Worker> worker;
    std::optional<Verdict> unusable;
  };

  Slot& slot_of(const plugin::Manifest& plugin);
  worker::Worker* worker_of(Slot& slot, const plugin::Manifest& plugin);
  Limits limits_of(const plugin::Manifest& plugin) const;
  worker::WorkerSettings worker_settings(const plugin::Manifest& plugin) const;
  Verdict convert_alone(Document& document);
  // Nothing if the plugin's worker cannot be had (its slot says why).
  std::optional<worker::RunEnd> run(std::span<Document* const> documents);
  worker::RunEnd run_in(worker::Worker& worker, std::span<Document* const> documents,
                        std::chrono::milliseconds patience);
  std::string forbidden_call_of(Document& document);
  // The converter that recognizes text for others, or nullptr: none does, or only `asker` itself.
  const plugin::Candidate* recognizer(const plugin::Manifest& asker);
  // A sluice_status; with OK, `out` is a memory file with what it wrote.
  std::int32_t recognize(const plugin::Candidate& by, const platform::File& picture,
                         std::uint64_t size, platform::OsHandle& out);
  std::int32_t answer(const worker::RunEnd& end, platform::OsHandle& out) const;

  const PrepareContext& context_;
  const std::atomic<bool>& stop_;
  std::map<std::string, Slot> slots_;
  std::map<const plugin::ConverterManifest*, Options> options_;
  std::optional<std::vector<plugin::Candidate>> recognizers_;  // in line; looked up once
};

}  // namespace sluice::prepare
