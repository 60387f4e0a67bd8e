// Starts a plugin's worker, or finds out why it cannot be had. The one place where what goes wrong
// before a document is converted becomes a cause and words for the user.
#pragma once

#include <atomic>
#include <memory>
#include <optional>

#include "platform/files.h"
#include "plugin/manifest.h"
#include "prepare/verdict.h"
#include "worker/client.h"

namespace sluice::prepare {

struct StartedWorker {
  std::unique_ptr<worker::Worker> worker;
  std::optional<Verdict> unusable;  // why there is none
};

// Checks the library, starts a worker and waits until its plugin has proven itself, or `stop` says
// not to.
StartedWorker start_worker(platform::Files& files, const worker::WorkerSettings& settings,
                           const plugin::Manifest& plugin, const std::atomic<bool>& stop);

}  // namespace sluice::prepare
