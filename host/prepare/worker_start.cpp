#include "prepare/worker_start.h"

#include "platform/error.h"
#include "plugin/trust.h"

namespace sluice::prepare {
namespace {

// Of a worker while it loads its plugin. Its end may come from outside (the system's want of
// memory), and then the next one lives; a plugin that ends it does so each time.
constexpr unsigned kMaxDeaths = 3;

StartedWorker unusable(AttemptCause cause, const plugin::Manifest& plugin, std::string reason) {
  return {nullptr, verdict_of_unusable(cause, std::move(reason), plugin.id)};
}

// With the step that the error itself names, which fits better than one for all of its kind.
StartedWorker unusable(AttemptCause cause, const plugin::Manifest& plugin, const Error& error) {
  StartedWorker none = unusable(cause, plugin, error.cause());
  if (!error.next().empty()) none.unusable->hint = error.next();
  return none;
}

// Loads the library once more, to see which system call it was. Nothing if it does not show.
std::string forbidden_call_of(platform::Files& files, worker::WorkerSettings settings,
                              const plugin::Manifest& plugin, const std::atomic<bool>& stop) {
  settings.names_forbidden = true;
  try {
    const worker::Worker again(files, settings, plugin, stop);
  } catch (const worker::ForbiddenCall& call) {
    return call.what();
  } catch (const std::exception&) {
    // What is known is that the sandbox killed it.
  }
  return {};
}

StartedWorker violated(const plugin::Manifest& plugin, std::string reason,
                       const std::string& call) {
  if (!call.empty()) reason += ": the sandbox forbids " + call;
  return unusable(AttemptCause::kLoadViolation, plugin, std::move(reason));
}

}  // namespace

StartedWorker start_worker(platform::Files& files, const worker::WorkerSettings& settings,
                           const plugin::Manifest& plugin, const std::atomic<bool>& stop) {
  for (unsigned deaths = 1;; ++deaths) {
    try {
      plugin::verify_files(files, plugin);
      return {std::make_unique<worker::Worker>(files, settings, plugin, stop), {}};
    } catch (const plugin::Untrusted& error) {
      return unusable(AttemptCause::kUntrusted, plugin, error);
    } catch (const worker::WorkerDied& died) {
      if (died.is_violation()) {
        return violated(plugin, died.what(), forbidden_call_of(files, settings, plugin, stop));
      }
      if (died.is_its_own() || deaths == kMaxDeaths) {
        return unusable(AttemptCause::kLoadCrashed, plugin, died.what());
      }
    } catch (const worker::ForbiddenCall& call) {
      return violated(plugin, "the worker process ended while it loaded the library", call.what());
    } catch (const worker::NotLoadable& missing) {
      return unusable(AttemptCause::kNotLoadable, plugin, missing.what());
    } catch (const worker::PluginDeclined& declined) {
      return unusable(AttemptCause::kDeclined, plugin, declined.what());
    } catch (const worker::LoadOutOfMemory& large) {
      return unusable(AttemptCause::kLoadOutOfMemory, plugin, large.what());
    } catch (const worker::PluginUnfit& unfit) {
      return unusable(AttemptCause::kUnfit, plugin, unfit.what());
    } catch (const worker::SandboxMissing& missing) {
      return unusable(AttemptCause::kNoSandbox, plugin,
                      std::string("the sandbox is required: ") + missing.what());
    } catch (const worker::LoadTooSlow& slow) {
      return unusable(AttemptCause::kLoadTimeout, plugin, slow.what());
    } catch (const worker::WorkerRefused& refused) {
      return unusable(AttemptCause::kRefused, plugin, refused.what());
    } catch (const SystemError& error) {
      StartedWorker none = unusable(AttemptCause::kNoWorker, plugin, error);
      none.unusable->reason = error.what();
      return none;
    } catch (const Error& error) {
      return unusable(AttemptCause::kRefused, plugin, error);
    }
  }
}

}  // namespace sluice::prepare
