// Whether plugins can be used, as a worker finds out when it loads them. What earlier runs found
// out is remembered, as long as nothing that decides about it has changed; only success is.
#pragma once

#include <optional>

#include "cli/io.h"
#include "cli/workspace.h"
#include "plugin/check_cache.h"
#include "prepare/verdict.h"

namespace sluice::cli {

class PluginStates {
 public:
  enum class Look { kRemembered, kAnew };
  // `workspace` outlives it.
  PluginStates(platform::Files& files, const Workspace& workspace, const Io& io, Look look);
  PluginStates(const PluginStates&) = delete;
  PluginStates& operator=(const PluginStates&) = delete;
  ~PluginStates();

  // Why it cannot be used; nothing if it can.
  std::optional<prepare::Verdict> fault(const plugin::Manifest& plugin);

 private:
  platform::Sha256Digest key_of(const plugin::Manifest& plugin) const;

  platform::Files& files_;
  const Workspace& workspace_;
  Look look_;
  plugin::CheckCache cache_;
  std::string surroundings_;  // what decides besides the plugin's own files
};

// "the library is not a shared library; install the plugin again": empty if there is no fault.
std::string fault_text(const std::optional<prepare::Verdict>& fault);

}  // namespace sluice::cli
