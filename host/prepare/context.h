// What every lane of a run works with: settings, and where plugins, staging and registry are.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "fetch/fetcher.h"
#include "model/activity.h"
#include "model/limits.h"
#include "model/log.h"
#include "model/registry_view.h"
#include "model/sandbox.h"
#include "platform/files.h"
#include "plugin/router.h"
#include "staging/staging.h"

namespace sluice::prepare {

// The options a converter runs with: a JSON object with every option of its manifest.
using OptionsOf =
    std::function<std::string(const plugin::Manifest&, const plugin::ConverterManifest&)>;

// What front matter to write ([output] front_matter and the like).
struct OutputOptions {
  bool front_matter = true;
  bool raw_children = true;  // raw/ gets a copy of each document within a source
  bool sections = false;     // each document gets a sidecar with its text in pieces
};

// The pictures of a page of the web ([fetch] pictures and the like).
struct WebPictureLimits {
  bool wanted = false;
  std::uint32_t pictures = 100;  // of one page; galleries have more, articles a few dozen
  std::uint64_t bytes = 64ULL << 20;
};

struct PrepareSettings {
  unsigned jobs = 1;
  Limits limits;
  ConverterLimits converter_limits;
  OutputOptions output;
  std::string converter_id;     // --converter, or empty
  std::string media_type;       // what every source is, whatever it looks like; or empty
  std::string worker_program;   // absolute path of sluice-worker
  bool keeps_metadata = false;  // the bundles travel
  bool keeps_assets = true;     // false: nobody takes them, so that no picture need be encoded
  SandboxLevel sandbox = SandboxLevel::kBestEffort;
  // Identifies all that a failure depends on besides the source: converters, their versions and
  // options, limits. Empty: failures are never taken from the record.
  std::string setup;
  // Sources that changed less long ago, or are open for writing, fail as cancelled with
  // kBeingWritten: a later run takes them. 0: none does.
  std::chrono::milliseconds settle{0};
  WebPictureLimits web_pictures;
  bool worker_stderr = false;  // let workers write to our standard error (-vv)
  // Told what each worker got of the sandbox, by its lane; may be empty.
  std::function<void(const SandboxLayers&)> on_confined;

  // What a document may use that this converter converts.
  const Limits& limits_of(std::string_view converter) const {
    const auto own = converter_limits.find(converter);
    return own == converter_limits.end() ? limits : own->second;
  }
};

struct PrepareContext {
  platform::Files& files;
  const plugin::Router& router;
  OptionsOf options_of;
  StagingProvider& staging;
  RegistryViews* registry = nullptr;  // nullptr: no hints
  PrepareSettings settings;
  Activity* activity = nullptr;  // nullptr: nobody watches
  Log* log = nullptr;
  std::shared_ptr<fetch::Fetcher> fetcher = nullptr;  // nullptr: URLs cannot be fetched
};

}  // namespace sluice::prepare
